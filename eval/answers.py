"""How right answers are: question sets with expectations that can be checked, and dialogues of several turns.

A case is right when every expectation holds. `sets/questions.jsonl` has one case a line; what its `expect` may hold:

- `count`: a figure with this value leads the answer; `figures`: each of these values is among the figures
- `recommendations`: exactly these (document, number); `recommendations_include` / `_within`: at least, at most;
  `recommendations_count`: so many
- `paragraphs`: these (document, paragraph) are cited; `fund_paragraphs`: one of these paragraphs of a fund report is
  cited; `fund_paragraphs_all`: all of them; `document_ends`: a cited document's symbol ends so
- `abstain`: no answer is given

The documents they are asked of, beside the starter corpus: `sets/held.toml`.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.plan import Plan


class Asks(Protocol):
    """Whatever answers: the assistant, or a baseline."""

    def ask(self, question: str, language: str | None = None, previous: Plan | None = None) -> Answer:
        """The answer to a question."""
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what a right answer to it holds."""

    id: str
    language: str
    intent: str
    question: str
    expect: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Three turns; the expectation is on the last one."""

    id: str
    language: str
    turns: tuple[str, ...]
    expect: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a case: what was wrong (nothing, if right), and how long it took."""

    case: Case | Dialogue
    wrong: tuple[str, ...]
    seconds: float
    abstained: bool
    verbatim: bool = True
    cited: tuple[tuple[str, str], ...] = field(default=())

    @property
    def right(self) -> bool:
        """Whether every expectation held."""
        return not self.wrong


def questions() -> list[Case]:
    """The question set."""
    return [Case(**json.loads(line)) for line in _lines("questions.jsonl")]


def dialogues() -> list[Dialogue]:
    """The dialogues."""
    read = [json.loads(line) for line in _lines("dialogues.jsonl")]
    return [Dialogue(one["id"], one["language"], tuple(one["turns"]), one["expect"]) for one in read]


def _lines(name: str) -> list[str]:
    text = files("eval").joinpath("sets", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()]


def measure(assistant: Asks, cases: Iterable[Case], texts: dict[str, str] | None = None) -> list[Result]:
    """Every case asked and checked. `texts` are the stored texts by key, against which quotes are compared."""
    results: list[Result] = []
    for case in cases:
        began = time.perf_counter()
        answer = assistant.ask(case.question)
        seconds = time.perf_counter() - began
        results.append(_result(case, answer, seconds, texts or {}))
    return results


def converse(assistant: Asks, cases: Iterable[Dialogue]) -> list[Result]:
    """Every dialogue held, its last answer checked."""
    results: list[Result] = []
    for case in cases:
        previous: Plan | None = None
        began = time.perf_counter()
        for turn in case.turns:
            answer = assistant.ask(turn, previous=previous)
            previous = answer.plan
        results.append(_result(case, answer, time.perf_counter() - began, {}))
    return results


def _result(case: Case | Dialogue, answer: Answer, seconds: float, texts: dict[str, str]) -> Result:
    verbatim = all(
        texts[one.key][one.start : one.end] == one.quote for one in answer.citations if one.key in texts
    )
    cited = tuple((one.key, one.paragraph or "") for one in answer.citations)
    return Result(case, tuple(wrong(case, answer)), seconds, answer.abstained, verbatim, cited)


def wrong(case: Case | Dialogue, answer: Answer) -> Iterable[str]:
    """What an answer lacks of what is expected, in words."""
    expect = case.expect
    if expect.get("abstain"):
        if not answer.abstained:
            yield f"answered: {answer.answer[:80]!r}"
        return
    if answer.abstained:
        yield f"abstained ({answer.reason})"
        return
    if str(answer.language) != expect.get("language", case.language):
        yield f"in {answer.language}"
    yield from _figures(expect, answer)
    yield from _recommendations(expect, answer)
    yield from _citations(expect, answer)


