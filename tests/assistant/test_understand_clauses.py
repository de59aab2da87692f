"""Parts of a question that are read apart, regions, ranges, and topics no wider than what was written."""

import pytest

from assistant.plan import Decline, Intent
from assistant.understand import understand
from corpus.model import Position

# question, positions that filter, whether the split by position is asked
SECOND = [
    ("How many recommendations came from France to Kenya, and how many of those were noted?", "", True),
    ("Which recommendations did France make to Kenya and were any rejected?", "", True),
    ("Recommandations de la France au Kenya, et combien ont été acceptées ?", "", True),
    ("Which of the recommendations to Kenya by France were rejected?", "noted", False),
]


@pytest.mark.parametrize(("question", "positions", "split"), SECOND, ids=[row[0] for row in SECOND])
def test_a_second_question_on_positions_filters_nothing(question: str, positions: str, split: bool) -> None:
    plan = understand(question)
    assert plan.positions == tuple(Position(one) for one in positions.split())
    assert plan.split is split


def test_what_is_excepted_is_taken_out() -> None:
    plan = understand("Recommendations to Kenya by France, excluding those on torture")
    assert plan.not_on
    assert not plan.units
    assert plan.states == ("KEN",)
    plan = understand("Recommandations au Kenya sur la torture, sauf celles de la France")
    assert plan.not_by == ("FRA",)
    assert not plan.recommenders
    plan = understand("Recommendations to Kenya other than the noted ones")
    assert Position.NOTED not in plan.positions
    assert Position.SUPPORTED in plan.positions


REGIONS = [
    ("What has France recommended to African States?", ("African States",), (), ("FRA",)),
    ("How many recommendations did African countries make to Bhutan?", (), ("African States",), ()),
    (
        "Combien de recommandations les pays d'Amérique latine ont-ils faites au Kenya ?",
        (),
        ("Latin American and Caribbean States",),
        (),
    ),
    ("Recommendations to South Africa on people of African descent", (), (), ()),
]


@pytest.mark.parametrize(("question", "under", "by", "states"), REGIONS, ids=[row[0] for row in REGIONS])
def test_a_region_takes_a_states_place(
    question: str, under: tuple[str, ...], by: tuple[str, ...], states: tuple[str, ...]
) -> None:
    plan = understand(question)
    assert (plan.regions, plan.by_regions, plan.recommenders) == (under, by, states)


def test_a_range_of_numbers_names_every_number() -> None:
    assert understand("Show 105.9 to 105.12 of Kenya").numbers == ("105.9", "105.10", "105.11", "105.12")
    assert understand("recommandations 12.1 à 12.3 du Kenya").numbers == ("12.1", "12.2", "12.3")
    assert understand("recommendations 105.9 and 105.12 of Kenya").numbers == ("105.9", "105.12")


# question, labels and words of its topics
TOPICS = [
    ("Recommendations to Kenya on Roma", {("group", "Roma"), ("words", "Roma")}),
    ("Recommendations to Kenya on FGM", {("words", "FGM")}),
    ("Recommendations to Kenya on prison overcrowding", {("words", "prison overcrowding")}),
    ("Recommendations to Kenya on the death penalty", {("theme", "Death penalty"), ("words", "death penalty")}),
]  # fmt: skip


@pytest.mark.parametrize(("question", "labels"), TOPICS, ids=[row[0] for row in TOPICS])
def test_a_topic_is_no_wider_than_its_words(question: str, labels: set[tuple[str, str]]) -> None:
    assert {label for unit in understand(question).units for label in unit} == labels


def test_an_accent_that_is_written_counts() -> None:
    assert "Trafficking" not in understand("Recommandations au Kenya sur un traité").themes
    assert "Trafficking" in understand("Recommandations au Kenya sur la traite").themes


def test_accepting_a_recommendation_is_no_topic() -> None:
    assert understand("accepted recommendations of Kenya on health").themes == ("Right to health",)


def test_an_adjective_beside_a_state_is_part_of_the_topic() -> None:
    plan = understand("Recommendations to Kenya about the Slovenian minority")
    assert plan.states == ("KEN",)
    assert "slovenian" in plan.text
    assert understand("What did the Slovenian government accept?").states == ("SVN",)


def test_a_state_after_in_is_where_the_topic_is_under_a_heading() -> None:
    plan = understand("Bhutan: refugees in Nepal, which States raised it?")
    assert (plan.states, plan.intent) == (("BTN",), Intent.WHO)


def test_a_name_that_no_state_bears_is_told_and_a_misspelt_one_understood() -> None:
    plan = understand("What did Wakanda accept?")
    assert (plan.decline, plan.missing) == (Decline.UNKNOWN_STATE, ("Wakanda",))
    assert understand("What did Solvenia accept?").states == ("SVN",)
    assert understand("What did Atlantis recommend to Kenya?").decline is Decline.UNKNOWN_STATE
    assert understand("Qu'a recommandé l'Atlantide au Kenya ?").decline is Decline.UNKNOWN_STATE
    assert understand("What did Norway recommend to Kenya?").decline is None


def test_a_state_and_a_topic_alone_ask_for_its_recommendations() -> None:
    assert understand("Moldova: LGBT persons").intent is Intent.LIST
    assert understand("How does Moldova protect children?").intent is Intent.PASSAGE


def test_more_than_compares() -> None:
    plan = understand("Did Kenya get more recommendations in cycle 2 than in 1?")
    assert (plan.intent, plan.cycles) == (Intent.COMPARE, (2, 1))


def test_two_states_that_received_more_are_compared() -> None:
    plan = understand("Which got more recommendations, Kenya or Chad?")
    assert (plan.intent, plan.states) == (Intent.COMPARE, ("KEN", "TCD"))


def test_a_term_is_asked_for_not_the_rows_that_bear_it() -> None:
    assert understand("What is a noted recommendation?").intent is Intent.PASSAGE
    assert understand("C'est quoi une recommandation notée ?").intent is Intent.PASSAGE


# question, how many topics narrow each other, the words that narrow beside them
JOINED = [
    ("Recommendations to Kenya on health and education", 1, ""),
    ("Recommendations to Kenya on both health and education", 2, ""),
    ("Recommendations to Kenya on migrants or refugees", 1, ""),
    ("Recommendations to Kenya on Roma and housing", 2, ""),
    ("Recommendations to Kenya on coastal widows", 1, "coastal"),
    ("Who asked Kenya to abolish the death penalty?", 1, ""),
    ("I work for a health charity in Kenya: which recommendations on torture did we accept?", 1, ""),
]


@pytest.mark.parametrize(("question", "topics", "words"), JOINED, ids=[row[0] for row in JOINED])
def test_topics_of_one_kind_are_alternatives_and_others_narrow(
    question: str, topics: int, words: str
) -> None:
    plan = understand(question)
    assert len(plan.units) == topics
    assert plan.text == words
