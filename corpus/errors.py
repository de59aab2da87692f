"""Errors that a user can act on.

    UprError
    ├── CorpusError            a document cannot be read
    │   ├── UnknownType        no reader for this content
    │   ├── EmptyDocument      nothing in it
    │   ├── NoText             pages without a text layer (a scan)
    │   ├── Encrypted          a password is needed
    │   ├── Damaged            truncated or malformed
    │   └── TooLarge           over a stated limit
    ├── BadSetting             a setting that cannot be used
    └── StoreError, QuestionError, ServiceError   (index, assistant, ui: each in its own errors module)

Every message gives the offending value, the reason and the remedy, in one line.
"""

from __future__ import annotations


class UprError(Exception):
    """Base of every error shown to a user: `code` for machines, `message` and `remedy` for people."""

    code = "error"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class CorpusError(UprError):
    """A document cannot be read."""

    code = "unreadable_document"


class UnknownType(CorpusError):
    """No reader for this content."""

    code = "unknown_type"


class EmptyDocument(CorpusError):
    """The file has nothing in it."""

    code = "empty_document"


class NoText(CorpusError):
    """The pages have no text layer: a scan."""

    code = "no_text"


class Encrypted(CorpusError):
    """The file needs a password."""

    code = "encrypted"


class Damaged(CorpusError):
    """The file is truncated or malformed."""

    code = "damaged"


class TooLarge(CorpusError):
    """The file is over a stated limit."""

    code = "too_large"


class BadSetting(UprError):
    """A `UPR_` variable is unknown or its value cannot be used."""

    code = "bad_setting"
