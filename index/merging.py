"""From what visible documents say to one row per recommendation.

Whenever a document appears or goes, the recommendations of the reviews it speaks of are merged anew; all other
rows stay as they are. A review is a State and a cycle; claims whose State is unknown stay with their document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from corpus.model import PositionStatement, Recommendation, Tags
from index import fulltext, labels, records
from index.schema import (
    Scope,
    Status,
    claims,
    documents,
    positions,
    recommendation_documents,
    recommendation_states,
    recommendations,
    tags,
    vectors,
)
from index.seams import Parts
from index.writing import next_id

_PART = re.compile(r"/(?:Add|Corr)\.\d+")
_MANY = 500


@dataclass(frozen=True, slots=True)
class _Claim:
    rec: Recommendation
    document: int
    vector: int


def reviews_of(connection: Connection, document_ids: Iterable[int]) -> set[str]:
    """The reviews that these documents speak of, in claims or in positions."""
    found: set[str] = set()
    refs = _Refs(connection)
    for one in document_ids:
        found.update(
            connection.scalars(select(claims.c.review).where(claims.c.document_id == one).distinct())
        )
        ref = refs.by_id.get(one) or _ref(connection, one)
        if ref is None:
            continue
        found.add(refs.review(ref, one))
        # an addendum that names neither State nor cycle has those of its report, which may come after it
        parts = [i for i, other in refs.by_id.items() if ref.symbol and refs.parent(other) == ref.symbol]
        found.update(refs.review(refs.by_id[i], i) for i in parts)
    return found


def regroup(connection: Connection, parts: Parts, reviews: Iterable[str]) -> int:
    """Merge these reviews anew; gives how many recommendations they have."""
    refs = _Refs(connection)
    total = 0
    for review in sorted(reviews):
        _clear(connection, review)
        found = _claims(connection, review, refs)
        if not found:
            continue
        said = _positions(connection, review, refs)
        merged = parts.merge([one.rec for one in found], [one for one, _ in said], refs.by_key)
        _write(connection, parts, refs, review, merged, found, said)
        total += len(merged)
    return total


class _Refs:
    """The visible documents, by id and by key, and which review each speaks of."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(
            select(documents).where(documents.c.status == Status.VISIBLE.value)
        ).mappings()
        self.by_id = {row["id"]: records.document_ref(row) for row in rows}
        self.by_key = {ref.key: ref for ref in self.by_id.values()}
        self.by_symbol = {ref.symbol: ref for ref in self.by_id.values() if ref.symbol}
        self.ids = {ref.key: one for one, ref in self.by_id.items()}

    def parent(self, ref: records.DocumentRef) -> str | None:
        """The symbol of the report that an addendum or a corrigendum belongs to."""
        base = _PART.sub("", ref.symbol or "")
        return base if base and base != ref.symbol else None

    def review(self, ref: records.DocumentRef, document_id: int) -> str:
        """The review of a document, its parent's where it does not say."""
        parent = self.by_symbol.get(self.parent(ref) or "")
        state = ref.state or (parent.state if parent else None)
        return records.review_of(state, ref.cycle or (parent.cycle if parent else None), document_id)


def _ref(connection: Connection, document_id: int) -> records.DocumentRef | None:
    row = connection.execute(select(documents).where(documents.c.id == document_id)).mappings().first()
    return records.document_ref(row) if row else None


def _clear(connection: Connection, review: str) -> None:
    table = recommendations
    ids = list(connection.scalars(select(table.c.id).where(table.c.review == review)))
    fulltext.remove(connection, Scope.RECOMMENDATIONS, ids)
    for start in range(0, len(ids), _MANY):
        connection.execute(delete(table).where(table.c.id.in_(ids[start : start + _MANY])))


def _claims(connection: Connection, review: str, refs: _Refs) -> list[_Claim]:
    query = (
        select(claims)
        .join(documents, documents.c.id == claims.c.document_id)
        .where(claims.c.review == review, documents.c.status == Status.VISIBLE.value)
        .order_by(claims.c.document_id, claims.c.ordinal)
    )
    return [
        _Claim(
            records.recommendation(row, refs.by_id[row["document_id"]].key, records.tags(row["tags"])),
            row["document_id"],
            row["vector_id"],
        )
        for row in connection.execute(query).mappings()
    ]


