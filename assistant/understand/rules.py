"""Questions on the rules of the review: what a resolution lays down, and which one, with no State named.

"Which resolution fixes the length of a cycle?" and "how is the troika chosen?" are answered by resolutions and
decisions; what a document tells of one State's review does not answer them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.plan import Intent
from corpus.model import Kind

if TYPE_CHECKING:
    from assistant.understand.intent import Reading

_ON_ROWS = ("intent.list_head", "intent.count", "intent.most", "intent.group_by", "intent.raised")


def asked(reading: Reading) -> Intent | None:
    """`RESOLUTION` where the source of a rule is asked for, `PASSAGE` where the rule is; None for other questions."""
    found = reading.dimensions
    if reading.states or found.documents or found.numbers or found.paragraphs or found.sessions:
        return None
    if reading.has("intent.source"):
        return Intent.RESOLUTION
    if _on_rows(reading) or Kind.FUND_REPORT in reading.kinds or found.years:
        return None
    if Kind.RESOLUTION in reading.kinds:
        return Intent.RESOLUTION
    return Intent.PASSAGE if reading.has("intent.rule") and reading.has("words.machinery") else None


def _on_rows(reading: Reading) -> bool:
    """Whether recommendations are listed, counted or grouped, so that no rule is asked for."""
    recommends = reading.has("words.recommendation") or reading.has("words.recommend")
    return recommends and any(map(reading.has, _ON_ROWS))
