"""Word 97-2003 files: text through the piece table (MS-DOC, 2.4.1), one paragraph a block."""

from __future__ import annotations

import io
import re
import struct

import olefile

from corpus.errors import Encrypted, UnknownType
from corpus.load.content import Content, damaged
from corpus.load.model import Limits, Line, Role, Table

_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_FIELD = re.compile("\x13[^\x13\x14\x15]*\x14([^\x13\x14\x15]*)\x15|\x13[^\x13\x14\x15]*\x15")
_CHARACTERS = {0x1E: "-", 0x1F: "\xad", 0x0B: "\n", 0x01: "", 0x02: "", 0x05: "", 0x08: "", 0x28: "("}


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The paragraphs and table rows of a DOC; raises `Damaged`, `Encrypted` or `UnknownType`."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            if not ole.exists("WordDocument"):
                if ole.exists("EncryptedPackage"):
                    raise Encrypted(
                        f"{name!r} is protected by a password.", "Save a copy without the password."
                    )
                raise UnknownType(
                    f"{name!r} is an Office file but not a Word document.", "Save it as DOCX or PDF."
                )
            stream = ole.openstream("WordDocument").read()
            flags = struct.unpack_from("<H", stream, 0x0A)[0]
            if flags & _ENCRYPTED:
                raise Encrypted(f"{name!r} is protected by a password.", "Save a copy without the password.")
            table = ole.openstream("1Table" if flags & _TABLE_1 else "0Table").read()
            saved = ole.get_metadata().last_saved_time if ole.exists("\x05SummaryInformation") else None
        text = _pieces(stream, table)
    except (OSError, struct.error, IndexError, ValueError) as error:
        raise damaged(name, "its Word structure is cut short or malformed") from error
    return _content(text, saved.date().isoformat() if saved else None)


def _pieces(stream: bytes, table: bytes) -> str:
    offset, length = struct.unpack_from("<II", stream, 0x01A2)
    clx = table[offset : offset + length]
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at >= len(clx) or clx[at] != 2:
        raise struct.error("no piece table")
    size = struct.unpack_from("<I", clx, at + 1)[0]
    plc = clx[at + 5 : at + 5 + size]
    count = (len(plc) - 4) // 12
    limits = struct.unpack_from(f"<{count + 1}I", plc)
    parts = []
    for index in range(count):
        start = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * index + 2)[0]
        characters = max(limits[index + 1] - limits[index], 0)
        if start & 0x40000000:
            begin = (start & 0x3FFFFFFF) // 2
            parts.append(stream[begin : begin + characters].decode("cp1252", "replace"))
        else:
            begin = start & 0x3FFFFFFF
            parts.append(stream[begin : begin + 2 * characters].decode("utf-16-le", "replace"))
    main = struct.unpack_from("<I", stream, 0x4C)[0]
    return "".join(parts)[:main]


def _content(text: str, saved: str | None) -> Content:
    # Fields nest: the innermost is replaced by its result until none is left.
    for _ in range(10):
        text, found = _FIELD.subn(lambda match: match.group(1) or "", text)
        if not found:
            break
    text = re.sub("[\x13\x14\x15]", "", text).translate(_CHARACTERS)
    lines: list[Line] = []
    tables: list[Table] = []
    rows: list[tuple[str, ...]] = []
    pages: list[str] = [""]
    page = 1
    # A row ends with an empty cell mark; cells are closed by the same character.
    for chunk in re.findall("[^\r\x0c]*[\r\x0c]?", text):
        body = chunk.rstrip("\r\x0c")
        if "\x07" in body:
            *cells, body = body.split("\x07")
            for row in _rows(cells):
                rows.append(row)
                lines.append(Line(text="\t".join(row), page=page, role=Role.CELLS, gap=True))
        if rows and body.strip():
            tables.append(Table(tuple(rows), len(lines) - len(rows)))
            rows = []
        if body.strip():
            lines.append(Line(text=body.strip(), page=page, role=Role.PARAGRAPH, gap=True))
        pages[-1] += body + "\n"
        if chunk.endswith("\x0c"):
            page += 1
            pages.append("")
    if rows:
        tables.append(Table(tuple(rows), len(lines) - len(rows)))
    # Only page breaks set by hand are known: not enough to give page numbers.
    unpaged = tuple(_without_page(line) for line in lines)
    return Content(pages=tuple(pages), lines=unpaged, tables=tuple(tables), paged=False, saved=saved)


def _rows(cells: list[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    row: list[str] = []
    for cell in cells:
        if cell or not row:
            row.append(cell.strip())
        else:
            rows.append(tuple(row))
            row = []
    if any(row):
        rows.append(tuple(row))
    return [cells for cells in rows if any(cells)]


def _without_page(line: Line) -> Line:
    return Line(text=line.text, role=line.role, gap=line.gap)
