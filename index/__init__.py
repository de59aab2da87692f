"""Where documents are kept and found: Document -> catalogue and vectors; query -> passages, rows."""
