"""Nothing of a document or an answer runs in the page."""

from hypothesis import given
from hypothesis import strategies as st

from ui.pages.markup import answer_html, highlighted


def test_markers_of_known_citations_become_buttons_others_stay_text() -> None:
    html = str(answer_html("Two rows. [1] [7]", frozenset({1}), "Open source"))
    assert 'data-n="1"' in html
    assert 'aria-label="Open source 1"' in html
    assert 'data-n="7"' not in html
    assert "[7]" in html


def test_tables_and_emphasis_are_rendered() -> None:
    html = str(answer_html("**2** rows\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", frozenset(), "x"))
    assert "<strong>2</strong>" in html
    assert ">1</td>" in html


@given(st.text(alphabet=st.sampled_from("<>\"'&[]()!scriptonerror=javascript:aimg /\n`*_|-1"), max_size=80))
def test_no_markup_of_a_text_survives(text: str) -> None:
    html = str(answer_html(text, frozenset(), "x")).lower()
    for forbidden in ("<script", "<img", "<a ", "<iframe", "<svg", "<input"):
        assert forbidden not in html


def test_the_quoted_words_are_marked_and_the_rest_escaped() -> None:
    assert highlighted("a <b> c", 2, 5) == "a <mark>&lt;b&gt;</mark> c"
    assert highlighted("a <b>", -1, -1) == "a &lt;b&gt;"


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50))
def test_marking_never_loses_a_character(text: str, start: int, end: int) -> None:
    assert highlighted(text, start, end).replace("<mark>", "").replace("</mark>", "").unescape() == text
