"""Which recommendations a line of numbers names, and the reasons that stand under it."""

import pytest

from assistant.run.reasons import numbers

HEADS = [
    ("140.1-6", "140.1 140.2 140.3 140.4 140.5 140.6"),
    ("140.82-85, 87", "140.82 140.83 140.84 140.85 140.87"),
    ("122.14– 15", "122.14 122.15"),
    ("140.118-119", "140.118 140.119"),
    ("140.120, 209", "140.120 140.209"),
    ("12", ""),
]


@pytest.mark.parametrize(("head", "expected"), HEADS, ids=[row[0] for row in HEADS])
def test_spans_and_lists_of_numbers_are_filled_in(head: str, expected: str) -> None:
    assert numbers(head) == frozenset(expected.split())
