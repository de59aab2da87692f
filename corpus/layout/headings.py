"""The headings above a place: which of them a new heading closes, told by enumeration first and by type second."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.layout.markers import Mark, Marker
from corpus.layout.normalise import Block
from corpus.ordinals import han

_PART = re.compile(
    r"(?:part|chapter|partie|chapitre|parte|capítulo|часть|глава)\s+(?:[IVXLC]+|\d+|\w+)\b|第.{1,3}(?:部分|章)|الجزء|الفصل",
    re.I,
)
_CLOSING = re.compile(r"(?:end)?notes\W*$|notas\W*$|примечания\W*$|注\W*$|الحواشي\W*$", re.I)
_RANK = {Mark.ROMAN: 1, Mark.CAPITAL: 2, Mark.NUMBER: 3, Mark.LETTER: 4}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with what tells its depth."""

    text: str
    rank: int | None
    ordinal: int
    weight: tuple[float, bool]
    italic: bool
    level: int = 0


@dataclass(slots=True)
class Stack:
    """The headings in force, outermost first."""

    items: list[Heading] = field(default_factory=list)
    # Types of headings without a number that were seen to hold a count beginning with "1.", by the count's rank.
    holders: set[tuple[tuple[float, bool], bool, int]] = field(default_factory=set)

    @property
    def path(self) -> tuple[str, ...]:
        """The texts of the headings in force."""
        return tuple(item.text for item in self.items)

    def push(self, text: str, block: Block, mark: Marker | None, *, top: bool = False) -> None:
        """Puts a heading in force and closes those it ends; `top` closes all (an annex, a resolution)."""
        rank = _RANK.get(mark.mark) if mark else None
        ordinal = number(mark.label) if mark and rank else 0
        made = Heading(text, rank, ordinal, (round(block.size), block.bold), block.italic, block.level)
        if top or _CLOSING.match(text) or _PART.match(text):
            made = Heading(text, 0, 0, made.weight, block.italic, block.level)
            self.items.clear()
        else:
            del self.items[self._keep(made) :]
        self.items.append(made)

    def _keep(self, made: Heading) -> int:
        """How many of the headings in force stay above a new one."""
        if made.level:
            return next(
                (i for i, item in enumerate(self.items) if not item.level or item.level >= made.level),
                len(self.items),
            )
        if made.rank is not None:
            return self._keep_enumerated(made)
        held = min(
            (rank for *kind, rank in self.holders if tuple(kind) == (made.weight, made.italic)), default=99
        )
        for index, item in enumerate(self.items):
            if item.rank is not None and item.rank >= held:
                return index
            alike = item.rank is None and item.weight == made.weight and item.italic == made.italic
            if (
                alike
                or (item.rank is None and item.weight < made.weight)
                or (item.rank and item.weight < made.weight)
            ):
                return index
        return len(self.items)

    def _keep_enumerated(self, made: Heading) -> int:
        last = self.items[-1] if self.items else None
        if made.ordinal == 1 and last is not None and last.rank is None and made.rank and made.rank >= 3:
            self.holders.add((last.weight, last.italic, made.rank))
            self.items = [item for item in self.items[:-1] if item.rank is None or item.rank < made.rank] + [
                last
            ]
            return len(self.items)
        for index, item in enumerate(self.items):
            if item.rank == made.rank:
                return index
        rank = made.rank or 0
        # "2." or "A." closes headings without a number; what is of a higher rank stays.
        outer = [index for index, item in enumerate(self.items) if item.rank is not None and item.rank < rank]
        return outer[-1] + 1 if outer else 0

    def follows(self, mark: Marker) -> bool:
        """Whether a label goes on from the last heading of its kind, or none of its kind is in force."""
        rank = _RANK.get(mark.mark)
        same = [item for item in self.items if item.rank == rank]
        return not same or number(mark.label) == same[-1].ordinal + 1


def number(label: str) -> int:
    """The place of a label in its series: "III" 3, "C" 3, "三" 3, "12" 12; 0 for anything else."""
    chinese = han(label)
    if chinese:
        return chinese
    if label.isdigit():
        return int(label)
    if label and all(char in _ROMAN for char in label):
        values = [_ROMAN[char] for char in label]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    return ord(label[0].upper()) - 64 if label[:1].isascii() and label[:1].isalpha() else 0
