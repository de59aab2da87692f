"""What people type finds the filter's value, or an error that names the nearest."""

import pytest

from corpus.tag.taxonomy import EntryKind
from index.filters import Facet
from ui.errors import UnknownValue
from ui.words import facet_of, position_of, recommendation_filters, sdg_of, state_of, tag_of


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Slovenia", "SVN"), ("Словения", "SVN"), ("斯洛文尼亚", "SVN"), ("سلوفينيا", "SVN"), ("Slovénie", "SVN"),
     ("Eslovenia", "SVN"), ("svn", "SVN")],
)  # fmt: skip
def test_a_state_is_known_by_its_name_in_six_languages(word: str, expected: str) -> None:
    assert state_of(word) == expected


def test_a_misspelt_state_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownValue, match=r"'Slovania' is no State\. Did you mean .*Slovenia"):
        state_of("Slovania")


def test_an_ambiguous_state_is_asked_back() -> None:
    with pytest.raises(UnknownValue, match=r"KOR.*PRK"):
        state_of("Korea")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("accepted", "supported"), ("Rejected", "noted"), ("noted", "noted"), ("pending", "pending")],
)
def test_positions_answer_to_what_people_say(word: str, expected: str) -> None:
    assert position_of(word) == expected


def test_themes_are_known_by_id_and_by_their_name_in_another_language() -> None:
    assert tag_of(EntryKind.THEME, "women's rights") == tag_of(EntryKind.THEME, "Women's rights")
    with pytest.raises(UnknownValue, match="is no theme"):
        tag_of(EntryKind.THEME, "quantum gravity")


@pytest.mark.parametrize(
    ("word", "expected"), [("16", "16"), ("SDG 16", "16"), ("16.3", "16.3"), ("5.a", "5.a")]
)
def test_goals_and_targets(word: str, expected: str) -> None:
    assert sdg_of(word) == expected


@pytest.mark.parametrize("word", ["18", "16.99", "", "sixteen"])
def test_what_is_no_goal_is_refused(word: str) -> None:
    with pytest.raises(UnknownValue, match="no goal"):
        sdg_of(word)


def test_facets_answer_to_the_names_of_the_fields() -> None:
    assert facet_of("by") is Facet.RECOMMENDER
    assert facet_of("theme") is Facet.THEME


def test_filters_keep_each_value_once_in_order() -> None:
    filters = recommendation_filters(state=["Slovenia", "SVN", "Fiji"], cycle=["2"], sdg=["16.3"], text="  ")
    assert filters.state == ("SVN", "FJI")
    assert filters.cycle == (2,)
    assert filters.text == ()
