"""Linear models over sparse word features, run with numpy alone.

A model is one `.npz` file: the features (`vocabulary`), their weights in the text (`idf`), one column of 8-bit weights
a label with its `scale`, `bias` and `threshold`, and `steepness`, which turns a distance from the threshold into a
score: 0.5 at the threshold, about the share of such labels that people agreed with (see README.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.tag.features import opening, phrases, runs, words

Floats = NDArray[np.float32]
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse vectors of some texts: `columns` and `values` of text i lie between `bounds[i]` and `bounds[i + 1]`."""

    columns: NDArray[np.int64]
    values: Floats
    bounds: NDArray[np.int64]


@dataclass(frozen=True)
class LinearModel:
    """Weights and what they belong to; see the module's description for the fields."""

    labels: tuple[str, ...]
    vocabulary: tuple[str, ...]
    idf: Floats
    weights: Floats
    bias: Floats
    threshold: Floats
    steepness: float
    with_runs: bool
    with_opening: bool

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model's file."""
        with np.load(path, allow_pickle=False) as file:
            scale = file["scale"].astype(np.float32)
            return cls(
                labels=tuple(bytes(file["labels"]).decode().split("\n")),
                vocabulary=tuple(bytes(file["vocabulary"]).decode().split("\n")),
                idf=file["idf"].astype(np.float32),
                weights=file["weights"].astype(np.float32) * scale,
                bias=file["bias"].astype(np.float32),
                threshold=file["threshold"].astype(np.float32),
                steepness=float(file["steepness"]),
                with_runs=bool(file["with_runs"]),
                with_opening=bool(file["with_opening"]),
            )

    @cached_property
    def _column(self) -> dict[str, int]:
        return {feature: i for i, feature in enumerate(self.vocabulary)}

    @cached_property
    def _runs_of(self) -> dict[str, tuple[int, ...]]:
        return {}

    def _columns(self, text: str) -> list[int]:
        column, known = self._column, self._runs_of
        tokens = words(text)
        found = [column[name] for name in phrases(tokens) if name in column]
        if self.with_opening:
            found.extend(column[name] for name in opening(tokens) if name in column)
        if self.with_runs:
            for token in tokens:
                if token not in known:
                    known[token] = tuple(column[run] for run in runs(token) if run in column)
                found.extend(known[token])
        return found

    def rows(self, texts: Sequence[str]) -> Rows:
        """Texts as sparse vectors: 1 + log count, times idf, to length 1."""
        columns = [self._columns(text) for text in texts]
        lengths = np.array([len(c) for c in columns], dtype=np.int64)
        flat = np.fromiter(chain.from_iterable(columns), np.int64, count=int(lengths.sum()))
        row = np.repeat(np.arange(len(texts)), lengths)
        keys, counts = np.unique(row * len(self.vocabulary) + flat, return_counts=True)
        row, flat = np.divmod(keys, len(self.vocabulary))
        values = ((1 + np.log(counts)) * self.idf[flat]).astype(np.float32)
        length = np.sqrt(np.bincount(row, weights=values**2, minlength=len(texts)))
        values /= np.maximum(length, 1e-9)[row]
        bounds = np.searchsorted(row, np.arange(len(texts) + 1))
        return Rows(flat, values, bounds)

    def pushes(self, rows: Rows) -> Floats:
        """How much each value of the rows speaks for each label: a row a value, a column a label."""
        out: Floats = self.weights.take(rows.columns, axis=0)
        out *= rows.values[:, None]
        return out

    def distances(self, rows: Rows, pushes: Floats) -> Floats:
        """Each text's distance from each label's plane, bias included."""
        texts = len(rows.bounds) - 1
        out = np.zeros((texts, len(self.labels)), np.float32)
        filled = np.flatnonzero(np.diff(rows.bounds))
        if len(filled):
            out[filled] = np.add.reduceat(pushes, rows.bounds[:-1][filled], axis=0)
        return out + self.bias

    def scores(self, texts: Sequence[str]) -> Floats:
        """Scores in [0, 1], a row a text; 0.5 is the label's threshold."""
        parts = []
        for i in range(0, len(texts), _CHUNK):
            rows = self.rows(texts[i : i + _CHUNK])
            parts.append(self.score(self.distances(rows, self.pushes(rows))))
        return np.concatenate(parts) if parts else np.zeros((0, len(self.labels)), np.float32)

    def score(self, distances: Floats) -> Floats:
        """Distances as scores."""
        out: Floats = (1 / (1 + np.exp(-self.steepness * (distances - self.threshold)))).astype(np.float32)
        return out

    def because(self, rows: Rows, pushes: Floats, text: int, label: int, most: int = 2) -> list[str]:
        """The words of a text that speak most for a label, strongest first."""
        span = slice(rows.bounds[text], rows.bounds[text + 1])
        columns, push = rows.columns[span], pushes[span, label]
        chosen: list[str] = []
        strongest = np.argsort(-push)[:24]
        for column, strength in zip(columns[strongest].tolist(), push[strongest].tolist(), strict=True):
            name = self.vocabulary[column]
            if strength <= 0 or len(chosen) == most:
                break
            phrase = name.removeprefix("w:")
            if name.startswith("w:") and not any(phrase in c or c in phrase for c in chosen):
                chosen.append(phrase)
        return chosen


def save(path: Path, model: LinearModel) -> None:
    """Write a model, its weights rounded to 8 bits a label."""
    scale = np.maximum(np.abs(model.weights).max(axis=0), 1e-9) / 127
    np.savez_compressed(
        path,
        labels=np.frombuffer("\n".join(model.labels).encode(), dtype=np.uint8),
        vocabulary=np.frombuffer("\n".join(model.vocabulary).encode(), dtype=np.uint8),
        idf=model.idf.astype(np.float16),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=model.bias.astype(np.float32),
        threshold=model.threshold.astype(np.float32),
        steepness=np.float32(model.steepness),
        with_runs=np.bool_(model.with_runs),
        with_opening=np.bool_(model.with_opening),
    )
