"""A conversation as a Word document whose citations are footnotes (ECMA-376, part 1, 17.11)."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docx import Document as new_document
from docx.enum.table import WD_TABLE_DIRECTION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from corpus.model import Language
from ui.answer_text import MARKER, Run, Runs, Shape, Table, blocks
from ui.citing import note

if TYPE_CHECKING:
    from assistant.answer import Answer, AnswerCitation

_FORBIDDEN_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def _clean(text: str) -> str:
    return _FORBIDDEN_IN_XML.sub("", text)


class _Footnotes:
    """The footnotes of a document being written; ids from 1."""

    def __init__(self) -> None:
        self._root = etree.fromstring(f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}</w:footnotes>")
        self._next = 1

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Refer from the end of `paragraph` to a new footnote that says `text`."""
        number = str(self._next)
        self._next += 1
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), number)
        run._r.append(reference)
        note = etree.SubElement(self._root, qn("w:footnote"), {qn("w:id"): number})
        body = etree.SubElement(note, qn("w:p"))
        mark = etree.SubElement(body, qn("w:r"))
        properties = etree.SubElement(mark, qn("w:rPr"))
        etree.SubElement(properties, qn("w:vertAlign"), {qn("w:val"): "superscript"})
        etree.SubElement(mark, qn("w:footnoteRef"))
        words = etree.SubElement(etree.SubElement(body, qn("w:r")), qn("w:t"))
        words.text = f" {_clean(text)}"
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def part(self) -> bytes:
        """The XML of the footnotes part."""
        return bytes(etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True))


class _Writer:
    """Writes answers into a Word document, in the direction of each answer's language."""

    def __init__(self) -> None:
        self.document = new_document()
        self.document.core_properties.author = "upr"
        self.document.core_properties.title = "Conversation"
        self.footnotes = _Footnotes()

    def question(self, text: str) -> None:
        """A question, as a heading."""
        heading = self.document.add_heading(_clean(text), level=2)
        # Its own script says which way a question runs: it may be in another language than the answer.
        if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text):
            _right_to_left(heading)

    def answer(self, given: Answer) -> None:
        """An answer's paragraphs and tables, then how its figures were computed."""
        cited = {citation.n: citation for citation in given.citations}
        arabic = given.language is Language.ARABIC
        for block in blocks(given.answer, [citation.quote for citation in given.citations]):
            if isinstance(block, Table):
                self._table(block, cited, arabic)
            else:
                style = {Shape.ITEM: "List Bullet", Shape.HEADING: "Heading 3"}.get(block.shape)
                self._fill(self.document.add_paragraph(style=style), block.runs, cited, arabic)
        for figure in given.figures:
            line = self.document.add_paragraph()
            line.add_run(_clean(figure.how)).italic = True
            if arabic:
                _right_to_left(line)

    def _table(self, block: Table, cited: Mapping[int, AnswerCitation], arabic: bool) -> None:
        table = self.document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
        if arabic:
            table.table_direction = WD_TABLE_DIRECTION.RTL
        for n, row in enumerate(block.rows):
            for cell, runs in zip(table.add_row().cells, row, strict=True):
                head = tuple(Run(run.text, True) for run in runs) if n == 0 else runs
                self._fill(cell.paragraphs[0], head, cited, arabic)
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))  # repeated on every page
        self.document.add_paragraph()

    def _fill(
        self, paragraph: Paragraph, runs: Runs, cited: Mapping[int, AnswerCitation], arabic: bool
    ) -> None:
        for run in runs:
            pieces = [run.text] if run.verbatim else MARKER.split(run.text)
            for i, piece in enumerate(pieces):
                if i % 2 and int(piece) in cited:
                    self.footnotes.add(paragraph, note(cited[int(piece)]))
                elif piece:
                    paragraph.add_run(_clean(f"[{piece}]" if i % 2 else piece)).bold = run.bold or None
        if arabic:
            _right_to_left(paragraph)

    def save(self) -> bytes:
        """The file."""
        package = self.document.part.package
        part = Part(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self.footnotes.part(), package
        )
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def _right_to_left(paragraph: Paragraph) -> None:
    paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    for run in paragraph.runs:
        run.font.rtl = True


def conversation_docx(turns: Sequence[tuple[str, Answer]]) -> bytes:
    """Questions as headings, answers below, every marker `[n]` a footnote with document, paragraph and quote."""
    writer = _Writer()
    for question, given in turns:
        writer.question(question)
        writer.answer(given)
    return writer.save()
