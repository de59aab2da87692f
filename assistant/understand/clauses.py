"""Parts of a question that are read apart: named regions, adjectives of States, what is excepted, a second question.

"Recommendations by African States, other than on torture, and how many of them were noted?" names a region in a
State's place, takes a topic out, and asks how the rows divide instead of filtering them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.cues import Cues
from assistant.understand.mask import Masked, Named
from assistant.understand.text import fold
from corpus import states
from corpus.model import Language

_STOP = re.compile(r"[,;?)]|\.(?=\s|$)|[，；？。]")
_FIRST_WORDS = 3  # words of a question proper
_ORGAN_WORDS = 2  # words that may stand between an adjective and the organ it belongs to


@dataclass(frozen=True, slots=True)
class Region:
    """A regional group named in a question, which takes a State's place there."""

    alpha3: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parts:
    """The masked question without what is read apart.

    `main` lacks the excepted part; `filters` also lacks the second question; `excepted` is the excepted part alone.
    `splits` says that it is asked how the rows divide by position, `totalled` that the positions named are asked for
    beside all rows, which they do not narrow.
    """

    main: Masked
    filters: Masked
    excepted: Masked | None = None
    splits: bool = False
    totalled: bool = False


def named(question: str, cues: Cues) -> list[Named]:
    """The States and regional groups of a question, in order.

    Beside a State named outright, an adjective is a State only where it belongs to an organ or act of it
    ("the Slovenian government", not "the Slovenian minority").
    """
    every = states.find(question)
    firm = {(m.start, m.end) for m in states.find(question, adjectives=False)}
    kept: list[Named] = [
        m for m in every if not firm or (m.start, m.end) in firm or _of_organ(question, m.start, m.end, cues)
    ]
    taken = [(m.start, m.end) for m in every]
    folded = fold(question)
    for key in cues.keys("regions"):
        for match in cues.spans(f"regions.{key}", folded):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                kept.append(Region(key, match.start(), match.end()))
                taken.append(match.span())
    return sorted(kept, key=lambda m: m.start)


def _of_organ(question: str, start: int, end: int, cues: Cues) -> bool:
    folded = fold(question)
    for match in cues.spans("clauses.organ", folded):
        if match.start() >= end and len(folded[end : match.start()].split()) <= _ORGAN_WORDS:
            return True
        if match.end() <= start and not folded[match.end() : start].strip():
            return True
    return False


def unknown(question: str, cues: Cues, *, beside: bool = False) -> tuple[int, int] | None:
    """Where a name with a capital stands in a State's place though no State bears it, or None.

    `beside` a State that is named only the place of one that recommends is looked at.
    """
    folded = fold(question)
    taken = [(m.start, m.end) for m in (*states.find(question), *named(question, cues))]
    for match in cues.spans("clauses.beside" if beside else "clauses.unknown", folded):
        place = match.lastindex or 0
        start, end = match.span(place)
        written = question[start:end]
        plain = written.isupper() or not written[0].isupper() or fold(written) in cues.fillers
        known = any(start < stop and begin < end for begin, stop in taken)
        if start and not plain and not known:
            return start, end
    return None


def is_region(code: str) -> bool:
    """Whether a code stands for a regional group and not for a State."""
    return " " in code


def apart(masked: Masked, cues: Cues) -> Parts:
    """The question's parts; the whole where nothing is read apart."""
    main, excepted = masked, None
    match = next(cues.spans("clauses.except", masked.text), None)
    if match:
        stop = _STOP.search(masked.text, match.end())
        end = stop.start() if stop else len(masked.text)
        if masked.text[match.end() : end].strip():
            excepted = masked.only([(match.end(), end)])
            main = masked.blank([(match.start(), end)])
    filters = main
    second = _second(main.text, cues)
    if second and not (_decided(main.text[: second.start()], cues) and _decided(second.group(), cues)):
        return Parts(main, filters.blank([second.span()]), excepted, splits=True)
    totalled = _beside_total(main.text, cues)
    return Parts(main, filters, excepted, splits=totalled, totalled=totalled)


_POSITIONS = tuple(f"position.{key}" for key in ("noted", "partially_supported", "pending", "supported"))
_BESIDE = 6  # words between "received" and the position that is asked for beside it


def _decided(text: str, cues: Cues) -> bool:
    return any(cues.has(key, text) for key in _POSITIONS)


def _beside_total(text: str, cues: Cues) -> bool:
    """Whether a number received is asked for beside that of a position ("received and supported")."""
    if not (cues.has("intent.count", text) or cues.has("intent.compare", text)):
        return False
    for received in cues.spans("clauses.received", text):
        starts = [match.start() for key in _POSITIONS for match in cues.spans(key, text)]
        between = [text[received.end() : start] for start in starts if start >= received.end()]
        if any(cues.has("clauses.also", gap) and len(gap.split()) <= _BESIDE for gap in between):
            return True
    return False


def _second(text: str, cues: Cues) -> re.Match[str] | None:
    """The second question, behind a question proper; a follow-up may itself be "and how many were noted?"."""
    words = list(re.finditer(r"\S+", text))[:_FIRST_WORDS]
    pattern = cues.patterns.get("clauses.split")
    spaced = cues.language is not Language.CHINESE
    if pattern is None or (spaced and len(words) < _FIRST_WORDS):
        return None
    found = pattern.search(text, words[-1].end() if spaced else 1)
    keys = ("words.recommendation", "words.recommend", "intent.recommended", "intent.who")
    if found is None or not any(cues.has(key, text[: found.start()]) for key in keys):
        return None
    return found if _asks(text, found, cues) else None


def _asks(text: str, second: re.Match[str], cues: Cues) -> bool:
    """Whether a question or request comes before the second one, or it is joined by "and".

    "Kenya's recommendations to Chad: how many were noted?" only says first what it then asks about.
    """
    head = text[: second.start()]
    asked = any(cues.has(f"intent.{key}", head) for key in ("list", "count", "who", "recommended", "raised"))
    joined = next(cues.spans("clauses.also", second.group()), None)
    return asked or (joined is not None and not second.group()[: joined.start()].strip(" ,;"))
