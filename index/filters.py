"""What can be asked for: values within a field are alternatives, fields narrow each other.

`conditions` and `search_conditions` turn filters into SQL over the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, false, or_, select, text

from index.schema import (
    FULL_TEXT,
    Scope,
    Status,
    documents,
    recommendation_documents,
    recommendation_states,
    recommendations,
    tags,
)

Values = tuple[str, ...]
Numbers = tuple[int, ...]


class Facet(StrEnum):
    """What recommendations can be counted by. Region is that of the State under review."""

    STATE = "state"
    CYCLE = "cycle"
    POSITION = "position"
    RECOMMENDER = "recommender"
    THEME = "theme"
    GROUP = "group"
    SDG = "sdg"
    TARGET = "target"
    AGENCY = "agency"
    ACTION = "action"
    REGION = "region"
    INSTRUMENT = "instrument"
    SESSION = "session"
    YEAR = "year"


TAG_FACETS = (Facet.THEME, Facet.GROUP, Facet.SDG, Facet.TARGET, Facet.AGENCY, Facet.INSTRUMENT)


class Order(StrEnum):
    """What a list of recommendations can be ordered by; numbers order as people count."""

    NUMBER = "number"
    STATE = "state"
    CYCLE = "cycle"
    POSITION = "position"
    ACTION = "action"
    TEXT = "text"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Which passages and recommendations a search may find. `document` takes keys or symbols."""

    kind: Values = ()
    state: Values = ()
    cycle: Numbers = ()
    language: Values = ()
    document: Values = ()
    session: Values = ()
    digest: bool | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) not in ((), None) for f in fields(self))


@dataclass(frozen=True, slots=True)
class RecommendationFilters:
    """Which recommendations are wanted.

    `by`: recommending States; `sdg`: goals ("16") or targets ("16.3"); `region`: of the State under review;
    `document`: keys or symbols of documents that speak of the recommendation; `text`: words to be found;
    `number`: as printed.
    """

    state: Values = ()
    cycle: Numbers = ()
    position: Values = ()
    by: Values = ()
    theme: Values = ()
    group: Values = ()
    sdg: Values = ()
    target: Values = ()
    agency: Values = ()
    action: Numbers = ()
    instrument: Values = ()
    region: Values = ()
    session: Values = ()
    year: Numbers = ()
    document: Values = ()
    number: Values = ()
    text: Values = ()
    implemented: bool | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) not in ((), None) for f in fields(self))


def document_ids(named: Iterable[str]) -> Select[tuple[int]]:
    """Ids of the visible documents that bear one of these keys or symbols."""
    wanted = list(named)
    return select(documents.c.id).where(
        documents.c.status == Status.VISIBLE.value,
        or_(documents.c.key.in_(wanted), documents.c.symbol.in_(wanted)),
    )


def conditions(filters: RecommendationFilters, matches: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """SQL conditions on `recommendations`; `matches` are the FTS5 queries of `filters.text`."""
    table = recommendations.c
    found: list[ColumnElement[bool]] = []
    for column, values in (
        (table.state, filters.state),
        (table.cycle, filters.cycle),
        (table.position, filters.position),
        (table.action, filters.action),
        (table.session, filters.session),
        (table.year, filters.year),
        (table.number, filters.number),
    ):
        if values:
            found.append(column.in_([str(v) if column.type.python_type is str else int(v) for v in values]))
    if filters.implemented is not None:
        found.append(table.implemented.is_(filters.implemented))
    if filters.by:
        found.append(_made_by(filters.by))
    for facet, values in (
        ("theme", filters.theme),
        ("group", filters.group),
        ("target", filters.target),
        ("agency", filters.agency),
        ("instrument", filters.instrument),
    ):
        if values:
            found.append(_tagged(facet, values))
    if filters.sdg:
        found.append(_sdg(filters.sdg))
    if filters.region:
        found.append(table.state.in_(states_of(filters.region)))
    if filters.document:
        found.append(
            table.id.in_(
                select(recommendation_documents.c.recommendation_id).where(
                    recommendation_documents.c.document_id.in_(document_ids(filters.document))
                )
            )
        )
    if filters.text:
        found.append(or_(*(_match(query, n) for n, query in enumerate(matches))))
    return found


def search_conditions(filters: SearchFilters, scope: Scope) -> list[ColumnElement[bool]]:
    """SQL conditions on `documents` (paragraphs) or on `recommendations` joined with them."""
    docs, recs = documents.c, recommendations.c
    own = scope is Scope.RECOMMENDATIONS
    found: list[ColumnElement[bool]] = []
    for column, values in (
        (docs.kind, filters.kind),
        (recs.state if own else docs.state, filters.state),
        (recs.cycle if own else docs.cycle, filters.cycle),
        (docs.language, filters.language),
        (recs.session if own else docs.session, filters.session),
    ):
        if values:
            found.append(column.in_([str(v) if column.type.python_type is str else int(v) for v in values]))
    if filters.document:
        found.append(docs.id.in_(document_ids(filters.document)))
    if filters.digest is not None:
        found.append(docs.digest.is_(filters.digest))
    return found


def states_of(regions: Iterable[str]) -> list[str]:
    """The States of the United Nations regional groups of these names."""
    from corpus import states  # reads its lists on import: only where regions are asked for

    wanted = {region.casefold() for region in regions}
    return sorted(state.alpha3 for state in states.states() if (state.group or "").casefold() in wanted)


def _made_by(states: Iterable[str]) -> ColumnElement[bool]:
    some = recommendation_states.alias()
    return recommendations.c.id.in_(select(some.c.recommendation_id).where(some.c.state.in_(states)))


def _tagged(facet: str, values: Iterable[str]) -> ColumnElement[bool]:
    wanted = [str(value) for value in values]
    some = tags.alias()  # a count by tags joins `tags` itself
    bearing = select(some.c.recommendation_id).where(
        some.c.facet == facet, some.c.name.in_(wanted), some.c.shown.is_(True)
    )
    return recommendations.c.id.in_(bearing)


def _sdg(values: Iterable[str]) -> ColumnElement[bool]:
    wanted = [str(value).strip() for value in values]
    goals = [value for value in wanted if "." not in value]
    targets = [value for value in wanted if "." in value]
    parts = [_tagged(facet, some) for facet, some in (("sdg", goals), ("target", targets)) if some]
    return or_(*parts) if parts else false()


def _match(query: str, n: int) -> ColumnElement[bool]:
    if not query:
        return false()
    name = FULL_TEXT[Scope.RECOMMENDATIONS]
    return recommendations.c.id.in_(
        text(f"SELECT rowid FROM {name} WHERE {name} MATCH :match_{n}").bindparams(**{f"match_{n}": query})
    )
