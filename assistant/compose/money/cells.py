"""What answers about money are made of: cells with their citations, told, tabled, summed, or said to be missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.compose import words
from assistant.compose.context import Context
from assistant.draft import Draft, Figure, Operation, Part, Row, Statement, Table
from assistant.plan import Decline
from assistant.run import money as run
from assistant.understand import finance
from corpus.model import Citation
from index.records import StoredAmount

SHOWN = 40  # rows and citations of one answer


def cell(context: Context, row: StoredAmount) -> Citation:
    """The citation of an amount: the words it was read from, verbatim."""
    stored = context.library.citation(row.key, row.start, row.end)
    return Citation(
        stored.document, stored.symbol, stored.paragraph or row.paragraph or row.table, stored.page or row.page,
        stored.quote, stored.start,
        stored.end, stored.url, stored.digest,
    )  # fmt: skip


def amount(context: Context, value: Decimal, currency: str) -> str:
    """A sum with its currency."""
    return f"{context.phrases.number(value)} {currency}"


def named_row(context: Context, row: StoredAmount) -> str:
    """A row by name: the State and period, or its printed label."""
    if row.state and not row.is_total and not finance.of_row(row.row):
        named = words.state(row.state, context.phrases.language)
        return f"{named} ({row.period})" if row.period else named
    return f"“{row.row}”" + (f" ({row.period})" if row.period and row.period not in row.row else "")


def allowed(context: Context, rows: Sequence[StoredAmount]) -> tuple[str, ...]:
    """The numbers that a sentence on these rows may hold: their labels, periods and the years asked for."""
    plan = context.plan
    years = (str(year) for row in rows for year in run.span(row.period))
    return (
        *(row.row for row in rows),
        *(row.period or "" for row in rows),
        *years,
        *map(str, plan.years),
        *plan.periods,
    )


def figure_of(row: StoredAmount) -> Figure:
    """A cell as a figure."""
    return Figure(
        row.value,
        row.currency,
        f"{row.table}: {row.row}" + (f", {row.period}" if row.period else ""),
        Operation.GIVEN,
        (row.value,),
    )


def sentence(context: Context, row: StoredAmount) -> Statement:
    """A cell in one sentence."""
    text = f"{named_row(context, row)}{context.phrases.colon}{amount(context, row.value, row.currency)}"
    return Statement.cited(text, (cell(context, row),), allowed(context, [row]))


def tabled(context: Context, rows: Sequence[StoredAmount]) -> Table:
    """Rows as a table."""
    phrases = context.phrases
    header = (phrases.say("Row"), phrases.say("Period"), phrases.say("Amount"))
    made = tuple(
        Row(
            (
                words.state(row.state, phrases.language)
                if row.state and not finance.of_row(row.row)
                else row.row,
                row.period or "—",
                amount(context, row.value, row.currency),
            ),
            cell(context, row),
        )
        for row in rows[:SHOWN]
    )
    return Table(header, made)


def missing(context: Context, reason: Decline = Decline.NO_AMOUNT) -> Draft:
    """No table answers: said with where was looked and where it would stand."""
    phrases = context.phrases
    parts: list[Part] = [
        Statement(
            phrases.say(
                "No table of money in this corpus answers this: {filters}.",
                filters=context.described() or context.plan.question,
            ),
            factual=False,
        )
    ]
    held = context.shelf.of_kind(run.fund_kinds())
    if held:
        named = phrases.listing([context.name(document.key) for document in held[:5]])
        parts.append(Statement(phrases.say("Looked through: {documents}.", documents=named), factual=False))
    parts.append(
        Statement(
            phrases.say("It would stand in a report on the Voluntary Fund for the year in question."),
            factual=False,
        )
    )
    return Draft(tuple(parts), decline=reason, confidence=0.1)


def summed(context: Context, rows: Sequence[StoredAmount], title: str) -> Draft:
    """A sum over rows, with the rows."""
    phrases = context.phrases
    total = sum((row.value for row in rows), Decimal(0))
    currency = rows[0].currency
    how = f"{title}{phrases.colon}" + " + ".join(phrases.number(row.value) for row in rows)
    figure = Figure(total, currency, how, Operation.SUM, tuple(row.value for row in rows))
    cites = tuple(cell(context, row) for row in rows[:SHOWN])
    text = f"{title}{phrases.colon}{amount(context, total, currency)}"
    lead = Statement.cited(text, cites, allowed(context, rows), marks=8)
    if len(rows) == 1:
        return Draft((sentence(context, rows[0]),), (figure_of(rows[0]),))
    computed = phrases.say("Computed as the sum of {count} rows.", count=len(rows))
    extra = tuple(figure_of(row) for row in rows)
    return Draft((lead, Statement(computed, factual=False), tabled(context, rows)), (figure, *extra))


def together(drafts: Sequence[Draft]) -> Draft:
    """Several drafts as one."""
    return Draft(
        tuple(part for draft in drafts for part in draft.parts),
        tuple(figure for draft in drafts for figure in draft.figures),
        confidence=min(draft.confidence for draft in drafts),
    )


def each(context: Context, rows: Sequence[StoredAmount]) -> Draft:
    """Every row in a sentence of its own."""
    return Draft(tuple(sentence(context, row) for row in rows), tuple(figure_of(row) for row in rows))
