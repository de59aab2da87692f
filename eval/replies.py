"""What is judged of an answer, whoever gave it, and the judges of answers, citations and abstention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer
from assistant.verify import numbers, readings
from eval.model import Evaluator, Score
from eval.pages import is_on_page, pages_of
from eval.questions import Expectation, Place, Question, QuestionCase


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation: where it says that it comes from, and the words it quotes."""

    key: str
    paragraph: str
    page: int | None = None
    quote: str = ""
    start: int = 0
    end: int = 0

    @property
    def place(self) -> Place:
        """Its document and paragraph."""
        return self.key, self.paragraph


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it is judged. `language` is None where none can be told (a passage is in its source's)."""

    abstained: bool
    text: str
    language: str | None
    figures: tuple[float, ...]
    recommendations: frozenset[Place]
    cited: tuple[Cited, ...]
    reason: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Reply:
        """The assistant's answer."""
        return cls(
            answer.abstained,
            answer.answer,
            str(answer.language),
            tuple(float(figure.value) for figure in answer.figures),
            frozenset(answer.recommendations),
            tuple(Cited(c.key, c.paragraph or "", c.page, c.quote, c.start, c.end) for c in answer.citations),
            answer.reason or "",
        )

    @classmethod
    def passage(cls, text: str, places: Iterable[Place]) -> Reply:
        """A passage given as the answer: it counts nothing, but the numbers printed in it are its figures."""
        printed = {float(value) for token in numbers(text) for value in readings(token)}
        cited = tuple(Cited(key, number, quote=text) for key, number in places)
        rows = frozenset(one.place for one in cited)
        return cls(not text, text, None, tuple(sorted(printed)), rows, cited)


def wrong(expected: Expectation, reply: Reply) -> list[str]:
    """What an answer lacks of what is expected, in words; nothing where it is right."""
    if expected.abstain:
        return [] if reply.abstained else [f"answered: {reply.text[:80]!r}"]
    if reply.abstained:
        return [f"abstained ({reply.reason})"]
    said = [f"in {reply.language}"] if reply.language not in (None, expected.language) else []
    return [*said, *_figures(expected, reply), *_rows(expected, reply), *_cited(expected, reply)]


def _figures(expected: Expectation, reply: Reply) -> Iterable[str]:
    counts = reply.figures if reply.language else ()  # a passage counts nothing
    if expected.count is not None and (not counts or counts[0] != expected.count):
        yield f"counted {list(counts[:1])}, not {expected.count}"
    lacking = [value for value in expected.figures if float(value) not in reply.figures]
    if lacking:
        yield f"figures {lacking} missing from {list(reply.figures[:5])}"


def _rows(expected: Expectation, reply: Reply) -> Iterable[str]:
    got = reply.recommendations
    if expected.recommendations is not None and got != set(expected.recommendations):
        wanted = set(expected.recommendations)
        yield f"rows lacking {sorted(wanted - got)[:4]}, extra {sorted(got - wanted)[:4]}"
    if expected.recommendations_count not in (None, len(got)):
        yield f"{len(got)} rows, not {expected.recommendations_count}"
    missing = set(expected.recommendations_include) - got
    if missing:
        yield f"rows lacking {sorted(missing)[:4]}"
    within = expected.recommendations_within
    if within is not None and got - set(within):
        yield f"rows beyond {sorted(got - set(within))[:4]}"


def _cited(expected: Expectation, reply: Reply) -> Iterable[str]:
    places = {one.place for one in reply.cited}
    lacking = [one for one in expected.paragraphs if one not in places]
    if lacking:
        yield f"cites {sorted(places)[:3]}, not {lacking}"
    of_fund = _of_fund(places)
    if expected.fund_paragraphs and not of_fund & set(expected.fund_paragraphs):
        yield f"cites {sorted(places)[:3]}, not {list(expected.fund_paragraphs)}"
    if expected.fund_paragraphs_all and not set(expected.fund_paragraphs_all) <= of_fund:
        yield f"cites {sorted(of_fund)}, not {list(expected.fund_paragraphs_all)}"
    ends = expected.document_ends
    if ends and not any(key.endswith(ends) for key, _ in places):
        yield f"cites {sorted(places)[:3]}, not {ends}"


def _of_fund(places: Iterable[Place]) -> set[str]:
    """Paragraphs of reports without the Council's symbol, as the Fund's are stored."""
    return {number for key, number in places if not key.startswith("A/HRC/") or "fund" in key}


Judge = Evaluator[Question, Expectation, Reply]


def _right(case: QuestionCase, reply: Reply) -> Score | None:
    if case.expected.abstain:
        return None
    faults = wrong(case.expected, reply)
    return Score(not faults, "; ".join(faults))


def _answered(case: QuestionCase, reply: Reply) -> Score | None:
    """Whether what can be answered is not declined."""
    return None if case.expected.abstain else Score(not reply.abstained, reply.reason)


def _declined(case: QuestionCase, reply: Reply) -> Score | None:
    if not case.expected.abstain:
        return None
    return Score(reply.abstained, "" if reply.abstained else f"answered: {reply.text[:80]!r}")


def _wanted(expected: Expectation) -> set[Place]:
    """Places that are right to cite; a fund report's under any key."""
    return {*(expected.recommendations or ()), *expected.paragraphs}


def _is_right(one: Cited, expected: Expectation, wanted: set[Place]) -> bool:
    """Whether a citation is of a wanted place, of the Fund's alternatives, or of what states a wanted row's position.

    That is the paragraph above its list ("118" of 118.4), or another document (an addendum) on the same number.
    """
    if one.place in wanted:
        return True
    alternatives = {*expected.fund_paragraphs, *expected.fund_paragraphs_all}
    if alternatives:
        return bool(alternatives & _of_fund([one.place]))
    numbers_of = {number for _, number in wanted}
    lists = {number.partition(".")[0] for number in numbers_of}
    elsewhere = one.key not in {key for key, _ in wanted}
    return one.paragraph in lists or (elsewhere and ("." not in one.paragraph or one.paragraph in numbers_of))


def _precision(case: QuestionCase, reply: Reply) -> Score | None:
    """Of the citations of an answer whose places are all known, the share that is right."""
    wanted = _wanted(case.expected)
    if case.expected.recommendations_include:
        return None
    if not (wanted or case.expected.of_the_fund) or reply.abstained or not reply.cited:
        return None
    faults = [f"{c.key} {c.paragraph}" for c in reply.cited if not _is_right(c, case.expected, wanted)]
    return Score(1 - len(faults) / len(reply.cited), ", ".join(faults[:4]), weight=len(reply.cited))


def _recall(case: QuestionCase, reply: Reply) -> Score | None:
    """Of the paragraphs that must be cited, the share that is; of alternatives, one."""
    expected, places = case.expected, {one.place for one in reply.cited}
    of_fund = _of_fund(places)
    wanted = [(str(place), place in places) for place in expected.paragraphs]
    wanted += [(number, number in of_fund) for number in expected.fund_paragraphs_all]
    if expected.fund_paragraphs:
        wanted.append(("one of the Fund's", bool(of_fund & set(expected.fund_paragraphs))))
    if not wanted:
        return None
    lacking = [name for name, found in wanted if not found]
    return Score(1 - len(lacking) / len(wanted), ", ".join(lacking), weight=len(wanted))


RIGHT = Evaluator("right", _right)
DECLINED = Evaluator("declined", _declined)
ANSWERED = Evaluator("answered", _answered)
PRECISION = Evaluator("precision", _precision)
RECALL = Evaluator("recall", _recall)


def verbatim(texts: Mapping[str, str]) -> Judge:
    """The share of an answer's quotes that are the stored text at their offsets."""

    def judge(case: QuestionCase, reply: Reply) -> Score | None:
        del case
        if not reply.cited:
            return None
        faults = [c.quote[:40] for c in reply.cited if texts.get(c.key, "")[c.start : c.end] != c.quote]
        return Score(1 - len(faults) / len(reply.cited), "; ".join(faults[:3]), weight=len(reply.cited))

    return Evaluator("verbatim", judge)


def page(sources: Mapping[str, Path], known: Mapping[Place, int]) -> Judge:
    """The share of an answer's citations whose page is right: in the PDF they come from, or in the sheets' pages."""

    def is_right(one: Cited) -> bool | None:
        if one.place in known:
            return one.page == known[one.place]
        if one.key in sources and one.quote:
            return is_on_page(pages_of(sources[one.key]), one.page, one.quote)
        return None

    def judge(case: QuestionCase, reply: Reply) -> Score | None:
        del case
        judged = [(one, right) for one in reply.cited if (right := is_right(one)) is not None]
        if not judged:
            return None
        faults = [f"{one.key} {one.paragraph} p. {one.page}" for one, right in judged if not right]
        return Score(1 - len(faults) / len(judged), ", ".join(faults[:4]), weight=len(judged))

    return Evaluator("page", judge)


Task = Callable[[QuestionCase], Reply]
