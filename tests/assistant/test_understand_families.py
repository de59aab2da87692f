"""Families of words in all six languages: speaking, raising, asking whether anyone asked, positions, times, terms."""

import pytest

from assistant.plan import Decline, Intent, Measure
from assistant.understand import understand
from corpus.model import Position
from index.filters import Facet

KNOWN = frozenset({"KEN", "KHM"})

# question on what Kenya said, whether it is asked on a topic
SPEECH = [
    ("How did the Kenyan delegation defend the law on land?", True),
    ("What was Kenya's answer on evictions?", True),
    ("What has Kenya's government got to say?", False),
    ("Qu'a dit le Kenya à propos des expulsions ?", True),
    ("Quelle a été la réponse de la délégation kényane sur les expulsions ?", True),
    ("Comment le Kenya a-t-il justifié la loi foncière ?", True),
    ("Qu'a dit le Kenya pendant son examen ?", False),
    ("¿Qué contestó la delegación de Kenya sobre los desalojos?", True),
    ("¿Cómo justificó Kenya su ley de tierras?", True),
    ("¿Qué dijo Kenya?", False),
    ("ماذا قال الوفد الكيني عن الإخلاء؟", True),
    ("كيف بررت كينيا قانون الأراضي؟", True),
    ("Как Кения отреагировала на критику выселений?", True),
    ("Что сказала Кения в ходе обзора?", False),
    ("肯尼亚代表团怎么谈土地法？", True),
    ("肯尼亚就土地法作了什么答复？", True),
]


@pytest.mark.parametrize(("question", "pointed"), SPEECH, ids=[row[0] for row in SPEECH])
def test_a_states_own_words_are_asked_for_on_a_topic_or_at_all(question: str, pointed: bool) -> None:
    plan = understand(question, None, KNOWN)
    assert plan.speakers == ("KEN",)
    assert plan.pointed is pointed


RAISED = [
    "Which countries brought up the death penalty with Kenya?",
    "Which delegations voiced concern over the death penalty in Kenya?",
    "Quels pays ont évoqué la peine de mort avec le Kenya ?",
    "Qui s'est inquiété de la peine de mort au Kenya ?",
    "¿Qué países plantearon la pena de muerte a Kenya?",
    "¿Quién expresó preocupación por la pena de muerte en Kenya?",
    "ما هي الدول التي أثارت مسألة عقوبة الإعدام مع كينيا؟",
    "من أعرب عن قلقه إزاء عقوبة الإعدام في كينيا؟",
    "Какие страны подняли вопрос о смертной казни в Кении?",
    "Кто выразил обеспокоенность по поводу смертной казни в Кении?",
    "哪些国家对肯尼亚的死刑表示关切？",
    "谁对肯尼亚的死刑表示担忧？",
]


@pytest.mark.parametrize("question", RAISED)
def test_who_raises_a_matter_is_found_in_the_recommendations(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.states, plan.themes) == (Intent.WHO, ("KEN",), ("Death penalty",))
    assert not plan.text
    assert plan.decline is None


WANTED = [
    "Who wants Kenya to abolish the death penalty?",
    "Qui réclame l'abolition de la peine de mort au Kenya ?",
    "¿Quiénes quieren que Kenya suprima la pena de muerte?",
    "من يطالب كينيا بإلغاء عقوبة الإعدام؟",
    "Кто требует от Кении отмены смертной казни?",
    "哪些国家希望肯尼亚废除死刑？",
]


@pytest.mark.parametrize("question", WANTED)
def test_who_wants_something_recommends_it(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.states, plan.recommenders) == (Intent.WHO, ("KEN",), ())
    assert plan.themes == ("Death penalty",)


MOST = [
    "Which States recommended the most to Kenya?",
    "Quels pays ont le plus recommandé au Kenya ?",
    "¿Qué países recomendaron más a Kenya?",
    "ما هي أكثر ثلاث دول أوصت كينيا؟",
    "Какие страны больше всего рекомендовали Кении?",
    "对肯尼亚提建议最多的国家是哪些？",
]


@pytest.mark.parametrize("question", MOST)
def test_who_recommended_most_is_grouped_by_author(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.facet, plan.states) == (Intent.GROUP, Facet.RECOMMENDER, ("KEN",))


ANYONE = [
    "Did anyone ask Kenya to abolish the death penalty?",
    "Quelqu'un a-t-il demandé au Kenya d'abolir la peine de mort ?",
    "¿Alguien pidió a Kenya que aboliera la pena de muerte?",
    "هل طلب أحد من كينيا إلغاء عقوبة الإعدام؟",
    "Просил ли кто-нибудь Кению отменить смертную казнь?",
    "有没有国家要求肯尼亚废除死刑？",
]


@pytest.mark.parametrize("question", ANYONE)
def test_whether_anyone_asked_is_asked_of_the_state_under_review(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.states, plan.recommenders) == (Intent.LIST, ("KEN",), ())
    assert plan.themes == ("Death penalty",)


# question, position
POSITIONS = [
    ("Which recommendations to Kenya on prisons are still open?", "pending"),
    ("Quelles recommandations au Kenya restent sans réponse ?", "pending"),
    ("¿Qué recomendaciones a Kenya siguen sin resolver?", "pending"),
    ("ما التوصيات المقدمة إلى كينيا التي لا تزال مفتوحة؟", "pending"),
    ("Какие рекомендации Кении пока открыты?", "pending"),
    ("肯尼亚哪些建议还没有定论？", "pending"),
    ("Did Kenya say yes to abolishing the death penalty?", "supported"),
    ("Has Kenya said no to abolishing the death penalty?", "noted"),
    ("Did Kenya commit to protecting journalists?", "supported"),
    ("Le Kenya s'est-il engagé à protéger les journalistes ?", "supported"),
    ("¿Se comprometió Kenya a proteger a los periodistas?", "supported"),
    ("هل تعهدت كينيا بحماية الصحفيين؟", "supported"),
    ("Обязалась ли Кения защищать журналистов?", "supported"),
    ("肯尼亚承诺保护记者了吗？", "supported"),
    ("肯尼亚代表团在审议中说了什么？", ""),
]


