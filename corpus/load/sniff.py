"""What a file is, told from its first bytes and, for archives, from the names inside."""

from __future__ import annotations

import io
import re
import zipfile

from corpus.errors import Damaged, UnknownType
from corpus.load.model import Media

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:p|div|table|h[1-6]|article|span)[\s>].*</",
    re.I | re.S,
)
_WEB_ARCHIVE = re.compile(rb"\A\s*(?:[A-Za-z-]+:[^\n]*\n[ \t]*)*?MIME-Version:", re.I)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_KNOWN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xffWPC", "a WordPerfect file"),
    (b"%!PS", "a PostScript file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_REMEDY = "Give a PDF, DOCX, DOC, HTML or text file."


def sniff(data: bytes, name: str) -> Media:
    """The type of a file's bytes; raises `UnknownType` when no reader answers, `Damaged` for a broken archive."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return Media.PDF
    if head.startswith(_ZIP):
        return _archive(data, name)
    if head.startswith(_OLE):
        return Media.DOC
    for magic, what in _KNOWN:
        if head.startswith(magic):
            raise UnknownType(f"{name!r} is {what}.", _REMEDY)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Media.TEXT
    if _WEB_ARCHIVE.match(head):
        raise UnknownType(
            f"{name!r} is a web archive (MHTML) or a mail.", "Open it and save it as PDF or DOCX."
        )
    if _HTML.search(head.lstrip()[:4096]):
        return Media.HTML
    if _BINARY.search(head):
        raise UnknownType(f"{name!r} is of a type that nothing here reads.", _REMEDY)
    return Media.TEXT


def _archive(data: bytes, name: str) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise Damaged(
            f"{name!r} is damaged: the archive inside is cut short or malformed.", "Download it again."
        ) from error
    if "word/document.xml" in names:
        return Media.DOCX
    if any(part.startswith("word/") for part in names):
        raise Damaged(f"{name!r} is damaged: it has no main document part.", "Download it again.")
    what = "an Excel workbook" if any(part.startswith("xl/") for part in names) else "an archive"
    raise UnknownType(f"{name!r} is {what}, not a document.", _REMEDY)
