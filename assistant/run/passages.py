"""Passages that a question is answered from: found by search, weighed again by their sentences."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.plan import Plan
from assistant.scope import Shelf
from assistant.source import Hit, Library
from corpus import states
from corpus.model import Language
from index import analyse
from index.filters import SearchFilters

_CANDIDATES = 14
_LONGEST = {Language.CHINESE: 170}
_LONG = 420
_END = re.compile(r"(?<=[.!?؟])[\"”»’)]*\s+(?=[\"“«‘(]*[^\sa-zà-ÿа-я\d])|(?<=[。！？；])|\n+|(?<=;)\s+")
# How much of a passage's weight comes from its words and its meaning, set on eval/sets/questions.jsonl.
_LEXICAL, _MEANING, _RANK = 0.55, 0.45, 0.12


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


def _covered(question: Asked, tokens: Sequence[str], rarity: dict[str, float]) -> float:
    """The share of the question's words that a passage holds, rare words weighing more."""
    held, total = 0.0, 0.0
    bag = set(tokens)
    for unit in question.units:
        weight = rarity.get(unit[0][0], 1.0) if len(unit[0]) == 1 else 1.0
        total += weight
        if any(_holds(tokens, bag, phrase) for phrase in unit):
            held += weight
    return held / total if total else 0.0


def _holds(tokens: Sequence[str], bag: set[str], phrase: tuple[str, ...]) -> bool:
    if not set(phrase) <= bag:
        return False
    size = len(phrase)
    return size == 1 or any(tuple(tokens[place : place + size]) == phrase for place in range(len(tokens) - size + 1))


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
    return SearchFilters(kind=() if named else kinds, state=state, cycle=plan.cycles if state else (), document=named)


def find(plan: Plan, library: Library, shelf: Shelf, k: int = 3) -> tuple[Passage, ...]:
    """The best passages for a question, best first."""
    question = plan.asked or plan.question
    language = plan.asked_in or plan.language
    filters = filters_of(plan, shelf)
    hits = list(library.search(question, k=_CANDIDATES, filters=filters, scope="paragraphs", language=language))
    if filters.state and len(hits) < k:
        hits += library.search(question, k=_CANDIDATES, filters=replace(filters, state=(), cycle=()), scope="paragraphs", language=language)
    return weigh(question, language, hits)[:k]


def weigh(question: str, language: Language, hits: Sequence[Hit]) -> tuple[Passage, ...]:
    """Hits weighed by the words and the meaning of their best sentences, best first."""
    from corpus.static import encode

    if not hits:
        return ()
    wanted = asked(question, language)
    named = {mention.alpha3 for mention in states.find(question)}
    spans = [_windows(hit) for hit in hits]
    vectors = encode([hit.text[start:end] for hit, some in zip(hits, spans, strict=True) for start, end in some])
    bags = [analyse.tokens(hit.text, Language(hit.language)) for hit in hits]
    rarity = _rarity(wanted, [set(bag) for bag in bags])
    passages: list[Passage] = []
    place = 0
    for rank, (hit, some) in enumerate(zip(hits, spans, strict=True)):
        scored = []
        whole = _covered(wanted, bags[rank], rarity)
        for start, end in some:
            meaning = float(vectors[place] @ wanted.vector)
            place += 1
            words = _covered(wanted, analyse.tokens(hit.text[start:end], Language(hit.language)), rarity)
            scored.append((_LEXICAL * words + _MEANING * meaning, start, end, words, meaning))
        best, start, end, _, meaning = max(scored)
        about = 0.1 if named and named <= {m.alpha3 for m in states.find(hit.text)} | {hit.state or ""} else 0.0
        score = 0.6 * best + 0.4 * (_LEXICAL * whole + _MEANING * meaning) + _RANK / (1 + rank) + about
        passages.append(Passage(hit, hit.start + start, hit.start + end, hit.text[start:end], score, whole, meaning))
    return tuple(sorted(passages, key=lambda one: (-one.score, one.hit.digest)))


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
