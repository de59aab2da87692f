"""From a plan to a draft answer: the composer of each intent."""

from __future__ import annotations

from collections.abc import Callable

from assistant.compose import counts, cycles, decline, money, passages, rows, single
from assistant.compose.context import Context
from assistant.draft import Draft
from assistant.plan import Intent

COMPOSERS: dict[Intent, Callable[[Context], Draft]] = {
    Intent.LIST: rows.listing,
    Intent.COUNT: counts.counting,
    Intent.WHO: rows.who,
    Intent.COMPARE: counts.comparing,
    Intent.GROUP: counts.grouping,
    Intent.SDG: cycles.sdgs,
    Intent.MANDATE: cycles.mandate,
    Intent.POSITION: single.position,
    Intent.WHY: single.why,
    Intent.CHANGED: cycles.changed,
    Intent.RECOMMENDATION: single.one,
    Intent.PARAGRAPH: passages.paragraph,
    Intent.RESOLUTION: passages.resolution,
    Intent.PASSAGE: passages.answer,
    Intent.MONEY: money.answer,
    Intent.ELIGIBILITY: passages.eligibility,
    Intent.PARLIAMENT: cycles.parliament,
    Intent.DOCUMENTS: passages.documents,
    Intent.HELP: passages.help_text,
    Intent.DECLINE: decline.answer,
}


def compose(context: Context) -> Draft:
    """The draft answer to a plan."""
    if context.plan.decline:
        return decline.answer(context)
    return COMPOSERS[context.plan.intent](context)
