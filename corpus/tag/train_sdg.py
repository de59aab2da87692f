"""Train the SDG model: `python -m corpus.tag.train_sdg --data FOLDER` (`--check` only measures).

FOLDER holds OHCHR's matrix of cycle 3 (`slovenia/cycle-3/*Thematic*.docx`), `sdg/benchmark.csv` and
`upr-info/sessions-01-16.csv`. Needs scikit-learn (extra `test`). Train the
themes and the heads first.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Language
from corpus.tag import sdg, taxonomy
from corpus.tag.evidence import GOALS, Evidence, read
from corpus.tag.features import words
from corpus.tag.sdg import Inputs, SdgModel
from corpus.tag.tagger import english_theme_scores
from corpus.tag.train import examples, micro_f1

Floats = NDArray[np.float32]
COST = 0.5
SCALE = 2.0
FOLDS = 10
THRESHOLDS = np.arange(0.25, 0.6, 0.025)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A recommendation with the goals that OHCHR gave it."""

    text: str
    goals: frozenset[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """A text of the benchmark: is it about the goal?"""

    text: str
    goal: int
    label: bool


_NUMBER = re.compile(r"\s*\d+\.\s?\d+\.?\s*")
_AFTER = re.compile(r"\n?\s*Source of [Pp]osition.*", re.DOTALL)
_STATES = re.compile(r"(?:\s*\([A-Z][^()]*\))+;?\s*$")
_GOAL = re.compile(r"-\s*(\d{1,2})(?:\.\w+)?\s*-")


def matrix(path: Path) -> list[Labelled]:
    """Read an OHCHR matrix with SDGs (cycle 3's layout), each recommendation once."""
    from docx import Document

    found: dict[str, Labelled] = {}
    for row in Document(str(path)).tables[0].rows[1:]:
        cells = [cell.text for cell in row.cells]
        number = _NUMBER.match(cells[0])
        if not number or len(set(cells)) == 1:
            continue
        text = _AFTER.sub("", cells[0][number.end() :]).replace("\n", " ").strip()
        goals = frozenset(int(g) for g in _GOAL.findall(cells[2]))
        found[number.group()] = Labelled(_STATES.sub("", text), goals)
    return list(found.values())


def matrices(data: Path) -> list[Labelled]:
    """All recommendations of the matrices with SDGs in the data folder."""
    paths = sorted((data / "slovenia" / "cycle-3").glob("*Thematic*.docx"))
    return [labelled for path in paths for labelled in matrix(path)]


def benchmark(data: Path) -> list[Judged]:
    """Read the SDGClassification benchmark."""
    with (data / "sdg" / "benchmark.csv").open(encoding="utf-8", newline="") as file:
        return [Judged(r["text"], int(r["sdg"]), r["label"] == "True") for r in csv.DictReader(file)]


def prepare(texts: Sequence[str]) -> tuple[Evidence, Inputs]:
    """Evidence and inputs of English texts."""
    evidence = read(texts, Language.ENGLISH)
    return evidence, sdg.inputs(evidence, english_theme_scores(evidence))


def truth_of(found: Sequence[Labelled]) -> NDArray[np.int8]:
    """A row a recommendation, a column a goal."""
    return np.array([[goal in f.goals for goal in GOALS] for f in found], dtype=np.int8)


def fit_asked(given: Inputs, truth: NDArray[np.int8], rows: NDArray[np.int64]) -> list[Floats]:
    """Weights of the shared inputs, of the prior, of mentions, and the bias.

    The prior and the mentions are scaled up, so that regularisation hardly holds them: where a goal has few
    examples, they decide. A goal with fewer than three gets no number for its bias: it is linked by rule.
    """
    from sklearn.linear_model import LogisticRegression

    shared = np.zeros((given.shared.shape[1], len(GOALS)), np.float32)
    own = np.zeros((2, len(GOALS)), np.float32)
    bias = np.full(len(GOALS), np.nan, np.float32)
    for j in range(len(GOALS)):
        if truth[rows, j].sum() < 3:
            continue
        x = np.c_[given.shared[rows], SCALE * given.prior[rows, j] / 2, SCALE * given.mentions[rows, j]]
        model = LogisticRegression(C=COST, max_iter=3000).fit(x, truth[rows, j])
        shared[:, j] = model.coef_[0][:-2]
        own[:, j] = model.coef_[0][-2:] * np.array([SCALE / 2, SCALE])
        bias[j] = model.intercept_[0]
    return [shared, own[0], own[1], bias]


def unseen_scores(given: Inputs, truth: NDArray[np.int8], folds: Sequence[NDArray[np.int64]]) -> Floats:
    """Scores of each recommendation from a model that has not seen its fold."""
    out = np.zeros(truth.shape, np.float32)
    everything = np.arange(len(truth))
    for held in folds:
        shared, prior, mentions, bias = fit_asked(given, truth, np.setdiff1d(everything, held))
        model = SdgModel(shared, prior, mentions, bias, np.zeros(4, np.float32), frozenset())
        out[held] = model.asked(given)[held]
    return out


def best_cut(scores: Floats, truth: NDArray[np.int8]) -> float:
    """The score from which a goal is linked: best micro-F1."""
    return float(max(THRESHOLDS, key=lambda cut: micro_f1(truth, scores >= cut)))


def fit_about(judged: Sequence[Judged], given: Inputs, lengths: Floats, rows: NDArray[np.int64]) -> Floats:
    """Weights of what a text is about, with the bias last."""
    from sklearn.linear_model import LogisticRegression

    goal = np.array([j.goal - 1 for j in judged])
    x = sdg.about_inputs(given, lengths)[np.arange(len(judged)), goal]
    label = np.array([j.label for j in judged])
    model = LogisticRegression(C=1.0, max_iter=1000).fit(x[rows], label[rows])
    return np.append(model.coef_[0], model.intercept_[0]).astype(np.float32)


def openings(data: Path) -> frozenset[str]:
    """English words that open recommendations: at least ten times, and in at least a tenth of their occurrences."""
    first: Counter[str] = Counter()
    anywhere: Counter[str] = Counter()
    for example in examples(data):
        found = words(example.text)
        anywhere.update(found)
        first.update(found[:1])
    return frozenset(w for w, n in first.items() if n >= 10 and n / anywhere[w] >= 0.1)


def folds_of(count: int, seed: int = 0) -> list[NDArray[np.int64]]:
    """A shuffled split into folds."""
    return [
        np.asarray(part) for part in np.array_split(np.random.default_rng(seed).permutation(count), FOLDS)
    ]


def check(data: Path) -> dict[str, float]:
    """Goals on OHCHR's cycle 3 in cross-validation (shuffled; by theme blocks), and the benchmark likewise."""
    found = matrices(data)
    _, given = prepare([f.text for f in found])
    truth = truth_of(found)
    blocks = list(np.array_split(np.arange(len(found)), FOLDS))
    result = {
        "sdg_goals_micro_f1": float(
            np.mean([_crossed(given, truth, folds_of(len(found), s)) for s in range(3)])
        ),
        "sdg_goals_micro_f1_by_blocks": _crossed(given, truth, blocks),
        "sdg_goals_micro_f1_prior_only": micro_f1(truth, given.prior >= 0),
    }
    result.update(check_benchmark(data))
    return {name: round(value, 4) for name, value in result.items()}


def _crossed(given: Inputs, truth: NDArray[np.int8], folds: Sequence[NDArray[np.int64]]) -> float:
    """Micro-F1 where neither the weights nor the cut of a fold were chosen on it."""
    scores = unseen_scores(given, truth, folds)
    guess = np.zeros(truth.shape, np.bool_)
    for held in folds:
        others = np.setdiff1d(np.arange(len(truth)), held)
        guess[held] = scores[held] >= best_cut(scores[others], truth[others])
    return micro_f1(truth, guess)


def check_benchmark(data: Path) -> dict[str, float]:
    """F1 on the benchmark, averaged over goals: cross-validated, and with no training (two mentions or more)."""
    judged = benchmark(data)
    evidence, given = prepare([j.text for j in judged])
    lengths = evidence.lengths()
    goal = np.array([j.goal - 1 for j in judged])
    label = np.array([j.label for j in judged])
    guess = np.zeros(len(judged), bool)
    for held in folds_of(len(judged)):
        about = fit_about(judged, given, lengths, np.setdiff1d(np.arange(len(judged)), held))
        nothing = np.zeros(1, np.float32)
        model = SdgModel(nothing, nothing, nothing, nothing, about, frozenset())
        guess[held] = model.is_about(given, lengths)[held, goal[held]] >= sdg.LEAST
    two = given.mentions[np.arange(len(judged)), goal] >= np.log1p(2) - 1e-6
    return {
        "benchmark_f1": _by_goal(guess, label, goal),
        "benchmark_f1_untrained": _by_goal(two, label, goal),
        "benchmark_accuracy": float((guess == label).mean()),
    }


def _by_goal(guess: NDArray[np.bool_], label: NDArray[np.bool_], goal: NDArray[np.int64]) -> float:
    f1 = []
    for g in np.unique(goal):
        hit = (guess & label)[goal == g].sum()
        f1.append(2 * hit / max(1, guess[goal == g].sum() + label[goal == g].sum()))
    return float(np.mean(f1))


def train(data: Path) -> SdgModel:
    """Fit both questions on everything; the cut found in cross-validation becomes a score of 0.5."""
    found = matrices(data)
    _, given = prepare([f.text for f in found])
    truth = truth_of(found)
    cut = best_cut(unseen_scores(given, truth, folds_of(len(found))), truth)
    shared, prior, mentions, bias = fit_asked(given, truth, np.arange(len(found)))
    judged = benchmark(data)
    evidence, texts = prepare([j.text for j in judged])
    about = fit_about(judged, texts, evidence.lengths(), np.arange(len(judged)))
    bias = bias - np.float32(np.log(cut / (1 - cut)))
    return SdgModel(shared, prior, mentions, bias, about, openings(data))


def main() -> None:
    """Train, or with `--check` measure, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.check:
        sys.stdout.write(json.dumps(check(arguments.data)) + "\n")
        return
    train(arguments.data).save(taxonomy.DATA / "sdg.npz")


if __name__ == "__main__":
    main()
