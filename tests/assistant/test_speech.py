"""What a delegation, a body or an organisation said: whose words are quoted, from which document, with which numbers."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import pytest

from assistant.ask import Assistant
from assistant.compose import numerals
from assistant.plan import Intent
from assistant.run.voices import presents, told
from assistant.understand import bodies, understand
from corpus.model import Document, Kind, Language, Paragraph
from corpus.settings import Settings
from index.library import Library
from tests.assistant.conftest import Page, document

INTRODUCTION = "Introduction"
PRESENTATION = "A. Presentation by the State under review"
DIALOGUE = "B. Interactive dialogue and responses by the State under review"

REVIEW = (
    (INTRODUCTION, "1", "The review of Kenya was held on 22 January 2015. The delegation was headed by a minister."),
    (PRESENTATION, "5", "A bill to outlaw female genital mutilation was before the chamber."),
    (PRESENTATION, "6", "Bans that Norway had placed on flights kept judges from taking up their posts."),
    (DIALOGUE, "9", "During the interactive dialogue, 72 delegations made statements. See section II of the present report."),
    (DIALOGUE, "10", "Norway welcomed the law on prisons and asked about drones."),
    (DIALOGUE, "11", "The delegation said that work of children was a matter of concern."),
    (DIALOGUE, "12", "At least 1,250 children were to be taken out of gold mines, under section 4 of the law, by May 2016."),
    (DIALOGUE, "13", "France regretted that maternal deaths from unsafe abortion remained frequent."),
)  # fmt: skip
COMPILATION = (
    (INTRODUCTION, "3", "UNESCO noted that libel was still a crime under the Penal Code."),
    (INTRODUCTION, "4", "The Committee against Torture was concerned at the crowding of prisons, where 3,400 persons were held."),
    (INTRODUCTION, "5", "The same Committee recommended other penalties than detention."),
    (INTRODUCTION, "6", "UNICEF observed that fewer children lived in poverty."),
)  # fmt: skip
SUMMARY = (
    (INTRODUCTION, "7", "AI noted a lack of family doctors in the north."),
    (INTRODUCTION, "8", "The Ombudsman reported that prisons were overcrowded, at 180 percent of their places."),
)  # fmt: skip


def _made(key: str, kind: Kind, told: tuple[tuple[str, str, str], ...], date: str, state: str) -> Document:
    page = Page()
    headed = [replace(page.add(number, words), heading=(heading,)) for heading, number, words in told]
    page.paragraphs[:] = headed
    return document(key, kind, page, state=state, cycle=2, session="21", date=date)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(home=tmp_path_factory.mktemp("speech"), starter=False, workers=1)
    with Library.open(settings) as opened:
        opened.add_documents([
            _made("A/HRC/81/1", Kind.UPR_OUTCOME, REVIEW, "2015-03-26", "KEN"),
            _made("A/HRC/WG.6/21/KEN/2", Kind.UN_COMPILATION, COMPILATION, "2014-11-10", "KEN"),
            _made("A/HRC/WG.6/21/KEN/3", Kind.STAKEHOLDER_SUMMARY, SUMMARY, "2014-11-12", "KEN"),
            _made("A/HRC/81/2", Kind.UPR_OUTCOME, REVIEW[:2], "2015-03-27", "CHL"),
        ])  # fmt: skip
        yield Assistant(opened, settings)


COMPILED, SUMMED, REPORT = "A/HRC/WG.6/21/KEN/2", "A/HRC/WG.6/21/KEN/3", "A/HRC/81/1"
# question, where the answer stands
SAID = {
    "a presentation that names nobody": ("What did the Kenyan delegation announce about FGM?", REPORT, "5"),
    "in Spanish": ("¿Qué anunció la delegación de Kenya sobre la mutilación genital femenina?", REPORT, "5"),
    "another State belongs to the topic": (
        "How did Kenya's delegation speak about Norway's bans on its judges?", REPORT, "6"),
    "a reply goes on": ("Qu'a dit la délégation kényane des enfants dans les mines d'or ?", REPORT, "12"),
    "a body": ("What did UNESCO say about libel in Kenya?", COMPILED, "3"),
    "its position, in Russian": ("Позиция ЮНЕСКО по клевете, Кения, 2-й цикл", COMPILED, "3"),
    "a body, in French": ("Que disait l'UNESCO de la diffamation au Kenya ?", COMPILED, "3"),
    "a body, in Arabic": ("ماذا ذكرت اليونيسف عن فقر الأطفال في كينيا؟", COMPILED, "6"),
    "the document names it": ("UNICEF on child poverty in Kenya, 2014 UN compilation", COMPILED, "6"),
    "an abbreviation": ("Que disait Amnesty du manque de médecins de famille au Kenya ?", SUMMED, "7"),
    "a year of the summary": ("大赦国际在2014年利益攸关方材料中就肯尼亚的家庭医生说了什么？", SUMMED, "7"),
    "a national institution": ("What has the Kenyan Ombudsman reported on prisons?", SUMMED, "8"),
}  # fmt: skip


@pytest.mark.parametrize(("question", "key", "paragraph"), SAID.values(), ids=SAID)
def test_words_are_quoted_from_who_said_them(
    asked: Assistant, question: str, key: str, paragraph: str
) -> None:
    answer = asked.ask(question)
    assert not answer.abstained
    assert (answer.citations[0].key, answer.citations[0].paragraph) == (key, paragraph)


# what nobody said, or nobody who is asked about
UNSAID = {
    "nobody speaks of it": "What did the Kenyan delegation say about whaling?",
    "another State's words": "¿Qué dijo la delegación de Kenya sobre las muertes maternas por abortos inseguros?",
    "the dialogue itself is no topic": "ما رأي وفد كينيا في مسألة القتل الرحيم خلال الحوار التفاعلي؟",
    "no document names the organisation": "Что «Международная амнистия» сообщила о Чили?",
    "no such document of the State": "What does Chile's stakeholder summary say about prisons?",
    "a report does not mention it": "肯尼亚的报告提到安乐死吗？",
    "a number that is not given": "How many drones did the Kenyan delegation say were in use?",
}  # fmt: skip


@pytest.mark.parametrize("question", UNSAID.values(), ids=UNSAID)
def test_what_was_not_said_is_declined(asked: Assistant, question: str) -> None:
    assert asked.ask(question).abstained


def test_an_organisation_that_nothing_names_is_said_to_be_so(asked: Assistant) -> None:
    assert "Human Rights Watch" in asked.ask("What did Human Rights Watch say about Kenya?").answer


# question, the numbers of its answer
NUMBERS = {
    "how many": ("How many children in gold mines did the delegation of Kenya speak of?", {1250}),
    "a figure, in Spanish": ("¿Qué cifra dio el Comité contra la Tortura sobre las cárceles de Kenya?", {3400}),
    "a second question": (
        "What has the Kenyan Ombudsman reported on prisons? Is there an occupancy figure?", {180}),
    "none asked for": ("What has the Kenyan Ombudsman reported on prisons?", set()),
}  # fmt: skip


@pytest.mark.parametrize(("question", "values"), NUMBERS.values(), ids=NUMBERS)
def test_numbers_of_the_quote_are_figures_where_asked_for(
    asked: Assistant, question: str, values: set[int]
) -> None:
    assert {figure.value for figure in asked.ask(question).figures} == values


# question, the bodies whose words it asks for
BODIES = [
    ("What did UNICEF say about schools in Kenya?", ("UNICEF",)),
    ("According to the Committee against Torture, how full are prisons in Kenya?", ("Committee against Torture",)),
    ("Selon le HCR, combien de réfugiés vivent au Kenya ?", ("UNHCR",)),
    ("¿Qué opinó el Comité de los Derechos del Niño sobre Kenya?", ("Committee on the Rights of the Child",)),
    ("ما رأي لجنة حقوق الطفل في المدارس في كينيا؟", ("Committee on the Rights of the Child",)),
    ("Что рекомендовал Комитет против пыток Кении?", ("Committee against Torture",)),
    ("教科文组织对肯尼亚的学校说了什么？", ("UNESCO",)),
    ("What did JS4 say about schools in Kenya?", ("JS4",)),
    ("What did the Kenyan delegation say about the Ombudsman?", ()),
    ("Which recommendations to Kenya fall within UNESCO's mandate?", ()),
    ("Did Norway recommend that Kenya sign the UNESCO convention?", ()),
    ("Which States recommended the most to Kenya?", ()),
]  # fmt: skip


@pytest.mark.parametrize(("question", "named"), BODIES, ids=[row[0] for row in BODIES])
def test_a_body_speaks_where_the_question_asks_for_its_words(question: str, named: tuple[str, ...]) -> None:
    plan = understand(question)
    assert plan.bodies == named
    assert not named or (plan.intent, plan.states) == (Intent.PASSAGE, ("KEN",))


def test_every_body_has_names_in_six_languages() -> None:
    source = files("assistant").joinpath("data", "bodies.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(source)["body"]
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"id", "written", *map(str, Language)}, row["id"]
        for language in Language:
            shown = bodies.shown(row["id"], language)
            assert bodies.named(row["id"], shown[0].upper() + shown[1:], language), (row["id"], language)


def test_a_word_is_no_organisation() -> None:
    assert not bodies.named("Amnesty International", "They were granted an amnesty.", Language.ENGLISH)
    assert bodies.named("Amnesty International", "AI noted progress.", Language.ENGLISH)


HEADINGS = [
    (PRESENTATION, True),
    ("A. Exposé de l'État examiné", True),
    ("A. Exposición del Estado examinado", True),
    (DIALOGUE, False),
    (INTRODUCTION, False),
]


@pytest.mark.parametrize(("heading", "presented"), HEADINGS, ids=[row[0] for row in HEADINGS])
def test_a_heading_gives_the_floor_to_the_state(heading: str, presented: bool) -> None:
    assert presents((heading,)) is presented


def test_replies_end_where_another_state_speaks() -> None:
    paragraphs = [Paragraph(number, text, 0, len(text), heading=(head,)) for head, number, text in REVIEW[4:]]
    assert [speaker for _, speaker in told(paragraphs, "KEN")] == ["NOR", "KEN", "KEN", "FRA"]


# text, language, what is counted in it
COUNTED = [
    ("Some 25,400 persons, 209 percent of places", Language.ENGLISH, ["25400", "209"]),
    ("under articles 12 and 14, on 5 May 2014", Language.ENGLISH, []),
    ("since November 201986", Language.ENGLISH, []),  # a year with the mark of a footnote
    ("25 400 personnes, soit 3,5 %", Language.FRENCH, ["25400", "3.5"]),
    ("培训了90名法官，第5条", Language.CHINESE, ["90"]),
]


@pytest.mark.parametrize(("text", "language", "values"), COUNTED, ids=[row[0] for row in COUNTED])
def test_numbers_that_count_something(text: str, language: Language, values: list[str]) -> None:
    assert [value for value, _ in numerals.find(text, language)] == [Decimal(one) for one in values]


# a question, what is asked after it, where the answer to that stands
FOLLOWED = {
    "another topic": ("What did the Kenyan delegation say about FGM?", "And about gold mines?", REPORT, "12"),
    "another body": (
        "What did UNICEF say about prisons in Kenya?", "And the Committee against Torture?", COMPILED, "4"),
}  # fmt: skip


@pytest.mark.parametrize(("first", "then", "key", "paragraph"), FOLLOWED.values(), ids=FOLLOWED)
def test_a_follow_up_asks_for_other_words(
    asked: Assistant, first: str, then: str, key: str, paragraph: str
) -> None:
    answer = asked.ask(then, previous=asked.ask(first).plan)
    assert not answer.abstained
    assert (answer.citations[0].key, answer.citations[0].paragraph) == (key, paragraph)
