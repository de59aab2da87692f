"""A Word table in the layout of OHCHR's matrix of the fourth cycle: grouped by theme, supported first.

The rows are written as WordprocessingML: python-docx takes a millisecond and a half a row, this a twentieth.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx import Document as new_document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from corpus import states
from corpus.model import Language, Position, Recommendation, Tags
from index.records import natural
from ui.export.cells import printable, recommending, sdgs
from ui.pages.labels import tag_label
from ui.pages.words import Words, words
from ui.records import closing_states

_ORDER = (Position.SUPPORTED, Position.PARTIALLY_SUPPORTED, Position.PENDING, Position.NOTED)
_WIDTHS = (7_000, 1_900, 3_900, 2_600)  # twentieths of a point, together the width between the margins
_MARGIN = Cm(1.27)
_SIZE = Pt(9)


def as_docx(
    recs: Sequence[Recommendation], symbols: Mapping[str, str], language: Language = Language.ENGLISH
) -> bytes:
    """Recommendation and recommending States, position, themes and groups of persons, SDGs; a row a recommendation."""
    label = words(language)
    document = new_document()
    _page(document, _review(recs, label), label)
    table = f"<w:tbl {nsdecls('w')}>{_properties(label)}{_header(label)}{''.join(_rows(recs, label))}</w:tbl>"
    document.element.body.insert(1, parse_xml(table))
    document.core_properties.title = label["matrix_title"]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _review(recs: Sequence[Recommendation], label: Words) -> str:
    """Whose review it is, where it is one State's; which cycle, where it is one."""
    reviewed, cycles = {rec.state for rec in recs}, {rec.cycle for rec in recs}
    state = reviewed.pop() if len(reviewed) == 1 else None
    cycle = cycles.pop() if len(cycles) == 1 else None
    parts = [states.name(state, label.language)] if state else []
    return label["comma"].join([*parts, *([label.fill("in_cycle", n=cycle)] if cycle else [])])


def _page(document: Any, review: str, label: Words) -> None:
    """A landscape A4 page with the title, the review above it and the page's number below."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    document.styles["Normal"].font.size = _SIZE
    title = document.add_paragraph(style="Title")
    title.add_run(label["matrix_title"]).font.size = Pt(16)
    section.header.paragraphs[0].text = review
    number = section.footer.paragraphs[0]
    field = '<w:fldSimple {ns} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    number._p.append(parse_xml(field.format(ns=nsdecls("w"))))
    if not label.left_to_right:
        for paragraph in (title, section.header.paragraphs[0], number):
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:bidi {nsdecls('w')}/>"))


def _properties(label: Words) -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="8593A8"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    visual = "" if label.left_to_right else "<w:bidiVisual/>"
    return (
        f'<w:tblPr>{visual}<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _header(label: Words) -> str:
    """Column headings, repeated on every page."""
    names = ("matrix_recommendation", "matrix_position", "matrix_themes", "matrix_sdgs")
    cells = "".join(
        _cell([label[name]], width, label, bold=True, shade="D6E2F5")
        for name, width in zip(names, _WIDTHS, strict=True)
    )
    return f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(recs: Sequence[Recommendation], label: Words) -> Iterator[str]:
    clusters: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for rec in recs:
        themes = (rec.tags or Tags()).themes
        clusters[tag_label("theme", themes[0].name, label.language) if themes else ""].append(rec)
    for name in sorted(clusters, key=lambda cluster: (not cluster, cluster)):
        title = f"{label['theme']}: {name}" if name else label["matrix_no_theme"]
        yield f"<w:tr>{_cell([title], sum(_WIDTHS), label, bold=True, shade='EEF2F7', span=len(_WIDTHS))}</w:tr>"
        for rec in sorted(clusters[name], key=_rank):
            yield _row(rec, label)


def _rank(rec: Recommendation) -> tuple[int, str, int, str]:
    return _ORDER.index(rec.position), rec.state or "", rec.cycle or 0, natural(rec.number)


def _row(rec: Recommendation, label: Words) -> str:
    tags, language = rec.tags or Tags(), label.language
    text = f"{rec.number} {rec.text}"
    by = recommending(rec, language)
    if by and closing_states(rec.text) is None:
        text += f" ({by})"
    said = rec.position_source
    source = [f"{label['matrix_source']}: {said.symbol or said.document}"] if said else []
    groups = [f"- {tag_label('group', tag.name, language)}" for tag in tags.groups]
    themes = [f"- {tag_label('theme', tag.name, language)}" for tag in tags.themes]
    columns = (
        [text, *source],
        [label[rec.position.value]],
        [*themes, *([f"{label['matrix_persons']}:", *groups] if groups else [])],
        [f"- {tag_label('targets' if '.' in one else 'goals', one, language)}" for one in sdgs(tags)],
    )
    cells = "".join(_cell(lines, width, label) for lines, width in zip(columns, _WIDTHS, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(
    lines: Sequence[str], width: int, label: Words, *, bold: bool = False, shade: str = "", span: int = 1
) -> str:
    """A cell with a paragraph a line."""
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    way = "" if label.left_to_right else "<w:bidi/>"
    paragraph = f'<w:p><w:pPr>{way}<w:spacing w:before="20" w:after="20"/></w:pPr>'
    content = "".join(
        f'{paragraph}<w:r>{weight}<w:t xml:space="preserve">{escape(printable(line))}</w:t></w:r></w:p>'
        for line in lines or [""]
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{ground}</w:tcPr>{content}</w:tc>'
