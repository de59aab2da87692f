"""What a loader hands on: pages, lines with their place on the page, tables and footnotes, as immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Media(StrEnum):
    """What the bytes are, told from the bytes."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    HTML = "html"
    TEXT = "text"


class Role(StrEnum):
    """What the file itself says a line is; `line` is a printed line, all others are whole blocks."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELLS = "cells"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost; over it the file is refused with `TooLarge`.

    Bytes on disk, bytes once unpacked (an archive may unfold a thousandfold), pages, characters of text.
    """

    max_bytes: int = 100 * 1024 * 1024
    max_unpacked: int = 400 * 1024 * 1024
    max_pages: int = 2_000
    max_characters: int = 30_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, or one whole block of a file that knows its blocks.

    Geometry is in points, from the lower left corner of the page; all zero where the file has none.
    `size` is the size of the type, `bold` and `italic` its style. `level` is the depth of a heading
    or list item, counted from 1. `notes` are the places in `text` that carried a footnote's mark, with its label.
    """

    text: str
    page: int | None = None
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    role: Role = Role.LINE
    level: int = 0
    gap: bool = False
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells of text; a cell joined with its left or upper neighbour repeats its text.

    `line` is the index in `Loaded.lines` of its first row.
    """

    rows: tuple[tuple[str, ...], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote that the file keeps apart from its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file's content. `pages` is the raw text a page (index 0 is page 1; one entry where the file has no pages).

    `paged` says whether page numbers mean anything. `lines` is the same content in reading order. `running` are
    running heads that the file keeps apart. `saved` is the day on which its author last saved it, if it says so.
    """

    media: Media
    pages: tuple[str, ...]
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    footnotes: tuple[Footnote, ...]
    sha256: str
    paged: bool = True
    title: str | None = None
    running: tuple[str, ...] = ()
    saved: str | None = None
