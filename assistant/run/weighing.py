"""How well passages answer: their best sentences weighed by the question's words, its meaning and what it asks for."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant.run.sentences import sentences
from assistant.understand import bodies
from assistant.understand.bridge import bridges
from assistant.understand.cues import load
from assistant.understand.text import fold
from corpus import states
from corpus.model import Language
from index import analyse, lexicon
from index.question import expansions, named_terms

if TYPE_CHECKING:
    from index.search import Hit

_LONGEST = {Language.CHINESE: 170}
_LONG = 420
_MEASURE_WORDS = "个名位次条份项国家 "  # Chinese counts with them
_LINES = 6  # line breaks over which a paragraph is a table
_HEADING = 40  # characters under which a paragraph is a heading or a remnant
# The number of a paragraph, in an annex too ("Annex I, 3"), and not of a table.
PLACE = re.compile(r"(?:^|,\s*)\d")


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
_TRANSLATED = 0.6  # what a word counts for of which only likely translations are known, in another language
_SYNONYM = 0.7  # what another word for it counts for in the question's own language, beside the word itself
_TWIN = 0.2
_OTHERS = 4  # States beside those asked about that a paragraph on them may name
_FAR = 0.25  # nearness of meaning under which shared words must speak for themselves


@dataclass(frozen=True, slots=True)
class Bonus:
    """What speaks for or against a passage beside its words and meaning."""

    kind: float = 0.2  # the question names this kind of document
    named: float = 0.1  # it speaks of the States named; against it, if not
    singled: float = 0.2  # in a document of no State, it speaks of the States named and of few others
    listed: float = -0.08  # it lists many States, and says little of each
    dated: float = 0.2  # the question asks when, the sentence has a date
    day: float = 0.06  # and it is a day, not only a year
    counted: float = 0.2  # the question asks how many of something, the sentence has a number of them
    speaks: float = 0.2  # the sentence names the body whose words are asked for
    person: float = 0.06  # the question asks who, the sentence names someone by title or office
    place: float = 0.4  # the question asks in which States, the sentence names one
    places: float = 0.05  # and each other State that it names
    defines: float = 0.14  # the question asks what something is, the sentence says so
    manner: float = (
        0.12  # the question asks how something is done, the sentence says what must or may be done
    )
    about: float = 0.1  # in a document of no State, the sentence itself names the States asked about
    heading: float = -0.2
    unnumbered: float = -0.06
    other: float = -0.1
    table: float = -0.4  # figures of a table are asked for as money, not as words
    digest: float = -0.12
    alone: float = -0.15  # about no State, another language holds one of several words and means little of it
    recommendation: float = -0.08  # a recommendation says what should be, not what is


_BONUS = Bonus()
_HAN = re.compile(r"[\u3400-\u9fff]")
_YEAR = re.compile(r"\d{4}|\d{1,2}\s*月")
_DAY = re.compile(
    r"(?<!\d)\d{1,2}(?:er|º)?\s+(?:de\s+)?[^\W\d]+\s+(?:de\s+)?\d{4}|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
_BETWEEN = 2  # tokens from a number to what it counts: "51 个 代表", "84 other delegations"


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


@dataclass(frozen=True, slots=True)
class Wish:
    """What else a question wants of a passage: kinds of document, a date, a definition, a number, a person, a rule.

    Or a `place`: the State in which something was done.
    """

    kinds: frozenset[str] = frozenset()
    dated: bool = False
    defines: bool = False
    counts: bool = False
    person: bool = False
    place: bool = False
    manner: bool = False
    elsewhere: bool = False  # the States named have no documents of their own here
    bodies: tuple[str, ...] = ()  # whose words are asked for
    holds: float = (
        0.0  # the share of the question's words that a sentence with a number must hold for it to count
    )
    translates: bool = False  # likely translations count beside the lists of terms

    def of(self, text: str, language: Language, *, says: bool) -> float:
        """What speaks for a sentence; `says` it what is asked of what the question names?

        A date counts only there: "when was X founded" is not answered by a date at which X did something else.
        """
        bonus = 0.0
        if self.dated and says and _YEAR.search(text):
            bonus += _BONUS.dated + (_BONUS.day if _DAY.search(text) else 0.0)
        if any(bodies.named(one, text, language) for one in self.bodies):
            bonus += _BONUS.speaks
        if self.defines and load(language).has("intent.defines", fold(text)):
            bonus += _BONUS.defines
        if self.person and load(language).has("words.person", fold(text)):
            bonus += _BONUS.person
        if self.place and (told := len({mention.alpha3 for mention in states.find(text)})):
            bonus += _BONUS.place + _BONUS.places * min(told - 1, _OTHERS)
        if self.manner and load(language).has("words.must", fold(text)):
            bonus += _BONUS.manner
        return bonus


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is compared with passages: its words, what they are in other languages, its vector.

    `rest` are the units of words outside the names of several words in it; `counted` is what "how many" is asked
    of, in all languages; empty where it is not. `likely` are translations of the words that no list of terms holds.
    """

    words: tuple[str, ...]
    units: tuple[tuple[tuple[str, ...], ...], ...]
    vector: np.ndarray
    rest: tuple[tuple[tuple[str, ...], ...], ...] = ()
    counted: tuple[tuple[str, ...], ...] = ()
    likely: Mapping[str, frozenset[str]] = field(default_factory=dict)


