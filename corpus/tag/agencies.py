"""Which UN entities' mandates a recommendation falls in: a rule read from `data/agencies.toml`."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from corpus.model import Tag
from corpus.tag import taxonomy

_NAMED, _BY_THEME, _BY_GROUP, _BY_TARGET, _ALL = 1.0, 0.9, 0.8, 0.8, 0.5


def agencies_for(
    themes: Collection[str],
    groups: Collection[str],
    sdgs: Collection[str],
    named: Collection[str] = (),
) -> tuple[Tag, ...]:
    """The entities whose mandate covers one of the themes, groups or SDGs ("5", "16.2"), each with the reason.

    An entity named in the text counts too. A mandate over a whole goal covers its targets, not the other way round.
    """
    return _agencies_for(frozenset(themes), frozenset(groups), frozenset(sdgs), frozenset(named))


@lru_cache(maxsize=50_000)
def _agencies_for(
    themes: frozenset[str], groups: frozenset[str], sdgs: frozenset[str], named: frozenset[str]
) -> tuple[Tag, ...]:
    found: list[Tag] = []
    for agency in taxonomy.agencies().values():
        reasons: list[str] = []
        score = 0.0
        if agency.id in named:
            reasons.append("named in the text")
            score = _NAMED
        for label, have, mandate, weight in (
            ("theme", themes, agency.themes, _BY_THEME),
            ("group", groups, agency.groups, _BY_GROUP),
        ):
            shared = [m for m in mandate if m in have]
            if shared:
                reasons.append(f"{label} {', '.join(shared)}")
                score = max(score, weight)
        covered = sorted(s for s in sdgs if s in agency.targets or s.partition(".")[0] in agency.targets)
        if covered:
            reasons.append(f"SDG {', '.join(covered)}")
            score = max(score, _BY_TARGET)
        if not reasons and agency.everything:
            reasons.append("all human rights recommendations")
            score = _ALL
        if reasons:
            found.append(Tag(agency.id, score, f"{'; '.join(reasons)} (mandate: {agency.note})"))
    return tuple(sorted(found, key=lambda t: (-t.score, t.name)))
