"""Three turns each: the plan of the turn before is amended, and nothing else changes."""

import pytest

from assistant.ask import Assistant

DIALOGUES = {
    "positions, then author": (
        ["What did Kenya accept?", "And the noted ones?", "only by Norway"],
        1,
        {"11.1"},
    ),
    "cycle": (
        ["How many recommendations did Cambodia receive?", "what about cycle 1?", "en français"],
        3,
        None,
    ),
    "author changes": (
        ["What did Norway recommend to Kenya?", "And France?", "in a table"],
        2,
        {"10.1", "10.2"},
    ),
    "donor changes": (["How much did Germany give in 2018?", "and France?", "and in 2016-2017?"], None, None),
    "count follows list": (["¿Qué recomendó Noruega a Kenya?", "¿y Francia?", "¿cuántas?"], 2, None),
    "Russian": (["Что Норвегия рекомендовала Кении?", "а Франция?", "сколько?"], 2, None),
    "Arabic": (["ما هي التوصيات التي قبلتها كينيا؟", "وماذا عن المرفوضة؟", "فقط من النرويج"], 1, {"11.1"}),
    "Chinese": (["肯尼亚接受了哪些建议？", "那拒绝的呢？", "只看挪威的"], 1, {"11.1"}),
    "a new question": (
        [
            "What did Kenya accept?",
            "And the noted ones?",
            "How many recommendations did Cambodia receive in 2014?",
        ],
        6,
        None,
    ),
    "the total of which a share was asked": (
        [
            "Quelle part des dépenses du Fonds représentaient les frais de personnel ?",
            "quel était le total ?",
        ],
        200,
        None,
    ),
}


@pytest.mark.parametrize(("turns", "figure", "numbers"), DIALOGUES.values(), ids=DIALOGUES)
def test_the_last_turn_is_right(
    assistant: Assistant, turns: list[str], figure: int | None, numbers: set[str] | None
) -> None:
    previous = None
    for turn in turns:
        answer = assistant.ask(turn, previous=previous)
        previous = answer.plan
    if figure is None:
        assert answer.abstained
        return
    assert answer.figures[0].value == figure
    if numbers is not None:
        assert {number for _, number in answer.recommendations} == numbers


def test_asking_for_another_language_keeps_the_plan(assistant: Assistant) -> None:
    first = assistant.ask("What did Norway recommend to Kenya?")
    second = assistant.ask("en français", previous=first.plan)
    assert str(second.language) == "fr"
    assert second.recommendations == first.recommendations


def test_what_was_understood_is_shown(assistant: Assistant) -> None:
    first = assistant.ask("What did Kenya accept?")
    second = assistant.ask("only by Norway", previous=first.plan)
    assert "Norway" in second.understood
    assert "supported" in second.understood


ORDINALS = [
    ("How many recommendations did Cambodia receive in cycle 2?", "And in the first?"),
    ("Combien de recommandations le Cambodge a-t-il reçues au deuxième cycle ?", "Et au premier ?"),
    ("¿Cuántas recomendaciones recibió Camboya en el segundo ciclo?", "¿Y en el primero?"),
    ("كم توصية تلقتها كمبوديا في الجولة الثانية؟", "وفي الأولى؟"),
    ("Сколько рекомендаций получила Камбоджа во втором цикле?", "А в первом?"),
    ("柬埔寨第二轮收到多少条建议？", "第一轮呢？"),
]


@pytest.mark.parametrize(("first", "second"), ORDINALS, ids=[row[1] for row in ORDINALS])
def test_an_ordinal_alone_counts_cycles(assistant: Assistant, first: str, second: str) -> None:
    before = assistant.ask(first)
    after = assistant.ask(second, previous=before.plan)
    assert (before.figures[0].value, after.figures[0].value) == (6, 3)


def test_one_is_no_ordinal_in_a_table(assistant: Assistant) -> None:
    before = assistant.ask("Combien de recommandations le Cambodge a-t-il reçues au deuxième cycle ?")
    assert assistant.ask("dans un tableau", previous=before.plan).plan.cycles == (2,)
