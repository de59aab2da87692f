"""What States gave: one by one, as a whole, and against the totals that tables and paragraphs give."""

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
    missing,
    summed,
    tabled,
    together,
)
from assistant.draft import Draft, Figure, Operation, Part, Statement
from assistant.plan import Decline, Measure, Money
from assistant.run import money as run
from assistant.run.money import Books, Donors
from assistant.run.money import Statement as Account
from index.records import StoredAmount


def given_by(context: Context, found: Books, years: Sequence[int]) -> Draft:
    """What States gave, each over the periods asked for."""
    plan = context.plan
    drafts: list[Draft] = []
    lacking: list[str] = []
    for state in plan.donors:
        donors = run.donors_for(found, years, (state,))
        rows = [row for row in donors.within(years) if row.state == state] if donors else []
        if rows:
            named = words.state(state, context.phrases.language)
            drafts.append(summed(context, rows, named))
        else:
            lacking.append(state)
    if not drafts:
        return not_a_donor(context, found, years, lacking)
    joined = together(drafts)
    if len(drafts) > 1:
        totals = [draft.figures[0].value for draft in drafts]
        how = " + ".join(context.phrases.number(value) for value in totals)
        whole = Figure(sum(totals, Decimal(0)), drafts[0].figures[0].unit, how, Operation.SUM, tuple(totals))
        lead = _together(context, drafts, whole) if plan.money and plan.money.measure is Measure.TOTAL else ()
        joined = Draft((*lead, *joined.parts), (*joined.figures, whole))
    if lacking:
        note = context.phrases.say(
            "No contribution of {states} is listed.", states=words.listed(lacking, context.phrases)
        )
        joined = Draft((*joined.parts, Statement(note, factual=False)), joined.figures)
    return joined


def _together(context: Context, drafts: Sequence[Draft], whole: Figure) -> tuple[Statement, ...]:
    """What several States gave together, from the rows of each."""
    cites = tuple(
        one for draft in drafts for part in draft.parts if isinstance(part, Statement) for one in part.cites
    )
    names = context.phrases.listing(
        [words.state(state, context.phrases.language) for state in context.plan.donors]
    )
    text = f"{names}{context.phrases.colon}{amount(context, whole.value, whole.unit)} ({whole.how})."
    return (Statement.cited(text, cites),)


def not_a_donor(context: Context, found: Books, years: Sequence[int], states: Sequence[str]) -> Draft:
    """A State that the table does not list: said, with where was looked and what it did give otherwise."""
    phrases = context.phrases
    donors = run.donors_for(found, ()) if found.donors else None
    text = phrases.say("No contribution of {states} is listed.", states=words.listed(states, phrases))
    parts: list[Part] = [Statement(text, factual=False)]
    if donors is not None:
        other = [row for row in donors.rows if row.state in states]
        if other:
            parts.append(tabled(context, other))
        looked = phrases.say(
            "Looked through: {documents}.",
            documents=f"{context.name(donors.document.key)}, {donors.rows[0].table}",
        )
        parts.append(Statement(looked, factual=False))
    return Draft(tuple(parts), decline=Decline.NO_AMOUNT, confidence=0.3)


def contributions(context: Context, found: Books, money: Money, years: Sequence[int], concept: str) -> Draft:
    """Contributions as a whole: the statement's line of a year, the rows of a period, or the printed total, checked."""
    account = run.statement_for(found, years)
    whole = money.measure is Measure.TOTAL or concept == "contributions_total"
    if account is not None and (years or not whole):
        rows = account.of("contributions")
        if rows and (len(years) <= 1):
            return _with_donor_sum(context, found, account, rows)
    donors = run.donors_for(found, years)
    if donors is None:
        return missing(context)
    rows = donors.within(years)
    if not years and donors.totals:
        return _printed_total(context, donors)
    title = context.phrases.say("Voluntary contributions")
    return summed(context, rows, f"{title} ({', '.join(dict.fromkeys(row.period or '' for row in rows))})")


