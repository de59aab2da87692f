"""What each reader returns, before the file's own marks (type, checksum) are added."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import Damaged, TooLarge
from corpus.load.model import Footnote, Line, Table


@dataclass(frozen=True, slots=True)
class Content:
    """Pages, lines, tables and footnotes of one file; see `Loaded`."""

    pages: tuple[str, ...]
    lines: tuple[Line, ...]
    tables: tuple[Table, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    paged: bool = True
    title: str | None = None
    running: tuple[str, ...] = ()
    saved: str | None = None


def damaged(name: str, reason: str) -> Damaged:
    """The error of a file that is truncated or malformed."""
    return Damaged(f"{name!r} is damaged: {reason}.", "Download it again.")


def too_large(name: str, what: str) -> TooLarge:
    """The error of a file over a limit; `what` says which, with the figures."""
    return TooLarge(f"{name!r} {what}.", "Split it into parts, or raise the limit.")
