"""The documents page: what is indexed; add files with progress by file and stage; remove; read again.

Files travel through `POST /api/documents`, one door with one set of limits; this page shows how far they came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

import gradio as gr

from corpus import states
from corpus.errors import UprError
from corpus.model import Language
from index.catalogue import DocumentRef
from index.records import natural
from ui.pages.markup import WIRE, render
from ui.pages.recommendation import base
from ui.pages.words import Words
from ui.pages.words import words as words_of

if TYPE_CHECKING:
    from ui.jobs import Job
    from ui.service import Service

_EVERY = 0.7
_ENDED_SHOWN = 4
_LONGEST_QUERY = 2_000
PER_PAGE = 50
# What is known of a file before it is read.
_LINE: dict[str, Any] = {
    "error": None, "stage": "", "key": None, "symbol": None, "kind": None, "paragraphs": 0, "recommendations": 0
}  # fmt: skip


class Order(StrEnum):
    """What the list can be ordered by."""

    SYMBOL = "symbol"
    KIND = "kind"
    STATE = "state"
    LANGUAGE = "language"
    DATE = "date"
    PARAGRAPHS = "paragraphs"
    RECOMMENDATIONS = "recommendations"


_LARGEST_FIRST = frozenset({Order.DATE, Order.PARAGRAPHS, Order.RECOMMENDATIONS})


@dataclass(frozen=True, slots=True)
class Listing:
    """Which documents are shown and in what order; `page` counts from 0."""

    text: str = ""
    kind: str = ""
    state: str = ""
    language: str = ""
    order: Order = Order.SYMBOL
    descending: bool = False
    page: int = 0

    @property
    def query(self) -> str:
        """The listing as the query of the page's address; what is as usual is left out."""
        pairs = [(name, getattr(self, name)) for name in ("text", "kind", "state", "language")]
        pairs += [("order", self.order.value)] if self.order is not Order.SYMBOL else []
        pairs += [("descending", "1")] if self.descending else []
        pairs += [("page", str(self.page + 1))] if self.page else []
        return urlencode([(name, value) for name, value in pairs if value])

    def by(self, order: Order) -> Listing:
        """Ordered by a column; turned where it is ordered by it already."""
        turned = not self.descending if order is self.order else order in _LARGEST_FIRST
        return replace(self, order=order, descending=turned, page=0)


