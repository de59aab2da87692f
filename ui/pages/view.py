"""What the recommendations page shows, as the query of its address: filters, order, page; named as in the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlencode

from index.filters import Facet, Order, RecommendationFilters

_LONGEST_QUERY = 8_000
_LONGEST_TEXT = 2_000
_MOST_VALUES = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its field, the facet that counts it, whether its values are whole numbers."""

    field: str
    facet: Facet
    whole: bool = False


FILTERS = (
    Filter("state", Facet.STATE),
    Filter("cycle", Facet.CYCLE, whole=True),
    Filter("position", Facet.POSITION),
    Filter("theme", Facet.THEME),
    Filter("group", Facet.GROUP),
    Filter("sdg", Facet.SDG),
    Filter("by", Facet.RECOMMENDER),
    Filter("agency", Facet.AGENCY),
    Filter("action", Facet.ACTION, whole=True),
    Filter("instrument", Facet.INSTRUMENT),
)


@dataclass(frozen=True, slots=True)
class View:
    """Filters, order and page (from 0)."""

    filters: RecommendationFilters = field(default_factory=RecommendationFilters)
    order: Order = Order.NUMBER
    descending: bool = False
    page: int = 0


def filters_from(asked: Mapping[str, Sequence[str]]) -> RecommendationFilters:
    """Filters from the values of a query; what cannot be a value is left out."""
    named: dict[str, Any] = {}
    for one in FILTERS:
        values = dict.fromkeys(str(v)[:200] for v in asked.get(one.field, ()) if str(v).strip())
        chosen = tuple(values)[:_MOST_VALUES]
        named[one.field] = (
            tuple(int(v) for v in chosen if v.isdecimal() and len(v) < 5) if one.whole else chosen
        )
    text = next((t.strip()[:_LONGEST_TEXT] for t in asked.get("text", ()) if t.strip()), "")
    return RecommendationFilters(**named, text=(text,) if text else ())


def parse(query: str) -> View:
    """The view that a query of the page's address names; unknown names and values are left out."""
    asked = parse_qs(query[:_LONGEST_QUERY].lstrip("?"))
    order, page = asked.get("order", [""])[0], asked.get("page", [""])[0]
    return View(
        filters_from(asked),
        Order(order) if order in set(Order) else Order.NUMBER,
        asked.get("descending") == ["1"],
        max(0, int(page) - 1) if page.isdecimal() and len(page) < 8 else 0,
    )


def with_values(filters: RecommendationFilters, name: str, values: tuple[Any, ...]) -> RecommendationFilters:
    """The filters with other values of one field."""
    changed: dict[str, Any] = {name: values}
    return replace(filters, **changed)


def query_of(filters: RecommendationFilters) -> str:
    """The filters as the query of an address."""
    pairs = [(one.field, str(v)) for one in FILTERS for v in getattr(filters, one.field)]
    return urlencode([*pairs, *(("text", text) for text in filters.text)])


def address(view: View) -> str:
    """The whole view as the query of an address; what is as usual is left out."""
    extra = []
    if view.order is not Order.NUMBER:
        extra.append(("order", view.order.value))
    if view.descending:
        extra.append(("descending", "1"))
    if view.page:
        extra.append(("page", str(view.page + 1)))
    return "&".join(filter(None, (query_of(view.filters), urlencode(extra))))
