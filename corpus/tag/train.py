"""Train the models of themes and of action categories: `python -m corpus.tag.train --data FOLDER`.

FOLDER holds `upr-info/sessions-01-16.csv`. Measuring on later sessions is `corpus.tag.train_head --check`, which needs
both kinds of model. Needs scikit-learn (extra `test`).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.tag.features import features
from corpus.tag.linear import LinearModel, save

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

Floats = NDArray[np.float32]
HERE = Path(__file__).parent
LAST_TRAINING_SESSION = 13
FOLDS = 3
SHRINKAGE = 2000


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
    odds_power: float


def theme_task(found: Sequence[Example], labels: tuple[str, ...] = ()) -> _Task:
    """Which themes each example has; by default a column each theme that occurs."""
    labels = labels or tuple(sorted({t for e in found for t in e.themes}))
    truth = np.array([[label in e.themes for label in labels] for e in found], dtype=np.int8)
    return _Task(labels, truth, with_opening=False, cost=0.4, odds_power=0.6)


def action_task(found: Sequence[Example]) -> _Task:
    """Which action category each example has."""
    labels = tuple("12345")
    truth = np.array([[int(label) == e.action for label in labels] for e in found], dtype=np.int8)
    return _Task(labels, truth, with_opening=True, cost=0.3, odds_power=0.5)


def _fit_planes(rows: csr_matrix, task: _Task, among: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """One plane a label over naive-Bayes-scaled features (Wang and Manning 2012), folded back into plain weights."""
    from sklearn.svm import LinearSVC

    seen, truth = rows[among], task.truth[among]
    present = (seen > 0).astype(np.float32)
    weights = np.zeros((rows.shape[1], truth.shape[1]), np.float32)
    bias = np.full(truth.shape[1], -1, np.float32)
    for j in range(truth.shape[1]):
        chosen = truth[:, j] == 1
        if not chosen.any():
            continue
        with_label = np.asarray(present[chosen].sum(axis=0)).ravel() + 1
        without = np.asarray(present[~chosen].sum(axis=0)).ravel() + 1
        odds = np.log((with_label / with_label.sum()) / (without / without.sum()))
        scale = (np.abs(odds) ** task.odds_power).astype(np.float32)
        scaled = seen.copy()
        scaled.data *= scale[scaled.indices]
        model = LinearSVC(C=task.cost, tol=1e-2, random_state=0).fit(scaled, truth[:, j])
        weights[:, j], bias[j] = model.coef_[0] * scale, model.intercept_[0]
    return weights, bias


def best_threshold(distances: Floats, truth: NDArray[np.int8]) -> float:
    """The distance above which F1 (of one label, or of all together when flattened) is best."""
    order = np.argsort(-distances)
    hits = np.cumsum(truth[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + truth.sum())
    return float(distances[order[f1.argmax()]])


def thresholds(distances: Floats, truth: NDArray[np.int8]) -> Floats:
    """Each label's best threshold, drawn towards the best common one the more, the rarer the label."""
    common = best_threshold(distances.ravel(), truth.ravel())
    own = np.array([best_threshold(distances[:, j], truth[:, j]) for j in range(truth.shape[1])])
    count = truth.sum(axis=0)
    out: Floats = ((count * own + SHRINKAGE * common) / (count + SHRINKAGE)).astype(np.float32)
    return out


def train(found: Sequence[Example], task: _Task) -> LinearModel:
    """Fit the planes, and set thresholds on sessions that the planes have not seen."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(
        analyzer=lambda text: features(text, with_opening=task.with_opening),
        min_df=3,
        sublinear_tf=True,
        dtype=np.float32,
    )
    rows = vectorizer.fit_transform([e.text for e in found])
    session = np.array([e.session for e in found])
    unseen = np.zeros(task.truth.shape, np.float32)
    for fold in range(FOLDS):
        held = np.flatnonzero(session % FOLDS == fold)
        weights, bias = _fit_planes(rows, task, np.flatnonzero(session % FOLDS != fold))
        unseen[held] = rows[held] @ weights + bias
    weights, bias = _fit_planes(rows, task, np.arange(len(found)))
    return LinearModel(
        labels=task.labels,
        vocabulary=tuple(vectorizer.get_feature_names_out()),
        idf=vectorizer.idf_.astype(np.float32),
        weights=weights,
        bias=bias,
        threshold=thresholds(unseen, task.truth),
        steepness=steepness(unseen - thresholds(unseen, task.truth), task.truth),
        with_runs=True,
        with_opening=task.with_opening,
    )


def steepness(above: Floats, truth: NDArray[np.int8]) -> float:
    """How fast certainty grows with the distance above the threshold: the best fit on unseen sessions."""
    choices = np.arange(1, 12, 0.5)
    losses = [
        -np.mean(np.where(truth == 1, np.log(p + 1e-6), np.log(1 - p + 1e-6)))
        for p in (1 / (1 + np.exp(-k * above)) for k in choices)
    ]
    return float(choices[int(np.argmin(losses))])


def micro_f1(truth: NDArray[np.int8], guess: NDArray[np.bool_]) -> float:
    """F1 over all labels of all texts together."""
    return float(2 * (truth * guess).sum() / max(1, truth.sum() + guess.sum()))


def main() -> None:
    """Train on everything and write the models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    found = examples(arguments.data)
    save(HERE / "data" / "themes.npz", train(found, theme_task(found)))
    save(HERE / "data" / "action.npz", train(found, action_task(found)))


if __name__ == "__main__":
    main()
