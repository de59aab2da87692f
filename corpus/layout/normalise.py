"""One normalised text per document: printed lines become blocks, one for each logical paragraph, with a page map.

lines -> clean -> without furniture -> visual lines -> blocks -> joined text
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.clean import HYPHEN_AT_LINE_END, clean
from corpus.layout import blocks, furniture, masthead, measures
from corpus.layout.blocks import BlockKind, Group
from corpus.layout.markers import Marker, marker
from corpus.load.model import Line, Loaded, Role

__all__ = ["Block", "BlockKind", "Layout", "normalise"]


@dataclass(frozen=True, slots=True)
class Block:
    """A logical paragraph: `layout.text[start:end]` is its text, mark included.

    `breaks` are the offsets at which its printed lines begin (the first is `start`), so that items that begin a
    line can be told from the same figures inside one. `label` is the footnote's or table's own label. `level` is
    the depth of a heading, from 1. `notes` are the places that carried a footnote's mark, with its label.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None
    marker: Marker | None = None
    breaks: tuple[int, ...] = ()
    left: float = 0.0
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    level: int = 0
    label: str | None = None
    notes: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The normalised text, its blocks in reading order, and which page an offset is on."""

    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[tuple[int, int], ...] = ()
    body_size: float = 0.0

    def of(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]

    def page_at(self, offset: int) -> int | None:
        """The page that an offset of the text was printed on; None where the file has no pages."""
        if not self.page_starts:
            return None
        index = bisect_right(self.page_starts, (offset, 1 << 30)) - 1
        return self.page_starts[max(index, 0)][1]


def normalise(loaded: Loaded) -> Layout:
    """The layout of a loaded file."""
    lines = [_cleaned(line) for line in loaded.lines]
    lines = [line for line in lines if line.text]
    lines = furniture.strip(blocks.visual_lines(lines))
    head, lines = masthead.split(lines)
    groups = blocks.masthead(head) + blocks.group(lines)
    groups.extend(
        Group(BlockKind.FOOTNOTE, (Line(text=clean(note.text), role=Role.FOOTNOTE),), label=note.label)
        for note in loaded.footnotes
        if clean(note.text)
    )
    return _compose(groups, paged=loaded.paged)


def _cleaned(line: Line) -> Line:
    text = clean(line.text)
    if line.role is Role.CELLS:
        text = " | ".join(filter(None, (clean(cell) for cell in line.text.split("\t"))))
    if text == line.text:
        return line
    left = line.left
    if not line.size and line.role is Role.LINE:
        left = float(len(line.text) - len(line.text.lstrip()))
    notes = tuple((min(len(clean(line.text[:at])), len(text)), label) for at, label in line.notes)
    return replace(line, text=text, notes=notes, left=left)


def _compose(groups: Sequence[Group], *, paged: bool) -> Layout:
    joiner = _Joiner(line.text for group in groups for line in group.lines)
    parts: list[str] = []
    made: list[Block] = []
    pages: list[tuple[int, int]] = []
    at = 0
    for group in groups:
        text, breaks, notes = joiner.join(group.lines)
        if not text:
            continue
        for offset, line in zip(breaks, group.lines, strict=True):
            if paged and line.page and (not pages or pages[-1][1] != line.page):
                pages.append((at + offset, line.page))
        first = group.lines[0]
        made.append(
            Block(
                kind=group.kind,
                start=at,
                end=at + len(text),
                page=first.page if paged else None,
                marker=marker(text),
                breaks=tuple(at + offset for offset in breaks),
                left=first.left,
                size=max(line.size for line in group.lines),
                bold=all(line.bold for line in group.lines),
                italic=all(line.italic for line in group.lines),
                level=group.level,
                label=group.label,
                notes=tuple((at + offset, label) for offset, label in notes),
            )
        )
        parts.append(text)
        at += len(text) + 1
    return Layout(
        "\n".join(parts), tuple(made), tuple(pages), measures.body_size([g.lines[0] for g in groups])
    )


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_]+)-$")
_NEXT = re.compile(r"^([^\W\d_]+)")
_NO_SPACE = re.compile(r"[\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CJK = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_OPENING = tuple("([{“‘«《〈「『（")


def _broken(text: str) -> str | None:
    """The word, or the last part of one, that a hyphen at the end of a text breaks off."""
    tail = _LAST.search(text) if text.endswith("-") else None
    return tail.group(1) if tail else None


class _Joiner:
    """Joins printed lines. Whether a hyphen at a line's end is the word's own is asked of the document itself."""

    def __init__(self, texts: Iterable[str]) -> None:
        printed = list(texts)
        self._words = Counter(map(str.lower, _WORD.findall("\n".join(printed))))
        ends: list[tuple[str, str]] = []
        for text, following in pairwise(printed):
            if (tail := _broken(text)) and (head := _NEXT.match(following)):
                ends.append((tail.lower(), head.group(1).lower()))
        joined = sum(self._words[a + b] > 0 for a, b in ends)
        kept = sum(self._words[f"{a}-{b}"] > 0 for a, b in ends)
        self._hyphenates = joined > kept and joined > 2

    def join(self, lines: Sequence[Line]) -> tuple[str, list[int], list[tuple[int, str]]]:
        """The text of the lines, the offset at which each begins, and the notes' offsets."""
        text = ""
        breaks: list[int] = []
        notes: list[tuple[int, str]] = []
        for line in lines:
            text, gap = self._attach(text, line.text)
            breaks.append(len(text) + gap)
            text += " " * gap
            notes.extend((len(text) + at, label) for at, label in line.notes)
            text += line.text
        return text, breaks, notes

    def _attach(self, text: str, following: str) -> tuple[str, int]:
        """The text ready to take the next line, and the number of spaces between (0 or 1)."""
        if not text:
            return "", 0
        text = text.replace(HYPHEN_AT_LINE_END, "-")
        tail = _broken(text)
        if tail:
            head = _NEXT.match(following)
            if head and not self._keeps(tail, head.group(1)):
                return text[:-1], 0
            return text, 0
        if text[-1] in "-–" and text[-2:-1].isalnum() and following[:1].isalnum():
            return text, 0
        if text.endswith(_OPENING) and not text.endswith((" “", " ‘")):
            return text, 0
        last, first = text[-1], following[:1]
        if _NO_SPACE.match(last) and (_NO_SPACE.match(first) or not first.isalnum()):
            return text, 0
        if _NO_SPACE.match(first) and (_NO_SPACE.match(last) or last in ")]"):
            return text, 0
        if text[-1] == "/" or (first == "/" and not following.startswith("/ ")):
            return text, 0
        if first in ")]" and _CJK.search(text[-8:]):
            return text, 0
        return text, 1

    def _keeps(self, before: str, after: str) -> bool:
        """Whether the hyphen between two halves is the word's own ("Asia-Pacific"), not the printer's."""
        if after[:1].isupper() and not before.isupper():
            return True
        joined = self._words[(before + after).lower()]
        kept = self._words[f"{before}-{after}".lower()]
        if joined != kept:
            return kept > joined
        return not self._hyphenates
