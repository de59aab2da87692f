"""The starter corpus: every digest is in its form, and the checker sees what is not."""

import re
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import starter
from corpus.model import Document, Kind, Position
from corpus.starter import StarterError, check
from corpus.starter.markdown import blocks, split
from corpus.starter.recommendations import COLUMNS

DOCUMENTS = tuple(starter.documents())
BY_KEY = {document.key: document for document in DOCUMENTS}
FUND = BY_KEY["voluntary-fund-report-2018"]

FRONT = """+++
key = "A/HRC/99/1"
symbol = "A/HRC/99/1"
title = "An invented report"
kind = "{kind}"
language = "en"
basis = "the report itself"
url = "https://docs.un.org/en/A/HRC/99/1"
state = "FRA"
cycle = 2
pages = 12
+++
"""


def write(folder: Path, body: str, *rows: str, kind: str = "upr_outcome") -> Path:
    """A digest file (and its CSV, where rows are given) in a folder."""
    path = folder / "invented.md"
    path.write_text(FRONT.format(kind=kind) + body, encoding="utf-8")
    if rows:
        path.with_suffix(".csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
    return path


def row(**cells: str) -> str:
    """A line of a CSV in good form, with some cells changed."""
    good = {
        "number": "10.1",
        "recommenders": "BRA;CHL",
        "position": "supported",
        "position_source": '"A/HRC/99/1, para. 10"',
        "position_at_review": "supported",
        "paragraph": "10",
        "page": "7",
        "digest": "Plant more trees.",
    }
    return ",".join({**good, **cells}.get(name, "") for name in COLUMNS)


@pytest.mark.parametrize("path", starter.files(), ids=lambda path: path.stem)
def test_every_digest_file_passes_the_checker(path: Path) -> None:
    assert check.form_problems(path) == []


def test_the_catalogue_passes_the_checker() -> None:
    assert check.catalogue_problems(starter.catalogue()) == []
    assert len(starter.catalogue()) > 500


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.key)
def test_offsets_index_the_text(document: Document) -> None:
    assert document.digest
    for paragraph in document.paragraphs:
        assert document.text[paragraph.start : paragraph.end] == paragraph.text
    for each in document.recommendations:
        assert document.text[each.start : each.end] == each.text
    for amount in document.amounts:
        assert f"{amount.value:,}" in document.text[amount.start : amount.end]


def test_keys_are_unique_and_reading_takes_less_than_a_second() -> None:
    began = time.perf_counter()
    documents = list(starter.documents())
    assert time.perf_counter() - began < 1
    assert len({document.key for document in documents}) == len(documents) == len(starter.files())


def test_the_fund_report_has_all_57_paragraphs_and_both_tables() -> None:
    numbers = [paragraph.number for paragraph in FUND.paragraphs]
    assert [n for n in numbers if n and n.isdigit()] == [str(n) for n in range(1, 58)]
    assert {"15 (a)", "15 (e)", "Table 1", "Table 2"} <= set(numbers)
    assert Counter(amount.paragraph for amount in FUND.amounts) == {"Table 1": 20, "Table 2": 35}


def test_table_1_adds_up_to_the_printed_balance() -> None:
    one = {amount.row: amount.value for amount in FUND.amounts if amount.paragraph == "Table 1"}
    spent = [
        amount.value
        for amount in FUND.amounts
        if amount.paragraph == "Table 1" and not amount.is_total and "costs" in amount.row
    ]
    others = (
        "Travel of representatives and participants",
        "Contractual services",
        "Equipment, vehicles and furniture",
    )
    assert sum(spent) + sum(one[name] for name in others) == one["Total expenditure"]
    assert (
        one["Opening balance at 1 January 2018"]
        + one["Net surplus of income over expenditure"]
        + one["Unpaid pledge of Singapore"]
        == one["Total balance of the Fund at 31 December 2018"]
    )


