"""Exact and approximate neighbours agree."""

import numpy as np
import pytest

from index.filters import SearchFilters
from index.library import Library
from index.matrix import Matrix, best
from index.schema import Scope
from tests.factories import many


@pytest.fixture
def filled(library: Library) -> Library:
    library.add_documents(many(["SVN", "KHM", "FJI", "FRA"], 25))
    return library


def nearest(library: Library, filters: SearchFilters, k: int = 10):
    vector = library._parts.embed_query("water in Cambodia")
    with library._engine.connect() as connection:
        return library._neighbours.find(connection, 1, Scope.RECOMMENDATIONS, vector, filters, k)


@pytest.mark.parametrize(
    "filters", [SearchFilters(), SearchFilters(state=("KHM",)), SearchFilters(cycle=(3,))], ids=str
)
def test_all_ways_find_the_same(filled: Library, filters: SearchFilters, monkeypatch: pytest.MonkeyPatch):
    exact = nearest(filled, filters)
    filled._neighbours.forget()
    filled._vectors.open()
    monkeypatch.setattr("index.neighbours.EXACT", 5)
    by_chroma = nearest(filled, filters)
    assert [unit for unit, _ in by_chroma] == [unit for unit, _ in exact]
    assert [score for _, score in by_chroma] == pytest.approx([score for _, score in exact], abs=2e-3)


def test_chroma_widens_until_enough_pass_the_filter(filled: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.neighbours.EXACT", 5)
    filled._vectors.open()
    assert len(nearest(filled, SearchFilters(state=("FJI",)), 25)) == 25


def test_a_broken_chroma_is_told_and_searching_goes_on(filled: Library, monkeypatch, caplog):
    exact = nearest(filled, SearchFilters())
    filled._vectors.open()

    def broken(*_):
        from index.errors import StoreFailed

        raise StoreFailed("The graph is damaged.")

    monkeypatch.setattr(filled._vectors, "nearest", broken)
    assert [unit for unit, _ in nearest(filled, SearchFilters())] == [unit for unit, _ in exact]
    assert "The graph is damaged." in caplog.text


def test_what_is_added_later_is_found_without_reading_all_again(filled: Library):
    assert len(nearest(filled, SearchFilters(), 200)) == 100
    filled.add_documents(many(["NOR"], 30, first=50))
    assert len(nearest(filled, SearchFilters(), 200)) == 130


def test_best_keeps_the_order_of_ties():
    scores = np.array([0.5, 0.9, 0.9, 0.1, 0.9], np.float32)
    assert best(scores, 2).tolist() == [1, 2]
    assert best(scores, 9).tolist() == [1, 2, 4, 0, 3]


def test_an_unknown_id_is_as_far_as_can_be():
    matrix = Matrix(Scope.PARAGRAPHS, "m", np.array([3, 5]), np.eye(2, dtype=np.float16))
    found = matrix.similarities(np.array([1, 0], np.float32), np.array([5, 4, 3, 9]))
    assert found.tolist() == [0.0, -1.0, 1.0, -1.0]
