"""Plain text: the encoding is found out, form feeds are page breaks."""

from __future__ import annotations

import codecs
import re

from corpus.errors import UnknownType
from corpus.load.content import Content
from corpus.load.model import Limits, Line

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Files that are not Unicode: the share of letters of its script that a right decoding has among its non-ASCII
# characters, and what no text of it lacks. A wrong one mixes capitals, signs and rare characters in; Chinese, which
# takes nearly anything, is last.
_LEGACY = (
    ("cp1251", re.compile(r"[\u0430-\u044f]"), 0.75, ""),
    ("cp1256", re.compile(r"[\u0621-\u064a]"), 0.85, "\u0627\u0644"),  # the article
    ("koi8-r", re.compile(r"[\u0430-\u044f]"), 0.75, ""),
    ("gb18030", _HAN, 0.85, ""),
    ("big5", _HAN, 0.85, ""),
)
_MANY = 0.25  # share of bytes beyond ASCII from which a text is in another script


def decode(data: bytes, name: str = "the text") -> str:
    """The text of bytes whose encoding nobody states.

    Few characters beyond ASCII are taken for those of Western Europe (Windows-1252); text that is mostly beyond it
    and makes words in no encoding known here raises `UnknownType`, rather than be stored as nonsense.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) if encoding == "utf-8" else 0 :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A multi-byte character cut by truncation at the very end is no reason to doubt the rest.
        if error.start > len(data) - 4:
            return data[: error.start].decode("utf-8")
    high = sum(byte > 0x7F for byte in data[:65536])
    if high <= len(data[:65536]) * _MANY:
        return data.decode("cp1252", "replace")
    for encoding, letters, share, always in _LEGACY:
        text = data.decode(encoding, "replace")
        beyond = [char for char in text[:65536] if ord(char) > 0x7F]
        if always in text and sum(bool(letters.match(char)) for char in beyond) >= len(beyond) * share:
            return text
    raise UnknownType(f"{name!r} is text in an encoding that nothing here knows.", "Save it as UTF-8.")


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The lines of a text file; `gap` marks a line after a blank one."""
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    pages = tuple(text.rstrip("\f\n ").split("\f"))
    paged = len(pages) > 1
    lines = []
    for number, page in enumerate(pages, 1):
        gap = False
        for raw in page.split("\n"):
            if not raw.strip():
                gap = True
                continue
            lines.append(Line(text=raw, page=number if paged else None, gap=gap))
            gap = False
    return Content(pages=pages, lines=tuple(lines), paged=paged)
