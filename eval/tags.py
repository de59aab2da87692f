"""How good the tagger is: themes, action, SDGs, the six languages, against people's tags.

`measure` trains again where a figure needs it (themes and action on sessions 1-13, measured on 14-16; SDGs and the
benchmark in cross-validation), so that no figure is of a text the model has seen. It takes some minutes on two cores.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.model import Language, Tags
from corpus.tag import tag, train, train_head, train_sdg

SIX_LANGUAGES = Path(__file__).parent / "sets" / "recommendations_six_languages.jsonl"
TIMED = 40_000
# Published or measured elsewhere, to stand beside ours: a first trial's linear model; the zero-shot and trained
# all-MiniLM-L6-v2 stack on OHCHR's matrices; text2sdg's and GPT-4o's F1 on the benchmark.
RIVALS = {
    "themes_micro_f1": {"linear model, first trial": 0.90},
    "action_accuracy": {"linear model, first trial": 0.88},
    "sdg_goals_micro_f1": {
        "all-MiniLM-L6-v2, zero-shot": 0.39,
        "all-MiniLM-L6-v2, trained on another cycle": 0.63,
    },
    "benchmark_f1": {"text2sdg": 0.83, "GPT-4o": 0.88},
}


def measure(data: Path) -> dict[str, float]:
    """All figures by name. `data` is the folder of real data (`UPR_TEST_DATA`); needs scikit-learn."""
    return {
        **train_head.check(data),
        **train_sdg.check(data),
        **agreement(),
        **speed(data),
    }


def agreement() -> dict[str, float]:
    """How far tags of a translation agree with those of the English original (F1 over all texts together).

    The 200 recommendations and their translations are our own, written by the hand that wrote the terms: an upper
    bound for other people's wording.
    """
    rows = [json.loads(line) for line in SIX_LANGUAGES.read_text(encoding="utf-8").splitlines()]
    english = tag([row["en"] for row in rows], Language.ENGLISH)
    result: dict[str, float] = {}
    for language in Language:
        if language is Language.ENGLISH:
            continue
        other = tag([row[language] for row in rows], language)
        result[f"themes_agreement_{language}"] = _f1(
            [_themes(t) for t in english], [_themes(t) for t in other]
        )
        result[f"goals_agreement_{language}"] = _f1([_goals(t) for t in english], [_goals(t) for t in other])
    return result


def _themes(tags: Tags) -> set[str]:
    return {theme.name for theme in tags.themes}


def _goals(tags: Tags) -> set[str]:
    return {str(link.goal) for link in tags.sdgs}


def _f1(expected: Iterable[set[str]], found: Sequence[set[str]]) -> float:
    pairs = list(zip(expected, found, strict=True))
    both = sum(len(a & b) for a, b in pairs)
    return round(2 * both / max(1, sum(len(a) + len(b) for a, b in pairs)), 4)


def speed(data: Path) -> dict[str, float]:
    """Seconds to tag 40,000 recommendations in one process."""
    texts = [example.text for example in train.examples(data)]
    texts = (texts * (TIMED // max(1, len(texts)) + 1))[:TIMED]
    tag(texts[:10])
    start = time.perf_counter()
    tag(texts)
    return {"seconds_for_40000": round(time.perf_counter() - start, 1)}
