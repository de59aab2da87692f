"""The recommendations page: filters with counts, a sortable table, one recommendation beside it, exports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus import states
from corpus.errors import UprError
from index.filters import Facet, Order
from index.records import natural
from ui.pages import recommendation
from ui.pages.labels import tag_label
from ui.pages.markup import WIRE, render
from ui.pages.recommendation import base, row
from ui.pages.recommendation import parse as place_of
from ui.pages.view import FILTERS, Filter, View, address, parse, query_of, with_values
from ui.pages.words import Words

if TYPE_CHECKING:
    from index.rows import Rows
    from ui.service import Service

PER_PAGE = 50
_OPEN = frozenset({"state", "cycle", "position"})
_COLUMNS = (
    ("state", Order.STATE),
    ("number", Order.NUMBER),
    ("recommendation", Order.TEXT),
    ("position", Order.POSITION),
    ("by", None),
    ("sdg", None),
)


Counted = dict[Facet, dict[str, int]]


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._library = service.library
        self._words = words
        self._one = recommendation.Page(service, words)

    def label(self, facet: Facet, value: str) -> str:
        """How a filter's value is shown."""
        words = self._words
        if facet in {Facet.STATE, Facet.RECOMMENDER}:
            return states.name(value, words.language)
        if facet is Facet.POSITION:
            return words.get(value)
        if facet is Facet.ACTION:
            return words.get(f"action_{value}", value)
        if facet is Facet.CYCLE:
            return value
        if facet is Facet.SDG and "." in value:
            return tag_label(Facet.TARGET.value, value, words.language)
        return tag_label(facet.value, value, words.language)

    def _filters(self, view: View) -> list[dict[str, Any]]:
        """The values of each filter that the others leave, with their counts; chosen ones stay, though they count 0."""
        others = {one.facet: with_values(view.filters, one.field, ()) for one in FILTERS}
        counted = self._library.count_each(others | {Facet.TARGET: others[Facet.SDG]})
        return [self._filter(view, one, counted) for one in FILTERS]

    def _filter(self, view: View, one: Filter, counted: Counted) -> dict[str, Any]:
        chosen = [str(v) for v in getattr(view.filters, one.field)]
        counts = {**dict.fromkeys(chosen, 0), **counted[one.facet]}
        if one.facet is Facet.SDG:  # goals can be chosen here; a target only came with the address
            counts |= {value: counted[Facet.TARGET].get(value, 0) for value in chosen if "." in value}
        values: list[dict[str, Any]] = [
            {"value": value, "name": self.label(one.facet, value), "n": n, "chosen": value in chosen}
            for value, n in counts.items()
        ]
        if one.field in {"cycle", "sdg", "action"}:
            values.sort(key=lambda v: natural(v["value"]))
        else:
            values.sort(key=lambda v: (not v["chosen"], -v["n"], v["name"]))
        return {"field": one.field, "values": values, "open": one.field in _OPEN or bool(chosen)}

    def _chosen(self, view: View) -> list[dict[str, str]]:
        """What is filtered by, each with the query that leaves it out."""
        found = []
        for one in FILTERS:
            values = getattr(view.filters, one.field)
            for value in values:
                rest = with_values(view.filters, one.field, tuple(v for v in values if v != value))
                found.append(
                    {"field": one.field, "shown": self.label(one.facet, str(value)), "query": query_of(rest)}
                )
        for text in view.filters.text:
            found.append({"field": "words", "shown": text, "query": query_of(replace(view.filters, text=()))})
        return found

    def _columns(self, view: View) -> list[dict[str, Any]]:
        columns = []
        for name, order in _COLUMNS:
            here = order is view.order
            turned = (
                replace(view, order=order, descending=here and not view.descending, page=0) if order else view
            )
            columns.append(
                {"name": name, "query": address(turned) if order else None, "here": here,
                 "sorted": ("descending" if view.descending else "ascending") if here else "none"}
            )  # fmt: skip
        return columns

    def table(self, view: View) -> str:
        """Filters and the table of one page of recommendations."""
        rows = self._rows(view)
        pages = max(1, -(-rows.total // PER_PAGE))
        if view.page >= pages:
            view = replace(view, page=pages - 1)
            rows = self._rows(view)
        return render(
            "recommendations.html",
            w=self._words,
            total=self._words.plural("total", rows.total),
            filters=self._filters(view),
            chosen=self._chosen(view),
            text=view.filters.text[0] if view.filters.text else "",
            columns=self._columns(view),
            rows=[row(rec, self._words) for rec in rows.recommendations],
            page_of=self._words.fill("page_of", page=view.page + 1, pages=pages),
            before=address(replace(view, page=view.page - 1)) if view.page else None,
            after=address(replace(view, page=view.page + 1)) if view.page + 1 < pages else None,
            pages=pages,
            order=view.order.value,
            descending=view.descending,
            query=query_of(view.filters),
            address=address(view),
            base=base(self._words),
        )

    def _rows(self, view: View) -> Rows:
        return self._library.recommendations(
            view.filters, view.page * PER_PAGE, PER_PAGE, view.order, view.descending
        )

    def act(self, event: gr.EventData) -> tuple[Any, Any]:
        """Do what a filter, a link or a button says: (table, a recommendation's own page)."""
        asked = {str(name): str(value) for name, value in event._data.items()}
        try:
            if asked.get("do") == "open":
                return gr.skip(), self._one.panel(place_of(asked.get("query", "")))
            if asked.get("do") == "show":
                return self.table(parse(asked.get("query", ""))), gr.skip()
        except UprError as error:
            return render("problem.html", w=self._words, problem=str(error)), gr.skip()
        return gr.skip(), gr.skip()


def build(service: Service, words: Words) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    begin = render("begin.html", w=words, title=words["recommendations"])
    table = gr.HTML(begin, js_on_load=WIRE, apply_default_css=False, elem_id="records")
    detail = gr.HTML("", js_on_load=WIRE, apply_default_css=False, elem_id="detail")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16}
    for part in (table, detail):
        part.click(page.act, None, [table, detail], trigger_mode="always_last", **quiet)
