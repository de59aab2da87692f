"""Speed and memory: filling the starter corpus, adding reports, cold commands, warm answers at several sizes.

Sizes are exports in UHRI's shape, of UPR Info's texts where there is a data folder (made different by a date once they
run out), of the project's own phrases else. Each size is asked in a process of its own, so that its memory is its own.
Questions on an export have known answers (what was written), so quality by size is measured beside.
Times are medians, with the range from the 5th to the 95th percentile; rates are of several parts, with their range.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from corpus.static import encode
from corpus.tag import tag
from eval import rivals
from eval.context import Context
from eval.generate import uhri_export
from eval.model import OURS, CaseResult, Metric, Score, SuiteResult, aggregate, median

NAME = "speed"
_REPEATS = 5
_REPORTS, _FAST_REPORTS, _PARTS = 100, 6, 5
_BASELINE_REPORTS = 6
_SHARE = 4 / 5  # of a generated export's objects are recommendations


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cold(arguments: Sequence[str], home: Path, repeats: int = _REPEATS) -> Metric:
    """Seconds that a command takes in a process of its own."""
    environment = {**os.environ, "UPR_HOME": str(home)}
    command = [sys.executable, "-m", "ui.cli", *arguments]
    run = partial(subprocess.run, command, env=environment, check=True, capture_output=True)
    return median([_seconds(run) for _ in range(repeats)], "s")


def _starter(context: Context) -> dict[str, Metric]:
    home = context.home("starter")
    with context.library("starter") as library:
        took = _seconds(library.fill_from_starter)
    repeats = 1 if context.fast else _REPEATS
    commands = {
        "cold_search_s": ["search", "torture prevention", "-k", "3", "--json"],
        "cold_recs_s": ["recs", "--state", "Mongolia", "--count-by", "position", "--json"],
        "cold_ask_s": ["ask", "How many recommendations did Mongolia receive?", "--json"],
    }
    metrics = {name: cold(command, home, repeats) for name, command in commands.items()}
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000
    return {
        "starter_fill_s": Metric(took, unit="s"),
        **metrics,
        "cold_memory_mb": Metric(peak, unit="MB", note="peak of the largest cold command"),
    }


def _rate(
    work: Callable[[Sequence[object]], object], things: Sequence[object], parts: int = _PARTS
) -> Metric:
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
        "texts_encoded_per_s": _rate(lambda part: encode([str(one) for one in part]), texts),
        "texts_tagged_per_s": _rate(lambda part: tag([str(one) for one in part]), texts[:5_000]),
    }


def _adding(context: Context) -> list[SuiteResult]:
    """100 reports, ours; the common stack over a spread of fewer, because it would take the whole run."""
    folder = context.data / "wg-reports" if context.data else None
    if folder is None or not folder.is_dir():
        return []
    reports = sorted(folder.glob("*.pdf"))[: _FAST_REPORTS if context.fast else _REPORTS]
    with context.library("adding") as library:
        ours = _rate(lambda part: list(library.add([Path(str(one)) for one in part])), reports)
    results = [SuiteResult(NAME, {"reports_added_per_s": ours})]
    if context.baselines:
        module = rivals.stack()
        module.fresh(["the model is loaded before the clock starts"])
        stack = module.CommonStack(keep=False)
        chosen = reports[:: max(1, len(reports) // _BASELINE_REPORTS)][:_BASELINE_REPORTS]
        took = [_seconds(lambda path=path: stack.add([module.plain_text(path)])) for path in chosen]
        theirs = Metric(len(chosen) / sum(took), len(chosen), 1 / max(took), 1 / min(took), "/s")
        times = ours.value / theirs.value
        note = f"the stack's rate is of {len(chosen)} of the {len(reports)} reports, its model loaded before"
        results[0].metrics["reports_added_times_the_stack"] = Metric(times, len(reports), note=note)
        results.append(SuiteResult(NAME, {"reports_added_per_s": theirs}, system=stack.name))
    return results


def _export_texts(context: Context) -> list[str]:
    path = context.data / "upr-info" / "sessions-01-16.csv" if context.data else None
    if path is None or not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(dict.fromkeys(row["Text"].strip() for row in csv.DictReader(file) if row["Text"].strip()))


def _at_size(context: Context, size: int, texts: Sequence[str]) -> list[SuiteResult]:
    """Add an export of this size, then ask in a process of its own."""
    home = context.home(f"size-{size}")
    export = context.scratch / f"export-{size}.json"
    uhri_export(export, int(size / _SHARE), texts=texts)
    with context.library(f"size-{size}") as library:
        added = _seconds(lambda: list(library.add([export])))
    command = [sys.executable, "-m", "eval.asking", str(home), str(export)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    export.unlink()
    found = json.loads(said)
    ask = ["ask", f"How many recommendations did {found['state']} receive?", "--json"]
    disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1_000_000
    metrics = {
        f"warm_ask_ms/{size}": median(found["ask_ms"], "ms"),
        f"warm_search_ms/{size}": median(found["search_ms"], "ms"),
        f"cold_ask_s/{size}": cold(ask, home),
        f"warm_memory_mb/{size}": Metric(found["memory_mb"], unit="MB"),
        f"added_per_s/{size}": Metric(size / added, size, unit="/s", note="recommendations of an export"),
        f"disk_mb/{size}": Metric(disk, unit="MB"),
    }
    cases = [
        CaseResult(f"{name} {i} of {size:,}", (str(size),), {name: Score(right, why)})
        for name in ("counts_right", "known_item_in_first_5")
        for i, (right, why) in enumerate(found[name])
    ]
    quality = aggregate(cases, ["counts_right", "known_item_in_first_5"])
    by_size = {name: metric for name, metric in quality.items() if name.endswith(f"/{size}")}
    return [SuiteResult(NAME, {**metrics, **by_size}, tuple(cases))]


def speed(context: Context) -> list[SuiteResult]:
    """Everything above; no sizes in the fast subset."""
    results = [SuiteResult(NAME, {**_starter(context), **_models(context)}, system=OURS), *_adding(context)]
    texts = _export_texts(context)
    for size in () if context.fast else context.sizes:
        context.say(f"speed: {size:,} recommendations")
        results += _at_size(context, size, texts)
    return results
