"""Pictures of a report, as SVG: latency by size, quality by size, quality by language.

Drawn with matplotlib (extra `test`), which needs no browser and no network; text stays text, so that it can be read
and searched, and the files carry no date, so that the same report draws the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.model import Language
from eval.errors import EvaluationError
from eval.model import OURS, Metric, Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (6.4, 3.4)
_COLOURS = ("#1f5f8b", "#c8553d", "#588157", "#8d6a9f", "#b08900", "#5c6770")
Series = Mapping[str, Mapping[str, Metric]]
"""By name of a line or bar: its figure at each place of the axis."""


def draw(report: Report, folder: Path) -> list[Path]:
    """Write the pictures that the report has figures for; gives their paths. Raises EvaluationError."""
    if find_spec("matplotlib") is None:
        raise EvaluationError("Pictures need matplotlib.", "Install the extra: pip install '.[test]'.")
    folder.mkdir(parents=True, exist_ok=True)
    planned: tuple[tuple[str, Series, Callable[[Axes, Series], None], str, str], ...] = (
        ("latency-by-size", _by_size(report, _LATENCY), _lines, "recommendations", "milliseconds, median"),
        ("quality-by-size", _by_size(report, _QUALITY), _lines, "recommendations", "share right"),
        ("quality-by-language", _by_language(report), _bars, "language", "share right"),
        ("twins-by-language", _twins(report), _bars, "language of the query", "English twin found first"),
    )
    return [
        _picture(folder / f"{name}.svg", series, plot, across, up)
        for name, series, plot, across, up in planned
        if series
    ]


_LATENCY = {"warm_ask_ms": "a question answered", "warm_search_ms": "a search"}
_QUALITY = {"counts_right": "counts right", "known_item_in_first_5": "known item among the first five"}


def _by_size(report: Report, named: Mapping[str, str]) -> Series:
    result = report.of("speed")
    if result is None:
        return {}
    found: dict[str, dict[str, Metric]] = {}
    for name, metric in result.metrics.items():
        base, _, size = name.partition("/")
        if base in named and size.isdigit():
            found.setdefault(named[base], {})[size] = metric
    return {name: dict(sorted(some.items(), key=lambda one: int(one[0]))) for name, some in found.items()}


def _by_language(report: Report) -> Series:
    wanted = {
        "answers right": ("answers", "right"),
        "declined where due": ("abstention", "declined"),
        "paragraph among the first five": ("retrieval", "paragraph_in_first_5"),
        "themes as in English": ("tags", "themes_agreement"),
    }
    found = {name: _languages(report, suite, OURS, metric) for name, (suite, metric) in wanted.items()}
    return {name: some for name, some in found.items() if some}


def _twins(report: Report) -> Series:
    own = [r for r in report.results if r.suite == "retrieval"]
    found = {r.system: _languages(report, r.suite, r.system, "first_hit") for r in own}
    return {system: some for system, some in found.items() if some}


def _languages(report: Report, suite: str, system: str, metric: str) -> dict[str, Metric]:
    result = report.of(suite, system)
    names = {language.value: f"{metric}/{language.value}" for language in Language}
    return {code: result.metrics[name] for code, name in names.items() if result and name in result.metrics}


def _picture(path: Path, series: Series, plot: Callable[[Axes, Series], None], across: str, up: str) -> Path:
    import matplotlib  # an optional package, loaded in this one place
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": path.stem, "font.size": 9}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.add_subplot()
        plot(axes, series)
        axes.set_xlabel(across)
        axes.set_ylabel(up)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", alpha=0.3)
        axes.set_axisbelow(True)
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
        figure.savefig(path, metadata={"Date": None})
    return path


def _error(metric: Metric) -> tuple[float, float]:
    low = metric.value if metric.low is None else metric.low
    high = metric.value if metric.high is None else metric.high
    return max(0.0, metric.value - low), max(0.0, high - metric.value)


def _lines(axes: Axes, series: Series) -> None:
    for colour, (name, some) in zip(_COLOURS, series.items(), strict=False):
        sizes = [int(size) for size in some]
        values = [metric.value for metric in some.values()]
        errors = list(zip(*(_error(metric) for metric in some.values()), strict=True))
        axes.errorbar(sizes, values, yerr=errors, marker="o", capsize=3, color=colour, label=name)
    axes.set_xscale("log")
    sizes = sorted({int(size) for some in series.values() for size in some})
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)


def _bars(axes: Axes, series: Series) -> None:
    places = list(dict.fromkeys(place for some in series.values() for place in some))
    width = 0.8 / len(series)
    for i, (colour, (name, some)) in enumerate(zip(_COLOURS, series.items(), strict=False)):
        shown = [(j, some[place]) for j, place in enumerate(places) if place in some]
        errors = list(zip(*(_error(metric) for _, metric in shown), strict=True))
        axes.bar(
            [j + (i - (len(series) - 1) / 2) * width for j, _ in shown],
            [metric.value for _, metric in shown],
            width,
            yerr=errors,
            error_kw={"linewidth": 0.8, "alpha": 0.6},
            color=colour,
            label=name,
        )
    axes.set_xticks(range(len(places)), places)
    axes.set_ylim(0, 1.05)
