"""The recommendations page: filters with counts, a sortable table, a recommendation's own page, exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import gradio as gr

from corpus import states
from corpus.model import Recommendation
from index.filters import Facet, Order, RecommendationFilters, SearchFilters
from ui.pages.labels import tag_label
from ui.pages.markup import render
from ui.pages.words import Words

if TYPE_CHECKING:
    from ui.service import Service

PER_PAGE = 50
_RELATED = 6

# Field of the filters, facet that counts it, label of the page, whether its values are whole numbers.
_FILTERS: tuple[tuple[str, Facet, str, bool], ...] = (
    ("state", Facet.STATE, "state", False),
    ("cycle", Facet.CYCLE, "cycle", True),
    ("position", Facet.POSITION, "position", False),
    ("by", Facet.RECOMMENDER, "by", False),
    ("theme", Facet.THEME, "theme", False),
    ("group", Facet.GROUP, "group", False),
    ("sdg", Facet.SDG, "sdg", False),
    ("agency", Facet.AGENCY, "agency", False),
    ("action", Facet.ACTION, "action", True),
    ("instrument", Facet.INSTRUMENT, "instrument", False),
)
_SORTS = {
    "number": Order.NUMBER,
    "position": Order.POSITION,
    "recommendation": Order.TEXT,
    "action": Order.ACTION,
}
_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (!button) return;
  const d = button.dataset;
  const {value = '', state = '', cycle = '', number = ''} = d;
  trigger('click', {do: d.do, value, state, cycle, number});
});
watch('value', () => { uprShowQuery(element); });
"""


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows: filters, order, page (from 0)."""

    filters: RecommendationFilters = field(default_factory=RecommendationFilters)
    order: Order = Order.STATE
    page: int = 0


def _values(field: str, chosen: Sequence[str] | None, numeric: bool) -> tuple[Any, ...]:
    values = tuple(chosen or ())
    return tuple(int(v) for v in values if str(v).isdigit()) if numeric else values


def filters_from(chosen: Mapping[str, Sequence[str] | None], text: str | None) -> RecommendationFilters:
    """Filters from the values of the page's controls."""
    named = {field: _values(field, chosen.get(field), numeric) for field, _, _, numeric in _FILTERS}
    words = (text.strip()[:2_000],) if text and text.strip() else ()
    return RecommendationFilters(**named, text=words)


