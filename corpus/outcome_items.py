"""The numbered lists of a Working Group report: which figures in the text begin a paragraph, which an item.

A report counts its paragraphs ("83."), and under them its recommendations: "83.1", "83.1.", or, in the first cycle,
"1.", "2." within the paragraph. A figure that begins a line is taken for what the sequence expects there; what a
line cannot tell, the words decide.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.layout import Block, BlockKind, Layout
from corpus.outcome_cues import Cues, Verdict
from corpus.recommenders import groups

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_DOTTED = re.compile(
    r"(?<![\w./(,–-])(?P<a>\d{1,3})\s?(?P<sep>[.．·]|[-–](?=\d))\s?(?P<b>\d{1,3})(?![\d%])(?!\.\d|[-–/]\d)\s?[.．):-]?\s*"
)
_SIMPLE = re.compile(r"(?<![\w./(,–-])(?P<n>\d{1,3})\s?(?:[.．、](?!\d)|\)|[-–](?=\s))\s*")
_ENDED = re.compile(r"(?:[;:.)\]!?。；：）؛”\"’»]|\b(?:and|et|y|и|و)|和|以及),?\s*(?:\d{1,2}|\*+)?\s*$")
_ENDED_INSIDE = re.compile(r"[;:.)\]。；：）؛]\s*(?:and|et|y|и|و|和|以及)?\s*$")
_CAPITAL = re.compile(r"[\W\d_]*(?:[A-ZÀ-ÞА-Я]|[^\W\d_a-zß-ÿа-яё])")
_LEAD = 900
_LARGEST_STEP = 12


@dataclass(slots=True)
class Item:
    """One item of a list. `printed` is its number as it stands in the text, `number` the one it is filed under."""

    number: str
    printed: str
    start: int
    body: int
    end: int = 0


@dataclass(slots=True)
class Section:
    """A numbered paragraph of the conclusions: its lead, what that says of the list, and the items under it.

    `verdict` None: the paragraph opens a list and takes no position on it.
    """

    number: str | None
    start: int
    body: int
    end: int = 0
    lead_end: int = 0
    verdict: Verdict | None = None
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A figure in the text that may begin something."""

    start: int
    body: int
    a: int
    b: int | None
    printed: str
    at_block: bool
    at_line: bool


@dataclass(slots=True)
class _Scan:
    layout: Layout
    text: str
    cues: Cues
    low: int
    high: int
    sections: list[Section] = field(default_factory=list)
    closed: int | None = None

    @property
    def section(self) -> Section | None:
        return self.sections[-1] if self.sections else None

    @property
    def last(self) -> int:
        items = self.section.items if self.section else []
        return int(items[-1].number.rpartition(".")[2]) if items else 0

    @property
    def dotted(self) -> bool | None:
        """How the open list is numbered; None before its first item."""
        items = self.section.items if self.section else []
        return ("." in items[0].printed) if items else None


def sections(layout: Layout, cues: Cues) -> tuple[Section, ...]:
    """The numbered paragraphs of the conclusions with their items, in order; empty where there are none."""
    low, high = _bounds(layout, cues)
    scan = _Scan(layout, layout.text.translate(_DIGITS), cues, low, high)
    marks = list(_marks(scan))
    for index, mark in enumerate(marks):
        following = marks[index + 1].start if index + 1 < len(marks) else high
        _take(scan, mark, following)
        if scan.closed is not None:
            break
    _finish(scan)
    return tuple(scan.sections)


def _bounds(layout: Layout, cues: Cues) -> tuple[int, int]:
    """Where the conclusions begin and end: after their heading, before pledges and annexes."""
    low = -1
    for block in layout.blocks:
        text = layout.of(block)
        if (
            block.kind in {BlockKind.HEADING, BlockKind.TEXT}
            and len(text) < 200
            and cues.says("section", text)
        ):
            low = block.end
    if low < 0:
        low = next(
            (
                block.start
                for block in layout.blocks
                if block.kind is BlockKind.TEXT
                and cues.says("list", layout.of(block)[:400])
                and (cues.judge(layout.of(block)[:400]) or layout.of(block).rstrip().endswith((":", "：")))
            ),
            len(layout.text),
        )
    high = len(layout.text)
    for block in layout.blocks:
        if block.start >= low and block.kind is not BlockKind.FOOTNOTE:
            text = layout.of(block)
            if len(text) < 200 and cues.says("section_end", text):
                high = block.start
                break
    return low, high


