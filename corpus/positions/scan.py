"""What is known while an addendum is gone through: the context that headings give, the open item, the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.positions.cues import Answer, Verdict, Wording


@dataclass(slots=True)
class Item:
    """Recommendations whose answer is being read: their numbers, where they stand, and where the answer begins."""

    numbers: tuple[str, ...]
    at: int
    body: int
    open_end: bool
    context: Verdict
    quote: bool = False


@dataclass(slots=True)
class Scan:
    """An addendum being read, and the answers found so far."""

    text: str
    wording: Wording
    recommenders: Callable[[str], bool]
    self_numbered: bool = False
    bases: frozenset[str] = frozenset()
    context: Verdict = field(default_factory=lambda: Verdict(None))
    item: Item | None = None
    answers: list[Answer] = field(default_factory=list)
    see: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unfinished: Answer | None = None
    listed: bool = False
    carried: Verdict = field(default_factory=lambda: Verdict(None))
    headings_first: bool | None = None
