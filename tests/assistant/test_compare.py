"""Several values of one dimension are counted apart, the first of all is named, and a list paragraph is its rows."""

import pytest

from assistant.ask import Assistant
from assistant.plan import Decline, Intent
from assistant.understand import understand
from corpus.model import Position
from index.filters import Facet

KNOWN = frozenset({"KEN", "KHM"})

# question, dimension by which it divides, recommending States, whether they are compared
SEVERAL = [
    ("Who got more recommendations from Norway, Kenya or Cambodia?", Facet.STATE, ("NOR",), True),
    ("¿Quién hizo más recomendaciones a Kenya, Noruega o Francia?", Facet.RECOMMENDER, None, True),
    ("How many recommendations did Norway make to Kenya and to Cambodia?", Facet.STATE, ("NOR",), False),
    ("Which country noted more recommendations, Kenya or Cambodia?", Facet.STATE, (), True),
    ("Kenya was asked more by whom, Norway or France? Count the recommendations", Facet.RECOMMENDER, None, True),
    ("Did Cambodia accept more in its first cycle or in its second?", Facet.CYCLE, (), True),
    ("How many recommendations did Kenya support and how many did it note?", Facet.POSITION, (), False),
    ("Qui, de la Norvège ou de la France, a fait le plus de recommandations au Kenya ?", Facet.RECOMMENDER, None, True),
    ("Au Kenya et au Cambodge, combien de recommandations a adressées la Norvège ?", Facet.STATE, ("NOR",), False),
    ("Le Cambodge a-t-il accepté davantage de recommandations en 2010 ou en 2014 ?", Facet.CYCLE, (), True),
    ("Entre Noruega y Francia, ¿cuál hizo más recomendaciones a Kenya?", Facet.RECOMMENDER, None, True),
    ("Noruega como Estado recomendante: ¿cuántas a Kenya y cuántas a Camboya?", Facet.STATE, ("NOR",), False),
    ("¿Cuántas recomendaciones aceptó Camboya en el primer ciclo y cuántas en el segundo?", Facet.CYCLE, (), False),
    ("أيهما قدم توصيات أكثر لكينيا: النرويج أم فرنسا؟", Facet.RECOMMENDER, None, True),
    ("النرويج بصفتها الدولة الموصية: كم توصية إلى كينيا وكم إلى كمبوديا؟", Facet.STATE, ("NOR",), False),
    ("قارن بين الدورة الأولى والدورة الثانية لكمبوديا من حيث عدد التوصيات", Facet.CYCLE, (), True),
    ("Кто дал больше рекомендаций Кении — Норвегия или Франция?", Facet.RECOMMENDER, None, True),
    ("Норвегия как рекомендующее государство: сколько Кении и сколько Камбодже?", Facet.STATE, ("NOR",), False),
    ("Сколько рекомендаций Камбоджа приняла в первом цикле и сколько во втором?", Facet.CYCLE, (), False),
    ("挪威和法国谁给肯尼亚的建议更多？", Facet.RECOMMENDER, None, True),
    ("挪威作为建议国，给肯尼亚和给柬埔寨的建议各有几条？", Facet.STATE, ("NOR",), False),
    ("柬埔寨第一轮和第二轮分别接受了多少条建议？", Facet.CYCLE, (), False),
]  # fmt: skip


@pytest.mark.parametrize(("question", "axis", "by", "compared"), SEVERAL, ids=[row[0] for row in SEVERAL])
def test_the_dimension_with_several_values_divides(
    question: str, axis: Facet, by: tuple[str, ...] | None, compared: bool
) -> None:
    plan = understand(question, None, KNOWN)
    assert plan.compare is axis
    assert (plan.intent is Intent.COMPARE) is compared
    assert set(plan.recommenders) == ({"NOR", "FRA"} if by is None else set(by))


