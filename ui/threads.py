"""Conversations of the pages, kept by the service so that a reload, a closed page or another language loses nothing.

Bounded and in memory only: what was asked is confidential and is gone when the service stops.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import Answer

_CONVERSATIONS = 500
_TURNS = 200
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; while the answer is being written, `partial` is what is there so far."""

    question: str
    answer: Answer | None = None
    partial: str = ""
    thumb: int = 0


Turns = tuple[Turn, ...]


def is_id(conversation: str) -> bool:
    """Whether it can be a conversation's id; browsers make 144 random bits of them."""
    return _ID.fullmatch(conversation) is not None


class Threads:
    """The turns of each conversation, those last used kept. Safe across threads."""

    def __init__(self, kept: int = _CONVERSATIONS) -> None:
        self._kept = kept
        self._turns: OrderedDict[str, Turns] = OrderedDict()
        self._lock = Lock()

    def get(self, conversation: str) -> Turns:
        """The turns so far, oldest first; none for an unknown id."""
        with self._lock:
            return self._turns.get(conversation, ())

    def keep(self, conversation: str, turns: Iterable[Turn]) -> Turns:
        """Remember these turns, the latest 200 of them; an id that no browser makes is not kept."""
        kept = tuple(turns)[-_TURNS:]
        if is_id(conversation):
            with self._lock:
                self._turns[conversation] = kept
                self._turns.move_to_end(conversation)
                while len(self._turns) > self._kept:
                    self._turns.popitem(last=False)
        return kept

    def forget(self, conversation: str) -> None:
        """Drop a conversation."""
        with self._lock:
            self._turns.pop(conversation, None)
