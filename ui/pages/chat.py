"""The chat: a question box, the conversation, the source beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.errors import UprError
from ui.pages.chips import amended
from ui.pages.markup import WIRE, render
from ui.pages.source import no_source_html, source_html
from ui.pages.thread import thread_html
from ui.pages.words import Words
from ui.threads import Turn, Turns, is_id

if TYPE_CHECKING:
    from assistant.plan import Plan
    from ui.service import Service

LONGEST_QUESTION = 4_000
_EVERY = 0.08
Shown = tuple[Any, Any]


def _plan_before(turns: Turns) -> Plan | None:
    return next((t.answer.plan for t in reversed(turns) if t.answer is not None), None)


class Chat:
    """The handlers of one language's chat; each yields (thread, source)."""

    def __init__(self, service: Service, words: Words) -> None:
        self._service = service
        self._words = words

    def act(self, event: gr.EventData) -> Iterator[Shown]:
        """Do what a button, a chip or the question box says."""
        asked = {str(name): str(value) for name, value in event._data.items()}
        conversation, action = asked.get("conversation", ""), asked.get("do", "")
        # An event that yields nothing would empty the parts.
        yield gr.skip(), gr.skip()
        if not is_id(conversation):
            return
        turns = self._service.threads.get(conversation)
        try:
            if action == "ask":
                yield from self._ask(conversation, turns, asked.get("text", ""))
            elif action == "resume" and turns:
                yield self._thread(turns), gr.skip()
            elif action == "fresh":
                yield self._thread(()), no_source_html(self._words)
            elif asked.get("turn", "").isdigit() and int(asked["turn"]) < len(turns):
                yield from self._on_turn(conversation, turns, int(asked["turn"]), asked)
        except UprError as error:
            turns = self._service.threads.get(conversation)
            yield self._thread(turns, problem=str(error)), gr.skip()
        except Exception:
            turns = self._service.threads.get(conversation)
            yield self._thread(turns, problem=self._words["internal"]), gr.skip()
            raise

    def _ask(self, conversation: str, turns: Turns, question: str) -> Iterator[Shown]:
        question = question.strip()[:LONGEST_QUESTION]
        if not question:
            return
        pending = Turn(question)
        yield self._thread((*turns, pending), busy=True), gr.skip()
        began = shown_at = time.perf_counter()
        pieces = self._service.assistant.stream(question, previous=_plan_before(turns))
        with self._service.answering:
            first = next(pieces, "")
        for piece in chain([first], pieces):
            if not isinstance(piece, str):
                turns = self._service.threads.keep(conversation, (*turns, Turn(question, piece)))
                continue
            pending = replace(pending, partial=pending.partial + piece)
            if time.perf_counter() - shown_at > _EVERY:
                yield self._thread((*turns, pending), busy=True), gr.skip()
                shown_at = time.perf_counter()
        self._service.metrics.seen("answer", time.perf_counter() - began)
        yield self._thread(turns), gr.skip()

    def _on_turn(self, conversation: str, turns: Turns, index: int, asked: dict[str, str]) -> Iterator[Shown]:
        turn, action = turns[index], asked["do"]
        given = turn.answer
        if given is None:
            return
        if action == "source":
            citation = next((c for c in given.citations if str(c.n) == asked.get("n")), None)
            if citation:
                yield gr.skip(), source_html(self._service.library, citation, self._words)
        elif action in {"change", "remove", "add"}:
            field, old, new = asked.get("field", ""), asked.get("value", ""), asked.get("to", "")
            if action == "add":
                (field, _, new), old = new.partition("|"), ""
            plan = amended(given.plan, field, old, new if action != "remove" else "")
            with self._service.answering:
                turn = replace(turn, answer=self._service.assistant.answer(plan), thumb=0)
            yield self._thread(self._put(conversation, turns, index, turn)), gr.skip()
        elif action == "thumb":
            turn = replace(turn, thumb=1 if asked.get("value") == "1" else -1)
            self._keep_thumb(turn)
            yield self._thread(self._put(conversation, turns, index, turn)), gr.skip()

    def _put(self, conversation: str, turns: Turns, index: int, turn: Turn) -> Turns:
        return self._service.threads.keep(conversation, (*turns[:index], turn, *turns[index + 1 :]))

    def _thread(self, turns: Turns, *, busy: bool = False, problem: str = "") -> str:
        return thread_html(turns, self._words, self._service.library, busy=busy, problem=problem)

    def _keep_thumb(self, turn: Turn) -> None:
        settings = self._service.settings
        if not settings.feedback or turn.answer is None:
            return
        line = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "thumb": turn.thumb,
            "question": turn.question,
            "answer": turn.answer.answer,
        }
        with (settings.home / "feedback.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False) + "\n")


def build(service: Service, words: Words) -> None:
    """Place the chat in the Blocks being built."""
    chat = Chat(service, words)
    with gr.Row(elem_classes="chat-row"):
        with gr.Column(elem_classes="chat-main"):
            thread = gr.HTML(
                thread_html((), words), js_on_load=WIRE, apply_default_css=False, elem_id="thread"
            )
            ask = gr.HTML(
                render("ask.html", w=words, longest=LONGEST_QUESTION),
                js_on_load=WIRE,
                apply_default_css=False,
                elem_id="ask",
            )
        with gr.Column(elem_classes="chat-side"):
            panel = gr.HTML(no_source_html(words), js_on_load=WIRE, apply_default_css=False, elem_id="source")
    # "multiple": by default Gradio drops what is pressed while an earlier press is still being answered.
    quiet: dict[str, Any] = {
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": 16,
        "trigger_mode": "multiple",
    }
    for part in (thread, ask, panel):
        part.click(chat.act, None, [thread, panel], **quiet)