def parse(query: str) -> Listing:
    """The listing that a query of the page's address names; unknown values are left out."""
    asked = {name: values[0].strip() for name, values in parse_qs(query[:_LONGEST_QUERY].lstrip("?")).items()}
    order, page = asked.get("order", ""), asked.get("page", "")
    return Listing(
        text=asked.get("text", ""),
        kind=asked.get("kind", ""),
        state=asked.get("state", ""),
        language=asked.get("language", ""),
        order=Order(order) if order in set(Order) else Order.SYMBOL,
        descending=asked.get("descending") == "1",
        page=max(0, int(page) - 1) if page.isdecimal() and len(page) < 8 else 0,
    )


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def _kind(self, value: str) -> str:
        return self._words.get(f"kind_{value}", value)

    def _state(self, code: str) -> str:
        return states.name(code, self._words.language)

    @staticmethod
    def _language(code: str) -> str:
        return words_of(Language(code))["language_name"]

    def table(self, listing: Listing) -> str:
        """The documents that the listing leaves, a page of them."""
        stored = self._service.library.documents()
        found = [one for one in stored if self._fits(one, listing)]
        found.sort(key=self._key(listing.order), reverse=listing.descending)
        pages = max(1, -(-len(found) // PER_PAGE))
        listing = replace(listing, page=min(listing.page, pages - 1))
        shown = found[listing.page * PER_PAGE :][:PER_PAGE]
        return render(
            "documents.html",
            w=self._words,
            base=base(self._words),
            listing=listing,
            stored=len(stored),
            total=self._words.plural("documents_total", len(found)),
            choices=self._choices(stored),
            columns=[self._column(order, listing) for order in Order],
            rows=[self._row(one) for one in shown],
            pages=pages,
            page_of=self._words.fill("page_of", page=listing.page + 1, pages=pages),
            before=replace(listing, page=listing.page - 1).query if listing.page else None,
            after=replace(listing, page=listing.page + 1).query if listing.page + 1 < pages else None,
        )

    def _fits(self, one: DocumentRef, listing: Listing) -> bool:
        named = f"{one.key} {one.title} {self._state(one.state) if one.state else ''}".casefold()
        return (
            all(word in named for word in listing.text.casefold().split())
            and listing.kind in ("", one.kind)
            and listing.state in ("", one.state)
            and listing.language in ("", one.language)
        )

    def _key(self, order: Order) -> Callable[[DocumentRef], Any]:
        """What the documents are sorted by: a column as it is shown, then the symbol."""
        leading: dict[Order, Callable[[DocumentRef], Any]] = {
            Order.SYMBOL: lambda one: "",
            Order.KIND: lambda one: self._kind(one.kind),
            Order.STATE: lambda one: (self._state(one.state) if one.state else "", one.cycle or 0),
            Order.LANGUAGE: lambda one: self._language(one.language),
            Order.DATE: lambda one: one.date or "",
            Order.PARAGRAPHS: lambda one: one.paragraphs,
            Order.RECOMMENDATIONS: lambda one: one.recommendations,
        }
        return lambda one: (leading[order](one), natural(one.key))

    def _choices(self, stored: Iterable[DocumentRef]) -> dict[str, list[tuple[str, str, int]]]:
        """Values of each filter: (value, its name, how many documents)."""
        counted = {
            "kind": (Counter(str(one.kind) for one in stored), self._kind),
            "state": (Counter(one.state for one in stored if one.state), self._state),
            "language": (Counter(str(one.language) for one in stored), self._language),
        }
        return {
            field: sorted(((value, name(value), n) for value, n in counts.items()), key=lambda c: c[1])
            for field, (counts, name) in counted.items()
        }

    @staticmethod
    def _column(order: Order, listing: Listing) -> dict[str, Any]:
        here = order is listing.order
        return {
            "name": order.value,
            "query": listing.by(order).query,
            "here": here,
            "sorted": "descending" if listing.descending else "ascending",
        }

    def _row(self, one: DocumentRef) -> dict[str, Any]:
        reviewed = f"state={one.state}&cycle={one.cycle}" if one.state and one.cycle else ""
        return {
            "d": one,
            "kind": self._kind(one.kind),
            "state": self._state(one.state) if one.state else "",
            "language": self._language(one.language),
            "reviewed": reviewed,
        }

    def jobs(self) -> str:
        """What is being done, and what was done last."""
        jobs = self._service.jobs.all()
        ended = [job for job in jobs if job.finished.is_set()][:_ENDED_SHOWN]
        shown = [self._job(job) for job in jobs if job in ended or not job.finished.is_set()]
        return render("jobs.html", w=self._words, jobs=shown, ended=bool(ended))

    @staticmethod
    def _job(job: Job) -> dict[str, Any]:
        """A job with a line a file: what came of it, that it is being read, or that it waits."""
        results = list(job.results)
        lines = [_LINE | result for result in results]
        if job.status in {"waiting", "running"}:
            for name in job.names[len(results) :]:
                reading = job.status == "running" and len(lines) == len(results)
                stage = job.stage.removeprefix(f"{name}: ") if reading and job.stage != name else ""
                lines.append(
                    _LINE | {"path": name, "status": "running" if reading else "waiting", "stage": stage}
                )
        failures = sum(line["status"] == "failed" for line in results)
        return {
            "verb": job.verb,
            "status": job.status,
            "error": job.error,
            "lines": lines,
            "done": len(results),
            "total": len(job.names),
            "worked": len(results) - failures,
            "failures": failures,
        }

    def tick(self, query: str) -> tuple[Any, Any, Any]:
        """Progress while something is being read; the table when it is done: (jobs, table, timer)."""
        busy = any(not job.finished.is_set() for job in self._service.jobs.all())
        return self.jobs(), gr.skip() if busy else self.table(parse(query)), gr.Timer(_EVERY, active=busy)

    def act(self, query: str, event: gr.EventData) -> tuple[Any, Any, Any, Any]:
        """Show, follow an upload, remove a document, read one again: (query, jobs, table, timer)."""
        asked = {str(name): str(value) for name, value in event._data.items()}
        action, key = asked.get("do", ""), asked.get("doc", "")
        try:
            if action == "show":
                query = asked.get("query", "")
                jobs, _, timer = self.tick(query)
                return query, jobs, self.table(parse(query)), timer
            if action == "remove":
                self._service.jobs.remove(key)
            elif action == "reread":
                self._service.jobs.reread(key)
            elif action == "dismiss":
                self._service.jobs.dismiss()
        except UprError as error:
            return gr.skip(), gr.skip(), render("problem.html", w=self._words, problem=str(error)), gr.skip()
        return gr.skip(), self.jobs(), gr.skip(), gr.Timer(_EVERY, active=action != "dismiss")


def build(service: Service, words: Words) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16}
    plain: dict[str, Any] = {"js_on_load": WIRE, "apply_default_css": False}
    most = service.settings.max_upload_mb
    query = gr.State("")
    form = gr.HTML(render("upload.html", w=words, most=most), elem_id="upload", **plain)
    jobs = gr.HTML("", elem_id="jobs", **plain)
    table = gr.HTML(render("begin_table.html", w=words), elem_id="documents", **plain)
    timer = gr.Timer(_EVERY, active=False)
    for part in (form, jobs, table):
        part.click(page.act, [query], [query, jobs, table, timer], **quiet)
    timer.tick(page.tick, [query], [jobs, table, timer], **quiet)
