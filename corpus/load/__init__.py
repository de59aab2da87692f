"""Bytes to text with pages: the type is told from the content, never from the file's name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.errors import CorpusError, EmptyDocument, NoText, TooLarge, UnknownType
from corpus.load import doc, docx, html, pdf, text
from corpus.load.model import Footnote, Limits, Line, Loaded, Media, Role, Table
from corpus.load.sniff import sniff

__all__ = ["Footnote", "Limits", "Line", "Loaded", "Media", "Role", "Table", "load", "sniff"]

_READERS = {
    Media.PDF: pdf.read,
    Media.DOCX: docx.read,
    Media.DOC: doc.read,
    Media.HTML: html.read,
    Media.TEXT: text.read,
}
DEFAULT_LIMITS = Limits()


def load(path: Path, limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """The content of a file.

    Raises a `CorpusError` (UnknownType, EmptyDocument, NoText, Encrypted, Damaged, TooLarge) whose message names
    the file, and never anything else for a file that can be opened.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UnknownType(f"{str(path)!r} is a folder.", "Give a file, or add the folder as a whole.")
        if size == 0:
            raise EmptyDocument(f"{path.name!r} is empty.", "Download it again.")
        if size > limits.max_bytes:
            raise TooLarge(
                f"{path.name!r} has {size / 1048576:.0f} MB, more than the {limits.max_bytes / 1048576:.0f} allowed.",
                "Split it, or raise UPR_MAX_UPLOAD_MB.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(
            f"{str(path)!r} cannot be opened: {error.strerror or error}.",
            "Check the path and its permissions.",
        ) from error
    return from_bytes(data, path.name, limits)


def from_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Loaded:
    """As `load`, for content already in memory; `name` is only used in messages."""
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyDocument(f"{name!r} has nothing in it.", "Download it again.")
    media = sniff(data, name)
    content = _READERS[media](data, name, limits)
    if not any(line.text.strip() for line in content.lines):
        if media is Media.PDF:
            raise NoText(
                f"{name!r} has {len(content.pages)} page(s) but no text: it is a scan.",
                "Run it through OCR (ocrmypdf, for one) or take the text version from docs.un.org.",
            )
        raise EmptyDocument(f"{name!r} holds no text.", "Check that it is the right file.")
    characters = sum(len(page) for page in content.pages)
    if characters > limits.max_characters:
        raise TooLarge(f"{name!r} holds {characters:,} characters of text.", "Split it into parts.")
    return Loaded(
        media=media,
        pages=content.pages,
        lines=content.lines,
        tables=content.tables,
        footnotes=content.footnotes,
        sha256=hashlib.sha256(data).hexdigest(),
        paged=content.paged,
        title=content.title,
        running=content.running,
        saved=content.saved,
    )
