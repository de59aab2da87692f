"""Tables of money to Amounts: every figure with its row, period, currency and, where a State gave it, the State.

A table is one of money when its caption, its unit line or its head names a currency. Nothing is guessed: a figure
whose currency is not printed is left as text.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from itertools import pairwise

from corpus import states
from corpus.clean import clean
from corpus.draft import Draft, Reading
from corpus.layout import Block, BlockKind, Layout
from corpus.load.model import Role
from corpus.markers import Mark
from corpus.model import Amount, Paragraph

_NOTHING = re.compile(r"(?:[—–-]|\.{2,3}|…|n\.?/?a\.?|nil|néant)", re.I)
_NUMBER = (
    r"\(?\s?[-−–]?\s?(?:\d{1,3}(?:[ \u2009\u202f]\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|"
    r"\d{1,3}(?:['’]\d{3})+|\d+)"
    r"(?:[.,]\d{1,2})?(?!\d)\s?\)?"
)
_LEADING_SIGN = r"(?:US\$|\$|€|£|¥)?\s?"
_VALUE = re.compile(rf"(?<![\w.,/])(?:{_LEADING_SIGN}{_NUMBER}|[—–](?=\s|$)|-(?=\s|$))")
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-6])\d(?!\d)")
_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?[-–—/]\s?((?:19|20)?\d\d)|\s*(?:to|à|a|por|по|至|إلى)\s*((?:19|20)\d\d))?(?!\d)"
)
_REACH = 4  # blocks above a table in which its caption and unit may stand


@dataclass(frozen=True, slots=True)
class _Row:
    """A printed row: its cells (the first is the label) and where it stands."""

    cells: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table: its number and caption, the text above it that may name the unit, and its rows."""

    number: str | None
    caption: str
    unit: str
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    total: re.Pattern[str]
    unpaid: re.Pattern[str]
    thousands: re.Pattern[str]
    millions: re.Pattern[str]
    years: re.Pattern[str]


@cache
def _words() -> _Words:
    raw = tomllib.loads((files("corpus") / "cues" / "money.toml").read_text(encoding="utf-8"))
    return _Words(**{name: re.compile(pattern, re.IGNORECASE) for name, pattern in raw.items()})


@cache
def _currencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    source = (files("corpus") / "data" / "currencies.csv").read_text(encoding="utf-8")
    rows = csv.reader(source.splitlines()[1:])
    return tuple((code, re.compile(",".join(rest), re.IGNORECASE)) for code, *rest in rows)


def currency(text: str) -> str | None:
    """ISO 4217 code of the currency that a text names first in the table's order; None where it names none."""
    return next((code for code, pattern in _currencies() if pattern.search(text)), None)


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
    for count, grid in enumerate(_grids(draft), 1):
        found.extend(_with_grand_total(tuple(_of_grid(grid, draft.layout, count))))
    return tuple(found)


def _with_grand_total(table: tuple[Amount, ...]) -> tuple[Amount, ...]:
    """A total below the last of several periods that exceeds that period's own rows belongs to no period."""
    if not table or not _words().total.search(table[-1].row) or len({amount.period for amount in table}) < 2:
        return table
    last = table[-1]
    own = sum(amount.value for amount in table[:-1] if amount.period == last.period and not amount.is_total)
    return (*table[:-1], replace(last, period=None)) if own != last.value else table


def _grids(draft: Draft) -> Iterator[_Grid]:
    layout = draft.layout
    taken = 0
    cells = _cells(draft)
    for index, block in enumerate(layout.blocks):
        if index < taken:
            continue
        if block.kind is BlockKind.ROW:
            end = index
            while end < len(layout.blocks) and layout.blocks[end].kind is BlockKind.ROW:
                end += 1
            taken = end
            yield _of_rows(layout, index, end, cells)
        elif (block.marker is not None and block.marker.mark is Mark.TABLE) or _is_unit(layout.of(block)):
            paragraph = _paragraph_at(draft.paragraphs, block.start)
            end = _last(layout, index, paragraph)
            lines = sum(len(other.breaks) for other in layout.blocks[index:end])
            if lines > 2 and layout.blocks[end - 1].kind is not BlockKind.ROW:
                taken = end
                yield _of_lines(layout, index, end)


