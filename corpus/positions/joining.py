"""Lists of numbers that the end of a line broke into two blocks, put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.positions.cues import Wording

_DOTTED = re.compile(r"\s*\d{1,3}\.\s?\d{1,3}")
_GOES_ON = re.compile(
    r"(?:\d\W?\s*[,;،、]|\b(?:to|and|through|à|et|al?|y|и|по|до)|"
    r"\d\s*[–-]|至|和|إلى|و)\s*$",
    re.IGNORECASE,
)
_LIST_OPENS = re.compile(
    r"\s*\d{1,3}\.\s?\d{1,3}\s*(?:[,;،、–-]|(?:to|and|through|until|à|et|al?|y|и|по|до)\b)", re.IGNORECASE
)


class Span(Protocol):
    """A paragraph-like run of the text."""

    @property
    def start(self) -> int:
        """Offset of its first character."""

    @property
    def end(self) -> int:
        """Offset after its last character."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Spans that make one."""

    start: int
    end: int


def joined(text: str, spans: Sequence[Span], wording: Wording) -> list[Span]:
    """The spans, put together where a list of numbers was broken over lines: a range, or after a comma or "and"."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if (
            last
            and not text[last.end : span.start].strip()
            and _DOTTED.match(text, span.start, span.end)
            and _goes_on(
                text[max(last.start, last.end - 60) : last.end], text[span.start : span.end], wording
            )
        ):
            found[-1] = Joined(last.start, span.end)
        else:
            found.append(span)
    return found


def _goes_on(above: str, below: str, wording: Wording) -> bool:
    if _GOES_ON.search(above):
        return True
    ends = re.search(
        rf"(?:{wording.recommendation.pattern})(?:\s+(?:nos?|n[o°]s?)\.?)?\s*$", above, re.IGNORECASE
    )
    return bool(ends and _LIST_OPENS.match(below))
