"""Which stored units are nearest to a vector, within filters, quickly at any size.

Filters are resolved in the catalogue first. What they leave is compared exactly when it is little; a search
over (nearly) everything asks Chroma, and where filters remain, asks it for more than is wanted until enough
passes them. A process that searches a few times (a command) compares exactly, until comparing has taken as much
computing as starting Chroma would.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Select, select

from index.errors import StoreFailed
from index.filters import SearchFilters, search_conditions
from index.matrix import Matrix, best
from index.schema import Scope, Status, documents, passages, recommendations
from index.vectors import Vectors

log = logging.getLogger(__name__)

EXACT = 20_000  # candidates compared exactly: about 15 ms
STARTING_CHROMA = 1.0  # seconds of computing
_FEW = 4_000  # vectors read one by one rather than all into memory
_REMEMBERED = 64  # filters whose candidates are kept
_MANY = 500
_WIDEN = (4, 40)

Ranked = list[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class _Candidates:
    units: np.ndarray
    vectors: np.ndarray


class Neighbours:
    """Nearest units of one library. Safe across threads."""

    def __init__(self, stored: Vectors, model: str) -> None:
        self._stored = stored
        self._matrices = {scope: Matrix(scope, model) for scope in Scope}
        self._remembered: OrderedDict[tuple[int, Scope, SearchFilters], _Candidates | None] = OrderedDict()
        self._lock = threading.Lock()
        self._spent = 0.0

    def find(
        self,
        connection: Connection,
        generation: int,
        scope: Scope,
        vector: np.ndarray,
        filters: SearchFilters,
        k: int,
    ) -> Ranked:
        """(unit, similarity) of the `k` nearest units that the filters leave, best first."""
        if not filters:
            return self._among_all(connection, scope, vector, filters, k)
        found = self._candidates(connection, generation, scope, filters)
        if found is None:
            return self._among_all(connection, scope, vector, filters, k)
        scores = self._similarities(connection, scope, vector, found.vectors)
        return [(int(found.units[place]), float(scores[place])) for place in best(scores, k)]

    def forget(self) -> None:
        """Drop what is kept in memory (the vectors were made anew)."""
        with self._lock:
            self._remembered.clear()
            self._matrices = {scope: Matrix(scope, self._stored.model) for scope in Scope}

    def _candidates(
        self, connection: Connection, generation: int, scope: Scope, filters: SearchFilters
    ) -> _Candidates | None:
        place = (generation, scope, filters)
        with self._lock:
            if place in self._remembered:
                self._remembered.move_to_end(place)
                return self._remembered[place]
        rows = connection.execute(units(scope, filters).limit(EXACT + 1)).all()
        found = None
        if len(rows) <= EXACT:
            pairs = np.array(rows, np.int64).reshape(len(rows), 2)
            found = _Candidates(pairs[:, 0], pairs[:, 1])
        with self._lock:
            self._remembered[place] = found
            while len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return found

    def _similarities(
        self, connection: Connection, scope: Scope, vector: np.ndarray, among: np.ndarray
    ) -> np.ndarray:
        matrix = self._matrices[scope]
        if len(among) > _FEW or len(matrix.ids):
            matrix.refresh(connection)
            return matrix.similarities(vector, among)
        few = Matrix(scope, matrix.model)
        few.load(connection, np.unique(among))
        return few.similarities(vector, among)

    def _among_all(
        self, connection: Connection, scope: Scope, vector: np.ndarray, filters: SearchFilters, k: int
    ) -> Ranked:
        if self._stored.is_open or self._spent > STARTING_CHROMA:
            try:
                return self._from_chroma(connection, scope, vector, filters, k)
            except StoreFailed as error:
                log.warning("Vectors are compared one by one: %s", error)
        matrix = self._matrices[scope]
        matrix.refresh(connection)
        started = time.thread_time()  # not the clock's: a busy machine would start Chroma all the later
        wanted = k
        while True:
            near = matrix.nearest(vector, wanted)
            found = _units_of(connection, scope, near, filters)
            if len(found) >= k or wanted >= len(matrix.ids):
                self._spent += time.thread_time() - started
                return found[:k]
            wanted = min(len(matrix.ids), wanted * 10)

    def _from_chroma(
        self, connection: Connection, scope: Scope, vector: np.ndarray, filters: SearchFilters, k: int
    ) -> Ranked:
        found: Ranked = []
        for wider in _WIDEN if filters else (1, *_WIDEN):
            near = self._stored.nearest(scope, vector, k * wider)
            found = _units_of(connection, scope, near, filters)
            if len(found) >= k or len(near) < k * wider:
                return found[:k]
        if filters:
            matrix = self._matrices[scope]
            matrix.refresh(connection)
            found = _units_of(connection, scope, matrix.nearest(vector, len(matrix.ids)), filters)
        return found[:k]


def units(scope: Scope, filters: SearchFilters) -> Select[tuple[int, int]]:
    """(unit, vector) of everything visible that the filters leave."""
    table = passages if scope is Scope.PARAGRAPHS else recommendations
    return (
        select(table.c.id, table.c.vector_id)
        .join(documents, documents.c.id == table.c.document_id)
        .where(documents.c.status == Status.VISIBLE.value, *search_conditions(filters, scope))
        .order_by(table.c.id)
    )


def _units_of(connection: Connection, scope: Scope, near: Ranked, filters: SearchFilters) -> Ranked:
    """The units that use these vectors, nearest first; several documents may use one vector."""
    table = passages if scope is Scope.PARAGRAPHS else recommendations
    column = table.c.vector_id
    users: dict[int, list[int]] = {}
    ids = [one for one, _ in near]
    for start in range(0, len(ids), _MANY):
        rows = connection.execute(units(scope, filters).where(column.in_(ids[start : start + _MANY])))
        for row in rows:
            users.setdefault(row.vector_id, []).append(row.id)
    return [(unit, score) for one, score in near for unit in users.get(one, ())]
