"""Hybrid search: full text and vectors, fused by rank, filters in both halves, exact identifiers first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, Float, select
from sqlalchemy import text as sql

from corpus.language import detect
from corpus.model import Kind, Language, Paragraph
from index import rank, records
from index.catalogue import Catalogue
from index.filters import SearchFilters, search_conditions
from index.neighbours import Neighbours, Ranked
from index.question import content_words
from index.schema import FULL_TEXT, Scope, Status, documents, paragraphs, passages, recommendations
from index.seams import Parts

if TYPE_CHECKING:
    from index.embeddings import Reranker
    from index.records import DocumentRef

_DEPTH = 60  # how far down each ranking is read
_RERANKED = 40
_SPARE = 60
_OWN, _CONTEXT = 1.0, 0.3  # weights of a passage's words and of its headings' in BM25
_LOOSER = 1_000.0  # more than any score: what concerns all named States comes before what concerns one
_MANY = 500
_HEADING, _ENDS = 80, ".。;；!！?？؟"  # an unnumbered line of so many characters without an end is a heading
_SYMBOL = re.compile(r"\bA/(?:HRC|RES|CONF|DEC|\d+)[A-Za-z0-9./-]*[A-Za-z0-9]", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:\bpara(?:graph|s)?\b\.?|§|第)\s*(\d+(?:\.\d+)?)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w/.])\d{1,3}\.\d{1,3}(?![\w/]|\.\d)")

Unit = tuple[Scope, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage or a recommendation that was found; `number` is set for a recommendation.

    `score` lies in (0, 1], 1 where every ranking puts it first. `text` is the document's `text[start:end]`;
    `whole` is the span of the paragraph that it lies in.
    """

    key: str
    symbol: str | None
    paragraph: str | None
    page: int | None
    kind: Kind
    state: str | None
    language: Language
    score: float
    text: str
    start: int
    end: int
    number: str | None = None
    cycle: int | None = None
    digest: bool = False
    url: str | None = None
    heading: tuple[str, ...] = ()
    whole: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, document: DocumentRef, paragraph: Paragraph, start: int = 0, end: int | None = None) -> Hit:
        """A paragraph of a document, or its characters from `start` to `end`; the score is for a ranking to set."""
        return cls(
            key=document.key,
            symbol=document.symbol,
            paragraph=paragraph.number,
            page=paragraph.page,
            kind=document.kind,
            state=document.state,
            language=document.language,
            score=0.0,
            text=paragraph.text[start:end],
            start=paragraph.start + start,
            end=paragraph.end if end is None else paragraph.start + end,
            cycle=document.cycle,
            digest=document.digest,
            url=document.url,
            heading=paragraph.heading,
            whole=(paragraph.start, paragraph.end),
        )


