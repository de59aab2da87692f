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


def test_what_was_the_same_is_told_where_no_topic_says(assistant: Assistant) -> None:
    first = assistant.ask("What did Norway recommend to Kenya?")
    second = assistant.ask("Which other States asked the same?", previous=first.plan)
    assert any("same" in note for note in second.notes)
    third = assistant.ask("And those noted?", previous=second.plan)
    assert not any("same" in note for note in third.notes), "a note is of its own turn"


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


# turns, numbers of the rows of the last answer
KEPT = [
    (["What did Norway recommend to Kenya?", "Which of them did Kenya not accept?"], {"11.1"}),
    (["What did Brazil recommend to Cambodia in 2014?", "Which has Cambodia not decided on yet?"], {"12.1"}),
    (["Which State made the most recommendations to Kenya?", "OK, and what did France recommend?"], {"10.1", "10.2"}),
    (["How many recommendations did Kenya get from Norway?", "And the United Kingdom? Only those noted"], {"11.2"}),
    (["Qu'a recommandé la Norvège au Kenya ?", "Et parmi elles, lesquelles ont été notées ?"], {"11.1"}),
    (["Quel pays a fait le plus de recommandations au Kenya ?", "D'accord, et qu'a recommandé la France ?"], {"10.1", "10.2"}),
    (["¿Qué recomendó Noruega a Kenya?", "La de la pena de muerte, ¿la apoyaron?"], {"11.1"}),
    (["¿Qué recomendó Brasil a Camboya en 2014?", "¿Cuáles siguen pendientes?"], {"12.1"}),
    (["ما توصيات النرويج إلى كينيا؟", "وأيها لم تقبله كينيا؟"], {"11.1"}),
    (["من أكثر الدول تقديما للتوصيات لكينيا؟", "طيب، وما الذي أوصت به فرنسا؟"], {"10.1", "10.2"}),
    (["Что Норвегия рекомендовала Кении?", "Какие из них Кения не приняла?"], {"11.1"}),
    (["Кто дал Кении больше всего рекомендаций?", "Хорошо, а что рекомендовала Франция?"], {"10.1", "10.2"}),
    (["挪威给肯尼亚提了哪些建议？", "里面只是注意到的有哪些？"], {"11.1"}),
    (["巴西2014年给柬埔寨提了几条建议？", "哪些还没定？"], {"12.1"}),
]  # fmt: skip


@pytest.mark.parametrize(("turns", "numbers"), KEPT, ids=[row[0][-1] for row in KEPT])
def test_a_turn_keeps_what_it_does_not_replace(
    assistant: Assistant, turns: list[str], numbers: set[str]
) -> None:
    previous = None
    for turn in turns:
        answer = assistant.ask(turn, previous=previous)
        previous = answer.plan
    assert {number for _, number in answer.recommendations} == numbers


OTHERS = [
    ("What did Norway recommend to Kenya on detention?", "Which other States asked the same in that review?"),
    ("Qu'a recommandé la Norvège au Kenya sur la détention ?", "Quels autres pays l'ont demandé ?"),
    ("¿Qué recomendó Noruega a Kenya sobre la detención?", "¿Quién más recomendó eso?"),
    ("بم أوصت النرويج كينيا بشأن الاحتجاز؟", "ومن غيرها أوصى بذلك؟"),
    ("Что Норвегия рекомендовала Кении о содержании под стражей?", "Какие ещё страны об этом просили?"),
    ("挪威就拘留问题给肯尼亚提了哪些建议？", "还有哪些国家提了？"),
]


@pytest.mark.parametrize(("first", "second"), OTHERS, ids=[row[1] for row in OTHERS])
def test_other_states_are_asked_for_on_the_same_topic(assistant: Assistant, first: str, second: str) -> None:
    before = assistant.ask(first).plan
    after = assistant.ask(second, previous=before).plan
    assert (before.recommenders, after.recommenders, after.not_by) == (("NOR",), (), ("NOR",))
    assert (after.states, after.units, after.text) == (before.states, before.units, before.text)
    assert after.intent == "who"


def test_words_of_a_turn_that_change_nothing_are_told(assistant: Assistant) -> None:
    first = assistant.ask("What did Norway recommend to Kenya?")
    second = assistant.ask("and the sensible ones?", previous=first.plan)
    assert "sensible" in second.answer


def test_one_value_after_a_comparison_is_counted(assistant: Assistant) -> None:
    first = assistant.ask("Who made more recommendations to Kenya, Norway or France?")
    second = assistant.ask("and Brazil?", previous=first.plan)
    assert (first.plan.intent, second.plan.intent) == ("compare", "count")
    assert second.plan.recommenders == ("BRA",)
