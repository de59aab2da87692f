"""Words of a text as features of the linear models.

A feature is a string: `w:death penalty` (1 to 3 words in a row), `c:penal` (a run of characters within one
word, with `_` at the word's edges) or `p:0:continue` (a word or pair of words among the first five, with its place).
Training and tagging share this module, so that both see the same features.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_WORD = re.compile(r"\d+|[^\W\d_]+")
_LEAD_NUMBER = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}[.)])\s+")
FIRST_WORDS = 5
SHORTEST_RUN, LONGEST_RUN = 3, 5


@lru_cache(maxsize=2_000)
def words(text: str) -> tuple[str, ...]:
    """The lower-cased words of a text; a recommendation's number at its head is dropped."""
    return tuple(_WORD.findall(_LEAD_NUMBER.sub("", text).casefold()))


@lru_cache(maxsize=100_000)
def runs(word: str) -> tuple[str, ...]:
    """The runs of three to five characters of one word, edges marked."""
    edged = f"_{word}_"
    return tuple(
        "c:" + edged[i : i + n]
        for n in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for i in range(len(edged) - n + 1)
    )


def phrases(tokens: Sequence[str]) -> list[str]:
    """Each run of one to three words."""
    seconds, thirds = tokens[1:], tokens[2:]
    found = [f"w:{one}" for one in tokens]
    found += [f"w:{one} {two}" for one, two in zip(tokens, seconds, strict=False)]
    found += [f"w:{one} {two} {three}" for one, two, three in zip(tokens, seconds, thirds, strict=False)]
    return found


def opening(tokens: Sequence[str]) -> Iterator[str]:
    """The first words with their place, which carry what kind of action is asked for."""
    head = tokens[:FIRST_WORDS]
    for i, token in enumerate(head):
        yield f"p:{i}:{token}"
        if i + 1 < len(head):
            yield f"p:{i}:{token} {head[i + 1]}"
    if len(head) >= 3:
        yield "p:0:" + " ".join(head[:3])
    if len(tokens) >= 4:
        yield "p:0:" + " ".join(head[:4])


def features(text: str, *, with_runs: bool = True, with_opening: bool = False) -> list[str]:
    """Every feature of a text, repeated as often as it occurs."""
    tokens = words(text)
    found = phrases(tokens)
    if with_runs:
        for token in tokens:
            found.extend(runs(token))
    if with_opening:
        found.extend(opening(tokens))
    return found