def test_who_gave_most_to_the_fund_can_be_computed() -> None:
    given: Counter[str] = Counter()
    for amount in FUND.amounts:
        if amount.paragraph == "Table 2" and amount.state and not amount.unpaid:
            given[amount.state] += int(amount.value)
    assert given.most_common(2) == [("NOR", 2_283_484), ("DEU", 1_212_511)]


def test_rows_of_table_2_differ_from_its_total_as_the_remark_says() -> None:
    rows = [amount for amount in FUND.amounts if amount.paragraph == "Table 2"]
    total = next(amount.value for amount in rows if amount.is_total)
    added = sum((amount.value for amount in rows if not amount.is_total), Decimal(0))
    remark = next(p.text for p in FUND.paragraphs if p.text.startswith("Remark on table 2"))
    assert (added, added - total) == (6_211_758, 600)
    assert f"{added:,}" in remark


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("A/HRC/26/16", {"supported": 171, "pending": 34}),
        ("A/HRC/16/5", {"supported": 126, "noted": 3}),
        ("A/HRC/43/15", {"supported": 182, "noted": 33}),
        ("A/HRC/59/15", {"supported": 217, "noted": 37}),
        ("A/HRC/22/4", {"supported": 89, "noted": 29}),
        ("A/HRC/27/12", {"supported": 5, "pending": 188}),
        ("A/HRC/28/8", {"supported": 98, "pending": 40}),
        ("A/HRC/16/14", {"supported": 76, "noted": 42, "pending": 3}),
        ("A/HRC/17/15", {"supported": 106, "noted": 6}),
        ("A/HRC/26/7", {"supported": 187, "noted": 1}),
        ("A/HRC/17/18", {"supported": 124}),
        ("A/HRC/24/5", {"supported": 123}),
    ],
)
def test_positions_of_an_outcome(key: str, expected: dict[str, int]) -> None:
    assert Counter(each.position.value for each in BY_KEY[key].recommendations) == expected


def test_a_later_position_keeps_the_one_at_review_in_its_history() -> None:
    later = next(each for each in BY_KEY["A/HRC/43/15"].recommendations if each.number == "122.2")
    assert [statement.position for statement in later.history] == [Position.PENDING, Position.NOTED]
    assert later.position_source is not None
    assert (later.position_source.symbol, later.position_source.paragraph) == ("A/HRC/43/15/Add.1", "5")
    database = next(each for each in BY_KEY["A/HRC/16/5"].recommendations if each.number == "86.1")
    assert database.position_source is not None
    assert (database.position_source.document, database.position_source.symbol) == ("UPR Info database", None)


def test_tags_of_the_matrix_come_along() -> None:
    tagged = BY_KEY["A/HRC/43/15"].recommendations
    assert all(each.tags is not None and each.tags.origin.startswith("OHCHR matrix") for each in tagged)
    assert all(each.tags is None for each in BY_KEY["A/HRC/59/15"].recommendations)


def test_a_digest_of_a_description_says_so_at_its_top() -> None:
    for document in DOCUMENTS:
        if document.kind in (Kind.RESOLUTION, Kind.DECISION):
            assert document.paragraphs[0].text.startswith("About this digest: ")
            assert re.search(r"\b(was|were)( not)? read\b", document.paragraphs[0].text)
            assert all("[Read in: " in paragraph.text for paragraph in document.paragraphs[1:])


