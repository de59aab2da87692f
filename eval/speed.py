"""Speed: filling the starter corpus, adding reports, cold commands, warm answers at several sizes, memory."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from eval.context import Context
from eval.generate import uhri_export
from eval.model import Metric, SuiteResult
from index.filters import Facet, RecommendationFilters, SearchFilters

_REPEATS = 5
_REPORTS, _FAST_REPORTS, _BASELINE_REPORTS = 40, 6, 3
_SHARE = 4 / 5  # of a generated export's objects are recommendations
_QUESTIONS = (
    "How many recommendations did {state} receive?",
    "Which recommendations did {state} support?",
    "Which recommendations on the rights of children did {state} receive?",
    "Who recommended safe housing to {state}?",
)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def cold(arguments: Sequence[str], home: Path, repeats: int = _REPEATS) -> tuple[float, float]:
    """Median seconds and peak MB of a command in a process of its own."""
    environment = {**os.environ, "UPR_HOME": str(home)}
    took = []
    for _ in range(repeats):
        command = [sys.executable, "-m", "ui.cli", *arguments]
        took.append(
            _seconds(partial(subprocess.run, command, env=environment, check=True, capture_output=True))
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1_000
    return statistics.median(took), peak


def _starter(context: Context) -> dict[str, Metric]:
    home = context.home("starter")
    library = context.library("starter")
    took = _seconds(library.fill_from_starter)
    library.close()
    search, memory = cold(["search", "torture prevention", "-k", "3", "--json"], home)
    exact, _ = cold(["recs", "--state", "Mongolia", "--count-by", "position", "--json"], home)
    ask, _ = cold(["ask", "How many recommendations did Mongolia receive?", "--json"], home)
    return {
        "starter_fill_s": Metric(took, unit="s"),
        "cold_search_s": Metric(search, _REPEATS, unit="s"),
        "cold_memory_mb": Metric(memory, unit="MB", note="peak of the largest cold command"),
        "cold_recs_s": Metric(exact, _REPEATS, unit="s"),
        "cold_ask_s": Metric(ask, _REPEATS, unit="s"),
    }


def _encoding(context: Context) -> dict[str, Metric]:
    from corpus.static import encode

    text = "Adopt a plan for equal pay with the means it needs, in cooperation with civil society, case {}"
    texts = [text.format(i) for i in range(2_000 if context.fast else 20_000)]
    encode(texts[:100])
    return {"texts_encoded_per_s": Metric(len(texts) / _seconds(lambda: encode(texts)), unit="/s")}


def _adding(context: Context) -> list[SuiteResult]:
    folder = context.data / "wg-reports" if context.data else None
    if folder is None or not folder.is_dir():
        return []
    reports = sorted(folder.glob("*.pdf"))[: _FAST_REPORTS if context.fast else _REPORTS]
    library = context.library("adding")
    took = _seconds(lambda: list(library.add(reports)))
    library.close()
    results = [
        SuiteResult("speed", {"reports_added_per_s": Metric(len(reports) / took, len(reports), unit="/s")})
    ]
    if context.baselines:
        from eval.baselines import CommonStack, minilm, pypdf_text

        minilm()
        stack = CommonStack()
        chosen = reports[:_BASELINE_REPORTS]
        took = _seconds(lambda: stack.add([pypdf_text(path) for path in chosen]))
        rate = Metric(len(chosen) / took, len(chosen), unit="/s", note="model already loaded")
        results.append(
            SuiteResult("speed", {"reports_added_per_s": rate}, system=f"pypdf + {CommonStack.name}")
        )
    return results


def _warm(context: Context, size: int) -> dict[str, Metric]:
    from assistant.ask import Assistant

    library = context.library(f"size-{size}")
    export = context.scratch / f"export-{size}.json"
    uhri_export(export, int(size / _SHARE))
    added = _seconds(lambda: list(library.add([export])))
    export.unlink()
    states = list(library.count(RecommendationFilters(), Facet.STATE))[:10]
    assistant = Assistant(library, library.settings)
    library.warm()
    questions = [question.format(state=state) for state in states for question in _QUESTIONS]
    assistant.ask(questions[0])
    took = [_seconds(partial(assistant.ask, q)) for q in questions]
    searched = [
        _seconds(partial(library.search, q, k=10, filters=SearchFilters(), scope="recommendations"))
        for q in questions[:20]
    ]
    library.close()
    return {
        f"warm_ask_ms/{size}": Metric(1_000 * statistics.median(took), len(took), unit="ms"),
        f"warm_ask_p95_ms/{size}": Metric(1_000 * statistics.quantiles(took, n=20)[-1], len(took), unit="ms"),
        f"warm_search_ms/{size}": Metric(1_000 * statistics.median(searched), len(searched), unit="ms"),
        f"added_per_s/{size}": Metric(size / added, unit="/s", note="recommendations of an export"),
    }


def speed(context: Context) -> list[SuiteResult]:
    """Everything above; the sizes are the context's, the starter's own in the fast subset."""
    metrics = {**_starter(context), **_encoding(context)}
    for size in () if context.fast else context.sizes:
        context.say(f"speed: {size:,} recommendations")
        metrics |= _warm(context, size)
    metrics["memory_mb"] = Metric(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000, unit="MB")
    adding = _adding(context)
    if adding:
        metrics |= adding[0].metrics
    return [SuiteResult("speed", metrics), *adding[1:]]
