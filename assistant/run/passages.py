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
from assistant.understand.bridge import bridges
from assistant.understand.cues import load
from assistant.understand.text import fold
from corpus import states
from corpus.model import Language
from index import analyse
from index.filters import SearchFilters
from index.question import expansions

if TYPE_CHECKING:
    from index.search import Hit

_CANDIDATES, _NAMED_KIND = 16, 24
_LONGEST = {Language.CHINESE: 170}
_LONG = 420
_END = re.compile(r"(?<=[.!?؟])[\"”»’)]*\s+(?=[\"“«‘(]*[^\sa-zà-ÿа-я\d])|(?<=[。！？；])|\n+|(?<=;)\s+")
_LINES = 6  # line breaks over which a paragraph is a table
_HEADING = 40  # characters under which a paragraph is a heading or a remnant


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts for how much: the words and the meaning of the best sentences, and of the whole paragraph."""

    sentence: float
    paragraph: float
    meaning: float
    whole: float


# Set on the passages of eval/sets/questions.jsonl; across languages words say less and meaning more.
_WEIGHTS = {False: Weights(0.35, 0.3, 0.5, 0.0), True: Weights(0.3, 0.3, 0.8, 0.3)}
_UNKNOWN = 0.3  # what a word counts for that the glossary does not know, in another language
_TWIN = 0.2


@dataclass(frozen=True, slots=True)
class Bonus:
    """What speaks for or against a passage beside its words and meaning."""

    kind: float = 0.2  # the question names this kind of document
    named: float = 0.1  # it speaks of the States named; against it, if not
    dated: float = 0.06  # the question asks when, the sentence has a date
    defines: float = 0.08  # the question asks what something is, the sentence says so
    heading: float = -0.2
    unnumbered: float = -0.06
    other: float = -0.1
    table: float = -0.3
    digest: float = -0.12
    recommendation: float = -0.08  # one recommendation explains nothing, unless its State is asked about


_BONUS = Bonus()
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
class Wish:
    """What else a question wants of a passage: kinds of document, a date, a definition."""

    kinds: frozenset[str] = frozenset()
    dated: bool = False
    defines: bool = False

    def of(self, text: str, language: Language) -> float:
        """What speaks for a sentence."""
        bonus = _BONUS.dated if self.dated and _DATE.search(text) else 0.0
        if self.defines and load(language).has("intent.defines", fold(text)):
            bonus += _BONUS.defines
        return bonus


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is compared with passages: its words, what they are in other languages, its vector."""

    words: tuple[str, ...]
    units: tuple[tuple[tuple[str, ...], ...], ...]
    vector: np.ndarray


def asked(question: str, language: Language) -> Asked:
    """The question's content words; each unit is a word or a term with its equivalents in all languages."""
    from corpus.static import encode

    said = tuple(analyse.tokens(question, language))
    own = tuple(dict.fromkeys(said))
    everyday = bridges(said, language)
    single = {phrase[0]: others for phrase, others in everyday.items() if len(phrase) == 1}
    units: list[tuple[tuple[str, ...], ...]] = []
    for word in own:
        units.append(((word,), *expansions([word], language), *single.get(word, ())))
    units += [(phrase, *others) for phrase, others in everyday.items() if len(phrase) > 1]
    # Terms of several words count once more as a whole.
    whole = expansions(list(own), language)
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
    depth = _NAMED_KIND if filters.document or filters.kind else _CANDIDATES
    hits = list(library.search(question, k=depth, filters=filters, scope="paragraphs", language=language))
    if not filters.document and filters:
        seen = {(hit.key, hit.start) for hit in hits}
        others = library.search(question, k=_CANDIDATES, scope="paragraphs", language=language)
        hits += [hit for hit in others if (hit.key, hit.start) not in seen]
    wish = Wish(frozenset(map(str, plan.kinds)), dated=plan.dated, defines=plan.defines)
    return weigh(question, language, hits, wish)[:k]


def weigh(
    question: str, language: Language, hits: Sequence[Hit], wish: Wish | None = None
) -> tuple[Passage, ...]:
    """Hits weighed by the words and the meaning of their best sentences, best first."""
    from corpus.static import encode

    if not hits:
        return ()
    wish = wish or Wish()
    wanted = asked(question, language)
    named = {mention.alpha3 for mention in states.find(question)}
    spans = [_windows(hit) for hit in hits]
    texts = [
        hit.text[start:end]
        for hit, some in zip(hits, spans, strict=True)
        for start, end in [*some, (0, None)]
    ]
    near = [float(value) for value in encode(texts) @ wanted.vector]
    bags = [analyse.tokens(hit.text, Language(hit.language)) for hit in hits]
    rarity = _rarity(wanted, [set(bag) for bag in bags])
    passages: list[Passage] = []
    place = 0
    for hit, bag, some in zip(hits, bags, spans, strict=True):
        spoken = Language(hit.language)
        foreign = spoken is not language
        weights = _WEIGHTS[foreign]
        scored = []
        for (start, end), meaning in zip(some, near[place:], strict=False):
            text = hit.text[start:end]
            words = _covered(wanted, analyse.tokens(text, spoken), rarity, foreign=foreign)
            weight = weights.sentence * words + weights.meaning * meaning + wish.of(text, spoken)
            scored.append((weight, start, end, meaning))
        place += len(some) + 1
        best, start, end, meaning = max(scored)
        whole = _covered(wanted, bag, rarity, foreign=foreign)
        score = best + weights.paragraph * whole + weights.whole * near[place - 1] + _bonus(hit, named, wish)
        quote = hit.text[start:end]
        passages.append(Passage(hit, hit.start + start, hit.start + end, quote, score, whole, meaning))
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


def _bonus(hit: Hit, named: set[str], wish: Wish) -> float:
    """What speaks for a hit beside its words: it is about the States named, of the kind named, not a mere heading."""
    bonus = _BONUS.kind if str(hit.kind) in wish.kinds else 0.0
    if named:
        said = {mention.alpha3 for mention in states.find(hit.text)} | {hit.state or ""}
        bonus += _BONUS.named if named <= said else -_BONUS.named
    number = hit.paragraph or ""
    tabular = hit.text.count("\n") > _LINES or bool(number and not number[:1].isdigit())
    for applies, value in (
        (len(hit.text) < _HEADING, _BONUS.heading),
        (not number[:1].isdigit(), _BONUS.unnumbered),
        (str(hit.kind) == "other", _BONUS.other),
        (tabular, _BONUS.table),
        ("." in number and not named, _BONUS.recommendation),
        (hit.digest, _BONUS.digest),
    ):
        bonus += value if applies else 0.0
    return bonus


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
