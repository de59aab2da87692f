"""Passages that a question is answered from: found by search, weighed again by their sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.plan import Plan
from assistant.scope import Shelf
from assistant.source import Library
from corpus import states
from corpus.model import Language
from index import analyse
from index.filters import SearchFilters

if TYPE_CHECKING:
    from index.search import Hit

_CANDIDATES = 14
_LONGEST = {Language.CHINESE: 170}
_LONG = 420
_END = re.compile(r"(?<=[.!?؟])[\"”»’)]*\s+(?=[\"“«‘(]*[^\sa-zà-ÿа-я\d])|(?<=[。！？；])|\n+|(?<=;)\s+")
_LINES = 6  # line breaks over which a paragraph is a table
_HEADING = 40  # characters under which a paragraph is a heading or a remnant


@dataclass(frozen=True, slots=True)
class Weights:
    """What the words of the best sentences, of the whole paragraph, and the meaning count for."""

    sentence: float
    paragraph: float
    meaning: float


# Set on eval/sets/questions.jsonl; across languages words say less and meaning more.
_WEIGHTS = {False: Weights(0.35, 0.3, 0.5), True: Weights(0.15, 0.15, 1.0)}
_UNKNOWN = 0.3
_KIND, _NAMED, _SHORT, _LOOSE, _OTHER, _TABLE, _DIGEST, _DATED = 0.2, 0.1, 0.2, 0.06, 0.1, 0.3, 0.02, 0.06
_TWIN = 0.2
_RECOMMENDED = 0.08  # one recommendation explains nothing, unless its State is asked about
_DATE = re.compile(r"\d{4}|\d{1,2}\s*月")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a paragraph that answers: offsets in the document, its weight in [0, 1] and what made it."""

    hit: Hit
    start: int
    end: int
    quote: str
    score: float
    lexical: float
    meaning: float


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as offsets; every character that is not white space is in one."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    trimmed = []
    for begin, end in spans:
        piece = text[begin:end]
        left, right = len(piece) - len(piece.lstrip()), len(piece) - len(piece.rstrip())
        if piece.strip():
            trimmed.append((begin + left, end - right))
    return trimmed


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is compared with passages: its words, what they are in other languages, its vector."""

    words: tuple[str, ...]
    units: tuple[tuple[tuple[str, ...], ...], ...]
    vector: np.ndarray


def asked(question: str, language: Language) -> Asked:
    """The question's content words; each unit is a word or a term with its equivalents in all languages."""
    from corpus.static import encode

    own = tuple(dict.fromkeys(analyse.tokens(question, language)))
    units: list[tuple[tuple[str, ...], ...]] = []
    for word in own:
        units.append(((word,), *analyse.expansions([word], language)))
    # Terms of several words count once more as a whole.
    whole = analyse.expansions(list(own), language)
    if whole:
        units.append(tuple(whole))
    return Asked(own, tuple(units), encode([question])[0])


def _covered(question: Asked, tokens: Sequence[str], rarity: dict[str, float], *, foreign: bool) -> float:
    """The share of the question's words that a passage holds, rare words weighing more.

    In a passage of another language a word that the glossary does not know can hardly be held, and counts for less.
    """
    held, total = 0.0, 0.0
    bag = set(tokens)
    for unit in question.units:
        weight = rarity.get(unit[0][0], 1.0) if len(unit[0]) == 1 else 1.0
        if foreign and len(unit) == 1 and unit[0][0].isalpha():
            weight *= _UNKNOWN
        total += weight
        if any(_holds(tokens, bag, phrase) for phrase in unit):
            held += weight
    return held / total if total else 0.0


def covered(question: Asked, text: str, language: Language, *, foreign: bool) -> float:
    """The share of a sentence's content words that a text holds, every word weighing the same."""
    return _covered(question, analyse.tokens(text, language), {}, foreign=foreign)


def _holds(tokens: Sequence[str], bag: set[str], phrase: tuple[str, ...]) -> bool:
    if not set(phrase) <= bag:
        return False
    size = len(phrase)
    return size == 1 or any(
        tuple(tokens[place : place + size]) == phrase for place in range(len(tokens) - size + 1)
    )


def _rarity(question: Asked, bags: Sequence[set[str]]) -> dict[str, float]:
    """How rare each word of the question is among the candidates (a word in none weighs most)."""
    n = len(bags) or 1
    return {word: math.log((n + 1) / (1 + sum(word in bag for bag in bags))) + 0.6 for word in question.words}


def filters_of(plan: Plan, shelf: Shelf) -> SearchFilters:
    """The filters of a search for passages: documents, kinds, and the State where it has documents of its own."""
    kinds = tuple(str(kind) for kind in plan.kinds)
    named = plan.documents
    state = tuple(code for code in plan.states if code in shelf.states())
    if kinds and not shelf.of_kind(plan.kinds):
        kinds = ()
    about_fund = any(kind == "fund_report" for kind in kinds)
    if about_fund or named:
        state = ()
    return SearchFilters(
        kind=() if named else kinds, state=state, cycle=plan.cycles if state else (), document=named
    )