class Search:
    """Search over one library. Safe across threads."""

    def __init__(self, engine: Engine, catalogue: Catalogue, neighbours: Neighbours, parts: Parts) -> None:
        self._engine = engine
        self._catalogue = catalogue
        self._neighbours = neighbours
        self._parts = parts

    def find(
        self,
        query: str,
        k: int,
        filters: SearchFilters,
        scopes: Sequence[Scope],
        language: Language | None = None,
    ) -> list[Hit]:
        """The `k` best hits for a question, best first."""
        if not query.strip() or k < 1:
            return []
        asked = language or detect(query)
        with self._engine.connect() as connection:
            first = list(self._identified(connection, query, filters, scopes))
            fused = self._fused(connection, query, asked, filters, scopes, max(_DEPTH, 2 * k))
            fused = [(unit, 1.0) for unit in first] + [pair for pair in fused if pair[0] not in set(first)]
            hits = self._hits(connection, fused[: 2 * k + len(first) + _RERANKED])
        found = sorted(self._reranked(query, hits[len(first) :]), key=_is_heading)
        ordered = hits[: len(first)] + found
        return _without_doubles(ordered)[:k]

    def _fused(
        self, connection: Connection, query: str, language: Language, filters: SearchFilters, scopes: Sequence[Scope],
        depth: int,
    ) -> list[tuple[Unit, float]]:  # fmt: skip
        asker = self._parts.asker
        weights = self._parts.fusion.of(content_words(query, language))
        generation = self._catalogue.generation(connection)
        by_words: list[tuple[Unit, float]] = []
        by_vector: list[tuple[Unit, float]] = []
        by_focus: list[tuple[Unit, float]] = []
        words = asker.query(query, language) if weights.full_text else ""
        focused = asker.focused(query, language) if weights.focused else ()
        vector = self._parts.embed_query(asker.content(query, language)) if weights.vectors else None
        for scope in scopes:
            ranked = self._full_text(connection, scope, words, filters, depth)
            by_words += [((scope, one), score) for one, score in ranked]
            for looser, focus in enumerate(focused):
                ranked = _matched(connection, scope, focus.words, filters, depth, None, focus.within)
                by_focus += [((scope, one), score - looser * _LOOSER) for one, score in ranked]
            if vector is not None and vector.any():
                near = self._neighbours.find(connection, generation, scope, vector, filters, depth)
                by_vector += [((scope, one), score) for one, score in near]
        rankings = [
            [unit for unit, _ in sorted(some, key=lambda one: -one[1])[:depth]]
            for some in (by_words, by_vector, by_focus)
        ]
        return rank.fuse(rankings, (weights.full_text, weights.vectors, weights.focused))

    def _full_text(
        self, connection: Connection, scope: Scope, words: str, filters: SearchFilters, depth: int
    ) -> Ranked:
        if not words:
            return []
        if filters:
            return _matched(connection, scope, words, filters, depth, None)
        # the best of all are nearly always visible, so that the many matches need not be looked up
        best = _matched(connection, scope, words, filters, depth, depth + _SPARE)
        return best if len(best) == depth else _matched(connection, scope, words, filters, depth, None)

    def _identified(
        self, connection: Connection, query: str, filters: SearchFilters, scopes: Sequence[Scope]
    ) -> Iterable[Unit]:
        """Units that the question names: a document's symbol (with a paragraph), a recommendation of a State."""
        symbols = [found.group().upper() for found in _SYMBOL.finditer(query)]
        if symbols and Scope.PARAGRAPHS in scopes:
            yield from self._of_document(connection, query, symbols, filters)
        rest = _SYMBOL.sub(" ", query)
        numbers = [found.group() for found in _NUMBER.finditer(rest)]
        if numbers and Scope.RECOMMENDATIONS in scopes:
            yield from self._of_review(connection, rest, numbers, filters)

    def _of_document(
        self, connection: Connection, query: str, symbols: Sequence[str], filters: SearchFilters
    ) -> Iterable[Unit]:
        named = [key for key, ref in self._catalogue.refs().items() if (ref.symbol or key).upper() in symbols]
        if not named:
            return
        own = replace(filters, document=tuple(named))
        wanted = search_conditions(own, Scope.PARAGRAPHS)
        numbers = [found.group(1) for found in _PARAGRAPH.finditer(query)]
        base = (
            select(passages.c.id)
            .join(documents, documents.c.id == passages.c.document_id)
            .join(
                paragraphs,
                (paragraphs.c.document_id == passages.c.document_id)
                & (paragraphs.c.ordinal == passages.c.ordinal),
            )
            .where(documents.c.status == Status.VISIBLE.value, *wanted)
            .order_by(documents.c.key, passages.c.id)
        )
        if numbers:
            rows = connection.scalars(base.where(paragraphs.c.number.in_(numbers)))
            yield from ((Scope.PARAGRAPHS, one) for one in rows)
            return
        rest = _SYMBOL.sub(" ", query).strip()
        if rest:
            asked = detect(rest)
            fused = self._fused(connection, rest, asked, own, (Scope.PARAGRAPHS,), _DEPTH)
            yield from (unit for unit, _ in fused[:5])
        else:
            yield from ((Scope.PARAGRAPHS, one) for one in connection.scalars(base.limit(5)))

    def _of_review(
        self, connection: Connection, query: str, numbers: Sequence[str], filters: SearchFilters
    ) -> Iterable[Unit]:
        from corpus import states

        named = [mention.alpha3 for mention in states.find(query)] or list(filters.state)
        if not named:
            return
        rows = connection.scalars(
            select(recommendations.c.id)
            .join(documents, documents.c.id == recommendations.c.document_id)
            .where(
                recommendations.c.number.in_(numbers),
                recommendations.c.state.in_(named),
                *search_conditions(filters, Scope.RECOMMENDATIONS),
            )
            .order_by(recommendations.c.cycle.desc(), recommendations.c.number_order)
        )
        yield from ((Scope.RECOMMENDATIONS, one) for one in rows)

    def _hits(self, connection: Connection, fused: Sequence[tuple[Unit, float]]) -> list[Hit]:
        rows: dict[Unit, Hit] = {}
        for scope, load in ((Scope.PARAGRAPHS, _passage_hits), (Scope.RECOMMENDATIONS, _recommendation_hits)):
            ids = [one for (own, one), _ in fused if own is scope]
            for start in range(0, len(ids), _MANY):
                found = load(connection, ids[start : start + _MANY])
                rows.update({(scope, one): hit for one, hit in found.items()})
        return [replace(rows[unit], score=score) for unit, score in fused if unit in rows]

    @cached_property
    def _reranker(self) -> Reranker | None:
        if self._parts.settings.reranker is None:
            return None
        from index.embeddings import load_reranker

        return load_reranker(self._parts.settings)

    def _reranked(self, query: str, hits: list[Hit]) -> list[Hit]:
        if self._reranker is None or not hits:
            return hits
        head, tail = hits[:_RERANKED], hits[_RERANKED:]
        scores = self._reranker.scores(query, [hit.text for hit in head])
        order = sorted(range(len(head)), key=lambda place: -scores[place])
        return [replace(head[place], score=head[n].score) for n, place in enumerate(order)] + tail


