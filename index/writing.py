"""Writing documents into the catalogue: staged first, published when Chroma holds their vectors.

`stage` writes rows that nobody sees, `publish` makes them visible in one transaction together with the
merged recommendations, `delete` takes a document out. All work on a connection of the caller.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, Table, delete, exists, insert, literal, select
from sqlalchemy import text as sql

from corpus.model import Document, Language, Recommendation, Tags
from index import fulltext, records
from index.matrix import pack
from index.passages import spans
from index.schema import (
    TEXT_CHUNK,
    Scope,
    amounts,
    claims,
    documents,
    paragraphs,
    passages,
    positions,
    recommendations,
    texts,
    vectors,
)
from index.seams import Parts

_MANY = 500  # SQLite's oldest limit on bound values is 999


@dataclass(frozen=True, slots=True)
class NewVectors:
    """Vectors that were written to the catalogue and that Chroma does not hold yet."""

    scope: Scope
    ids: list[int]
    rows: np.ndarray


def text_hash(text: str) -> bytes:
    """What identifies a text among the vectors."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def keep_vectors(
    connection: Connection, parts: Parts, scope: Scope, wanted: Iterable[str], language: Language | None
) -> tuple[dict[bytes, int], NewVectors]:
    """Ids of the vectors of these texts; those not stored yet are made, tagged where tags belong, and written.

    Without `language` the tagger looks at each text for it.
    """
    by_hash = {text_hash(text): text for text in wanted}
    known = _known(connection, scope, list(by_hash))
    missing = [one for one in by_hash if one not in known]
    new = [by_hash[one] for one in missing]
    rows = parts.embed(new) if new else np.empty((0, 0), np.float32)
    first = next_id(connection, vectors)
    made = {one: first + n for n, one in enumerate(missing)}
    values: list[records.Json] = [
        {
            "id": made[one],
            "scope": scope.value,
            "hash": one,
            "vector": pack(row),
            "model": parts.model,
            "tagged_by": None,
            "tags": None,
        }
        for one, row in zip(missing, rows, strict=True)
    ]
    if scope is Scope.RECOMMENDATIONS and new:
        for value, tags in zip(values, _tagged(parts, new, language), strict=True):
            value["tagged_by"], value["tags"] = parts.tagger.VERSION, records.tags_json(tags)
    if values:
        connection.execute(insert(vectors), values)
    return known | made, NewVectors(scope, list(made.values()), rows)


def _tagged(parts: Parts, found: Sequence[str], language: Language | None) -> list[Tags]:
    """Tags of texts; where their language is not known, pure ASCII is taken for English rather than looked at."""
    if language is not None:
        return parts.tagger.tag(found, language)
    plain = [text for text in found if text.isascii()]
    others = [text for text in found if not text.isascii()]
    tagged = dict(zip(plain, parts.tagger.tag(plain, Language.ENGLISH), strict=True))
    tagged |= dict(zip(others, parts.tagger.tag(others), strict=True))
    return [tagged[text] for text in found]


def next_id(connection: Connection, table: Table) -> int:
    """The id that the next row of a table that numbers its rows gets; the home has one writer."""
    last = sql("SELECT seq FROM sqlite_sequence WHERE name = :name")
    return 1 + (connection.execute(last, {"name": table.name}).scalar() or 0)


def _known(connection: Connection, scope: Scope, hashes: Sequence[bytes]) -> dict[bytes, int]:
    found: dict[bytes, int] = {}
    for start in range(0, len(hashes), _MANY):
        query = select(vectors.c.hash, vectors.c.id).where(
            vectors.c.scope == scope.value, vectors.c.hash.in_(hashes[start : start + _MANY])
        )
        found.update(connection.execute(query).all())
    return found


def stage(connection: Connection, parts: Parts, document: Document) -> tuple[int, list[NewVectors]]:
    """Write a document so that nobody sees it yet; gives its id and the vectors that Chroma must get."""
    row = records.document_row(document, document.key)
    document_id = int(connection.execute(insert(documents).returning(documents.c.id), row).scalar_one())
    _stage_text(connection, document_id, document.text)
    new = [_stage_paragraphs(connection, parts, document_id, document)]
    new.append(stage_claims(connection, parts, document_id, document, document.recommendations))
    for table, rows in (
        (positions, [records.statement_json(said) for said in document.positions]),
        (amounts, [records.amount_row(amount) for amount in document.amounts]),
    ):
        if rows:
            numbered = [{"document_id": document_id, "ordinal": n, **one} for n, one in enumerate(rows)]
            connection.execute(insert(table), numbered)
    return document_id, new


