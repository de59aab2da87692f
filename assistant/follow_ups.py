"""Two or three next questions that work: each is a plan that the corpus answers with something else."""

from __future__ import annotations

from dataclasses import replace

from assistant.compose import words
from assistant.compose.context import Context
from assistant.draft import Draft
from assistant.plan import Intent, Measure
from assistant.run import rows as run
from corpus.model import Position
from index.filters import Facet

_ROWS = {
    Intent.LIST, Intent.COUNT, Intent.WHO, Intent.GROUP, Intent.MANDATE, Intent.SDG, Intent.PARLIAMENT,
    Intent.COMPARE,
}  # fmt: skip
_FEW = 3  # rows that need no grouping


def follow_ups(context: Context, draft: Draft) -> tuple[str, ...]:
    """Next questions in the answer's language; none where nothing near is stored."""
    plan, phrases = context.plan, context.phrases
    made: list[str] = []
    if draft.decline and not plan.states:
        return ()
    if plan.intent in _ROWS and not draft.decline and draft.recommendations:
        made = _of_rows(context, draft)
    elif plan.intent is Intent.MONEY:
        measure = plan.money.measure if plan.money else None
        if measure is not Measure.LARGEST:
            made.append(phrases.say("Who is the largest donor of the Fund?"))
        if not (plan.money and "total_expenditure" in plan.money.concepts):
            made.append(phrases.say("How much did the Fund spend in total?"))
    elif plan.states and context.shelf.reviews(plan.states[0]):
        state = words.state(plan.states[0], phrases.language)
        made = [phrases.say("How many recommendations did {state} receive?", state=state)]
    return tuple(made[:3])


def _of_rows(context: Context, draft: Draft) -> list[str]:
    """What else the rows can be asked: another position that occurs, who recommended, their themes."""
    plan, phrases = context.plan, context.phrases
    made: list[str] = []
    every = run.find(replace(plan, positions=(), implemented=False), context.library)
    held = run.counted(every, Facet.POSITION, context.library)
    if plan.positions or len(held) > 1:
        asks = {
            Position.NOTED: phrases.say("And the noted ones?"),
            Position.SUPPORTED: phrases.say("And the supported ones?"),
            Position.PENDING: phrases.say("And the pending ones?"),
        }
        made += [
            ask for position, ask in asks.items() if position in held and position not in plan.positions
        ][:1]
    grouped = plan.facet if plan.intent is Intent.GROUP else None
    if plan.intent is Intent.WHO and plan.states:
        state = words.state(plan.states[0], phrases.language)
        made.append(phrases.say("How many recommendations did {state} receive?", state=state))
    elif not plan.recommenders and grouped is not Facet.RECOMMENDER:
        made.append(phrases.say("Who recommended them?"))
    if len(draft.recommendations) > _FEW and grouped is not Facet.THEME:
        made.append(phrases.say("Group them by theme"))
    return made