def test_reads_an_outcome(tmp_path: Path) -> None:
    path = write(tmp_path, "# Part\n\n10. France supports it. {basis: a note}\n", row())
    document = starter.read(path)
    assert [paragraph.number for paragraph in document.paragraphs] == ["10", "10.1"]
    assert document.paragraphs[0].text == "France supports it. [Read in: a note.]"
    assert document.paragraphs[1].text == "10.1 Plant more trees. (Brazil, Chile)"
    assert document.recommendations[0].text == "Plant more trees."
    assert check.form_problems(path) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Just a line.\n", "is no heading, paragraph or table"),
        ("| a | b |\n", "before any 'Table n.' caption"),
        ("Table 1. Money\n\n| a | b |\n", "not a row of"),
        ("Table 1. Money\n\n| A | B | 2018 | much | USD | | |\n", "'much' is no amount"),
    ],
)
def test_a_line_out_of_form_is_named(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(StarterError, match=message):
        starter.read(write(tmp_path, body))


def test_front_matter_is_required(tmp_path: Path) -> None:
    path = tmp_path / "bare.md"
    path.write_text("# Heading\n", encoding="utf-8")
    with pytest.raises(StarterError, match="has no front matter"):
        starter.read(path)
    path.write_text("+++\nkey = 1 2\n+++\n", encoding="utf-8")
    with pytest.raises(StarterError, match="is not TOML"):
        starter.read(path)
    path.write_text('+++\nkey = "a"\ncolour = "red"\n+++\n', encoding="utf-8")
    with pytest.raises(StarterError, match=r"missing \['title'.*unknown \['colour'\]"):
        starter.read(path)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"recommenders": "BRA;XXX"}, "no State 'XXX'"),
        ({"recommenders": ""}, "no recommending State"),
        ({"number": "10.2"}, "10.2 stands where 10.1 should"),
        ({"digest": "No full stop"}, "a digest is a sentence of at most 20 words"),
        ({"digest": "word " * 20 + "end."}, "a digest is a sentence of at most 20 words"),
        ({"position_source": "hearsay"}, "'hearsay' is neither a symbol nor a known database"),
        ({"themes": "Trees"}, "tags and the one who tagged go together"),
        ({"sdgs": "18", "tagged_by": "someone"}, "no goal '18'"),
    ],
)
def test_the_checker_sees_a_wrong_line(tmp_path: Path, cells: dict[str, str], problem: str) -> None:
    assert any(
        problem in found for found in check.form_problems(write(tmp_path, "10. Text.\n", row(**cells)))
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("2. One.\n1. Two.\n", "not in order"),
        ("1. One.\n1. Two.\n", "stands twice"),
        ("1. No end\n", "does not end a sentence"),
        ("Table 1. Money\n", "Table 1 has no rows"),
    ],
)
def test_the_checker_sees_wrong_numbering(tmp_path: Path, body: str, problem: str) -> None:
    assert any(problem in found for found in check.form_problems(write(tmp_path, body, kind="fund_report")))


def test_an_outcome_needs_its_recommendations(tmp_path: Path) -> None:
    assert any("CSV of the same name" in found for found in check.form_problems(write(tmp_path, "1. One.\n")))


def test_an_unknown_position_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StarterError, match="'maybe' is not a valid Position"):
        starter.read(write(tmp_path, "1. One.\n", row(position="maybe")))


@pytest.mark.parametrize(
    ("digest", "source", "expected"),
    [
        (
            "Plant many more trees.",
            "The State should plant many more trees (Chile)",
            (4, "plant many more trees"),
        ),
        ("Ratify the Rome Statute soon.", "Please ratify the Rome Statute soon", (2, "ratify the")),
        ("Something else.", "Nothing alike", (0, "")),
        # a name in the middle interrupts the run
        (
            "Let all apply the Paris Principles to the letter.",
            "all apply the Paris Principles to the letter",
            (3, "all apply the"),
        ),
    ],
    ids=["run", "name", "none", "interrupted"],
)
def test_shared_runs_leave_names_aside(digest: str, source: str, expected: tuple[int, str]) -> None:
    assert check.shared_run(digest, source) == expected


def test_figures_of_a_digest_must_stand_in_the_source() -> None:
    assert check.figure_problems(["In 2018 it was 1,234."], "2018 年 1 234") == []
    assert check.figure_problems(["It was 1,235 dollars."], "1 234") == [
        "'1235' of 'It was 1,235 dollars.' is not in the source"
    ]


def test_digest_files_split_into_blocks() -> None:
    path = next(path for path in starter.files() if path.stem == "a-hrc-res-5-1")
    meta, body = split(path)
    found = list(blocks(path, body))
    assert meta["symbol"] == "A/HRC/RES/5/1"
    assert [block.number for block in found if block.number][:2] == ["Annex, 1", "Annex, 2"]
    assert all(block.basis for block in found)
