"""A plan run on the library: rows, amounts, passages."""
