"""Figures in a Working Group report that may begin a paragraph or a recommendation, and where its lists stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.layout import Block, BlockKind, Layout
from corpus.outcome.cues import Cues

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_OTHER_DIGITS = re.compile("[٠-٩۰-۹]+")
_DOTTED = re.compile(
    r"(?<![\w./(,–-])(?P<a>\d{1,3})\s?(?P<sep>[.．·]|[-–](?=\d))\s?(?P<b>\d{1,3})(?![\d%])(?!\.\d|[-–/]\d)\s?[.．):-]?\s*"
)
_SIMPLE = re.compile(r"(?<![\w./(,–-])(?P<n>\d{1,3})\s?(?:[.．、](?!\d)|\)|[-–](?=\s))\s*")
_BARE = re.compile(r"(?P<n>\d{1,3})\s+(?=[A-ZÀ-ÞА-Я])")  # "83 Strengthen …": the full stop was forgotten
_ENDED_INSIDE = re.compile(r"[;:.)\]。；：）؛]\s*(?:and|et|y|и|و|和|以及)?\s*$")
_NUMBERED = re.compile(r"^\s*\d{1,3}\s*[-.–、．]?\s*")
_OPENING = re.compile(r"[\s\"“”*•·–-]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure in the text that may begin something: `a` alone ("83."), or `a.b` ("83.4").

    `start` is where it stands, `body` where the words after it begin. `bare`: no full stop after it.
    """

    start: int
    body: int
    a: int
    b: int | None
    printed: str
    at_block: bool
    at_line: bool
    bare: bool = False


def plain_digits(text: str) -> str:
    """The text, of the same length, with the digits that `int` and the patterns here know."""
    return _OTHER_DIGITS.sub(lambda match: match.group().translate(_DIGITS), text)


def index_at(layout: Layout, offset: int) -> int:
    """The index of the block that an offset is in."""
    return max(bisect_right(layout.blocks, offset, key=lambda block: block.start) - 1, 0)


def is_note(layout: Layout, block: Block) -> bool:
    """True for a footnote, told as one or only set in smaller type."""
    if block.kind is BlockKind.FOOTNOTE:
        return True
    return 0 < block.size < 0.93 * layout.body_size and block.kind is not BlockKind.HEADING


def bounds(layout: Layout, cues: Cues) -> tuple[int, int]:
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
            words = _NUMBERED.sub("", text[:400].translate(_DIGITS))
            if (len(text) < 200 and cues.says("section_end", text)) or cues.says("closing", words):
                high = block.start
                break
    return low, high


def marks(layout: Layout, text: str, low: int, high: int) -> Iterator[Mark]:
    """Every figure that could begin a paragraph or an item, at the start of a line or after a full stop.

    `text` is the layout's with plain digits; only what stands between `low` and `high` is looked at.
    """
    for block in layout.blocks:
        if block.end <= low or block.start >= high:
            continue
        if block.kind in {BlockKind.CONTENTS, BlockKind.MASTHEAD} or is_note(layout, block):
            continue
        breaks = {skip(text, at) for at in (block.start, *block.breaks)}
        yield from _marks_in(text, block, breaks)


def skip(text: str, at: int) -> int:
    """The offset after the quotation marks, bullets and blanks that may stand before a number or a text."""
    match = _OPENING.match(text, at)
    return match.end() if match else at


def _marks_in(text: str, block: Block, breaks: set[int]) -> Iterator[Mark]:
    position = block.start
    first = skip(text, block.start)
    found: dict[int, Mark] = {}
    for at in breaks:
        if bare := _BARE.match(text, at, block.end):
            found[at] = Mark(at, bare.end(), int(bare["n"]), None, bare["n"], at == first, True, True)
    while position < block.end:
        dotted = _DOTTED.search(text, position, block.end)
        simple = _SIMPLE.search(text, position, block.end)
        match = min((m for m in (dotted, simple) if m), key=lambda m: (m.start(), m is simple), default=None)
        if match is None:
            break
        start = match.start()
        at_line = start in breaks
        if at_line or _ENDED_INSIDE.search(text[max(block.start, start - 12) : start]):
            a = int(match["a"] if match is dotted else match["n"])
            b = int(match["b"]) if match is dotted else None
            printed = f"{a}.{match['b']}" if b is not None else str(a)
            found[start] = Mark(start, match.end(), a, b, printed, start == first, at_line)
        position = match.end() if match.end() > start else start + 1
    yield from sorted(found.values(), key=lambda mark: mark.start)
