"""Nothing of a document or an answer runs in the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from ui.answer_text import plain
from ui.pages.markup import answer_html, highlighted


def test_markers_of_known_citations_become_buttons_others_stay_text() -> None:
    html = str(answer_html("Two rows. [1] [7]", {1: "rows"}, "Open source"))
    assert 'data-n="1"' in html
    assert 'aria-label="Open source 1"' in html
    assert 'data-n="7"' not in html
    assert "[7]" in html


def test_tables_and_emphasis_are_rendered() -> None:
    html = str(answer_html("**2** rows\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", {}, "x"))
    assert "<strong>2</strong>" in html
    assert ">1</td>" in html


def test_a_list_of_recommendations_is_wide_and_a_table_of_counts_is_not() -> None:
    rows = "| No. | Text | By | |\n|---|---|---|---|\n| 6.1 | Do | Chile | [1] |\n"
    listed = str(answer_html(rows, {1: ""}, "x"))
    assert '<table class="wide">' in listed
    assert 'data-label="By">Chile' in listed
    rows = "| Position | Rows | | |\n|---|---|---|---|\n| noted | 3 | | [1] |\n"
    counted = str(answer_html(rows, {1: ""}, "x"))
    assert "<table>" in counted
    assert counted.count("<td") == 3
    assert '<td class="n" dir="auto" data-label="Rows">3</td>' in counted


QUOTES = [
    "A *first* and a _second_ matter",
    "See note [1] and [2] of the annex",
    "Costs | benefits, `as such`",
    "<b>bold</b> & [a link](javascript:x) ![x](y)",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_quoted_words_stand_as_they_are(quote: str) -> None:
    in_cell = quote.replace("|", "\\|")
    for written in (
        f"It says: “{quote}” [1]",
        f"| No. | Text | |\n|---|---|---|\n| 1 | “{in_cell}” | [1] |\n",
    ):
        html = answer_html(written, {1: quote}, "x")
        assert f"“{escape(quote)}”" in html
        assert html.count("<button") == 1
        assert f"“{quote}”" in plain(written, [quote])


@given(st.text(alphabet=st.sampled_from("<>\"'&[]()!scriptonerror=javascript:aimg /\n`*_|-1"), max_size=80))
def test_no_markup_of_a_text_survives(text: str) -> None:
    html = str(answer_html(text, {}, "x")).lower()
    for forbidden in ("<script", "<img", "<a ", "<iframe", "<svg", "<input"):
        assert forbidden not in html


def test_the_quoted_words_are_marked_and_the_rest_escaped() -> None:
    assert highlighted("a <b> c", 2, 5) == "a <mark>&lt;b&gt;</mark> c"
    assert highlighted("a <b>", -1, -1) == "a &lt;b&gt;"


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50))
def test_marking_never_loses_a_character(text: str, start: int, end: int) -> None:
    assert highlighted(text, start, end).replace("<mark>", "").replace("</mark>", "").unescape() == text
