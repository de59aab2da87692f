"""Recommendations as files: nothing a spreadsheet would run, one row a recommendation, clusters and a summary."""

import csv
import io
from dataclasses import replace

import pytest
from docx import Document as read_docx
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from corpus.model import Position, Recommendation, SdgLink, Source, Tag, Tags
from ui.export import COLUMNS, as_csv, as_docx, as_xlsx, safe_cell

BASE = Recommendation(
    document="A/HRC/99/1",
    number="118.4",
    text="Give the visiting body a budget of its own",
    state="SVN",
    recommenders=("NOR", "FRA"),
    position=Position.SUPPORTED,
    position_source=Source("A/HRC/99/1/Add.1", "A/HRC/99/1/Add.1", "7", 3),
    cycle=2,
    page=14,
    tags=Tags(
        themes=(Tag("Detention", 0.9, "word"), Tag("Torture and other CID treatment", 0.8, "word")),
        sdgs=(SdgLink(16, "16.3", 0.8, "why"), SdgLink(3, None, 0.4, "why")),
    ),
)
RECS = [
    BASE,
    replace(BASE, number="118.5", text="=HYPERLINK(1)", position=Position.NOTED),
    replace(BASE, number="118.6", tags=None),
]
SYMBOLS = {"A/HRC/99/1": "A/HRC/99/1"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "  =1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert safe_cell(text).startswith("'")


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not safe_cell(text).lstrip().startswith(("=", "+", "-", "@"))


def test_csv_has_a_row_a_recommendation_in_the_columns_named() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(RECS, SYMBOLS).decode("utf-8-sig"))))
    assert [row["Number"] for row in rows] == ["118.4", "118.5", "118.6"]
    assert rows[0]["Recommending States"] == "Norway; France"
    assert rows[0]["SDGs"] == "3; 16.3"
    assert rows[0]["Position stated in"] == "A/HRC/99/1/Add.1, para. 7"
    assert rows[1]["Recommendation"] == "'=HYPERLINK(1)"
    assert tuple(rows[0]) == COLUMNS


def test_xlsx_has_all_rows_a_summary_and_a_sheet_a_theme() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(RECS, SYMBOLS)))
    assert book.sheetnames == [
        "Recommendations",
        "SDGs by position",
        "Detention",
        "Torture and other CID treatment",
    ]
    assert book["Recommendations"].max_row == 4
    summary = [[cell.value for cell in row] for row in book["SDGs by position"].iter_rows()]
    assert summary[0] == ["SDG", "supported", "noted", "partially_supported", "pending", "total"]
    assert summary[1:] == [[3, 1, 1, 0, 0, 2], [16, 1, 1, 0, 0, 2]]


def test_docx_follows_the_matrix_grouped_by_theme_supported_first() -> None:
    table = read_docx(io.BytesIO(as_docx(RECS, SYMBOLS))).tables[0]
    first = [row.cells[0].text for row in table.rows]
    assert first[1] == "Detention"
    assert first[2].startswith("118.4 Give")
    assert first[3].startswith("118.5")
    assert first[4] == "Other"
    assert table.rows[2].cells[1].text == "Supported"
