"""Tables of money to Amounts: every figure with its row, period, currency and, where a State gave it, the State.

A table is one of money when its caption, its unit line or its head names a currency. Nothing is guessed: a figure
whose currency is not printed is left as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from corpus import states
from corpus.draft import Draft, Reading
from corpus.layout import Layout
from corpus.model import Amount
from corpus.money.figures import YEAR, cue_words, currency, number_of, only_years, period, western
from corpus.money.grids import Grid, Row, grids_of


def read(draft: Draft) -> Reading:
    """The amounts of a document's tables of money; the reader of every kind that has none of its own."""
    found = amounts(draft)
    return Reading(amounts=found, problems=tuple(_sums(found)))


def _sums(found: Sequence[Amount]) -> Iterator[str]:
    """Says where a printed total is nearly, but not quite, what its rows add up to: a slip of the document or ours."""
    for name in dict.fromkeys(amount.table for amount in found):
        table = [amount for amount in found if amount.table == name]
        totals = [amount for amount in table if amount.is_total]
        if (
            len(totals) != 1
            or totals[0] is not table[-1]
            or len({(a.row, a.period) for a in table}) != len(table)
        ):
            continue
        total, added = totals[0].value, sum((amount.value for amount in table[:-1]), Decimal(0))
        if added != total and abs(added - total) < abs(total) / 50:
            yield f"{name}: the rows add up to {added:,}, the total printed is {total:,}."


def amounts(draft: Draft) -> tuple[Amount, ...]:
    """Every figure of every table of money, in printed order."""
    found: list[Amount] = []
    for count, grid in enumerate(grids_of(draft), 1):
        found.extend(_with_grand_total(tuple(_of_grid(grid, draft.layout, count))))
    return tuple(found)


def _with_grand_total(table: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """A total below the last of several periods that exceeds that period's own rows belongs to no period."""
    if (
        not table
        or not cue_words().total.search(table[-1].row)
        or len({amount.period for amount in table}) < 2
    ):
        return table
    last = table[-1]
    own = sum(amount.value for amount in table[:-1] if amount.period == last.period and not amount.is_total)
    return (*table[:-1], replace(last, period=None)) if own != last.value else table


def _of_grid(grid: Grid, layout: Layout, count: int) -> Iterator[Amount]:
    words = cue_words()
    code = currency(grid.unit) or currency(grid.caption)
    if code is None:
        return
    scale = (
        1_000_000 if words.millions.search(grid.unit) else 1000 if words.thousands.search(grid.unit) else 1
    )
    head, body = _head(grid.rows)
    name = grid.number or f"Table {count}"
    caption = re.sub(r"\s+", " ", grid.caption).strip() or name
    current = period(re.sub(re.escape(name), "", grid.caption))
    for row in body:
        label = _label(row)
        if not any(number_of(cell) is not None for cell in row.cells[1:]):
            if only_years(label):
                current = period(label)
            continue
        for column, cell in enumerate(row.cells[1:], 1):
            value = number_of(cell)
            if value is None or not cell:
                continue
            title = head[column] if column < len(head) else ""
            yield Amount(
                table=caption,
                row=label,
                period=period(title) or (title if _named(head) and title else None) or current,
                value=value * scale,
                currency=currency(title) or code,
                state=_donor(label),
                paragraph=_table_number(grid.number),
                page=layout.page_at(row.start),
                start=row.start,
                end=row.end,
                is_total=bool(words.total.search(label) or (_named(head) and words.total.search(title))),
                unpaid=bool(words.unpaid.search(label)),
            )


def _table_number(number: str | None) -> str | None:
    return re.sub(r"\s*(\d+|[IVXL]+|[一二三四五六七八九十]+)$", r" \1", number) if number else None


def _named(head: Sequence[str]) -> bool:
    """Whether columns have names of their own: more than one column of figures."""
    return len([title for title in head[1:] if title]) > 1


def _head(rows: Sequence[Row]) -> tuple[tuple[str, ...], Sequence[Row]]:
    """The names of the columns and the rows below them."""
    head: tuple[str, ...] = ()
    for index, row in enumerate(rows[:4]):
        filled = [cell for cell in row.cells[1:] if cell]
        figures = [
            cell for cell in filled if number_of(cell) is not None and not YEAR.fullmatch(western(cell))
        ]
        if figures:
            return head, rows[index:]
        if len(filled) >= 1:
            head = tuple(
                " ".join(filter(None, dict.fromkeys((head[i] if i < len(head) else "", cell))))
                for i, cell in enumerate(row.cells)
            )
        elif index and only_years(row.cells[0]):
            return head, rows[index:]
    return head, rows


def _label(row: Row) -> str:
    return re.sub(r"\s+", " ", row.cells[0]).strip(" .…:")


def _donor(label: str) -> str | None:
    """The State that a row names, where it names exactly one."""
    plain = re.sub(r"\([^()]*\)\s*$", "", label).strip(" *")
    found = states.resolve(plain)
    if found:
        return found
    named = {mention.alpha3 for mention in states.find(label)}
    return named.pop() if len(named) == 1 else None
