"""Fusion of rankings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.rank import fuse

rankings = st.lists(st.lists(st.integers(0, 20), max_size=12), max_size=4)


def test_a_key_that_both_rankings_put_high_wins() -> None:
    fused = fuse([["a", "b", "c"], ["b", "d", "a"]])
    assert [key for key, _ in fused] == ["b", "a", "d", "c"]


def test_first_everywhere_scores_one() -> None:
    assert fuse([["a", "b"], ["a", "c"]])[0] == ("a", pytest.approx(1.0))


def test_a_weight_decides_between_rankings() -> None:
    assert fuse([["a"], ["b"]], [1.0, 2.0])[0][0] == "b"
    assert fuse([["a"], ["b"]], [2.0, 1.0])[0][0] == "a"


def test_a_ranking_of_weight_zero_only_appends() -> None:
    assert [key for key, _ in fuse([["a", "b"], ["c", "b"]], [1.0, 0.0])] == ["a", "b", "c"]


def test_ties_keep_the_order_of_the_first_ranking() -> None:
    assert [key for key, _ in fuse([["a"], ["b"], ["c"]])] == ["a", "b", "c"]


def test_a_repeated_key_counts_once_at_its_first_place() -> None:
    assert fuse([["a", "b", "a", "a"]]) == fuse([["a", "b"]])


def test_nothing_to_rank_gives_nothing() -> None:
    assert fuse([]) == []
    assert fuse([[], []]) == []


def test_weights_must_match_rankings() -> None:
    with pytest.raises(ValueError, match="2 rankings need as many weights, not 1"):
        fuse([["a"], ["b"]], [1.0])


@given(rankings)
def test_every_key_comes_back_once_best_first_within_zero_and_one(given_rankings: list[list[int]]) -> None:
    fused = fuse(given_rankings)
    keys = [key for key, _ in fused]
    scores = [score for _, score in fused]
    assert sorted(keys) == sorted({key for ranking in given_rankings for key in ranking})
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 + 1e-9 for score in scores)


@given(st.lists(st.integers(), unique=True, max_size=15))
def test_one_ranking_keeps_its_order(ranking: list[int]) -> None:
    assert [key for key, _ in fuse([ranking])] == ranking
