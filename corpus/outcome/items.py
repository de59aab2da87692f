"""The numbered lists of a Working Group report: which figures in the text begin a paragraph, which an item.

A report counts its paragraphs ("83."), and under them its recommendations: "83.1", "83.1.", or, in the first cycle,
"1.", "2." within the paragraph. A figure that begins a line is taken for what the sequence expects there; what a
line cannot tell, the words decide. A number that breaks the sequence while its neighbours keep it is a misprint.
"""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.layout import Layout
from corpus.outcome.cues import Cues
from corpus.outcome.ends import finish
from corpus.outcome.marks import Mark, bounds, index_at, is_note, marks, plain_digits
from corpus.outcome.scan import CAPITAL, LEAD, Item, Scan, Section, names_states

_ENDED = re.compile(r"(?:[;:.)\]!?。；：）؛”\"’»]|\b(?:and|et|y|и|و)|和|以及),?\s*(?:\d{1,2}|\*+)?\s*$")


_LARGEST_STEP = 60


def sections(layout: Layout, cues: Cues) -> tuple[Section, ...]:
    """The numbered paragraphs of the conclusions with their items, in order; empty where there are none."""
    low, high = bounds(layout, cues)
    text = plain_digits(layout.text)
    scan = Scan(layout, text, cues, low, high, tuple(marks(layout, text, low, high)))
    for index, mark in enumerate(scan.marks):
        scan.at = index
        following = scan.marks[index + 1].start if index + 1 < len(scan.marks) else high
        _take(scan, mark, following)
        if scan.closed is not None:
            break
    finish(scan)
    return tuple(scan.sections)


def _take(scan: Scan, mark: Mark, following: int) -> None:
    """Decides on one mark: it opens a paragraph, or an item, or is only a figure."""
    mark = _turned(scan, mark)
    if mark.b is None and _opens_section(scan, mark):
        _open(scan, mark, following)
        return
    section = scan.section
    if section is None:
        if mark.b == 1 and mark.at_line:
            _implied(scan, mark)
        return
    if mark.b == 1 and _opens_list(scan, mark):
        _implied(scan, mark)
        return
    place = _dotted_place(scan, mark) if mark.b is not None else _simple_place(scan, mark)
    if place is not None:
        _add(section, mark, place)


def _turned(scan: Scan, mark: Mark) -> Mark:
    """A number that text running from right to left gives as "4-118", in its order."""
    section = scan.section
    if section is None or mark.b != int(section.number) or mark.a == mark.b:
        return mark
    dash = re.search(r"[-–]", scan.text[mark.start : mark.body])
    return replace(mark, a=mark.b, b=mark.a, printed=f"{mark.b}.{mark.a}") if dash else mark


def _add(section: Section, mark: Mark, place: int) -> None:
    """Files an item; a place that is taken already, as two recommendations may be printed, gets "bis"."""
    taken = any(item.place == place for item in section.items)
    number = f"{section.number}.{place}" + (" bis" if taken else "")
    section.items.append(Item(number, place, mark.printed, mark.start, mark.body))


def _lead_text(scan: Scan, mark: Mark) -> str:
    """The words of the paragraph that a mark may open, up to the first item or the next paragraph."""
    block = scan.layout.blocks[index_at(scan.layout, mark.start)]
    text = scan.text[mark.body : min(block.end, mark.body + LEAD)]
    item = re.search(rf"(?<![\w.]){mark.a}\s?\.\s?1(?!\d)|(?<=[:：])\s*1\s?[.．)]\s", text)
    return text[: item.start()] if item else text


def _opens_section(scan: Scan, mark: Mark) -> bool:
    section = scan.section
    if not mark.at_line:
        return False
    if section is None:
        return (mark.a > 1 and not mark.bare) or scan.cues.is_lead(_lead_text(scan, mark))
    current = int(section.number)
    in_sequence = scan.dotted is False and mark.a == scan.last + 1
    if mark.a != current + 1 and (in_sequence or mark.bare):
        return False
    lead = _lead_text(scan, mark)
    told = scan.cues.is_lead(lead) and not names_states(lead)
    if in_sequence or mark.bare:
        return told
    if mark.a == current + 1:
        return mark.at_block or told or _ended(scan, mark)
    return told and mark.at_block and current - 2 <= mark.a <= current + 5 and mark.a > 12


