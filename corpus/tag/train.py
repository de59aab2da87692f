"""Train the models of themes and of action categories: `python -m corpus.tag.train --data FOLDER`.

FOLDER holds `upr-info/sessions-01-16.csv`. With `--check` the models are trained on sessions 1-13 only, measured on
14-16, and nothing is written. Needs scikit-learn (extra `test`).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.tag.features import features
from corpus.tag.linear import Floats, LinearModel, save

HERE = Path(__file__).parent
LAST_TRAINING_SESSION = 13
VOCABULARY = 45_000
FOLDS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One recommendation with UPR Info's tags."""

    text: str
    themes: tuple[str, ...]
    action: int
    session: int


def examples(data: Path) -> list[Example]:
    """Read UPR Info's export."""
    with (data / "upr-info" / "sessions-01-16.csv").open(encoding="utf-8-sig", newline="") as file:
        return [
            Example(
                row["Text"],
                tuple(t.strip() for t in row["Issue"].split(",") if t.strip()),
                int(row["Action"]),
                int(row["Session"]),
            )
            for row in csv.DictReader(file)
        ]


@dataclass(frozen=True)
class _Task:
    labels: tuple[str, ...]
    truth: NDArray[np.int8]
    with_opening: bool
    cost: float


def theme_task(found: Sequence[Example]) -> _Task:
    """Which themes each example has."""
    labels = tuple(sorted({t for e in found for t in e.themes}))
    truth = np.array([[label in e.themes for label in labels] for e in found], dtype=np.int8)
    return _Task(labels, truth, with_opening=False, cost=0.5)


def action_task(found: Sequence[Example]) -> _Task:
    """Which action category each example has."""
    labels = tuple("12345")
    truth = np.array([[int(label) == e.action for label in labels] for e in found], dtype=np.int8)
    return _Task(labels, truth, with_opening=True, cost=0.3)


def _fit_planes(rows: object, truth: NDArray[np.int8], cost: float) -> tuple[Floats, Floats]:
    from sklearn.svm import LinearSVC

    weights = np.zeros((rows.shape[1], truth.shape[1]), np.float32)  # type: ignore[attr-defined]
    bias = np.full(truth.shape[1], -1, np.float32)
    for j in range(truth.shape[1]):
        if truth[:, j].any():
            model = LinearSVC(C=cost, tol=1e-2, random_state=0).fit(rows, truth[:, j])
            weights[:, j], bias[j] = model.coef_[0], model.intercept_[0]
    return weights, bias


def best_threshold(distances: Floats, truth: NDArray[np.int8]) -> float:
    """The distance that gives one label its best F1, drawn a little towards the middle of near-equals."""
    order = np.argsort(-distances)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    good = np.flatnonzero(f1 >= f1.max() - 0.002)
    return float(np.median(distances[order[good]]))


def train(texts: Sequence[str], task: _Task, keep: int = VOCABULARY) -> LinearModel:
    """Choose features, fit the planes, and set thresholds on folds that the planes have not seen."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.model_selection import KFold

    def analyse(text: str) -> list[str]:
        return features(text, with_opening=task.with_opening)

    def vectors(names: list[str] | None) -> tuple[object, TfidfVectorizer]:
        vectorizer = TfidfVectorizer(
            analyzer=analyse, min_df=3, sublinear_tf=True, dtype=np.float32, vocabulary=names
        )
        return vectorizer.fit_transform(texts), vectorizer

    rows, vectorizer = vectors(None)
    weights, _ = _fit_planes(rows, task.truth, task.cost)
    names = vectorizer.get_feature_names_out()
    strength = np.abs(weights).max(axis=1) / vectorizer.idf_
    chosen = sorted(names[i] for i in np.argsort(-strength)[:keep])
    rows, vectorizer = vectors(chosen)
    unseen = np.zeros(task.truth.shape, np.float32)
    for seen, held in KFold(FOLDS, shuffle=True, random_state=0).split(texts):
        weights, bias = _fit_planes(rows[seen], task.truth[seen], task.cost)  # type: ignore[index]
        unseen[held] = rows[held] @ weights + bias  # type: ignore[index]
    threshold = np.array([best_threshold(unseen[:, j], task.truth[:, j]) for j in range(len(task.labels))])
    weights, bias = _fit_planes(rows, task.truth, task.cost)
    return LinearModel(
        labels=task.labels,
        vocabulary=tuple(chosen),
        idf=vectorizer.idf_.astype(np.float32),
        weights=weights,
        bias=bias,
        threshold=threshold.astype(np.float32),
        steepness=4.0,
        with_runs=True,
        with_opening=task.with_opening,
    )


def micro_f1(truth: NDArray[np.int8], guess: NDArray[np.bool_]) -> float:
    """F1 over all labels of all texts together."""
    return float(2 * (truth * guess).sum() / max(1, truth.sum() + guess.sum()))


def check(data: Path) -> dict[str, float]:
    """Train on sessions 1-13, measure on 14-16."""
    found = examples(data)
    early = [e for e in found if e.session <= LAST_TRAINING_SESSION]
    late = [e for e in found if e.session > LAST_TRAINING_SESSION]
    texts = [e.text for e in late]
    labels = theme_task(found).labels
    task = theme_task(early)
    model = train([e.text for e in early], task)
    truth = np.array([[label in e.themes for label in model.labels] for e in late], dtype=np.int8)
    themes = micro_f1(truth, model.scores(texts) >= 0.5)
    task = action_task(early)
    model = train([e.text for e in early], task)
    guess = model.distances(model.rows(texts)).argmax(axis=1) + 1
    return {
        "themes_micro_f1": round(themes, 4),
        "action_accuracy": round(float(np.mean(guess == np.array([e.action for e in late]))), 4),
        "labels": len(labels),
        "texts": len(late),
    }


def main() -> None:
    """Train, or with `--check` measure, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    if arguments.check:
        sys.stdout.write(json.dumps(check(arguments.data)) + "\n")
        return
    found = examples(arguments.data)
    texts = [e.text for e in found]
    save(HERE / "data" / "themes.npz", train(texts, theme_task(found)))
    save(HERE / "data" / "action.npz", train(texts, action_task(found)))


if __name__ == "__main__":
    main()
