"""A workbook: every recommendation, SDGs by position, and a sheet for each theme."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from corpus.model import Language, Position, Recommendation, Tags
from ui.export.cells import Cell, heading, looks_like_formula, printable, row
from ui.pages.labels import tag_label
from ui.pages.words import words

_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_MOST_THEMES = 60
_MOST_WITH_THEMES = (
    5_000  # with more, the filter of the first sheet serves better than a hundred thousand rows
)
_WIDTHS = (22, 8, 10, 70, 18, 13, 28, 30, 24, 16, 9, 24, 30, 20, 8, 26)
_TOP = Alignment(wrap_text=True, vertical="top")
_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="E9EFFA")


def as_xlsx(
    recs: Sequence[Recommendation], symbols: Mapping[str, str], language: Language = Language.ENGLISH
) -> bytes:
    """All recommendations, SDGs by position and, up to 5,000 rows, a sheet for each theme, largest first."""
    label = words(language)
    book = Workbook(write_only=True)
    names = _Names()
    rows = [row(rec, symbols, language) for rec in recs]
    _sheet(book, names.of(label["recommendations"]), heading(language), rows, _WIDTHS, label.direction)
    summary = _by_goal(recs, language)
    _sheet(
        book,
        names.of(label["sdgs_by_position"]),
        summary[0],
        summary[1:],
        (8, 44, *(16,) * 5),
        label.direction,
    )
    if len(rows) <= _MOST_WITH_THEMES:
        for name, some in _by_theme(recs, rows):
            title = names.of(tag_label("theme", name, language))
            _sheet(book, title, heading(language), some, _WIDTHS, label.direction)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class _Names:
    """Names of sheets: no longer than Excel takes, none twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, label: str) -> str:
        base = _FORBIDDEN_IN_NAME.sub(" ", label)[:_LONGEST_NAME].strip("' ") or "–"
        name, n = base, 2
        while name.casefold() in self._taken:
            suffix = f" {n}"
            name, n = base[: _LONGEST_NAME - len(suffix)] + suffix, n + 1
        self._taken.add(name.casefold())
        return name


def _sheet(
    book: Workbook,
    title: str,
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int],
    direction: str,
) -> None:
    page: WriteOnlyWorksheet = book.create_sheet(title)
    for n, width in enumerate(widths[: len(header)], 1):
        page.column_dimensions[get_column_letter(n)].width = width
    page.freeze_panes = "A2"
    page.sheet_view.rightToLeft = direction == "rtl"
    page.auto_filter.ref = f"A1:{get_column_letter(len(header))}{len(rows) + 1}"
    top = [_cell(page, value) for value in header]
    for cell in top:
        cell.font, cell.fill = _BOLD, _SHADE
    page.append(top)
    for cells in rows:
        page.append([_cell(page, value) for value in cells])


def _cell(page: WriteOnlyWorksheet, value: Cell) -> WriteOnlyCell:
    """A cell that holds the text as it is: what looks like a formula is marked as text, not changed."""
    if isinstance(value, int):
        cell = WriteOnlyCell(page, value)
    else:
        cell = WriteOnlyCell(page, printable(value)[:_LONGEST_CELL])
        cell.data_type = "s"
        if looks_like_formula(value):
            cell.quotePrefix = True
    cell.alignment = _TOP
    return cell


def _by_theme(
    recs: Sequence[Recommendation], rows: Sequence[Sequence[Cell]]
) -> Iterator[tuple[str, list[Sequence[Cell]]]]:
    """Themes with their rows, largest first."""
    found: defaultdict[str, list[Sequence[Cell]]] = defaultdict(list)
    for rec, cells in zip(recs, rows, strict=True):
        for theme in (rec.tags or Tags()).themes:
            found[theme.name].append(cells)
    for name in sorted(found, key=lambda theme: (-len(found[theme]), theme))[:_MOST_THEMES]:
        yield name, found[name]


def _by_goal(recs: Sequence[Recommendation], language: Language) -> list[list[Cell]]:
    """Goals down, positions across; a recommendation linked to several goals counts once in each."""
    label = words(language)
    table: defaultdict[int, Counter[Position]] = defaultdict(Counter)
    for rec in recs:
        for goal in {link.goal for link in (rec.tags or Tags()).sdgs}:
            table[goal][rec.position] += 1
    header: list[Cell] = [label["sdg"], label["goal"], *(label[p.value] for p in Position), label["sum"]]
    found = [header]
    for goal in sorted(table):
        name = tag_label("goals", str(goal), language).partition(" ")[2]
        counts = [table[goal][position] for position in Position]
        found.append([goal, name, *counts, sum(counts)])
    return found
