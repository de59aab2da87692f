"""The starter corpus against the documents that it digests, where they are at hand."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from corpus import starter, states
from corpus.load import load
from corpus.parse import parse
from corpus.starter import check
from corpus.starter.markdown import blocks, split
from corpus.starter.recommendations import lines

pytestmark = pytest.mark.realdata

REPORTS = {
    "argentina-cycle-2": "wg-reports/argentina2012.pdf",
    "cabo-verde-cycle-2": "wg-reports/capeverde2013.pdf",
    "cambodia-cycle-2": "wg-reports/cambodia2014.pdf",
    "costa-rica-cycle-2": "wg-reports/costarica2014.pdf",
    "fiji-cycle-2": "wg-reports/fiji2014.pdf",
    "jamaica-cycle-1": "wg-reports/jamaica2011.pdf",
    "mongolia-cycle-1": "wg-reports/mongolia2011.pdf",
    "niger-cycle-1": "wg-reports/niger2011.pdf",
    "paraguay-cycle-1": "wg-reports/paraguay2011.pdf",
    "slovenia-cycle-3": "slovenia/cycle-3/g1934994.pdf",
    "slovenia-cycle-4": "slovenia/cycle-4/g2502644.pdf",
    "uruguay-cycle-2": "wg-reports/uruguay2014.pdf",
}
ADDENDA = {
    "slovenia-cycle-3": "slovenia/cycle-3/g2004192.pdf",
    "slovenia-cycle-4": "slovenia/cycle-4/g2505828.pdf",
}
# Symbols that a basis names, where the document is at hand
BASES = {
    "A/HRC/14/37": "slovenia/cycle-1/g1217781.pdf",
    "A/HRC/26/16": "wg-reports/cambodia2014.pdf",
    "A/HRC/28/2": "slovenia/cycle-2/g1913313.pdf",
    "A/HRC/43/2": "slovenia/cycle-3/g2110341.pdf",
    "A/HRC/43/15/Add.1": "slovenia/cycle-3/g2004192.pdf",
    "A/HRC/59/15/Add.1": "slovenia/cycle-4/g2505828.pdf",
    "A/HRC/DEC/59/112": "slovenia/cycle-4/g2511026.pdf",
}
# Where people's reading in wg-reports-truth.csv and ours differ, and the page shows ours to be right
SLIPS = {
    "argentina-cycle-2": {
        ("99.25", "MDA"),
        ("99.27", "TTO"),
        ("99.64", "LBY"),
    },  # named in mid-sentence, or missed
    "cambodia-cycle-2": {("118.109", "CZE"), ("118.09", "CZE")},  # misprinted number
    "jamaica-cycle-1": {("99.17", "MDA")},  # named in a footnote of another recommendation
}
FILES = {path.stem: path for path in starter.files()}


def test_every_outcome_is_compared() -> None:
    assert set(REPORTS) == {path.stem for path in starter.files() if path.parent.name == "outcomes"}


@pytest.mark.parametrize("stem", sorted(REPORTS))
def test_an_outcome_is_true_to_its_report(stem: str, data_folder: Path) -> None:
    report = parse(data_folder / REPORTS[stem])
    path = FILES[stem]
    meta, body = split(path)
    assert (meta["symbol"], meta["state"], meta["cycle"], meta["pages"], meta["date"]) == (
        report.symbol,
        report.state,
        report.cycle,
        report.pages,
        report.date,
    )
    assert check.source_problems(path, report) == []
    texts = [block.text for block in blocks(path, body) if block.basis is None]
    assert check.figure_problems(texts, report.text) == []


@pytest.mark.parametrize("stem", sorted(ADDENDA))
def test_final_positions_are_those_of_the_addendum(stem: str, data_folder: Path) -> None:
    stated = {each.number: each.position for each in parse(data_folder / ADDENDA[stem]).positions}
    ours = {
        line.number: line.position for line in lines(FILES[stem].with_suffix(".csv")) if line.number in stated
    }
    assert ours == stated


@pytest.mark.parametrize("stem", sorted(stem for stem, path in REPORTS.items() if path.startswith("wg-")))
def test_states_are_those_that_people_read(stem: str, data_folder: Path) -> None:
    name = Path(REPORTS[stem]).name
    people = set()
    with (data_folder / "wg-reports-truth.csv").open(encoding="utf-8", newline="") as stream:
        for each in csv.DictReader(stream):
            number = re.match(r"\W*(\d+\.\d+)", each["text"]) if each["file"] == name else None
            if number:
                people.add((number[1], states.resolve(each["recommending_state"])))
    ours = {
        (line.number, code) for line in lines(FILES[stem].with_suffix(".csv")) for code in line.recommenders
    }
    assert people
    assert ours ^ people == SLIPS.get(stem, set())


def test_every_figure_of_the_fund_digest_is_in_the_report(data_folder: Path) -> None:
    source = next((data_folder / "fund-report").glob("*.txt")).read_text(encoding="utf-8")
    path = FILES["fund-report-2018"]
    found = list(blocks(path, split(path)[1]))
    texts = [block.text for block in found if block.basis is None]
    values = [str(abs(row.value)) for block in found for row in block.rows if row.value]
    assert len(values) == 53
    assert check.figure_problems([*texts, *values], source) == []


def test_figures_read_elsewhere_are_in_the_document_that_the_basis_names(data_folder: Path) -> None:
    texts: dict[str, str] = {}
    compared: Counter[str] = Counter()
    for path in starter.files():
        for block in blocks(path, split(path)[1]):
            named = [
                symbol for symbol in BASES if re.search(rf"{re.escape(symbol)}(?![\d/])", block.basis or "")
            ]
            if len(named) != 1 or ";" in (block.basis or ""):
                continue
            symbol = named[0]
            if symbol not in texts:
                texts[symbol] = " ".join(load(data_folder / BASES[symbol]).pages)
            assert check.figure_problems([block.text], texts[symbol]) == [], block.text
            compared[symbol] += 1
    assert sum(compared.values()) >= 8
