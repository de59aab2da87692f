"""Train the models for languages other than English: `python -m corpus.tag.train_head --data FOLDER`.

Train again whenever the static embedding model changes (its fingerprint is kept in the files, and a test
compares it).
`--check` trains on sessions 1-13 and measures on 14-16. Needs scikit-learn (extra `test`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Language
from corpus.tag import head, taxonomy
from corpus.tag.evidence import Evidence, read
from corpus.tag.head import DenseModel
from corpus.tag.tagger import blend
from corpus.tag.train import (
    LAST_TRAINING_SESSION,
    Example,
    action_task,
    examples,
    micro_f1,
    steepness,
    theme_task,
    thresholds,
    train,
)

Floats = NDArray[np.float32]
COST = 3.0
FOLDS = 3


def _planes(inputs: Floats, truth: NDArray[np.int8]) -> tuple[Floats, Floats]:
    from sklearn.linear_model import LogisticRegression

    weights = np.zeros((inputs.shape[1], truth.shape[1]), np.float32)
    bias = np.full(truth.shape[1], -9, np.float32)
    for j in range(truth.shape[1]):
        if truth[:, j].any():
            model = LogisticRegression(C=COST, max_iter=200).fit(inputs, truth[:, j])
            weights[:, j], bias[j] = model.coef_[0], model.intercept_[0]
    return weights, bias


def fit(
    inputs: Floats, truth: NDArray[np.int8], labels: tuple[str, ...], sessions: NDArray[np.int64]
) -> DenseModel:
    """Planes on everything, thresholds on sessions that the planes have not seen."""
    unseen = np.zeros(truth.shape, np.float32)
    for fold in range(FOLDS):
        held = sessions % FOLDS == fold
        weights, bias = _planes(inputs[~held], truth[~held])
        unseen[held] = inputs[held] @ weights + bias
    cut = thresholds(unseen, truth)
    weights, bias = _planes(inputs, truth)
    return DenseModel(labels, weights, bias, cut, steepness(unseen - cut, truth), head.fingerprint())


def evidence_of(found: Sequence[Example]) -> Evidence:
    """Terms of English examples."""
    return read([e.text for e in found], Language.ENGLISH)


def themes(found: Sequence[Example], evidence: Evidence) -> DenseModel:
    """The model of themes, in the taxonomy's order."""
    task = theme_task(found, tuple(taxonomy.themes()))
    sessions = np.array([e.session for e in found])
    return fit(head.theme_inputs(evidence), task.truth, task.labels, sessions)


def actions(found: Sequence[Example], evidence: Evidence) -> DenseModel:
    """The model of action categories."""
    task = action_task(found)
    sessions = np.array([e.session for e in found])
    return fit(head.action_inputs(evidence), task.truth, task.labels, sessions)


def check(data: Path) -> dict[str, float]:
    """Train word models and heads on sessions 1-13, measure them and their blend on 14-16, all in English."""
    found = examples(data)
    early = [e for e in found if e.session <= LAST_TRAINING_SESSION]
    late = [e for e in found if e.session > LAST_TRAINING_SESSION]
    texts = [e.text for e in late]
    before, after = evidence_of(early), evidence_of(late)
    names = tuple(taxonomy.themes())
    truth = theme_task(late, names).truth
    action = np.array([e.action for e in late])
    by_words = train(early, theme_task(early, names)).scores(texts)
    by_meaning = themes(early, before).scores(head.theme_inputs(after))
    deeds = train(early, action_task(early))
    rows = deeds.rows(texts)
    said = deeds.distances(rows, deeds.pushes(rows)).argmax(axis=1) + 1
    meant = actions(early, before).distances(head.action_inputs(after)).argmax(axis=1) + 1
    figures = {
        "themes_micro_f1": micro_f1(truth, blend(by_words, by_meaning) >= 0.5),
        "themes_micro_f1_words_only": micro_f1(truth, by_words >= 0.5),
        "themes_micro_f1_head_only": micro_f1(truth, by_meaning >= 0.5),
        "action_accuracy": float(np.mean(said == action)),
        "action_accuracy_head": float(np.mean(meant == action)),
    }
    return {name: round(value, 4) for name, value in figures.items()}


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
    evidence = evidence_of(found)
    themes(found, evidence).save(taxonomy.DATA / "themes-head.npz")
    actions(found, evidence).save(taxonomy.DATA / "action-head.npz")


if __name__ == "__main__":
    main()
