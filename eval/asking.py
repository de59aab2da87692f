"""A library of an export, asked in a process of its own: `python -m eval.asking HOME EXPORT` prints JSON.

Counts are compared with what the export says, read here without the index. A known item is a recommendation asked for
by its six rarest words; any other round of the same text counts as found.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from assistant.ask import Assistant
from corpus.settings import Settings
from eval.retrieval import rare_words
from index.filters import SearchFilters
from index.library import Library

_STATES = 10
_ITEMS = 40
_QUESTIONS = (
    "Which recommendations did {state} support?",
    "Which recommendations on the rights of children did {state} receive?",
    "Who recommended safe housing to {state}?",
)
_BEGINNING = 60
Found = TypeVar("Found")


def _timed(work: Callable[[], Found], took: list[float]) -> Found:
    began = time.perf_counter()
    found = work()
    took.append(1_000 * (time.perf_counter() - began))
    return found


def _read(export: Path) -> tuple[Counter[str], list[str]]:
    """How many recommendations each State has, and every text without its number."""
    counts: Counter[str] = Counter()
    texts = []
    for row in json.loads(export.read_text(encoding="utf-8")):
        if row["AnnotationType"] == "- Recommendations":
            counts[row["Countries"][0].removeprefix("- ")] += 1
            texts.append(row["Text"].removeprefix("- ").partition(" ")[2])
    return counts, texts


def measure(home: Path, export: Path) -> dict[str, Any]:
    """Times in milliseconds, and whether questions are answered, counts right and known items found."""
    counts, texts = _read(export)
    asked = list(range(0, len(texts), max(1, len(texts) // _ITEMS)))[:_ITEMS]
    queries = dict(zip(asked, rare_words([texts[i] for i in asked], 6), strict=True))
    beginnings = {i: texts[i][:_BEGINNING] for i in asked}
    states = sorted(counts)[:: max(1, len(counts) // _STATES)][:_STATES]
    del texts
    found: dict[str, Any] = {
        "ask_ms": [],
        "search_ms": [],
        "answered": [],
        "counts_right": [],
        "known_item_in_first_5": [],
    }
    with Library.open(Settings(home=home, starter=False)) as library:
        assistant = Assistant(library, library.settings)
        library.warm()
        assistant.ask(f"How many recommendations did {states[-1]} receive?")
        for state in states:
            question = f"How many recommendations did {state} receive?"
            answer = _timed(partial(assistant.ask, question), found["ask_ms"])
            found["answered"].append((not answer.abstained, answer.reason or ""))
            said = [float(figure.value) for figure in answer.figures[:1]]
            right = said == [float(counts[state])]
            found["counts_right"].append((right, f"{said} for {counts[state]} of {state}"))
            for wording in _QUESTIONS:
                _timed(partial(assistant.ask, wording.format(state=state)), found["ask_ms"])
        search = partial(library.search, k=5, filters=SearchFilters(), scope="recommendations")
        for i, query in queries.items():
            hits = _timed(partial(search, query), found["search_ms"])
            is_found = any(beginnings[i] in hit.text for hit in hits)
            found["known_item_in_first_5"].append((is_found, query))
    found["state"] = states[0]
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n")
