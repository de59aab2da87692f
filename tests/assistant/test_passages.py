"""Which passage answers: where the question says, of the speaker asked about, with the number or person asked for."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.ask import Assistant
from assistant.plan import Intent
from assistant.run.sentences import sentences
from assistant.run.voices import voice
from assistant.understand import understand
from corpus.model import Document, Kind, Language
from corpus.settings import Settings
from index.library import Library
from tests.assistant.conftest import Page, document, outcome


def _review(key: str, state: str, cycle: int, date: str, told: tuple[tuple[str, str], ...]) -> Document:
    base = outcome(key, state, cycle, str(6 * cycle), date)
    page = Page()
    for number, words in told:
        page.add(number, words)
    made = document(key, Kind.UPR_OUTCOME, page, state=state, cycle=cycle, session=str(6 * cycle), date=date)
    # The recommendations of the shared fixture stand behind the paragraphs told here.
    return _joined(made, base)


def _joined(told: Document, base: Document) -> Document:
    shift = len(told.text)
    return replace(
        told,
        text=told.text + base.text,
        paragraphs=(
            *told.paragraphs,
            *(replace(one, start=one.start + shift, end=one.end + shift) for one in base.paragraphs[1:]),
        ),
        recommendations=tuple(
            replace(one, start=one.start + shift, end=one.end + shift) for one in base.recommendations
        ),
    )


FIRST = (
    (
        "1",
        "The review of Kenya was held at the 3rd meeting, on 6 May 2010. Kenya was represented by Mr. A. Otieno.",
    ),
    ("2", "The Council chose these rapporteurs (troika) for the review of Kenya: Chile, Ghana and Japan."),
    ("3", "During the interactive dialogue, 41 delegations made statements."),
    ("4", "Norway welcomed the new constitution of Kenya and asked about the police."),
)
SECOND = (
    ("1", "The review of Kenya was held at the 5th meeting, on 22 January 2015."),
    ("2", "The Council chose these rapporteurs (troika) for the review of Kenya: Cuba, Gabon and Qatar."),
    ("3", "During the interactive dialogue, 72 delegations made statements."),
    ("4", "The delegation explained that the law on land of 2012 protects communities from eviction."),
    ("5", "Praising Kenya for its report, Norway noted that prisons remained overcrowded."),
    ("6", "Norway also thanked Kenya for its open door to independent experts."),
)  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    settings = Settings(home=tmp_path_factory.mktemp("reviews"), starter=False, workers=1)
    with Library.open(settings) as opened:
        opened.add_documents([
            _review("A/HRC/80/1", "KEN", 1, "2010-06-01", FIRST),
            _review("A/HRC/80/2", "KEN", 2, "2015-03-26", SECOND),
            _review("A/HRC/80/3", "CHL", 2, "2014-04-02", (
                ("2", "The Council chose these rapporteurs (troika) for the review of Chile: Cuba, Oman and Togo."),
                ("3", "During the interactive dialogue, 84 delegations made statements."),
            )),
        ])  # fmt: skip
        yield Assistant(opened, settings)


# question, where the answer stands
PLACES = {
    "the cycle named": ("Which States were the troika for Kenya in cycle 1?", "A/HRC/80/1", "2"),
    "the other cycle": ("Which States were the troika for Kenya in the second cycle?", "A/HRC/80/2", "2"),
    "the year of the review": ("Who were the rapporteurs for Kenya in 2015?", "A/HRC/80/2", "2"),
    "the State named": ("Which States formed the troika for the review of Chile?", "A/HRC/80/3", "2"),
    "a number of what is counted": ("How many delegations made statements on Kenya in 2010?", "A/HRC/80/1", "3"),
    "a day": ("When was Kenya reviewed in cycle 2?", "A/HRC/80/2", "1"),
    "a person": ("Who represented Kenya in 2010?", "A/HRC/80/1", "1"),
    "in French": ("Quels États formaient la troïka pour le Kenya en 2010 ?", "A/HRC/80/1", "2"),
    "in Spanish": ("¿Cuántas delegaciones hicieron declaraciones sobre Kenya en 2015?", "A/HRC/80/2", "3"),
    "in Russian": ("Какие государства входили в «тройку» по Кении в 2015 году?", "A/HRC/80/2", "2"),
    "in Chinese": ("2010年审议肯尼亚时有多少个代表团发言？", "A/HRC/80/1", "3"),
    "in Arabic": ("ما الدول التي شكلت المجموعة الثلاثية لكينيا في عام 2015؟", "A/HRC/80/2", "2"),
    "a year that is no review's": ("What does the law on land of 2012 protect in Kenya?", "A/HRC/80/2", "4"),
}  # fmt: skip


@pytest.mark.parametrize(("question", "key", "paragraph"), PLACES.values(), ids=PLACES)
def test_a_passage_is_taken_from_where_the_question_says(
    asked: Assistant, question: str, key: str, paragraph: str
) -> None:
    answer = asked.ask(question)
    assert not answer.abstained
    assert (answer.citations[0].key, answer.citations[0].paragraph) == (key, paragraph)


def test_a_cycle_that_is_not_stored_is_declined_with_what_is(asked: Assistant) -> None:
    answer = asked.ask("Which States were the troika for Kenya in the third cycle?")
    assert answer.abstained
    assert answer.reason == "no_cycle"
    assert "A/HRC/80/2" in answer.answer


def test_a_speaker_is_quoted_in_its_own_words(asked: Assistant) -> None:
    answer = asked.ask("What did Norway say in the 2015 review of Kenya?")
    assert [(one.key, one.paragraph) for one in answer.citations] == [
        ("A/HRC/80/2", "5"),
        ("A/HRC/80/2", "6"),
    ]


def test_a_speaker_on_a_topic_is_quoted_on_it_alone(asked: Assistant) -> None:
    answer = asked.ask("What did Norway say about overcrowded prisons in Kenya in 2015?")
    assert [one.paragraph for one in answer.citations] == ["5"]


SPEECH = [
    ("What did Norway say about prisons in Kenya?", "NOR", "KEN"),
    ("What was India's statement to Bahrain?", "IND", "BHR"),
    ("Qu'a dit la Norvège au sujet du Kenya ?", "NOR", "KEN"),
    ("¿Qué dijo Noruega sobre Kenya?", "NOR", "KEN"),
    ("Что заявила Норвегия при обзоре Кении?", "NOR", "KEN"),
    ("ماذا قالت النرويج عن كينيا؟", "NOR", "KEN"),
    ("挪威在审议肯尼亚时说了什么？", "NOR", "KEN"),
]


@pytest.mark.parametrize(("question", "speaker", "state"), SPEECH, ids=[row[0] for row in SPEECH])
def test_what_a_state_said_is_told_from_what_it_recommended(question: str, speaker: str, state: str) -> None:
    plan = understand(question)
    assert plan.intent is Intent.PASSAGE
    assert (plan.speakers, plan.states) == ((speaker,), (state,))
    assert understand("What did Norway recommend to Kenya?").recommenders == ("NOR",)


# paragraph, whose words it reports in a review of Bahrain
VOICES = [
    ("France welcomed the new strategy.", "FRA"),
    ("The Islamic Republic of Iran thanked the State for its report.", "IRN"),
    ("On behalf of the Arab Group, Egypt noted achievements.", "EGY"),
    ("Congratulating Bahrain on its report, Pakistan suggested a hotline.", "PAK"),
    ("Bahrain thanked France for its question and said that it had been settled.", "BHR"),
    ("The delegation stated that the law was in force.", "BHR"),
    ("In response, Bahrain indicated that reforms went on.", "BHR"),
    ("Le Maroc a salué les progrès accomplis.", "MAR"),
    ("La delegación indicó que la ley había sido aprobada.", "BHR"),
    ("Reforms of the courts went on.", None),
]


@pytest.mark.parametrize(("text", "state"), VOICES, ids=[row[0][:40] for row in VOICES])
def test_the_voice_of_a_paragraph(text: str, state: str | None) -> None:
    assert voice(text, "BHR") == state


# text, language, its sentences
PIECES = [
    ("Mr. Sok spoke. He left.", Language.ENGLISH, ["Mr. Sok spoke.", "He left."]),
    ("See Law No. 20.609 of 2012. It holds.", Language.ENGLISH, ["See Law No. 20.609 of 2012.", "It holds."]),
    ("First; second.", Language.ENGLISH, ["First;", "second."]),
    ("Закон № 5 принят в 2010 г. Он действует.", Language.RUSSIAN, None),
    (
        "基金成立。理事会决定；请秘书长报告。",
        Language.CHINESE,
        ["基金成立。", "理事会决定；", "请秘书长报告。"],
    ),
    ("قال الوفد ذلك. هل انتهى؟ نعم.", Language.ARABIC, ["قال الوفد ذلك.", "هل انتهى؟", "نعم."]),
    ("Line one\n\nLine two", Language.ENGLISH, ["Line one", "Line two"]),
]


@pytest.mark.parametrize(("text", "language", "expected"), PIECES, ids=[row[0][:30] for row in PIECES])
def test_sentences_lose_nothing(text: str, language: Language, expected: list[str] | None) -> None:
    spans = sentences(text, language)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())
    if expected is not None:
        assert [text[start:end] for start, end in spans] == expected
