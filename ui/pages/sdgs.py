"""SDGs and mandates: recommendations by goal and position as picture and table; by UN entity; two cycles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

import gradio as gr

from corpus import states
from corpus.errors import UprError
from corpus.model import Position
from index.filters import Facet, RecommendationFilters
from index.records import natural
from ui.pages.labels import tag_label
from ui.pages.markup import WIRE, render
from ui.pages.recommendation import base
from ui.pages.view import query_of
from ui.pages.words import Words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from ui.service import Service

_GOALS = tuple(str(goal) for goal in range(1, 18))
# Okabe and Ito's palette: told apart by people who do not see all colours, on light and on dark.
_COLOURS = {
    Position.SUPPORTED: "#009E73",
    Position.PARTIALLY_SUPPORTED: "#56B4E9",
    Position.PENDING: "#999999",
    Position.NOTED: "#E69F00",
}
_LONGEST_LABEL = 46

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The State and the cycles shown; `other` is the cycle compared with, `goal` the one drilled into."""

    state: str | None = None
    cycle: int | None = None
    other: int | None = None
    goal: str | None = None

    def query(self, **changed: str | None) -> str:
        """The choice as the query of the page's address."""
        values = {"state": self.state, "cycle": self.cycle, "other": self.other, "goal": self.goal} | changed
        return urlencode([(name, str(value)) for name, value in values.items() if value])


def parse(query: str) -> Chosen:
    """What a query of the page's address chooses."""
    asked = {name: values[0] for name, values in parse_qs(query[:500].lstrip("?")).items()}

    def whole(name: str) -> int | None:
        value = asked.get(name, "")
        return int(value) if value.isdecimal() and len(value) < 4 else None

    goal = asked.get("goal")
    return Chosen(asked.get("state"), whole("cycle"), whole("other"), goal if goal in _GOALS else None)


