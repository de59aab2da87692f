"""The suites answers, citations and abstention: the question sets asked of a library that holds their documents.

The baseline without a language model is what a search box gives: the best passage as the answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files

from assistant.ask import Assistant
from eval.answers import Asks, Result, converse, dialogues, measure, questions, summary
from eval.context import Context
from eval.model import CaseResult, Metric, Score, SuiteResult, mean
from index.filters import SearchFilters
from index.library import Library

_FAST_STRIDE = 6  # every sixth question and dialogue


def held() -> tuple[str, ...]:
    """The files, under the data folder, that the question set is asked of."""
    text = files("eval").joinpath("sets/held.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["files"])


def _library(context: Context) -> Library | None:
    if context.data is None:
        return None
    library = context.library("answers", starter=True)
    list(library.add([context.data / name for name in held()]))
    return library


def _cases(
    results: Sequence[Result], metric: str, score: Callable[[Result], bool | None]
) -> tuple[CaseResult, ...]:
    cases = []
    for one in results:
        value = score(one)
        if value is not None:
            reason = "; ".join(one.wrong)
            scores = {metric: Score(value, reason)}
            cases.append(CaseResult(one.case.id, one.case.language, scores, seconds=one.seconds))
    return tuple(cases)


def _means(cases: Iterable[CaseResult], metric: str) -> dict[str, Metric]:
    rows = list(cases)
    groups = ["", *sorted({case.group for case in rows})]
    return {
        f"{metric}/{group}" if group else metric: mean(
            [float(case.scores[metric].value) for case in rows if group in ("", case.group)]
        )
        for group in groups
    }


def _is_declined(result: Result) -> bool:
    return bool(result.case.expect.get("abstain"))


def _suites(results: Sequence[Result], turns: Sequence[Result], system: str) -> list[SuiteResult]:
    figures = summary(results)
    right = _cases(results, "right", lambda one: None if _is_declined(one) else one.right)
    metrics = _means(right, "right")
    metrics |= _by_intent(results)
    metrics["median_ms"] = Metric(figures["median_ms"], len(results), unit="ms")
    if turns:
        held_dialogues = _cases(turns, "dialogues_right", lambda one: one.right)
        metrics |= {"dialogues_right": _means(held_dialogues, "dialogues_right")["dialogues_right"]}
        right += held_dialogues
    verbatim = _cases(results, "verbatim", lambda one: one.verbatim)
    cited = {
        "precision": Metric(figures["citation_precision"], len(results)),
        "recall": Metric(figures["citation_recall"], len(results)),
        "verbatim": _means(verbatim, "verbatim")["verbatim"],
    }
    declined = _cases(results, "declined", lambda one: one.abstained if _is_declined(one) else None)
    abstained = {
        **_means(declined, "declined"),
        "wrongly_answered": Metric(figures["wrongly_answered"], len(declined)),
        "wrongly_declined": Metric(figures["wrongly_declined"], len(right)),
    }
    return [
        SuiteResult("answers", metrics, right, system),
        SuiteResult("citations", cited, verbatim, system),
        SuiteResult("abstention", abstained, declined, system),
    ]


def _by_intent(results: Sequence[Result]) -> dict[str, Metric]:
    asked = [one for one in results if not _is_declined(one)]
    intents = sorted({str(getattr(one.case, "intent", "")) for one in asked} - {""})
    return {
        f"right/{intent}": mean(
            [float(one.right) for one in asked if getattr(one.case, "intent", "") == intent]
        )
        for intent in intents
    }


class _Chosen:
    """Runs the suites once and lets each name take its own part."""

    def __init__(self) -> None:
        self._done: dict[int, list[SuiteResult]] = {}

    def of(self, context: Context) -> list[SuiteResult]:
        """Every suite's result for this run."""
        if id(context) not in self._done:
            self._done[id(context)] = _run(context)
        return self._done[id(context)]


_chosen = _Chosen()


def _run(context: Context) -> list[SuiteResult]:
    library = _library(context)
    if library is None:
        return []
    stride = _FAST_STRIDE if context.fast else 1
    texts = {one.key: library.document(one.key).text for one in library.documents()}
    library.warm()
    asked, held_dialogues = questions()[::stride], dialogues()[::stride]
    ours: Asks = Assistant(library, library.settings)
    results = _suites(measure(ours, asked, texts), converse(ours, held_dialogues), "upr")
    if context.baselines:
        results += _suites(_best_passages(library, asked), (), "best passage as answer")
    library.close()
    return results


def _best_passages(library: Library, asked: Sequence[object]) -> list[Result]:
    """A search box: always answers, with the first hit; it counts nothing and declines nothing."""
    from eval.answers import Case

    results = []
    for case in asked:
        if not isinstance(case, Case):
            continue
        hits = library.search(case.question, k=1, filters=SearchFilters())
        cited = tuple((hit.key, hit.number or hit.paragraph or "") for hit in hits)
        wanted = {paragraph for _, paragraph in case.expect.get("paragraphs", ())}
        wanted |= set(case.expect.get("fund_paragraphs", ()))
        found = bool(wanted) and bool({paragraph for _, paragraph in cited} & wanted)
        wrong = () if found else ("the best passage does not answer it",)
        results.append(Result(case, wrong, 0.0, not hits, True, cited))
    return results


def answers(context: Context) -> list[SuiteResult]:
    """How many answers are right, by language and intent."""
    return [one for one in _chosen.of(context) if one.suite == "answers"]


def citations(context: Context) -> list[SuiteResult]:
    """Whether citations are verbatim and name the right paragraphs."""
    return [one for one in _chosen.of(context) if one.suite == "citations"]


def abstention(context: Context) -> list[SuiteResult]:
    """Whether what cannot be answered is declined."""
    return [one for one in _chosen.of(context) if one.suite == "abstention"]
