"""What a file is, what is in it, and what is said when it cannot be read."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError, Damaged, EmptyDocument, Encrypted, NoText, TooLarge, UnknownType
from corpus.load import Limits, Media, Role, from_bytes, load

PARAGRAPH = "The delegation described three reforms of the courts."


def _docx(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_type_is_told_from_content_whatever_the_name(make_pdf, make_doc, make_text, tmp_path):
    word = tmp_path / "c.html"
    word.write_bytes(_docx(PARAGRAPH))
    page = make_text(f"<html><body><p>{PARAGRAPH}</p></body></html>", "d.pdf")
    found = {
        "pdf": load(make_pdf([(80, 700, PARAGRAPH)], name="a.docx")),
        "doc": load(make_doc(PARAGRAPH + "\r", name="b.txt")),
        "docx": load(word),
        "html": load(page),
        "text": load(make_text(PARAGRAPH, "e.doc")),
    }
    assert {name: loaded.media.value for name, loaded in found.items()} == {name: name for name in found}
    assert {loaded.lines[0].text for loaded in found.values()} == {PARAGRAPH}


def test_pdf_lines_know_page_place_size_and_weight(make_pdf):
    loaded = load(make_pdf([(80, 700, "A heading", 14, "B")], [(100, 650, "plain words", 10)]))
    heading, plain = loaded.lines
    assert (heading.page, round(heading.left), round(heading.base), round(heading.size), heading.bold) == (
        1,
        80,
        700,
        14,
        True,
    )
    assert (plain.page, plain.text, plain.bold, loaded.paged) == (2, "plain words", False, True)


def test_raised_marks_are_taken_out_and_remembered(make_pdf):
    loaded = load(
        make_pdf([(80, 700, "as submitted", 10), (134.5, 704, "12", 6), (80, 688, "and agreed", 10)])
    )
    marks = [(line.text, line.notes) for line in loaded.lines]
    assert ("as submitted", ((12, "12"),)) in marks or ("12", ()) in marks


def test_docx_keeps_order_numbers_tables_and_footnotes():
    document = docx.Document()
    document.add_paragraph("First", style="List Number")
    document.add_paragraph("Second", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "abcd", strict=True):
        cell.text = text
    document.add_heading("After the table", level=2)
    out = io.BytesIO()
    document.save(out)
    loaded = from_bytes(out.getvalue(), "x.docx")
    assert [line.text for line in loaded.lines] == [
        "1. First",
        "2. Second",
        "a\tb",
        "c\td",
        "After the table",
    ]
    assert [line.role for line in loaded.lines][2:] == [Role.CELLS, Role.CELLS, Role.HEADING]
    assert loaded.lines[-1].level == 2
    assert loaded.tables[0].rows == (("a", "b"), ("c", "d"))


def test_docx_leaves_out_deleted_text_and_field_codes():
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        "<w:p><w:r><w:t>kept </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>and new</w:t></w:r></w:ins></w:p>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
    assert from_bytes(out.getvalue(), "x.docx").lines[0].text == "kept and new"


def test_doc_reads_both_widths_and_fields(make_doc):
    field = "See \x13 HYPERLINK x \x14the page\x15 now\rNext\r"
    assert [line.text for line in load(make_doc(field)).lines] == ["See the page now", "Next"]
    assert load(make_doc("caf\xe9\r", wide=False)).lines[0].text == "caf\xe9"


def test_html_gives_blocks_headings_and_tables_without_scripts(make_text):
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><script>no()</script><h2>Head</h2>"
        "<p>One <b>two</b><br>three</p><ul><li>item</li></ul>"
        "<table><tr><th rowspan=2>r</th><td>1</td></tr><tr><td>2</td></tr></table></body></html>"
    )
    loaded = load(make_text(page, "x.html"))
    assert [(line.role, line.text) for line in loaded.lines] == [
        (Role.HEADING, "Head"),
        (Role.PARAGRAPH, "One two three"),
        (Role.ITEM, "item"),
        (Role.CELLS, "r\t1"),
        (Role.CELLS, "r\t2"),
    ]
    assert (loaded.title, loaded.tables[0].rows) == ("T", (("r", "1"), ("r", "2")))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Prise en compte des préoccupations", "cp1252"),
        ("Совет по правам человека принял решение", "cp1251"),
        ("普遍定期审议工作组的报告和各项建议", "gb18030"),
        ("普遍定期審議工作組的報告和各項建議", "big5"),
        ("Совет по правам человека принял решение", "koi8-r"),
        ("قرار مجلس حقوق الإنسان بشأن الاستعراض", "cp1256"),
        ("Examen périodique", "utf-16"),
        ("Examen périodique", "utf-8-sig"),
    ],
)
def test_text_encodings_are_found_out(make_text, text, encoding):
    assert load(make_text(text, encoding=encoding)).lines[0].text == text


def test_form_feeds_are_pages(make_text):
    loaded = load(make_text("one\n\ftwo"))
    assert [(line.text, line.page) for line in loaded.lines] == [("one", 1), ("two", 2)]


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w/>" + b" " * 60_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        pytest.param(b"", EmptyDocument, "is empty", id="empty file"),
        pytest.param(b"  \n\t ", EmptyDocument, "nothing in it", id="only blanks"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 40, UnknownType, "PNG image", id="picture"),
        pytest.param(b"\x00\x01\x02\x03" * 40, UnknownType, "nothing here reads", id="unknown bytes"),
        pytest.param(b"%PDF-1.4\n" + b"garbage" * 20, Damaged, "cannot be opened as a PDF", id="broken PDF"),
        pytest.param(_docx(PARAGRAPH)[:2000], Damaged, "cut short", id="truncated DOCX"),
        pytest.param(_bomb(), TooLarge, "unpacks to", id="zip bomb"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Damaged, "Word structure", id="broken DOC"
        ),
        pytest.param(b"<html><body></body></html>", EmptyDocument, "no text", id="empty page"),
        pytest.param(b"{\\rtf1 hello}", UnknownType, "RTF", id="RTF"),
        pytest.param(
            b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
            UnknownType,
            "web archive",
            id="web archive",
        ),
        pytest.param(bytes(range(0x80, 0x100)) * 4, UnknownType, "encoding", id="unknown encoding"),
    ],
)
def test_bad_files_get_one_line_with_a_remedy(tmp_path: Path, data, error, words):
    path = tmp_path / "given.pdf"
    path.write_bytes(data)
    with pytest.raises(error, match=words) as caught:
        load(path)
    assert "given.pdf" in caught.value.message
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_a_scan_is_told_from_an_empty_file(make_pdf):
    with pytest.raises(NoText, match=r"2 page\(s\) but no text"):
        load(make_pdf([], []))


def test_an_encrypted_doc_is_named_so(make_doc):
    with pytest.raises(Encrypted, match="password"):
        load(make_doc("secret\r", encrypted=True))


def test_an_encrypted_pdf_is_named_so(make_pdf, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(make_pdf([(80, 700, PARAGRAPH)]))
    writer.encrypt("secret", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    with pytest.raises(Encrypted, match=r"locked\.pdf"):
        load(path)


def test_limits_are_kept(make_pdf, make_text):
    with pytest.raises(TooLarge, match="MB"):
        load(make_text("x" * 3_000_000), Limits(max_bytes=1_000_000))
    with pytest.raises(TooLarge, match="3 pages"):
        load(make_pdf(*[[(80, 700, PARAGRAPH)]] * 3), Limits(max_pages=2))
    with pytest.raises(TooLarge, match="characters"):
        load(make_pdf(*[[(80, 700, PARAGRAPH)]] * 3), Limits(max_characters=100))


def test_what_is_no_file_is_said(tmp_path):
    with pytest.raises(UnknownType, match="is a folder"):
        load(tmp_path)
    with pytest.raises(CorpusError, match="cannot be opened"):
        load(tmp_path / "absent.pdf")


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused_in_words(data):
    for prefix in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        try:
            loaded = from_bytes(prefix + data, "some file")
        except CorpusError as error:
            refused = error.message
            assert "some file" in refused
        else:
            assert loaded.lines
            assert loaded.media in Media