def query_of(filters: RecommendationFilters) -> str:
    """The filters as the query of an address; the API takes the same names."""
    pairs = [(field, str(v)) for field, *_ in _FILTERS for v in getattr(filters, field)]
    return urlencode([*pairs, *(("text", text) for text in filters.text)])


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def label(self, facet: Facet, value: str) -> str:
        """How a filter's value is shown."""
        words = self._words
        if facet in {Facet.STATE, Facet.RECOMMENDER}:
            return states.name(value, words.language)
        if facet is Facet.POSITION:
            return words[value]
        if facet is Facet.ACTION:
            return words[f"action_{value}"]
        if facet is Facet.CYCLE:
            return value
        return tag_label(facet.value, value, words.language)

    def choices(self, filters: RecommendationFilters, field: str, facet: Facet) -> list[tuple[str, str]]:
        """The values of one filter that the others leave, with their counts, most frequent first."""
        counted = self._service.library.count(replace(filters, **{field: ()}), facet)
        shown = [
            (f"{self.label(facet, value)} ({self._words.count(n)})", value) for value, n in counted.items()
        ]
        chosen = {str(v) for v in getattr(filters, field)} - {value for _, value in shown}
        return shown + [(self.label(facet, value), value) for value in sorted(chosen)]

    def table(self, view: View) -> str:
        """The table of one page of recommendations."""
        rows = self._service.library.recommendations(
            view.filters, offset=view.page * PER_PAGE, limit=PER_PAGE, order=view.order
        )
        pages = max(1, -(-rows.total // PER_PAGE))
        return render(
            "recommendations.html",
            w=self._words,
            total=self._words.plural("total", rows.total),
            rows=[self._row(rec) for rec in rows.recommendations],
            page=view.page,
            pages=pages,
            page_of=self._words.fill("page_of", page=view.page + 1, pages=pages),
            order=view.order.value,
            sorts={name: order.value for name, order in _SORTS.items()},
            query=query_of(view.filters),
        )

    def _row(self, rec: Recommendation) -> dict[str, Any]:
        language = self._words.language
        tags = rec.tags
        return {
            "state": rec.state,
            "state_name": states.name(rec.state, language) if rec.state else "",
            "cycle": rec.cycle,
            "number": rec.number,
            "text": rec.text,
            "position": rec.position.value,
            "implemented": rec.implemented,
            "by": ", ".join((*(states.name(code, language) for code in rec.recommenders), *rec.unresolved)),
            "themes": [tag_label("theme", tag.name, language) for tag in tags.themes] if tags else [],
            "goals": sorted({link.goal for link in tags.sdgs}) if tags else [],
        }

    def detail(self, state: str, cycle: str, number: str) -> str:
        """A recommendation's own page; empty where there is none."""
        library = self._service.library
        rec = library.recommendation(state, int(cycle), number) if cycle.isdigit() else None
        if rec is None:
            return ""
        documents = {one.key: one for one in library.documents()}
        hits = library.search(
            rec.text, k=4 * _RELATED, filters=SearchFilters(), scope="recommendations", language=None
        )
        others = [
            hit for hit in hits if (hit.state, hit.cycle, hit.number) != (rec.state, rec.cycle, rec.number)
        ]
        return render(
            "recommendation.html",
            w=self._words,
            r=self._row(rec),
            rec=rec,
            document=documents.get(rec.document),
            tags=rec.tags,
            tag_label=lambda kind, name: tag_label(kind, name, self._words.language),
            earlier=[self._found(h) for h in others if h.state == rec.state][:_RELATED],
            related=[self._found(h) for h in others if h.state != rec.state][:_RELATED],
        )

    def _found(self, hit: Any) -> dict[str, Any]:
        name = states.name(hit.state, self._words.language) if hit.state else ""
        return {
            "state": hit.state,
            "state_name": name,
            "cycle": hit.cycle,
            "number": hit.number,
            "text": hit.text,
        }

    def show(self, text: str, *chosen: list[str] | None) -> tuple[Any, ...]:
        """The first page for the values of the controls: (view, table, a choice list a filter)."""
        named = {field: values for (field, *_), values in zip(_FILTERS, chosen, strict=True)}
        view = View(filters_from(named, text))
        return (view, self.table(view), *self._controls(view.filters))

    def _controls(self, filters: RecommendationFilters) -> list[Any]:
        return [
            gr.update(
                choices=self.choices(filters, field, facet), value=[str(v) for v in getattr(filters, field)]
            )
            for field, facet, *_ in _FILTERS
        ]

    def opened(self, request: gr.Request) -> tuple[Any, ...]:
        """The page for the query of its address: (view, table, detail, words, a choice list a filter)."""
        asked = request.query_params
        named = {field: asked.getlist(field) if hasattr(asked, "getlist") else [] for field, *_ in _FILTERS}
        text = asked.get("text", "")
        view = View(filters_from(named, text))
        state, cycle = asked.get("state", ""), asked.get("cycle", "")
        detail = self.detail(state, cycle, asked["number"]) if asked.get("number") else ""
        return (view, self.table(view), detail, text, *self._controls(view.filters))

    def act(self, view: View, event: gr.EventData) -> tuple[Any, ...]:
        """Do what a button of the table says: (view, table, detail)."""
        asked: dict[str, str] = event._data
        action, value = asked.get("do", ""), asked.get("value", "")
        if action == "open":
            return view, gr.skip(), self.detail(asked["state"], asked["cycle"], asked["number"])
        if action == "page" and value.lstrip("-").isdigit():
            view = replace(view, page=max(0, int(value)))
        elif action == "sort" and value in {order.value for order in _SORTS.values()}:
            view = replace(view, order=Order(value), page=0)
        else:
            return gr.skip(), gr.skip(), gr.skip()
        return view, self.table(view), gr.skip()


def build(service: Service, words: Words, pages: gr.Blocks) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    view = gr.State(View())
    gr.HTML(f'<h1 id="upr-main">{words["recommendations"]}</h1>')
    with gr.Accordion(words["filters"], open=True, elem_id="filters"):
        with gr.Row(elem_classes="filters"):
            controls = [
                gr.Dropdown(
                    [], multiselect=True, label=words[label], min_width=210, elem_id=f"filter-{field}"
                )
                for field, _, label, _ in _FILTERS
            ]
        with gr.Row(elem_classes="filters"):
            text = gr.Textbox(label=words["words"], scale=4, max_length=2_000, rtl=not words.left_to_right)
            clear = gr.Button(words["clear"], scale=0, min_width=100)
    with gr.Row(elem_classes="chat-row"):
        with gr.Column(scale=3):
            table = gr.HTML("", js_on_load=_CLICK, elem_id="records")
        with gr.Column(scale=2):
            detail = gr.HTML("", js_on_load=_CLICK, elem_id="detail")
    shown = [view, table, *controls]
    for control in controls:
        control.input(page.show, [text, *controls], shown, **quiet)
    text.submit(page.show, [text, *controls], shown, **quiet)
    clear.click(lambda: ("", *page.show("", *([None] * len(controls)))), None, [text, *shown], **quiet)
    table.click(page.act, view, [view, table, detail], **quiet)
    detail.click(page.act, view, [view, table, detail], **quiet)
    pages.load(page.opened, None, [view, table, detail, text, *controls], **quiet)