def _marks(scan: _Scan) -> Iterator[_Mark]:
    """Every figure that could begin a paragraph or an item, at the start of a line or after a full stop."""
    for block in scan.layout.blocks:
        if block.end <= scan.low or block.start >= scan.high:
            continue
        if block.kind in {BlockKind.FOOTNOTE, BlockKind.CONTENTS, BlockKind.MASTHEAD}:
            continue
        breaks = {_skip(scan.text, at) for at in (block.start, *block.breaks)}
        yield from _marks_in(scan, block, breaks)


def _skip(text: str, at: int) -> int:
    match = re.compile(r"[\s\"“”*•·–-]*").match(text, at)
    return match.end() if match else at


def _marks_in(scan: _Scan, block: Block, breaks: set[int]) -> Iterator[_Mark]:
    position = block.start
    first = _skip(scan.text, block.start)
    while position < block.end:
        dotted = _DOTTED.search(scan.text, position, block.end)
        simple = _SIMPLE.search(scan.text, position, block.end)
        match = min((m for m in (dotted, simple) if m), key=lambda m: (m.start(), m is simple), default=None)
        if match is None:
            return
        start = match.start()
        at_line = start in breaks
        if at_line or _ENDED_INSIDE.search(scan.text[max(block.start, start - 12) : start]):
            a = int(match["a"] if match is dotted else match["n"])
            b = int(match["b"]) if match is dotted else None
            printed = f"{a}.{b}" if b is not None else str(a)
            yield _Mark(start, match.end(), a, b, printed, start == first, at_line)
        position = match.end() if match.end() > start else start + 1


def _take(scan: _Scan, mark: _Mark, following: int) -> None:
    """Decides on one mark: it opens a paragraph, or an item, or is only a figure."""
    if mark.b is None and _opens_section(scan, mark):
        _open(scan, mark, following)
        return
    section = scan.section
    if section is None:
        if mark.b == 1 and mark.at_line:
            _implied(scan, mark)
        return
    number = _dotted_number(scan, mark) if mark.b is not None else _simple_number(scan, mark)
    if number is not None:
        printed = mark.printed if mark.b is not None else str(mark.a)
        section = scan.sections[-1]
        section.items.append(Item(f"{section.number}.{number}", printed, mark.start, mark.body))


def _lead_text(scan: _Scan, mark: _Mark) -> str:
    """The words of the paragraph that a mark may open, up to the first item or the next paragraph."""
    block = _block_at(scan.layout, mark.start)
    text = scan.text[mark.body : min(block.end, mark.body + _LEAD)]
    item = re.search(rf"(?<![\w.]){mark.a}\s?\.\s?1(?!\d)|(?<=[:：])\s*1\s?[.．)]\s", text)
    return text[: item.start()] if item else text


def _block_at(layout: Layout, offset: int) -> Block:
    starts = [block.start for block in layout.blocks]
    return layout.blocks[max(bisect_right(starts, offset) - 1, 0)]


def _opens_section(scan: _Scan, mark: _Mark) -> bool:
    section = scan.section
    if not mark.at_line:
        return False
    if section is None:
        return mark.a > 1 or scan.cues.is_lead(_lead_text(scan, mark))
    current = int(section.number or 0)
    expected = mark.a == current + 1
    if scan.dotted is False and mark.a == scan.last + 1 and mark.a != current + 1:
        return False
    lead = _lead_text(scan, mark)
    told = scan.cues.is_lead(lead) and not _names_states(lead)
    if scan.dotted is False and mark.a == scan.last + 1:
        return told
    if scan.dotted is None and mark.a == 1 and section.verdict is not None:
        return False
    if expected:
        return (
            mark.at_block
            or told
            or bool(_ENDED.search(scan.text[max(scan.low, mark.start - 8) : mark.start]))
        )
    return told and mark.at_block and current - 2 <= mark.a <= current + 5 and mark.a > 12


def _names_states(text: str) -> bool:
    """True where a text ends as recommendations do, with the States in brackets."""
    found = groups(text)
    return bool(found) and not re.search(r"\w{3}", text[found[-1].end :])


def _open(scan: _Scan, mark: _Mark, following: int) -> None:
    lead = scan.text[mark.body : min(following, mark.body + 3000)]
    if scan.cues.says("closing", lead):
        scan.closed = mark.start
        return
    scan.sections.append(Section(str(mark.a), mark.start, mark.body))


