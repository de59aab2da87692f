"""The nouns of the evaluation: Case, Score, Evaluator, Suite, CaseResult, Metric, SuiteResult, Report.

A suite runs a task over cases and scores each output. A score is a bool, a number or a label, with a reason. An
evaluator that crashes is a recorded failure of that case, never a score. A metric is the mean of scores over cases,
weighted where the scores are shares of unequal wholes (a recall over reports of unequal length), with the 95%
percentile bootstrap interval over cases.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

Given = TypeVar("Given")
Expected = TypeVar("Expected")
Output = TypeVar("Output")

OURS = "upr"
_RESAMPLES = 1_000
_SEED = 20_140_128  # any fixed number: the same results give the same interval


@dataclass(frozen=True)
class Case(Generic[Given, Expected]):
    """One thing to do right: what goes in, what should come out, and the groups it is also reported under."""

    id: str
    given: Given
    expected: Expected
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """What an evaluator says of one output. `weight` is the size of the whole that a share is a share of."""

    value: bool | float | str
    reason: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class Evaluator(Generic[Given, Expected, Output]):
    """Judges one output. `name` is the metric it feeds; `judge` gives None where that does not apply to a case."""

    name: str
    judge: Callable[[Case[Given, Expected], Output], Score | None]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: its scores by metric, or the error that stopped it."""

    id: str
    groups: tuple[str, ...] = ()
    scores: dict[str, Score] = field(default_factory=dict)
    error: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its interval (`low` to `high`; None where nothing is resampled), and how many it is of."""

    value: float
    n: int = 1
    low: float | None = None
    high: float | None = None
    unit: str = ""
    note: str = ""

    def holds(self, value: float) -> bool:
        """Whether a value lies in the interval; without one, whether it is the same to three digits."""
        if self.low is None or self.high is None:
            return abs(value - self.value) <= 0.0005 * max(1.0, abs(self.value))
        return self.low - 1e-9 <= value <= self.high + 1e-9


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What a suite measured. `system` names what was measured: ours, or another with its settings."""

    suite: str
    metrics: dict[str, Metric]
    cases: tuple[CaseResult, ...] = ()
    system: str = OURS
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Every suite's result and where it was measured."""

    results: tuple[SuiteResult, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def of(self, suite: str, system: str = OURS) -> SuiteResult | None:
        """The result of one suite for one system, or None."""
        return next((r for r in self.results if r.suite == suite and r.system == system), None)


def bootstrap(values: Sequence[float], weights: Sequence[float] | None = None) -> tuple[float, float]:
    """The 95% percentile interval of the (weighted) mean of `values`; fixed seed.

    Efron and Tibshirani 1993, chapter 13. Cases are drawn, not their parts: what belongs together stays together.
    """
    data = np.asarray(values, dtype=np.float64)
    weight = np.ones(len(data)) if weights is None else np.asarray(weights, dtype=np.float64)
    if len(data) < 2:
        only = float(data[0]) if len(data) else 0.0
        return only, only
    draws = np.random.default_rng(_SEED).integers(0, len(data), (_RESAMPLES, len(data)))
    whole = weight[draws].sum(axis=1)
    means = (data * weight)[draws].sum(axis=1) / np.where(whole > 0, whole, 1.0)
    low, high = np.percentile(means[whole > 0] if (whole > 0).any() else means, [2.5, 97.5])
    return float(low), float(high)


def mean(
    values: Sequence[float], unit: str = "", note: str = "", weights: Sequence[float] | None = None
) -> Metric:
    """The (weighted) mean of `values` with its interval; of nothing, 0 over 0 cases."""
    if not values or (weights is not None and sum(weights) <= 0):
        return Metric(0.0, 0, unit=unit, note=note)
    low, high = bootstrap(values, weights)
    return Metric(float(np.average(values, weights=weights)), len(values), low, high, unit, note)


def median(values: Sequence[float], unit: str = "", note: str = "") -> Metric:
    """The median of single measurements, with the range from the 5th to the 95th percentile of them.

    Times differ more from run to run than within one, so the range is of measurements and not of the median.
    """
    low, middle, high = np.percentile(np.asarray(values, dtype=np.float64), [5, 50, 95])
    return Metric(float(middle), len(values), float(low), float(high), unit, note)


@dataclass(frozen=True)
class Suite(Generic[Given, Expected, Output]):
    """Cases, the task that answers one, and what judges it."""

    name: str
    cases: Sequence[Case[Given, Expected]]
    task: Callable[[Case[Given, Expected]], Output]
    evaluators: Sequence[Evaluator[Given, Expected, Output]]

    def run(self, system: str = OURS) -> SuiteResult:
        """Every case in order; a crash of the task or of an evaluator is recorded and counts as wrong."""
        results = tuple(self._one(case) for case in self.cases)
        return SuiteResult(self.name, aggregate(results, [e.name for e in self.evaluators]), results, system)

    def _one(self, case: Case[Given, Expected]) -> CaseResult:
        began = time.perf_counter()
        try:
            output = self.task(case)
        except Exception as error:  # noqa: BLE001  a crash is a result here, and is reported as one
            return CaseResult(case.id, case.groups, error=f"task: {_said(error)}")
        seconds = time.perf_counter() - began
        scores: dict[str, Score] = {}
        failed: list[str] = []
        for evaluator in self.evaluators:
            try:
                score = evaluator.judge(case, output)
            except Exception as error:  # noqa: BLE001  likewise
                failed.append(f"{evaluator.name}: {_said(error)}")
            else:
                if score is not None:
                    scores[evaluator.name] = score
        return CaseResult(case.id, case.groups, scores, "; ".join(failed) or None, seconds)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def crashed(suite: str, error: Exception) -> SuiteResult:
    """A suite that could not run at all, recorded."""
    case = CaseResult("the suite itself", error=_said(error))
    return SuiteResult(suite, {"crashed": Metric(1.0, 1, unit="cases")}, (case,), notes=(_said(error),))


def _number(score: Score) -> float | None:
    return float(score.value) if isinstance(score.value, bool | int | float) else None


def aggregate(results: Iterable[CaseResult], names: Sequence[str]) -> dict[str, Metric]:
    """Means by metric, overall and by group ("right", "right/fr"); a case that crashed scores 0 in all."""
    rows = list(results)
    metrics: dict[str, Metric] = {}
    groups = sorted({group for row in rows for group in row.groups})
    for name in dict.fromkeys(names):
        for group in ("", *groups):
            values, weights = _values([row for row in rows if not group or group in row.groups], name)
            if values:
                metrics[f"{name}/{group}" if group else name] = mean(values, weights=weights)
    failed = sum(1 for row in rows if row.error is not None)
    if failed:
        metrics["crashed"] = Metric(float(failed), len(rows), unit="cases")
    return metrics


def _values(rows: Sequence[CaseResult], name: str) -> tuple[list[float], list[float]]:
    values: list[float] = []
    weights: list[float] = []
    for row in rows:
        score = row.scores.get(name)
        if score is None and row.error is not None:
            values.append(0.0)
            weights.append(1.0)
        elif score is not None and (value := _number(score)) is not None:
            values.append(value)
            weights.append(score.weight)
    return values, weights


def merged(results: Iterable[SuiteResult]) -> list[SuiteResult]:
    """Results of one suite and system put together, in the order they first came."""
    found: dict[tuple[str, str], SuiteResult] = {}
    for one in results:
        key = (one.suite, one.system)
        before = found.get(key)
        if before is None:
            found[key] = one
            continue
        metrics = {**before.metrics, **one.metrics}
        failures = [r.metrics["crashed"] for r in (before, one) if "crashed" in r.metrics]
        if failures:
            count, n = sum(m.value for m in failures), sum(m.n for m in failures)
            metrics["crashed"] = Metric(count, n, unit="cases")
        notes = tuple(dict.fromkeys((*before.notes, *one.notes)))
        found[key] = SuiteResult(one.suite, metrics, before.cases + one.cases, one.system, notes)
    return list(found.values())