MEASURED = [
    ("Did Kenya receive more recommendations than Cambodia?", ("KEN", "KHM"), ()),
    ("Did Norway make more recommendations than France to Kenya?", ("KEN",), ("NOR", "FRA")),
    ("Le Kenya a-t-il reçu plus de recommandations que le Cambodge ?", ("KEN", "KHM"), ()),
    ("¿Cuántas más recomendaciones recibió Kenya que Camboya?", ("KEN", "KHM"), ()),
    ("هل تلقت كينيا توصيات أكثر من كمبوديا؟", ("KEN", "KHM"), ()),
    ("Получила ли Кения больше рекомендаций, чем Камбоджа?", ("KEN", "KHM"), ()),
    ("肯尼亚收到的建议比柬埔寨多吗？", ("KEN", "KHM"), ()),
]


@pytest.mark.parametrize(("question", "under", "by"), MEASURED, ids=[row[0] for row in MEASURED])
def test_a_state_has_the_role_of_the_one_it_is_measured_by(
    question: str, under: tuple[str, ...], by: tuple[str, ...]
) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.states, plan.recommenders) == (Intent.COMPARE, under, by)


TOPICS = [
    "How many recommendations on detention and how many on the death penalty did Kenya get?",
    "Did Kenya get more recommendations on detention or on the death penalty?",
    "Combien de recommandations sur la détention et combien sur la peine de mort le Kenya a-t-il reçues ?",
    "¿Recibió Kenya más recomendaciones sobre la detención o sobre la pena de muerte?",
    "Сколько рекомендаций о содержании под стражей и сколько о смертной казни получила Кения?",
    "肯尼亚收到多少条关于拘留的建议，多少条关于死刑的建议？",
]


@pytest.mark.parametrize("question", TOPICS)
def test_each_of_several_topics_has_its_own_figure(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert [int(figure.value) for figure in answer.figures] == [2, 1, 1, 3]
    assert {number for _, number in answer.recommendations} == {"10.1", "10.2", "11.1"}


def test_each_of_several_states_has_its_own_share(assistant: Assistant) -> None:
    answer = assistant.ask("What share of the recommendations did Kenya and Cambodia accept?")
    assert [float(figure.value) for figure in answer.figures][:3] == [60.0, 66.7, 64.3]


FIGURES = [
    ("How many recommendations did Norway make to Kenya and to Cambodia?", [8, 3, 5]),
    ("Who got more recommendations, Cambodia (2010) or Kenya (2015)?", [3, 5]),
    ("In 2015 Kenya, in 2010 Cambodia: number of recommendations", [8, 5, 3]),
    ("Compare what Cambodia received and accepted in cycles 1 and 2", [3, 3, 6, 3]),
    ("Of the recommendations to Kenya how many were noted, how many supported?", [5, 2, 3]),
]


@pytest.mark.parametrize(("question", "figures"), FIGURES, ids=[row[0] for row in FIGURES])
def test_each_value_has_its_own_figure(assistant: Assistant, question: str, figures: list[int]) -> None:
    answer = assistant.ask(question)
    assert set(figures) <= {int(figure.value) for figure in answer.figures}
    assert not answer.abstained


def test_a_year_beside_a_state_is_of_that_state_alone(assistant: Assistant) -> None:
    answer = assistant.ask("Compare the recommendations to Cambodia (2014) and to Kenya (2015)")
    assert answer.plan.reviews == (("KHM", 2), ("KEN", 2))
    answer = assistant.ask("Compare the recommendations to Kenya (2015) and to Cambodia (2010)")
    assert answer.plan.reviews == (("KEN", 2), ("KHM", 1))
    assert {number for key, number in answer.recommendations if key == "A/HRC/70/1"} == {
        "10.1",
        "10.2",
        "10.3",
    }


def test_a_year_without_review_is_told(assistant: Assistant) -> None:
    answer = assistant.ask("How many recommendations did Cambodia receive in 2014 and in 2016?")
    assert "No review of 2016" in answer.answer


FIRST = [
    "Which State made the most recommendations to Kenya, and how many?",
    "Who was the most active recommender for Kenya?",
    "Quel pays arrive en tête pour le nombre de recommandations faites au Kenya ?",
    "¿Cuál fue el Estado que más recomendaciones formuló a Kenya y cuántas?",
    "من هي الدولة الأكثر تقديما للتوصيات لكينيا؟ وكم توصية قدمت؟",
    "Какая страна была самой «активной» на рекомендации Кении и сколько их?",
    "От какой страны Кения получила больше всего рекомендаций?",
    "哪个国家给肯尼亚提的建议最多？提了几条？",
    "对肯尼亚提建议最多的是哪国？",
]


@pytest.mark.parametrize("question", FIRST)
def test_who_comes_first_is_named_with_its_number(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.plan.intent, answer.plan.facet) == (Intent.GROUP, Facet.RECOMMENDER)
    assert answer.figures[0].value == 3


NARROWED = [
    ("Norway's recommendations to Kenya: how many of them did Kenya support?", "supported", Intent.COUNT),
    ("Norway's recommendations to Kenya: which of them were only noted?", "noted", Intent.LIST),
    ("Les recommandations de la Norvège au Kenya : combien d'entre elles ont été acceptées ?", "supported", Intent.COUNT),
    ("Las recomendaciones de Noruega a Kenya: ¿cuántas de ellas aceptó Kenya?", "supported", Intent.COUNT),
    ("توصيات النرويج إلى كينيا: كم منها قبلتها كينيا؟", "supported", Intent.COUNT),
    ("Рекомендации Норвегии Кении: сколько из них Кения приняла?", "supported", Intent.COUNT),
    ("挪威对肯尼亚的建议，其中接受了几条？", "supported", Intent.COUNT),
    ("Norway's recommendations to Kenya and how many were noted", "", Intent.COUNT),
]  # fmt: skip


@pytest.mark.parametrize(("question", "positions", "wanted"), NARROWED, ids=[row[0] for row in NARROWED])
def test_the_question_behind_what_only_says_of_what_it_asks(
    question: str, positions: str, wanted: Intent
) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.states, plan.recommenders, plan.intent) == (("KEN",), ("NOR",), wanted)
    assert plan.positions == tuple(Position(one) for one in positions.split())


