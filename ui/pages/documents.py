"""The documents page: what is indexed; add files with progress by file and stage; remove; read again."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus import states
from corpus.errors import UprError
from corpus.model import Language
from ui.pages.markup import render
from ui.pages.words import Words
from ui.pages.words import words as words_of
from ui.upload import safe_name

if TYPE_CHECKING:
    from ui.service import Service

_EVERY = 0.7
_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (!button) return;
  if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
  trigger('click', {do: button.dataset.do, key: button.dataset.key ?? ''});
});
"""


class Page:
    """The handlers of one language's page."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def table(self) -> str:
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
        return render("documents.html", w=self._words, rows=rows)

    def jobs(self) -> str:
        """What is being added, and what was."""
        return render(
            "jobs.html", w=self._words, jobs=[job.to_json() for job in self._service.jobs.all()[:10]]
        )

    def add(self, paths: Sequence[str] | None) -> tuple[Any, ...]:
        """Queue the uploaded files: (file control, jobs, timer)."""
        if not paths:
            return gr.skip(), gr.skip(), gr.skip()
        folder = self._service.jobs.new_folder()
        names: list[str] = []
        for path in paths:
            name = safe_name(Path(path).name, names)
            shutil.move(path, folder / name)
            names.append(name)
        self._service.jobs.submit(folder, names)
        return None, self.jobs(), gr.Timer(_EVERY, active=True)

    def tick(self) -> tuple[Any, ...]:
        """Progress while something is being read; the table when it is done: (jobs, table, timer)."""
        busy = any(not job.finished.is_set() for job in self._service.jobs.all())
        return self.jobs(), gr.skip() if busy else self.table(), gr.Timer(_EVERY, active=busy)

    def act(self, event: gr.EventData) -> str | dict[str, Any]:
        """Remove a document, or read it again; returns the table."""
        action, key = str(event._data.get("do", "")), str(event._data.get("key", ""))
        try:
            if action == "remove":
                self._service.library.remove(key)
            elif action == "reread":
                self._service.library.reread(key)
            else:
                return gr.skip()
        except UprError as error:
            raise gr.Error(str(error), title=self._words["error"], print_exception=False) from error
        return self.table()


def build(service: Service, words: Words, pages: gr.Blocks) -> None:
    """Place the page in the Blocks being built."""
    page = Page(service, words)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    gr.HTML(f'<h1 id="upr-main">{words["documents"]}</h1>')
    files = gr.File(
        file_count="multiple", label=f"{words['add_files']}: {words['add_hint']}", elem_id="files"
    )
    send = gr.Button(words["add_button"], variant="primary", elem_id="add")
    jobs = gr.HTML("", elem_id="jobs")
    table = gr.HTML("", js_on_load=_CLICK, elem_id="documents")
    timer = gr.Timer(_EVERY, active=False)
    send.click(page.add, files, [files, jobs, timer], **quiet)
    timer.tick(page.tick, None, [jobs, table, timer], **quiet)
    table.click(page.act, None, table, **quiet)
    pages.load(page.tick, None, [jobs, table, timer], **quiet)
