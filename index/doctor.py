"""Checking that both stores agree and that every offset holds; mending what can be mended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, func, select

from index import fulltext, notes, texts
from index.catalogue import Catalogue
from index.errors import StoreFailed
from index.schema import (
    Scope,
    Status,
    amounts,
    claims,
    documents,
    paragraphs,
    passages,
    recommendations,
    vectors,
)
from index.seams import Parts
from index.vectors import Vectors
from index.writing import drop_unused

_BATCH = 5_000
_NAMED = 5  # offenders named in one line


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, in words; `code` is for machines."""

    code: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Health:
    """What `upr doctor` reports."""

    documents: int
    paragraphs: int
    recommendations: int
    vectors: int
    problems: tuple[Problem, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def to_json(self) -> dict[str, Any]:
        """The record of `upr doctor`."""
        return {
            "ok": self.ok,
            "documents": self.documents,
            "paragraphs": self.paragraphs,
            "recommendations": self.recommendations,
            "vectors": self.vectors,
            "problems": [problem.message for problem in self.problems],
        }


class Doctor:
    """Looks at one home. Checking changes nothing; mending needs the write lock."""

    def __init__(self, engine: Engine, stored: Vectors, parts: Parts, catalogue: Catalogue) -> None:
        self._engine = engine
        self._stored = stored
        self._parts = parts
        self._catalogue = catalogue

    def check(self) -> Health:
        """Everything that is wrong."""
        with self._engine.connect() as connection:
            problems = [*_integrity(connection), *_half_added(connection), *self._model(connection)]
            problems += [*_offsets(connection), *_full_text(connection), *_unused(connection)]
            total = connection.scalar(select(func.count()).select_from(vectors)) or 0
            problems += self._chroma(connection)
        return Health(**self._catalogue.counts(), vectors=total, problems=tuple(problems))

    def mend(self, step: Callable[[int, int, str], None] | None = None) -> None:
        """Make Chroma agree with the catalogue and drop what nothing refers to."""
        say = step or (lambda done, total, what: None)
        say(0, 3, "unused vectors")
        with self._engine.begin() as connection:
            found = connection.execute(select(vectors.c.scope, vectors.c.id))
            drop_unused(connection, [(row.scope, row.id) for row in found])
        say(1, 3, "full text")
        with self._engine.begin() as connection:
            fulltext.mend(connection, self._parts)
        say(2, 3, "vectors")
        for scope in Scope:
            self._mend_chroma(scope)
        say(3, 3, "")

    def _model(self, connection: Connection) -> Iterator[Problem]:
        recorded = notes.read(connection, "model")
        others = list(
            connection.scalars(select(vectors.c.model).distinct().where(vectors.c.model != self._parts.model))
        )
        if others or (recorded and recorded != self._parts.model):
            name = recorded if recorded and recorded != self._parts.model else others[0]
            yield Problem(
                "wrong_model",
                f"Vectors of {name!r} are stored, the settings name {self._parts.model!r}: run `upr doctor --reembed`.",
            )

    def _chroma(self, connection: Connection) -> Iterator[Problem]:
        try:
            for scope in Scope:
                mine = set(connection.scalars(select(vectors.c.id).where(vectors.c.scope == scope.value)))
                theirs = self._stored.ids(scope)
                if missing := mine - theirs:
                    yield Problem(
                        "missing_vectors", f"{len(missing)} vectors of {scope} are missing from Chroma."
                    )
                if orphans := theirs - mine:
                    yield Problem(
                        "orphan_vectors", f"{len(orphans)} vectors of {scope} in Chroma belong to nothing."
                    )
                if mine & theirs:
                    yield from self._answers(connection, scope)
        except StoreFailed as error:
            yield Problem("chroma", error.message)

    def _answers(self, connection: Connection, scope: Scope) -> Iterator[Problem]:
        """Chroma must find a stored vector when asked for it."""
        query = select(vectors.c.id, vectors.c.vector).where(vectors.c.scope == scope.value).limit(1)
        row = connection.execute(query).first()
        if row is None:
            return
        vector = np.frombuffer(row.vector, "<f2").astype(np.float32)
        if vector.any() and not self._stored.nearest(scope, vector, 1):
            yield Problem("chroma", f"Chroma finds nothing among the vectors of {scope}.")

    def _mend_chroma(self, scope: Scope) -> None:
        with self._engine.connect() as connection:
            mine = list(
                connection.scalars(select(vectors.c.id).where(vectors.c.scope == scope.value).order_by("id"))
            )
            try:
                theirs = self._stored.ids(scope)
                broken = bool(list(self._answers(connection, scope))) and bool(set(mine) & theirs)
            except StoreFailed:
                broken, theirs = True, set()
            if broken:
                self._stored.reset(scope)
                theirs = set()
            self._stored.delete(scope, sorted(theirs - set(mine)))
            missing = [one for one in mine if one not in theirs]
            for start in range(0, len(missing), _BATCH):
                self._restore(connection, scope, missing[start : start + _BATCH])

    def _restore(self, connection: Connection, scope: Scope, ids: list[int]) -> None:
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            rows = connection.execute(
                select(vectors.c.id, vectors.c.vector).where(vectors.c.id.in_(some)).order_by(vectors.c.id)
            ).all()
            stacked = np.stack([np.frombuffer(row.vector, "<f2").astype(np.float32) for row in rows])
            self._stored.add(scope, [row.id for row in rows], stacked)


def _integrity(connection: Connection) -> Iterator[Problem]:
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check")]
    if found != ["ok"]:
        yield Problem(
            "catalogue", f"The catalogue is damaged: {found[0]}. Restore a copy, or add the documents anew."
        )
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        yield Problem("catalogue", f"{len(broken)} rows of the catalogue refer to rows that are gone.")


def _half_added(connection: Connection) -> Iterator[Problem]:
    query = select(documents.c.key).where(documents.c.status == Status.STAGED.value)
    if keys := list(connection.scalars(query)):
        yield Problem("half_added", f"{len(keys)} documents were left half-way: {_some(keys)}.")


def _offsets(connection: Connection) -> Iterator[Problem]:
    wrong: list[str] = []
    for row in connection.execute(select(documents.c.id, documents.c.key, documents.c.length)).all():
        whole = texts.whole(connection, row.id)
        if len(whole) != row.length:
            wrong.append(row.key)
            continue
        spans = [
            *connection.execute(
                select(paragraphs.c.start, paragraphs.c.end, paragraphs.c.text).where(
                    paragraphs.c.document_id == row.id
                )
            ),
            *connection.execute(
                select(claims.c.start, claims.c.end, claims.c.text).where(claims.c.document_id == row.id)
            ),
        ]
        if any(whole[start:end] != text for start, end, text in spans if end > start):
            wrong.append(row.key)
            continue
        cells = connection.execute(
            select(amounts.c.start, amounts.c.end).where(amounts.c.document_id == row.id)
        )
        if any(not 0 <= start <= end <= len(whole) for start, end in cells):
            wrong.append(row.key)
    if wrong:
        yield Problem(
            "offsets", f"In {len(wrong)} documents an offset does not hold: {_some(wrong)}. Read them again."
        )


def _full_text(connection: Connection) -> Iterator[Problem]:
    for scope in Scope:
        missing, extra = fulltext.difference(connection, scope)
        if wrong := len(missing) + len(extra):
            yield Problem("full_text", f"The full text of {scope} differs from its rows by {wrong}.")


def _unused(connection: Connection) -> Iterator[Problem]:
    used = select(passages.c.vector_id).union(select(claims.c.vector_id), select(recommendations.c.vector_id))
    count = connection.scalar(select(func.count()).select_from(vectors).where(vectors.c.id.not_in(used)))
    if count:
        yield Problem("unused_vectors", f"{count} vectors in the catalogue are used by nothing.")


def _some(keys: list[str]) -> str:
    named = ", ".join(sorted(keys)[:_NAMED])
    return f"{named} …" if len(keys) > _NAMED else named