@pytest.mark.parametrize(
    "question",
    [
        "Norway -> Kenya. Which recommendations?",
        "推荐：挪威→肯尼亚，建议有哪些",
        "النرويج ← كينيا، ما التوصيات؟",
    ],
)
def test_an_arrow_points_from_who_recommends(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.states, plan.recommenders) == (("KEN",), ("NOR",))


LISTED = [
    "List the recommendations under paragraph 11 of the Working Group report on Kenya",
    "Quelles recommandations figurent au paragraphe 11 du rapport sur le Kenya ?",
    "¿Qué recomendaciones contiene el párrafo 11 del informe sobre Kenya?",
    "اذكر كل التوصيات الواردة تحت الفقرة 11 من تقرير الفريق العامل عن كينيا",
    "Перечисли рекомендации пункта 11 доклада по Кении",
    "列出肯尼亚报告第11段的建议",
]


@pytest.mark.parametrize("question", LISTED)
def test_recommendations_under_a_paragraph_are_its_rows(assistant: Assistant, question: str) -> None:
    assert {number for _, number in assistant.ask(question).recommendations} == {"11.1", "11.2"}


DECIDED = [
    "Of the recommendations that Cambodia left open in 2014, which did it accept later?",
    "Parmi les recommandations laissées en suspens par le Cambodge en 2014, lesquelles a-t-il acceptées ?",
    "De las recomendaciones que Camboya dejó pendientes en 2014, ¿cuáles aceptó después?",
]


@pytest.mark.parametrize("question", DECIDED)
def test_what_became_of_the_pending_needs_a_document(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.reason == Decline.NO_POSITION
    assert {number for _, number in answer.recommendations} == {"12.1"}
