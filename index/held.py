"""Recommendations asked for again: the questions of a conversation are mostly about one State's rows.

Reading some hundred rows with their labels takes longer than all else that an answer needs. Those last read are held,
as many as memory does not notice, until what is visible changes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from sqlalchemy import Connection

from index import rows
from index.filters import Order, RecommendationFilters
from index.rows import Rows
from index.seams import Parts

_MOST = 15_000  # recommendations held; about 3 KB each
_ONE = 3_000  # a longer list is not held: it would push out all others

_Asked = tuple[RecommendationFilters, int, int | None, Order, bool]


class HeldRows:
    """Rows of one library, as `rows.find` gives them. Safe across threads."""

    def __init__(self, generation: Callable[[Connection], int]) -> None:
        self._generation = generation
        self._of = -1
        self._held: OrderedDict[_Asked, Rows] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, connection: Connection, parts: Parts, *asked: *_Asked) -> Rows:
        """The recommendations that the filters leave, in order."""
        generation = self._generation(connection)
        with self._lock:
            if generation != self._of:
                self._of, self._size = generation, 0
                self._held.clear()
            elif asked in self._held:
                self._held.move_to_end(asked)
                return self._held[asked]
        found = rows.find(connection, parts, *asked)
        with self._lock:
            if generation == self._of and asked not in self._held and len(found.recommendations) <= _ONE:
                self._held[asked] = found
                self._size += len(found.recommendations) + 1
                while self._size > _MOST:
                    self._size -= len(self._held.popitem(last=False)[1].recommendations) + 1
        return found
