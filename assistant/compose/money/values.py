"""One amount: a line of the statement, contributions, what is unpaid or below zero, or the row that words mean."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.context import Context
from assistant.compose.money.cells import each, missing, named_row, summed, together
from assistant.compose.money.donors import contributions, given_by, not_a_donor
from assistant.draft import Draft
from assistant.plan import Measure, Money
from assistant.run import money as run
from assistant.run.money import Books
from index.records import StoredAmount

_WORDS, _NEAR = 0.6, 0.55  # a label is meant from this share of its words, or from this nearness, on


def one_value(context: Context, found: Books, money: Money) -> Draft:
    """A cell, or a sum over periods."""
    plan = context.plan
    years = run.asked_years(plan)
    if plan.donors:
        return given_by(context, found, years)
    account = run.statement_for(found, years)
    if money.measure is Measure.TOTAL and account and len(money.concepts) > 1:
        lines = [row for concept in money.concepts for row in account.of(concept)]
        if lines and not any(row.is_total for row in lines):
            return summed(context, lines, context.phrases.listing([named_row(context, row) for row in lines]))
    drafts: list[Draft] = []
    for concept in money.concepts:
        if concept in {"contributions_total", "contributions"}:
            drafts.append(contributions(context, found, money, years, concept))
            continue
        rows = account.of(concept) if account else ()
        if rows:
            drafts.append(each(context, rows))
    good = [draft for draft in drafts if draft.decline is None]
    if good:
        return together(good)
    if drafts:
        return drafts[0]
    if not money.concepts and (money.measure is Measure.TOTAL or years):
        return contributions(context, found, money, years, "contributions_total")
    return _by_words(context, found, years)


def _by_words(context: Context, found: Books, years: Sequence[int]) -> Draft:
    """A row whose label no concept knows: the one whose words the question holds."""
    account = run.statement_for(found, years)
    pool = [*(account.rows if account else ()), *found.others]
    best = _closest(context, pool)
    return each(context, [best]) if best else missing(context)


def _closest(context: Context, rows: Sequence[StoredAmount]) -> StoredAmount | None:
    from corpus.static import encode
    from index import analyse

    plan = context.plan
    question = plan.asked or plan.question
    asked = set(analyse.tokens(question, plan.asked_in or plan.language))
    named = [row for row in rows if row.row.strip()]
    if not named:
        return None
    vectors = encode([question, *(row.row for row in named)])
    best: tuple[float, StoredAmount] | None = None
    for row, vector in zip(named, vectors[1:], strict=True):
        document = context.shelf.document(row.key)
        said = set(analyse.tokens(row.row, document.language if document else plan.language))
        words = len(asked & said) / len(said) if said else 0.0
        score = max(words / _WORDS, float(vector @ vectors[0]) / _NEAR)
        if best is None or score > best[0]:
            best = (score, row)
    return best[1] if best and best[0] >= 1 else None


def unpaid(context: Context, found: Books) -> Draft:
    """Pledges that are not paid yet."""
    years = run.asked_years(context.plan)
    account = run.statement_for(found, years)
    donors = context.plan.donors
    rows = (
        [
            row
            for row in account.of("unpaid_pledges")
            if not donors or row.state in donors or row.state is None
        ]
        if account
        else []
    )
    positive = [row for row in rows if row.value > 0] or rows
    if not positive:
        return missing(context)
    if donors and not any(row.state in donors for row in positive):
        return not_a_donor(context, found, years, donors)
    return each(context, positive)


def negative(context: Context, found: Books) -> Draft:
    """The rows below zero."""
    account = run.statement_for(found, run.asked_years(context.plan))
    rows = [row for row in account.rows if row.value < 0] if account else []
    return each(context, rows) if rows else missing(context)
