"""Numbers and headings of paragraphs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.layout import normalise
from corpus.layout.paragraphs import paragraphs
from corpus.load import Line, Loaded, Media, Role
from corpus.model import Language, Paragraph


def _read(*blocks: str | tuple[str, int]) -> tuple[Paragraph, ...]:
    lines = tuple(
        Line(block, role=Role.PARAGRAPH)
        if isinstance(block, str)
        else Line(block[0], role=Role.HEADING, bold=True)
        for block in blocks
    )
    layout = normalise(Loaded(Media.DOCX, ("",), lines, (), (), "", False))
    found = paragraphs(layout, Language.ENGLISH)
    assert all(layout.text[p.start : p.end] == p.text for p in found)
    return found


def _numbers(*blocks: str | tuple[str, int]) -> list[str | None]:
    return [paragraph.number for paragraph in _read(*blocks)]


LONG = "The delegation said that it had adopted a law on the matter some time ago."


@pytest.mark.parametrize(
    ("blocks", "numbers"),
    [
        pytest.param([f"1. {LONG}", f"2. {LONG}"], ["1", "2"], id="plain"),
        pytest.param(
            [f"14. {LONG}", "15. It holds:", "(a) One;", "(b) Two."],
            ["14", "15", "15 (a)", "15 (b)"],
            id="letters",
        ),
        pytest.param(
            ["7. It holds:", "(h) Eight:", "(i) Nine;", "(j) Ten."],
            ["7", "7 (h)", "7 (i)", "7 (j)"],
            id="i after h is a letter",
        ),
        pytest.param(
            ["7. It holds:", "(a) One:", "(i) Part;", "(ii) Part;", "(b) Two."],
            ["7", "7 (a)", "7 (a) (i)", "7 (a) (ii)", "7 (b)"],
            id="i below a is a numeral",
        ),
        pytest.param(
            [
                "76. They were made:",
                "77. The following enjoy support:",
                "1. To ratify (Chad);",
                "2. To adopt (Peru).",
                f"78. {LONG}",
            ],
            ["76", "77", "77.1", "77.2", "78"],
            id="a list within a paragraph",
        ),
        pytest.param(
            ["118. They were made:", "118.1. Ratify (Chad);", "118.2 Adopt (Peru)."],
            ["118", "118.1", "118.2"],
            id="dotted",
        ),
        pytest.param(
            [f"59. {LONG}", f"60 Regarding that, {LONG}", f"61. {LONG}"],
            ["59", "60", "61"],
            id="full stop missing",
        ),
        pytest.param(
            ["3. It holds:", "• One;", "• Two."], ["3", "3", "3"], id="bullets carry the number above"
        ),
        pytest.param(
            [f"3. {LONG}", "[Adopted without a vote.]"], ["3", None], id="what is not announced has no number"
        ),
    ],
)
def test_numbers_as_printed(blocks, numbers):
    assert _numbers(*blocks) == numbers


def test_annexes_and_resolutions_begin_their_own_count():
    blocks = [
        f"9. {LONG}",
        ("Annex I", 0),
        f"1. {LONG}",
        ("14/2 A resolution's title", 0),
        f"1. Requests {LONG}",
    ]
    assert _numbers(*blocks) == ["9", "Annex I, 1", "14/2, 1"]


def test_headings_close_each_other_by_enumeration():
    found = _read(
        ("I. One", 0),
        ("A. Two", 0),
        f"1. {LONG}",
        ("B. Three", 0),
        f"2. {LONG}",
        ("II. Four", 0),
        f"3. {LONG}",
    )
    assert [paragraph.heading for paragraph in found] == [
        ("I. One", "A. Two"),
        ("I. One", "B. Three"),
        ("II. Four",),
    ]


def test_a_heading_without_a_number_holds_the_count_that_begins_below_it():
    found = _read(
        ("VI. Review", 0), ("A. Outcomes", 0),
        ("Freedonia", 0), f"1. {LONG}", ("1. Views of the State", 0), f"2. {LONG}", ("2. Views of others", 0), f"3. {LONG}",
        ("Sylvania", 0), f"4. {LONG}", ("1. Views of the State", 0), f"5. {LONG}",
    )  # fmt: skip
    top = ("VI. Review", "A. Outcomes")
    assert [paragraph.heading for paragraph in found] == [
        (*top, "Freedonia"),
        (*top, "Freedonia", "1. Views of the State"),
        (*top, "Freedonia", "2. Views of others"),
        (*top, "Sylvania"),
        (*top, "Sylvania", "1. Views of the State"),
    ]


def test_text_leaves_the_number_out():
    first, second = _read(f"1. {LONG}", "(a) A part.")
    assert (first.text, second.text) == (LONG, "A part.")


@given(st.lists(st.text(max_size=40), max_size=20))
@settings(max_examples=200, deadline=None)
def test_any_blocks_give_paragraphs_that_lie_in_the_text(texts):
    if any(text.strip() for text in texts):
        _read(*texts)


PIECES = st.sampled_from(
    [
        "1. ",
        "2. ",
        "77. ",
        "77.1 ",
        "(a) ",
        "(i) ",
        "• ",
        "I. ",
        "A. ",
        "Table 1 ",
        "Annex ",
        "一. ",
        "14/1 ",
        "words. ",
        "12 500 ",
        "(US dollars)",
    ]
)


@given(st.lists(st.lists(PIECES, min_size=1, max_size=3).map("".join), min_size=1, max_size=25))
@settings(max_examples=200, deadline=None)
def test_any_order_of_marks_gives_paragraphs(texts):
    _read(*texts)