def find(plan: Plan, library: Library, shelf: Shelf, k: int = 3) -> tuple[Passage, ...]:
    """The best passages for a question, best first.

    Unless a document is named, the State and the kind of document only widen what is weighed: a report on another
    subject may be the one that speaks of the State.
    """
    question = plan.asked or plan.question
    language = plan.asked_in or plan.language
    filters = filters_of(plan, shelf)
    hits = list(
        library.search(question, k=_CANDIDATES, filters=filters, scope="paragraphs", language=language)
    )
    if not filters.document and filters:
        seen = {(hit.key, hit.start) for hit in hits}
        others = library.search(question, k=_CANDIDATES, scope="paragraphs", language=language)
        hits += [hit for hit in others if (hit.key, hit.start) not in seen]
    return weigh(question, language, hits, prefer=frozenset(map(str, plan.kinds)), dated=plan.dated)[:k]


def weigh(
    question: str,
    language: Language,
    hits: Sequence[Hit],
    prefer: frozenset[str] = frozenset(),
    *,
    dated: bool = False,
) -> tuple[Passage, ...]:
    """Hits weighed by the words and the meaning of their best sentences, best first; `prefer` names kinds.

    `dated` says that the question asks when: sentences with a date come first.
    """
    from corpus.static import encode

    if not hits:
        return ()
    wanted = asked(question, language)
    named = {mention.alpha3 for mention in states.find(question)}
    spans = [_windows(hit) for hit in hits]
    vectors = encode(
        [hit.text[start:end] for hit, some in zip(hits, spans, strict=True) for start, end in some]
    )
    bags = [analyse.tokens(hit.text, Language(hit.language)) for hit in hits]
    rarity = _rarity(wanted, [set(bag) for bag in bags])
    passages: list[Passage] = []
    place = 0
    for hit, bag, some in zip(hits, bags, spans, strict=True):
        foreign = Language(hit.language) is not language
        weights = _WEIGHTS[foreign]
        whole = _covered(wanted, bag, rarity, foreign=foreign)
        scored = []
        for start, end in some:
            meaning = float(vectors[place] @ wanted.vector)
            place += 1
            tokens = analyse.tokens(hit.text[start:end], Language(hit.language))
            words = _covered(wanted, tokens, rarity, foreign=foreign)
            date = _DATED if dated and _DATE.search(hit.text[start:end]) else 0.0
            scored.append((weights.sentence * words + weights.meaning * meaning + date, start, end, meaning))
        best, start, end, meaning = max(scored)
        score = best + weights.paragraph * whole + _bonus(hit, named, prefer)
        passages.append(
            Passage(hit, hit.start + start, hit.start + end, hit.text[start:end], score, whole, meaning)
        )
    return tuple(sorted(_reinforced(passages), key=lambda one: (-one.score, one.hit.digest)))


def twins(one: Hit, other: Hit) -> bool:
    """Whether two hits are one paragraph: in its document and in a digest of it, or in two languages."""
    return (
        one.key != other.key and one.kind == other.kind and one.paragraph is not None
        and one.paragraph == other.paragraph and one.state == other.state
    )  # fmt: skip


def _reinforced(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that a twin speaks for too weigh more."""
    made = []
    for one in passages:
        echo = max((other.score for other in passages if twins(one.hit, other.hit)), default=0.0)
        made.append(replace(one, score=one.score + _TWIN * max(echo, 0.0)))
    return made


def _bonus(hit: Hit, named: set[str], prefer: frozenset[str]) -> float:
    """What speaks for a hit beside its words: it is about the States named, of the kind named, not a mere heading."""
    bonus = _KIND if str(hit.kind) in prefer else 0.0
    if named:
        said = {mention.alpha3 for mention in states.find(hit.text)} | {hit.state or ""}
        bonus += _NAMED if named <= said else -_NAMED
    number = hit.paragraph or ""
    bonus -= _SHORT if len(hit.text) < _HEADING else 0.0
    bonus -= _LOOSE if not number[:1].isdigit() else 0.0
    bonus -= _OTHER if str(hit.kind) == "other" else 0.0
    tabular = hit.text.count("\n") > _LINES or bool(number and not number[:1].isdigit())
    bonus -= _TABLE if tabular else 0.0
    bonus -= _RECOMMENDED if "." in number and not named else 0.0
    return bonus - (_DIGEST if hit.digest else 0.0)


def _windows(hit: Hit) -> list[tuple[int, int]]:
    """The stretches of a hit that could be quoted: the whole of a short one, else runs of one to three sentences."""
    longest = _LONGEST.get(Language(hit.language), _LONG)
    if len(hit.text) <= longest:
        return [(0, len(hit.text))]
    single = sentences(hit.text)
    windows = list(single)
    for size in (2, 3):
        for first in range(len(single) - size + 1):
            start, end = single[first][0], single[first + size - 1][1]
            if end - start <= longest:
                windows.append((start, end))
    return windows
