"""Counts of many facets at once, for pages that show them all: labels of every recommendation, held in memory.

A count in SQL walks every label of every recommendation that the filters leave (half a second for ten facets
of 45,000 recommendations); here the catalogue only says which recommendations those are, and arrays count (some
milliseconds). What is held is read anew when the catalogue has changed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from sqlalchemy import ColumnElement, Connection, func, select

from index import records
from index.filters import TAG_FACETS, Facet, RecommendationFilters, conditions
from index.rows import matches
from index.schema import recommendation_states, recommendations, tags
from index.seams import Parts

_COLUMNS = (Facet.STATE, Facet.CYCLE, Facet.POSITION, Facet.ACTION)


@dataclass(frozen=True, slots=True)
class _Labels:
    """One facet: its labels, and which recommendation bears which, as pairs of places in two arrays."""

    names: tuple[str, ...]
    owners: np.ndarray
    codes: np.ndarray

    def pick(self, wanted: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
        """Codes and owners among the recommendations that are True in `wanted`; all of them without it."""
        if wanted is None:
            return self.codes, self.owners
        here = wanted[self.owners]
        return self.codes[here], self.owners[here]


class Facets:
    """Counts of one library. Safe across threads."""

    def __init__(self, generation: Callable[[Connection], int]) -> None:
        self._generation = generation
        self._held: tuple[int, int, dict[Facet, _Labels]] = (-1, 0, {})
        self._lock = threading.Lock()

    def count(
        self, connection: Connection, parts: Parts, wanted: Mapping[Facet, RecommendationFilters]
    ) -> dict[Facet, dict[str, int]]:
        """How many recommendations bear each label of each facet, within the filters given for it, most first."""
        size, held = self._labels(connection)
        masks: dict[RecommendationFilters, np.ndarray | None] = {}
        found = {}
        for facet, filters in wanted.items():
            if filters not in masks:
                masks[filters] = _mask(connection, parts, filters, size)
            labels = held[facet]
            codes, _ = labels.pick(masks[filters])
            counts = np.bincount(codes, minlength=len(labels.names))
            named = {name: int(n) for name, n in zip(labels.names, counts, strict=True) if n}
            found[facet] = dict(sorted(named.items(), key=lambda one: (-one[1], records.natural(one[0]))))
        return found

    def by_position(
        self, connection: Connection, parts: Parts, filters: RecommendationFilters, by: Facet
    ) -> dict[str, dict[str, int]]:
        """`{label: {position: n}}` within the filters, labels in natural order."""
        size, held = self._labels(connection)
        labels, positions = held[by], held[Facet.POSITION]
        place = np.zeros(size, np.int64)
        place[positions.owners] = positions.codes
        codes, owners = labels.pick(_mask(connection, parts, filters, size))
        across = len(positions.names)
        table = np.bincount(codes * across + place[owners], minlength=len(labels.names) * across)
        found: dict[str, dict[str, int]] = {}
        for at in np.flatnonzero(table):
            name, position = labels.names[at // across], positions.names[at % across]
            found.setdefault(name, {})[position] = int(table[at])
        return dict(sorted(found.items(), key=lambda one: records.natural(one[0])))

    def _labels(self, connection: Connection) -> tuple[int, dict[Facet, _Labels]]:
        """One more than the largest id, and the labels of every facet that is held."""
        generation = self._generation(connection)
        with self._lock:
            if self._held[0] != generation:
                size = int(connection.scalar(select(func.max(recommendations.c.id))) or 0) + 1
                self._held = (generation, size, _read(connection))
            return self._held[1], self._held[2]


def _read(connection: Connection) -> dict[Facet, _Labels]:
    table = recommendations.c
    found = {facet: _grouped(connection, table[facet.value], table.id) for facet in _COLUMNS}
    states = recommendation_states.c
    found[Facet.RECOMMENDER] = _grouped(connection, states.state, states.recommendation_id)
    for facet in TAG_FACETS:
        own = (tags.c.facet == facet.value, tags.c.shown.is_(True))
        found[facet] = _grouped(connection, tags.c.name, tags.c.recommendation_id, *own)
    return found


def _grouped(
    connection: Connection,
    label: ColumnElement[object],
    owner: ColumnElement[int],
    *own: ColumnElement[bool],
) -> _Labels:
    """The owners of each label, joined by the database: a row a label, not a row an owner."""
    query = select(label, func.group_concat(owner)).where(label.is_not(None), *own).group_by(label)
    rows = [(str(name), _numbers(joined)) for name, joined in connection.execute(query)]
    owners = np.concatenate([some for _, some in rows]) if rows else np.zeros(0, np.int64)
    codes = np.repeat(np.arange(len(rows)), [len(some) for _, some in rows])
    return _Labels(tuple(name for name, _ in rows), owners, codes)


def _numbers(joined: str | None) -> np.ndarray:
    return np.array((joined or "").split(",") if joined else [], np.int64)


def _mask(
    connection: Connection, parts: Parts, filters: RecommendationFilters, size: int
) -> np.ndarray | None:
    """True at the ids of the recommendations that the filters leave; None where they leave all."""
    if not filters:
        return None
    query = select(func.group_concat(recommendations.c.id))
    ids = _numbers(connection.scalar(query.where(*conditions(filters, matches(parts, filters)))))
    found = np.zeros(size, bool)
    found[ids[ids < size]] = True  # what came after the labels were read is counted with them, next time
    return found
