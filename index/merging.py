"""From what visible documents say to one row per recommendation.

Whenever a document appears or goes, the recommendations of the reviews it speaks of are merged anew; all other
rows stay as they are. A review is a State and a cycle; claims whose State is unknown stay with their document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select
from sqlalchemy import text as sql

from corpus.model import Language, PositionStatement, Recommendation, SdgLink, Tag, Tags
from index import records
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
from index.writing import index_text, unindex_text

_TAGGER = "tagger:"
_MANY = 500


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """One review, or, with `document`, the claims of one document that name no State."""

    state: str
    cycle: int
    document: int = 0

    def of(self, columns: object) -> ColumnElement[bool]:
        """The condition that a table with `state` and `cycle` is about this review."""
        table = columns.c  # type: ignore[attr-defined]
        if self.document:
            return and_(table.state.is_(None), table.document_id == self.document)
        cycle = table.cycle.is_(None) if not self.cycle else table.cycle == self.cycle
        return and_(table.state == self.state, cycle)


@dataclass(frozen=True, slots=True)
class _Claim:
    rec: Recommendation
    document: int
    vector: int


def groups_of(connection: Connection, document_ids: Iterable[int]) -> set[Group]:
    """The reviews that these documents speak of, in claims or in positions."""
    found: set[Group] = set()
    for one in document_ids:
        rows = connection.execute(
            select(claims.c.state, claims.c.cycle).where(claims.c.document_id == one).distinct()
        )
        found.update(Group(r.state, r.cycle or 0) if r.state else Group("", 0, one) for r in rows)
        said = connection.execute(
            select(documents.c.state, documents.c.cycle)
            .where(documents.c.id == one, documents.c.state.is_not(None))
            .where(select(positions.c.ordinal).where(positions.c.document_id == one).exists())
        )
        found.update(Group(r.state, r.cycle or 0) for r in said)
    return found


def regroup(connection: Connection, parts: Parts, groups: Iterable[Group]) -> int:
    """Merge these reviews anew; gives how many recommendations they have."""
    refs = _Refs(connection)
    total = 0
    for group in sorted(groups):
        _clear(connection, group)
        found = _claims(connection, group, refs)
        said = _positions(connection, group)
        merged = parts.merge([one.rec for one in found], [one for one, _ in said], refs.by_key)
        _write(connection, parts, refs, merged, found, said)
        total += len(merged)
    return total


class _Refs:
    """The visible documents, by id and by key."""

    def __init__(self, connection: Connection) -> None:
        rows = connection.execute(
            select(documents).where(documents.c.status == Status.VISIBLE.value)
        ).mappings()
        self.by_id = {row["id"]: records.document_ref(row) for row in rows}
        self.by_key = {ref.key: ref for ref in self.by_id.values()}
        self.ids = {ref.key: one for one, ref in self.by_id.items()}


def _clear(connection: Connection, group: Group) -> None:
    table = recommendations
    ids = list(connection.scalars(select(table.c.id).where(group.of(table))))
    unindex_text(connection, Scope.RECOMMENDATIONS, ids)
    for start in range(0, len(ids), _MANY):
        connection.execute(delete(table).where(table.c.id.in_(ids[start : start + _MANY])))


def _claims(connection: Connection, group: Group, refs: _Refs) -> list[_Claim]:
    query = (
        select(claims)
        .join(documents, documents.c.id == claims.c.document_id)
        .where(group.of(claims), documents.c.status == Status.VISIBLE.value)
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


def _positions(connection: Connection, group: Group) -> list[tuple[PositionStatement, int]]:
    """Statements of visible documents on this review; a document without a cycle speaks of any."""
    if group.document:
        return []
    cycle = or_(documents.c.cycle == (group.cycle or None), documents.c.cycle.is_(None))
    query = (
        select(positions)
        .join(documents, documents.c.id == positions.c.document_id)
        .where(documents.c.state == group.state, cycle, documents.c.status == Status.VISIBLE.value)
        .order_by(positions.c.document_id, positions.c.ordinal)
    )
    return [(records.statement(row), row["document_id"]) for row in connection.execute(query).mappings()]


def _write(
    connection: Connection,
    parts: Parts,
    refs: _Refs,
    merged: Sequence[Recommendation],
    found: Sequence[_Claim],
    said: Sequence[tuple[PositionStatement, int]],
) -> None:
    if not merged:
        return
    by_text = {one.rec.text: one.vector for one in found}
    by_number = {one.rec.number: one.vector for one in found}
    spoken: dict[str, set[int]] = {}
    for number, speaker in [(c.rec.number, c.document) for c in found] + [(s.number, d) for s, d in said]:
        spoken.setdefault(number, set()).add(speaker)
    first = 1 + (
        connection.execute(sql("SELECT seq FROM sqlite_sequence WHERE name = 'recommendations'")).scalar()
        or 0
    )
    used = [by_text.get(rec.text) or by_number[rec.number] for rec in merged]
    tagged = tags_of_vectors(connection, used)
    rows: list[records.Json] = []
    states: list[records.Json] = []
    speakers: list[records.Json] = []
    labels: list[records.Json] = []
    words: list[tuple[int, list[str], list[str]]] = []
    for n, (rec, vector) in enumerate(zip(merged, used, strict=True), first):
        official, own = _official(rec.tags), tagged.get(vector)
        action = official if official and official.action else own
        document = refs.by_key[rec.document]
        rows.append(
            {
                "id": n,
                "document_id": refs.ids[rec.document],
                "number_order": records.natural(rec.number),
                "action": action.action if action else None,
                "action_score": action.action_score if action else 0.0,
                "year": records.year_of(document.date),
                "tag_origin": (official or own or Tags()).origin,
                "vector_id": vector,
                **records.recommendation_row(rec),
            }
        )
        states += [{"recommendation_id": n, "state": state} for state in dict.fromkeys(rec.recommenders)]
        about = spoken.get(rec.number, set()) | {refs.ids[rec.document]}
        speakers += [{"recommendation_id": n, "document_id": one} for one in sorted(about)]
        labels += [{"recommendation_id": n, **label} for label in labels_of(official, own)]
        words.append((n, parts.analyser.tokens(rec.text, Language(document.language)), []))
    for table, values in (
        (recommendations, rows),
        (recommendation_states, states),
        (recommendation_documents, speakers),
        (tags, labels),
    ):
        if values:
            connection.execute(insert(table), values)
    index_text(connection, Scope.RECOMMENDATIONS, words)


def tags_of_vectors(connection: Connection, ids: Sequence[int]) -> dict[int, Tags | None]:
    """The tagger's labels of these texts."""
    found: dict[int, Tags | None] = {}
    for start in range(0, len(ids), _MANY):
        query = select(vectors.c.id, vectors.c.tags).where(vectors.c.id.in_(ids[start : start + _MANY]))
        found.update((row.id, records.tags(row.tags)) for row in connection.execute(query))
    return found


