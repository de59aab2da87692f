"""Making vectors or tags anew, so that a killed run is taken up where it stopped."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine, bindparam, select, update

from index import notes, records
from index.matrix import pack
from index.merging import regroup
from index.schema import Scope, claims, paragraphs, passages, vectors
from index.seams import Parts
from index.vectors import Vectors

Step = Callable[[int, int, str], None]
_BATCH = 1_000


def reembed(engine: Engine, stored: Vectors, parts: Parts, step: Step | None = None) -> int:
    """Make every vector that is not of the model in the settings; gives how many were made."""
    done = 0
    with engine.begin() as connection:
        notes.write(connection, "renewing", parts.model)
        waiting = connection.execute(
            select(vectors.c.id, vectors.c.scope)
            .where(vectors.c.model != parts.model)
            .order_by(vectors.c.scope)
        ).all()
    for scope in Scope:
        ids = [row.id for row in waiting if row.scope == scope.value]
        for start in range(0, len(ids), _BATCH):
            with engine.begin() as connection:
                found = _texts(connection, scope, ids[start : start + _BATCH])
                rows = parts.embed(list(found.values()))
                connection.execute(
                    update(vectors).where(vectors.c.id == bindparam("one")),
                    [
                        {"one": one, "vector": pack(row), "model": parts.model}
                        for one, row in zip(found, rows, strict=True)
                    ],
                )
            stored.add(scope, list(found), rows)
            done += len(found)
            if step:
                step(done, len(waiting), f"vectors of {scope}")
    with engine.begin() as connection:
        notes.write(connection, "model", parts.model)
        notes.write(connection, "renewing", None)
        notes.new_generation(connection)
    stored.drop_others()
    return done


def _texts(connection: Connection, scope: Scope, ids: list[int]) -> dict[int, str]:
    """The text behind each vector: any of its users has it."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        if scope is Scope.RECOMMENDATIONS:
            query = select(claims.c.vector_id, claims.c.text).where(claims.c.vector_id.in_(some))
            found.update((row.vector_id, row.text) for row in connection.execute(query))
            continue
        query = (
            select(
                passages.c.vector_id,
                passages.c.start,
                passages.c.end,
                paragraphs.c.start.label("first"),
                paragraphs.c.text,
            )
            .join(
                paragraphs,
                (paragraphs.c.document_id == passages.c.document_id)
                & (paragraphs.c.ordinal == passages.c.ordinal),
            )
            .where(passages.c.vector_id.in_(some))
        )
        for row in connection.execute(query):
            found[row.vector_id] = row.text[row.start - row.first : row.end - row.first]
    return dict(sorted(found.items()))


def retag(engine: Engine, parts: Parts, step: Step | None = None) -> int:
    """Tag every recommendation that today's tagger has not tagged; gives how many texts were tagged."""
    done = 0
    version = parts.tagger.VERSION
    with engine.connect() as connection:
        stale = vectors.c.tagged_by.is_distinct_from(version)
        ids = list(
            connection.scalars(
                select(vectors.c.id)
                .where(vectors.c.scope == Scope.RECOMMENDATIONS.value, stale)
                .order_by(vectors.c.id)
            )
        )
    for start in range(0, len(ids), _BATCH):
        with engine.begin() as connection:
            found = _texts(connection, Scope.RECOMMENDATIONS, ids[start : start + _BATCH])
            tagged = parts.tagger.tag(list(found.values()))
            values = [
                {"one": one, "tagged_by": version, "tags": records.tags_json(tags)}
                for one, tags in zip(found, tagged, strict=True)
            ]
            connection.execute(update(vectors).where(vectors.c.id == bindparam("one")), values)
        done += len(found)
        if step:
            step(done, len(ids), "tagging")
    with engine.begin() as connection:
        regroup(connection, parts, list(connection.scalars(select(claims.c.review).distinct())))
        notes.write(connection, "tagger", version)
        notes.new_generation(connection)
    return done
