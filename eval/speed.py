"""Speed and memory: filling the starter corpus, adding reports, cold commands, warm answers at several sizes.

Sizes are exports in UHRI's shape, of UPR Info's texts where there is a data folder (made different by a date once they
run out), of the project's own phrases else (`eval.building`). Each size is asked in a process of its own, so that its
memory is its own.
Questions on an export have known answers (what was written), so quality by size is measured beside.
Times are medians, with the range from the 5th to the 95th percentile; rates are of several parts, with their range.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from corpus.static import encode
from corpus.tag import tag
from eval import rivals
from eval.building import Built
from eval.context import Context
from eval.model import OURS, CaseResult, Metric, Score, SuiteResult, aggregate, median
from eval.timed import spent

Thing = TypeVar("Thing")

NAME = "speed"
_REPEATS = 5
_REPORTS, _FAST_REPORTS, _PARTS = 100, 6, 5
_BASELINE_REPORTS = 6
_QUALITY = ("answered", "counts_right", "known_item_in_first_5")
_BESIDE = "recommendations of an export, added while other suites ran on another core"


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Cold:
    """What a command takes in processes of its own, one after another."""

    seconds: Metric
    megabytes: Metric


def cold(arguments: Sequence[str], home: Path, repeats: int = _REPEATS) -> Cold:
    """Run a command of `upr` so many times. Raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", "ui.cli", *arguments]
    runs = [spent(command, {"UPR_HOME": str(home)}) for _ in range(repeats)]
    return Cold(median([run.seconds for run in runs], "s"), median([run.megabytes for run in runs], "MB"))


def _starter(context: Context) -> dict[str, Metric]:
    with context.library("starter") as library:
        metrics = {"starter_fill_s": Metric(_seconds(library.fill_from_starter), unit="s")}
    commands = {
        "search": ["search", "torture prevention", "-k", "3", "--json"],
        "recs": ["recs", "--state", "Mongolia", "--count-by", "position", "--json"],
        "ask": ["ask", "How many recommendations did Mongolia receive?", "--json"],
    }
    for name, command in commands.items():
        found = cold(command, context.home("starter"), 1 if context.fast else _REPEATS)
        metrics |= {f"cold_{name}_s": found.seconds, f"cold_{name}_mb": found.megabytes}
    return metrics


def _rate(work: Callable[[Sequence[Thing]], object], things: Sequence[Thing], parts: int = _PARTS) -> Metric:
    """Things a second over all, with the range over parts of them."""
    size = max(1, len(things) // parts)
    cut = [things[i : i + size] for i in range(0, size * parts, size)]
    took = [_seconds(partial(work, part)) for part in cut if part]
    rates = [len(part) / seconds for part, seconds in zip(cut, took, strict=False)]
    return Metric(sum(map(len, cut)) / sum(took), len(things), min(rates), max(rates), "/s")


def _models(context: Context) -> dict[str, Metric]:
    """How fast texts get vectors and tags, in one process."""
    text = "Adopt a plan for equal pay with the means it needs, in cooperation with civil society, case {}"
    texts = [text.format(i) for i in range(2_000 if context.fast else 20_000)]
    encode(texts[:100])
    tag(texts[:10])
    return {
        "texts_encoded_per_s": _rate(encode, texts),
        "texts_tagged_per_s": _rate(tag, texts[:5_000]),
    }


def _add_plain(module: ModuleType, stack: rivals.Rival, path: Path) -> None:
    stack.add([module.plain_text(path)])


def _adding(context: Context) -> list[SuiteResult]:
    """100 reports, ours; the common stack over a spread of fewer, because it would take the whole run."""
    folder = context.data / "wg-reports" if context.data else None
    if folder is None or not folder.is_dir():
        return []
    reports = sorted(folder.glob("*.pdf"))[: _FAST_REPORTS if context.fast else _REPORTS]
    with context.library("adding") as library:
        ours = _rate(lambda part: list(library.add(part)), reports)
    results = [SuiteResult(NAME, {"reports_added_per_s": ours})]
    if context.baselines:
        module = rivals.stack()
        module.fresh(["the model is loaded before the clock starts"])
        stack = module.CommonStack(keep=False)
        chosen = reports[:: max(1, len(reports) // _BASELINE_REPORTS)][:_BASELINE_REPORTS]
        took = [_seconds(partial(_add_plain, module, stack, path)) for path in chosen]
        theirs = Metric(len(chosen) / sum(took), len(chosen), 1 / max(took), 1 / min(took), "/s")
        times = ours.value / theirs.value
        note = f"the stack's rate is of {len(chosen)} of the {len(reports)} reports, its model loaded before"
        results[0].metrics["reports_added_times_the_stack"] = Metric(times, len(reports), note=note)
        results.append(SuiteResult(NAME, {"reports_added_per_s": theirs}, system=stack.name))
    return results


def _at_size(built: Built) -> list[SuiteResult]:
    """Ask a library of an export in a process of its own."""
    size, home, export = built.size, Path(built.home), Path(built.export)
    asked = spent([sys.executable, "-m", "eval.asking", str(home), str(export)])
    export.unlink()
    found = json.loads(asked.output)
    ask = ["ask", f"How many recommendations did {found['state']} receive?", "--json"]
    disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1_000_000
    metrics = {
        f"warm_ask_ms/{size}": median(found["ask_ms"], "ms"),
        f"warm_search_ms/{size}": median(found["search_ms"], "ms"),
        f"cold_ask_s/{size}": cold(ask, home).seconds,
        f"warm_memory_mb/{size}": Metric(asked.megabytes, unit="MB"),
        f"added_per_s/{size}": Metric(size / built.seconds, size, unit="/s", note=_BESIDE),
        f"disk_mb/{size}": Metric(disk, unit="MB"),
    }
    cases = [
        CaseResult(f"{name} {i} of {size:,}", (str(size),), {name: Score(right, why)})
        for name in _QUALITY
        for i, (right, why) in enumerate(found[name])
    ]
    quality = aggregate(cases, list(_QUALITY))
    by_size = {name: metric for name, metric in quality.items() if name.endswith(f"/{size}")}
    return [SuiteResult(NAME, {**metrics, **by_size}, tuple(cases))]


def speed(context: Context) -> list[SuiteResult]:
    """Everything above. Nothing else runs meanwhile: what was built beside other suites is waited for first."""
    sizes = context.builder.built() if context.builder else []
    results = [SuiteResult(NAME, {**_starter(context), **_models(context)}, system=OURS), *_adding(context)]
    for built in sizes:
        context.say(f"speed: {built.size:,} recommendations")
        results += _at_size(built)
    return results
