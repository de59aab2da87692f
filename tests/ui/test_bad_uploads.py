"""Fifty bad uploads: every one is refused in words, none stops the service, nothing of them is kept."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from docx import Document as new_word
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import Workbook

from corpus.settings import Settings
from index.library import Library


def pdf(objects: str, *, head: str = "%PDF-1.4\n", tail: str = "trailer<</Root 1 0 R>>\n%%EOF") -> bytes:
    return (head + objects + tail).encode("latin-1")


def tree(kids: str, count: int) -> str:
    return f"2 0 obj<</Type/Pages/Kids[{kids}]/Count {count}>>endobj\n"


def pages_pdf(count: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(3, 3 + count))
    leaves = "".join(
        f"{n} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n" for n in range(3, 3 + count)
    )
    return pdf(f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n{tree(kids, count)}{leaves}")


def stream_pdf(data: bytes, filters: str) -> bytes:
    head = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    body = (
        f"4 0 obj<</Length {len(data)}/Filter {filters}>>stream\n".encode() + data + b"\nendstream endobj\n"
    )
    return head + page + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A Word file whose parts `change` has altered."""
    made = io.BytesIO()
    document = new_word()
    document.add_paragraph("Words.")
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def put(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__setitem__(name, content)


def drop(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.__delitem__(name)


def workbook() -> bytes:
    out = io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(["a", "b"])
    book.save(out)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("../../out.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO(b"abc"))
    return out.getvalue()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


BILLION = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p>
</w:body></w:document>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p>
</w:body></w:document>"""
CATALOG = "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
LOCKED = b"trailer<</Encrypt<</Filter/Standard/V 9/R 9/O()/U()/P 0>>"
EMPTY = b"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "word/document.xml"
NOISE = bytes((n * 7919 + n // 3) % 256 for n in range(6000))

BAD: dict[str, tuple[str, bytes]] = {
    "empty pdf": ("a.pdf", b""),
    "empty docx": ("a.docx", b""),
    "empty doc": ("a.doc", b""),
    "empty html": ("a.html", b""),
    "empty text": ("a.txt", b""),
    "blank text": ("a.txt", b" \n\t\r\n  \n"),
    "only a byte order mark": ("a.txt", b"\xef\xbb\xbf"),
    "html without words": ("a.html", b"<html><head><title></title></head><body></body></html>"),
    "html of script only": ("a.html", b"<html><body><script>alert(1)</script><style>p{}</style></body></html>"),
    "head of a pdf": ("a.pdf", b"%PDF-1.7\n"),
    "pdf of noise": ("a.pdf", b"%PDF-1.7\n" + NOISE),
    "pdf cut off": ("a.pdf", pages_pdf(3)[:80]),
    "pdf without pages": ("a.pdf", pdf(CATALOG + tree("", 0))),
    "pdf without a catalogue": ("a.pdf", pdf(tree("", 0))),
    "pdf whose pages contain themselves": ("a.pdf", pdf(CATALOG + tree("2 0 R", 9))),
    "pdf that counts more pages than it has": ("a.pdf", pdf(CATALOG + tree("", 99999))),
    "pdf of a blank page": ("a.pdf", pages_pdf(1)),
    "pdf of more pages than are read": ("a.pdf", pages_pdf(60)),
    "pdf encrypted": ("a.pdf", pages_pdf(1).replace(b"trailer<<", LOCKED)),
    "pdf whose stream explodes": ("a.pdf", stream_pdf(zlib.compress(bytes(60_000_000), 9), "/FlateDecode")),
    "pdf whose stream explodes twice": (
        "a.pdf", stream_pdf(zlib.compress(zlib.compress(bytes(200_000_000), 9), 9), "[/FlateDecode/FlateDecode]")),
    "pdf with a broken stream": ("a.pdf", stream_pdf(b"not deflated", "/FlateDecode")),
    "picture": ("a.png", png()),
    "picture called pdf": ("a.pdf", png()),
    "program": ("a.exe", b"MZ" + NOISE),
    "program called docx": ("a.docx", b"\x7fELF" + NOISE),
    "noise called text": ("a.txt", NOISE),
    "noise without a name": ("", NOISE),
    "zeros called text": ("a.txt", bytes(5000)),
    "zip": ("a.zip", zipped({"a.txt": b"words"})),
    "zip called docx": ("a.docx", zipped({"a.txt": b"words"})),
    "zip cut off": ("a.docx", zipped({"a.txt": NOISE})[:900]),
    "zip that climbs out": ("a.docx", zipped({"../../../out.txt": b"words"})),
    "zip that explodes": ("a.docx", word(put(MAIN, bytes(300_000_000)))),
    "zip of many parts": ("a.docx", zipped({f"word/{n}.xml": b"<a/>" for n in range(20_000)})),
    "gzip": ("a.gz", gzip.compress(b"words")),
    "gzip called pdf": ("a.pdf", gzip.compress(bytes(10_000_000))),
    "tar that climbs out": ("a.tar.gz", tarred()),
    "docx without its document": ("a.docx", word(drop(MAIN))),
    "docx of broken xml": ("a.docx", word(put(MAIN, b"<w:document><w:body>"))),
    "docx of noise": ("a.docx", word(put(MAIN, NOISE))),
    "docx whose words multiply": ("a.docx", word(put(MAIN, BILLION))),
    "docx that reads a file": ("a.docx", word(put(MAIN, OUTSIDE))),
    "docx nested too deep": ("a.docx", word(put(MAIN, b"<a>" * 100_000 + b"</a>" * 100_000))),
    "workbook of something else": ("a.xlsx", workbook()),
    "head of a doc": ("a.doc", OLE),
    "doc of noise": ("a.doc", OLE + NOISE),
    "docx without words": ("a.docx", word(put(MAIN, EMPTY))),
    "text of control characters": ("a.txt", bytes(range(1, 9)) * 200),
    "gzip cut off": ("a.gz", gzip.compress(NOISE)[:60]),
    "larger than is read": ("a.txt", b"word " * 700_000),
}  # fmt: skip


@pytest.fixture
def asked(api: FastAPI) -> Iterator[TestClient]:
    with TestClient(api, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def test_there_are_fifty() -> None:
    assert len(BAD) >= 50


@pytest.mark.parametrize("name", BAD)
def test_a_bad_upload_is_refused_in_words(
    asked: TestClient, service_library: Library, service_settings: Settings, name: str
) -> None:
    before = service_library.counts()
    given_name, content = BAD[name]
    response = asked.post("/api/documents", files={"file": (given_name or "upload", content)})
    assert response.status_code in {200, 400, 413, 422}, response.text
    if response.status_code == 200:
        job = response.json()
        (result,) = job["results"]
        assert result["status"] == "failed", result
        said = result["error"]
    else:
        error = response.json()["error"]
        said = f"{error['message']} {error['remedy']}"
    assert len(said) > 20, said
    assert "Traceback" not in said
    assert str(service_settings.home) not in said
    assert service_library.counts() == before
    assert not any(path.is_file() for path in Path(service_settings.home, "inbox").rglob("*"))
