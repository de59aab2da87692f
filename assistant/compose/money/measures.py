"""Amounts measured against others: share, rank, largest and smallest, difference, average."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.compose import words
from assistant.compose.context import Context
from assistant.compose.money.cells import (
    SHOWN,
    allowed,
    amount,
    cell,
    each,
    figure_of,
    missing,
    named_row,
    sentence,
)
from assistant.compose.money.donors import not_a_donor
from assistant.compose.money.values import one_value
from assistant.draft import Draft, Figure, Operation, Part, Statement
from assistant.plan import Measure, Money
from assistant.run import money as run
from assistant.run.money import Books, Donors
from assistant.understand import finance
from corpus.model import Citation
from index.records import StoredAmount


def share(context: Context, found: Books, money: Money) -> Draft:
    """A part of a whole in per cent: a line of a total, or a State of all contributions."""
    plan, phrases = context.plan, context.phrases
    years = run.asked_years(plan)
    if plan.donors:
        donors = run.donors_for(found, years, plan.donors)
        rows = [row for row in donors.within(years) if row.state in plan.donors] if donors else []
        if donors is None or not rows:
            return not_a_donor(context, found, years, plan.donors)
        everything = donors.within(years)
        part, whole = (
            sum((row.value for row in rows), Decimal(0)),
            sum((row.value for row in everything), Decimal(0)),
        )
        cites = tuple(cell(context, row) for row in (rows + list(donors.totals if not years else ()))[:SHOWN])
        title = words.listed(plan.donors, phrases)
        return _ratio(context, part, whole, cites, title, rows)
    account = run.statement_for(found, years)
    if account is None or not money.concepts:
        return missing(context)
    concept = finance.concepts()[money.concepts[0]]
    lines = account.of(concept.name)
    whole_of = money.whole or finance.total_of(concept.name)
    totals = account.of(whole_of) if whole_of else ()
    if not lines or not totals:
        return missing(context)
    cites = (cell(context, lines[0]), cell(context, totals[0]))
    return _ratio(
        context, lines[0].value, totals[0].value, cites, named_row(context, lines[0]), [lines[0], totals[0]]
    )


def _ratio(
    context: Context,
    part: Decimal,
    whole: Decimal,
    cites: tuple[Citation, ...],
    title: str,
    rows: Sequence[StoredAmount],
) -> Draft:
    phrases = context.phrases
    if not whole:
        return missing(context)
    share = (part / whole * 100).quantize(Decimal("0.1"))
    how = f"{phrases.number(part)} / {phrases.number(whole)}"
    figure = Figure(share, "%", how, Operation.SHARE, (part, whole))
    text = f"{title}{phrases.colon}{phrases.percent(share)} ({how} {rows[0].currency})"
    paid = Figure(part, rows[0].currency, title, Operation.GIVEN, (part,))
    return Draft((Statement.cited(text, cites, allowed(context, rows), marks=4),), (figure, paid))


def rank(context: Context, found: Books) -> Draft:
    """A State's place among the donors."""
    plan, phrases = context.plan, context.phrases
    years = run.asked_years(plan)
    donors = run.donors_for(found, years, plan.donors)
    sums = run.by_donor(donors.within(years)) if donors else {}
    held = [state for state in plan.donors if state in sums]
    if donors is None or not held:
        return not_a_donor(context, found, years, plan.donors)
    value = sums[held[0]]
    rank = 1 + sum(other > value for other in sums.values())
    how = phrases.say(
        "{value} among {count} donors", value=amount(context, value, donors.rows[0].currency), count=len(sums)
    )
    figure = Figure(Decimal(rank), "rank", how, Operation.RANK, (value, *sums.values()))
    total = Figure(
        value,
        donors.rows[0].currency,
        words.state(held[0], phrases.language),
        Operation.SUM,
        tuple(row.value for row in donors.within(years) if row.state == held[0]),
    )
    cites = tuple(cell(context, row) for row in donors.within(years) if row.state == held[0])
    text = phrases.say(
        "{state} is number {rank} of {count} donors with {value}.",
        state=words.state(held[0], phrases.language),
        rank=rank,
        count=len(sums),
        value=amount(context, value, donors.rows[0].currency),
    )
    return Draft(
        (Statement.cited(text, cites, (str(len(sums)), *allowed(context, donors.rows))),),
        (figure, total),
    )


def extreme(context: Context, found: Books, money: Money) -> Draft:
    """The largest or smallest: donors, or lines of a side of the statement."""
    plan = context.plan
    years = run.asked_years(plan)
    table = finance.concepts()
    sides = [
        table[name].side
        for name in money.concepts
        if table[name].side in {"income", "expenditure"} and name not in {"contributions", "pledges_received"}
    ]
    if sides:
        account = run.statement_for(found, years)
        rows = run.lines(account, sides[0]) if account else ()
        return _best_lines(context, rows, money) if rows else missing(context)
    donors = run.donors_for(found, years)
    if donors is None:
        return missing(context)
    return _best_donors(context, donors, years, money)


