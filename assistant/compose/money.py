"""Answers about amounts of money: value, total, largest, rank, share, donors, balance, unpaid, negative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.compose import words
from assistant.compose.context import Context
from assistant.draft import Draft, Figure, Operation, Part, Row, Statement, Table, cite
from assistant.plan import Decline, Measure, Money
from assistant.run import money as run
from assistant.run.money import Books, Donors
from assistant.run.money import Statement as Account
from assistant.understand import finance
from corpus.model import Citation, Kind
from index.records import StoredAmount

_SHOWN = 40
_WORDS, _NEAR = 0.6, 0.55  # a label is meant from this share of its words, or from this nearness, on


def answer(context: Context) -> Draft:
    """The answer to a question about money, or that no table holds it."""
    plan = context.plan
    found = run.books(context.library, context.shelf.documents, plan.documents)
    if not found.statements and not found.donors:
        return _none(context)
    money = plan.money or Money()
    if money.until and money.until >= run.last_year(found):
        money = replace(money, until=None)  # up to where the tables reach: all of it
        context = replace(context, plan=replace(plan, money=money))
    match money.measure:
        case Measure.UNPAID:
            return _unpaid(context, found)
        case Measure.NEGATIVE:
            return _negative(context, found)
        case Measure.DONORS | Measure.LIST:
            return _donors(context, found)
        case Measure.SHARE:
            return _share(context, found, money)
        case Measure.RANK:
            return _rank(context, found)
        case Measure.LARGEST | Measure.SMALLEST:
            return _extreme(context, found, money)
        case Measure.DIFFERENCE:
            return _difference(context, found, money)
        case Measure.AVERAGE:
            return _average(context, found)
        case _:
            return _value(context, found, money)


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


def _title(context: Context, row: StoredAmount) -> str:
    """A row by name: the State and period, or its printed label."""
    if row.state and not row.is_total and not finance.of_row(row.row):
        named = words.state(row.state, context.phrases.language)
        return f"{named} ({row.period})" if row.period else named
    return f"“{row.row}”" + (f" ({row.period})" if row.period and row.period not in row.row else "")


def _allowed(context: Context, rows: Sequence[StoredAmount]) -> tuple[str, ...]:
    plan = context.plan
    years = (str(year) for row in rows for year in run.span(row.period))
    return (
        *(row.row for row in rows),
        *(row.period or "" for row in rows),
        *years,
        *map(str, plan.years),
        *plan.periods,
    )


def _given(row: StoredAmount) -> Figure:
    return Figure(
        row.value,
        row.currency,
        f"{row.table}: {row.row}" + (f", {row.period}" if row.period else ""),
        Operation.GIVEN,
        (row.value,),
    )


def _told(context: Context, row: StoredAmount) -> Statement:
    """A cell in one sentence."""
    text = (
        f"{_title(context, row)}{context.phrases.colon}{amount(context, row.value, row.currency)} {cite(0)}"
    )
    return Statement(text, (cell(context, row),), allowed=_allowed(context, [row]))


def _table(context: Context, rows: Sequence[StoredAmount]) -> Table:
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
        for row in rows[:_SHOWN]
    )
    return Table(header, made)


def _none(context: Context, reason: Decline = Decline.NO_AMOUNT) -> Draft:
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


def _sum(context: Context, rows: Sequence[StoredAmount], title: str) -> Draft:
    """A sum over rows, with the rows."""
    phrases = context.phrases
    total = sum((row.value for row in rows), Decimal(0))
    currency = rows[0].currency
    how = f"{title}{phrases.colon}" + " + ".join(phrases.number(row.value) for row in rows)
    figure = Figure(total, currency, how, Operation.SUM, tuple(row.value for row in rows))
    cites = tuple(cell(context, row) for row in rows[:_SHOWN])
    lead = Statement(
        f"{title}{phrases.colon}{amount(context, total, currency)} {cite(*range(min(len(cites), 8)))}",
        cites,
        allowed=_allowed(context, rows),
    )
    if len(rows) == 1:
        return Draft((_told(context, rows[0]),), (_given(rows[0]),))
    computed = phrases.say("Computed as the sum of {count} rows.", count=len(rows))
    extra = tuple(_given(row) for row in rows)
    return Draft((lead, Statement(computed, factual=False), _table(context, rows)), (figure, *extra))


def _value(context: Context, found: Books, money: Money) -> Draft:
    """A cell, or a sum over periods."""
    plan = context.plan
    years = run.asked_years(plan)
    if plan.donors:
        return _given_by(context, found, years)
    account = run.statement_for(found, years)
    drafts: list[Draft] = []
    for concept in money.concepts:
        if concept in {"contributions_total", "contributions"}:
            drafts.append(_contributions(context, found, money, years, concept))
            continue
        rows = account.of(concept) if account else ()
        if rows:
            drafts.append(_cells(context, rows))
    good = [draft for draft in drafts if draft.decline is None]
    if good:
        return _joined(good)
    if drafts:
        return drafts[0]
    if not money.concepts and (money.measure is Measure.TOTAL or years):
        return _contributions(context, found, money, years, "contributions_total")
    return _by_words(context, found, years)


def _joined(drafts: Sequence[Draft]) -> Draft:
    return Draft(
        tuple(part for draft in drafts for part in draft.parts),
        tuple(figure for draft in drafts for figure in draft.figures),
        confidence=min(draft.confidence for draft in drafts),
    )


def _cells(context: Context, rows: Sequence[StoredAmount]) -> Draft:
    return Draft(tuple(_told(context, row) for row in rows), tuple(_given(row) for row in rows))


def _given_by(context: Context, found: Books, years: Sequence[int]) -> Draft:
    """What States gave, each over the periods asked for."""
    plan = context.plan
    drafts: list[Draft] = []
    lacking: list[str] = []
    for state in plan.donors:
        donors = run.donors_for(found, years, (state,))
        rows = [row for row in donors.within(years) if row.state == state] if donors else []
        if rows:
            named = words.state(state, context.phrases.language)
            drafts.append(_sum(context, rows, named))
        else:
            lacking.append(state)
    if not drafts:
        return _not_a_donor(context, found, years, lacking)
    joined = _joined(drafts)
    if len(drafts) > 1:
        totals = [draft.figures[0].value for draft in drafts]
        how = " + ".join(context.phrases.number(value) for value in totals)
        whole = Figure(sum(totals, Decimal(0)), drafts[0].figures[0].unit, how, Operation.SUM, tuple(totals))
        joined = Draft(joined.parts, (*joined.figures, whole))
    if lacking:
        note = context.phrases.say(
            "No contribution of {states} is listed.", states=words.listed(lacking, context.phrases)
        )
        joined = Draft((*joined.parts, Statement(note, factual=False)), joined.figures)
    return joined


def _not_a_donor(context: Context, found: Books, years: Sequence[int], states: Sequence[str]) -> Draft:
    """A State that the table does not list: said, with where was looked and what it did give otherwise."""
    phrases = context.phrases
    donors = run.donors_for(found, ()) if found.donors else None
    text = phrases.say("No contribution of {states} is listed.", states=words.listed(states, phrases))
    parts: list[Part] = [Statement(text, factual=False)]
    if donors is not None:
        other = [row for row in donors.rows if row.state in states]
        if other:
            parts.append(_table(context, other))
        looked = phrases.say(
            "Looked through: {documents}.",
            documents=f"{context.name(donors.document.key)}, {donors.rows[0].table}",
        )
        parts.append(Statement(looked, factual=False))
    return Draft(tuple(parts), decline=Decline.NO_AMOUNT, confidence=0.3)


def _contributions(context: Context, found: Books, money: Money, years: Sequence[int], concept: str) -> Draft:
    """Contributions as a whole: the statement's line of a year, the rows of a period, or the printed total, checked."""
    account = run.statement_for(found, years)
    whole = money.measure is Measure.TOTAL or concept == "contributions_total"
    if account is not None and (years or not whole):
        rows = account.of("contributions")
        if rows and (len(years) <= 1):
            return _with_donor_sum(context, found, account, rows)
    donors = run.donors_for(found, years)
    if donors is None:
        return _none(context)
    rows = donors.within(years)
    if not years and donors.totals:
        return _printed_total(context, donors)
    title = context.phrases.say("Voluntary contributions")
    return _sum(context, rows, f"{title} ({', '.join(dict.fromkeys(row.period or '' for row in rows))})")


