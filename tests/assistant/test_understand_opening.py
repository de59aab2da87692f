"""What an asker says of himself, words that are no topic, names of States as people write them."""

import pytest

from assistant.ask import Assistant
from assistant.plan import Decline, Intent
from assistant.understand import understand

KNOWN = frozenset({"KEN", "KHM"})

# question, States under review, recommending States, themes, words
INTRODUCED = [
    ("Our team defends prisoners. What was Kenya told about water?", "KEN", "", "Water", ""),
    ("I'm with an NGO in Kenya working on torture. What did Norway recommend?", "KEN", "NOR", "", ""),
    ("For a note to the minister: which recommendations did Norway make to Kenya?", "KEN", "NOR", "", ""),
    ("We are at the ministry in Oslo and need what we ourselves recommended to Kenya.", "KEN", "NOR", "", ""),
    ("We run schools in Kenya. Which recommendations did the country get from Norway?", "KEN", "NOR", "", ""),
    ("Notre ONG suit les prisons. Qu'a recommandé la Norvège au Kenya ?", "KEN", "NOR", "", ""),
    ("Pour un rapport au ministre : les recommandations de la Norvège au Kenya", "KEN", "NOR", "", ""),
    ("Je travaille à Oslo. Qu'avons-nous recommandé au Kenya ?", "KEN", "NOR", "", ""),
    ("Je suis député au Kenya. Que nous a recommandé la Norvège ?", "KEN", "NOR", "", ""),
    ("Trabajamos con presos en Kenya. ¿Qué le recomendó Noruega al país?", "KEN", "NOR", "", ""),
    ("Somos de la misión de Noruega. ¿Cuántas recomendaciones hicimos a Kenya?", "KEN", "NOR", "", ""),
    ("Soy periodista en Nairobi. ¿Cuántas recomendaciones nos hizo Noruega?", "KEN", "NOR", "", ""),
    ("مرحبا، نعد مذكرة عن السجون: ما التوصيات التي قدمتها النرويج إلى كينيا؟", "KEN", "NOR", "", ""),
    ("نحن من وزارة الخارجية في أوسلو. ما التوصيات التي قدمناها إلى كينيا؟", "KEN", "NOR", "", ""),
    ("Готовим записку о тюрьмах. Какие рекомендации Норвегия дала Кении?", "KEN", "NOR", "", ""),
    ("Мы работаем в Осло. Сколько рекомендаций мы дали Кении?", "KEN", "NOR", "", ""),
    ("我们组织在肯尼亚关注监狱问题，想知道挪威给我国提了哪些建议", "KEN", "NOR", "", ""),
    ("我在奥斯陆的外交部工作。我们向肯尼亚提出了多少条建议？", "KEN", "NOR", "", ""),
]


@pytest.mark.parametrize(
    ("question", "states", "by", "themes", "text"), INTRODUCED, ids=[row[0] for row in INTRODUCED]
)
def test_who_asks_and_why_filters_nothing_but_may_name_the_state(
    question: str, states: str, by: str, themes: str, text: str
) -> None:
    plan = understand(question, None, KNOWN)
    assert plan.decline is None
    assert (plan.states, plan.recommenders) == ((states,), (by,) if by else ())
    assert not plan.positions
    assert plan.text == text
    assert bool(plan.units) is bool(themes)


PAIRED = [
    ("Norway spoke when Kenya was reviewed. How many recommendations did it make?", "KEN", "NOR"),
    (
        "La Norvège a pris la parole sur le Kenya. Combien de recommandations lui a-t-elle faites ?",
        "KEN",
        "NOR",
    ),
    ("Noruega habló en el examen de Kenya. ¿Cuántas recomendaciones le hizo?", "KEN", "NOR"),
    ("Noruega habló en el examen de Kenya. ¿Cuántas recomendaciones recibió?", "NOR", "KEN"),
    ("Норвегия выступила по Кении. Сколько рекомендаций она дала?", "KEN", "NOR"),
    ("肯尼亚2015年审议时，挪威给它提了几条建议？", "KEN", "NOR"),
]


@pytest.mark.parametrize(("question", "states", "by"), PAIRED, ids=[row[0] for row in PAIRED])
def test_a_pronoun_means_the_state_that_was_named_before(question: str, states: str, by: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.states, plan.recommenders) == ((states,), (by,))


