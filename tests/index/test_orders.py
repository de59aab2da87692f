"""Report, addendum, its corrigendum and matrix of one review give the same rows, whatever order they are added in."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import docx
import pytest

from corpus.settings import Settings
from index.filters import RecommendationFilters
from index.library import Library

REVIEW = Path(__file__).parents[1] / "corpus" / "reviews"
HEADS = (
    "Recommendation and recommending State",
    "Position of the State under review",
    "Human rights themes and groups of persons",
    "Relevant SDGs",
)
SHELTERS = (
    "6.1 Build safe shelters for women in every district (Chile) (Peru);\n"
    "Source of Position: A/HRC/59/7 - Para.6"
)
ROWS = (
    ("Theme: Right to housing",),
    (
        SHELTERS,
        "Supported",
        "- Housing\n- Violence against women\nGroups of Persons:\n- Women",
        "- 5 - GENDER EQUALITY\n- 11 - SUSTAINABLE CITIES AND COMMUNITIES",
    ),
    (
        "7.2 Close the old prison and publish the reports of inspectors (France);\n"
        "Source of Position: A/HRC/59/7/Add.1 - Para.3",
        "Noted",
        "- Detention",
        "- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS",
    ),
    ("Theme: Gender",),
    (SHELTERS, "Supported", "- Gender equality", "- 5 - GENDER EQUALITY"),
)


@pytest.fixture
def papers(tmp_path: Path) -> tuple[Path, ...]:
    document = docx.Document()
    document.add_paragraph("UPR of Bhutan (4th Cycle – 48th session)")
    table = document.add_table(rows=0, cols=4)
    for cells in (HEADS, *ROWS):
        row = table.add_row()
        if len(cells) == 1:
            row.cells[0].merge(row.cells[3]).text = cells[0]
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text
    document.save(str(tmp_path / "matrix.docx"))
    names = ("report", "addendum", "corrigendum")
    return (*(REVIEW / f"{name}-2025.txt" for name in names), tmp_path / "matrix.docx")


def test_documents_of_a_review_give_the_same_rows_in_any_order(
    papers: tuple[Path, ...], tmp_path: Path
) -> None:
    seen = {}
    for order in list(permutations(papers))[::5]:
        home = tmp_path / "-".join(path.stem for path in order)
        with Library.open(Settings(home=home, workers=1, starter=False)) as library:
            for path in order:
                assert [added.error for added in library.add([path])] == [None]
            rows = library.recommendations(RecommendationFilters()).recommendations
        seen[order] = [(r.number, str(r.position), r.text, r.document, r.history, r.conflicts) for r in rows]
    wanted = seen[papers]
    assert len(seen) == 5
    assert [(number, position) for number, position, *_ in wanted] == [
        ("6.1", "supported"),
        ("6.2", "supported"),
        ("7.1", "noted"),
        ("7.2", "noted"),
        ("7.3", "partially_supported"),
        ("8.1", "noted"),
    ]
    assert [order for order, rows in seen.items() if rows != wanted] == []
