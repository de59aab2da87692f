"""What is usual in a document: the size of its type, the distance of its lines, the edges of its column."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.load.model import Line, Role

_STOPS = tuple(".!?。！？؟;；:：")
_CLOSING = "'\"”’»)]"
CJK = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"\W*\d*\W*[\u0600-\u06ff]")


@dataclass(slots=True)
class Measures:
    """What is usual in this document: type size, line pitch, right edge of the column."""

    size: float = 0.0
    pitch: float = 0.0
    right: float = 0.0
    left: float = 0.0
    wide: float = 0.0
    double: bool = False
    rights: dict[int, float] = field(default_factory=dict)
    lefts: dict[int, float] = field(default_factory=dict)


def body_size(lines: Sequence[Line]) -> float:
    """The height of the type most of the text is set in; 0 where unknown."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.size:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a stop, whatever closes behind it."""
    return text.rstrip(_CLOSING).endswith(_STOPS)


def width(text: str) -> int:
    """Columns that a text takes on a screen: two for an East Asian character."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def measure(lines: Sequence[Line]) -> Measures:
    """What is usual in the printed lines of a document."""
    made = Measures(size=body_size(lines))
    printed = [line for line in lines if line.role is Role.LINE]
    if not made.size:
        widths = sorted(width(line.text) for line in printed)
        made.wide = widths[int(len(widths) * 0.9)] if widths else 0
        made.double = _is_double(printed, made.wide)
        return made
    body = [line for line in printed if abs(line.size - made.size) < made.size * 0.06]
    gaps = Counter(
        round(first.base - second.base, 1)
        for first, second in pairwise(body)
        if first.page == second.page and 0 < first.base - second.base < made.size * 2.5
    )
    # The tightest of the usual distances: wider ones stand between paragraphs.
    usual = [gap for gap, count in gaps.items() if count >= max(gaps.values()) * 0.25]
    made.pitch = min(usual) if usual else made.size * 1.2
    rights = Counter(round(line.right) for line in body)
    made.left = Counter(round(line.left) for line in body).most_common(1)[0][0]
    pages: dict[int, list[Line]] = {}
    for line in body:
        if line.page:
            pages.setdefault(line.page, []).append(line)
    for page, own in pages.items():
        edges = sorted(line.right for line in own)
        made.rights[page] = edges[-1 - len(edges) // 20]
        starts = Counter(round(line.left) for line in own)
        made.lefts[page] = min(start for start, count in starts.items() if count >= max(starts.values()) / 2)
    made.right = max(rights, key=lambda right: (rights[right], right), default=0)
    # A page of short lines only does not show the edge: the column is as wide as on other pages.
    for number, outer in made.rights.items():
        expected = made.lefts[number] + made.right - made.left
        if outer < expected * 0.8:
            made.rights[number] = expected
    return made


def _is_double(printed: Sequence[Line], wide: float) -> bool:
    """Whether blank lines stand within paragraphs too: after full lines that end no sentence."""
    after_open = [
        after
        for before, after in pairwise(printed)
        if width(before.text) > wide * 0.8 and not ends_sentence(before.text)
    ]
    within = [line.gap for line in after_open]
    # In a script with capitals, lines that go on mostly begin with small letters.
    small = sum(line.text[:1].islower() for line in after_open)
    capital = sum(line.text[:1].isupper() for line in after_open)
    if capital > small and capital + small > len(after_open) * 0.5:
        return False
    if len(within) < 2:
        # Lines of one paragraph each are not double-spaced: nothing there was wrapped at one width.
        wrapped = sum(abs(width(line.text) - wide) < wide * 0.1 for line in printed)
        return wide <= 120 and wrapped >= 3 and sum(line.gap for line in printed) > 0.7 * len(printed)
    return sum(within) > len(within) * 0.5


def forced(last: Line, line: Line, usual: Measures) -> bool:
    """Whether the first word of a line would have fitted at the end of the line above."""
    if not last.size or len(last.text) < 2:
        return False
    letter = (last.right - last.left) / max(width(last.text), 1)
    word = first_word(line.text)
    if _ARABIC.match(last.text) and _ARABIC.search(
        line.text[:12]
    ):  # from right to left a line ends at its left
        room = last.left - usual.lefts.get(last.page or 0, usual.left)
        return room > letter * (width(word) + 1.5) + usual.size * 0.2
    right = usual.rights.get(last.page or 0, usual.right)
    return last.right + letter * (width(word) + 1.5) < right - usual.size * 0.2


def first_word(text: str) -> str:
    """What of a line would have had to fit on the line above: a word, or two Chinese characters."""
    if CJK.match(text):
        return text[:2]
    word = text.split(" ", 1)[0]
    cut = CJK.search(word)
    return word[: cut.start()] if cut else word