def _with_donor_sum(context: Context, found: Books, account: Account, rows: Sequence[StoredAmount]) -> Draft:
    """The statement's line, and the sum of the donors' rows of that year where the two differ."""
    draft = each(context, rows)
    donors = run.donors_for(found, [account.year] if account.year else [])
    if donors is None or account.year is None:
        return draft
    listed = [row for row in donors.within([account.year]) if set(run.span(row.period)) == {account.year}]
    total = sum((row.value for row in listed), Decimal(0))
    if not listed or total == sum(row.value for row in rows):
        return draft
    how = " + ".join(context.phrases.number(row.value) for row in listed)
    figure = Figure(total, listed[0].currency, how, Operation.SUM, tuple(row.value for row in listed))
    text = context.phrases.say(
        "The donors' rows of {period} in {table} add up to {sum}.",
        period=listed[0].period,
        table=listed[0].table,
        sum=amount(context, total, listed[0].currency),
    )
    cites = tuple(cell(context, row) for row in listed)
    note = Statement.cited(text, cites, (*allowed(context, listed), listed[0].table), marks=3)
    return Draft((*draft.parts, note), (*draft.figures, figure))


def _printed_total(context: Context, donors: Donors) -> Draft:
    """The printed total of a table, checked against its rows."""
    total = donors.totals[-1]
    added = sum((row.value for row in donors.rows), Decimal(0))
    draft = each(context, [total])
    phrases = context.phrases
    how = phrases.say("sum of the {count} rows of {table}", count=len(donors.rows), table=total.table)
    figure = Figure(added, total.currency, how, Operation.SUM, tuple(row.value for row in donors.rows))
    if added == total.value:
        text = phrases.say("The rows of the table add up to the printed total.")
    else:
        text = phrases.say(
            "The rows of the table add up to {sum}, not to the printed total; they differ by {difference}.",
            sum=amount(context, added, total.currency),
            difference=amount(context, abs(added - total.value), total.currency),
        )  # fmt: skip
    gap = Figure(
        max(added, total.value) - min(added, total.value),
        total.currency,
        phrases.say("difference"),
        Operation.DIFFERENCE,
        (max(added, total.value), min(added, total.value)),
    )
    figures = (*draft.figures, figure) if added == total.value else (*draft.figures, figure, gap)
    told = Statement.cited(text, (cell(context, total),), allowed(context, [total]))
    return Draft((*draft.parts, told), figures)


def donors_of(context: Context, found: Books) -> Draft:
    """How many States gave and which, in a period or in all; what the text says beside the table."""
    years = run.asked_years(context.plan)
    donors = run.donors_for(found, years)
    if donors is None:
        return missing(context)
    phrases = context.phrases
    rows = donors.within(years)
    sums = run.by_donor(rows)
    how = phrases.say("different States in the rows of {table}", table=rows[0].table)
    figure = Figure(Decimal(len(sums)), "States", how, Operation.COUNT, rows=len(sums))
    named = "; ".join(
        f"{words.state(code, phrases.language)} {amount(context, value, rows[0].currency)}"
        for code, value in sums.items()
    )
    cites = tuple(cell(context, row) for row in rows[:SHOWN])
    count = phrases.many("{count} State", "{count} States", len(sums))
    extra = tuple(
        Figure(
            value,
            rows[0].currency,
            words.state(code, phrases.language),
            Operation.SUM,
            tuple(row.value for row in rows if row.state == code),
        )
        for code, value in sums.items()
    )
    lead = Statement.cited(f"{count}{phrases.colon}{named}.", cites, allowed(context, rows), marks=3)
    parts: list[Part] = [lead]
    figures: tuple[Figure, ...] = (figure, *extra)
    if not years:
        said = _said_in_words(context, donors, set(sums))
        if said is not None:
            parts.append(said[0])
            figures = (figure, said[1], *extra)
    return Draft(tuple(parts), figures)


def _said_in_words(context: Context, donors: Donors, listed: set[str]) -> tuple[Statement, Figure] | None:
    """A paragraph of the same document that names the donors, when it does not name the same ones as the table."""
    from corpus import states

    phrases = context.phrases
    for paragraph in context.library.paragraphs(donors.document.key):
        if paragraph.start <= donors.rows[0].start < paragraph.end:
            continue
        named = {mention.alpha3 for mention in states.find(paragraph.text)}
        if len(named & listed) * 2 < len(listed) or len(named & listed) < 4 or named == listed:
            continue
        both = named & listed
        missing = words.listed(sorted(listed - named), phrases)
        text = phrases.say(
            "Paragraph {number} names {count} of them, without {states}.",
            number=paragraph.number,
            count=len(both),
            states=missing,
        )
        figure = Figure(
            Decimal(len(both)),
            "States",
            phrases.say("States of the table that paragraph {number} names", number=paragraph.number),
            Operation.COUNT,
            rows=len(both),
        )
        citation = context.of_span(donors.document, paragraph)
        return Statement.cited(text, (citation,)), figure
    return None
