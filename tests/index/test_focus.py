"""Questions that name a State, headings, and long paragraphs among hits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.model import Kind
from corpus.settings import Settings
from index.library import Library
from tests.factories import document


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home: Path = tmp_path_factory.mktemp("focus")
    with Library.open(Settings(home=home, workers=1, starter=False)) as opened:
        # The same sentence in three reviews: only the document says whose prisons they are.
        told = [("8", "Prisons were crowded and the budget for them was raised.")]
        opened.add_documents(
            [document(f"A/HRC/95/{n}", told, state=state) for n, state in enumerate(("KHM", "ARG", "KEN"), 1)]
        )
        opened.add_documents(
            [
                document(
                    "A/HRC/96/1",
                    [
                        (None, "Prisons in Fiji"),
                        ("4", "In Fiji, staff of the prisons were trained with money of the fund. " * 60),
                        ("5", "Farmers in Fiji received seeds."),
                    ],
                    state=None,
                    cycle=None,
                    kind=Kind.FUND_REPORT,
                )
            ]
        )
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "prisons in Argentina",
        "prisons en Argentine",
        "cárceles de la Argentina",
        "السجون في الأرجنتين",
        "阿根廷的监狱",
    ],
)
def test_the_state_that_a_question_names_comes_first(library: Library, question: str) -> None:
    assert library.search(question, k=3)[0].key == "A/HRC/95/2"


def test_what_another_document_says_of_the_state_is_found_too(library: Library) -> None:
    hits = library.search("prisons in Fiji", k=3)
    assert (hits[0].key, hits[0].paragraph) == ("A/HRC/96/1", "4")


def test_a_heading_answers_nothing_and_comes_last(library: Library) -> None:
    hits = library.search("Prisons in Fiji", k=10)
    headings = [hit.text for hit in hits if hit.paragraph is None]
    assert headings == ["Prisons in Fiji"]
    assert hits[-1].text == "Prisons in Fiji"


def test_a_long_paragraph_is_shown_once(library: Library) -> None:
    places = [(hit.key, hit.paragraph) for hit in library.search("staff of prisons in Fiji trained", k=10)]
    assert len(places) == len(set(places))
    assert ("A/HRC/96/1", "4") in places
