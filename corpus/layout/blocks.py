"""Printed lines to blocks: which lines belong to one paragraph, which are headings, footnotes, table rows, contents.

A new block is told by the space above a line, by a mark ("15.", "(a)", "118.4"), by a change of type, and by a line
that ends although the next line's first word would still have fitted: somebody ended the paragraph there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.layout import footnotes
from corpus.layout.markers import Mark, Marker, marker
from corpus.layout.measures import CJK, Measures, ends_sentence, first_word, forced, measure, width
from corpus.load.model import Line, Role


class BlockKind(StrEnum):
    """What a block is."""

    TEXT = "text"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    ROW = "row"
    CONTENTS = "contents"
    MASTHEAD = "masthead"


@dataclass(slots=True)
class Group:
    """Lines that make one block."""

    kind: BlockKind
    lines: tuple[Line, ...]
    level: int = 0
    label: str | None = None


_DOTS = re.compile(r"\.(?:\s?\.){4}|……|·····")
_CONTENTS = re.compile(
    r"\W{0,3}(?:table\s+of\s+contents|contents|table\s+des\s+mati[èe]res|sommaire|[íi]ndice|содержание|оглавление|"
    r"目\s*录|目\s*次|المحتويات)(?:\s*\(continued\))?\W*",
    re.I,
)
_ENDS = tuple(".;:!?。；：！？؛؟…")
_NOTES = re.compile(r"(?:end)?notes|notas?|примечания|сноски|注|尾注|الحواشي|références", re.I)


_RAISED = re.compile(r"\d{1,3}|\*{1,3}")
_FIGURE = re.compile(r"[—–-]|\(?-?\d{1,3}(?:[ ,.]\d{3})+\)?")


# A printed row of a table ends with a figure of thousands, in brackets if negative, or with a dash for nothing.
_ROW = re.compile(r"\S\s+(?:\(?\d{1,3}(?:[ ,.]\d{3})+\)?|[—–])$")


_ANNEX = re.compile(
    r"(?:annex|appendix|annexe|appendice|anexo|apéndice|приложение|добавление|附件|附录|المرفق|مرفق)\s*[\dIVXL一二三四五]*",
    re.I,
)


def visual_lines(lines: Sequence[Line]) -> list[Line]:
    """Puts together what stands on one height but came in pieces, as raised marks make it come."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if (
            last is None
            or not last.size
            or not line.size
            or last.page != line.page
            or line.role is not Role.LINE
        ):
            out.append(line)
            continue
        tall = max(last.size, line.size)
        raised = line.base - last.base
        beside = line.left >= last.right - tall * 0.3 and line.left - last.right < tall * 3
        if line.left > last.right and abs(line.base - last.base) < 1 and _FIGURE.fullmatch(line.text):
            beside = True  # a figure or a dash in the next column of its row
        is_mark = last.size < line.size * 0.8 and _RAISED.fullmatch(last.text)
        if is_mark and beside and 0 < -raised < tall * 0.6:
            notes = tuple((at, label) for at, label in line.notes)
            out[-1] = replace(line, left=last.left, notes=((0, last.text), *notes))
        elif beside and line.size < last.size * 0.8 and _RAISED.fullmatch(line.text) and raised > tall * 0.1:
            out[-1] = replace(last, notes=(*last.notes, (len(last.text), line.text)), right=line.right)
        elif beside and abs(raised) < tall * 0.25 and line.left >= last.left:
            out[-1] = _beside(last, line, tall)
        else:
            out.append(line)
    return out


def _beside(last: Line, line: Line, tall: float) -> Line:
    gap = "" if line.left - last.right < tall * 0.12 and not line.notes[:1] else " "
    if line.notes and line.notes[0][0] == 0 and not gap:
        gap = " "
    shift = len(last.text) + len(gap)
    notes = tuple((max(at + shift - (1 if at == 0 else 0), 0), label) for at, label in line.notes)
    return replace(
        last, text=last.text + gap + line.text, right=line.right, size=tall, notes=(*last.notes, *notes)
    )


def group(lines: Sequence[Line]) -> list[Group]:
    """The blocks of a document, in reading order; a page's footnotes follow the paragraph they interrupt."""
    measures = measure(lines)
    body, foot = footnotes.part(lines, measures)
    groups: list[Group] = []
    waiting: list[Group] = []
    current: list[Line] = []
    contents = _contents(body)

    def close() -> None:
        if current:
            groups.append(Group(_kind(current, measures, groups), tuple(current)))
            current.clear()
        groups.extend(waiting)
        waiting.clear()

    for index, line in enumerate(body):
        before = body[index - 1] if index else None
        if before is None or line.page != before.page:
            for page in [page for page in foot if page is not None and page < (line.page or 0)]:
                waiting.extend(_note(note) for note in foot.pop(page))
        if line.role is not Role.LINE:
            close()
            groups.append(_whole(line))
            continue
        if index in contents or _DOTS.search(line.text):
            close()
            groups.append(Group(BlockKind.CONTENTS, (line,)))
            continue
        if not current or _begins(line, current, measures):
            close()
        current.append(line)
    close()
    for left in sorted(foot, key=lambda page: page or 0):
        groups.extend(_note(note) for note in foot[left])
    return groups