def _implied(scan: _Scan, mark: _Mark) -> None:
    """A list whose paragraph number is not printed: its items tell it."""
    block = _block_at(scan.layout, mark.start)
    before = [b for b in scan.layout.blocks if scan.low <= b.start and b.end <= block.start]
    start = before[-1].start if before and block.start == mark.start else block.start
    section = Section(str(mark.a), max(start, scan.low), max(start, scan.low))
    section.items.append(Item(f"{mark.a}.{mark.b}", mark.printed, mark.start, mark.body))
    scan.sections.append(section)


def _ended(scan: _Scan, mark: _Mark) -> bool:
    return bool(_ENDED.search(scan.text[max(scan.low, mark.start - 16) : mark.start].rstrip()))


def _referred(scan: _Scan, mark: _Mark) -> bool:
    return scan.cues.says("reference", scan.text[max(scan.low, mark.start - 40) : mark.start])


def _dotted_number(scan: _Scan, mark: _Mark) -> int | None:
    """The place in the open list of an item printed "118.4"; None where the figure is no item."""
    section = scan.sections[-1]
    current, last, b = int(section.number or 0), scan.last, mark.b or 0
    if scan.dotted is False:
        return None
    capital = bool(_CAPITAL.match(scan.text, mark.body))
    if mark.a == current:
        if b == last + 1:
            if mark.at_line:
                return None if _referred(scan, mark) and not mark.at_block else b
            return b if capital and not _referred(scan, mark) else None
        if not (mark.at_line and capital and (mark.at_block or _ended(scan, mark))) or _referred(scan, mark):
            return None
        return b if last < b <= last + _LARGEST_STEP else _misprinted(scan, mark)
    if mark.a == current + 1 and b == 1 and mark.at_line and capital and _ended(scan, mark):
        _implied(scan, mark)
        return None
    if mark.at_line and capital and last and b == last + 1 and _ended(scan, mark):
        return b
    return None


def _misprinted(scan: _Scan, mark: _Mark) -> int | None:
    """The next free place, for a number that was printed before or out of order; None where it is a reference."""
    return scan.last + 1 if mark.at_block and _ended(scan, mark) else None


def _simple_number(scan: _Scan, mark: _Mark) -> int | None:
    """The place in the open list of an item printed "4."; None where the figure is no item."""
    last = scan.last
    if scan.dotted:
        return None
    ended = mark.at_block or _ended(scan, mark)
    if mark.a == last + 1:
        if mark.at_line:
            return mark.a if ended else None
        return mark.a if _CAPITAL.match(scan.text, mark.body) else None
    if last and mark.at_block and last < mark.a <= last + 4 and _ended(scan, mark):
        return mark.a
    return None


def _finish(scan: _Scan) -> None:
    """Sets where every item, lead and section ends, and what each lead says."""
    stop = scan.closed if scan.closed is not None else scan.high
    for index, section in enumerate(scan.sections):
        section.end = scan.sections[index + 1].start if index + 1 < len(scan.sections) else stop
        section.lead_end = section.items[0].start if section.items else section.end
        section.verdict = scan.cues.judge(scan.text[section.body : section.lead_end])
        for place, item in enumerate(section.items):
            end = section.items[place + 1].start if place + 1 < len(section.items) else section.end
            item.end = _item_end(scan.layout, scan.text, item, end)


def _item_end(layout: Layout, text: str, item: Item, end: int) -> int:
    """Where an item's own text ends: before headings, footnotes and comments that follow it."""
    stop = end
    for block in layout.blocks[_index(layout, item.start) + 1 :]:
        if block.start >= end:
            break
        own = text[item.body : block.start].rstrip()
        complete = _names_states(own) and own[-1:] not in ",("
        if block.kind is BlockKind.HEADING or (complete and _CAPITAL.match(text, block.start)):
            if not (groups(text[block.start : block.end]) and block.kind is not BlockKind.HEADING):
                stop = block.start
                break
        elif block.kind is BlockKind.FOOTNOTE and complete:
            stop = block.start
            break
    return item.body + len(text[item.body : stop].rstrip(" \n;,；،"))


def _index(layout: Layout, offset: int) -> int:
    starts: Sequence[int] = [block.start for block in layout.blocks]
    return max(bisect_right(starts, offset) - 1, 0)
