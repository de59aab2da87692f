"""Recommendations as files: csv, xlsx (a summary and a sheet a cluster) and docx in the layout of OHCHR's matrix.

Cells that a spreadsheet would run as a formula are neutralised with a leading apostrophe (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus import states
from corpus.model import Language, Position, Recommendation, Tags

COLUMNS = (
    "State under review",
    "Cycle",
    "Number",
    "Recommendation",
    "Position",
    "Implemented",
    "Recommending States",
    "Themes",
    "Groups of persons",
    "SDGs",
    "Action",
    "Agencies",
    "Instruments",
    "Document",
    "Page",
    "Position stated in",
)
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_FORBIDDEN_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORBIDDEN_IN_SHEET = re.compile(r"[\[\]:*?/\\]")
_SHEET_NAME_LENGTH = 31
_SHEET_CLUSTERS = 60


def safe_cell(value: str) -> str:
    """The text as no spreadsheet will run it: a leading `=`, `+`, `-`, `@`, tab or return gets an apostrophe."""
    clean = _FORBIDDEN_IN_XML.sub("", value)
    return f"'{clean}" if _FORMULA.match(clean) else clean


def _names(codes: Sequence[str], language: Language) -> str:
    return "; ".join(states.name(code, language) for code in codes)


def _sdgs(tags: Tags) -> str:
    labels = {link.target or str(link.goal) for link in tags.sdgs}
    return "; ".join(
        sorted(labels, key=lambda label: [int(p) if p.isdigit() else 99 for p in label.split(".")])
    )


def row(
    rec: Recommendation, symbols: Mapping[str, str], language: Language = Language.ENGLISH
) -> list[str | int]:
    """The cells of one recommendation, in the order of `COLUMNS`."""
    tags = rec.tags or Tags()
    said = rec.position_source
    where = (
        f"{said.symbol or said.document}{f', para. {said.paragraph}' if said.paragraph else ''}"
        if said
        else ""
    )
    return [
        states.name(rec.state, language) if rec.state else "",
        rec.cycle or "",
        safe_cell(rec.number),
        safe_cell(rec.text),
        rec.position.value,
        "yes" if rec.implemented else "",
        safe_cell("; ".join(filter(None, (_names(rec.recommenders, language), *rec.unresolved)))),
        "; ".join(tag.name for tag in tags.themes),
        "; ".join(tag.name for tag in tags.groups),
        _sdgs(tags),
        tags.action or "",
        "; ".join(tag.name for tag in tags.agencies),
        "; ".join(tag.name for tag in tags.instruments),
        safe_cell(symbols.get(rec.document, rec.document)),
        rec.page or "",
        safe_cell(where),
    ]


def as_csv(recs: Sequence[Recommendation], symbols: Mapping[str, str]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads every script."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(row(rec, symbols) for rec in recs)
    return out.getvalue().encode("utf-8-sig")


def _sheet_name(label: str, taken: set[str]) -> str:
    base = _FORBIDDEN_IN_SHEET.sub(" ", label)[:_SHEET_NAME_LENGTH].strip("' ") or "Cluster"
    name, n = base, 2
    while name.casefold() in taken:
        suffix = f" {n}"
        name, n = base[: _SHEET_NAME_LENGTH - len(suffix)] + suffix, n + 1
    taken.add(name.casefold())
    return name


def as_xlsx(recs: Sequence[Recommendation], symbols: Mapping[str, str]) -> bytes:
    """A workbook: all recommendations, SDGs by position, and a sheet for each theme, largest first."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.worksheet import Worksheet

    book = Workbook(write_only=False)
    taken: set[str] = set()

    def sheet(
        title: str, header: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int]
    ) -> None:
        page: Worksheet = book.create_sheet(_sheet_name(title, taken))
        page.append(list(header))
        for cells in rows:
            page.append(list(cells))
        for cell in page[1]:
            cell.font = Font(bold=True)
        for column, width in zip(page.columns, widths, strict=False):
            page.column_dimensions[column[0].column_letter].width = width
            if width >= 60:
                for cell in column:
                    cell.alignment = Alignment(wrap_text=True, vertical="top")
        page.freeze_panes = "A2"

    book.remove(book.worksheets[0])
    widths = (22, 7, 9, 70, 14, 12, 30, 30, 24, 16, 8, 24, 24, 20, 7, 26)
    clusters: defaultdict[str, list[list[str | int]]] = defaultdict(list)
    everything = []
    for rec in recs:
        cells = row(rec, symbols)
        everything.append(cells)
        for theme in (rec.tags or Tags()).themes:
            clusters[theme.name].append(cells)
    sheet("Recommendations", COLUMNS, everything, widths)
    sheet("SDGs by position", *_sdg_summary(recs), (10, *(18,) * 6))
    for name in sorted(clusters, key=lambda theme: (-len(clusters[theme]), theme))[:_SHEET_CLUSTERS]:
        sheet(name, COLUMNS, clusters[name], widths)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sdg_summary(recs: Sequence[Recommendation]) -> tuple[list[str], list[list[str | int]]]:
    """Goals down, positions across; a recommendation linked to several goals counts once in each."""
    table: defaultdict[int, Counter[Position]] = defaultdict(Counter)
    for rec in recs:
        for goal in {link.goal for link in (rec.tags or Tags()).sdgs}:
            table[goal][rec.position] += 1
    header = ["SDG", *(position.value for position in Position), "total"]
    rows: list[list[str | int]] = [
        [goal, *(table[goal][position] for position in Position), sum(table[goal].values())]
        for goal in sorted(table)
    ]
    return header, rows


def as_docx(recs: Sequence[Recommendation], symbols: Mapping[str, str]) -> bytes:
    """A Word table in the layout of OHCHR's cycle-4 matrix: grouped by theme, supported first."""
    from docx import Document as new_document
    from docx.enum.section import WD_ORIENT

    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.add_heading("Thematic list of recommendations", level=1)
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    header = (
        "Recommendation and recommending State",
        "Position of the State under review",
        "Human rights themes and groups of persons",
        "Relevant SDGs",
    )
    for cell, title in zip(table.rows[0].cells, header, strict=True):
        cell.text = title
    order = {Position.SUPPORTED: 0, Position.PARTIALLY_SUPPORTED: 1, Position.PENDING: 2, Position.NOTED: 3}
    clusters: defaultdict[str, list[Recommendation]] = defaultdict(list)
    for rec in recs:
        themes = (rec.tags or Tags()).themes
        clusters[themes[0].name if themes else "Other"].append(rec)
    for name in sorted(clusters):
        cells = table.add_row().cells
        cells[0].merge(cells[-1]).text = name
        for rec in sorted(clusters[name], key=lambda r: order[r.position]):
            tags = rec.tags or Tags()
            cells = table.add_row().cells
            by = _names(rec.recommenders, Language.ENGLISH)
            said = rec.position_source
            source = f"\nSource of position: {said.symbol or said.document}" if said else ""
            cells[0].text = _FORBIDDEN_IN_XML.sub("", f"{rec.number} {rec.text} ({by}){source}")
            cells[1].text = rec.position.value.replace("_", " ").capitalize()
            cells[2].text = "\n".join(tag.name for tag in (*tags.themes, *tags.groups))
            cells[3].text = _sdgs(tags)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMATS = {"csv": as_csv, "xlsx": as_xlsx, "docx": as_docx}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write(recs: Sequence[Recommendation], chosen: str, output: Path, symbols: Mapping[str, str]) -> None:
    """Write `recs` to `output` in the format `chosen`, a key of `FORMATS`."""
    output.write_bytes(FORMATS[chosen](recs, symbols))
