"""A conversation in Word: questions as headings, citations as footnotes."""

import io
import zipfile
from types import SimpleNamespace

from docx import Document as read_docx

from corpus.model import Language
from ui.conversation_docx import conversation_docx


def _answer(text: str, language: Language = Language.ENGLISH) -> SimpleNamespace:
    citation = SimpleNamespace(
        n=1,
        key="k",
        symbol="A/HRC/99/1",
        paragraph="118.4",
        page=14,
        quote="a budget & <staff>",
        url=None,
        digest=True,
    )
    figure = SimpleNamespace(how="counted over two rows")
    return SimpleNamespace(answer=text, citations=(citation,), language=language, figures=(figure,))


def _notes(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml").decode("utf-8")


def test_markers_become_footnotes_with_symbol_paragraph_and_quote() -> None:
    content = conversation_docx([("What was asked?", _answer("Money was asked for. [1] Twice. [9]"))])
    document = read_docx(io.BytesIO(content))
    assert document.paragraphs[0].text == "What was asked?"
    assert document.paragraphs[1].text == "Money was asked for.  Twice. [9]"
    assert document.paragraphs[2].text == "counted over two rows"
    assert "A/HRC/99/1, para. 118.4, p. 14: (digest) “a budget &amp; &lt;staff&gt;”" in _notes(content)


def test_a_table_is_a_table_of_word_with_footnotes_in_its_cells() -> None:
    text = "**Two** rows.\n\n| No. | Text | By | |\n|---|---|---|---|\n| 6.1 | “a budget & <staff>” | Chile | [1] |\n"
    content = conversation_docx([("Which?", _answer(text))])
    document = read_docx(io.BytesIO(content))
    assert [run.text for run in document.paragraphs[1].runs if run.bold] == ["Two"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == ["No.", "Text", "By", ""]
    assert [cell.text for cell in table.rows[1].cells] == ["6.1", "“a budget & <staff>”", "Chile", ""]
    assert "w:footnoteReference" in table.rows[1].cells[3]._tc.xml
    assert _notes(content).count("a budget") == 1


def test_arabic_runs_from_right_to_left() -> None:
    content = conversation_docx([("ماذا قبلت؟", _answer("توصيتان. [1]", Language.ARABIC))])
    paragraphs = read_docx(io.BytesIO(content)).paragraphs
    assert all("<w:bidi/>" in paragraph._p.xml for paragraph in paragraphs)


def test_characters_that_xml_forbids_are_left_out() -> None:
    content = conversation_docx([("Bad \x00 name", _answer("Text \x0b here"))])
    assert read_docx(io.BytesIO(content)).paragraphs[1].text == "Text  here"
