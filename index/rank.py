"""Merging rankings: pure functions, no store behind them.

Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009) with a weight a ranking: only ranks are
compared, so that BM25's scores and cosines need no common scale.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

DAMPING = 20.0
PASSAGE = 10  # content words from which on a question is a passage


@dataclass(frozen=True, slots=True)
class Weights:
    """What each ranking counts for; one of weight 0 is not asked for.

    `focused` is full text within what names, or belongs to, a State that the question names.
    """

    full_text: float
    vectors: float
    focused: float


@dataclass(frozen=True, slots=True)
class Fusion:
    """The weights of a question and of a passage, tuned as corpus/static/README.md ("Fusion") tells.

    Who asks with a whole passage wants the one that says this: its meaning tells more than which words it shares, and
    a State that it names is one word among many rather than what is asked about.
    """

    question: Weights = Weights(full_text=1.0, vectors=0.5, focused=2.0)
    passage: Weights = Weights(full_text=1.0, vectors=3.0, focused=0.0)

    def of(self, content_words: int) -> Weights:
        """The weights of a question with so many words that tell something."""
        return self.passage if content_words > PASSAGE else self.question


def fuse(
    rankings: Sequence[Sequence[Key]],
    weights: Sequence[float] | None = None,
    damping: float = DAMPING,
) -> list[tuple[Key, float]]:
    """Return every key of the rankings with its fused score, best first.

    A key scores the sum of `weight / (damping + rank)` over the rankings that hold it, ranks counted from 1;
    a key that one ranking repeats counts once, at its first place. Scores are divided by the best that could
    be reached, so that first place everywhere is 1. Ties keep the order of the first ranking that holds them.

    Raises ValueError when there are not as many weights as rankings.
    """
    shares = list(repeat(1.0, len(rankings))) if weights is None else list(weights)
    if len(shares) != len(rankings):
        raise ValueError(f"{len(rankings)} rankings need as many weights, not {len(shares)}")
    best = sum(shares) / (damping + 1)
    scores: dict[Key, float] = {}
    for ranking, share in zip(rankings, shares, strict=True):
        for rank, key in enumerate(dict.fromkeys(ranking), 1):
            scores[key] = scores.get(key, 0.0) + share / (damping + rank)
    ordered = sorted(scores.items(), key=lambda item: -item[1])
    return [(key, score / best if best else 0.0) for key, score in ordered]
