"""Answers about amounts of money: value, total, largest, rank, share, donors, balance, unpaid, negative."""

from __future__ import annotations

from dataclasses import replace

from assistant.compose.context import Context
from assistant.compose.money.assisted import not_by_country
from assistant.compose.money.cells import missing
from assistant.compose.money.donors import donors_of
from assistant.compose.money.measures import average, difference, extreme, rank, share
from assistant.compose.money.values import negative, one_value, unpaid
from assistant.draft import Draft
from assistant.plan import Measure, Money
from assistant.run import money as run


def answer(context: Context) -> Draft:
    """The answer to a question about money, or that no table holds it."""
    plan = context.plan
    if plan.states:
        return not_by_country(context)
    found = run.books(context.library, context.shelf.documents, plan.documents)
    if not found.statements and not found.donors:
        return missing(context)
    money = plan.money or Money()
    if money.until and money.until >= run.last_year(found):
        money = replace(money, until=None)  # up to where the tables reach: all of it
        context = replace(context, plan=replace(plan, money=money))
    match money.measure:
        case Measure.UNPAID:
            return unpaid(context, found)
        case Measure.NEGATIVE:
            return negative(context, found)
        case Measure.DONORS | Measure.LIST:
            return donors_of(context, found)
        case Measure.SHARE:
            return share(context, found, money)
        case Measure.RANK:
            return rank(context, found)
        case Measure.LARGEST | Measure.SMALLEST:
            return extreme(context, found, money)
        case Measure.DIFFERENCE:
            return difference(context, found, money)
        case Measure.AVERAGE:
            return average(context, found)
        case _:
            return one_value(context, found, money)
