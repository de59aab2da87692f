"""A conversation in Word: questions as headings, citations as footnotes."""

import io
import zipfile
from types import SimpleNamespace

from docx import Document as read_docx

from ui.conversation_docx import conversation_docx


def _answer(text: str) -> SimpleNamespace:
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
    return SimpleNamespace(answer=text, citations=(citation,))


def test_markers_become_footnotes_with_symbol_paragraph_and_quote() -> None:
    content = conversation_docx([("What was asked?", _answer("Money was asked for. [1] Twice. [9]"))])
    document = read_docx(io.BytesIO(content))
    assert document.paragraphs[0].text == "What was asked?"
    assert document.paragraphs[1].text == "Money was asked for.  Twice. [9]"
    notes = zipfile.ZipFile(io.BytesIO(content)).read("word/footnotes.xml").decode("utf-8")
    assert "A/HRC/99/1, para. 118.4, p. 14: (digest) “a budget &amp; &lt;staff&gt;”" in notes


def test_characters_that_xml_forbids_are_left_out() -> None:
    content = conversation_docx([("Bad \x00 name", _answer("Text \x0b here"))])
    assert read_docx(io.BytesIO(content)).paragraphs[1].text == "Text  here"