def _cells(draft: Draft) -> dict[int, tuple[str, ...]]:
    """Cells of each row's block, keyed by the block's index; rows come in the order in which they were loaded."""
    rows = [index for index, block in enumerate(draft.layout.blocks) if block.kind is BlockKind.ROW]
    loaded = [
        tuple(clean(cell) for cell in row)
        for table in draft.loaded.tables
        for row in table.rows
        if any(clean(cell) for cell in row)
    ]
    lines = sum(line.role is Role.CELLS for line in draft.loaded.lines)
    if len(rows) != len(loaded) or lines != len(rows):
        return {}
    return dict(zip(rows, loaded, strict=True))


def _is_unit(text: str) -> bool:
    """Whether a block is a unit line: "(United States dollars)", "In thousands of US dollars"."""
    return (
        len(text) < 70
        and not re.search(r"\d{2}", text)
        and currency(text) is not None
        and (text.startswith("(") or len(re.sub(r"[\u4e00-\u9fff]", "", text).split()) <= 7)
    )


def _paragraph_at(paragraphs: Sequence[Paragraph], offset: int) -> Paragraph | None:
    return next((p for p in paragraphs if p.start <= offset < p.end), None)


def _last(layout: Layout, index: int, paragraph: Paragraph | None) -> int:
    """Index after the last block of a table that is only text."""
    end = index + 1
    limit = paragraph.end if paragraph and "\n" in paragraph.text else None
    while end < len(layout.blocks):
        block = layout.blocks[end]
        text = layout.of(block)
        if limit is not None:
            if block.start >= limit:
                break
        elif (
            block.kind is BlockKind.FOOTNOTE
            or len(text) > 300
            or (block.marker is not None and block.marker.mark in {Mark.TABLE, Mark.NUMBER})
        ):
            break
        end += 1
    return end


def _above(layout: Layout, index: int) -> tuple[str | None, str, str]:
    """Number, caption and everything short above a table of cells."""
    number: str | None = None
    captions: list[str] = []
    for block in reversed(layout.blocks[max(0, index - _REACH) : index]):
        text = layout.of(block)
        if block.kind in {BlockKind.ROW, BlockKind.FOOTNOTE} or len(text) > 300:
            break
        captions.insert(0, text)
        if block.marker is not None and block.marker.mark is Mark.TABLE:
            number = block.marker.label
            break
    if number is None:
        captions = captions[-2:]
    return number, " ".join(captions), "\n".join(captions)


def _of_rows(layout: Layout, index: int, end: int, cells: dict[int, tuple[str, ...]]) -> _Grid:
    number, caption, unit = _above(layout, index)
    rows = tuple(
        _Row(
            cells.get(at) or tuple(layout.of(block).split(" | ")),
            block.start,
            block.end,
        )
        for at, block in enumerate(layout.blocks[index:end], index)
    )
    head = " ".join(cell for row in rows[:3] for cell in row.cells)
    if number is None and rows:
        match = re.match(r"(?:table|tableau|cuadro|tabla|таблица|الجدول|表)\s*\d+", head, re.I)
        number = match.group(0) if match else None
    return _Grid(number, caption, f"{unit}\n{head}", rows)


def _of_lines(layout: Layout, index: int, end: int) -> _Grid:
    printed = [piece for block in layout.blocks[index:end] for piece in _printed(layout, block)]
    first = layout.blocks[index]
    number = first.marker.label if first.marker is not None and first.marker.mark is Mark.TABLE else None
    texts = [layout.text[a:b] for a, b in printed]
    unit = next((i for i, text in enumerate(texts[:8]) if _is_unit(text)), None)
    body = next(
        (
            i
            for i, text in enumerate(texts)
            if i and any(not _YEAR.fullmatch(v.group()) for v in _values(text))
        ),
        2,
    )
    top = unit + 1 if unit is not None else min(body, 2)
    caption = " ".join(text for i, text in enumerate(texts[:top]) if i != unit)
    if number is None:
        caption = f"{_above(layout, index)[1]} {caption}".strip()
    width = _columns(texts[top:])
    rows = tuple(_split(a, b, layout.text[a:b], width) for a, b in _mended(layout, printed[top:]))
    return _Grid(number, caption, "\n".join(texts[: top + 2]), rows)


