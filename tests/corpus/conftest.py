"""Small files made on the spot: a PDF from lines with their places, a Word 97 file from text."""

import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest


def _escaped(text: str) -> bytes:
    raw = text.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def pdf_bytes(pages: list[list[tuple]], packed: bool = False) -> bytes:
    """A PDF of pages of lines `(x, y, text[, size[, font]])`; font "B" is bold, "I" italic, "R" plain."""
    objects: list[bytes] = []
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(b"<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    for name in ("Times-Roman", "Times-Bold", "Times-Italic"):
        objects.append(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
        )
    for index, lines in enumerate(pages):
        content = b""
        for line in lines:
            x, y, text, size, font = (*line, *(10, "R")[len(line) - 3 :])
            number = "RBI".index(font) + 1
            content += f"BT /F{number} {size} Tf {x} {y} Td (".encode() + _escaped(text) + b") Tj ET\n"
        filters = b""
        if packed:
            content, filters = zlib.compress(content), b" /Filter /FlateDecode"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * index} 0 R "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d%s >>\nstream\n" % (len(content), filters) + content + b"\nendstream")
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return out


def doc_bytes(text: str, *, encrypted: bool = False, wide: bool = True) -> bytes:
    """A Word 97 file whose main text is `text`: a compound file with the two streams that the piece table needs."""
    body = text.encode("utf-16-le" if wide else "cp1252")
    start = 0x800
    word = bytearray(start) + body
    struct.pack_into("<H", word, 0, 0xA5EC)
    struct.pack_into("<H", word, 0x0A, 0x0200 | (0x0100 if encrypted else 0))
    struct.pack_into("<I", word, 0x4C, len(text))
    at = start if wide else (start * 2) | 0x40000000
    plc = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, at, 0)
    clx = b"\x02" + struct.pack("<I", len(plc)) + plc
    struct.pack_into("<II", word, 0x01A2, 0, len(clx))
    return _compound({"WordDocument": bytes(word), "1Table": clx})


def _compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (MS-CFB, version 3) with streams of whole sectors, none in the mini stream."""
    data, fat, starts, sizes = b"", [0xFFFFFFFD, 0xFFFFFFFE], {}, {}
    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        first, count = len(fat), len(padded) // 512
        starts[name], sizes[name] = first, len(padded)
        fat.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        data += padded
    entries = [_entry("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    names = list(streams)
    for number, name in enumerate(names, 1):
        follow = number + 1 if number < len(names) else 0xFFFFFFFF
        entries.append(_entry(name, 2, 0xFFFFFFFF, starts[name], sizes[name], follow))
    directory = b"".join(entries).ljust(512, b"\0")
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return bytes(header) + table + directory + data


def _entry(name: str, kind: int, child: int, start: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
    return entry.ljust(116, b"\0") + struct.pack("<II", start, size) + b"\0\0\0\0"


@pytest.fixture
def make_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Writes a PDF of pages of lines and gives its path."""

    def write(*pages: list[tuple], name: str = "document.pdf", packed: bool = False) -> Path:
        path = tmp_path / name
        path.write_bytes(pdf_bytes(list(pages), packed))
        return path

    return write


@pytest.fixture
def make_doc(tmp_path: Path) -> Callable[..., Path]:
    """Writes a Word 97 file of a text and gives its path."""

    def write(text: str, name: str = "document.doc", **options: bool) -> Path:
        path = tmp_path / name
        path.write_bytes(doc_bytes(text, **options))
        return path

    return write


@pytest.fixture
def make_text(tmp_path: Path) -> Callable[..., Path]:
    """Writes a text file and gives its path."""

    def write(text: str, name: str = "document.txt", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write
