"""The texts of documents, kept in pieces so that a slice of a long one reads only what it needs."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from index.schema import TEXT_CHUNK, documents, texts


def append(connection: Connection, document_id: int, text: str) -> None:
    """Write text behind what the document has; every piece but the last is full."""
    ours = texts.c.document_id == document_id
    last = connection.execute(
        select(texts.c.ordinal, texts.c.text).where(ours).order_by(texts.c.ordinal.desc()).limit(1)
    ).first()
    first, rest = 0, ""
    if last is not None:
        first, rest = (last.ordinal, last.text) if len(last.text) < TEXT_CHUNK else (last.ordinal + 1, "")
    if rest:
        connection.execute(texts.delete().where(ours, texts.c.ordinal == first))
    whole = rest + text
    rows = [
        {"document_id": document_id, "ordinal": first + n, "text": whole[start : start + TEXT_CHUNK]}
        for n, start in enumerate(range(0, len(whole), TEXT_CHUNK))
    ]
    if rows:
        connection.execute(insert(texts), rows)
    more = {"length": documents.c.length + len(text)}
    connection.execute(update(documents).where(documents.c.id == document_id).values(more))


def whole(connection: Connection, document_id: int) -> str:
    """The normalised text of a document."""
    query = select(texts.c.text).where(texts.c.document_id == document_id).order_by(texts.c.ordinal)
    return "".join(connection.scalars(query))


def part(connection: Connection, document_id: int, start: int, end: int) -> str:
    """`text[start:end]`, shorter where the text ends before."""
    if start < 0 or end <= start:
        return ""
    first, last = start // TEXT_CHUNK, (end - 1) // TEXT_CHUNK
    query = (
        select(texts.c.text)
        .where(texts.c.document_id == document_id, texts.c.ordinal.between(first, last))
        .order_by(texts.c.ordinal)
    )
    return "".join(connection.scalars(query))[start - first * TEXT_CHUNK : end - first * TEXT_CHUNK]
