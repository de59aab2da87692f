"""What the words of a Working Group report say of its lists: where they are, and which position the State takes.

The wording lives in `cues/outcome.<language>.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.model import Language, Position

_ORDER = (
    ("partial", Position.PARTIALLY_SUPPORTED),
    ("rejected", Position.NOTED),
    ("implemented", Position.SUPPORTED),
    ("supported", Position.SUPPORTED),
    ("pending", Position.PENDING),
    ("noted", Position.NOTED),
)
_LEAD = 1500
_SENTENCE = re.compile(r"(?<=[.;。；])\s+(?=[^\d\s])|(?<=[。；])")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The position that a sentence gives to recommendations, and whether it says that they are implemented."""

    position: Position
    implemented: bool = False


class Cues:
    """The cues of one language, compiled."""

    def __init__(self, language: Language) -> None:
        source = tomllib.loads((files("corpus") / "cues" / f"outcome.{language}.toml").read_text("utf-8"))
        self.recommendation = re.compile(source["recommendation"], re.IGNORECASE)
        self._cues = {
            key: re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)
            for key, parts in source.items()
            if isinstance(parts, list)
        }

    def says(self, cue: str, text: str) -> bool:
        """True where `text` has a cue of this name ("closing", "list", "elsewhere", …)."""
        return bool(self._cues[cue].search(text[:_LEAD]))

    def named(self, text: str) -> re.Match[str] | None:
        """The words after which a recommending State is named in running text."""
        return self._cues["named"].search(text)

    def judge(self, text: str) -> Verdict | None:
        """The position a sentence or paragraph gives; None where it gives none.

        What is said to be implemented already counts as supported unless it is refused.
        """
        lead = text[:_LEAD]
        for cue, position in _ORDER:
            if self._cues[cue].search(lead):
                implemented = bool(self._cues["implemented"].search(lead))
                return Verdict(position, implemented and position is Position.SUPPORTED)
        return None

    def judge_lead(self, text: str) -> Verdict | None:
        """What a lead says of the list below it, whatever it says of recommendations elsewhere."""
        lead = text[:_LEAD]
        own = [s for s in _SENTENCE.split(lead) if self.says("list", s) and not self.says("elsewhere", s)]
        verdicts = [verdict for verdict in map(self.judge, own) if verdict]
        return verdicts[-1] if verdicts else self.judge(lead)

    def is_lead(self, text: str) -> bool:
        """True where a paragraph opens a list of recommendations or takes a position on them."""
        lead = text[:_LEAD]
        if not self.recommendation.search(lead[:500]):
            return False
        return self.says("list", lead) or self.says("closing", lead) or self.judge(lead) is not None


@cache
def cues(language: Language) -> Cues:
    """The cues of `language`."""
    return Cues(language)