def _with_donor_sum(context: Context, found: Books, account: Account, rows: Sequence[StoredAmount]) -> Draft:
    """The statement's line, and the sum of the donors' rows of that year where the two differ."""
    draft = _cells(context, rows)
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
    note = Statement(
        f"{text} {cite(*range(min(3, len(cites))))}",
        cites,
        allowed=(*_allowed(context, listed), listed[0].table),
    )
    return Draft((*draft.parts, note), (*draft.figures, figure))


def _printed_total(context: Context, donors: Donors) -> Draft:
    """The printed total of a table, checked against its rows."""
    total = donors.totals[-1]
    added = sum((row.value for row in donors.rows), Decimal(0))
    draft = _cells(context, [total])
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
    cites = (cell(context, total),)
    return Draft(
        (*draft.parts, Statement(f"{text} {cite(0)}", cites, allowed=_allowed(context, [total]))), figures
    )


def _donors(context: Context, found: Books) -> Draft:
    """How many States gave and which, in a period or in all; what the text says beside the table."""
    years = run.asked_years(context.plan)
    donors = run.donors_for(found, years)
    if donors is None:
        return _none(context)
    phrases = context.phrases
    rows = donors.within(years)
    sums = run.by_donor(rows)
    how = phrases.say("different States in the rows of {table}", table=rows[0].table)
    figure = Figure(Decimal(len(sums)), "States", how, Operation.COUNT, rows=len(sums))
    named = "; ".join(
        f"{words.state(code, phrases.language)} {amount(context, value, rows[0].currency)}"
        for code, value in sums.items()
    )
    cites = tuple(cell(context, row) for row in rows[:_SHOWN])
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
    lead = Statement(
        f"{count}{phrases.colon}{named}. {cite(*range(min(3, len(cites))))}",
        cites,
        allowed=_allowed(context, rows),
    )
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
        return Statement(f"{text} {cite(0)}", (citation,)), figure
    return None


