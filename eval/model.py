"""The nouns of the evaluation: Case, Score, Evaluator, CaseResult, Metric, SuiteResult, Report.

A suite runs a task over cases and scores each output. A score is a bool, a number or a label, with a reason.
An evaluator that crashes is a recorded failure of that case, never a score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

Output = TypeVar("Output")
Output_contra = TypeVar("Output_contra", contravariant=True)

_RESAMPLES = 1_000
_SEED = 20_140_128  # any fixed number: the same results give the same interval


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to do right: what goes in, what should come out, and the group it is reported under."""

    id: str
    given: Any
    expected: Any
    group: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """What an evaluator says of one output."""

    value: bool | float | str
    reason: str = ""


class Evaluator(Protocol[Output_contra]):
    """Judges one output; `name` is the metric it feeds."""

    @property
    def name(self) -> str:
        """The metric."""
        ...

    def __call__(self, case: Case, output: Output_contra) -> Score | None:
        """The score, or None where the metric does not apply to the case."""
        ...


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: its scores by metric, or the error that stopped it."""

    id: str
    group: str
    scores: dict[str, Score] = field(default_factory=dict)
    error: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its 95% interval (percentile bootstrap over cases; None where nothing is resampled)."""

    value: float
    n: int = 1
    low: float | None = None
    high: float | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """What a suite measured. `system` names what was measured: ours, or a baseline with its settings."""

    suite: str
    metrics: dict[str, Metric]
    cases: tuple[CaseResult, ...] = ()
    system: str = "upr"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Every suite's result and where it was measured."""

    results: tuple[SuiteResult, ...]
    environment: dict[str, str] = field(default_factory=dict)

    def of(self, suite: str, system: str = "upr") -> SuiteResult | None:
        """The result of one suite for one system, or None."""
        return next((r for r in self.results if r.suite == suite and r.system == system), None)


def bootstrap(values: Sequence[float]) -> tuple[float, float]:
    """The 95% percentile interval of the mean of `values` (Efron and Tibshirani 1993, ch. 13); fixed seed."""
    data = np.asarray(values, dtype=np.float64)
    if len(data) < 2:
        only = float(data[0]) if len(data) else 0.0
        return only, only
    draws = np.random.default_rng(_SEED).integers(0, len(data), (_RESAMPLES, len(data)))
    low, high = np.percentile(data[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def mean(values: Sequence[float], unit: str = "", note: str = "") -> Metric:
    """The mean of `values` with its interval; of nothing, 0 over 0 cases."""
    if not values:
        return Metric(0.0, 0, unit=unit, note=note)
    low, high = bootstrap(values)
    return Metric(float(np.mean(values)), len(values), low, high, unit, note)


@dataclass(frozen=True)
class Suite(Generic[Output]):
    """Cases, the task that answers one, and what judges it."""

    name: str
    cases: Sequence[Case]
    task: Callable[[Case], Output]
    evaluators: Sequence[Evaluator[Output]]

    def run(self, system: str = "upr") -> SuiteResult:
        """Every case in order; a crash of the task or of an evaluator is recorded and counts as wrong."""
        results = tuple(self._one(case) for case in self.cases)
        return SuiteResult(self.name, aggregate(results, [e.name for e in self.evaluators]), results, system)

    def _one(self, case: Case) -> CaseResult:
        import time

        began = time.perf_counter()
        try:
            output = self.task(case)
        except Exception as error:  # noqa: BLE001  a crash is a result here, and is reported as one
            return CaseResult(case.id, case.group, error=f"task: {type(error).__name__}: {error}")
        seconds = time.perf_counter() - began
        scores: dict[str, Score] = {}
        failed: list[str] = []
        for evaluator in self.evaluators:
            try:
                score = evaluator(case, output)
            except Exception as error:  # noqa: BLE001  likewise
                failed.append(f"{evaluator.name}: {type(error).__name__}: {error}")
            else:
                if score is not None:
                    scores[evaluator.name] = score
        return CaseResult(case.id, case.group, scores, "; ".join(failed) or None, seconds)


def _number(score: Score) -> float | None:
    return float(score.value) if isinstance(score.value, bool | int | float) else None


def aggregate(results: Iterable[CaseResult], names: Sequence[str]) -> dict[str, Metric]:
    """Means by metric, overall and by group ("correct", "correct/fr"); a case that crashed scores 0 in all."""
    rows = list(results)
    metrics: dict[str, Metric] = {}
    groups = sorted({row.group for row in rows if row.group})
    for name in names:
        for group in ("", *groups):
            values = []
            for row in rows:
                if group and row.group != group:
                    continue
                if row.error is not None and name not in row.scores:
                    values.append(0.0)
                elif name in row.scores and (value := _number(row.scores[name])) is not None:
                    values.append(value)
            if values:
                metrics[f"{name}/{group}" if group else name] = mean(values)
    crashed = sum(1 for row in rows if row.error is not None)
    if crashed:
        metrics["crashed"] = Metric(float(crashed), len(rows), unit="cases")
    return metrics