def _best_lines(context: Context, rows: Sequence[StoredAmount], money: Money) -> Draft:
    descending = money.measure is Measure.LARGEST
    ordered = sorted(rows, key=lambda row: row.value, reverse=descending)[max(0, money.nth - 1) :][
        : money.top
    ]
    draft = each(context, ordered)
    operation = Operation.LARGEST if descending else Operation.SMALLEST
    if money.nth > 1:
        return draft
    first = ordered[0]
    figure = Figure(first.value, first.currency, f"{first.row}", operation, tuple(row.value for row in rows))
    return Draft(draft.parts, (figure, *draft.figures[1:]))


def _best_donors(context: Context, donors: Donors, years: Sequence[int], money: Money) -> Draft:
    """Donors by what they gave in all or in a period; of no period, also the largest single contribution."""
    phrases = context.phrases
    rows = donors.within(years)
    sums = run.by_donor(rows)
    descending = money.measure is Measure.LARGEST
    ordered = sorted(sums.items(), key=lambda item: (-item[1] if descending else item[1], item[0]))
    chosen = ordered[max(0, money.nth - 1) :][: money.top]
    parts: list[Part] = []
    figures: list[Figure] = []
    for code, value in chosen:
        own = [row for row in rows if row.state == code]
        cites = tuple(cell(context, row) for row in own)
        named = words.state(code, phrases.language)
        how = f"{named}{phrases.colon}" + " + ".join(phrases.number(row.value) for row in own)
        figures.append(Figure(value, own[0].currency, how, Operation.SUM, tuple(row.value for row in own)))
        text = f"{named}{phrases.colon}{amount(context, value, own[0].currency)}"
        parts.append(Statement.cited(text, cites, allowed(context, own)))
    single = (max if descending else min)(rows, key=lambda row: row.value)
    if not years and money.nth == 1 and money.top == 1:
        text = (
            phrases.say("Largest single contribution")
            if descending
            else phrases.say("Smallest single contribution")
        )
        told = sentence(context, single)
        parts.append(Statement(f"{text}{phrases.colon}{told.text}", told.cites, allowed=told.allowed))
        figures.append(figure_of(single))
    if money.single and not years:
        parts.reverse()
        figures.reverse()
    return Draft(tuple(parts), tuple(figures))


def difference(context: Context, found: Books, money: Money) -> Draft:
    """How much one amount exceeds another: two lines, two States, or one State in two periods."""
    plan, phrases = context.plan, context.phrases
    years = run.asked_years(plan)
    groups: list[tuple[str, list[StoredAmount]]] = []
    if len(plan.donors) > 1:
        for state in plan.donors[:2]:
            donors = run.donors_for(found, years, (state,))
            rows = [row for row in donors.within(years) if row.state == state] if donors else []
            groups.append((words.state(state, phrases.language), rows))
    elif len(times := [*plan.periods, *map(str, plan.years)]) > 1:
        for time in times[:2]:
            within = run.span(time)
            donors = run.donors_for(found, within, plan.donors)
            rows = (
                [row for row in donors.within(within) if not plan.donors or row.state in plan.donors]
                if donors
                else []
            )
            groups.append((time, rows))
    else:
        account = run.statement_for(found, years)
        for concept in money.concepts[:2]:
            rows = list(account.of(concept)[:1]) if account else []
            groups.append((named_row(context, rows[0]) if rows else concept, rows))
    if len(groups) < 2 or not all(rows for _, rows in groups):
        return one_value(context, found, money)
    sums = [sum((row.value for row in rows), Decimal(0)) for _, rows in groups]
    high, low = max(sums), min(sums)
    everything = [row for _, rows in groups for row in rows]
    cites = tuple(cell(context, row) for row in everything[:SHOWN])
    currency = everything[0].currency
    how = f"{phrases.number(high)} − {phrases.number(low)}"
    figure = Figure(high - low, currency, how, Operation.DIFFERENCE, (high, low))
    parts = tuple(
        Figure(value, currency, title, Operation.SUM, tuple(row.value for row in rows))
        for (title, rows), value in zip(groups, sums, strict=True)
    )
    said = "; ".join(
        f"{title}{phrases.colon}{amount(context, value, currency)}"
        for (title, _), value in zip(groups, sums, strict=True)
    )
    gap = amount(context, high - low, currency)
    text = f"{said}. {phrases.say('Difference')}{phrases.colon}{gap} ({how})"
    told = Statement.cited(text, cites, allowed(context, everything), marks=6)
    return Draft((told,), (figure, *parts))


def average(context: Context, found: Books) -> Draft:
    """The mean of the contributions of a period, or of all."""
    years = run.asked_years(context.plan)
    donors = run.donors_for(found, years)
    if donors is None:
        return missing(context)
    rows = donors.within(years)
    total, count = sum((row.value for row in rows), Decimal(0)), len(rows)
    value = (total / count).quantize(Decimal("0.01"))
    how = f"{context.phrases.number(total)} / {context.phrases.number(count)}"
    figure = Figure(value, rows[0].currency, how, Operation.AVERAGE, tuple(row.value for row in rows))
    cites = tuple(cell(context, row) for row in rows[:SHOWN])
    named = f"{context.phrases.say('Average contribution')}{context.phrases.colon}"
    text = f"{named}{amount(context, value, rows[0].currency)} ({how})"
    return Draft((Statement.cited(text, cites, allowed(context, rows), marks=3),), (figure,))
