"""Names in a State's place that no State bears ("the recommendations of Ruritania").

A capital tells a name; in scripts without, only places that nothing but a State takes are read.
"""

from __future__ import annotations

import re

from assistant.understand import mask
from assistant.understand.cues import BLOCK, CASES, FIRST, Cues
from assistant.understand.text import fold
from corpus.model import Language

_NAME = re.compile(r"(?<=\S )[«\"“(]?([^\W\d_][\w’'\-]*)")
_CAPITALS = frozenset({Language.ENGLISH, Language.FRENCH, Language.SPANISH, Language.RUSSIAN})
_LAST = 0xFF  # the mark of a State that is none, behind those of the States that are named


def find(masked: mask.Masked, remaining: str, roles: mask.Roles, cues: Cues) -> str:
    """The first capitalised word that nothing else explains (`remaining`) and that stands where a State stands, or "".

    A place is a State's when the patterns that give a State its role give the word one that no State has yet.
    Where the word is introduced as a topic ("on ...", "in ...") it is left as one.
    """
    if cues.language not in _CAPITALS:
        return _without_capitals(masked, remaining, cues)
    words = set(fold(remaining).split())
    for match in _NAME.finditer(masked.unfolded):
        name = match.group(1)
        if not name[0].isupper() or name.isupper() or fold(name) not in words:
            continue
        role = _role(masked, match.start(1), match.end(1), cues)
        taken = {"by": roles.recommending, "sur": (*roles.under_review, *roles.free)}
        if role and not taken[role] and not _topical(masked.text, match.start(1), cues):
            return name
    return ""


def _without_capitals(masked: mask.Masked, remaining: str, cues: Cues) -> str:
    """The word in a place that only a State takes ("向…提出", "وجهتها … إلى"), where nothing else explains it."""
    left = fold(remaining).split()
    for match in cues.spans("clauses.stranger", masked.text):
        start, end = match.span(match.lastindex or 0)
        name = masked.text[start:end]
        if any(name == word or (cues.language is Language.CHINESE and name in word) for word in left):
            return masked.unfolded[start:end]
    return ""


def _role(masked: mask.Masked, start: int, end: int, cues: Cues) -> str | None:
    """The role that the strong patterns would give a State in this place."""
    case = mask.case(masked.unfolded[start:end], frozenset({"form"}), cues.language)
    for read_as in dict.fromkeys((case, "nominative")):
        mark = chr(FIRST + BLOCK * CASES[read_as] + _LAST)
        tried = mask.Masked(masked.text[:start] + mark + masked.text[end:], {**masked.states, mark: mark})
        role = mask.votes(tried, cues.roles).get(mark)
        if role:
            return role
    return None


def _topical(text: str, start: int, cues: Cues) -> bool:
    before = text[:start].rstrip()
    return any(
        match.end() == len(before) for match in cues.spans("words.recommendation_about", before)
    ) or any(match.end() == len(before) for match in cues.spans("clauses.within", before))
