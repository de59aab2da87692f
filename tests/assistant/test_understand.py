"""Who is under review and who recommends, in six languages and many wordings."""

import pytest

from assistant.plan import Intent
from assistant.understand import understand
from corpus.model import Position

# question, States under review, recommending States, positions
ROLES = [
    ("What did Norway recommend to Cambodia?", "KHM", "NOR", ""),
    ("recommendations by France to Mongolia", "MNG", "FRA", ""),
    ("Which recommendations of Norway did Kenya reject?", "KEN", "NOR", "noted"),
    ("Tell me what Cambodia was told by Norway", "KHM", "NOR", ""),
    ("Norway's recommendations to Kenya", "KEN", "NOR", ""),
    ("Cambodia's accepted recommendations", "KHM", "", "supported"),
    ("Which States asked Kenya to sign?", "KEN", "", ""),
    ("recommendations Kenya received from France and Norway", "KEN", "FRA NOR", ""),
    ("Which recommendations were not accepted by Spain?", "ESP", "", "noted"),
    ("Quelles recommandations du Royaume-Uni l'Égypte a-t-elle refusées ?", "EGY", "GBR", "noted"),
    ("Recommandations reçues par l'Espagne de la part de l'Algérie", "ESP", "DZA", ""),
    (
        "Combien de recommandations la France a-t-elle faites au Kenya et à l'Allemagne ?",
        "KEN DEU",
        "FRA",
        "",
    ),
    ("¿Qué recomendaciones del Reino Unido rechazó Egipto?", "EGY", "GBR", "noted"),
    ("Recomendaciones recibidas por España de Argelia", "ESP", "DZA", ""),
    ("Какие рекомендации Франции Монголии были отклонены?", "MNG", "FRA", "noted"),
    ("Рекомендации, сделанные Норвегией Кении", "KEN", "NOR", ""),
    ("Приняла ли Кения рекомендации Норвегии?", "KEN", "NOR", "supported"),
    ("Кто рекомендовал Чили отменить смертную казнь?", "CHL", "", ""),
    ("ما هي توصيات المملكة المتحدة التي رفضتها مصر؟", "EGY", "GBR", "noted"),
    ("كم توصية تلقتها كينيا من النرويج؟", "KEN", "NOR", ""),
    ("بماذا أوصت النرويج كمبوديا؟", "KHM", "NOR", ""),
    ("肯尼亚第一轮审议中拒绝了哪些来自法国的建议？", "KEN", "FRA", "noted"),
    ("塞浦路斯收到了加拿大的几条建议？", "CYP", "CAN", ""),
    ("法国对蒙古的建议中哪些被拒绝？", "MNG", "FRA", "noted"),
]


@pytest.mark.parametrize(("question", "states", "by", "position"), ROLES, ids=[row[0] for row in ROLES])
def test_roles_are_told_apart(question: str, states: str, by: str, position: str) -> None:
    plan = understand(question)
    assert plan.states == tuple(states.split())
    assert plan.recommenders == tuple(by.split())
    assert plan.positions == tuple(Position(one) for one in position.split())


NUMBERS = [
    ("Какие рекомендации получила Кения в пятом цикле?", {"cycles": (5,)}),
    ("¿Qué recomendaciones recibió Kenya en el quinto ciclo?", {"cycles": (5,)}),
    ("Recommandations au Kenya au cinquième cycle", {"cycles": (5,)}),
    ("How many recommendations did Kenya receive in the second and third cycles?", {"cycles": (2, 3)}),
    ("Recommendations to Kenya in cycle II", {"cycles": (2,)}),
    ("التوصيات المقدمة إلى كينيا في الجولتين الثانية والرابعة", {"cycles": (2, 4)}),
    ("肯尼亚在第三轮审议中收到哪些建议？", {"cycles": (3,)}),
    ("What did Kenya accept in 2015?", {"years": (2015,)}),
    ("What does resolution 16/21 decide?", {"documents": ("16/21",)}),
    ("第6/17号决议决定了什么？", {"documents": ("6/17",)}),
    (
        "What does paragraph 15 (a) of A/HRC/41/22 say?",
        {"documents": ("A/HRC/41/22",), "paragraphs": ("15 (a)",)},
    ),
    ("Why did Kenya not accept recommendation 101.5 in cycle 2?", {"numbers": ("101.5",), "cycles": (2,)}),
    ("How much did Spain give in 2016-2017?", {"periods": ("2016-2017",), "years": ()}),
    ("Recommendations to Kenya at the 21st session", {"sessions": (21,)}),
]


@pytest.mark.parametrize(("question", "expected"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers_are_read_as_what_they_number(question: str, expected: dict[str, object]) -> None:
    plan = understand(question)
    assert {name: getattr(plan, name) for name in expected} == expected


INTENTS = [
    ("How many States made recommendations to Kenya?", Intent.COUNT),
    ("Which State made the most recommendations to Kenya?", Intent.GROUP),
    ("Group the recommendations to Kenya by theme", Intent.GROUP),
    ("Compare the first and second cycles of Kenya", Intent.COMPARE),
    ("What changed in Kenya between cycle 1 and cycle 2?", Intent.CHANGED),
    ("Which SDGs do the recommendations to Kenya relate to?", Intent.SDG),
    ("What recommendations within UNICEF's mandate did Kenya accept?", Intent.MANDATE),
    ("Was recommendation 101.5 to Kenya accepted?", Intent.POSITION),
    ("Which recommendations to Kenya need action by parliament?", Intent.PARLIAMENT),
    ("Could the Fund finance a database of recommendations?", Intent.ELIGIBILITY),
    ("How does a State ask the Fund for support?", Intent.PASSAGE),
    ("What share of the Fund's expenditure was staff costs?", Intent.MONEY),
    ("Quel est le solde du Fonds ?", Intent.MONEY),
    ("What can you do?", Intent.HELP),
    ("Which documents do you have on Kenya?", Intent.DOCUMENTS),
]


@pytest.mark.parametrize(("question", "intent"), INTENTS, ids=[row[0] for row in INTENTS])
def test_the_intent_is_understood(question: str, intent: Intent) -> None:
    assert understand(question).intent is intent


def test_a_name_of_two_states_is_the_one_of_the_corpus() -> None:
    plan = understand("What did Korea accept?", known=frozenset({"KOR"}))
    assert plan.states == ("KOR",)
