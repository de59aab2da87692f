"""SDGs and mandates: recommendations by goal and position as picture and table; by UN entity; two cycles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus import states
from corpus.model import Position
from index.filters import Facet, RecommendationFilters
from ui.pages.labels import tag_label
from ui.pages.markup import render
from ui.pages.recommendations import query_of
from ui.pages.words import Words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from ui.service import Service

_GOALS = range(1, 18)
# Okabe and Ito's palette: told apart by people who do not see all colours, on light and on dark.
_COLOURS = {
    Position.SUPPORTED: "#009E73",
    Position.PARTIALLY_SUPPORTED: "#56B4E9",
    Position.PENDING: "#999999",
    Position.NOTED: "#E69F00",
}
_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button) trigger('click', {do: button.dataset.do, value: button.dataset.value ?? ''});
});
"""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The State and the cycles shown; `other` is the cycle compared with."""

    state: str | None = None
    cycle: int | None = None
    other: int | None = None
    goal: int | None = None


def _filters(state: str | None, cycle: int | None) -> RecommendationFilters:
    return RecommendationFilters(state=(state,) if state else (), cycle=(cycle,) if cycle else ())


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._library = service.library
        self._words = words

    def counts(self, filters: RecommendationFilters, facet: Facet) -> Counts:
        """`{label: {position: n}}` by a facet."""
        table: Counts = {}
        for position in Position:
            for label, n in self._library.count(replace(filters, position=(position.value,)), facet).items():
                table.setdefault(label, {})[position.value] = n
        return table

    def picture(self, chosen: Chosen) -> Figure:
        """Bars by goal, stacked by position; the compared cycle stands beside, hatched."""
        import plotly.graph_objects as go

        words = self._words
        figure = go.Figure()
        shown = [(chosen.cycle, "", 0)] + ([(chosen.other, "/", 1)] if chosen.other else [])
        names = [tag_label("goals", str(goal), words.language) for goal in _GOALS]
        for cycle, pattern, group in shown:
            counts = self.counts(_filters(chosen.state, cycle), Facet.SDG)
            for position in Position:
                values = [counts.get(str(goal), {}).get(position.value, 0) for goal in _GOALS]
                if not any(values):
                    continue
                title = words[position.value] + (f" ({words['cycle']} {cycle})" if chosen.other else "")
                figure.add_bar(
                    y=names, x=values, name=title, orientation="h", offsetgroup=group, legendgroup=title,
                    marker={"color": _COLOURS[position], "pattern": {"shape": pattern}},
                    hovertemplate="%{y}: %{x}<extra>" + title + "</extra>",
                )  # fmt: skip
        figure.update_layout(
            barmode="stack" if not chosen.other else "relative",
            height=620,
            margin={"l": 10, "r": 10, "t": 10, "b": 10},
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            legend={"orientation": "h", "y": -0.08},
            font={"color": "#64748b", "size": 12},
            yaxis={
                "autorange": "reversed",
                "automargin": True,
                "side": "left" if words.left_to_right else "right",
            },
            xaxis={
                "gridcolor": "rgba(128,128,128,.3)",
                "autorange": True if words.left_to_right else "reversed",
            },
        )
        return figure

    def _rows(self, counts: Counts, kind: str, labels: list[str]) -> list[dict[str, Any]]:
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
                }
            )
        return rows

    def table(self, chosen: Chosen) -> str:
        """Goals, the targets of the goal drilled into, and UN entities; every number leads to its list."""
        filters = _filters(chosen.state, chosen.cycle)
        goals = self.counts(filters, Facet.SDG)
        targets: list[dict[str, Any]] = []
        if chosen.goal:
            found = self.counts(replace(filters, sdg=(str(chosen.goal),)), Facet.TARGET)
            own = [label for label in found if label.partition(".")[0] == str(chosen.goal)]
            targets = self._rows(
                found, "targets", sorted(own, key=lambda label: label.partition(".")[2].zfill(2))
            )
        agencies = self.counts(filters, Facet.AGENCY)
        by_size = sorted(agencies, key=lambda label: (-sum(agencies[label].values()), label))
        total = self._library.recommendations(filters, limit=0).total
        return render(
            "sdgs.html",
            w=self._words,
            total=self._words.plural("total", total),
            positions=[p.value for p in Position],
            goals=self._rows(goals, "goals", [str(goal) for goal in _GOALS if str(goal) in goals]),
            goal=chosen.goal,
            targets=targets,
            agencies=self._rows(agencies, "agencies", by_size),
            query=query_of(filters),
            base="" if self._words.language == "en" else f"/{self._words.language.value}",
        )

    def show(self, state: str | None, cycle: str | None, other: str | None) -> tuple[Any, ...]:
        """(chosen, picture, table) for the values of the controls."""
        chosen = Chosen(
            state or None,
            int(cycle) if cycle and cycle.isdigit() else None,
            int(other) if other and other.isdigit() else None,
        )
        return chosen, self.picture(chosen), self.table(chosen)

    def act(self, chosen: Chosen, event: gr.EventData) -> tuple[Any, ...]:
        """Drill into a goal, or out of it."""
        value = str(event._data.get("value", ""))
        if not value.isdigit() or int(value) not in _GOALS:
            return gr.skip(), gr.skip()
        goal = None if chosen.goal == int(value) else int(value)
        chosen = replace(chosen, goal=goal)
        return chosen, self.table(chosen)

    def opened(self) -> tuple[Any, ...]:
        """The page as it opens: the State with most recommendations, all cycles."""
        counted = self._library.count(RecommendationFilters(), Facet.STATE)
        cycles = sorted(self._library.count(RecommendationFilters(), Facet.CYCLE))
        named = sorted((states.name(code, self._words.language), code) for code in counted)
        first = max(counted, key=lambda code: counted[code], default=None)
        cycle_choices = [(self._words["all"], ""), *((cycle, cycle) for cycle in cycles)]
        return (
            gr.update(choices=named, value=first),
            gr.update(choices=cycle_choices, value=""),
            gr.update(choices=[("–", ""), *((cycle, cycle) for cycle in cycles)], value=""),
            *self.show(first, None, None),
        )


def build(service: Service, words: Words, pages: gr.Blocks) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    chosen = gr.State(Chosen())
    gr.HTML(f'<h1 id="upr-main">{words["sdgs"]}</h1>')
    with gr.Row(elem_classes="filters"):
        state = gr.Dropdown([], label=words["state"], elem_id="sdg-state")
        cycle = gr.Dropdown([], label=words["cycle"], elem_id="sdg-cycle")
        other = gr.Dropdown([], label=words["compare_cycle"], elem_id="sdg-other")
    picture = gr.Plot(label=words["goals_picture"], elem_id="sdg-picture")
    table = gr.HTML("", js_on_load=_CLICK, elem_id="sdg-table")
    for control in (state, cycle, other):
        control.input(page.show, [state, cycle, other], [chosen, picture, table], **quiet)
    table.click(page.act, chosen, [chosen, table], **quiet)
    pages.load(page.opened, None, [state, cycle, other, chosen, picture, table], **quiet)
