"""The numbered lists of a Working Group report: which figures in the text begin a paragraph, which an item.

A report counts its paragraphs ("83."), and under them its recommendations: "83.1", "83.1.", or, in the first cycle,
"1.", "2." within the paragraph. A figure that begins a line is taken for what the sequence expects there; what a
line cannot tell, the words decide. A number that breaks the sequence while its neighbours keep it is a misprint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.layout import Block, BlockKind, Layout
from corpus.outcome_cues import Cues, Verdict
from corpus.outcome_marks import Mark, bounds, index_at, is_note, marks, plain_digits, skip
from corpus.recommenders import groups

_ENDED = re.compile(r"(?:[;:.)\]!?。；：）؛”\"’»]|\b(?:and|et|y|и|و)|和|以及),?\s*(?:\d{1,2}|\*+)?\s*$")
_CAPITAL = re.compile(r"[\W\d_]*(?:[A-ZÀ-ÞА-Я]|[^\W\d_a-zß-ÿа-яё])")
_LETTERED = re.compile(r"\(\s?([a-z])\s?\)\s+|([a-z])\)\s+")
_LEAD = 900
_LARGEST_STEP = 60


@dataclass(slots=True)
class Item:
    """One item of a list. `printed` is its number as it stands in the text, `number` the one it is filed under.

    `verdict` is what a heading or sentence inside the list says of the items from here on.
    """

    number: str
    place: int
    printed: str
    start: int
    body: int
    end: int = 0
    verdict: Verdict | None = None


@dataclass(slots=True)
class Section:
    """A numbered paragraph of the conclusions: its lead, what that says of the list, and the items under it.

    `verdict` None: the paragraph opens a list and takes no position on it.
    """

    number: str
    start: int
    body: int
    end: int = 0
    lead_end: int = 0
    verdict: Verdict | None = None
    items: list[Item] = field(default_factory=list)
    left_out: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Scan:
    layout: Layout
    text: str
    cues: Cues
    low: int
    high: int
    marks: Sequence[Mark] = ()
    at: int = 0
    sections: list[Section] = field(default_factory=list)
    closed: int | None = None

    @property
    def section(self) -> Section | None:
        return self.sections[-1] if self.sections else None

    @property
    def last(self) -> int:
        items = self.section.items if self.section else []
        return items[-1].place if items else 0

    @property
    def dotted(self) -> bool | None:
        """How the open list is numbered; None before its first item."""
        items = self.section.items if self.section else []
        return ("." in items[0].printed) if items else None

    def next_place(self, *, dotted: bool) -> int | None:
        """The place printed by the next figure that looks like an item of the open list."""
        for mark in self.marks[self.at + 1 :]:
            if not mark.at_line or mark.bare:
                continue
            if dotted and mark.b is not None:
                return mark.b if self.section and mark.a == int(self.section.number) else None
            if not dotted and mark.b is None:
                return mark.a
        return None


def sections(layout: Layout, cues: Cues) -> tuple[Section, ...]:
    """The numbered paragraphs of the conclusions with their items, in order; empty where there are none."""
    low, high = bounds(layout, cues)
    text = plain_digits(layout.text)
    scan = _Scan(layout, text, cues, low, high, tuple(marks(layout, text, low, high)))
    for index, mark in enumerate(scan.marks):
        scan.at = index
        following = scan.marks[index + 1].start if index + 1 < len(scan.marks) else high
        _take(scan, mark, following)
        if scan.closed is not None:
            break
    _finish(scan)
    return tuple(scan.sections)


def _take(scan: _Scan, mark: Mark, following: int) -> None:
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


def _turned(scan: _Scan, mark: Mark) -> Mark:
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


def _lead_text(scan: _Scan, mark: Mark) -> str:
    """The words of the paragraph that a mark may open, up to the first item or the next paragraph."""
    block = scan.layout.blocks[index_at(scan.layout, mark.start)]
    text = scan.text[mark.body : min(block.end, mark.body + _LEAD)]
    item = re.search(rf"(?<![\w.]){mark.a}\s?\.\s?1(?!\d)|(?<=[:：])\s*1\s?[.．)]\s", text)
    return text[: item.start()] if item else text


def _opens_section(scan: _Scan, mark: Mark) -> bool:
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
    told = scan.cues.is_lead(lead) and not _names_states(lead)
    if in_sequence or mark.bare:
        return told
    if mark.a == current + 1:
        return mark.at_block or told or _ended(scan, mark)
    return told and mark.at_block and current - 2 <= mark.a <= current + 5 and mark.a > 12


def _names_states(text: str) -> bool:
    """True where a text ends as recommendations do, with the States in brackets."""
    found = groups(text)
    return bool(found) and not re.search(r"\w{3}", text[found[-1].end :])


def _open(scan: _Scan, mark: Mark, following: int) -> None:
    lead = scan.text[mark.body : min(following, mark.body + 3000)]
    if scan.cues.says("closing", lead):
        scan.closed = mark.start
        return
    scan.sections.append(Section(str(mark.a), mark.start, mark.body))


def _opens_list(scan: _Scan, mark: Mark) -> bool:
    """True for the first item of a list whose paragraph number is not printed."""
    section = scan.sections[-1]
    return (
        mark.a == int(section.number) + 1
        and scan.dotted is not False
        and mark.at_line
        and _capital(scan, mark)
        and _ended(scan, mark)
    )


def _implied(scan: _Scan, mark: Mark) -> None:
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


def _capital(scan: _Scan, mark: Mark) -> bool:
    return bool(_CAPITAL.match(scan.text, mark.body))


def _before(scan: _Scan, mark: Mark) -> str:
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


def _ended(scan: _Scan, mark: Mark) -> bool:
    return bool(_ENDED.search(_before(scan, mark)))


def _referred(scan: _Scan, mark: Mark) -> bool:
    return scan.cues.says("reference", _before(scan, mark))


def _dotted_place(scan: _Scan, mark: Mark) -> int | None:
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


def _out_of_order(scan: _Scan, printed: int, mark: Mark) -> int | None:
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


def _simple_place(scan: _Scan, mark: Mark) -> int | None:
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


def _goes_on(scan: _Scan, mark: Mark) -> bool:
    """True where a list takes up the numbering of the list before it."""
    before = [section for section in scan.sections[:-1] if section.items]
    return bool(before) and mark.a == before[-1].items[-1].place + 1


def _finish(scan: _Scan) -> None:
    """Sets where every item, lead and section ends, and what each lead says."""
    stop = scan.closed if scan.closed is not None else scan.high
    for index, section in enumerate(scan.sections):
        section.end = scan.sections[index + 1].start if index + 1 < len(scan.sections) else stop
        if not section.items:
            section.items = _unnumbered(scan, section)
        section.lead_end = section.items[0].start if section.items else section.end
        section.verdict = scan.cues.judge_lead(scan.text[section.body : section.lead_end])
        for place, item in enumerate(section.items):
            following = section.items[place + 1] if place + 1 < len(section.items) else None
            end = following.start if following else section.end
            item.end = _item_end(scan.layout, scan.text, item, end)
            if following:
                following.verdict = _turn(scan, item.end, following.start)


def _turn(scan: _Scan, start: int, end: int) -> Verdict | None:
    """What a heading or a sentence between two items says of those that follow."""
    for block in scan.layout.blocks[index_at(scan.layout, start) + 1 :]:
        if block.start >= end:
            break
        text = scan.text[block.start : min(block.end, end)]
        if is_note(scan.layout, block) or groups(text) or not scan.cues.says("list", text):
            continue
        verdict = scan.cues.judge_lead(text)
        if verdict:
            return verdict
    return None


def _unnumbered(scan: _Scan, section: Section) -> list[Item]:
    """The items of a list without figures: "(a)", "(b)", or one paragraph each, ended by their States."""
    lead = scan.text[section.body : min(section.end, section.body + _LEAD)]
    if not scan.cues.says("list", lead) or scan.cues.says("elsewhere", lead[:300]):
        return []
    blocks = [
        block
        for block in scan.layout.blocks
        if section.body < block.start < section.end and not is_note(scan.layout, block)
    ]
    return _lettered(scan, section, blocks) or _plain(scan, section, blocks)


def _lettered(scan: _Scan, section: Section, blocks: Sequence[Block]) -> list[Item]:
    found: list[Item] = []
    for block in blocks:
        match = _LETTERED.match(scan.text, block.start, block.end)
        letter = (match.group(1) or match.group(2)) if match else ""
        if match and letter == chr(ord("a") + len(found)):
            number = f"{section.number} ({letter})"
            found.append(Item(number, len(found) + 1, number, block.start, match.end()))
    named = sum(bool(groups(scan.text[item.body : item.body + 1200])) for item in found)
    return found if len(found) > 1 and named * 2 > len(found) else []


def _plain(scan: _Scan, section: Section, blocks: Sequence[Block]) -> list[Item]:
    """Paragraphs that each end with States, counted by us as the first cycle's are."""
    own = [block for block in blocks if _names_states(scan.text[block.start : block.end])]
    announced = scan.text[section.body : blocks[0].start].rstrip().endswith((":", "：")) if blocks else False
    if len(own) < (1 if announced else 2) or len(own) * 3 < len(blocks) * 2:
        return []
    return [
        Item(f"{section.number}.{place}", place, str(place), block.start, skip(scan.text, block.start))
        for place, block in enumerate(own, 1)
    ]


