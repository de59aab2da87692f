"""Two or three next questions that work: each is a plan that the corpus answers."""

from __future__ import annotations

from assistant.compose import words
from assistant.compose.context import Context
from assistant.draft import Draft
from assistant.plan import Intent
from corpus.model import Position

_ROWS = {Intent.LIST, Intent.COUNT, Intent.WHO, Intent.GROUP, Intent.MANDATE, Intent.SDG, Intent.PARLIAMENT}


def follow_ups(context: Context, draft: Draft) -> tuple[str, ...]:
    """Next questions in the answer's language; none where nothing near is stored."""
    plan, phrases = context.plan, context.phrases
    language = phrases.language
    made: list[str] = []
    if draft.decline and not plan.states:
        return ()
    if plan.intent in _ROWS and plan.states and not draft.decline:
        state = words.state(plan.states[0], language)
        if Position.NOTED not in plan.positions:
            made.append(phrases.say("And the noted ones?"))
        elif Position.SUPPORTED not in plan.positions:
            made.append(phrases.say("And the supported ones?"))
        if plan.intent is not Intent.WHO:
            made.append(phrases.say("Who recommended them?"))
        else:
            made.append(phrases.say("How many recommendations did {state} receive?", state=state))
        made.append(phrases.say("Group them by theme"))
    elif plan.intent is Intent.MONEY:
        made = [
            phrases.say("Who is the largest donor of the Fund?"),
            phrases.say("How much did the Fund spend in total?"),
        ]
    elif plan.states and context.shelf.reviews(plan.states[0]):
        state = words.state(plan.states[0], language)
        made = [phrases.say("How many recommendations did {state} receive?", state=state)]
    return tuple(made[:3])
