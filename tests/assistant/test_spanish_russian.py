"""Questions as Spanish and Russian speakers put them: roles by case and verb, exceptions, names, times, money."""

from __future__ import annotations

import pytest

from assistant.plan import Decline, Intent, Measure
from assistant.understand import understand
from corpus.model import Position
from index.filters import Facet

ROLES = [
    # Russian: the case tells who speaks to whom
    ("сколько рекомендаций вынесла Австрия Кыргызстану", "KGZ", "AUT"),
    ("Рекомендации, вынесенные США Чили", "CHL", "USA"),
    ("Россия рекомендовала Молдове отменить цензуру?", "MDA", "RUS"),
    ("Какие рекомендации США дали Чили?", "CHL", "USA"),
    ("российские рекомендации Молдове", "MDA", "RUS"),
    ("Перечень рекомендаций Новой Зеландии Южной Корее", "KOR", "NZL"),
    ("рекомендации Туркменистану от Боснии и Герцеговины", "TKM", "BIH"),
    ("Что советовала Франция Мадагаскару?", "MDG", "FRA"),
    ("Рекомендации, поддержанные Уругваем и внесённые Кубой", "URY", "CUB"),
    # Spanish: the preposition and the verb
    ("necesito saber cuántas recs le hicieron a Paraguay los suecos", "PRY", "SWE"),
    ("¿Qué recomendaciones alemanas recibió el Uruguay?", "URY", "DEU"),
    ("Belarús a Luxemburgo: recomendaciones", "LUX", "BLR"),
    ("De las recomendaciones de Grecia a Turquía, ¿cuáles quedaron solo anotadas?", "TUR", "GRC"),
    ("cuantas recomendaciones de Chipre rechazo turquia", "TUR", "CYP"),
]


@pytest.mark.parametrize(("question", "under_review", "recommending"), ROLES)
def test_who_recommends_to_whom(question: str, under_review: str, recommending: str) -> None:
    plan = understand(question)
    assert (plan.states, plan.recommenders) == ((under_review,), (recommending,))


POSITIONS = [
    ("¿Cuántas no contaron con el apoyo de Colombia?", {Position.NOTED}),
    ("Recomendaciones que Guatemala se limitó a tomar nota", {Position.NOTED}),
    ("¿Con cuáles recomendaciones no estuvo de acuerdo el Líbano?", {Position.NOTED}),
    ("recomendaciones a Chile que siguen sin respuesta", {Position.PENDING}),
    ("Сколько рекомендаций Молдове остались без ответа?", {Position.PENDING}),
    ("Какие из рекомендаций Буркина-Фасо пока не рассмотрела?", {Position.PENDING}),
    ("Рекомендации Тунису, не получившие поддержки", {Position.NOTED}),
    (
        "Рекомендации Тунису, кроме поддержанных",
        {Position.NOTED, Position.PENDING, Position.PARTIALLY_SUPPORTED},
    ),
]


@pytest.mark.parametrize(("question", "positions"), POSITIONS)
def test_positions_by_what_is_said_and_denied(question: str, positions: set[Position]) -> None:
    assert set(understand(question).positions) == positions


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("¿Cuántas recomendaciones hizo Francia a la Ruritania en 2014?", "Ruritania"),
        ("Recomendaciones de Ruritania a Chile", "Ruritania"),
        ("Сколько рекомендаций получила Руритания?", "Руритания"),
        ("Рекомендации Руритании Чили", "Руритании"),
    ],
)
def test_a_name_in_a_states_place_that_no_state_bears(question: str, name: str) -> None:
    plan = understand(question)
    assert (plan.decline, plan.missing) == (Decline.UNKNOWN_STATE, (name,))


def test_a_name_that_is_a_topic_is_no_state() -> None:
    assert understand("recomendaciones a Chile sobre el Sename").decline is None
    assert understand("¿Cómo puede mi gobierno pedir apoyo al Fondo Voluntario?").decline is None


COMPARED = [
    ("¿Cuántas recomendaciones más recibió Chile en 2013 que en 2009?", Facet.CYCLE),
    ("¿Recibió más recomendaciones Guatemala o Costa Rica?", Facet.STATE),
    ("¿En qué ciclo anotó Eslovenia más recomendaciones: en el segundo o en el tercero?", Facet.CYCLE),
    ("На сколько больше рекомендаций получил Кыргызстан по сравнению с Молдовой?", Facet.STATE),
    ("Кто получил больше рекомендаций — Венгрия или Ирландия?", Facet.STATE),
    ("У кого больше поддержанных рекомендаций: у Словении в 3-м цикле или в 4-м?", Facet.CYCLE),
]


@pytest.mark.parametrize(("question", "axis"), COMPARED)
def test_what_is_compared(question: str, axis: Facet) -> None:
    plan = understand(question)
    assert (plan.intent, plan.compare) == (Intent.COMPARE, axis)


MONEY = [
    ("Взнос Германии за 2016-2017 гг.", Measure.VALUE, ("DEU",)),
    ("¿Qué parte de las contribuciones de 2018 puso Noruega?", Measure.SHARE, ("NOR",)),
    ("Поступило ли в Фонд больше средств от Казахстана, чем от Испании?", Measure.DIFFERENCE, ("KAZ", "ESP")),
    ("Назовите трёх крупнейших доноров Фонда", Measure.LARGEST, ()),
    ("los 5 mayores donantes del Fondo", Measure.LARGEST, ()),
]


@pytest.mark.parametrize(("question", "measure", "donors"), MONEY)
def test_what_is_asked_of_money(question: str, measure: Measure, donors: tuple[str, ...]) -> None:
    plan = understand(question)
    assert plan.money is not None
    assert (plan.money.measure, plan.donors) == (measure, donors)


@pytest.mark.parametrize(
    ("question", "top"),
    [("Назовите трёх крупнейших доноров Фонда", 3), ("los 5 mayores donantes del Fondo", 5)],
)
def test_a_number_before_a_superlative_says_how_many(question: str, top: int) -> None:
    plan = understand(question)
    assert plan.money is not None
    assert plan.money.top == top


def test_interest_is_a_line_and_no_share() -> None:
    plan = understand("сколько процентных и прочих поступлений было у фонда в 2018")
    assert plan.money is not None
    assert (plan.money.measure, plan.money.concepts) == (Measure.VALUE, ("interest",))


@pytest.mark.parametrize(
    "question",
    [
        "¿Qué preguntas se plantean para decidir si una propuesta recibe financiación del fondo?",
        "По каким вопросам оценивают заявки на средства Фонда?",
    ],
)
def test_the_funds_criteria(question: str) -> None:
    assert understand(question).intent is Intent.ELIGIBILITY


def test_an_infinitive_is_no_future() -> None:
    plan = understand("Какие условия должны быть выполнены, чтобы получить финансирование из Фонда?")
    assert plan.decline is None
    assert understand("Примет ли Беларусь рекомендации?").decline is Decline.FUTURE


def test_the_agency_in_an_instruments_name_is_no_filter() -> None:
    plan = understand("¿Qué Estados recomendaron a Costa Rica ratificar el Convenio 189 de la OIT?")
    assert (plan.intent, plan.agencies, plan.instruments) == (Intent.WHO, (), ("ILO C189",))


@pytest.mark.parametrize(
    "question",
    ["Какие делегации говорили о ксенофобии в Чили?", "¿Quiénes mencionaron la xenofobia en Chile?"],
)
def test_who_raised_a_question_asks_for_recommendations(question: str) -> None:
    plan = understand(question)
    assert (plan.intent, plan.states) == (Intent.WHO, ("CHL",))