def _item_end(layout: Layout, text: str, item: Item, end: int) -> int:
    """Where an item's own text ends: before headings, footnotes and comments that follow it."""
    index = index_at(layout, item.start)
    stop = min(end, layout.blocks[index].end)
    own = text[item.body : stop]
    following: list[Block] = []
    for block in layout.blocks[index + 1 :]:
        if block.start >= end:
            break
        if not is_note(layout, block):
            following.append(block)
    for place, block in enumerate(following):
        if _complete(own.rstrip()) and not _continues(text, following[place:], end):
            break
        stop = min(block.end, end)
        own = f"{own}\n{text[block.start : stop]}"
    return item.body + len(text[item.body : stop].rstrip(" \n;,；،*|"))


def _continues(text: str, blocks: Sequence[Block], end: int) -> bool:
    """True where what follows a whole recommendation still belongs to it: it goes on, or names States again."""
    first = blocks[0]
    if first.kind is BlockKind.TEXT and not _CAPITAL.match(text, first.start, first.end):
        return True
    rest: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING and _CAPITAL.match(text, block.start, block.end):
            break
        rest.append(text[block.start : min(block.end, end)])
    return _names_states("\n".join(rest)) or (len(rest) > 0 and bool(groups(rest[0])))


def _complete(own: str) -> bool:
    """True where a recommendation may be over: it ends with its States, or with a full stop."""
    return own[-1:] not in ",(" and (_names_states(own) or bool(re.search(r"[.;:。；]\W*$", own)))
