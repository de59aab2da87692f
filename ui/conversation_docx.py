"""A conversation as a Word document whose citations are footnotes (ECMA-376, part 1, 17.11)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx import Document as new_document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

if TYPE_CHECKING:
    from assistant.answer import Answer

_MARKER = re.compile(r"\[(\d{1,3})\]")
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


def _note(citation: object) -> str:
    symbol = getattr(citation, "symbol", None) or getattr(citation, "key", "")
    paragraph, page = getattr(citation, "paragraph", None), getattr(citation, "page", None)
    where = [symbol, f"para. {paragraph}" if paragraph else "", f"p. {page}" if page else ""]
    digest = "(digest) " if getattr(citation, "digest", False) else ""
    address = getattr(citation, "url", None)
    quote = getattr(citation, "quote", "")
    return f"{', '.join(filter(None, where))}: {digest}“{quote}”{f' {address}' if address else ''}"


def conversation_docx(turns: Sequence[tuple[str, Answer]]) -> bytes:
    """Questions as headings, answers below, every marker `[n]` a footnote with document, paragraph and quote."""
    document = new_document()
    footnotes = _Footnotes()
    for question, given in turns:
        document.add_heading(_clean(question), level=2)
        cited = {citation.n: citation for citation in given.citations}
        for line in given.answer.split("\n"):
            if not line.strip():
                continue
            paragraph = document.add_paragraph()
            for i, piece in enumerate(_MARKER.split(line)):
                if i % 2 == 0:
                    paragraph.add_run(_clean(piece.replace("**", "")))
                elif int(piece) in cited:
                    footnotes.add(paragraph, _note(cited[int(piece)]))
                else:
                    paragraph.add_run(f"[{piece}]")
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, footnotes.part(), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
