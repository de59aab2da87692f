"""Large inputs of known content, for measuring: an export in the shape of UHRI's public bulk export (JSON)."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import states

FULL_SIZE = 267_000
"""Objects in UHRI's bulk export of 2025, some 400 MB."""

_VERBS = (
    "Continue to strengthen",
    "Adopt a plan for",
    "Review the law on",
    "Take steps towards",
    "Ensure",
    "Ratify",
)
_SUBJECTS = (
    "safe housing",
    "the care of children",
    "equal pay",
    "access to clean water",
    "the rights of migrants",
)
_ENDS = (
    "with the means it needs",
    "in cooperation with civil society",
    "before the next review",
    "in rural areas",
)
_THEMES = (
    "- Right to health",
    "- Right to education",
    "- Equality & non-discrimination",
    "- Conditions of detention",
)
_PERSONS = ("- Children", "- Women & girls", "- Persons with disabilities", "- Migrants")
_SDGS = ("- 16.2 - End abuse of children", "- 5 - GENDER EQUALITY", "- 3 - GOOD HEALTH AND WELL-BEING")
_REGIONS = ("- Africa", "- Asia-Pacific", "- Western Europe and others")
_FIRST_YEAR = 2016
_FILLER = "The measures should be reported on in the mid-term report, with figures by sex and age. "


@dataclass(frozen=True, slots=True)
class Written:
    """What a generated export holds."""

    objects: int
    recommendations: int
    bytes: int


def uhri_export(path: Path, objects: int = FULL_SIZE, seed: int = 0, texts: Sequence[str] = ()) -> Written:
    """Write an export of `objects` objects, about 1.5 KB each; every fifth is a treaty body's concern.

    With `texts` the recommendations say those, in order, and when they run out, again with another date at the end:
    no two are the same, so that an index cannot keep one vector for many.
    """
    chance = random.Random(seed)
    codes = [state.alpha3 for state in states.states() if state.status == "member"]
    recommendations = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for index in range(objects):
            concern = index % 5 == 4
            text = _replica(texts, recommendations) if texts and not concern else None
            recommendations += not concern
            file.write(",\n" if index else "\n")
            json.dump(_object(index, concern, codes, chance, text), file, ensure_ascii=False)
        file.write("\n]\n")
    return Written(objects, recommendations, path.stat().st_size)


def _replica(texts: Sequence[str], place: int) -> str:
    """The text at a place of an endless list: each round over `texts` ends with a year of its own."""
    text, turn = texts[place % len(texts)], place // len(texts)
    return f"{text.rstrip(' .;')}; report on it by {_FIRST_YEAR + turn}." if turn else text


def _object(
    index: int, concern: bool, codes: list[str], chance: random.Random, text: str | None = None
) -> dict[str, object]:
    session = chance.randint(1, 48)
    if text is None:
        words = " ".join(chance.choice(part) for part in (_VERBS, _SUBJECTS, _ENDS))
        text = f"{words}. {_FILLER * chance.randint(5, 12)}"
    state, by = chance.sample(codes, 2)
    return {
        "AnnotationId": f"- {index:08d}",
        "AnnotationType": "- Concerns/Observations" if concern else "- Recommendations",
        "DocumentId": f"- {index // 150}",
        "Symbol": f"- A/HRC/{session + 5}/{chance.randint(2, 18)}",
        "Body": "- CRC" if concern else "- UPR",
        "Text": text if concern else f"- {100 + session}.{index % 300 + 1} {text}",
        "Countries": [f"- {states.name(state, 'en')}"],
        "Regions": [chance.choice(_REGIONS)],
        "Themes": chance.sample(_THEMES, 2),
        "AffectedPersons": chance.sample(_PERSONS, 2),
        "Sdgs": chance.sample(_SDGS, 2),
        "PublicationDate": "- 2019-12-20",
        "PublicationDateOnUhri": "- 2020-01-15",
        "UprCycle": None if concern else f"- {1 + (session > 12) + (session > 26) + (session > 40)}",
        "UprSession": [] if concern else [f"- {session}"],
        "UprPositions": [] if concern else [chance.choice(("- Supported", "- Noted"))],
        "UprRecommendingCountry": [] if concern else [f"- {states.name(by, 'en')}"],
        "UprRecommendingRegions": [] if concern else [chance.choice(_REGIONS)],
    }
