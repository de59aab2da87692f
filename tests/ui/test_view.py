"""The view of the recommendations page and its address are one and the same."""

from hypothesis import given
from hypothesis import strategies as st

from index.filters import Order, RecommendationFilters
from ui.pages.view import View, address, parse

words = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(
    lambda text: text.strip() == text and text
)


@given(
    st.lists(words, max_size=3, unique=True), st.lists(st.integers(1, 5), max_size=3, unique=True), words,
    st.sampled_from(list(Order)), st.booleans(), st.integers(0, 400),
)  # fmt: skip
def test_an_address_says_the_whole_view(
    themes: list[str], cycles: list[int], text: str, order: Order, descending: bool, page: int
) -> None:
    filters = RecommendationFilters(theme=tuple(themes), cycle=tuple(cycles), text=(text,))
    view = View(filters, order, descending, page)
    assert parse(address(view)) == view


@given(st.text(max_size=200))
def test_any_address_is_some_view(query: str) -> None:
    view = parse(query)
    assert view.page >= 0
    assert parse(address(view)) == view


def test_what_cannot_be_a_value_is_left_out() -> None:
    view = parse("?cycle=x&cycle=3&page=-1&order=shoe&nothing=1")
    assert view == View(RecommendationFilters(cycle=(3,)))
