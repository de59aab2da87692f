"""Links of a recommendation to goals and targets, each with its reason in words."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.model import SdgLink
from corpus.tag import taxonomy
from corpus.tag.terms import Found

_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Prior:
    """How far a theme speaks for a goal or target, and why."""

    link: str
    weight: float
    note: str

    @property
    def goal(self) -> int:
        """The goal's number."""
        return int(self.link.split(".")[0])


@cache
def priors() -> Mapping[str, tuple[Prior, ...]]:
    """For each theme, what it speaks for (`theme_sdgs.csv`)."""
    table: dict[str, list[Prior]] = {}
    with (taxonomy.DATA / "theme_sdgs.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["theme"], []).append(Prior(row["link"], float(row["prior"]), row["note"]))
    return {theme: tuple(found) for theme, found in table.items()}


def links(themes: Mapping[str, float], found: Sequence[Found]) -> tuple[SdgLink, ...]:
    """Goals and targets from the scores of themes and the terms found."""
    best: dict[str, tuple[float, str]] = {}
    for theme, score in themes.items():
        for prior in priors().get(theme, ()):
            weight = prior.weight * min(1.0, 0.5 + score / 2)
            if weight > best.get(prior.link, (0.0, ""))[0]:
                best[prior.link] = (weight, f"{prior.note}; theme {theme}")
    for term in found:
        if term.kind in ("goal", "target"):
            best[term.id] = (max(0.8, best.get(term.id, (0.0, ""))[0]), f"term '{term.term}'")
    kept = []
    for link, (weight, why) in best.items():
        goal, _, minor = link.partition(".")
        if weight >= _LEAST:
            kept.append(SdgLink(int(goal), link if minor else None, round(weight, 3), why))
    return tuple(sorted(kept, key=lambda k: (-k.score, k.goal, k.target or "")))