def _filters(state: str | None, cycle: int | None) -> RecommendationFilters:
    return RecommendationFilters(state=(state,) if state else (), cycle=(cycle,) if cycle else ())


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else name[: _LONGEST_LABEL - 1].rstrip() + "…"


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._library = service.library
        self._words = words

    def picture(self, chosen: Chosen, *, narrow: bool = False) -> Figure:
        """Bars by goal, stacked by position; the compared cycle stands beside, hatched. Goals by number if `narrow`."""
        import plotly.graph_objects as go

        words = self._words
        figure = go.Figure()
        shown = [(chosen.cycle, "", "0")] + ([(chosen.other, "/", "1")] if chosen.other else [])
        names = [goal if narrow else _short(tag_label("goals", goal, words.language)) for goal in _GOALS]
        if not words.left_to_right:
            names = [f"\u200f{name}" for name in names]  # the number first, in the script's own direction
        # Plotly makes room for labels on the left by itself, on the right not.
        room = 24 + (0 if narrow else 7 * max(len(name) for name in names))
        for cycle, pattern, group in shown:
            counts = self._library.count_by_position(_filters(chosen.state, cycle), Facet.SDG)
            for position in Position:
                values = [counts.get(goal, {}).get(position.value, 0) for goal in _GOALS]
                if not any(values):
                    continue
                title = words[position.value] + (
                    f" ({words['cycle']} {cycle})" if chosen.other and cycle else ""
                )
                figure.add_bar(
                    y=names, x=values, name=title, orientation="h", offsetgroup=group, legendgroup=title,
                    marker={"color": _COLOURS[position], "pattern": {"shape": pattern, "fgcolor": "#1f2937"}},
                    hovertemplate="%{y}: %{x}<extra>" + title + "</extra>",
                )  # fmt: skip
        ltr = words.left_to_right
        figure.update_layout(
            barmode="stack",
            height=600,
            dragmode=False,
            margin={"l": 8, "r": 8 if words.left_to_right else room, "t": 8, "b": 8},
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0 if ltr else 1,
                    "xanchor": "left" if ltr else "right", "traceorder": "normal" if ltr else "reversed"},
            font={"color": "#475569", "size": 13, "family": "system-ui, 'Noto Sans', sans-serif"},
            yaxis={"autorange": "reversed", "automargin": ltr, "side": "left" if ltr else "right",
                   "type": "category", "dtick": 1, "fixedrange": True},
            xaxis={"gridcolor": "rgba(128,128,128,.25)", "autorange": True if ltr else "reversed", "fixedrange": True,
                   "rangemode": "tozero"},
        )  # fmt: skip
        return figure

    def _rows(
        self, counts: Counts, kind: str, labels: list[str], others: Counts | None = None
    ) -> list[dict[str, Any]]:
        largest = max((n for row in counts.values() for n in row.values()), default=1)
        rows = []
        for label in labels:
            row = counts.get(label, {})
            cells = [
                {
                    "position": p.value,
                    "n": row.get(p.value, 0),
                    "shade": round(row.get(p.value, 0) / largest, 2),
                }
                for p in Position
            ]
            rows.append(
                {
                    "value": label,
                    "name": tag_label(kind, label, self._words.language),
                    "cells": cells,
                    "total": sum(row.values()),
                    "other": sum((others or {}).get(label, {}).values()),
                }
            )
        return rows

    def head(self, chosen: Chosen) -> str:
        """The choice of State and cycles."""
        counted = self._library.count(RecommendationFilters(), Facet.STATE)
        own = self._library.count(_filters(chosen.state, None), Facet.CYCLE)
        named = sorted((states.name(code, self._words.language), code) for code in counted)
        return render(
            "sdg_head.html",
            w=self._words,
            states=named,
            cycles=sorted(own, key=lambda c: int(c) if c.isdecimal() else 99),
            chosen=chosen,
            query=chosen.query(),
        )

    def table(self, chosen: Chosen) -> str:
        """Goals, the targets of the goal drilled into, and UN entities; every number leads to its list."""
        filters = _filters(chosen.state, chosen.cycle)
        goals = self._library.count_by_position(filters, Facet.SDG)
        other = _filters(chosen.state, chosen.other) if chosen.other else None
        others = self._library.count_by_position(other, Facet.SDG) if other else {}
        targets = self._targets(chosen.goal, filters, other) if chosen.goal else []
        agencies = self._library.count_by_position(filters, Facet.AGENCY)
        others_by_agency = self._library.count_by_position(other, Facet.AGENCY) if other else {}
        named = agencies.keys() | others_by_agency.keys()
        by_size = sorted(named, key=lambda label: (-sum(agencies.get(label, {}).values()), label))
        total = self._library.recommendations(filters, 0, 0).total
        met = {position for row in (*goals.values(), *agencies.values()) for position in row}
        return render(
            "sdgs.html",
            w=self._words,
            total=self._words.plural("total", total),
            positions=[p.value for p in Position if p.value in met],
            goals=self._rows(goals, "goals", [g for g in _GOALS if g in goals or g in others], others),
            goal=chosen.goal,
            goal_queries={g: chosen.query(goal=None if g == chosen.goal else g) for g in _GOALS},
            targets=targets,
            agencies=self._rows(agencies, "agencies", by_size, others_by_agency),
            query=query_of(filters),
            total_label=self._cycle(chosen.cycle) if other and chosen.cycle else self._words["sum"],
            other_label=self._cycle(chosen.other) if chosen.other else "",
            other_query=query_of(other) if other else "",
            base=base(self._words),
        )

    def _cycle(self, cycle: int | None) -> str:
        return f"{self._words['cycle']} {cycle}"

    def _targets(
        self, goal: str, filters: RecommendationFilters, other: RecommendationFilters | None
    ) -> list[dict[str, Any]]:
        """The targets of a goal, in their order, beside those of the compared cycle."""
        found = self._library.count_by_position(replace(filters, sdg=(goal,)), Facet.TARGET)
        others = self._library.count_by_position(replace(other, sdg=(goal,)), Facet.TARGET) if other else {}
        own = sorted((t for t in found.keys() | others.keys() if t.partition(".")[0] == goal), key=natural)
        return self._rows(found, "targets", own, others)

    def act(self, event: gr.EventData) -> tuple[Any, Any, Any]:
        """Show what was chosen: (head, picture, table)."""
        asked = {str(name): str(value) for name, value in event._data.items()}
        if asked.get("do") not in {"show", "goal"}:
            return gr.skip(), gr.skip(), gr.skip()
        chosen = parse(asked.get("query", ""))
        try:
            if chosen.state is None and "state=" not in asked.get("query", "") and asked.get("first"):
                chosen = replace(chosen, state=self._first())
            if asked["do"] == "goal":
                return self.head(chosen), gr.skip(), self.table(chosen)
            picture = self.picture(chosen, narrow=asked.get("narrow") == "1")
            return self.head(chosen), gr.update(value=picture, visible=True), self.table(chosen)
        except UprError as error:
            return render("problem.html", w=self._words, problem=str(error)), gr.skip(), gr.skip()

    def _first(self) -> str | None:
        """The State with most recommendations."""
        return next(iter(self._library.count(RecommendationFilters(), Facet.STATE)), None)


def build(service: Service, words: Words) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    begin = render("begin.html", w=words, title=words["sdgs"])
    head = gr.HTML(begin, js_on_load=WIRE, apply_default_css=False, elem_id="sdg-head")
    picture = gr.Plot(show_label=False, container=False, visible=False, elem_id="sdg-picture")
    table = gr.HTML("", js_on_load=WIRE, apply_default_css=False, elem_id="sdg-table")
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16}
    for part in (head, table):
        part.click(page.act, None, [head, picture, table], trigger_mode="always_last", **quiet)
