"""The measure of answers tells right from wrong; the sets hold what they promise."""

from collections import Counter
from decimal import Decimal

import pytest

from assistant.answer import Answer, AnswerCitation
from assistant.draft import Figure, Operation
from assistant.plan import Intent, Plan
from corpus.model import Language
from eval.errors import EvaluationError
from eval.model import Case
from eval.questions import Expectation, Question, dialogues, questions, spread
from eval.replies import DECLINED, PRECISION, RECALL, RIGHT, Reply, page, verbatim, wrong
from eval.starter_questions import starter_questions

CITED = AnswerCitation(1, "A", "A", "1", 3, "quoted", 0, 6)


def answer(**more: object) -> Answer:
    figure = Figure(Decimal(3), "recommendations", "", Operation.COUNT, rows=3)
    given: dict[str, object] = {
        "question": "?", "language": Language.ENGLISH, "answer": "3", "citations": (CITED,), "recommendations": (("A", "1"),),
        "figures": (figure,), "plan": Plan(Intent.COUNT, Language.ENGLISH, "?"), "abstained": False, "confidence": 1.0,
    }  # fmt: skip
    return Answer(**{**given, **more})  # type: ignore[arg-type]


def case(**expect: object) -> Case[Question, Expectation]:
    return Case("1", Question(("?",)), Expectation.read(expect, "en"), ("en", "count"))


# what is expected, and whether an answer of 3 with row A 1, citing A 1 in English, is right
CASES = {
    "right count": ({"count": 3}, True),
    "wrong count": ({"count": 4}, False),
    "right rows": ({"recommendations": [["A", "1"]]}, True),
    "rows lacking": ({"recommendations": [["A", "1"], ["A", "2"]]}, False),
    "too many rows": ({"recommendations": []}, False),
    "rows beyond": ({"recommendations_within": [["A", "2"]]}, False),
    "so many rows": ({"recommendations_count": 1}, True),
    "figure missing": ({"figures": [7]}, False),
    "paragraph cited": ({"paragraphs": [["A", "1"]]}, True),
    "paragraph not cited": ({"paragraphs": [["A", "2"]]}, False),
    "one of the Fund's": ({"fund_paragraphs": ["1", "9"]}, True),
    "all of the Fund's": ({"fund_paragraphs_all": ["1", "9"]}, False),
    "should have declined": ({"abstain": True}, False),
    "other language": ({"count": 3, "language": "fr"}, False),
}


@pytest.mark.parametrize(("expect", "right"), CASES.values(), ids=CASES)
def test_an_answer_is_right_only_when_all_expectations_hold(expect: dict, right: bool) -> None:
    assert (not wrong(Expectation.read(expect, "en"), Reply.of(answer()))) is right


def test_an_expectation_that_means_nothing_is_refused() -> None:
    with pytest.raises(EvaluationError, match="'counts'"):
        Expectation.read({"counts": 3}, "en")
    with pytest.raises(EvaluationError, match="expectation"):
        Expectation.read({}, "en")


def test_an_abstention_is_wrong_unless_expected() -> None:
    declined = Reply.of(answer(abstained=True))
    assert wrong(Expectation("en", count=3), declined)
    assert not wrong(Expectation("en", abstain=True), declined)
    assert RIGHT.judge(case(abstain=True), declined) is None
    score = DECLINED.judge(case(abstain=True), Reply.of(answer()))
    assert score is not None
    assert score.value is False


def test_citations_are_judged_by_place_words_and_page() -> None:
    reply = Reply.of(answer())
    asked = case(paragraphs=[["A", "1"], ["A", "2"]])
    judged = {
        "precision": PRECISION.judge(asked, reply),
        "recall": RECALL.judge(asked, reply),
        "verbatim": verbatim({"A": "quoted words"}).judge(asked, reply),
        "altered": verbatim({"A": "Quoted words"}).judge(asked, reply),
        "page": page({}, {("A", "1"): 3}).judge(asked, reply),
        "page off by one": page({}, {("A", "1"): 4}).judge(asked, reply),
    }
    assert {name: score.value for name, score in judged.items() if score} == {
        "precision": 1.0, "recall": 0.5, "verbatim": 1.0, "altered": 0.0, "page": 1.0, "page off by one": 0.0,
    }  # fmt: skip
    elsewhere = PRECISION.judge(case(recommendations=[["A", "118.4"]]), reply)
    assert elsewhere is not None
    assert elsewhere.value == 0.0


def test_a_passage_counts_nothing_but_prints_figures() -> None:
    passage = Reply.passage("It received 2,500 dollars.", [("F", "4")])
    assert not wrong(Expectation("fr", figures=(2500,)), passage)
    assert wrong(Expectation("fr", count=2500), passage)
    assert not wrong(Expectation("fr", fund_paragraphs=("4",)), passage)
    assert wrong(Expectation("fr", abstain=True), passage)


def test_the_question_sets_cover_languages_intents_and_refusals() -> None:
    cases = questions()
    languages = Counter(one.groups[0] for one in cases)
    assert len(cases) >= 300
    assert min(languages[str(language)] for language in Language) >= 50
    assert sum(one.expected.abstain for one in cases) >= 0.15 * len(cases)
    ids = [one.id for one in (*cases, *dialogues())]
    assert [name for name, n in Counter(ids).items() if n > 1] == []


def test_there_are_forty_dialogues_of_three_turns() -> None:
    held = dialogues()
    assert len(held) >= 40
    assert all(len(one.given.turns) >= 2 for one in held)


def test_questions_on_the_starter_corpus_are_the_same_every_time_in_six_languages() -> None:
    cases = starter_questions()
    assert cases == starter_questions()
    assert {one.groups[0] for one in cases} == {str(language) for language in Language}
    assert len({one.id for one in cases}) == len(cases) >= 240
    assert all(one.expected.count is not None or one.expected.recommendations for one in cases)


def test_a_subset_covers_every_language_and_refusals() -> None:
    chosen = spread(questions(), 5, 2)
    counted = Counter((one.groups[0], one.expected.abstain) for one in chosen)
    assert counted == {
        (str(language), declined): 2 if declined else 5 for language in Language for declined in (True, False)
    }
