"""Follow-ups: a question that leans on the one before amends its plan, visibly."""

from __future__ import annotations

from assistant.plan import Plan
from assistant.scope import Shelf
from corpus.model import Language


def amend(question: str, language: Language | None, previous: Plan, shelf: Shelf) -> Plan | None:
    """The previous plan with what the follow-up changes, or None when the question stands alone."""
    return None
