"""Exports of UHRI and UPR Info: small ones of our own in their shapes, and the real csv."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from corpus.errors import UnknownType
from corpus.exports import Export, ExportKind, open_export, sniff
from corpus.model import Position, Recommendation

OBJECT = {
    "AnnotationId": "- 000a",
    "AnnotationType": "- Recommendations",
    "DocumentId": "- 1",
    "Symbol": "- A/HRC/98/15",
    "Body": "- UPR",
    "Text": "- 115.2 Build safe &amp; warm shelters;",
    "Countries": ["- Bhutan"],
    "Regions": ["- Asia-Pacific"],
    "Themes": ["- Water", "- Housing"],
    "AffectedPersons": ["- Children"],
    "Sdgs": ["- 16.2 - End abuse", "- 6 - CLEAN WATER"],
    "PublicationDate": "- 2014-12-20",
    "PublicationDateOnUhri": "- 2015-01-01",
    "UprCycle": "- 2",
    "UprSession": ["- 20"],
    "UprPositions": ["- Supported"],
    "UprRecommendingCountry": ["- Chile", "- Peru"],
    "UprRecommendingRegions": ["- GRULAC"],
}
HEADS = [
    "Text",
    "Countries Concerned",
    "Reccomending Body",
    "Document Symbol",
    "Themes",
    "Affected Persons",
    "Sdgs",
    "Document Publication Date",
    "UPR Reccomending States",
    "UPR Position",
    "Type",
    "OHCHR Annotation Id",
    "UPR Session",
    "Regions Concerned",
    "Recommending Regions",
    "Date of publication on UHRI",
]
ROW = [
    "50.307 Build safe &amp; warm shelters",
    "- Bhutan",
    "- UPR",
    "A/HRC/98/15",
    "- Water\n- Housing",
    "- Children",
    "- 16.2 - End abuse\n- 6 - CLEAN WATER",
    41993,
    "- Chile\n- Peru",
    "- Noted",
    "- Recommendations",
    "000a",
    "- 20",
    "- Asia-Pacific",
    "- GRULAC",
    42005,
]
CSV_HEADS = [
    "To",
    "To-Rgrp",
    "To-Org",
    "Text",
    "From",
    "From-Rgrp",
    "From-Org",
    "Response",
    "Action",
    "Issue",
    "Session",
]
CSV_ROW = [
    "Bhutan",
    "Asia",
    "",
    "Build shelters, safe ones.",
    "Chile",
    "GRULAC",
    "OAS",
    "Accepted",
    "4",
    "Housing,Water",
    "7",
]


def read(export: Export) -> list[Recommendation]:
    return list(export.recommendations)


def write_json(path: Path, objects: list[object], tail: str = "]") -> Path:
    path.write_text("[" + ",\n".join(json.dumps(o) for o in objects) + tail, encoding="utf-8")
    return path


def write_xlsx(path: Path, heads: list[str], *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for cells in (heads, *rows):
        book.active.append(cells)
    book.save(path)
    return path


def write_csv(path: Path, heads: list[str], *rows: list[str], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([heads, *rows])
    return path


def test_uhri_json(tmp_path: Path) -> None:
    export = open_export(write_json(tmp_path / "any.name", [OBJECT]))
    (one,) = read(export)
    assert export.kind is ExportKind.UHRI_JSON
    assert (one.number, one.text, one.state, one.cycle, one.session) == (
        "115.2",
        "Build safe & warm shelters;",
        "BTN",
        2,
        "20",
    )
    assert (one.recommenders, one.position) == (("CHL", "PER"), Position.SUPPORTED)
    assert one.position_source is not None
    assert (one.position_source.symbol, one.paragraph) == ("A/HRC/98/15", "annotation 000a")
    assert one.tags is not None
    assert [t.name for t in one.tags.themes] == ["Water", "Housing"]
    assert [t.name for t in one.tags.groups] == ["Children"]
    assert [(s.goal, s.target) for s in one.tags.sdgs] == [(16, "16.2"), (6, None)]
    assert one.tags.origin == export.document.key
    assert export.problems == []


def test_uhri_xlsx(tmp_path: Path) -> None:
    export = open_export(write_xlsx(tmp_path / "book", HEADS, ROW))
    (one,) = read(export)
    assert export.kind is ExportKind.UHRI_XLSX
    assert (one.number, one.text, one.state, one.cycle) == ("50.307", "Build safe & warm shelters", "BTN", 2)
    assert (one.recommenders, one.position) == (("CHL", "PER"), Position.NOTED)
    assert one.history[0].date == "2014-12-20"  # an Excel serial
    assert export.problems == []


def test_upr_info_csv_has_no_official_number_and_says_so(tmp_path: Path) -> None:
    other = [*CSV_ROW[:7], "Noted", "9", "Water", "13"]
    export = open_export(write_csv(tmp_path / "x", CSV_HEADS, CSV_ROW, CSV_ROW, other))
    found = read(export)
    assert [r.number for r in found] == ["UI-7-1", "UI-7-2", "UI-13-1"]
    assert [(r.cycle, r.position) for r in found[1:]] == [(1, Position.SUPPORTED), (2, Position.NOTED)]
    assert found[0].tags is not None
    assert ([t.name for t in found[0].tags.themes], found[0].tags.action) == (["Housing", "Water"], 4)
    assert found[2].tags is not None
    assert found[2].tags.action is None


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("50.307 Build shelters", "50.307", "Build shelters"),
        ("77.1. Build shelters", "77.1", "Build shelters"),
        ("Recommendation No. … para. 96: 21 Build shelters", "96.21", "Build shelters"),
        ("Recommendation No. 21, para. 96: Build shelters", "96.21", "Build shelters"),
    ],
)
def test_numbers_at_the_start_of_a_text(tmp_path: Path, text: str, number: str, rest: str) -> None:
    (one,) = read(open_export(write_json(tmp_path / "x", [OBJECT | {"Text": text}])))
    assert (one.number, one.text) == (number, rest)


def test_a_text_without_number_gets_a_stand_in(tmp_path: Path) -> None:
    (one,) = read(open_export(write_json(tmp_path / "x", [OBJECT | {"Text": "Build 12.5 shelters"}])))
    assert one.number == "UH-20-1"


def test_only_upr_recommendations_are_taken(tmp_path: Path) -> None:
    concern = OBJECT | {"AnnotationType": "- Concerns/Observations", "Body": "- CRC"}
    treaty_body = OBJECT | {"Body": "- CRC"}
    export = open_export(write_json(tmp_path / "x", [concern, OBJECT, treaty_body]))
    assert len(read(export)) == 1
    assert export.problems == [
        "2 rows are not UPR recommendations (concerns, treaty bodies, …) and were passed over."
    ]


def test_bad_rows_are_listed_with_their_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    rows = [
        CSV_ROW,
        ["Atlantis", *CSV_ROW[1:]],
        [*CSV_ROW[:3], "", *CSV_ROW[4:]],
        [*CSV_ROW, "too much"],
        CSV_ROW,
    ]
    export = open_export(write_csv(tmp_path / "x", CSV_HEADS, *rows))
    assert len(read(export)) == 2
    assert export.problems == [
        "line 3: no State is called 'Atlantis'",
        "line 4: no text",
        "line 5: 12 values for 11 columns",
    ]


def test_lines_are_those_of_the_file_where_texts_hold_line_breaks(tmp_path: Path) -> None:
    rows = [[*CSV_ROW[:3], "Build\nshelters", *CSV_ROW[4:]], ["Atlantis", *CSV_ROW[1:]]]
    export = open_export(write_csv(tmp_path / "x", CSV_HEADS, *rows))
    read(export)
    assert export.problems == ["line 4: no State is called 'Atlantis'"]


def test_drifted_missing_and_unknown_columns_are_named(tmp_path: Path) -> None:
    heads = ["Recommending Body" if h == "Reccomending Body" else h for h in HEADS] + ["Mood"]
    heads[heads.index("Themes")] = "Topics of interest"
    export = open_export(write_xlsx(tmp_path / "x", heads, [*ROW, "grim"]))
    (one,) = read(export)
    assert one.tags is not None
    assert one.tags.themes == ()
    assert export.aside == ("Topics of interest", "Mood")
    assert export.problems == [
        "The column 'Recommending Body' is read as 'Reccomending Body'.",
        "The column 'Themes' is missing.",
        "Unknown columns are kept aside: 'Topics of interest', 'Mood'.",
    ]


def test_a_needed_column_that_is_missing_is_an_error(tmp_path: Path) -> None:
    heads = ["Nation" if h == "Countries Concerned" else h for h in HEADS]
    with pytest.raises(UnknownType, match="no column 'Countries Concerned'"):
        open_export(write_xlsx(tmp_path / "x", heads, ROW))


def test_json_that_breaks_off_keeps_what_stands_before(tmp_path: Path) -> None:
    export = open_export(write_json(tmp_path / "x", [OBJECT, OBJECT], tail=', {"AnnotationId": "- 3", "Te'))
    assert len(read(export)) == 2
    assert "after object 2: the JSON breaks off" in export.problems[0]


def test_an_unknown_position_is_no_guess(tmp_path: Path) -> None:
    export = open_export(write_json(tmp_path / "x", [OBJECT | {"UprPositions": ["- Perhaps"]}]))
    assert read(export) == []
    assert export.problems == ["object 1: the position 'Perhaps' is not known"]


def test_windows_encoding_is_read_and_told(tmp_path: Path) -> None:
    row = [*CSV_ROW[:3], "Protéger l’eau", *CSV_ROW[4:]]
    export = open_export(write_csv(tmp_path / "x", CSV_HEADS, row, encoding="cp1252"))
    assert [r.text for r in read(export)] == ["Protéger l’eau"]
    assert export.problems == ["The file is not UTF-8; it is read as Windows-1252."]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"[1, 2]", b"a,b,c,d\n1,2,3,4\n", b"%PDF-1.4", b"PK\x03\x04broken"]
)
def test_other_files_are_no_exports(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content)
    assert sniff(path) is None
    with pytest.raises(UnknownType, match="no export"):
        open_export(path)


@pytest.mark.realdata
def test_the_real_csv_is_read_whole(data_folder: Path) -> None:
    export = open_export(data_folder / "upr-info" / "sessions-01-16.csv")
    found = read(export)
    assert (len(found), export.problems) == (30_261, [])
    assert sum(r.position is Position.SUPPORTED for r in found) == 22_423
    assert len({(r.state, r.number) for r in found}) == 30_261
