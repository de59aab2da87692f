"""Questions on the rules of the review, which resolutions answer, and on what the Fund did, which its reports tell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from assistant.ask import Assistant
from assistant.plan import Decline, Intent
from assistant.understand import understand
from corpus.model import Amount, Document, Kind
from corpus.settings import Settings
from index.library import Library
from tests.assistant.conftest import Page, document, outcome

SOURCES = [
    "Which resolution says how long a cycle of the review lasts?",
    "Is there a Council resolution on the part that parliaments play?",
    "Where is it laid down that States may send a mid-term report?",
    "Which decision fixed the order of the second cycle?",
    "Quelle résolution fixe la durée des cycles ?",
    "Y a-t-il une résolution du Conseil sur les parlements ?",
    "¿En qué resolución se fija la duración del segundo ciclo?",
    "¿Existe alguna resolución sobre los parlamentos?",
    "В какой резолюции установлена продолжительность второго цикла?",
    "Есть ли резолюция Совета о парламентах?",
    "Где закреплено, что принятые рекомендации проверяются в следующем цикле?",
    "في أي قرار وردت مدة الدورة الثانية؟",
    "هل هناك قرار بشأن البرلمانات؟",
    "哪项决议规定了第二轮审议的周期？",
    "有没有关于议会的决议？",
]


@pytest.mark.parametrize("question", SOURCES)
def test_the_source_of_a_rule_is_asked_for(question: str) -> None:
    plan = understand(question)
    assert (plan.intent, plan.rules) == (Intent.RESOLUTION, True)
    assert (plan.cycles, plan.positions, plan.years, plan.implemented) == ((), (), (), False)


RULES = [
    "How is the troika chosen?",
    "How often is a State reviewed?",
    "Is a mid-term report compulsory?",
    "Comment les rapporteurs de la troïka sont-ils désignés ?",
    "Un rapport à mi-parcours est-il obligatoire ?",
    "¿Cómo se elige la troika?",
    "¿Cada cuánto se examina a un Estado en el EPU?",
    "Как выбирают тройку?",
    "Обязательно ли государству представлять среднесрочный доклад?",
    "كيف يتم اختيار الترويكا؟",
    "三国小组如何产生？",
    "每隔几年审议一个国家？",
]


@pytest.mark.parametrize("question", RULES)
def test_a_rule_is_asked_for(question: str) -> None:
    plan = understand(question)
    assert (plan.intent, plan.rules) == (Intent.PASSAGE, True)


OTHERS = [
    "How is the troika for Kenya composed?",
    "Which recommendations on torture did Kenya accept?",
    "What does resolution 16/21 decide?",
    "How many recommendations did Norway make?",
    "Quelles recommandations le Tchad a-t-il acceptées ?",
    "Какие рекомендации приняла Кения во втором цикле?",
    "肯尼亚接受了哪些建议？",
]


@pytest.mark.parametrize("question", OTHERS)
def test_a_question_on_a_state_or_a_named_resolution_asks_for_no_rule(question: str) -> None:
    assert not understand(question).rules


def _resolutions() -> tuple[Document, Document]:
    terms, parliaments = Page(), Page()
    terms.add("1", "From the second cycle on, each State is reviewed every six years.")
    terms.add("2", "The three rapporteurs of the troika are selected by drawing lots among the members.")
    terms.add("3", "A mid-term report is voluntary: no State is obliged to send one.")
    parliaments.add("1", "The Council encourages national parliaments to take part in the review.")
    return (
        document("A/HRC/RES/70/3", Kind.RESOLUTION, terms),
        document("A/HRC/RES/71/8", Kind.RESOLUTION, parliaments),
    )


def _review() -> Document:
    page = Page()
    page.add("1", "The troika of rapporteurs for Chad was selected by the Council: Chile, Ghana and Japan.")
    page.add("2", "Chad sent a voluntary mid-term report in the second cycle, as its parliament had asked.")
    return document("A/HRC/72/4", Kind.UPR_OUTCOME, page, state="TCD", cycle=2, date="2014-03-27")


def _fund() -> Document:
    page = Page()
    page.add("1", "In 2018 the Fund supported activities in Kenya, Chad, Togo, Ghana, Oman, Chile and Peru.")
    page.add("2", "In Kenya, 40 prosecutors and guards were trained in 2018 with the Fund's support.")
    page.add("3", "In Chad, the Fund paid for a workshop on land titles in 2018.")
    page.add("4", "Contributions to the Fund came from Norway, Spain, Qatar, Japan, Brazil, Fiji and Togo.")
    amounts = []
    for label, value, code in (("Norway", "900", "NOR"), ("Spain", "300", "ESP")):
        text = f"{label} {value}"
        at = len(page.text)
        amounts.append(
            Amount("Table 2", label, "2018", Decimal(value), "USD", code, "Table 2", 1, at, at + len(text))
        )
        page.add(None, text)
    return document("A/HRC/73/2", Kind.FUND_REPORT, page, date="2019-04-01", amounts=tuple(amounts))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(home=tmp_path_factory.mktemp("rules"), starter=False, workers=1)
    with Library.open(settings) as opened:
        opened.add_documents([
            *_resolutions(), _review(), _fund(), outcome("A/HRC/72/9", "KEN", 2, "18", "2014-06-01"),
        ])  # fmt: skip
        yield Assistant(opened, settings)


# question, document, paragraph
ANSWERS = [
    ("Which resolution says how often each State is reviewed?", "A/HRC/RES/70/3", "1"),
    ("Quelle résolution porte sur les parlements ?", "A/HRC/RES/71/8", "1"),
    ("¿Qué resolución trata de los parlamentos?", "A/HRC/RES/71/8", "1"),
    ("Есть ли резолюция Совета о парламентах?", "A/HRC/RES/71/8", "1"),
    ("有没有关于议会参与审议的决议？", "A/HRC/RES/71/8", "1"),
    ("How is the troika chosen?", "A/HRC/RES/70/3", "2"),
    ("¿Cómo se elige la troika?", "A/HRC/RES/70/3", "2"),
    ("كيف يتم اختيار مقرري الترويكا؟", "A/HRC/RES/70/3", "2"),
    ("Un rapport à mi-parcours est-il obligatoire ?", "A/HRC/RES/70/3", "3"),
    ("中期报告是强制的吗？", "A/HRC/RES/70/3", "3"),
    ("What did the Voluntary Fund pay for in Chad in 2018?", "A/HRC/73/2", "3"),
    ("À quoi le Fonds a-t-il servi au Tchad ?", "A/HRC/73/2", "3"),
    ("فيمَ استُخدمت أموال الصندوق في تشاد؟", "A/HRC/73/2", "3"),
    ("Чем Фонд помог Чаду в 2018 году?", "A/HRC/73/2", "3"),
    ("In which country did the Fund train prosecutors?", "A/HRC/73/2", "2"),
    ("¿En qué país el Fondo capacitó a fiscales y guardias en 2018?", "A/HRC/73/2", "2"),
]


@pytest.mark.parametrize(("question", "key", "paragraph"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_a_rule_is_taken_from_a_resolution_and_help_from_the_fund(
    asked: Assistant, question: str, key: str, paragraph: str
) -> None:
    answer = asked.ask(question)
    assert not answer.abstained
    assert (answer.citations[0].key, answer.citations[0].paragraph) == (key, paragraph)


def test_a_resolution_that_is_not_stored_is_not_made_up(asked: Assistant) -> None:
    answer = asked.ask("Is there a resolution on the rights of fishers?")
    assert answer.abstained
    assert answer.reason == Decline.NO_PASSAGE


AMOUNTS = [
    "How much did the Fund spend in Kenya in 2018?",
    "How many dollars did Kenya receive from the Fund?",
    "Combien le Fonds a-t-il versé au Tchad ?",
    "¿Cuánto dinero recibió Kenya del Fondo Voluntario?",
    "كم أنفق الصندوق في تشاد؟",
    "Сколько денег Кения получила от Фонда?",
    "基金给乍得拨了多少钱？",
]


@pytest.mark.parametrize("question", AMOUNTS)
def test_no_amount_is_given_for_a_state_that_the_fund_helped(asked: Assistant, question: str) -> None:
    answer = asked.ask(question)
    assert answer.abstained
    assert answer.reason == Decline.NO_AMOUNT
    assert not answer.figures
    assert answer.plan.states
    assert not answer.plan.donors


GIVEN = [
    (
        "How much did Norway contribute to the fund for technical assistance in implementing UPR recommendations?",
        900,
    ),
    ("Combien l'Espagne a-t-elle versé au Fonds en 2018 ?", 300),
    ("¿Cuánto recibió el Fondo de Noruega?", 900),
    ("Сколько Испания внесла в Фонд добровольных взносов в 2018 году?", 300),
    ("كم تبرعت النرويج لصندوق التبرعات؟", 900),
    ("挪威给自愿基金捐了多少？", 900),
]


@pytest.mark.parametrize(("question", "value"), GIVEN, ids=[row[0] for row in GIVEN])
def test_a_donor_stays_a_donor(asked: Assistant, question: str, value: int) -> None:
    answer = asked.ask(question)
    assert not answer.abstained
    assert answer.figures[0].value == value


def test_how_many_were_trained_is_a_figure_of_the_passage(asked: Assistant) -> None:
    answer = asked.ask("How many prosecutors did the Fund train in Kenya?")
    assert [figure.value for figure in answer.figures] == [40]
    assert answer.citations[0].paragraph == "2"


FOLLOW_UPS = [
    ("What did the Fund do in Kenya?", "and in Chad?"),
    ("¿Qué hizo el Fondo en Kenya?", "¿Y en el Chad?"),
    ("基金在肯尼亚做了什么？", "那乍得呢？"),
]


@pytest.mark.parametrize(("first", "second"), FOLLOW_UPS, ids=[row[1] for row in FOLLOW_UPS])
def test_another_state_takes_the_first_ones_place(asked: Assistant, first: str, second: str) -> None:
    before = asked.ask(first)
    answer = asked.ask(second, previous=before.plan)
    assert answer.plan.states == ("TCD",)
    assert answer.citations[0].paragraph == "3"


def test_what_help_cost_is_not_made_up_in_a_follow_up(asked: Assistant) -> None:
    before = asked.ask("What did the Fund do in Kenya?")
    answer = asked.ask("How much did it cost?", previous=before.plan)
    assert answer.reason == Decline.NO_AMOUNT
