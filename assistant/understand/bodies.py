"""Bodies and organisations named in questions and documents (`data/bodies.toml`), and who is asked what it said.

A body speaks where a State could by the grammar of `[speech]` ("what did UNICEF say"), next to a verb or a noun of
stating ("UNICEF's position"), or where it is named with the document that reports it ("the UN compilation").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.understand import mask
from assistant.understand.cues import FIRST, Cues, bounded
from assistant.understand.text import fold, fold_pattern
from corpus.model import Kind, Language
from index.question import terms_named

_REPORTING = frozenset({Kind.UN_COMPILATION, Kind.STAKEHOLDER_SUMMARY})
_MARK = chr(FIRST + 0xFE)  # the mark of a body while it is tried in the place of a State
_NEAR = 2  # words between a body and what is said to be its words
_NEAR_HAN = 4  # characters
# Names that no list has: abbreviations, and English names of several words, as written.
_LITERAL = re.compile(
    r"(?<![\w/.])(?:[A-Z]{3,}[A-Z0-9-]*|JS ?\d+"
    r"|[A-Z][a-z]+(?: (?:of|for|and|without|on|against) (?:the )?[A-Z][a-z]+| [A-Z][a-z]+)+)(?![\w/])"
)
_NO_BODY = re.compile(
    r"(?i:UPR|EPU|NGOS?|ONGS?|SDGS?|OD[DS]|HRC|CDH|MPS|LGBT\w*|FGM|HIV|AIDS|USD|PDF|CSOS?)$"
)
_WORDS = frozenset({"AI", "WHO", "SR", "HRO", "ICJ"})  # abbreviations that a question may mean otherwise
_CASED = frozenset(
    {Language.ENGLISH, Language.FRENCH, Language.SPANISH}
)  # write names of bodies with a capital


@dataclass(frozen=True, slots=True)
class Body:
    """A body: the names it is shown by, and the patterns of its names by language."""

    id: str
    shown: dict[Language, str]
    names: dict[Language, re.Pattern[str]]
    written: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question names a body; a name that no list has is its own id."""

    id: str
    start: int
    end: int


@cache
def table() -> dict[str, Body]:
    """The bodies by id, in the file's order."""
    source = files("assistant").joinpath("data", "bodies.toml").read_text(encoding="utf-8")
    return {row["id"]: _body(row) for row in tomllib.loads(source)["body"]}


def _body(row: dict[str, list[str]]) -> Body:
    shown = {language: row[language][0] for language in Language}
    names = {language: bounded("|".join(map(fold_pattern, row[language])), language) for language in Language}
    return Body(str(row["id"]), shown, names, re.compile(rf"(?<!\w)(?:{'|'.join(row['written'])})(?!\w)"))


def shown(identifier: str, language: Language) -> str:
    """The name of a body in a language."""
    body = table().get(identifier)
    return body.shown[language] if body else identifier


def named(identifier: str, text: str, language: Language) -> bool:
    """Whether a text of a document names the body."""
    body = table().get(identifier)
    if body is None:
        return re.search(rf"(?<!\w){re.escape(identifier)}(?!\w)", text) is not None
    if body.written.search(text):
        return True
    found = body.names[language].finditer(fold(text))
    return any(language not in _CASED or text[match.start()].isupper() for match in found)