def _official(found: Tags | None) -> Tags | None:
    return None if found is None or found.origin.startswith(_TAGGER) else found


def labels_of(official: Tags | None, own: Tags | None) -> list[dict[str, object]]:
    """Rows of `tags` of one recommendation, without its id.

    Goals that a document states stand in place of the tagger's; its themes and groups, which use other words,
    stand beside them. What does not count is kept with `shown` false.
    """
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    goals_given = bool(official and official.sdgs)
    for found in (official, own):
        if found is None:
            continue
        for facet, name, score, why in _flat(found):
            shown = found is official or not (goals_given and facet in ("sdg", "target"))
            place = (facet, name, found.origin)
            if place not in rows or float(str(rows[place]["score"])) < score:
                rows[place] = {
                    "facet": facet,
                    "name": name,
                    "origin": found.origin,
                    "score": score,
                    "why": why,
                    "shown": shown,
                }
    return list(rows.values())


def _flat(found: Tags) -> Iterator[tuple[str, str, float, str]]:
    for facet, some in (
        ("theme", found.themes),
        ("group", found.groups),
        ("agency", found.agencies),
        ("instrument", found.instruments),
    ):
        for tag in some:
            yield facet, tag.name, tag.score, tag.why
    for link in found.sdgs:
        yield "sdg", str(link.goal), link.score, link.why
        if link.target:
            yield "target", link.target, link.score, link.why


def tags_from(rows: Sequence[Mapping[str, object]], action: int | None, score: float, origin: str) -> Tags:
    """The labels that count of one recommendation, as a value; official ones before the tagger's."""
    ordered = sorted(
        rows, key=lambda r: (str(r["origin"]).startswith(_TAGGER), -float(str(r["score"])), str(r["name"]))
    )
    by_facet: dict[str, dict[str, Tag]] = {}
    for row in ordered:
        tag = Tag(str(row["name"]), float(str(row["score"])), str(row["why"]))
        by_facet.setdefault(str(row["facet"]), {}).setdefault(tag.name, tag)
    targets = by_facet.get("target", {})
    links = [SdgLink(int(t.name.split(".")[0]), t.name, t.score, t.why) for t in targets.values()]
    whole = {link.goal for link in links}
    links += [
        SdgLink(int(t.name), None, t.score, t.why)
        for t in by_facet.get("sdg", {}).values()
        if int(t.name) not in whole
    ]
    return Tags(
        themes=tuple(by_facet.get("theme", {}).values()),
        groups=tuple(by_facet.get("group", {}).values()),
        sdgs=tuple(sorted(links, key=lambda link: -link.score)),
        action=action,
        action_score=score,
        agencies=tuple(by_facet.get("agency", {}).values()),
        instruments=tuple(by_facet.get("instrument", {}).values()),
        origin=origin,
    )
