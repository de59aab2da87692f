"""How alike two texts of a recommendation are, whatever their punctuation, case and recommending States."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from corpus.states import fold

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
FEWEST_WORDS = 5
"""Below it a text holds too little to be recognised inside another."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """`dice`: shared words of all words; `inside`: share of the first text's words that the second has."""

    dice: float
    inside: float


@lru_cache(maxsize=65536)
def _words(text: str) -> tuple[Counter[str], int]:
    bare, nested = _BRACKETS.subn(" ", text)
    while nested:
        bare, nested = _BRACKETS.subn(" ", bare)
    words = Counter(_WORD.findall(fold(bare if bare.strip() else text)))
    return words, sum(words.values())


def likeness(first: str, second: str) -> Likeness:
    """How alike two texts are, from 0 to 1; empty texts are like nothing."""
    a, size_a = _words(first)
    b, size_b = _words(second)
    if not size_a or not size_b:
        return Likeness(0.0, 0.0)
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    shared = sum(min(n, large[w]) for w, n in small.items())
    inside = shared / size_a if size_a >= FEWEST_WORDS else 0.0
    return Likeness(2 * shared / (size_a + size_b), inside)
