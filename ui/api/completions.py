"""OpenAI's chat completions over the assistant, so that existing chat clients can use it as a model."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer
from ui import service
from ui.api.ask import chunks
from ui.api.schemas import ChatMessage, ChatRequest
from ui.citing import place
from ui.errors import NotFound, ServiceError

router = APIRouter(prefix="/v1", tags=["openai"])

_MODEL = "upr"
_DESCRIBED = {"id": _MODEL, "object": "model", "created": 0, "owned_by": "upr"}
# Nothing is metered here; OpenAI's clients expect the field.
_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
_TURNS = 6


@router.get("/models", summary="The one model")
def models() -> dict[str, Any]:
    """OpenAI's list of models."""
    return {"object": "list", "data": [_DESCRIBED]}


@router.get("/models/{model:path}", summary="The model by its name")
def model(model: Annotated[str, Path(max_length=100, examples=[_MODEL])]) -> dict[str, Any]:
    """OpenAI's description of a model."""
    if model != _MODEL:
        raise NotFound(f"No model {model!r}.", f"The one model is {_MODEL!r}.")
    return _DESCRIBED


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
        return JSONResponse({**head, "object": "chat.completion", "choices": [choice], "usage": _USAGE})

    def events() -> Iterator[str]:
        def record(**more: Any) -> str:
            said = {**head, "object": "chat.completion.chunk", **more}
            return f"data: {json.dumps(said, ensure_ascii=False)}\n\n"

        def event(delta: dict[str, str], reason: str | None) -> str:
            return record(choices=[{"index": 0, "delta": delta, "finish_reason": reason}])

        yield event({"role": "assistant"}, None)
        for piece in chunks(text):
            yield event({"content": piece}, None)
        yield event({}, "stop")
        if body.stream_options and body.stream_options.include_usage:
            yield record(choices=[], usage=_USAGE)
        yield "data: [DONE]\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")
