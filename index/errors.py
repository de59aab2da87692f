"""Errors of the index that a user can act on.

StoreError
├── NotStored          no document, paragraph or recommendation by that name
├── WrongModel         vectors of another embedding model are stored
├── NewerSchema        the home was written by a newer version of the program
├── OlderSchema        the home was written by an older version, whose tables differ
├── BadCitation        a span that does not lie in the stored text
├── ReaderFailed       the process that read a file died, hung, or ran out of memory
└── StoreFailed        the catalogue or the vector store refused
"""

from __future__ import annotations

from corpus.errors import UprError


class StoreError(UprError):
    """Something is wrong with what is stored, or with a request to it."""

    code = "store_error"


class NotStored(StoreError):
    """No document, paragraph or recommendation by that name."""

    code = "not_found"


class WrongModel(StoreError):
    """The stored vectors were made by another embedding model; a mix is refused."""

    code = "wrong_model"


class NewerSchema(StoreError):
    """The home was written by a newer version of the program."""

    code = "newer_schema"


class OlderSchema(StoreError):
    """The home was written by an older version of the program, whose tables differ."""

    code = "older_schema"


class BadCitation(StoreError):
    """A span that does not lie in the stored text."""

    code = "bad_citation"


class ReaderFailed(StoreError):
    """The process that read a file died, hung, or ran out of memory."""

    code = "reader_failed"


class StoreFailed(StoreError):
    """The catalogue or the vector store refused."""

    code = "store_failed"