def asked(question: str, language: Language) -> Asked:
    """The question's content words; each unit is a word or a term with its equivalents in all languages."""
    from corpus.static import encode

    said = tuple(analyse.tokens(_telling(question, language), language))
    own = tuple(dict.fromkeys(said))
    everyday = bridges(said, language)
    single = {phrase[0]: others for phrase, others in everyday.items() if len(phrase) == 1}
    names = named_terms(list(own), language)
    units: list[tuple[tuple[str, ...], ...]] = []
    for word in own:
        # A word of a term is said where the term is.
        term = [phrase for phrase in names.terms.get(word, ()) if len(phrase) > 1]
        term += [
            other
            for phrase, others in everyday.items()
            if len(phrase) > 1 and word in phrase
            for other in others
        ]
        units.append(((word,), *expansions([word], language), *single.get(word, ()), *term))
    units += [(phrase, *others) for phrase, others in everyday.items() if len(phrase) > 1]
    parts = names.parts
    # One language's verb is another's noun: the stem of "fundar" says nothing where a "Fund" is named.
    rest = tuple(
        tuple(phrase for phrase in unit if not parts.issuperset(phrase))
        for unit in units
        if not set(names.rest).isdisjoint(unit[0])
    )
    # Terms of several words count once more as a whole.
    whole = expansions(list(own), language)
    if whole:
        units.append(tuple(whole))
    likely = {
        unit[0][0]: frozenset(lexicon.translations(unit[0][0], language)) for unit in units if len(unit) == 1
    }
    return Asked(own, tuple(units), encode([question])[0], rest, _counted(question, language), likely)


def _telling(question: str, language: Language) -> str:
    """The question without its interrogatives, which Chinese writes into the words beside them."""
    if language is not Language.CHINESE:
        return question
    return load(language).unsaid(question, "intent.count", "intent.when", "intent.person")


