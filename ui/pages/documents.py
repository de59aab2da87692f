"""The documents page: what is indexed; add files with progress by file and stage; remove; read again.

Files travel through `POST /api/documents`, one door with one set of limits; this page shows how far they came.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus import states
from corpus.errors import UprError
from corpus.model import Language
from ui.pages.markup import WIRE, render
from ui.pages.words import Words
from ui.pages.words import words as words_of

if TYPE_CHECKING:
    from ui.service import Service

_EVERY = 0.7
_JOBS_SHOWN = 10


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def table(self, problem: str = "") -> str:
        """Every indexed document."""
        language = self._words.language
        rows = [
            {
                "d": one,
                "kind": self._words[f"kind_{one.kind}"],
                "state": states.name(one.state, language) if one.state else "",
                "language": words_of(Language(one.language))["language_name"],
            }
            for one in self._service.library.documents()
        ]
        return render("documents.html", w=self._words, rows=rows, problem=problem)

    def jobs(self) -> str:
        """What is being added, and what was."""
        shown = [job.to_json() for job in self._service.jobs.all()[:_JOBS_SHOWN]]
        return render("jobs.html", w=self._words, jobs=shown)

    def tick(self) -> tuple[Any, Any, Any]:
        """Progress while something is being read; the table when it is done: (jobs, table, timer)."""
        busy = any(not job.finished.is_set() for job in self._service.jobs.all())
        return self.jobs(), gr.skip() if busy else self.table(), gr.Timer(_EVERY, active=busy)

    def act(self, event: gr.EventData) -> tuple[Any, Any, Any]:
        """Show, follow an upload, remove a document, read one again: (jobs, table, timer)."""
        asked = {str(name): str(value) for name, value in event._data.items()}
        action, key = asked.get("do", ""), asked.get("doc", "")
        try:
            if action == "added":
                return self.jobs(), gr.skip(), gr.Timer(_EVERY, active=True)
            if action == "remove":
                self._service.library.remove(key)
            elif action == "reread":
                self._service.library.reread(key)
        except UprError as error:
            return gr.skip(), self.table(str(error)), gr.skip()
        return self.tick()


def build(service: Service, words: Words) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": 16}
    plain: dict[str, Any] = {"js_on_load": WIRE, "apply_default_css": False}
    most = service.settings.max_upload_mb
    form = gr.HTML(render("upload.html", w=words, most=most), elem_id="upload", **plain)
    jobs = gr.HTML("", elem_id="jobs", **plain)
    table = gr.HTML(render("begin_table.html", w=words), elem_id="documents", **plain)
    timer = gr.Timer(_EVERY, active=False)
    for part in (form, table):
        part.click(page.act, None, [jobs, table, timer], **quiet)
    timer.tick(page.tick, None, [jobs, table, timer], **quiet)