def _note(note: footnotes.Note) -> Group:
    return Group(BlockKind.FOOTNOTE, note.lines, label=note.label)


def _contents(body: Sequence[Line]) -> set[int]:
    """Indices of the lines of the table of contents: from its heading, over the pages that are mostly dotted lines."""
    start = next((i for i, line in enumerate(body) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        dotted = [i for i, line in enumerate(body) if line.page and line.page < 6 and _DOTS.search(line.text)]
        if len(dotted) >= 3:
            start = next(i for i, line in enumerate(body) if line.page == body[dotted[0]].page)
    if start is None or not body[start].page:
        return {start} if start is not None else set()
    found: set[int] = set()
    page = body[start].page
    index = start
    while index < len(body):
        line = body[index]
        if line.page != page:
            following = [other.text for other in body[index : index + 80] if other.page == line.page]
            if sum(bool(_DOTS.search(text)) for text in following) < len(following) * 0.3:
                break
            page = line.page
        mark = marker(line.text)
        opens = mark is not None and mark.mark is Mark.NUMBER and mark.label == "1" and len(line.text) > 60
        if opens and not _DOTS.search(line.text) and not re.search(r"\s\d{1,3}$", line.text):
            break
        found.add(index)
        index += 1
    return found


def masthead(lines: Sequence[Line]) -> list[Group]:
    """The blocks of a masthead: lines of one size that follow each other closely are one ("Report of … | Review")."""
    groups: list[Group] = []
    for line in lines:
        if groups:
            last = groups[-1].lines[-1]
            close = last.size and 0 <= last.base - line.base < line.size * 1.35
            alike = abs(line.size - last.size) < 0.5 and line.bold == last.bold
            centred = line.text.isupper() and abs(line.left - last.left) > 2
            alike = alike and ((line.bold and line.size > 11) or line.size > 12.5 or centred)
            if close and alike and not last.text.endswith(":"):
                groups[-1].lines = (*groups[-1].lines, line)
                continue
        groups.append(Group(BlockKind.MASTHEAD, (line,)))
    return groups


def _whole(line: Line) -> Group:
    kind = {
        Role.HEADING: BlockKind.HEADING,
        Role.CELLS: BlockKind.ROW,
        Role.FOOTNOTE: BlockKind.FOOTNOTE,
        Role.CONTENTS: BlockKind.CONTENTS,
    }.get(line.role, BlockKind.TEXT)
    if kind is BlockKind.TEXT and _DOTS.search(line.text):
        kind = BlockKind.CONTENTS
    titled = line.bold or (
        line.text.isupper() and re.search(r"[\d()/|-]", line.text) is None and len(line.text) > 3
    )
    if kind is BlockKind.TEXT and titled and len(line.text) < 150 and not line.text.endswith(_ENDS):
        kind = BlockKind.HEADING
    return Group(kind, (line,), level=line.level)


def _begins(line: Line, current: Sequence[Line], usual: Measures) -> bool:
    """Whether a line opens a new block, given the lines of the open one."""
    last = current[-1]
    mark = marker(line.text)
    if mark and mark.mark is Mark.BULLET and mark.label in "-–—" and not ends_sentence(last.text):
        mark = None  # a dash within a sentence
    if _ANNEX.fullmatch(last.text):
        return True
    if _is_row(line.text) and (_is_row(last.text) or len(last.text) < usual.wide * 0.6):
        return True
    if not usual.size:
        return _begins_flat(line, last, usual)
    if mark is None and _stops_short(current) and not _differs(line, last, usual):
        return False
    if line.page != last.page:
        return _begins_page(line, last, mark, usual)
    return _begins_below(line, last, mark, usual)


def _is_row(text: str) -> bool:
    last = text[-1]  # most lines end with a letter or a stop, and are not searched
    return (last.isdigit() or last in ")—–") and _ROW.search(text) is not None


def _stops_short(current: Sequence[Line]) -> bool:
    """Whether the open block is a numbered paragraph that a comma leaves unfinished, whatever space follows."""
    if not current[-1].text.endswith((",", "，", "、", "،")):
        return False
    first = marker(current[0].text)
    return first is not None and first.mark is Mark.NUMBER


def _begins_page(line: Line, last: Line, mark: Marker | None, usual: Measures) -> bool:
    """As `_begins`, for the first line of a page: without a mark or another type the sentence runs on."""
    ended = ends_sentence(last.text)
    is_forced = forced(last, line, usual)
    if _differs(line, last, usual):
        return True
    restyled = (line.bold and not last.bold) or (line.italic and not last.italic)
    if mark and mark.mark is not Mark.STAR:
        return ended or is_forced or restyled or mark.mark is Mark.DOTTED
    return ended and not line.text[:1].islower() and (is_forced or restyled)


def _begins_below(line: Line, last: Line, mark: Marker | None, usual: Measures) -> bool:
    """As `_begins`, for a line below another on one page: the space between them counts."""
    ended = ends_sentence(last.text)
    is_forced = forced(last, line, usual)
    goes_on = not ended and not mark and line.text[:1].islower()
    gap = last.base - line.base
    if gap < -usual.size:  # the next column, or a box set elsewhere
        return not goes_on
    if _differs(line, last, usual):
        return True
    wide = gap > usual.pitch * max(1.0, line.size / usual.size) * 1.3
    if goes_on:
        return wide and (is_forced or gap > usual.pitch * 2.5)
    if wide:
        return True
    if mark and mark.mark is not Mark.STAR:
        return is_forced or ended or mark.mark is Mark.BULLET
    indented = line.left > usual.lefts.get(line.page or 0, usual.left) + usual.size
    return is_forced and (ended or indented or last.bold != line.bold)


def _differs(line: Line, last: Line, usual: Measures) -> bool:
    return abs(line.size - last.size) > usual.size * 0.12


def _begins_flat(line: Line, last: Line, usual: Measures) -> bool:
    """As `_begins`, where nothing is known but the characters and the blank lines."""
    mark = marker(line.text)
    above = marker(last.text)
    if (above and above.mark is Mark.TABLE and above.end >= len(last.text)) or (
        mark and mark.mark is Mark.TABLE
    ):
        return True
    ended = ends_sentence(last.text)
    chinese = bool(CJK.search(last.text))
    room = usual.wide - width(last.text)
    short = room > width(first_word(line.text)) + (6 if chinese else 2)
    if mark and mark.mark is Mark.BULLET and mark.label not in "-–—":
        return True
    if not line.gap and not mark and last.text.endswith((",", "，", "、", "،")):
        return False
    closed = line.text.endswith(_ENDS)
    if line.gap and ended and not closed and width(line.text) < usual.wide * 0.6:
        return True  # a heading after a full last line
    if usual.double and not line.gap:
        # In double-spaced text a line without a blank one above opens a page.
        return (short and (ended or bool(mark))) or (ended and bool(mark))
    if not usual.double and line.gap:
        cased = line.text[:1].isupper()
        return ended or short or bool(mark) or cased
    if mark and mark.mark in {Mark.STAR, Mark.BULLET}:
        return short or ended
    if mark:
        return short or ended
    return short and (ended or room > usual.wide * 0.25)


def _kind(lines: Sequence[Line], usual: Measures, before: Sequence[Group]) -> BlockKind:
    text = " ".join(line.text for line in lines)
    if _CONTENTS.fullmatch(text):
        return BlockKind.CONTENTS
    return BlockKind.HEADING if _is_heading(lines, text, usual) else BlockKind.TEXT


def _is_heading(lines: Sequence[Line], text: str, usual: Measures) -> bool:
    if len(text) > 250 or len(lines) > 4 or not any(char.isalpha() for char in text):
        return False
    if _ANNEX.fullmatch(text):
        return True
    mark = marker(text)
    if mark and mark.mark in {Mark.LETTER, Mark.BULLET, Mark.DOTTED, Mark.TABLE, Mark.STAR}:
        return False
    ends = text.rstrip("*∗ ").endswith(_ENDS)
    if mark and mark.mark in {Mark.ROMAN, Mark.CAPITAL}:
        return not ends or text.isupper()
    if usual.size and lines[0].size < usual.size * 0.97:
        return False  # cells of tables
    if usual.size:
        larger = lines[0].size > usual.size * 1.08
        bold = all(line.bold for line in lines)
        if mark and mark.mark is Mark.NUMBER:
            return (bold or larger) and not ends
        if ends or larger or bold:
            return not ends
        return _centred(lines, usual) or (_at_left(lines[0], usual) and _looks_like_title(lines, text))
    # In plain text a heading is a short line of its own, set in from the left.
    indented = len(lines) == 1 and lines[0].left >= 2 and lines[0].gap
    return indented and not ends and width(text) < usual.wide * 0.7 and re.search(r"\d\W*$", text) is None


def _at_left(line: Line, usual: Measures) -> bool:
    return abs(line.left - usual.lefts.get(line.page or 0, usual.left)) < usual.size * 1.5


def _looks_like_title(lines: Sequence[Line], text: str) -> bool:
    """Capitals, or italics that no text and no date is set in."""
    if text.isupper():
        return re.search(r"[\d()/-]", text) is None and len(text) > 3
    italic = all(line.italic for line in lines)
    return italic and text[:1].isupper() and len(text) < 160 and re.search(r"\d|[,\])]$", text) is None


def _centred(lines: Sequence[Line], usual: Measures) -> bool:
    if len(lines) > 1:
        return False
    line = lines[0]
    right = usual.rights.get(line.page or 0, usual.right)
    before, after = line.left - usual.left, right - line.right
    return before > usual.size * 3 and abs(before - after) < usual.size * 2.5