def _positions(connection: Connection, review: str, refs: _Refs) -> list[tuple[PositionStatement, int]]:
    """Statements on this review by the visible documents that speak of it."""
    speakers = [one for one, ref in refs.by_id.items() if refs.review(ref, one) == review]
    query = (
        select(positions)
        .where(positions.c.document_id.in_(speakers))
        .order_by(positions.c.document_id, positions.c.ordinal)
    )
    return [(records.statement(row), row["document_id"]) for row in connection.execute(query).mappings()]


def _write(
    connection: Connection,
    parts: Parts,
    refs: _Refs,
    review: str,
    merged: Sequence[Recommendation],
    found: Sequence[_Claim],
    said: Sequence[tuple[PositionStatement, int]],
) -> None:
    if not merged:
        return
    by_place = {(one.rec.document, one.rec.start, one.rec.text): one.vector for one in found}
    by_text = {one.rec.text: one.vector for one in found}
    spoken = _spoken(merged, found, said, refs)
    first = next_id(connection, recommendations)
    used = [by_place.get((rec.document, rec.start, rec.text)) or by_text[rec.text] for rec in merged]
    tagged = tags_of_vectors(connection, used)
    rows: list[records.Json] = []
    states: list[records.Json] = []
    speakers: list[records.Json] = []
    bearing: list[records.Json] = []
    entries: list[fulltext.Entry] = []
    for n, (rec, vector) in enumerate(zip(merged, used, strict=True), first):
        official, own = labels.official(rec.tags), tagged.get(vector)
        document = refs.by_key[rec.document]
        rows.append(
            {
                "id": n,
                "document_id": refs.ids[rec.document],
                "year": records.year_of(document.date),
                "review": review,
                "vector_id": vector,
                "number_order": records.natural(rec.number),
                **_labelled(official, own),
                **records.recommendation_row(rec),
            }
        )
        states += [{"recommendation_id": n, "state": state} for state in dict.fromkeys(rec.recommenders)]
        speakers += [{"recommendation_id": n, "document_id": one} for one in sorted(spoken[n - first])]
        bearing += [{"recommendation_id": n, **label} for label in labels.rows_of(official, own)]
        entries.append(
            fulltext.recommendation(parts, n, rec.text, rec.state, rec.recommenders, document.language)
        )
    for table, values in (
        (recommendations, rows),
        (recommendation_states, states),
        (recommendation_documents, speakers),
        (tags, bearing),
    ):
        if values:
            connection.execute(insert(table), values)
    fulltext.add(connection, Scope.RECOMMENDATIONS, entries)


def _labelled(official: Tags | None, own: Tags | None) -> records.Json:
    """The action and the tagger of a row: a document's own word comes before the tagger's."""
    action = official if official and official.action else own
    return {
        "action": action.action if action else None,
        "action_score": action.action_score if action else 0.0,
        "tag_origin": (official or own or Tags()).origin,
    }


def _spoken(
    merged: Sequence[Recommendation],
    found: Sequence[_Claim],
    said: Sequence[tuple[PositionStatement, int]],
    refs: _Refs,
) -> list[set[int]]:
    """For each merged row the documents that speak of it."""
    by_number: dict[str, set[int]] = {}
    for number, speaker in [(c.rec.number, c.document) for c in found] + [(s.number, d) for s, d in said]:
        by_number.setdefault(number, set()).add(speaker)
    return [
        by_number.get(rec.number, set())
        | {refs.ids[rec.document]}
        | {refs.ids[s.source.document] for s in rec.history if s.source.document in refs.ids}
        for rec in merged
    ]


def tags_of_vectors(connection: Connection, ids: Sequence[int]) -> dict[int, Tags | None]:
    """The tagger's labels of these texts."""
    found: dict[int, Tags | None] = {}
    for start in range(0, len(ids), _MANY):
        query = select(vectors.c.id, vectors.c.tags).where(vectors.c.id.in_(ids[start : start + _MANY]))
        found.update((row.id, records.tags(row.tags)) for row in connection.execute(query))
    return found
