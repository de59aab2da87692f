"""Recommendations as files: nothing a spreadsheet would run, one row a recommendation, clusters and a summary."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as read_docx
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from corpus.model import Kind, Language, Position, Recommendation, SdgLink, Source, Tag, Tags
from corpus.parse import parse
from ui.export import FORMATS, as_csv, as_docx, as_xlsx
from ui.export.cells import heading, inert

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
    assert inert(text).startswith("'")


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not inert(text).lstrip().startswith(("=", "+", "-", "@"))


def test_csv_has_a_row_a_recommendation_in_the_columns_named() -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(RECS, SYMBOLS).decode("utf-8-sig"))))
    assert [row["Number"] for row in rows] == ["118.4", "118.5", "118.6"]
    assert rows[0]["Recommending States"] == "Norway; France"
    assert rows[0]["SDGs"] == "3; 16.3"
    assert rows[0]["Position stated in"] == "A/HRC/99/1/Add.1, para. 7"
    assert rows[1]["Recommendation"] == "'=HYPERLINK(1)"
    assert list(rows[0]) == heading(Language.ENGLISH)


def test_csv_says_positions_and_names_in_a_language_of_the_pages() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(RECS, SYMBOLS, Language.FRENCH).decode("utf-8-sig"))))
    assert rows[0][:5] == ["État examiné", "Cycle", "Numéro", "Recommandation", "Position"]
    assert [row[4] for row in rows[1:]] == ["Acceptée", "Pris note", "Acceptée"]
    assert rows[1][6] == "Norvège; France"
    assert rows[1][3] == BASE.text


def test_xlsx_has_all_rows_with_filters_a_summary_and_a_sheet_a_theme() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(RECS, SYMBOLS)))
    assert book.sheetnames == [
        "Recommendations",
        "SDGs by position",
        "Detention",
        "Torture and other cruel, inhuma",
    ]
    first = book["Recommendations"]
    assert (first.max_row, first.freeze_panes, first.auto_filter.ref) == (4, "A2", "A1:P4")
    summary = [[cell.value for cell in row] for row in book["SDGs by position"].iter_rows()]
    assert summary[0] == ["SDG", "Goal", "Supported", "Noted", "Partially supported", "Pending", "Total"]
    assert [row[:1] + row[2:] for row in summary[1:]] == [[3, 1, 1, 0, 0, 2], [16, 1, 1, 0, 0, 2]]


def test_xlsx_keeps_what_looks_like_a_formula_word_for_word_as_text() -> None:
    cell = load_workbook(io.BytesIO(as_xlsx(RECS, SYMBOLS)))["Recommendations"]["D3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def _rows_of(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_docx(io.BytesIO(content)).tables[0].rows]


def test_docx_follows_the_matrix_grouped_by_theme_supported_first() -> None:
    rows = _rows_of(as_docx([RECS[1], RECS[0], RECS[2]], SYMBOLS))
    assert rows[0] == [
        "Recommendation and recommending State", "Position of the State under review",
        "Human rights themes and groups of persons", "Relevant SDGs",
    ]  # fmt: skip
    assert rows[1] == ["Theme: Detention"] * 4
    assert rows[2][0] == f"118.4 {BASE.text} (Norway; France)\nSource of position: A/HRC/99/1/Add.1"
    assert rows[2][1:3] == [
        "Supported",
        "- Detention\n- Torture and other cruel, inhuman or degrading treatment",
    ]
    assert rows[3][0].startswith("118.5 =HYPERLINK(1)")
    assert rows[4] == ["Other themes"] * 4


def test_docx_does_not_name_the_recommending_states_twice() -> None:
    named = replace(BASE, text="Give the visiting body a budget (Norway) (France);")
    assert "Norway; France" not in _rows_of(as_docx([named], SYMBOLS))[2][0]


def test_docx_is_read_as_a_matrix_again(tmp_path: Path) -> None:
    path = tmp_path / "matrix.docx"
    path.write_bytes(as_docx([replace(BASE, number=f"118.{n}") for n in range(1, 9)], SYMBOLS))
    found = parse(path)
    assert found.kind is Kind.UPR_MATRIX
    assert [(rec.number, rec.recommenders, rec.position) for rec in found.recommendations] == [
        (f"118.{n}", ("NOR", "FRA"), Position.SUPPORTED) for n in range(1, 9)
    ]


@pytest.mark.parametrize("language", list(Language), ids=str)
@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_can_be_written_in_every_language(name: str, language: Language) -> None:
    assert FORMATS[name](RECS, SYMBOLS, language)


def test_what_xml_cannot_hold_is_left_out() -> None:
    odd = replace(BASE, text="one\x00 two\x0b three\ufffe")
    assert "118.4 one two three" in _rows_of(as_docx([odd], SYMBOLS))[2][0]
    assert load_workbook(io.BytesIO(as_xlsx([odd], SYMBOLS))).worksheets[0]["D2"].value == "one two three"