def _open(scan: Scan, mark: Mark, following: int) -> None:
    lead = scan.text[mark.body : min(following, mark.body + 3000)]
    if scan.cues.says("closing", lead):
        scan.closed = mark.start
        return
    scan.sections.append(Section(str(mark.a), mark.start, mark.body))


def _opens_list(scan: Scan, mark: Mark) -> bool:
    """True for the first item of a list whose paragraph number is not printed."""
    section = scan.sections[-1]
    return (
        mark.a == int(section.number) + 1
        and scan.dotted is not False
        and mark.at_line
        and _capital(scan, mark)
        and _ended(scan, mark)
    )


def _implied(scan: Scan, mark: Mark) -> None:
    """Opens the paragraph that an item's number tells; its lead is the block before."""
    index = index_at(scan.layout, mark.start)
    block = scan.layout.blocks[index]
    floor = scan.sections[-1].items[-1].start + 1 if scan.sections and scan.sections[-1].items else scan.low
    start = block.start
    if block.start == mark.start and index and scan.layout.blocks[index - 1].start >= floor:
        start = scan.layout.blocks[index - 1].start
    start = min(max(start, scan.low), mark.start)
    section = Section(str(mark.a), start, start)
    _add(section, mark, mark.b or 1)
    scan.sections.append(section)


def _capital(scan: Scan, mark: Mark) -> bool:
    return bool(CAPITAL.match(scan.text, mark.body))


def _before(scan: Scan, mark: Mark) -> str:
    """The words that lead up to a mark, footnotes left out."""
    index = index_at(scan.layout, mark.start)
    text = scan.text[max(scan.layout.blocks[index].start, mark.start - 40) : mark.start]
    while not text.strip(' "“*•') and index:
        index -= 1
        block = scan.layout.blocks[index]
        if block.end <= scan.low:
            break
        if not is_note(scan.layout, block):
            text = scan.text[max(block.start, block.end - 40) : block.end]
    return text.rstrip()


def _ended(scan: Scan, mark: Mark) -> bool:
    return bool(_ENDED.search(_before(scan, mark)))


def _referred(scan: Scan, mark: Mark) -> bool:
    return scan.cues.says("reference", _before(scan, mark))


def _dotted_place(scan: Scan, mark: Mark) -> int | None:
    """The place in the open list of an item printed "118.4"; None where the figure is no item."""
    current, last, b = int(scan.sections[-1].number), scan.last, mark.b or 0
    if scan.dotted is False or b == 0:
        return None
    capital, ended = _capital(scan, mark), _ended(scan, mark)
    if mark.a == current and b == last + 1:
        if _referred(scan, mark) and not ended:
            return None
        return b if capital or (mark.at_line and (mark.at_block or ended)) else None
    if not (mark.at_line and capital and ended) or _referred(scan, mark):
        return None
    if mark.a == current:
        return _out_of_order(scan, b, mark)
    return b if last and b == last + 1 else None


def _out_of_order(scan: Scan, printed: int, mark: Mark) -> int | None:
    """The place of an item whose number is not the next: what its neighbours leave free, else as printed."""
    last = scan.last
    following = scan.next_place(dotted=True)
    if following == last + 2:
        return last + 1
    if last < printed <= last + _LARGEST_STEP:
        return printed
    if not mark.at_block:
        return None
    return printed if following == last + 1 and printed <= last else last + 1


def _simple_place(scan: Scan, mark: Mark) -> int | None:
    """The place in the open list of an item printed "4."; None where the figure is no item."""
    last = scan.last
    if scan.dotted:
        return None
    ended = _ended(scan, mark)
    if mark.a == last + 1:
        if mark.bare:
            return mark.a if last and ended else None
        if mark.at_line:
            return mark.a if ended or mark.at_block else None
        return mark.a if _capital(scan, mark) else None
    if mark.bare or not (mark.at_block and ended and _capital(scan, mark)):
        return None
    if not last:
        return mark.a if _goes_on(scan, mark) else None
    if scan.next_place(dotted=False) == last + 2:
        return last + 1
    return mark.a if last < mark.a <= last + 4 else None


def _goes_on(scan: Scan, mark: Mark) -> bool:
    """True where a list takes up the numbering of the list before it."""
    before = [section for section in scan.sections[:-1] if section.items]
    return bool(before) and mark.a == before[-1].items[-1].place + 1
