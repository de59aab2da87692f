"""What a State's words say about its position: supported, noted, supported in part; implemented or not.

The wording lives in `cues/positions.<language>.toml`. A recommendation that is answered without being
supported is "noted": Human Rights Council resolution 5/1, annex, paragraph 32.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files

from corpus import numbering
from corpus.model import Language, Position

_FILLERS = "following|these|of|in principle|in full|in part|all|les?|las?|los|suivantes?|siguientes?|de"

_ASIDE = re.compile(
    r",\s(?:however|therefore|thus|accordingly|consequently|nevertheless|unfortunately|regrettably|currently|at\s+present|"
    r"at\s+th(?:is|e)\s+(?:present\s+)?(?:time|stage|moment|juncture)|for\s+the\s+time\s+being|toutefois|cependant|"
    r"donc|en\s+conséquence|à\s+ce\s+stade|sin\s+embargo|por\s+tanto|por\s+el\s+momento|однако|поэтому),|\(\d{1,3}\)",
    re.IGNORECASE,
)
"""What may stand in the midst of a phrase without changing it: "is not, however, able", "eighty (80)"."""

_LABEL = re.compile(r"^\W*(?:[^\W\d]+\s+){0,4}[^\W\d]+\s*[:：]\s*")
"""What may stand before a short answer: "Response:", "Position of the State:"."""


class Sense(StrEnum):
    """What one phrase says."""

    PARTIAL = "partial"
    REJECT = "reject"
    NOTE = "note"
    SUPPORT = "support"


_LIST = r"\d{1,3}(?!\.?\d|\s?\()(?:\s*(?:,|;|،|、|and|&|et|y|и|和|至|و|to|à|a|по|إلى|-|–)\s*\d{1,3}(?!\.?\d|\s?\())*"
"""Numbers of paragraphs: "118", "118 and 119", "115–117"."""

_POSITION = {
    Sense.PARTIAL: Position.PARTIALLY_SUPPORTED,
    Sense.REJECT: Position.NOTED,
    Sense.NOTE: Position.NOTED,
    Sense.SUPPORT: Position.SUPPORTED,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The position a text gives, None where it gives none, and whether it says that this is already
    implemented.
    """

    position: Position | None
    implemented: bool = False

    def __bool__(self) -> bool:
        return self.position is not None


