"""One recommendation: in the panel beside the list, and on a page of its own with an address to share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

import gradio as gr

from corpus import states
from corpus.errors import UprError
from corpus.model import Recommendation
from index.filters import SearchFilters
from ui.pages.labels import tag_label
from ui.pages.markup import WIRE, render
from ui.pages.words import Words
from ui.records import closing_states

if TYPE_CHECKING:
    from index.search import Hit
    from ui.service import Service

_SHOWN = 6
_LOOKED_AT = 36
_LONGEST_QUERY = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a recommendation is found; `state` and `cycle` are None where the document names none."""

    state: str | None
    cycle: int | None
    number: str

    @property
    def query(self) -> str:
        """The query of its page's address."""
        pairs = (("state", self.state), ("cycle", self.cycle), ("number", self.number))
        return urlencode([(name, str(value)) for name, value in pairs if value is not None])


def parse(query: str) -> Place | None:
    """The place that an address names; None where it has no number."""
    asked = {name: values[0] for name, values in parse_qs(query[:_LONGEST_QUERY].lstrip("?")).items()}
    cycle = asked.get("cycle", "")
    whole = int(cycle) if cycle.isdecimal() and len(cycle) < 4 else None
    return Place(asked.get("state"), whole, asked["number"]) if "number" in asked else None


def base(words: Words) -> str:
    """What addresses of the language's pages begin with."""
    return "" if words.language == "en" else f"/{words.language.value}"


def row(rec: Recommendation, words: Words) -> dict[str, Any]:
    """What a list and a page of its own show of a recommendation."""
    by = (*(states.name(code, words.language) for code in rec.recommenders), *rec.unresolved)
    return {
        "place": Place(rec.state, rec.cycle, rec.number).query,
        "state_name": states.name(rec.state, words.language) if rec.state else "",
        "cycle": rec.cycle,
        "number": rec.number,
        "text": rec.text,
        "position": rec.position.value,
        "implemented": rec.implemented,
        "by": words["list_comma"].join(by),
        "goals": sorted({link.goal for link in rec.tags.sdgs}) if rec.tags else [],
    }


def _matter(text: str) -> str:
    """The text without its closing "(State; State)": who asked is no part of the matter."""
    return text[: closing_states(text)][:_LONGEST_QUERY]


def _subjects(rec: Recommendation) -> set[str]:
    """Themes and SDG targets of a recommendation."""
    if rec.tags is None:
        return set()
    return {tag.name for tag in rec.tags.themes} | {link.target for link in rec.tags.sdgs if link.target}


class Page:
    """What one language shows of one recommendation."""

    def __init__(self, service: Service, words: Words) -> None:
        self._library = service.library
        self._words = words

    def panel(self, place: Place | None) -> str:
        """The recommendation beside the list; empty where there is none."""
        rec = self._find(place)
        return self._render("recommendation_panel.html", rec) if rec else ""

    def own(self, place: Place | None) -> str:
        """The recommendation on a page of its own, or that there is none."""
        rec = self._find(place)
        if rec is None:
            return render("no_recommendation.html", w=self._words, place=place, base=base(self._words))
        return self._render("recommendation_page.html", rec)

    def act(self, event: gr.EventData) -> Any:
        """Show what the address names."""
        asked = {str(name): str(value) for name, value in event._data.items()}
        if asked.get("do") != "show":
            return gr.skip()
        try:
            return self.own(parse(asked.get("query", "")))
        except UprError as error:
            return render("problem.html", w=self._words, problem=str(error))

    def _find(self, place: Place | None) -> Recommendation | None:
        return self._library.recommendation(place.state, place.cycle, place.number) if place else None

    def _render(self, template: str, rec: Recommendation) -> str:
        documents = {one.key: one for one in self._library.documents()}
        matter = _matter(rec.text)
        everywhere = self._library.search(matter, k=_LOOKED_AT, scope="recommendations")
        own = SearchFilters(state=(rec.state,)) if rec.state else SearchFilters()
        at_home = self._library.search(matter, k=_LOOKED_AT, filters=own, scope="recommendations")
        return render(
            template,
            w=self._words,
            r=row(rec, self._words),
            rec=rec,
            documents=documents,
            tag_label=lambda kind, name: tag_label(kind, name, self._words.language),
            earlier=self._near(rec, (h for h in at_home if h.state == rec.state and h.cycle != rec.cycle)),
            related=self._near(rec, (h for h in everywhere if h.state != rec.state)),
            base=base(self._words),
        )

    def _near(self, rec: Recommendation, hits: Iterable[Hit]) -> list[dict[str, Any]]:
        """The nearest that share a theme or a target with `rec`, best first."""
        subjects = _subjects(rec)
        found = []
        for hit in hits:
            other = self._library.recommendation(hit.state, hit.cycle, hit.number or "")
            if other and (not subjects or subjects & _subjects(other)):
                found.append(row(other, self._words))
            if len(found) == _SHOWN:
                break
        return found


def build(service: Service, words: Words) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    begin = render("begin.html", w=words, title=words["recommendation"])
    shown = gr.HTML(begin, js_on_load=WIRE, apply_default_css=False, elem_id="recommendation")
    shown.click(
        page.act, None, [shown], show_progress="hidden", api_visibility="private", concurrency_limit=16
    )
