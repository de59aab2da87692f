"""What a question is about: themes, groups, goals, agencies, instruments, and the words that remain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.understand.cues import FIRST, Cues
from assistant.understand.text import fold
from corpus.model import Language

_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_BLANKED = (
    "intent.count", "intent.who", "intent.who_count", "intent.received", "intent.compare", "intent.changed",
    "intent.group", "intent.most", "intent.text", "intent.position", "intent.why", "intent.table", "intent.says",
    "intent.sdg", "position.noted", "position.partially_supported", "position.pending", "position.supported",
    "position.implemented", "facet.recommender", "facet.state", "facet.cycle", "facet.position", "facet.theme",
    "facet.group", "facet.sdg", "facet.agency", "words.recommendation", "words.recommend", "words.report",
    "words.cycle", "words.session", "words.recommendation_about", "intent.parliament", "intent.mandate",
    "intent.group_by", "facet.region", "facet.instrument", "facet.year", "facet.session", "facet.target",
    "words.paragraph", "intent.documents",
)  # fmt: skip


class Topical(Protocol):
    """A term of the taxonomy found in a text (`corpus.tag.taxonomy.Mention`)."""

    @property
    def kind(self) -> str:
        """The taxonomy."""
        ...

    @property
    def id(self) -> str:
        """The name of the entry."""
        ...

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


Label = tuple[str, str]

# Where one stretch of a question names entries of several taxonomies, the first of these speaks for it alone:
# "OP-CAT" is the protocol, not everything on torture. A theme and a group of the same words are alternatives.
_ALONE = ("instrument", "agency", "target", "goal")
# Said of every question here, so that they tell nothing about its topic.
_EVERYWHERE = frozenset({"UPR", "General", "Other"})
_RATIFYING = frozenset({"International instruments", "Treaty bodies"})


@dataclass(frozen=True, slots=True)
class Topics:
    """Labels by facet, and `text`: the content words that no label covers.

    `units` are alternatives by the words that name them: a row must bear a label of each unit, or its words.
    """

    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    units: tuple[tuple[Label, ...], ...] = ()
    text: str = ""
    pointed: bool = False


def _units(mentions: Sequence[Topical], text: str) -> list[tuple[Label, ...]]:
    """Mentions that overlap as one unit each, with the words of a theme or group as a further alternative."""
    spans: list[tuple[int, int, list[Topical]]] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if spans and mention.start < spans[-1][1]:
            start, end, held = spans[-1]
            spans[-1] = (start, max(end, mention.end), [*held, mention])
        else:
            spans.append((mention.start, mention.end, [mention]))
    units: list[tuple[Label, ...]] = []
    for start, end, held in spans:
        alone = next((kind for kind in _ALONE if any(one.kind == kind for one in held)), None)
        chosen = [one for one in held if alone is None or one.kind == alone]
        labels = list(dict.fromkeys((str(one.kind), one.id) for one in chosen))
        if alone is None or (alone == "instrument" and any("OP" in one.id for one in chosen)):
            labels.append(("words", text[start:end]))
        units.append(tuple(labels))
    if any(label[0] == "instrument" for unit in units for label in unit):
        units = [unit for unit in units if not any(name in _RATIFYING for _, name in unit)]
    return list(dict.fromkeys(units))


def _telling(mentions: Sequence[Topical], text: str) -> list[Topical]:
    """The mentions that narrow a question: goals and targets only by number, nothing that every question says."""
    said = [(one.start, one.end) for one in mentions if one.id in _EVERYWHERE and one.kind == "instrument"]
    kept: list[Topical] = []
    for one in mentions:
        numbered = any(character.isdigit() for character in text[one.start : one.end])
        general = one.id in _EVERYWHERE or any(one.start < end and start < one.end for start, end in said)
        if not general and (one.kind not in {"goal", "target"} or numbered):
            kept.append(one)
    return kept


def _only_asks(words: str, cues: Cues) -> bool:
    """Whether words name recommendations by position ("accepted recommendations"): what is asked, no topic."""
    said = any(cues.has(f"position.{key}", words) for key in cues.keys("position"))
    return said and cues.has("words.recommendation", words)


def remaining(rest: str, cues: Cues, covered: Sequence[tuple[int, int]] = ()) -> str:
    """The content words of a question, without names, numbers, cues and filler words."""
    blanked = list(rest)
    for key in _BLANKED:
        for match in cues.spans(key, rest):
            blanked[match.start() : match.end()] = " " * (match.end() - match.start())
    for start, end in covered:
        blanked[start:end] = " " * (end - start)
    text = "".join(" " if ord(c) >= FIRST and ord(c) < FIRST + 0x800 else c for c in blanked)
    if cues.language is Language.CHINESE:
        for filler in sorted(cues.fillers, key=len, reverse=True):
            text = text.replace(filler, " ")
        return " ".join(run for run in _HAN.findall(text) if len(run) > 1)
    words = [word for word in _WORD.findall(text) if fold(word) not in cues.fillers and len(word) > 1]
    return " ".join(words)


def find(text: str, rest: str, unfolded: str, cues: Cues) -> Topics:
    """The topics of a masked question; `rest` is the folded text without what its numbers number.

    Lower-cased forms of a term and its capitals are both known to the taxonomy, so it reads `unfolded`.
    """
    from corpus.tag import taxonomy  # its lists are read on import

    plain = "".join(" " if FIRST <= ord(c) < FIRST + 0x800 else c for c in unfolded)
    mentions = _telling(taxonomy.find(plain, cues.language), plain)
    mentions = [one for one in mentions if not _only_asks(fold(plain[one.start : one.end]), cues)]
    covered = [(mention.start, mention.end) for mention in mentions]
    units = _units(mentions, plain)
    found: dict[str, list[str]] = {}
    for unit in units:
        for kind, name in unit:
            found.setdefault(kind, []).append(name)

    def of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found.get(name, ())))

    return Topics(
        themes=of("theme"),
        groups=of("group"),
        goals=tuple(int(goal) for goal in of("goal")),
        targets=of("target"),
        agencies=of("agency"),
        instruments=of("instrument"),
        units=tuple(units),
        text=remaining(rest, cues, covered),
        pointed=cues.has("words.recommendation_about", rest),
    )
