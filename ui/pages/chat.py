"""The chat: a question box, the conversation, the source beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.errors import UprError
from ui.conversation_docx import conversation_docx
from ui.pages.source import no_source_html, source_html
from ui.pages.thread import Turn, thread_html, without
from ui.pages.words import Words

if TYPE_CHECKING:
    from assistant.plan import Plan
    from ui.service import Service

Turns = tuple[Turn, ...]

_LONGEST_QUESTION = 4_000
_CLICK = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (!button) return;
  const d = button.dataset;
  if (d.do === 'copy') { uprCopy(button); return; }
  const turn = d.turn ?? button.closest('[data-turn]')?.dataset.turn ?? '';
  const {n = '', text = '', field = '', value = ''} = d;
  trigger('click', {do: d.do, turn, n, text, field, value});
});
"""
_PANEL = """
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-do=close]')) { document.body.classList.remove('source-open'); uprReturnFocus(); }
});
watch('value', () => { uprSourceShown(element); });
"""


def _plan_before(turns: Turns) -> Plan | None:
    return next((t.answer.plan for t in reversed(turns) if t.answer is not None), None)


class Chat:
    """The handlers of one language's chat; the conversation itself lives in the browser session's state."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def ask(self, question: str, turns: Turns) -> Iterator[tuple[Any, ...]]:
        """Answer `question`; yields (thread, turns, question box) as the answer is written."""
        question = question.strip()[:_LONGEST_QUESTION]
        if not question:
            yield gr.skip(), turns, gr.skip()
            return
        before = _plan_before(turns)
        pending = Turn(question)
        yield self._thread((*turns, pending)), turns, ""
        began = time.perf_counter()
        try:
            for piece in self._service.assistant.stream(question, previous=before):
                if isinstance(piece, str):
                    pending = replace(pending, partial=pending.partial + piece)
                    yield self._thread((*turns, pending)), turns, gr.skip()
                else:
                    turns = (*turns, Turn(question, piece))
        except UprError as error:
            raise gr.Error(str(error), title=self._words["error"], print_exception=False) from error
        self._service.metrics.seen("answer", time.perf_counter() - began)
        yield self._thread(turns), turns, gr.skip()

    def act(self, turns: Turns, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Do what a button of the thread says; yields (thread, turns, question box, source)."""
        asked: dict[str, str] = event._data
        action = asked.get("do", "")
        index = int(asked["turn"]) if asked.get("turn", "").isdigit() else len(turns) - 1
        if action == "ask":
            for thread, state, box in self.ask(asked.get("text", ""), turns):
                yield thread, state, box, gr.skip()
            return
        if not 0 <= index < len(turns) or (given := turns[index].answer) is None:
            yield (gr.skip(),) * 4
            return
        if action == "source":
            citation = next((c for c in given.citations if str(c.n) == asked.get("n")), None)
            panel = source_html(self._service.library, citation, self._words) if citation else gr.skip()
            yield gr.skip(), turns, gr.skip(), panel
        elif action == "remove":
            plan = without(given.plan, asked.get("field", ""), asked.get("value", ""))
            turn = replace(turns[index], answer=self._service.assistant.answer(plan), thumb=0)
            turns = (*turns[:index], turn, *turns[index + 1 :])
            yield self._thread(turns), turns, gr.skip(), gr.skip()
        elif action == "thumb":
            thumb = 1 if asked.get("value") == "1" else -1
            self._keep_thumb(turns[index], thumb)
            turns = (*turns[:index], replace(turns[index], thumb=thumb), *turns[index + 1 :])
            yield self._thread(turns), turns, gr.skip(), gr.skip()
        else:
            yield (gr.skip(),) * 4

    def _thread(self, turns: Turns) -> str:
        return thread_html(turns, self._words)

    def _keep_thumb(self, turn: Turn, thumb: int) -> None:
        settings = self._service.settings
        if not settings.feedback or turn.answer is None:
            return
        line = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "thumb": thumb,
            "question": turn.question,
            "answer": turn.answer.answer,
        }
        with (settings.home / "feedback.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
        gr.Info(self._words["thanks"], duration=2)

    def export(self, turns: Turns) -> str | None:
        """The conversation as a Word file with footnotes; None where nothing was asked."""
        if not turns:
            return None
        path = Path(mkdtemp(prefix="upr-")) / "conversation.docx"
        path.write_bytes(conversation_docx([(t.question, t.answer) for t in turns if t.answer is not None]))
        return str(path)

    def clear(self) -> tuple[Any, ...]:
        """A new conversation."""
        return self._thread(()), (), "", no_source_html(self._words)


def build(service: Service, words: Words) -> None:
    """Place the chat in the Blocks being built."""
    chat = Chat(service, words)
    turns = gr.State(())
    with gr.Row(elem_classes="chat-row"):
        with gr.Column(scale=3, elem_classes="chat-main"):
            thread = gr.HTML(thread_html((), words), js_on_load=_CLICK, elem_id="thread")
            with gr.Row(elem_classes="ask-row"):
                box = gr.Textbox(
                    label=words["question"],
                    placeholder=words["question_hint"],
                    lines=1,
                    max_lines=5,
                    scale=5,
                    autofocus=True,
                    rtl=not words.left_to_right,
                    elem_id="question",
                    max_length=_LONGEST_QUESTION,
                )
                send = gr.Button(words["send"], variant="primary", scale=0, min_width=96, elem_id="send")
            with gr.Row(elem_classes="tools-row"):
                fresh = gr.Button(words["new_conversation"], size="sm", scale=0)
                export = gr.DownloadButton(words["export_conversation"], size="sm", scale=0)
        with gr.Column(scale=2, elem_classes="chat-side"):
            panel = gr.HTML(no_source_html(words), js_on_load=_PANEL, elem_id="source")
    quiet = {"show_progress": "hidden", "api_visibility": "private"}
    asked = gr.on(
        [box.submit, send.click], chat.ask, [box, turns], [thread, turns, box], trigger_mode="once", **quiet
    )
    acted = thread.click(chat.act, turns, [thread, turns, box, panel], **quiet)
    for event in (asked, acted):
        event.then(chat.export, turns, export, **quiet)
    fresh.click(chat.clear, None, [thread, turns, box, panel], **quiet)
