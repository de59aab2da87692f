"""`POST /api/ask`: an answer as JSON, or as server-sent events when the client accepts them."""

from __future__ import annotations

import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from ui import service
from ui.api.schemas import AnswerBody, Question

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.plan import Plan

router = APIRouter(tags=["ask"])

_CONVERSATIONS_KEPT = 2_000
_WORDS_A_CHUNK = 6


class Conversations:
    """The last plan of each conversation, newest kept; bounded, in memory, gone when the service stops."""

    def __init__(self, kept: int = _CONVERSATIONS_KEPT) -> None:
        self._kept = kept
        self._plans: OrderedDict[str, Plan] = OrderedDict()
        self._lock = Lock()

    def get(self, conversation: str | None) -> Plan | None:
        """The plan that a new question may amend."""
        with self._lock:
            return self._plans.get(conversation) if conversation else None

    def keep(self, conversation: str | None, plan: Plan | None) -> str:
        """Remember `plan`; returns the conversation's id, a new one where none was given."""
        key = conversation or secrets.token_urlsafe(12)
        with self._lock:
            if plan is not None:
                self._plans[key] = plan
                self._plans.move_to_end(key)
            while len(self._plans) > self._kept:
                self._plans.popitem(last=False)
        return key


def answer_record(found: Answer, conversation: str) -> dict[str, Any]:
    """The answer's JSON with the conversation's id."""
    return {**found.to_json(), "conversation": conversation}


def chunks(text: str) -> Iterator[str]:
    """The text in small pieces that join to exactly it."""
    words = text.split(" ")
    for i in range(0, len(words), _WORDS_A_CHUNK):
        last = i + _WORDS_A_CHUNK >= len(words)
        yield " ".join(words[i : i + _WORDS_A_CHUNK]) + ("" if last else " ")


def _event(name: str, data: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


@router.post(
    "/ask",
    response_model=AnswerBody,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
    summary="Ask a question; the answer cites its sources",
)
def ask(body: Question, request: Request) -> Response:
    """Answer from the indexed documents, or say that they do not say.

    With `Accept: text/event-stream` the events are `text` (pieces of the answer, already verified) and
    `answer` (the whole record).
    """
    running = service.of(request)
    conversations: Conversations = request.app.state.conversations
    began = time.perf_counter()
    with running.answering:
        found = running.assistant.ask(
            body.question, language=body.language, previous=conversations.get(body.conversation)
        )
    running.metrics.seen("answer", time.perf_counter() - began)
    record = answer_record(found, conversations.keep(body.conversation, found.plan))
    if "text/event-stream" not in request.headers.get("accept", ""):
        return JSONResponse(record)

    def events() -> Iterator[str]:
        for piece in chunks(record["answer"]):
            yield _event("text", piece)
        yield _event("answer", record)

    return StreamingResponse(events(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