def _stage_text(connection: Connection, document_id: int, text: str) -> None:
    rows = [
        {"document_id": document_id, "ordinal": n, "text": text[start : start + TEXT_CHUNK]}
        for n, start in enumerate(range(0, len(text), TEXT_CHUNK))
    ]
    if rows:
        connection.execute(insert(texts), rows)


def _stage_paragraphs(
    connection: Connection, parts: Parts, document_id: int, document: Document
) -> NewVectors:
    rows = [
        {"document_id": document_id, "ordinal": n, **records.paragraph_row(paragraph)}
        for n, paragraph in enumerate(document.paragraphs)
    ]
    if rows:
        connection.execute(insert(paragraphs), rows)
    found = [
        (n, start, end, document.text[start:end])
        for n, paragraph in enumerate(document.paragraphs)
        for start, end in spans(paragraph)
        if start < end
    ]
    wanted = (text for *_, text in found)
    ids, new = keep_vectors(connection, parts, Scope.PARAGRAPHS, wanted, document.language)
    if not found:
        return new
    first = next_id(connection, passages)
    connection.execute(
        insert(passages),
        [
            {
                "id": first + n,
                "document_id": document_id,
                "ordinal": ordinal,
                "start": start,
                "end": end,
                "vector_id": ids[text_hash(text)],
            }
            for n, (ordinal, start, end, text) in enumerate(found)
        ],
    )
    about = fulltext.about_document(parts, document.title, document.state, document.language)
    fulltext.add(
        connection,
        Scope.PARAGRAPHS,
        (
            fulltext.passage(
                parts, first + n, text, document.paragraphs[ordinal].heading, document.language, about
            )
            for n, (ordinal, _, _, text) in enumerate(found)
        ),
    )
    return new


def stage_claims(
    connection: Connection,
    parts: Parts,
    document_id: int,
    document: Document,
    found: Sequence[Recommendation],
    first: int = 0,
) -> NewVectors:
    """Write what a document says of recommendations, numbered from `first`.

    A claim that names no State or cycle has the document's.
    """
    language = document.language if document.paragraphs else None  # an export's rows may be in any language
    ids, new = keep_vectors(connection, parts, Scope.RECOMMENDATIONS, (rec.text for rec in found), language)
    rows = [
        {
            "document_id": document_id,
            "ordinal": first + n,
            "vector_id": ids[text_hash(rec.text)],
            "tags": records.tags_json(rec.tags) if rec.tags else None,
            "review": records.review_of(
                rec.state or document.state, rec.cycle or document.cycle, document_id
            ),
            **records.recommendation_row(rec),
        }
        for n, rec in enumerate(found)
    ]
    if rows:
        connection.execute(insert(claims), rows)
    return new


def vectors_of(connection: Connection, document_id: int) -> list[tuple[str, int]]:
    """(scope, id) of every vector that a document uses."""
    used = select(passages.c.vector_id.label("id"), literal(Scope.PARAGRAPHS.value).label("scope")).where(
        passages.c.document_id == document_id
    )
    scope = literal(Scope.RECOMMENDATIONS.value)
    claimed = select(claims.c.vector_id, scope).where(claims.c.document_id == document_id)
    return [(row.scope, row.id) for row in connection.execute(used.union(claimed).order_by("id"))]


def delete_document(connection: Connection, document_id: int) -> None:
    """Take a document's rows out. Its recommendations must have been merged anew without it, its vectors go apart."""
    ids = list(connection.scalars(select(passages.c.id).where(passages.c.document_id == document_id)))
    fulltext.remove(connection, Scope.PARAGRAPHS, ids)
    for table in (passages, claims, positions, amounts, paragraphs, texts):
        connection.execute(delete(table).where(table.c.document_id == document_id))
    connection.execute(delete(documents).where(documents.c.id == document_id))


def drop_unused(connection: Connection, used: Iterable[tuple[str, int]]) -> dict[Scope, list[int]]:
    """Remove those of these vectors that nothing refers to any more; gives what Chroma must forget."""
    gone: dict[Scope, list[int]] = {scope: [] for scope in Scope}
    ids = sorted({one for _, one in used})
    for start in range(0, len(ids), _MANY):
        some = ids[start : start + _MANY]
        unused = connection.execute(
            select(vectors.c.id, vectors.c.scope).where(
                vectors.c.id.in_(some),
                ~exists().where(passages.c.vector_id == vectors.c.id),
                ~exists().where(claims.c.vector_id == vectors.c.id),
                ~exists().where(recommendations.c.vector_id == vectors.c.id),
            )
        ).all()
        for row in unused:
            gone[Scope(row.scope)].append(row.id)
        connection.execute(delete(vectors).where(vectors.c.id.in_([row.id for row in unused])))
    return gone
