"""Merging rankings: pure functions, no store behind them.

Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009) with a weight a ranking: only ranks are
compared, so that BM25's scores and cosines need no common scale.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import repeat
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

# Tuned on the development sets described in corpus/static/README.md ("Fusion").
DAMPING = 20.0
FULL_TEXT = 1.0
VECTORS = 0.8
# Of a question as long as a passage ("which paragraph says this?") the meaning tells more than which words it shares:
# with its own weight 0.86 of 50 Chinese lines held out of training find their English twin first, with this one 0.96.
PASSAGE_VECTORS = 3.0
PASSAGE = 10  # content words from which on a question is a passage
FOCUSED = 2.0  # full text within what names, or belongs to, a State that the question names


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