def _unpaid(context: Context, found: Books) -> Draft:
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
        return _none(context)
    if donors and not any(row.state in donors for row in positive):
        return _not_a_donor(context, found, years, donors)
    return _cells(context, positive)


def _negative(context: Context, found: Books) -> Draft:
    """The rows below zero."""
    account = run.statement_for(found, run.asked_years(context.plan))
    rows = [row for row in account.rows if row.value < 0] if account else []
    return _cells(context, rows) if rows else _none(context)


def _share(context: Context, found: Books, money: Money) -> Draft:
    """A part of a whole in per cent: a line of a total, or a State of all contributions."""
    plan, phrases = context.plan, context.phrases
    years = run.asked_years(plan)
    if plan.donors:
        donors = run.donors_for(found, years, plan.donors)
        rows = [row for row in donors.within(years) if row.state in plan.donors] if donors else []
        if donors is None or not rows:
            return _not_a_donor(context, found, years, plan.donors)
        everything = donors.within(years)
        part, whole = (
            sum((row.value for row in rows), Decimal(0)),
            sum((row.value for row in everything), Decimal(0)),
        )
        cites = tuple(
            cell(context, row) for row in (rows + list(donors.totals if not years else ()))[:_SHOWN]
        )
        title = words.listed(plan.donors, phrases)
        return _ratio(context, part, whole, cites, title, rows)
    account = run.statement_for(found, years)
    if account is None or not money.concepts:
        return _none(context)
    concept = finance.concepts()[money.concepts[0]]
    lines = account.of(concept.name)
    totals = account.of(money.whole or f"total_{concept.side}")
    if not lines or not totals:
        return _none(context)
    cites = (cell(context, lines[0]), cell(context, totals[0]))
    return _ratio(
        context, lines[0].value, totals[0].value, cites, _title(context, lines[0]), [lines[0], totals[0]]
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
        return _none(context)
    share = (part / whole * 100).quantize(Decimal("0.1"))
    how = f"{phrases.number(part)} / {phrases.number(whole)}"
    figure = Figure(share, "%", how, Operation.SHARE, (part, whole))
    marks = cite(*range(min(4, len(cites))))
    text = f"{title}{phrases.colon}{phrases.percent(share)} ({how} {rows[0].currency}) {marks}"
    paid = Figure(part, rows[0].currency, title, Operation.GIVEN, (part,))
    return Draft((Statement(text, cites, allowed=_allowed(context, rows)),), (figure, paid))


def _rank(context: Context, found: Books) -> Draft:
    """A State's place among the donors."""
    plan, phrases = context.plan, context.phrases
    years = run.asked_years(plan)
    donors = run.donors_for(found, years, plan.donors)
    sums = run.by_donor(donors.within(years)) if donors else {}
    held = [state for state in plan.donors if state in sums]
    if donors is None or not held:
        return _not_a_donor(context, found, years, plan.donors)
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
        (
            Statement(
                f"{text} {cite(*range(len(cites)))}",
                cites,
                allowed=(str(len(sums)), *_allowed(context, donors.rows)),
            ),
        ),
        (figure, total),
    )


