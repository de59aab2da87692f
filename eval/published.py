"""Figures that others published on the same work. None of them was run here; each says where it was read."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files

from eval.model import Metric, SuiteResult


@dataclass(frozen=True, slots=True)
class Published:
    """One published figure, and its source."""

    suite: str
    metric: str
    system: str
    value: float
    source: str


def published() -> list[Published]:
    """Every figure of `data/published.csv`, in file order."""
    with files("eval").joinpath("data", "published.csv").open(encoding="utf-8") as file:
        return [
            Published(row["suite"], row["metric"], row["system"], float(row["value"]), row["source"])
            for row in csv.DictReader(file)
        ]


def beside(result: SuiteResult) -> list[SuiteResult]:
    """Published figures of the metrics that a result has, as systems named "…, published"."""
    found: dict[str, dict[str, Metric]] = {}
    sources: dict[str, str] = {}
    for one in published():
        if one.suite == result.suite and one.metric in result.metrics:
            system = f"{one.system}, published"
            found.setdefault(system, {})[one.metric] = Metric(one.value, 0)
            sources[system] = one.source
    return [
        SuiteResult(result.suite, metrics, system=system, notes=(f"not run here; {sources[system]}",))
        for system, metrics in found.items()
    ]
