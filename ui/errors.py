"""Errors of the ways in, under `corpus.errors.UprError`: what cannot be served, and a command that was stopped."""

from __future__ import annotations

from corpus.errors import UprError


class ServiceError(UprError):
    """A request or an option that cannot be served."""

    code = "bad_request"


class UnknownValue(ServiceError):
    """A filter value that nothing answers to; the remedy names the nearest known ones."""

    code = "unknown_value"


class NotFound(ServiceError):
    """No such document, recommendation or job."""

    code = "not_found"


class TooLargeUpload(ServiceError):
    """An upload over the limit."""

    code = "too_large"


class Unwritable(ServiceError):
    """A file that cannot be written."""

    code = "unwritable"


class Stopped(UprError):
    """The user stopped the command."""

    code = "stopped"