def _figures(expect: dict[str, Any], answer: Answer) -> Iterable[str]:
    values = [float(figure.value) for figure in answer.figures]
    if "count" in expect and (not values or values[0] != expect["count"]):
        yield f"counted {values[:1]}, not {expect['count']}"
    lacking = [value for value in expect.get("figures", ()) if float(value) not in values]
    if lacking:
        yield f"figures {lacking} missing from {values[:5]}"


def _recommendations(expect: dict[str, Any], answer: Answer) -> Iterable[str]:
    got = set(answer.recommendations)

    def named(key: str) -> set[tuple[str, str]]:
        return {(one[0], one[1]) for one in expect.get(key, ())}

    if "recommendations" in expect and got != named("recommendations"):
        wanted = named("recommendations")
        yield f"rows lacking {sorted(wanted - got)[:4]}, extra {sorted(got - wanted)[:4]}"
    if len(got) != expect.get("recommendations_count", len(got)):
        yield f"{len(got)} rows, not {expect['recommendations_count']}"
    missing = named("recommendations_include") - got
    if missing:
        yield f"rows lacking {sorted(missing)[:4]}"
    if "recommendations_within" in expect:
        extra = got - named("recommendations_within")
        if extra:
            yield f"rows beyond {sorted(extra)[:4]}"


def _citations(expect: dict[str, Any], answer: Answer) -> Iterable[str]:
    cited = {(one.key, one.paragraph or "") for one in answer.citations}
    lacking = [one for one in expect.get("paragraphs", ()) if (one[0], one[1]) not in cited]
    if lacking:
        yield f"cites {sorted(cited)[:3]}, not {lacking}"
    numbers = {paragraph for key, paragraph in cited if not key.startswith("A/HRC/") or "fund" in key}
    if "fund_paragraphs" in expect and not numbers & set(expect["fund_paragraphs"]):
        yield f"cites {sorted(cited)[:3]}, not {expect['fund_paragraphs']}"
    if "fund_paragraphs_all" in expect and not set(expect["fund_paragraphs_all"]) <= numbers:
        yield f"cites {sorted(numbers)}"
    ends = expect.get("document_ends")
    if ends and not any(key.endswith(ends) for key, _ in cited):
        yield f"cites {sorted(cited)[:3]}, not {ends}"


def summary(results: Sequence[Result]) -> dict[str, float]:
    """The metrics of the suite, as fractions; times in milliseconds."""
    asked = [one for one in results if not one.case.expect.get("abstain")]
    declined = [one for one in results if one.case.expect.get("abstain")]
    precision, recall = citations(results)
    return {
        "questions": len(results),
        "right": _share(one.right for one in asked),
        "right_all": _share(one.right for one in results),
        "wrongly_answered": _share(not one.abstained for one in declined),
        "wrongly_declined": _share(one.abstained for one in asked),
        "quotes_verbatim": _share(one.verbatim for one in results),
        "citation_precision": precision,
        "citation_recall": recall,
        "median_ms": statistics.median(one.seconds for one in results) * 1000 if results else 0.0,
    }


def citations(results: Sequence[Result]) -> tuple[float, float]:
    """Precision and recall of cited paragraphs over the cases that expect particular ones."""
    right = cited = found = wanted = 0
    for one in results:
        expected = {paragraph for _, paragraph in one.case.expect.get("paragraphs", ())}
        alternatives = set(one.case.expect.get("fund_paragraphs", ()))
        if not expected and not alternatives:
            continue
        got = {paragraph for _, paragraph in one.cited}
        # Where the source of a position is cited beside the recommendation, that is no wrong citation.
        cited += len(got) if alternatives else len(got & expected) or 1
        right += len(got & (expected | alternatives))
        found += len(got & expected) if expected else bool(got & alternatives)
        wanted += len(expected) if expected else 1
    return (right / cited if cited else 0.0, found / wanted if wanted else 0.0)


def _share(values: Iterable[bool]) -> float:
    every = list(values)
    return sum(every) / len(every) if every else 0.0
