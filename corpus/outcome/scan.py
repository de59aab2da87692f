"""What is known while the figures of the conclusions are gone through: the paragraphs found, and their items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.layout import Layout
from corpus.outcome.cues import Cues, Verdict
from corpus.outcome.marks import Mark
from corpus.outcome.recommenders import groups

CAPITAL = re.compile(r"[\W\d_]*(?:[A-ZÀ-ÞА-Я]|[^\W\d_a-zß-ÿа-яё])")

LEAD = 900  # characters of a paragraph in which it says what it is


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
class Scan:
    """The figures of the conclusions (`marks`), the one looked at (`at`), and the paragraphs found so far."""

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
        """The paragraph that is open."""
        return self.sections[-1] if self.sections else None

    @property
    def last(self) -> int:
        """The place of the last item of the open paragraph; 0 before the first."""
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


def names_states(text: str) -> bool:
    """True where a text ends as recommendations do, with the States in brackets."""
    found = groups(text)
    return bool(found) and not re.search(r"\w{3}", text[found[-1].end :])
