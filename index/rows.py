"""Lists and counts of recommendations: exact answers from the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from corpus.language import detect
from corpus.model import Recommendation
from index import records
from index.filters import TAG_FACETS, Facet, Order, RecommendationFilters, conditions
from index.labels import tags_from
from index.schema import documents, recommendation_states, recommendations, tags
from index.seams import Parts

_MANY = 500


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of recommendations and how many there are in all."""

    total: int
    recommendations: tuple[Recommendation, ...]


def find(
    connection: Connection,
    parts: Parts,
    filters: RecommendationFilters,
    offset: int,
    limit: int | None,
    order: Order,
    descending: bool,
) -> Rows:
    """The recommendations that the filters leave, in order."""
    wanted = conditions(filters, matches(parts, filters))
    total = connection.scalar(select(func.count()).select_from(recommendations).where(*wanted)) or 0
    if limit == 0 or offset >= total:
        return Rows(total, ())
    query = select(recommendations, documents.c.key).join(
        documents, documents.c.id == recommendations.c.document_id
    )
    query = query.where(*wanted).order_by(*_order(order, descending)).offset(offset)
    return Rows(total, load(connection, query if limit is None else query.limit(limit)))


def one(connection: Connection, state: str | None, cycle: int | None, number: str) -> Recommendation | None:
    """The recommendation of that number in that review; without a cycle, of the latest review that has it.

    Without a State, one whose document names none.
    """
    table = recommendations.c
    query = select(recommendations, documents.c.key).join(documents, documents.c.id == table.document_id)
    query = query.where(table.state == state, table.number == number)
    if cycle is not None:
        query = query.where(table.cycle == cycle)
    found = load(connection, query.order_by(table.cycle.desc(), table.id).limit(1))
    return found[0] if found else None


def load(connection: Connection, query: Select[Any]) -> tuple[Recommendation, ...]:
    """The recommendations of a query over `recommendations` that also gives the document's key."""
    rows = connection.execute(query).mappings().all()
    labels = _labels(connection, [row["id"] for row in rows])
    return tuple(
        records.recommendation(
            row,
            row["key"],
            tags_from(labels.get(row["id"], ()), row["action"], row["action_score"], row["tag_origin"]),
        )
        for row in rows
    )


def count(connection: Connection, parts: Parts, filters: RecommendationFilters, by: Facet) -> dict[str, int]:
    """How many recommendations bear each label, most first; one with several labels counts under each."""
    wanted = conditions(filters, matches(parts, filters))
    if by is Facet.REGION:
        return _by_region(_counted(connection, recommendations.c.state, wanted))
    if by is Facet.RECOMMENDER:
        label, owner, own = recommendation_states.c.state, recommendation_states.c.recommendation_id, []
    elif by in TAG_FACETS:
        label, owner = tags.c.name, tags.c.recommendation_id
        own = [tags.c.facet == by.value, tags.c.shown.is_(True)]
    else:
        return _ordered(_counted(connection, recommendations.c[by.value], wanted))
    if wanted:
        own.append(owner.in_(select(recommendations.c.id).where(*wanted)))
    query = select(label, func.count()).where(*own).group_by(label)
    return _ordered({str(name): n for name, n in connection.execute(query)})


def matches(parts: Parts, filters: RecommendationFilters) -> tuple[str, ...]:
    """The full-text queries for the words in `filters.text`: every word must be there."""
    return tuple(every_word(parts, words) for words in filters.text)


def every_word(parts: Parts, words: str) -> str:
    """A full-text query that every word of `words` must answer."""
    found = parts.analyser.tokens(words, detect(words))
    return " AND ".join(f'"{token}"' for token in dict.fromkeys(found))


def _counted(
    connection: Connection, label: ColumnElement[Any], wanted: Sequence[ColumnElement[bool]]
) -> dict[str, int]:
    query = (
        select(label, func.count())
        .select_from(recommendations)
        .where(*wanted, label.is_not(None))
        .group_by(label)
    )
    return {str(name): n for name, n in connection.execute(query)}


def _by_region(counted: dict[str, int]) -> dict[str, int]:
    from corpus import states

    found: Counter[str] = Counter()
    for state, n in counted.items():
        found[states.group(state) or "Unknown"] += n
    return _ordered(found)


def _ordered(counted: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], records.natural(item[0]))))


def _order(order: Order, descending: bool) -> list[ColumnElement[Any]]:
    table = recommendations.c
    leading: dict[Order, list[ColumnElement[Any]]] = {
        Order.NUMBER: [],
        Order.STATE: [table.state],
        Order.CYCLE: [table.cycle],
        Order.POSITION: [table.position],
        Order.ACTION: [table.action],
        Order.TEXT: [func.lower(table.text)],
        Order.SESSION: [table.session],
    }
    natural = [table.state, table.cycle, table.number_order]
    first = leading[order] or natural
    turned = [column.desc() if descending else column.asc() for column in first]
    return [*turned, *(column.asc() for column in natural if leading[order]), table.id.asc()]


def _labels(connection: Connection, ids: Sequence[int]) -> dict[int, list[dict[str, object]]]:
    found: dict[int, list[dict[str, object]]] = {}
    for start in range(0, len(ids), _MANY):
        query = select(tags).where(
            tags.c.recommendation_id.in_(ids[start : start + _MANY]), tags.c.shown.is_(True)
        )
        result = connection.execute(query)
        names = tuple(result.keys())
        for row in result:  # a plain dict a row: SQLAlchemy's mapping builds its keys anew for each
            label = dict(zip(names, row, strict=True))
            found.setdefault(label["recommendation_id"], []).append(label)
    return found
