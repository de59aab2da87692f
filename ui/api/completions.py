"""OpenAI's chat completions over the assistant, so that existing chat clients can use it as a model."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer
from ui import service
from ui.api.ask import chunks
from ui.api.schemas import ChatMessage, ChatRequest
from ui.citing import place
from ui.errors import ServiceError

router = APIRouter(prefix="/v1", tags=["openai"])

_MODEL = "upr"
_TURNS = 6


@router.get("/models", summary="The one model")
def models() -> dict[str, Any]:
    """OpenAI's list of models."""
    return {"object": "list", "data": [{"id": _MODEL, "object": "model", "created": 0, "owned_by": "upr"}]}


def _text(message: ChatMessage) -> str:
    if isinstance(message.content, list):
        return " ".join(str(part.get("text", "")) for part in message.content if part.get("type") == "text")
    return message.content or ""


def _answer(body: ChatRequest, running: service.Service) -> Answer:
    """The answer to the last question; the user's earlier ones rebuild the conversation, one plan on another."""
    questions = [text for m in body.messages if m.role == "user" and (text := _text(m).strip())]
    if not questions:
        raise ServiceError("No message of the role 'user' has a text.", "Send a question.")
    plan = None
    with running.answering:
        for question in questions[-_TURNS:-1]:
            plan = running.assistant.understand(question[:4_000], previous=plan)
        return running.assistant.ask(questions[-1][:4_000], previous=plan)


def _with_sources(found: Answer) -> str:
    lines = [f"[{c.n}] {place(c)}" for c in found.citations]
    return found.answer + ("\n\n" + "\n".join(lines) if lines else "")


@router.post("/chat/completions", summary="Chat completion in OpenAI's shape", response_model=None)
def completions(body: ChatRequest, request: Request) -> Response:
    """Answer the conversation's last question; sources stand below the answer."""
    text = _with_sources(_answer(body, service.of(request)))
    head = {"id": f"chatcmpl-{secrets.token_hex(8)}", "created": int(time.time()), "model": _MODEL}
    if not body.stream:
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        # Nothing is metered here; OpenAI's clients expect the field.
        usage = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return JSONResponse({**head, "object": "chat.completion", "choices": [choice], "usage": usage})

    def events() -> Iterator[str]:
        def event(delta: dict[str, str], reason: str | None) -> str:
            choice = {"index": 0, "delta": delta, "finish_reason": reason}
            record = {**head, "object": "chat.completion.chunk", "choices": [choice]}
            return f"data: {json.dumps(record, ensure_ascii=False)}\n\n"

        yield event({"role": "assistant"}, None)
        for piece in chunks(text):
            yield event({"content": piece}, None)
        yield event({}, "stop")
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")