@pytest.mark.parametrize(("question", "position"), POSITIONS, ids=[row[0] for row in POSITIONS])
def test_a_position_is_known_by_everyday_words(question: str, position: str) -> None:
    plan = understand(question, None, KNOWN)
    assert plan.positions == tuple(Position(one) for one in position.split())
    assert "KEN" in plan.states + plan.speakers
    assert not plan.recommenders


LATEST = [
    "What was Kenya told about prisons last time?",
    "Combien de recommandations le Kenya a-t-il reçues la dernière fois ?",
    "¿Cuántas recomendaciones recibió Kenya la última vez?",
    "كم توصية تلقتها كينيا في المرة الأخيرة؟",
    "Сколько рекомендаций получила Кения в последний раз?",
    "肯尼亚上次收到多少条建议？",
]


@pytest.mark.parametrize("question", LATEST)
def test_the_last_time_is_the_latest_review(question: str) -> None:
    assert understand(question, None, KNOWN).latest


REGIONAL = [
    "Which African countries made recommendations to Cambodia?",
    "Quels États africains ont fait des recommandations au Cambodge ?",
    "¿Qué países africanos hicieron recomendaciones a Camboya?",
    "ما هي الدول الأفريقية التي قدمت توصيات إلى كمبوديا؟",
    "Какие африканские страны дали рекомендации Камбодже?",
    "哪些非洲国家向柬埔寨提出了建议？",
]


@pytest.mark.parametrize("question", REGIONAL)
def test_which_of_a_region_is_who(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.states, plan.by_regions) == (Intent.WHO, ("KHM",), ("African States",))


NARROW = [
    "Recommendations to Kenya on child marriage",
    "Recommandations au Kenya sur le mariage précoce",
    "توصيات إلى كينيا بشأن زواج الأطفال",
    "Рекомендации Кении о детских браках",
    "关于童婚的建议，肯尼亚",
]


@pytest.mark.parametrize("question", NARROW)
def test_a_term_that_is_only_a_case_of_a_label_is_matched_by_its_words(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert [kind for unit in plan.units for kind, _ in unit] == ["words"]


def test_a_topic_in_other_words_keeps_its_label() -> None:
    assert understand("Recommendations to Kenya on press freedom").themes == ("Freedom of the press",)
    assert understand("Recommendations to Kenya on human trafficking").themes


# question, why it is declined
READ_RIGHT = [
    ("Que prévoit la décision 17/119 ?", None),
    ("¿Qué prevé la decisión 17/119?", None),
    ("肯尼亚接受了多少条属于儿基会任务范围的建议？", None),
    ("自愿基金董事会的主席是谁？", None),
    ("中国的主席是谁？", Decline.OUTSIDE),
    ("¿Ratificará Kenya el Convenio?", Decline.FUTURE),
    ("¿Alguien pidió a Kenya que ratificara el Convenio?", None),
]


@pytest.mark.parametrize(("question", "decline"), READ_RIGHT, ids=[row[0] for row in READ_RIGHT])
def test_a_word_of_the_future_or_from_outside_is_not_seen_in_another(
    question: str, decline: Decline | None
) -> None:
    assert understand(question, None, KNOWN).decline is decline


MONEY = [
    "How much was spent in total on staff and consultants in 2018?",
    "Combien le Fonds a-t-il dépensé en tout pour le personnel et les consultants en 2018 ?",
    "¿Cuánto gastó el Fondo en total en personal y consultores en 2018?",
    "2018年基金在工作人员费用和顾问费用上一共花了多少钱？",
]


@pytest.mark.parametrize("question", MONEY)
def test_several_lines_are_summed_where_their_total_is_asked_for(question: str) -> None:
    asked = understand(question).money
    assert asked is not None
    assert (asked.measure, asked.concepts) == (Measure.TOTAL, ("staff_costs", "other_personnel"))


def test_a_large_sum_is_no_recommendations_number() -> None:
    assert not understand("¿Qué países dieron más de 100.000 dólares al Fondo en 2018?").numbers
    assert understand("¿Qué dice la recomendación 100.10 a Kenya?").numbers == ("100.10",)


BY_CYCLE = [
    "In which cycle did Kenya get the most recommendations?",
    "À quel cycle le Kenya a-t-il reçu le plus de recommandations ?",
    "في أي جولة تلقت كينيا أكبر عدد من التوصيات؟",
    "肯尼亚哪一轮收到的建议最多？",
]


@pytest.mark.parametrize("question", BY_CYCLE)
def test_in_which_cycle_most_is_grouped_by_cycle(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.facet, plan.cycles) == (Intent.GROUP, Facet.CYCLE, ())


AND_TAKEN = [
    "¿Qué recomendaciones hizo España a Kenya y fueron aceptadas?",
    "ما التوصيات التي قدمتها إسبانيا إلى كينيا وهل قُبلت؟",
    "Какие рекомендации Кении дала Испания и приняты ли они?",
    "西班牙向肯尼亚提了哪些建议，接受了吗？",
]


@pytest.mark.parametrize("question", AND_TAKEN)
def test_whether_they_were_taken_is_a_second_question(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.states, plan.recommenders, plan.positions, plan.split) == (("KEN",), ("ESP",), (), True)
