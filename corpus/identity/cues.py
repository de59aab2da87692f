"""Words of mastheads and titles in the six languages, compiled from `cues/identity.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.model import Kind, Language

_ORDINAL = r"(?:\S+(?:\s+\S+){0,3}?)"


@dataclass(frozen=True, slots=True)
class Cues:
    """Patterns by what they tell; see the comments of `cues/identity.toml`."""

    titles: dict[Kind, re.Pattern[str]]
    addendum: re.Pattern[str]
    corrigendum: re.Pattern[str]
    views: re.Pattern[str]
    working_group: dict[Language, re.Pattern[str]]
    council: dict[Language, re.Pattern[str]]
    frame: re.Pattern[str]
    bodies: dict[str, re.Pattern[str]]
    subject: tuple[re.Pattern[str], ...]
    review: re.Pattern[str]
    review_session: re.Pattern[str]


@cache
def cues() -> Cues:
    """The patterns, compiled once."""
    raw = tomllib.loads((files("corpus") / "cues" / "identity.toml").read_text(encoding="utf-8"))

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern.replace("{N}", f"(?P<n>{_ORDINAL})"), re.IGNORECASE)

    frame = raw["frame"]
    return Cues(
        titles={Kind(kind): compiled("|".join(patterns)) for kind, patterns in raw["titles"].items()},
        addendum=compiled(raw["parts"]["addendum"]),
        corrigendum=compiled(raw["parts"]["corrigendum"]),
        views=compiled(raw["parts"]["views"]),
        working_group={Language(key): compiled(text) for key, text in raw["working_group_session"].items()},
        council={Language(key): compiled(text) for key, text in raw["council_session"].items()},
        frame=compiled("(?:" + "|".join(frame.values()) + r")[\s.*]*"),
        bodies={name: compiled(rf"(?:{frame[name]})\W*") for name in ("working_group", "body")},
        subject=tuple(compiled(pattern) for pattern in raw["subject"]["patterns"]),
        review=compiled(raw["review"]["words"]),
        review_session=compiled(raw["review"]["session"]),
    )
