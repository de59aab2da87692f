"""Numbers of recommendations: single, ranges, lists, and what is no number."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import numbering

RUNS = {
    "118.1, 118.3 and 118.4": [("118.1", "118.3", "118.4")],
    "118.4 to 118.6": [("118.4", "118.5", "118.6")],
    "118.4–6": [("118.4", "118.5", "118.6")],
    "122.34- 35": [("122.34", "122.35")],
    "122.1,122.2, 122.62-\n64": [("122.1", "122.2", "122.62", "122.63", "122.64")],
    "140.120, 122": [("140.120", "140.122")],
    "140.35. 140.36, 140.39.": [("140.35", "140.36", "140.39")],
    "1–3, 14–\n16 and 20": [("1", "2", "3", "14", "15", "16", "20")],
    "33., 34., 35. The": [("33", "34", "35")],
    "79 (1), 79 (14)": [("79.1", "79.14")],
    "Nos. 1-3 and No. 9": [("1", "2", "3", "9")],
    "建议118.4至118.5、118.12和118.13": [("118.4", "118.5", "118.12", "118.13")],
    "118.1 و118.3 إلى 118.4": [("118.1", "118.3", "118.4")],
    "99.9% of 5.5 per cent": [],
    "4 May 2014, 142 recommendations": [],
    "5. 122.2": [("5",), ("122.2",)],
}


@pytest.mark.parametrize(("text", "wanted"), RUNS.items(), ids=RUNS.keys())
def test_runs(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert [run.numbers for run in numbering.find(text)] == wanted


def test_natural_order_counts_as_people_do() -> None:
    assert sorted(["6.10", "6.9", "77.1", "UI-5-2", "6.9bis", "6.9"], key=numbering.natural) == [
        "6.9", "6.9", "6.9bis", "6.10", "77.1", "UI-5-2",
    ]  # fmt: skip


def test_a_range_never_explodes() -> None:
    assert numbering.expand("1.1", "1.999") == ("1.1", "1.999")
    assert numbering.expand("1.9", "1.3") == ("1.9", "1.3")


@given(st.integers(1, 200), st.integers(1, 300), st.integers(0, 90))
def test_ranges_are_written_out_whole(base: int, first: int, length: int) -> None:
    (run,) = numbering.find(f"{base}.{first} to {base}.{first + length + 1}")
    assert run.numbers == tuple(f"{base}.{n}" for n in range(first, first + length + 2))


@given(st.text(alphabet="0123456789.,-– ()toand\n建议", max_size=80))
def test_runs_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    runs = numbering.find(text)
    assert all(0 <= r.start < r.end <= len(text) and r.numbers for r in runs)
    assert all(a.end <= b.start for a, b in pairwise(runs))
