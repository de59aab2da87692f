"""Amounts of money that a plan asks for: which tables, which rows, which periods, and what is computed of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.plan import Plan
from assistant.source import Library
from assistant.understand import finance
from corpus.model import Kind
from index.records import DocumentRef, StoredAmount, year_of

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_MOSTLY = 0.5
_FOUNDED = 2006  # of the Human Rights Council; its funds cannot be older


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of income and expenditure: its document, the year it closes, its rows by concept."""

    document: DocumentRef
    year: int | None
    rows: tuple[StoredAmount, ...]

    def of(self, concept: str) -> tuple[StoredAmount, ...]:
        """The rows of a concept."""
        return tuple(row for row in self.rows if concept_of(row) == concept)


@dataclass(frozen=True, slots=True)
class Donors:
    """A table of contributions by State and period, with its printed totals."""

    document: DocumentRef
    rows: tuple[StoredAmount, ...]
    totals: tuple[StoredAmount, ...]

    def within(self, years: Iterable[int]) -> tuple[StoredAmount, ...]:
        """The rows of the periods that hold any of the years; all rows for no years."""
        wanted = set(years)
        return tuple(row for row in self.rows if not wanted or wanted & set(span(row.period)))


@dataclass(frozen=True, slots=True)
class Books:
    """The financial tables of the corpus, the ones to answer from first."""

    statements: tuple[Statement, ...] = ()
    donors: tuple[Donors, ...] = ()
    others: tuple[StoredAmount, ...] = field(default=())


def concept_of(row: StoredAmount) -> str | None:
    """The concept of a row: its label's, or an unpaid pledge where the table says so."""
    return "unpaid_pledges" if row.unpaid else finance.of_row(row.row)


def span(period: str | None) -> tuple[int, ...]:
    """The years of a period as printed ("2016-2017", "2018 年"); empty when it names none."""
    years = [int(year) for year in _YEARS.findall(period or "")]
    return tuple(range(min(years), max(years) + 1)) if years else ()


def books(library: Library, documents: Sequence[DocumentRef], wanted: Sequence[str] = ()) -> Books:
    """The tables of the stored documents (of `wanted` keys only, where given), originals and late ones first."""
    by_key = {document.key: document for document in documents}
    tables: dict[tuple[str, str], list[StoredAmount]] = {}
    for amount in library.amounts():
        if not wanted or amount.key in wanted:
            tables.setdefault((amount.key, amount.table), []).append(amount)
    statements: list[Statement] = []
    donors: list[Donors] = []
    others: list[StoredAmount] = []
    for (key, _), amounts in tables.items():
        document = by_key.get(key)
        if document is None:
            continue
        lines = [row for row in amounts if not row.is_total]
        named = sum(row.state is not None for row in lines)
        if lines and named / len(lines) > _MOSTLY:
            rows = tuple(row for row in lines if row.state is not None)
            donors.append(Donors(document, rows, tuple(row for row in amounts if row.is_total)))
        elif any(concept_of(row) for row in amounts):
            statements.append(Statement(document, _closing(document, amounts), tuple(amounts)))
        else:
            others += amounts
    statements.sort(key=lambda one: (one.document.digest, -(one.year or 0), one.document.key))
    donors.sort(
        key=lambda one: (
            one.document.digest,
            -max((year for row in one.rows for year in span(row.period)), default=0),
            one.document.key,
        )
    )
    return Books(tuple(statements), tuple(donors), tuple(others))


def _closing(document: DocumentRef, amounts: Sequence[StoredAmount]) -> int | None:
    years = [year for row in amounts for year in span(row.period)]
    if years:
        return max(years)
    labelled = [int(year) for row in amounts for year in _YEARS.findall(row.row)]
    if labelled:
        return max(labelled)
    printed = year_of(document.date)
    return printed - 1 if printed else None


def asked_years(plan: Plan) -> tuple[int, ...]:
    """The years that a question names, spans filled in."""
    years = list(plan.years)
    for period in plan.periods:
        years += span(period)
    if plan.money and plan.money.until:
        years += range(_FOUNDED, plan.money.until + 1)
    return tuple(sorted(dict.fromkeys(years)))


def last_year(found: Books) -> int:
    """The last year that a table of contributions reaches."""
    return max((year for one in found.donors for row in one.rows for year in span(row.period)), default=0)


def by_donor(rows: Iterable[StoredAmount]) -> dict[str, Decimal]:
    """What each State gave over the rows, most first."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        if row.state:
            sums[row.state] = sums.get(row.state, Decimal(0)) + row.value
    return dict(sorted(sums.items(), key=lambda item: (-item[1], item[0])))


def statement_for(found: Books, years: Sequence[int]) -> Statement | None:
    """The statement of the year asked for; of no year, the latest one."""
    if not years:
        return found.statements[0] if found.statements else None
    return next((one for one in found.statements if one.year in years), None)


def donors_for(found: Books, years: Sequence[int], states: Sequence[str] = ()) -> Donors | None:
    """The table that has the years (and the States, where any has them); of no year, the widest one."""
    fitting = [one for one in found.donors if one.within(years)]
    named = [one for one in fitting if any(row.state in states for row in one.within(years))]
    pool = named or fitting
    if not pool:
        return None
    originals = [one for one in pool if not one.document.digest] or pool
    return max(originals, key=lambda one: len(one.rows))


def lines(statement: Statement, side: str) -> tuple[StoredAmount, ...]:
    """The single lines (no totals) of one side of a statement."""
    table = finance.concepts()
    kept: list[StoredAmount] = []
    for row in statement.rows:
        concept = concept_of(row)
        if concept and not row.is_total and table[concept].side == side and table[concept].kind == "line":
            kept.append(row)
    return tuple(kept)


def fund_kinds() -> tuple[Kind, ...]:
    """The kinds of document that hold such tables."""
    return (Kind.FUND_REPORT,)
