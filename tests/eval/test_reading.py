"""Reading measured against people's reading of real reports; floors are the project's promise."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Position
from corpus.parse import parse
from eval import reading
from eval.model import SuiteResult
from eval.pages import is_on_page, letters
from eval.printed import print_reports

SAMPLE = (  # a report of each layout: first and second cycle, joined recommendations, misprints, footnotes
    "peru2008.pdf",
    "bahamas2009.pdf",
    "israel2009.pdf",
    "kazakhstan2010.pdf",
    "turkey2010.pdf",
    "estonia2011.pdf",
    "honduras2011.pdf",
    "niger2011.pdf",
    "philippines2012.pdf",
    "colombia2013.pdf",
    "cambodia2014.pdf",
    "slovenia2014.pdf",
)
FLOORS = {
    "recall": 0.999, "precision": 0.999, "position": 0.995, "states": 0.98, "states_exact": 0.98, "page": 0.999,
    "paragraph_number": 0.99,
}  # fmt: skip


def _meets(found: SuiteResult) -> None:
    short = {
        name: found.metrics[name].value for name, floor in FLOORS.items() if found.metrics[name].value < floor
    }
    assert not short, [(case.id, case.error or case.scores) for case in found.cases]


@pytest.mark.realdata
def test_a_sample_of_reports_is_read_as_people_read_them(data_folder: Path) -> None:
    found = reading.measure(reading.real_cases(data_folder, SAMPLE))
    assert len(found.cases) == len(SAMPLE)
    _meets(found)


@pytest.mark.realdata
@pytest.mark.slow
def test_all_reports_are_read_as_people_read_them(data_folder: Path) -> None:
    found = reading.measure(reading.real_cases(data_folder))
    assert len(found.cases) == 97
    _meets(found)


def test_the_starter_corpus_printed_as_reports_is_read_whole(tmp_path: Path) -> None:
    found = reading.measure(reading.printed_cases(tmp_path))
    assert len(found.cases) == 12
    _meets(found)


def test_a_printed_report_has_every_recommendation_on_its_page(tmp_path: Path) -> None:
    for printed in print_reports(tmp_path):
        pages = printed.path.read_text(encoding="utf-8").split("\f")
        assert all(f"\n{line.number}. " in pages[line.page - 1] for line in printed.lines)


def test_a_text_is_looked_for_on_its_page_and_over_its_end() -> None:
    pages = (
        letters("Head 12. The delegation spoke of safe"),
        letters("Foot 3 Head housing and of clean water, at length"),
    )
    text = "12. The delegation spoke of safe housing and of clean water"
    assert is_on_page(pages, 1, text)
    assert not is_on_page(pages, 2, text)
    assert not is_on_page(pages, 3, text)
    assert not is_on_page(pages, 1, "13. The delegation spoke of safe housing and of clean water")


# cycle -> (report's file, recommendations, supported, pending)
SLOVENIA = {
    1: ("cycle-1/g1012049.pdf", 97, 0, 97),
    2: ("cycle-2/g1423930.pdf", 163, 0, 163),
    3: ("cycle-3/g1934994.pdf", 215, 58, 157),
    4: ("cycle-4/g2502644.pdf", 254, 0, 254),
}


@pytest.mark.realdata
@pytest.mark.parametrize("cycle", SLOVENIA)
def test_the_reports_of_four_cycles_are_read_whole(data_folder: Path, cycle: int) -> None:
    name, total, supported, pending = SLOVENIA[cycle]
    document = parse(data_folder / "slovenia" / name)
    found = document.recommendations
    assert len(found) == len({r.number for r in found}) == total
    assert sum(r.position is Position.SUPPORTED for r in found) == supported
    assert sum(r.position is Position.PENDING for r in found) == pending
    assert {r.state for r in found} == {"SVN"}
    assert {r.cycle for r in found} == {cycle}
    assert all(r.recommenders and r.page for r in found)
    assert all(document.text[r.start : r.end] == r.text for r in found)
    assert document.problems == ()


def test_a_number_of_the_truth_is_the_pages_own() -> None:
    assert reading._number("64.1   To read (Chile);") == "64.1"
    assert reading._number("97.55. To read") == "97.55"
    assert reading._number("52.2.4 To read") == "52.2"
    assert reading._number("108.91.1 108.92 To read") == "108.92"
    assert reading._number("89. To read") is None


def test_slips_cover_numbers_ranges_and_lists() -> None:
    assert reading._covers("97.46-97.61", "97.50")
    assert not reading._covers("97.46-97.61", "97.62")
    assert reading._covers("82.*", "82.7")
    assert not reading._covers("82.*", "83.7")
    assert not reading._covers("82.1", "82.10")
