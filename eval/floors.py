"""The least that the fast subset may measure.

`floors.toml` has a table for the starter corpus and one for a data folder. A floor is a list of steps, oldest first,
each with its date and reason; the last one holds. Floors only move up: a step below the one before it is refused.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from eval.errors import EvaluationError
from eval.model import Report

FLOORS = Path(__file__).parent / "floors.toml"


@dataclass(frozen=True, slots=True)
class Floor:
    """What one metric of one suite must reach, and why."""

    suite: str
    metric: str
    at_least: float
    reason: str


def floors(*, real: bool, path: Path = FLOORS) -> list[Floor]:
    """The floors for real documents, or for the starter corpus. Raises EvaluationError for one that moved down."""
    table: Mapping[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    found = []
    for suite, metrics in table.get("data" if real else "starter", {}).items():
        for metric, steps in metrics.items():
            found.append(_floor(suite, metric, steps))
    return found


def _floor(suite: str, metric: str, steps: list[Mapping[str, Any]]) -> Floor:
    name = f"{suite}/{metric}"
    if not steps:
        raise EvaluationError(f"The floor of {name!r} has no step.", "Give {on, at_least, reason}.")
    for step in steps:
        if not isinstance(step.get("on"), date) or not step.get("reason") or "at_least" not in step:
            raise EvaluationError(
                f"A step of the floor of {name!r} is {step!r}.", "Give on, at_least and reason."
            )
    for before, after in pairwise(steps):
        if after["at_least"] < before["at_least"] or after["on"] < before["on"]:
            raise EvaluationError(
                f"The floor of {name!r} goes from {before['at_least']} to {after['at_least']}.",
                "Floors only move up; mend what fell.",
            )
    return Floor(suite, metric, float(steps[-1]["at_least"]), str(steps[-1]["reason"]))


def below(report: Report, wanted: list[Floor]) -> list[str]:
    """What is not reached, in words: floors, floors not measured, and crashes.

    A suite that did not run is not judged.
    """
    missed = []
    for floor in wanted:
        result = report.of(floor.suite)
        if result is None:
            continue
        metric = result.metrics.get(floor.metric)
        name = f"{floor.suite}/{floor.metric}"
        if metric is None:
            missed.append(f"{name}: not measured, floor {floor.at_least}")
        elif metric.value < floor.at_least - 1e-9:
            missed.append(f"{name}: {metric.value:.4f} is below {floor.at_least} ({floor.reason})")
    for result in report.results:
        if "crashed" in result.metrics:
            reasons = [case.error for case in result.cases if case.error]
            missed.append(f"{result.suite} ({result.system}): {len(reasons)} crashed, first {reasons[0]}")
    return missed
