"""States that the Fund assisted: what it did there is told in words, and never how much money went to one of them."""

from __future__ import annotations

from dataclasses import replace

from assistant.compose import passages, words
from assistant.compose.context import Context
from assistant.draft import Draft, Statement
from assistant.plan import Decline
from assistant.run import passages as run


def not_by_country(context: Context) -> Draft:
    """That the tables give no amount by assisted State, with what the reports say of the States asked about."""
    text = context.phrases.say(
        "The Fund's tables give contributions by donor and expenditure by kind, and no amount for {states}.",
        states=words.listed(context.plan.states, context.phrases),
    )
    found = run.find(context.plan, context.library, context.shelf).passages
    near = passages.nothing(context, found)
    return replace(near, parts=(Statement(text, factual=False), *near.parts[1:]), decline=Decline.NO_AMOUNT)
