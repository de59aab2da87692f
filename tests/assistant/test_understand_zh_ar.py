"""Questions as they are put in Chinese and Arabic: spellings, particles, digits, numerals, positions, time, money."""

import pytest

from assistant.plan import Decline, Intent, Measure
from assistant.understand import understand
from assistant.understand.text import prepare
from corpus.model import Kind, Position
from index.filters import Facet

# question, States under review, recommending States, positions, cycles
ASKED = [
    ("愛沙尼亞從厄瓜多收到多少條建議？", "EST", "ECU", "", ()),  # traditional characters, a name of Taiwan
    ("请列出未获得瑞典支持的建议。", "SWE", "", "noted", ()),
    ("阿联酋待审议的建议有多少条", "ARE", "", "pending", ()),
    ("吉布提有几条建议要以后再答复？", "DJI", "", "pending", ()),
    ("斯洛文尼亚对法国关于转化疗法的建议是接受还是没接受", "SVN", "FRA", "supported noted", ()),
    ("挪威对伊拉克提出的建议中得到支持的有几条", "IRQ", "NOR", "supported", ()),
    ("土耳其在第六轮审议中接受了多少建议", "TUR", "", "supported", (6,)),
    ("كم توصية قبلتها المجر؟", "HUN", "", "supported", ()),  # the everyday name of a State
    ("توصيات مالديف لإسرائيل", "ISR", "MDV", "", ()),  # "to" written onto the name
    ("هل هناك توصيات لليبيا عن السجون؟", "LBY", "", "", ()),
    ("اذكر التوصيات التي لم تحظ بتأييد السويد", "SWE", "", "noted", ()),
    ("ما التوصيات التي ستدرسها جيبوتي وترد عليها لاحقا", "DJI", "", "pending", ()),
    ("التوصيات الروسية التي لم تقبلها هنغاريا", "HUN", "RUS", "noted", ()),
    ("عدد التوصيات المرفوضة من أندورا", "AND", "", "noted", ()),  # "refused by" names who was reviewed
    ("توصيات إسبانيا المقبولة من غينيا الاستوائية", "GNQ", "ESP", "supported", ()),
    ("كم توصية أرجأت السلفادور الرد عليها؟", "SLV", "", "pending", ()),
    ("كم توصية تلقت سلوفينيا في دورتها الثالثة؟", "SVN", "", "", (3,)),
    ("كم توصية قبلت سلوفينيا في الدورة الثانية مقارنة بالثالثة؟", "SVN", "", "supported", (2, 3)),
]


@pytest.mark.parametrize(
    ("question", "states", "by", "positions", "cycles"), ASKED, ids=[row[0] for row in ASKED]
)
def test_states_positions_and_cycles(
    question: str, states: str, by: str, positions: str, cycles: tuple[int, ...]
) -> None:
    plan = understand(question)
    assert plan.states == tuple(states.split())
    assert plan.recommenders == tuple(by.split())
    assert set(plan.positions) == {Position(one) for one in positions.split()}
    assert plan.cycles == cycles


NUMBERED = [
    ("吉布提关于目标十六的建议", {"goals": (16,)}),
    ("توصيات جيبوتي المتعلقة بالهدف السادس عشر", {"goals": (16,)}),
    ("توصيات اليمن في الدورة السادسة والعشرين", {"sessions": (26,), "cycles": ()}),
    ("ما موقف لكسمبرغ من التوصية ١١٩٫٢؟", {"numbers": ("119.2",)}),
    (
        "Ａ／ＨＲＣ／１８／１７第９４．６３段是什么内容？",
        {"documents": ("A/HRC/18/17",), "paragraphs": ("94.63",)},
    ),
]


@pytest.mark.parametrize(("question", "expected"), NUMBERED, ids=[row[0] for row in NUMBERED])
def test_numerals_and_digits(question: str, expected: dict[str, object]) -> None:
    plan = understand(question)
    assert {name: getattr(plan, name) for name in expected} == expected


def test_a_state_alone_is_the_one_that_the_corpus_reviews() -> None:
    question = "توصيات جيبوتي المقبولة"
    assert understand(question).recommenders == ("DJI",)
    assert understand(question, known=frozenset({"DJI"})).states == ("DJI",)


def test_a_question_in_traditional_characters_is_kept_simplified() -> None:
    assert prepare("愛沙尼亞收到多少條建議？") == "爱沙尼亚收到多少条建议？"
    assert prepare("爱沙尼亚收到多少条建议？") == "爱沙尼亚收到多少条建议？"


STRANGERS = [
    ("卢森堡对亚特兰蒂斯提了多少建议？", "亚特兰蒂斯"),
    ("كم توصية وجهتها أطلنطس إلى العراق؟", "أطلنطس"),
]


@pytest.mark.parametrize(("question", "name"), STRANGERS, ids=[row[1] for row in STRANGERS])
def test_a_name_that_no_state_bears_is_told(question: str, name: str) -> None:
    plan = understand(question)
    assert (plan.decline, plan.missing) == (Decline.UNKNOWN_STATE, (name,))


@pytest.mark.parametrize(
    "question",
    ["人权理事会对伊拉克提的建议有哪些", "哪些国家建议伊拉克废除死刑？", "民间社会对伊拉克提的建议有哪些"],
)
def test_no_future_and_no_exception_inside_chinese_words(question: str) -> None:
    plan = understand(question)
    assert plan.decline is None
    assert plan.intent in {Intent.LIST, Intent.WHO}


def test_most_and_the_document_of_positions() -> None:
    most = understand("من أكثر دولة قدمت توصيات لإسرائيل؟")
    assert (most.intent, most.facet, most.most) == (Intent.GROUP, Facet.RECOMMENDER, True)
    where = understand("在哪份文件里斯洛文尼亚说明了对第三轮建议的立场？")
    assert (where.intent, where.kinds, where.cycles) == (Intent.DOCUMENTS, (Kind.UPR_ADDENDUM,), (3,))


MONEY = [
    ("德国从基金成立到2015年总共捐了多少钱？", Measure.TOTAL, 2015, ()),
    ("كم تبرعت ألمانيا منذ إنشاء الصندوق حتى نهاية 2015؟", Measure.TOTAL, 2015, ()),
    ("德国和挪威谁捐得多？", Measure.DIFFERENCE, None, ()),
    ("كم أنفق على سفر الممثلين والمشاركين", Measure.VALUE, None, ("participants_travel",)),
]


@pytest.mark.parametrize(("question", "measure", "until", "concepts"), MONEY, ids=[row[0] for row in MONEY])
def test_money(question: str, measure: Measure, until: int | None, concepts: tuple[str, ...]) -> None:
    plan = understand(question)
    assert plan.intent is Intent.MONEY
    assert plan.money is not None
    assert (plan.money.measure, plan.money.until, plan.years) == (measure, until, ())
    assert plan.money.concepts == concepts


def test_what_the_fund_did_is_no_sum() -> None:
    assert understand("كم قاضيا دُرب في كمبوديا بدعم الصندوق").intent is Intent.PASSAGE
