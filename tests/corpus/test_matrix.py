"""OHCHR matrices in the layouts of cycles 2, 3 and 4, and in Egypt's, with contents of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import docx
import pytest

from corpus.model import Document, Position, Source
from corpus.parse import parse

CYCLE_2 = [
    ["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"],
    ["Theme: A12 Treaties"] * 4,
    [
        "115.2 Join the water treaty (Chile, Peru);\nSource of position: A/HRC/98/15/Add.1 - Para. 3",
        "Supported",
        "A12 Treaties\nE24 Water\nAffected persons:\n- children\n- general",
        "\n",
    ],
    [
        "115.1 Close the old prison (France); \nSource of position: A/HRC/98/15/Add.1, para. 5 - Para. 5",
        "Noted",
        "D26 Detention\nAffected persons:\n- persons deprived of their liberty",
        "",
    ],
    ["Theme: E24 Water"] * 4,
    [
        "115.2 Join the water treaty (Chile, Peru);\nSource of position: A/HRC/98/15/Add.1 - Para. 3",
        "Supported",
        "E24 Water\nG3 Rural people\nAffected persons:\n- children",
        "",
    ],
]
CYCLE_3 = [
    ["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"],
    ["Theme: Water"] * 4,
    [
        "121.1 Join the water treaty (Chile) (Peru);\nSource of Position: A/HRC/43/15 - Para 121",
        "Supported",
        "- Treaties\n- Water\nSDGs:\n- 6 - CLEAN WATER\n- 16.3 - Rule of law\nAffected persons:\n- Children",
        "",
    ],
]
CYCLE_4 = [
    [
        "Recommendation and recommending State",
        "Position of the State under review",
        "Human rights themes and groups of persons",
        "Relevant SDGs",
    ],
    ["Supported"] * 4,
    [
        "140.7 Join the water treaty (Chile)",
        "Supported",
        "- Treaties\nGroups of persons:\n- Children",
        "6 - CLEAN WATER\n16 - JUSTICE",
    ],
    ["140.8 Close the old prison (Peru)", "Noted", "- Detention", ""],
]
EGYPT = [
    ["Recommendation", "Recommending state/s", "Position", "Full list of rights/affected persons"],
    ["Right or area: 2.1. Treaties"] * 4,
    [
        "166.10. Join the treaty (Chile); (Peru); \nSource of position: A/HRC/98/16/Add.1\n",
        "Chile\nPeru\n",
        "Supported/Noted\n",
        "2.1. Treaties\nAffected persons:\n- general\n",
    ],
    [
        "166.9. Close the prison (Togo);\nSource of position: A/HRC/98/16/Add.1\n",
        "Togo\n",
        "Noted\n",
        "12.4. Detention\n",
    ],
]


def matrix(path: Path, rows: list[list[str]], header: str = "") -> Document:
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for cells in rows:
        row = table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        if len(set(cells)) == 1:
            row.cells[0].merge(row.cells[-1]).text = cells[0]
    document.sections[0].header.paragraphs[0].text = header
    document.save(str(path))
    return parse(path)


@pytest.mark.parametrize("rows", [CYCLE_2, CYCLE_3, CYCLE_4, EGYPT], ids=["2", "3", "4", "egypt"])
def test_every_text_is_a_slice_of_the_document(tmp_path: Path, rows: list[list[str]]) -> None:
    found = matrix(tmp_path / "m.docx", rows)
    assert found.recommendations
    for one in found.recommendations:
        assert one.text
        assert found.text[one.start : one.end] == one.text


def test_cycle_2(tmp_path: Path) -> None:
    header = "UPR of Bhutan (2nd Cycle – 20th session)\tThematic list of recommendations"
    found = matrix(tmp_path / "list.docx", CYCLE_2, header)
    assert (found.state, found.cycle, found.session, found.symbol) == ("BTN", 2, "20", None)
    first, second = found.recommendations  # natural order; the row repeated under another theme is one
    assert (first.number, first.position, first.recommenders) == ("115.1", Position.NOTED, ("FRA",))
    assert first.text == "Close the old prison (France)"
    assert first.position_source is not None
    assert (first.position_source.symbol, first.position_source.paragraph) == ("A/HRC/98/15/Add.1", "5")
    assert second.tags is not None
    assert [t.name for t in second.tags.themes] == ["Treaties", "Water", "Rural people"]
    assert [t.name for t in second.tags.groups] == ["children", "general"]
    assert second.tags.origin == found.key


def test_cycle_3_has_sdgs_and_targets(tmp_path: Path) -> None:
    (one,) = matrix(tmp_path / "UPR34_Bhutan_list.docx", CYCLE_3).recommendations
    assert one.recommenders == ("CHL", "PER")
    assert (one.state, one.cycle) == ("BTN", 3)
    assert one.tags is not None
    assert [(s.goal, s.target) for s in one.tags.sdgs] == [(6, None), (16, "16.3")]
    assert [t.name for t in one.tags.groups] == ["Children"]


def test_cycle_4(tmp_path: Path) -> None:
    one, other = matrix(tmp_path / "UPR48_Bhutan.docx", CYCLE_4).recommendations
    assert (one.position, other.position) == (Position.SUPPORTED, Position.NOTED)
    assert one.tags is not None
    assert [t.name for t in one.tags.themes] == ["Treaties"]
    assert [t.name for t in one.tags.groups] == ["Children"]
    assert [s.goal for s in one.tags.sdgs] == [6, 16]


def test_egypts_layout_with_a_column_of_states(tmp_path: Path) -> None:
    found = matrix(tmp_path / "bhutan-cycle-2.docx", EGYPT)
    assert (found.state, found.cycle) == ("BTN", 2)
    one, other = found.recommendations
    assert (one.number, one.recommenders, one.position) == ("166.9", ("TGO",), Position.NOTED)
    assert (other.number, other.recommenders, other.position) == (
        "166.10",
        ("CHL", "PER"),
        Position.PARTIALLY_SUPPORTED,
    )


def test_a_row_without_number_and_an_unknown_position_are_told(tmp_path: Path) -> None:
    rows = [CYCLE_4[0], ["Join all (Chile)", "Supported", "x", ""], ["1.2 Join (Chile)", "Perhaps", "x", ""]]
    found = matrix(tmp_path / "UPR48_Bhutan.docx", rows)
    assert [r.number for r in found.recommendations] == ["1.2"]
    assert any("without a number" in p for p in found.problems)
    assert any("'Perhaps'" in p for p in found.problems)


def test_rows_broken_repeated_and_wrapped(tmp_path: Path) -> None:
    text, source = "Join the treaty (Chile) (Peru);", "Source of Position: A/HRC/59/7/Add.1 - Para. 3"
    rows = [
        ["Thematic list of recommendations", "", "", ""],
        CYCLE_4[0],
        [f"140.1\nJoin the\ntreaty (Chile) (Peru);\n\n{source}", "Supported/\nNoted", "- Treaties", ""],
        CYCLE_4[0],  # the heads again on the next page
        ["Right or area: Water", "", "", ""],
        [f"140.2. {text}\n{source}", "SUPPORTED", "- Water\nGroups of Persons:\n- Children", "- 6 - WATER"],
        [f"140.3 {text}", "Under consideration", "- Water", ""],
        [f"140.2. {text}\n{source}", "Supported", "- Health", "- 3 - HEALTH"],
    ]
    found = matrix(tmp_path / "UPR48_Bhutan.docx", rows)
    assert found.problems == ()
    assert [(r.number, str(r.position)) for r in found.recommendations] == [
        ("140.1", "partially_supported"),
        ("140.2", "supported"),
        ("140.3", "pending"),
    ]
    assert {r.recommenders for r in found.recommendations} == {("CHL", "PER")}
    second = found.recommendations[1]
    assert second.tags is not None
    assert second.position_source == Source(found.key, "A/HRC/59/7/Add.1", "3", None)
    assert [t.name for t in second.tags.themes] == ["Water", "Health"]
    assert sorted(s.goal for s in second.tags.sdgs) == [3, 6]


REAL = {
    "slovenia/cycle-2/UPR20__Slovenia_ThematicListRecommendations_E.docx": ("SVN", 2, 142, 21, 0),
    "slovenia/cycle-3/UPR34_Slovenia_Thematic_list_of_Recommendations.docx": ("SVN", 3, 182, 33, 0),
    "ohchr-matrices/egypt-cycle-2.docx": ("EGY", 2, 224, 53, 23),
}


@pytest.mark.realdata
@pytest.mark.parametrize("name", REAL)
def test_real_matrices(data_folder: Path, name: str) -> None:
    found = parse(data_folder / name)
    counts = Counter(str(r.position) for r in found.recommendations)
    positions = (counts["supported"], counts["noted"], counts["partially_supported"])
    assert (found.state, found.cycle, *positions) == REAL[name]
    assert found.problems == ()
    assert all(found.text[r.start : r.end] == r.text and r.recommenders for r in found.recommendations)
