"""Exact nearest neighbours over the catalogue's own vectors.

The catalogue keeps every vector in half precision. Rows are only ever appended and never change under their
id, so that what is in memory stays right and only grows. Measured on one core, 256 dimensions: 3 ms for 500
candidates, 16 ms for 20,000, 50 ms for 100,000; so few candidates are compared exactly, and all only
where loading Chroma would take longer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection

from index.schema import Scope

_BLOCK = 8_192
_MANY = 500
_READ_AT_ONCE = 4_000  # rows: as objects they take more memory than as the matrix
_DIGITS = 5  # sums differ in the last places by how memory happens to be aligned: order must not
# "+": read in the order of ids; by the index of scopes SQLite would sort all vectors in memory first
_READ = "SELECT id, vector FROM vectors WHERE +scope = ? AND model = ? AND id > ? ORDER BY id"


def pack(vector: np.ndarray) -> bytes:
    """A vector as stored: little-endian half precision."""
    return vector.astype("<f2").tobytes()


@dataclass
class Matrix:
    """The vectors of one scope and model, read from the catalogue when first asked for."""

    scope: Scope
    model: str
    ids: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    rows: np.ndarray = field(default_factory=lambda: np.empty((0, 0), np.float16))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refresh(self, connection: Connection) -> None:
        """Read the vectors that were added since the last call."""
        with self._lock:
            last = int(self.ids[-1]) if len(self.ids) else 0
            result = connection.exec_driver_sql(_READ, (self.scope.value, self.model, last))
            ids = [self.ids] if len(self.ids) else []
            rows = [self.rows] if len(self.rows) else []
            while found := result.fetchmany(_READ_AT_ONCE):
                ids.append(np.fromiter((row[0] for row in found), np.int64, len(found)))
                rows.append(np.frombuffer(b"".join(row[1] for row in found), "<f2").reshape(len(found), -1))
            if ids:
                self.ids, self.rows = np.concatenate(ids), np.concatenate(rows)

    def load(self, connection: Connection, ids: np.ndarray) -> None:
        """Read only these vectors (ids in order, each once)."""
        rows: list[tuple[int, bytes]] = []
        for start in range(0, len(ids), _MANY):
            some = tuple(int(one) for one in ids[start : start + _MANY])
            marks = ",".join("?" * len(some))
            query = f"SELECT id, vector FROM vectors WHERE id IN ({marks}) AND model = ? ORDER BY id"
            rows += connection.exec_driver_sql(query, (*some, self.model)).all()
        if rows:
            self.ids = np.fromiter((row[0] for row in rows), np.int64, len(rows))
            self.rows = np.frombuffer(b"".join(row[1] for row in rows), "<f2").reshape(len(rows), -1)

    def similarities(self, vector: np.ndarray, among: np.ndarray) -> np.ndarray:
        """Inner products of `vector` with the rows of the ids `among` (int64); -1 for an id not held."""
        ids, rows = self.ids, self.rows
        if not len(ids) or not len(among):
            return np.full(len(among), -1.0, np.float32)
        places = np.minimum(np.searchsorted(ids, among), len(ids) - 1)
        scores = np.concatenate(
            [
                rows[places[start : start + _BLOCK]].astype(np.float32) @ vector
                for start in range(0, len(places), _BLOCK)
            ]
        )
        return np.where(ids[places] == among, scores, np.float32(-1.0)).round(_DIGITS)

    def nearest(self, vector: np.ndarray, k: int) -> list[tuple[int, float]]:
        """The `k` nearest ids of all, best first."""
        ids, rows = self.ids, self.rows
        if not len(ids):
            return []
        scores = np.concatenate(
            [rows[start : start + _BLOCK].astype(np.float32) @ vector for start in range(0, len(ids), _BLOCK)]
        )
        scores = scores.round(_DIGITS)
        return [(int(ids[place]), float(scores[place])) for place in best(scores, k)]


def best(scores: np.ndarray, k: int) -> np.ndarray:
    """Places of the `k` highest scores, best first; equal scores keep their order."""
    if k < len(scores):
        # everything that ties with the k-th is kept, so that the choice does not depend on partitioning
        floor = np.partition(scores, len(scores) - k)[len(scores) - k]
        places = np.flatnonzero(scores >= floor)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:k]