# words that stand where no topic does
ASIDE = [
    "How many recommendations came from Norway when Kenya was examined in October 2015?",
    "nb de recommandations faites par la Norvège au Kenya",
    "¿Cuántas recomendaciones le dejó Noruega a Kenya? Dame las dos cifras.",
    "كم بلغ عدد التوصيات التي قدمتها النرويج إلى كينيا؟",
    "Укажите, сколько рекомендаций Норвегия дала Кении (ноябрь 2015 г.).",
    "同样是2015年，挪威给肯尼亚提了几条建议？",
]


@pytest.mark.parametrize("question", ASIDE)
def test_words_that_stand_where_no_topic_does_narrow_nothing(question: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.intent, plan.states, plan.recommenders) == (Intent.COUNT, ("KEN",), ("NOR",)) or (
        plan.states,
        plan.recommenders,
    ) == (("KEN",), ("NOR",))
    assert not plan.text


# question, the words that are its topic
ASKED_FOR = [
    ("Recommendations to Kenya on unicorns", "unicorns"),
    ("Did anyone ask Kenya to license circuses?", "license circuses"),
    ("Which recommendations to Kenya mention circuses?", "circuses"),
    ("Recommandations au Kenya sur les licornes", "licornes"),
    ("Quelles recommandations demandent au Kenya de fermer les cirques ?", "cirques"),
    ("¿Qué Estados pidieron a Kenya que cerrara los circos?", "cerrara circos"),
    ("توصيات إلى كينيا بشأن السيرك", "السيرك"),
    ("Кто призывал Кению закрыть цирки?", "цирки"),
    ("关于独角兽的建议，肯尼亚收到过吗？", "独角兽"),
]


@pytest.mark.parametrize(("question", "text"), ASKED_FOR, ids=[row[0] for row in ASKED_FOR])
def test_what_is_asked_for_is_a_topic_in_any_words(question: str, text: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.states, plan.text) == (("KEN",), text)
    assert plan.pointed


MISSPELT = [
    ("What did Belgum recommend to Kenya?", "BEL", "Belgum"),
    ("what did norwey recommend to kenya", "NOR", "norwey"),
    ("Qu'a recommandé la Belgiqe au Kenya ?", "BEL", "Belgiqe"),
    ("Recomendaciones de Alemenia a Kenya", "DEU", "Alemenia"),
    ("что рекомендовала норвечия кении", "NOR", "норвечия"),
    ("罗马泥亚给肯尼亚提了哪些建议？", "ROU", "罗马泥亚"),
]


@pytest.mark.parametrize(("question", "by", "written"), MISSPELT, ids=[row[0] for row in MISSPELT])
def test_a_misspelt_state_is_read_and_told(question: str, by: str, written: str) -> None:
    plan = understand(question, None, KNOWN)
    assert (plan.states, plan.recommenders) == (("KEN",), (by,))
    assert f"read:{written}:{by}" in plan.notes


def test_several_states_near_a_misspelt_name_are_asked_about() -> None:
    plan = understand("ما هي توصيات سلوفانيا إلى كينيا؟", None, KNOWN)
    assert (plan.decline, plan.missing) == (Decline.AMBIGUOUS_STATE, ("SVK", "SVN"))


def test_ordinary_words_near_a_states_name_are_left_alone() -> None:
    for question in ("Какая статья расходов была самой крупной?", "Recommandations au Kenya sur la grâce"):
        assert not understand(question, None, KNOWN).notes


def test_a_zero_is_a_zero_whatever_words_stand_by(assistant: Assistant) -> None:
    answer = assistant.ask("nb de recommandations faites par le Chili au Kenya")
    assert not answer.abstained
    assert [figure.value for figure in answer.figures] == [0]
    assert "A/HRC/90/2" in answer.answer


def test_what_is_not_used_and_what_is_read_in_a_name_is_told(assistant: Assistant) -> None:
    answer = assistant.ask(
        "I'm a lawyer in Nairobi working on prisons. What did Norwey recommend to us swiftly?"
    )
    assert "“Norwey” is read as Norway." in answer.notes
    assert any("prisons" in note for note in answer.notes)


def test_a_topic_in_no_row_is_declined_in_words_that_nothing_translates(assistant: Assistant) -> None:
    answer = assistant.ask("Рекомендации о единорогах для Кении")
    assert answer.abstained
    assert not answer.recommendations
