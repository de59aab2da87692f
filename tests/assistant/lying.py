"""Chat models that say what a script tells them, so that every kind of lie can be tried."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

Reply = str | AIMessage | Callable[[Sequence[BaseMessage]], "str | AIMessage"]


class Scripted(BaseChatModel):
    """Gives its replies in order, the last one for ever; a callable reply sees the messages."""

    replies: list[Any]
    seen: list[Any] = Field(default_factory=list)
    place: int = 0
    delay: float = 0.0

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> "Scripted":
        return self

    def _generate(
        self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any
    ) -> ChatResult:
        time.sleep(self.delay)
        self.seen.append(list(messages))
        reply = self.replies[min(self.place, len(self.replies) - 1)]
        self.place += 1
        if callable(reply):
            reply = reply(messages)
        if isinstance(reply, Exception):
            raise reply
        message = reply if isinstance(reply, AIMessage) else AIMessage(reply)
        return ChatResult(generations=[ChatGeneration(message=message)])


def calls(name: str, **arguments: object) -> AIMessage:
    """A reply that calls a tool."""
    return AIMessage(
        "", tool_calls=[{"name": name, "args": arguments, "id": f"call-{name}", "type": "tool_call"}]
    )
