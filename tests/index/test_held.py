"""Rows that were read stay at hand until what is visible changes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from corpus.model import Document
from corpus.settings import Settings
from index import held
from index.filters import RecommendationFilters
from index.library import Library
from tests.factories import Rec, document

WANTED = RecommendationFilters(state=("SVN",))


def _report(symbol: str, number: str, cycle: int) -> Document:
    return document(
        symbol, [("1", "Words.")], state="SVN", cycle=cycle, recs=[Rec(number, "Keep schools open", ("NOR",))]
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(Settings(home=tmp_path, workers=1, starter=False)) as opened:
        opened.add_documents([_report("A/HRC/90/1", "6.1", 3)])
        yield opened


def test_what_is_asked_again_is_not_read_again_and_what_is_added_is_seen(library: Library) -> None:
    first = library.recommendations(WANTED)
    asked: list[str] = []
    event.listen(library._engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    assert library.recommendations(WANTED) is first
    assert not [said for said in asked if "FROM recommendations" in said]
    library.add_documents([_report("A/HRC/95/2", "7.1", 4)])
    assert [rec.number for rec in library.recommendations(WANTED).recommendations] == ["6.1", "7.1"]
    assert library.remove("A/HRC/90/1")
    assert [rec.number for rec in library.recommendations(WANTED).recommendations] == ["7.1"]


def test_another_process_is_heeded(library: Library) -> None:
    assert library.recommendations(WANTED).total == 1
    with Library.open(library.settings) as other:
        other.add_documents([_report("A/HRC/95/2", "7.1", 4)])
    assert library.recommendations(WANTED).total == 2


def test_no_more_is_held_than_memory_allows(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_MOST", 4)
    for number in range(6):
        library.recommendations(WANTED, offset=0, limit=number + 1)
    assert len(library._rows._held) == 2
    assert library.recommendations(WANTED, offset=0, limit=6) is library.recommendations(
        WANTED, offset=0, limit=6
    )


def test_words_are_the_stored_ones(library: Library) -> None:
    text = library.document("A/HRC/90/1").text
    assert library.words("A/HRC/90/1", 0, 5) == text[:5]
    assert library.words("A/HRC/90/1", len(text) - 2, len(text) + 50) == text[-2:]
