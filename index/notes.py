"""The catalogue's notes on itself: schema, embedding model, tagger, and the generation of what is visible."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, String, cast, delete, insert, select, update

from index.schema import meta


def read(connection: Connection, name: str) -> str | None:
    """A value of the catalogue's own notes."""
    return connection.scalar(select(meta.c.value).where(meta.c.name == name))


def write(connection: Connection, name: str, value: str | None) -> None:
    """Write or, with None, forget a note."""
    connection.execute(delete(meta).where(meta.c.name == name))
    if value is not None:
        connection.execute(insert(meta).values(name=name, value=value))


def new_generation(connection: Connection) -> None:
    """Say that what is visible has changed; readers that keep something in memory look at it."""
    connection.execute(
        update(meta)
        .where(meta.c.name == "generation")
        .values(value=cast(cast(meta.c.value, Integer) + 1, String))
    )