def _matched(
    connection: Connection,
    scope: Scope,
    words: str,
    filters: SearchFilters,
    depth: int,
    first: int | None,
    within: Sequence[str] = (),
) -> Ranked:
    """(unit, score) of what matches, best first, looked for among the `first` best or among all.

    What `within` says must match too, but does not count for the score.
    """
    name = FULL_TEXT[scope]
    table = passages if scope is Scope.PARAGRAPHS else recommendations
    score = f"bm25({name}, {_OWN}, {_CONTEXT})"
    statement = f"SELECT rowid AS unit, -{score} AS score FROM {name} WHERE {name} MATCH :words"
    places = [f"w{n}" for n in range(len(within))]
    for place in places:
        statement += f" AND +rowid IN (SELECT rowid FROM {name} WHERE {name} MATCH :{place})"
    if first is not None:
        statement += f" ORDER BY {score}, rowid LIMIT {first}"
    match = (
        sql(statement)
        .bindparams(words=words, **dict(zip(places, within, strict=True)))
        .columns(unit=table.c.id.type, score=Float())
        .subquery("matched")
    )
    query = (
        select(match.c.unit, match.c.score)
        .join(table, table.c.id == match.c.unit)
        .join(documents, documents.c.id == table.c.document_id)
        .where(documents.c.status == Status.VISIBLE.value, *search_conditions(filters, scope))
        .order_by(match.c.score.desc(), match.c.unit)
        .limit(depth)
    )
    return [(row.unit, row.score) for row in connection.execute(query)]


def _passage_hits(connection: Connection, ids: Sequence[int]) -> dict[int, Hit]:
    own = paragraphs.c
    query = (
        select(
            passages.c.id.label("unit"),
            (passages.c.start - own.start).label("opens"),
            (passages.c.end - own.start).label("closes"),
            documents, own.number, own.page, own.text, own.heading, own.start, own.end,
        )
        .join(documents, documents.c.id == passages.c.document_id)
        .join(paragraphs, (own.document_id == passages.c.document_id) & (own.ordinal == passages.c.ordinal))
        .where(passages.c.id.in_(ids))
    )  # fmt: skip
    return {
        row["unit"]: Hit.of(records.document_ref(row), records.paragraph(row), row["opens"], row["closes"])
        for row in connection.execute(query).mappings()
    }


def _recommendation_hits(connection: Connection, ids: Sequence[int]) -> dict[int, Hit]:
    own = recommendations.c
    query = (
        select(
            own.id.label("unit"), own.state.label("reviewed"), own.cycle.label("reviewed_in"),
            documents, own.number, own.paragraph, own.page, own.text, own.start, own.end,
        )
        .join(documents, documents.c.id == own.document_id)
        .where(own.id.in_(ids))
    )  # fmt: skip
    found: dict[int, Hit] = {}
    for row in connection.execute(query).mappings():
        printed = row["paragraph"] or row["number"]
        place = Paragraph(printed, row["text"], row["start"], row["end"], row["page"])
        found[row["unit"]] = replace(
            Hit.of(records.document_ref(row), place),
            number=row["number"],
            state=row["reviewed"],
            cycle=row["reviewed_in"],
        )
    return found


def _is_heading(hit: Hit) -> bool:
    """Whether a passage only announces what follows it: it answers nothing, however well its words fit."""
    return (
        hit.number is None
        and hit.paragraph is None
        and len(hit.text) <= _HEADING
        and hit.text[-1:] not in _ENDS
    )


def _without_doubles(hits: Sequence[Hit]) -> list[Hit]:
    """Hits without passages that say what a recommendation among the hits says, at the same place.

    Of a long paragraph that was kept in several passages, only the best one stays.
    """
    own = {(hit.key, hit.start): hit.end for hit in hits if hit.number is not None}

    def doubled(hit: Hit) -> bool:
        if hit.number is not None:
            return False
        return any(
            key == hit.key and start < hit.end and hit.start < end and (end - start) * 2 > hit.end - hit.start
            for (key, start), end in own.items()
        )

    places: dict[tuple[str, tuple[int, int]], Hit] = {}
    for hit in hits:
        if not doubled(hit):
            places.setdefault((hit.key, hit.whole), hit)
    return list(places.values())