def _counted(question: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """What comes after "how many", with its equivalents in all languages."""
    cue = next(load(language).spans("intent.count", fold(question)), None)
    if cue is None:
        return ()
    after = tuple(analyse.tokens(question[cue.end() :].lstrip(_MEASURE_WORDS), language))
    if not after:
        return ()
    bridged = bridges(after, language)
    terms = [others for phrase, others in bridged.items() if phrase == after[: len(phrase)]]
    return tuple(dict.fromkeys((after[:1], *(phrase for others in terms for phrase in others))))


def _says(question: Asked, tokens: Sequence[str]) -> bool:
    """Whether a sentence holds something of what is asked of the terms that the question names."""
    bag = set(tokens)
    return not question.rest or any(_holds(tokens, bag, phrase) for unit in question.rest for phrase in unit)


def _numbers(counted: Sequence[tuple[str, ...]], tokens: Sequence[str]) -> tuple[int, ...]:
    """The numbers that a sentence gives of what is counted."""
    places = [place for place, token in enumerate(tokens) if token.isdigit() and not _YEAR.fullmatch(token)]
    return tuple(
        int(tokens[place])
        for place in places
        if any(
            tuple(tokens[at : at + len(phrase)]) == phrase
            for at in range(place + 1, place + 1 + _BETWEEN)
            for phrase in counted
        )
    )


def _covered(question: Asked, tokens: Sequence[str], rarity: dict[str, float], *, foreign: bool) -> float:
    """The share of the question's words that a passage holds, rare words weighing more.

    In a passage of another language a word that the glossary does not know can hardly be held, and counts for less.
    """
    held, total = 0.0, 0.0
    bag = set(tokens)
    for unit in question.units:
        weight = rarity.get(unit[0][0], 1.0) if len(unit[0]) == 1 else 1.0
        likely = question.likely.get(unit[0][0], frozenset()) if foreign and len(unit) == 1 else frozenset()
        if foreign and len(unit) == 1 and unit[0][0].isalpha():
            weight *= _TRANSLATED if likely else _UNKNOWN
        total += weight
        if _holds(tokens, bag, unit[0]) or not likely.isdisjoint(bag):
            held += weight
        elif any(_holds(tokens, bag, phrase) for phrase in unit[1:]):
            held += weight if foreign else weight * _SYNONYM
    return held / total if total else 0.0


def _alone(question: Asked, tokens: Sequence[str]) -> bool:
    """Whether only one of several words asked for is held: words shared by chance make no answer."""
    bag = set(tokens)
    own = [unit for unit in question.units if set(unit[0]) <= set(question.words)]
    held = sum(any(_holds(tokens, bag, phrase) for phrase in unit) for unit in own)
    return held < 2 <= len(question.words)


def touches(words: str, language: Language, hit: Hit) -> bool:
    """Whether a passage holds any of the words, or none of them can be told in its language."""
    question = asked(words, language)
    spoken = Language(hit.language)
    tokens = analyse.tokens(" ".join([*hit.heading, hit.text]), spoken)
    bag = set(tokens)
    known = False
    for unit in question.units:
        likely = question.likely.get(unit[0][0], frozenset())
        known = known or spoken is language or len(unit) > 1 or bool(likely)
        if any(_holds(tokens, bag, phrase) for phrase in unit) or not likely.isdisjoint(bag):
            return True
    return not known


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
    """How rare each word of the question is among the candidates (a word in none weighs most).

    Chinese is read in pairs of characters; one that no candidate holds is most likely of two words.
    """
    n = len(bags) or 1
    weights: dict[str, float] = {}
    for word in question.words:
        held = sum(word in bag for bag in bags)
        weights[word] = math.log((n + 1) / (1 + held)) + 0.6 if held or not _HAN.match(word) else _UNKNOWN
    return weights


def weigh(
    question: str, language: Language, hits: Sequence[Hit], wish: Wish | None = None,
    named: frozenset[str] | None = None,
) -> tuple[Passage, ...]:  # fmt: skip
    """Hits weighed by the words and the meaning of their best sentences, best first.

    `named` are States that a passage should speak of; where it is None, those that the question names.
    """
    from corpus.static import encode

    if not hits:
        return ()
    wish = wish or Wish()
    wanted = asked(question, language)
    if not wish.translates:
        wanted = replace(wanted, likely={})
    if named is None:
        named = frozenset(mention.alpha3 for mention in states.find(question))
    spans = [_windows(hit) for hit in hits]
    texts = [
        hit.text[start:end]
        for hit, some in zip(hits, spans, strict=True)
        for start, end in [*some, (0, None)]
    ]
    near = [float(value) for value in encode(texts) @ wanted.vector]
    bags = [analyse.tokens(" ".join([*hit.heading, hit.text]), Language(hit.language)) for hit in hits]
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
            held = analyse.tokens(text, spoken)
            words = _covered(wanted, held, rarity, foreign=foreign)
            weight = (
                weights.sentence * words
                + weights.meaning * meaning
                + wish.of(text, spoken, says=wish.dated and _says(wanted, held))
            )
            counted = wish.counts and words >= wish.holds and _numbers(wanted.counted, held)
            weight += _BONUS.counted if counted else 0.0
            weight += _BONUS.about if wish.elsewhere and _names(text, named) else 0.0
            scored.append((weight, start, end, meaning))
        place += len(some) + 1
        best, start, end, meaning = max(scored)
        whole = _covered(wanted, bag, rarity, foreign=foreign)
        score = best + weights.paragraph * whole + weights.whole * near[place - 1] + _bonus(hit, named, wish)
        if foreign and not named and meaning < _FAR and _alone(wanted, bag):
            score += _BONUS.alone
        quote = hit.text[start:end]
        passages.append(Passage(hit, hit.start + start, hit.start + end, quote, score, whole, meaning))
    return tuple(sorted(_reinforced(passages), key=lambda one: (-one.score, one.hit.digest)))


def twins(one: Hit, other: Hit) -> bool:
    """Whether two hits are one paragraph: in its document and in a digest of it, or in two languages.

    Where a document's symbol is not known its review tells; yearly reports of one kind and no State are many.
    """
    if one.key == other.key or one.kind != other.kind or one.paragraph is None:
        return False
    if one.symbol and other.symbol:
        same = one.symbol == other.symbol
    else:
        same = one.state is not None and (one.state, one.cycle) == (other.state, other.cycle)
    return same and one.paragraph == other.paragraph


def _reinforced(passages: Sequence[Passage]) -> list[Passage]:
    """Passages that a twin speaks for too weigh more."""
    made = []
    for one in passages:
        echo = max((other.score for other in passages if twins(one.hit, other.hit)), default=0.0)
        made.append(replace(one, score=one.score + _TWIN * max(echo, 0.0)))
    return made


def _names(text: str, named: frozenset[str]) -> bool:
    """Whether a sentence names all of the States, where any are asked about."""
    return bool(named) and named <= {mention.alpha3 for mention in states.find(text)}


def lists(text: str, named: Collection[str]) -> bool:
    """Whether a text names many States beside those asked about."""
    return len({mention.alpha3 for mention in states.find(text)}) > len(named) + _OTHERS


def _bonus(hit: Hit, named: frozenset[str], wish: Wish) -> float:
    """What speaks for a hit beside its words: it is about the States named, of the kind named, not a mere heading."""
    bonus = _BONUS.kind if str(hit.kind) in wish.kinds else 0.0
    if named and named <= {hit.state}:
        bonus += _BONUS.named
    elif named:
        said = {mention.alpha3 for mention in states.find(hit.text)} | {hit.state or ""}
        bonus += _BONUS.named if named <= said else -_BONUS.named
        if len(said) > len(named) + _OTHERS:
            bonus += _BONUS.listed
        elif wish.elsewhere and hit.state is None and named <= said:
            bonus += _BONUS.singled
    number = hit.paragraph or ""
    placed = bool(PLACE.search(number))
    tabular = hit.text.count("\n") > _LINES or bool(number and not placed)
    for applies, value in (
        (len(hit.text) < _HEADING, _BONUS.heading),
        (not placed, _BONUS.unnumbered),
        (str(hit.kind) == "other", _BONUS.other),
        (tabular, _BONUS.table),
        ("." in number, _BONUS.recommendation),
        (hit.digest, _BONUS.digest),
    ):
        bonus += value if applies else 0.0
    return bonus


def _windows(hit: Hit) -> list[tuple[int, int]]:
    """The stretches of a hit that could be quoted: the whole of a short one, else runs of one to three sentences."""
    longest = _LONGEST.get(Language(hit.language), _LONG)
    if len(hit.text) <= longest:
        return [(0, len(hit.text))]
    single = sentences(hit.text, Language(hit.language))
    windows = list(single)
    for size in (2, 3):
        for first in range(len(single) - size + 1):
            start, end = single[first][0], single[first + size - 1][1]
            if end - start <= longest:
                windows.append((start, end))
    return windows