def find(masked: mask.Masked, cues: Cues) -> list[Place]:
    """Where a question names bodies, the longest name first where names overlap."""
    found: list[Place] = []
    for body in table().values():
        for known in dict.fromkeys((cues.language, Language.ENGLISH)):
            for match in body.names[known].finditer(masked.text):
                found.append(Place(body.id, match.start(), match.end()))
        for match in body.written.finditer(masked.unfolded):
            if match.group().isupper() and match.group() not in _WORDS:
                found.append(Place(body.id, match.start(), match.end()))
    for match in _LITERAL.finditer(masked.unfolded):
        name = match.group()
        first = fold(name.split()[0])
        if not (_NO_BODY.match(name) or first in cues.fillers or terms_named(name, cues.language)):
            found.append(Place(name, match.start(), match.end()))
    kept: list[Place] = []
    for one in sorted(found, key=lambda place: (place.start - place.end, place.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda place: place.start)


@dataclass(frozen=True, slots=True)
class Speech:
    """The bodies whose words a question asks for, and the question with them and what says so blanked."""

    bodies: tuple[str, ...]
    rest: mask.Masked


def speaking(masked: mask.Masked, kinds: tuple[Kind, ...], cues: Cues) -> Speech | None:
    """Whose words are asked for, where they are a body's and not a State's; None else."""
    if cues.has("words.recommendation", masked.text):
        return None
    places = find(masked, cues)
    if not places:
        return None
    told = [one for one in places if _by_grammar(masked, one, cues)]
    if not told and not mask.votes(masked, cues.speech):
        reported = not _REPORTING.isdisjoint(kinds)
        told = [one for one in places if _beside(masked, one, cues) or (reported and one.id in table())]
    if not told:
        return None
    rest = masked
    for one in told:
        rest = _without(rest, one, cues)
    return Speech(tuple(dict.fromkeys(one.id for one in told)), rest)


def _by_grammar(masked: mask.Masked, place: Place, cues: Cues) -> bool:
    tried = _tried(masked, place)
    return any(
        _MARK in (value or "")
        for pattern in (*cues.speech, *cues.stance)
        for match in pattern.finditer(tried.text)
        for value in match.groupdict().values()
    )


def _tried(masked: mask.Masked, place: Place) -> mask.Masked:
    """The question with a body as the mark of a State; the adjective beside it ("the Slovenian Ombudsman") goes."""
    before, after = masked.text[: place.start], masked.text[place.end :]
    bare = before.rstrip()
    if bare and bare[-1] in masked.states:
        before = bare[:-1].rstrip() + " "
    elif after.lstrip()[:1] in masked.states:
        after = " " + after.lstrip()[1:].lstrip()
    text = f"{before}{_MARK}{after}"
    return replace(masked, text=re.sub(r" {2,}", " ", text))


def _words_beside(text: str, start: int, end: int, cues: Cues) -> bool:
    """Whether nothing but a few words, none that points to a topic, stand between two places."""
    between = text[start:end]
    if cues.has("words.recommendation_about", between) or re.search(r"[.;:?]", between):
        return False
    if cues.language is Language.CHINESE:
        return len(between) <= _NEAR_HAN
    return len(between.split()) <= _NEAR


def _beside(masked: mask.Masked, place: Place, cues: Cues) -> bool:
    """Whether a verb or noun of stating stands beside the body, or it opens a question on something."""
    for match in _stating(masked.text, cues):
        first, last = sorted(((match.start(), match.end()), (place.start, place.end)))
        if last[0] >= first[1] and _words_beside(masked.text, first[1], last[0], cues):
            return True
    opens = not re.search(r"\w", masked.text[: place.start])
    about = next(cues.spans("words.recommendation_about", masked.text[place.end :]), None)
    return opens and about is not None and not masked.text[place.end :][: about.start()].strip()


def _stating(text: str, cues: Cues) -> Iterator[re.Match[str]]:
    for key in ("intent.speaks", "words.stance"):
        yield from cues.spans(key, text)


def _without(masked: mask.Masked, place: Place, cues: Cues) -> mask.Masked:
    """The question without a body and the words of stating beside it."""
    spans = [(place.start, place.end)]
    for match in (*_stating(masked.text, cues), *cues.spans("words.recommend", masked.text)):
        first, last = sorted(((match.start(), match.end()), (place.start, place.end)))
        if last[0] >= first[1] and _words_beside(masked.text, first[1], last[0], cues):
            spans.append(match.span())
    return blanked(masked, spans)


def blanked(masked: mask.Masked, spans: list[tuple[int, int]]) -> mask.Masked:
    """The question with stretches as spaces."""
    text, unfolded = list(masked.text), list(masked.unfolded)
    for start, end in spans:
        for place in range(start, end):
            if masked.text[place] not in masked.states:
                text[place] = unfolded[place] = " "
    return replace(masked, text="".join(text), unfolded="".join(unfolded))