def _printed(layout: Layout, block: Block) -> Iterator[tuple[int, int]]:
    edges = [*block.breaks, block.end]
    for start, stop in pairwise(edges):
        text = layout.text[start:stop]
        if text.strip():
            yield start, start + len(text.rstrip())


def _mended(layout: Layout, printed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rows whose label ran over two printed lines put together: the second begins in lower case."""
    rows: list[tuple[int, int]] = []
    for start, end in printed:
        text = layout.text[start:end]
        if rows and text[:1].islower() and not _values(layout.text[rows[-1][0] : rows[-1][1]]):
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
    return rows


def _values(text: str) -> list[re.Match[str]]:
    """The figures at the end of a row, and nothing after them."""
    found: list[re.Match[str]] = []
    end = len(text)
    for match in reversed(list(_VALUE.finditer(text))):
        if text[match.end() : end].strip():
            break
        found.insert(0, match)
        end = match.start()
    return found


def _columns(texts: Sequence[str]) -> int:
    counts = Counter(len(values) for text in texts if (values := _values(text)) and not _only_years(text))
    return counts.most_common(1)[0][0] if counts else 1


def _split(start: int, end: int, text: str, width: int) -> _Row:
    values = [] if _only_years(text) else _values(text)[-width:]
    label = text[: values[0].start()] if values else text
    return _Row((label.strip(), *(match.group().strip() for match in values)), start, end)


def _only_years(text: str) -> bool:
    """Whether a line only names a period: "2008-2009 biennium", "2018"."""
    if not _YEAR.search(text):
        return False
    rest = _words().years.sub(" ", _YEARS.sub(" ", text))
    return not re.search(r"\w", rest)


def period(text: str) -> str | None:
    """The year or years that a text names: "2018", "2008-2009"; None where it names several or none."""
    found: list[str] = []
    for match in _YEARS.finditer(text):
        first, last = match.group(1), match.group(2) or match.group(3) or ""
        last = first[: 4 - len(last)] + last
        found.append(first if last == first else f"{first}-{last}")
    distinct = list(dict.fromkeys(found))
    return distinct[0] if len(distinct) == 1 else None


def _number(text: str) -> Decimal | None:
    """The value of a figure; brackets and a leading sign are negative, a dash is nothing (0)."""
    plain = re.sub(r"US\$|[$€£¥]|\s*[a-z*]\s*/?$", "", text.strip()).strip()
    if _NOTHING.fullmatch(plain):
        return Decimal(0)
    negative = (plain.startswith("(") and plain.endswith(")")) or plain[:1] in "-−–"
    plain = plain.strip("()-−– ")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.search(r",\d{1,2}$", plain) and not re.search(r",\d{3}", plain):
        plain = plain.replace(",", ".")
    plain = re.sub(r"[\s,'’]", "", plain)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return -value if negative else value


def _of_grid(grid: _Grid, layout: Layout, count: int) -> Iterator[Amount]:
    words = _words()
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
        if not any(_number(cell) is not None for cell in row.cells[1:]):
            if _only_years(label):
                current = period(label)
            continue
        for column, cell in enumerate(row.cells[1:], 1):
            value = _number(cell)
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


def _head(rows: Sequence[_Row]) -> tuple[tuple[str, ...], Sequence[_Row]]:
    """The names of the columns and the rows below them."""
    head: tuple[str, ...] = ()
    for index, row in enumerate(rows[:4]):
        filled = [cell for cell in row.cells[1:] if cell]
        figures = [cell for cell in filled if _number(cell) is not None and not _YEAR.fullmatch(cell)]
        if figures:
            return head, rows[index:]
        if len(filled) >= 1:
            head = tuple(
                " ".join(filter(None, dict.fromkeys((head[i] if i < len(head) else "", cell))))
                for i, cell in enumerate(row.cells)
            )
        elif index and _only_years(row.cells[0]):
            return head, rows[index:]
    return head, rows


def _label(row: _Row) -> str:
    return re.sub(r"\s+", " ", row.cells[0]).strip(" .…:")


def _donor(label: str) -> str | None:
    """The State that a row names, where it names exactly one."""
    plain = re.sub(r"\([^()]*\)\s*$", "", label).strip(" *")
    found = states.resolve(plain)
    if found:
        return found
    named = {mention.alpha3 for mention in states.find(label)}
    return named.pop() if len(named) == 1 else None
