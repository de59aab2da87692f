"""The whole way from a file to a Document."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError, EmptyDocument
from corpus.model import Document, Kind
from corpus.parse import parse


def _holds(document: Document) -> None:
    for paragraph in document.paragraphs:
        assert document.text[paragraph.start : paragraph.end] == paragraph.text
        assert paragraph.text.strip()
        assert (paragraph.page is None) == (document.pages is None)
        assert paragraph.page is None or 1 <= paragraph.page <= (document.pages or 0)
    for recommendation in document.recommendations:
        assert document.text[recommendation.start : recommendation.end] == recommendation.text
    for amount in document.amounts:
        assert amount.start < amount.end <= len(document.text)


RESOLUTION = """United Nations A/HRC/RES/77/5
General Assembly
Distr.: General
4 May 2030
Original: English

Human Rights Council

Resolution adopted by the Human Rights Council

77/5 A fund for small States

The Human Rights Council,

Recalling its earlier decisions on the matter of small States,

Noting that some of them need help,

1. Decides to set up a fund;

2. Requests the Secretary-General:

(a) To name a board;

(b) To report each year.
"""


def test_a_resolution_has_its_preamble_and_its_operative_paragraphs(make_text):
    document = parse(make_text(RESOLUTION))
    _holds(document)
    assert (document.key, document.kind, document.date) == ("A/HRC/RES/77/5", Kind.RESOLUTION, "2030-05-04")
    assert "77/5 A fund for small States" in document.title
    assert [(p.number, p.text) for p in document.paragraphs] == [
        (None, "The Human Rights Council,"),
        (None, "Recalling its earlier decisions on the matter of small States,"),
        (None, "Noting that some of them need help,"),
        ("1", "Decides to set up a fund;"),
        ("2", "Requests the Secretary-General:"),
        ("2 (a)", "To name a board;"),
        ("2 (b)", "To report each year."),
    ]


def test_annexes_of_a_printed_document_and_their_pages(make_pdf):
    column = "words that fill the whole column of the page from its left to its right end"
    document = parse(
        make_pdf(
            [
                (113, 740, "I. Background", 14, "B"),
                (113, 710, "1. " + column, 10),
                (113, 698, "and end.", 10),
            ],
            [
                (113, 740, "Annex II", 14, "B"),
                (113, 710, "1. A paragraph of the annex, with " + column[:40], 10),
            ],
        )
    )
    _holds(document)
    assert [(p.number, p.page, p.heading) for p in document.paragraphs] == [
        ("1", 1, ("I. Background",)),
        ("Annex II, 1", 2, ("Annex II",)),
    ]


def test_text_from_right_to_left_and_mixed_languages(make_text):
    document = parse(
        make_text(
            "1- قررت اللجنة أن توصي الدولة باتخاذ التدابير اللازمة.\n\n2- تقرير A/HRC/26/16 لعام 2014 (Egypt).\n"
        )
    )
    _holds(document)
    assert [p.number for p in document.paragraphs] == ["1", "2"]


def test_a_folder_of_good_and_bad_files_gives_one_error_each(tmp_path: Path):
    (tmp_path / "bad.pdf").write_bytes(b"")
    (tmp_path / "good.pdf").write_text(RESOLUTION)
    assert parse(tmp_path / "good.pdf").symbol == "A/HRC/RES/77/5"
    with pytest.raises(EmptyDocument, match=r"bad\.pdf"):
        parse(tmp_path / "bad.pdf")


PIECES = st.sampled_from(
    ["United Nations A/HRC/26/16", "Distr.: General", "Original: English", "Human Rights Council", "118. They were made:", "118.1 Ratify it (Chad);",
     "Report of the Working Group on the Universal Periodic Review", "Addendum", "Cambodia", "Table 1", "(US dollars)", "Chad 12 500",
     "1. Ratify (Peru); 2. Adopt (Chad).", "II. Conclusions and/or recommendations", "The following enjoy the support of Cambodia:", "Annex", "表 1", "(美元)"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(PIECES, max_size=25).map("\n\n".join),
        st.lists(PIECES, max_size=25).map("\n".join),
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_parsed_or_refused(tmp_path, text):
    path = tmp_path / "given.txt"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        document = parse(path)
    except CorpusError as error:
        refused = error.message
        assert "given.txt" in refused
    else:
        _holds(document)
        assert document.key


@pytest.mark.realdata
def test_offsets_and_counts_hold_in_every_real_document(data_folder: Path):
    paths = [
        path
        for folder in ("wg-reports", "slovenia", "ohchr-matrices", "fund-report")
        for path in sorted((data_folder / folder).rglob("*"))
        if path.is_file()
    ]
    assert len(paths) > 140
    for path in paths:
        document = parse(path)
        _holds(document)
        if document.kind is Kind.UPR_OUTCOME:
            numbers = {
                int(p.number) for p in document.paragraphs if p.number and re.fullmatch(r"\d+", p.number)
            }
            assert (path.name, sorted(set(range(1, max(numbers) + 1)) - numbers)) == (path.name, [])
            assert document.state
            assert document.cycle
