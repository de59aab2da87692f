"""The measure of answers tells right from wrong; the sets hold what they promise."""

from collections import Counter
from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.draft import Figure, Operation
from assistant.plan import Intent, Plan
from corpus.model import Language
from eval.answers import Case, dialogues, questions, wrong


def answer(**more: object) -> Answer:
    figure = Figure(Decimal(3), "recommendations", "", Operation.COUNT, rows=3)
    given: dict[str, object] = {
        "question": "?", "language": Language.ENGLISH, "answer": "3", "citations": (), "recommendations": (("A", "1"),),
        "figures": (figure,), "plan": Plan(Intent.COUNT, Language.ENGLISH, "?"), "abstained": False, "confidence": 1.0,
    }  # fmt: skip
    return Answer(**{**given, **more})  # type: ignore[arg-type]


CASES = {
    "right count": ({"count": 3}, True),
    "wrong count": ({"count": 4}, False),
    "right rows": ({"recommendations": [["A", "1"]]}, True),
    "rows lacking": ({"recommendations": [["A", "1"], ["A", "2"]]}, False),
    "too many rows": ({"recommendations": []}, False),
    "rows beyond": ({"recommendations_within": [["A", "2"]]}, False),
    "figure missing": ({"figures": [7]}, False),
    "paragraph not cited": ({"paragraphs": [["A", "1"]]}, False),
    "should have declined": ({"abstain": True}, False),
    "other language": ({"language": "fr"}, False),
}


@pytest.mark.parametrize(("expect", "right"), CASES.values(), ids=CASES)
def test_an_answer_is_right_only_when_all_expectations_hold(expect: dict, right: bool) -> None:
    assert (not list(wrong(Case("1", "en", "count", "?", expect), answer()))) is right


def test_an_abstention_is_wrong_unless_expected() -> None:
    declined = answer(abstained=True)
    assert list(wrong(Case("1", "en", "count", "?", {"count": 3}), declined))
    assert not list(wrong(Case("1", "en", "decline", "?", {"abstain": True}), declined))


def test_the_question_set_covers_languages_intents_and_refusals() -> None:
    cases = questions()
    languages = Counter(case.language for case in cases)
    assert len(cases) >= 300
    assert min(languages[str(language)] for language in Language) >= 50
    assert sum(bool(case.expect.get("abstain")) for case in cases) >= 0.2 * len(cases)
    assert len({case.id for case in cases}) == len(cases)
    assert len({case.question for case in cases}) == len(cases)


def test_there_are_forty_dialogues_of_three_turns() -> None:
    held = dialogues()
    assert len(held) == 40
    assert all(len(dialogue.turns) == 3 for dialogue in held)