class Weight(IntEnum):
    """How directly a position is said: by default, by a heading, in the answer itself, for the numbers by
    name.
    """

    DEFAULT = 0
    CONTEXT = 1
    OWN = 2
    GROUP = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What the text says of one number, and the offset where it says so. `position` None: only on
    implementation.
    """

    number: str
    position: Position | None
    implemented: bool
    at: int
    weight: Weight


@dataclass(frozen=True, slots=True)
class _Phrase:
    sense: Sense
    start: int
    end: int


class Wording:
    """The cues of one language, compiled."""

    def __init__(self, language: Language) -> None:
        cues = tomllib.loads((files("corpus") / "cues" / f"positions.{language}.toml").read_text("utf-8"))
        self._word = str(cues.pop("recommendation"))
        self._lists = {k: self._any(v) for k, v in cues.items() if isinstance(v, list)}
        self._single = {k: self._compile(v) for k, v in cues.items() if k.startswith("column")}
        self._short = {sense: self._compile(rf"\W*(?:{cues['short_' + sense]})") for sense in Sense}
        self._ending = {
            sense: self._compile(
                rf"(?:^|(?<=\W))(?:{cues['short_' + sense]})(?:\W|\b(?:also|fully|the|that|{_FILLERS})\b)*$"
            )
            for sense in Sense
        }
        self.recommendation = self._compile(self._word)

    def _compile(self, pattern: str) -> re.Pattern[str]:
        pattern = pattern.replace(" ", r"\s+").replace("{REC}", self._word).replace("{LIST}", _LIST)
        return re.compile(pattern, re.IGNORECASE)

    def _any(self, patterns: list[str]) -> re.Pattern[str]:
        return self._compile("|".join(f"(?:{p})" for p in patterns))

    def column(self, head: str) -> str | None:
        """What a column holds by its head: number, position, comment or recommendation; None if unknown."""
        if len(head) > 200:
            return None
        for kind in ("number", "position", "comment", "recommendation"):
            if self._single[f"column_{kind}"].search(head):
                return kind
        return None

    def refers(self, lead: str) -> bool:
        """True where numbers after `lead` are only referred to ("see recommendation 71")."""
        return bool(self._lists["reference"].search(lead))

    def excepts(self, lead: str) -> bool:
        """True where numbers after `lead` are left out of what is said ("all except 6.5")."""
        return bool(self._lists["except"].search(lead))

    def contrasts(self, sentence: str) -> bool:
        """True where a sentence takes something back ("However, it cannot …")."""
        return bool(self._lists["contrast"].match(sentence))

    def collectives(self, text: str) -> list[tuple[re.Match[str], str | None]]:
        """Where a text speaks of recommendations without their numbers, and the paragraphs it names ("118, 119").

        None for the paragraphs means all recommendations, or all others.
        """
        found: list[tuple[re.Match[str], str | None]] = []
        for kind in ("whole_list", "remaining", "all"):
            for match in self._lists[kind].finditer(text):
                lead = text[: match.start()]
                some = self._lists["only_some"].search(lead) or self.earlier(text)
                apart = all(m.end() <= match.start() or match.end() <= m.start() for m, _ in found)
                if apart and not some:
                    found.append((match, match.group("list") if kind == "whole_list" else None))
        return found

    def corrected(self, text: str) -> str:
        """The text of a corrigendum without the words it does away with ("For … read"); offsets stay as they are."""
        return self._lists["old_text"].sub(lambda m: " " * len(m.group()), text)

    def earlier(self, text: str) -> bool:
        """True where a text speaks of an earlier review."""
        return bool(self._lists["earlier"].search(text))

    def list_paragraphs(self, text: str) -> tuple[str, ...]:
        """The paragraphs of the report that the text names as the list its numbers follow."""
        found = (next(g for g in m.groups() if g) for m in self._lists["list_paragraph"].finditer(text))
        return tuple(dict.fromkeys(found))

    def phrases(self, text: str) -> list[_Phrase]:
        """The phrases on a position, in order; one inside a phrase of a stronger kind does not count."""
        kept: list[_Phrase] = []
        text = _ASIDE.sub(lambda m: " " * len(m.group()), text)
        for sense in Sense:
            for match in self._lists[sense].finditer(text):
                phrase = _Phrase(sense, match.start(), match.end())
                if not any(k.start < phrase.end and phrase.start < k.end for k in kept if k.sense != sense):
                    kept.append(phrase)
        return sorted(kept, key=lambda p: (p.start, p.end))

    def implemented(self, text: str) -> bool:
        """True where the text says that it is, or is being, implemented."""
        return bool(self._lists["implemented"].search(text))

    def short(self, text: str) -> Sense | None:
        """What a cell, heading or sentence says in its first words ("Noted.", "Enjoys the support of …")."""
        for words in (text, _LABEL.sub("", text, count=1)):
            for sense in Sense:
                if self._short[sense].match(words):
                    return sense
        return None

    def judge(self, text: str, elliptic: bool = False) -> Verdict:
        """The position that one sentence, heading or cell gives; `elliptic` lets first words alone decide."""
        senses = [p.sense for p in self.phrases(text)]
        if Sense.SUPPORT in senses and (Sense.REJECT in senses or Sense.NOTE in senses):
            # "cannot accept it, although it supports the aim" takes no part of it
            bare = [p.sense for p in self.phrases(self._lists["concession"].sub(" ", text))]
            senses = bare or senses
        if elliptic and not senses and (short := self.short(text)):
            senses = [short]
        implemented = self.implemented(text)
        if not senses:
            return Verdict(None, implemented)
        return Verdict(_combine(senses), implemented)

    def nearest(self, lead: str) -> Verdict:
        """The position said last before some numbers: in "accepts 1-5 and rejects 6" that of 6 is "rejects"."""
        phrases = self.phrases(lead)
        for sense in Sense:
            ending = self._ending[sense].search(lead)
            if ending and not any(p.end > ending.start() for p in phrases):
                return Verdict(_POSITION[sense], self.implemented(lead))
        if not phrases:
            return Verdict(None, self.implemented(lead))
        return Verdict(_POSITION[phrases[-1].sense], self.implemented(lead))


def _combine(senses: list[Sense]) -> Position:
    if Sense.PARTIAL in senses or (Sense.SUPPORT in senses and Sense.REJECT in senses):
        return Position.PARTIALLY_SUPPORTED
    return Position.SUPPORTED if Sense.SUPPORT in senses else Position.NOTED


def both(verdicts: list[Verdict]) -> Verdict:
    """What several sentences on one recommendation say together: support and refusal make support in part."""
    said = [v.position for v in verdicts if v.position]
    implemented = any(v.implemented for v in verdicts)
    if not said:
        return Verdict(None, implemented)
    if len(set(said)) > 1:
        return Verdict(Position.PARTIALLY_SUPPORTED, implemented)
    return Verdict(said[0], implemented)


@cache
def wording(language: Language) -> Wording:
    """The cues of `language`."""
    return Wording(language)


def decide(found: Sequence[Answer]) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """One answer a number (the most explicit; of equals the last), in order, and the contradictions in words."""
    by_number: dict[str, list[Answer]] = {}
    for answer in found:
        by_number.setdefault(answer.number, []).append(answer)
    kept, problems = [], []
    for number in sorted(by_number, key=numbering.natural):
        said = [a for a in by_number[number] if a.position]
        if not said:
            continue
        weight = max(a.weight for a in said)
        best = [a for a in said if a.weight == weight]
        if len({a.position for a in best}) > 1:
            words = " and ".join(dict.fromkeys(str(a.position) for a in best))
            problems.append(f"Recommendation {number} is given as {words}; the later one is kept.")
        last = best[-1]
        implemented = any(a.implemented for a in by_number[number])
        kept.append(Answer(number, last.position, implemented, last.at, weight))
    return tuple(kept), tuple(problems)
