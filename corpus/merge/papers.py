"""The documents whose words are merged: their rank, what a corrigendum corrects, State and cycle."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from corpus.model import Kind

_RANKS = {
    Kind.UPR_OUTCOME: 0,
    Kind.UPR_ADDENDUM: 1,
    Kind.SESSION_REPORT: 2,
    Kind.DECISION: 2,
    Kind.UPR_MATRIX: 3,
}


_LAST_RANK = 4


COMPILATIONS = 3


STAND_IN = re.compile(r"U[AIH]-\d+-\d+$")


_CORRIGENDUM = re.compile(r"/Corr\.\d+$")


_PART = re.compile(r"/(?:Add|Corr)\.\d+")


class Described(Protocol):
    """What has to be known of a document: `corpus.model.Document` has it, and so has the catalogue's entry."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def symbol(self) -> str | None:
        """Its symbol, if any."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def state(self) -> str | None:
        """The State under review, if one."""

    @property
    def cycle(self) -> int | None:
        """The cycle of the review, if one."""

    @property
    def date(self) -> str | None:
        """Its date (ISO), if known."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents, and what is asked of them again and again."""

    by_key: Mapping[str, Described]
    by_symbol: Mapping[str, Described]

    def name(self, key: str) -> str:
        """Its symbol, else its key."""
        found = self.by_key.get(key)
        return (found.symbol if found else None) or key

    def rank(self, key: str) -> int:
        """Where its kind stands in the course of a review; compilations and exports come last."""
        found = self.by_key.get(key)
        return _RANKS.get(found.kind, _LAST_RANK) if found else _LAST_RANK

    def corrects(self, key: str) -> str | None:
        """The symbol that a corrigendum corrects; None for any other document."""
        name = self.name(key)
        return _CORRIGENDUM.sub("", name) if _CORRIGENDUM.search(name) else None

    def order(self, key: str) -> tuple[int, str, str]:
        """A sort key: by rank, then by date, then by name."""
        found = self.by_key.get(key)
        return (self.rank(key), (found.date if found else None) or "", self.name(key))

    def subject(self, key: str) -> tuple[str | None, int | None]:
        """State and cycle of a document; an addendum that names none has those of its report."""
        found = self.by_key.get(key)
        parent = self.by_symbol.get(_PART.sub("", self.name(key)))
        state = (found.state if found else None) or (parent.state if parent else None)
        cycle = (found.cycle if found else None) or (parent.cycle if parent else None)
        return state, cycle
