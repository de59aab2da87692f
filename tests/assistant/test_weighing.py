"""What speaks for one passage before another: the sentence on the State, a rule, a numbered place, no chance pair."""

from dataclasses import replace

import pytest

from assistant.run.passages import _dialogue
from assistant.run.weighing import Wish, twins, weigh
from corpus.model import Language, Paragraph
from index.search import Hit


def _hit(text: str, number: str, language: str = "en", heading: tuple[str, ...] = ()) -> Hit:
    return Hit(
        key="A/HRC/90/20",
        symbol="A/HRC/90/20",
        paragraph=number,
        page=1,
        kind="fund_report",
        state=None,
        language=language,
        score=0.0,
        text=text,
        start=0,
        end=len(text),
        heading=heading,
    )


ACTIVITIES = (
    "In Geneva and in other towns meetings took place that the Fund paid for, activities of its Board. "
    + "Its Board met in Geneva and wrote a long report on what it had seen and heard of it all. " * 4
    + "In Kenya judges learned of new laws through activities that the Fund paid for."
)


def test_the_sentence_that_names_the_state_is_quoted() -> None:
    hits = [_hit(ACTIVITIES, "23")]
    asked, kenya = "Which activities were paid by the Fund?", frozenset({"KEN"})
    [elsewhere] = weigh(asked, Language.ENGLISH, hits, Wish(elsewhere=True), kenya)
    assert "Kenya" in elsewhere.quote
    [own] = weigh(asked, Language.ENGLISH, hits, Wish(), kenya)
    assert "Kenya" not in own.quote


def test_how_something_is_done_is_answered_by_a_rule() -> None:
    asked = "How does a State request support of the Fund?"
    rule = [_hit("A State's request for support of the Fund must come from its Government.", "12")]
    fact = [_hit("A State's request for support of the Fund came from its Government.", "10")]
    plain, wished = (weigh(asked, Language.ENGLISH, rule, Wish(manner=manner))[0] for manner in (False, True))
    assert wished.score > plain.score
    plain, wished = (weigh(asked, Language.ENGLISH, fact, Wish(manner=manner))[0] for manner in (False, True))
    assert wished.score == plain.score


@pytest.mark.parametrize("number", ["Annex, 4 (a)", "Annex I, 3"])
def test_a_paragraph_of_an_annex_is_no_table(number: str) -> None:
    text = "The review has the objective of better lives of all people."
    [annex] = weigh("What objective has the review?", Language.ENGLISH, [_hit(text, number)], Wish())
    [plain] = weigh("What objective has the review?", Language.ENGLISH, [_hit(text, "4")], Wish())
    [table] = weigh("What objective has the review?", Language.ENGLISH, [_hit(text, "Table 4")], Wish())
    assert annex.score == plain.score > table.score


def test_a_heading_is_read_with_its_paragraph() -> None:
    text = "Offices are to be open to all who come to them."
    hits = [_hit(text, "7", heading=("Trade",)), _hit(text, "8", heading=("Persons with disabilities",))]
    best = weigh("Which offices are open to persons with disabilities?", Language.ENGLISH, hits)[0]
    assert best.hit.paragraph == "8"


def test_characters_of_two_words_count_for_little() -> None:
    hits = [_hit("各国政府应当向基金提出请求。", "12", "zh"), _hit("The Fund held a meeting.", "2")]
    best = weigh("国家怎样向基金提出请求？", Language.CHINESE, hits, Wish())
    assert best[0].hit.paragraph == "12"
    assert best[0].lexical > 0.5


def _paragraph(number: str, heading: tuple[str, ...]) -> Paragraph:
    return Paragraph(number, "Words.", 0, 6, page=1, heading=heading)


def test_nobody_speaks_in_a_reports_introduction() -> None:
    report = [_paragraph("3", ("Introduction",)), _paragraph("5", ("I. Summary", "A. Presentation"))]
    assert [one.number for one in _dialogue(report)] == ["5"]
    bare = [_paragraph("3", ()), _paragraph("5", ())]
    assert [one.number for one in _dialogue(bare)] == ["3", "5"]


def test_a_date_counts_where_the_sentence_says_what_is_asked() -> None:
    asked = "When was the working group on the universal periodic review founded?"
    dated = "The working group on the universal periodic review {} on 3 May 2011."
    for verb, gain in (("was founded", True), ("held a meeting", False)):
        hits = [_hit(dated.format(verb), "7")]
        plain, wished = (weigh(asked, Language.ENGLISH, hits, Wish(dated=date))[0] for date in (False, True))
        assert (wished.score > plain.score) is gain


def test_a_paragraph_in_two_languages_is_one_and_two_years_of_a_report_are_not() -> None:
    english = _hit("The Board met twice.", "7")
    arabic = replace(english, key="A/HRC/90/20@ar", language="ar", text="اجتمع المجلس مرتين.")
    assert twins(english, arabic)
    assert not twins(english, replace(arabic, paragraph="8"))
    assert not twins(english, replace(english, key="A/HRC/93/20", symbol="A/HRC/93/20"))
    review = replace(english, key="x", symbol=None, kind="wg_report", state="KEN", cycle=3)
    assert twins(review, replace(review, key="y"))
    assert not twins(review, replace(review, key="y", cycle=4))
    assert not twins(replace(review, state=None), replace(review, key="y", state=None))