def _extreme(context: Context, found: Books, money: Money) -> Draft:
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
        return _best_lines(context, rows, money) if rows else _none(context)
    donors = run.donors_for(found, years)
    if donors is None:
        return _none(context)
    return _best_donors(context, donors, years, money)


def _best_lines(context: Context, rows: Sequence[StoredAmount], money: Money) -> Draft:
    descending = money.measure is Measure.LARGEST
    ordered = sorted(rows, key=lambda row: row.value, reverse=descending)[max(0, money.nth - 1) :][
        : money.top
    ]
    draft = _cells(context, ordered)
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
        parts.append(
            Statement(
                f"{named}{phrases.colon}{amount(context, value, own[0].currency)} {cite(*range(len(cites)))}",
                cites,
                allowed=_allowed(context, own),
            )
        )
    single = (max if descending else min)(rows, key=lambda row: row.value)
    if not years and money.nth == 1 and money.top == 1:
        text = (
            phrases.say("Largest single contribution")
            if descending
            else phrases.say("Smallest single contribution")
        )
        told = _told(context, single)
        parts.append(Statement(f"{text}{phrases.colon}{told.text}", told.cites, allowed=told.allowed))
        figures.append(_given(single))
    if money.single and not years:
        parts.reverse()
        figures.reverse()
    return Draft(tuple(parts), tuple(figures))


def _difference(context: Context, found: Books, money: Money) -> Draft:
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
            groups.append((_title(context, rows[0]) if rows else concept, rows))
    if len(groups) < 2 or not all(rows for _, rows in groups):
        return _value(context, found, money)
    sums = [sum((row.value for row in rows), Decimal(0)) for _, rows in groups]
    high, low = max(sums), min(sums)
    everything = [row for _, rows in groups for row in rows]
    cites = tuple(cell(context, row) for row in everything[:_SHOWN])
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
    marks = cite(*range(min(6, len(cites))))
    text = f"{said}. {phrases.say('Difference')}{phrases.colon}{gap} ({how}) {marks}"
    return Draft((Statement(text, cites, allowed=_allowed(context, everything)),), (figure, *parts))


def _average(context: Context, found: Books) -> Draft:
    years = run.asked_years(context.plan)
    donors = run.donors_for(found, years)
    if donors is None:
        return _none(context)
    rows = donors.within(years)
    total, count = sum((row.value for row in rows), Decimal(0)), len(rows)
    value = (total / count).quantize(Decimal("0.01"))
    how = f"{context.phrases.number(total)} / {context.phrases.number(count)}"
    figure = Figure(value, rows[0].currency, how, Operation.AVERAGE, tuple(row.value for row in rows))
    cites = tuple(cell(context, row) for row in rows[:_SHOWN])
    named = f"{context.phrases.say('Average contribution')}{context.phrases.colon}"
    text = f"{named}{amount(context, value, rows[0].currency)} ({how}) {cite(*range(min(3, len(cites))))}"
    return Draft((Statement(text, cites, allowed=_allowed(context, rows)),), (figure,))


def _by_words(context: Context, found: Books, years: Sequence[int]) -> Draft:
    """A row whose label no concept knows: the one whose words the question holds."""
    account = run.statement_for(found, years)
    pool = [*(account.rows if account else ()), *found.others]
    best = _closest(context, pool)
    return _cells(context, [best]) if best else _none(context)


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


def kinds() -> tuple[Kind, ...]:
    """The kinds of document with such tables."""
    return run.fund_kinds()
