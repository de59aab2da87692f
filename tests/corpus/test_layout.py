"""Printed lines become one text: joined words, no running heads, footnotes kept apart."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean import clean
from corpus.layout import BlockKind, Layout, normalise
from corpus.layout.markers import marker
from corpus.load import Footnote, Line, Loaded, Media, Role, load
from corpus.load.model import Limits
from corpus.load.text import read


def _texts(layout: Layout, *kinds: BlockKind) -> list[str]:
    return [layout.of(block) for block in layout.blocks if not kinds or block.kind in kinds]


def _of_text(text: str) -> Layout:
    content = read(text.encode(), "x", Limits())
    return normalise(Loaded(Media.TEXT, content.pages, content.lines, (), (), "", content.paged))


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        pytest.param("of\u00adfice", "office", id="soft hyphen"),
        pytest.param("e\ufb03cient", "efficient", id="ligature"),
        pytest.param("10\u00a0000\u2009USD", "10 000 USD", id="hard and thin blanks"),
        pytest.param("\u200fنص\u202c", "نص", id="marks of direction"),
        pytest.param("\uff11\uff12(\uff21)\uff08乙\uff09", "12(A)(乙)", id="full width"),
        pytest.param("\ufefc\ufe8e", "لاا", id="Arabic shapes"),
        pytest.param("\uf0b7 point", "• point", id="bullet of a symbol font"),
        pytest.param("e\u0301cole", "école", id="composed"),
        pytest.param("a\x00b\x1fc", "abc", id="control characters"),
        pytest.param("，。：", "，。：", id="Chinese punctuation stays"),
    ],
)
def test_characters_get_one_form(printed, wanted):
    assert clean(printed) == wanted


@given(st.text())
def test_clean_is_stable(text):
    assert clean(clean(text)) == clean(text)


def test_paragraphs_are_parted_by_space_and_joined_over_lines(make_pdf):
    layout = normalise(
        load(
            make_pdf(
                [
                    (100, 700, "1. The first paragraph goes on until the end of this printed line and", 10),
                    (100, 688, "ends here.", 10),
                    (100, 670, "2. The second paragraph follows after a wider space and has words as", 10),
                    (100, 658, "well.", 10),
                ]
            )
        )
    )
    assert _texts(layout) == [
        "1. The first paragraph goes on until the end of this printed line and ends here.",
        "2. The second paragraph follows after a wider space and has words as well.",
    ]
    second = layout.blocks[1]
    assert [layout.text[at:].split()[0] for at in second.breaks] == ["2.", "well."]


def test_sentences_run_on_over_pages_without_furniture(make_pdf):
    pages = []
    for number in range(1, 7):
        page = [(480, 790, "A/HRC/77/3", 9, "B"), (534, 30, str(number), 9), (57, 20, "GE.30-01234 (E)", 8)]
        page += [
            (
                100,
                740 - 12 * i,
                f"words {number:02d}{i:02d} of a long text that fills the whole of the column",
                10,
            )
            for i in range(20)
        ]
        pages.append(page)
    layout = normalise(load(make_pdf(*pages)))
    assert len(layout.blocks) == 1
    assert "HRC" not in layout.text
    assert "GE.30" not in layout.text
    assert layout.text.count(" of a long text") == 120
    assert [layout.page_at(layout.text.index("words")), layout.page_at(len(layout.text) - 1)] == [1, 6]


def test_footnotes_leave_the_sentence_and_follow_the_paragraph(make_pdf):
    column = "and so it goes on and on until the very end of the printed line for"
    layout = normalise(
        load(
            make_pdf(
                [
                    (100, 140, "1. The State said " + column, 10),
                    (100, 128, "many years " + column + " it", 10),
                    (92, 92, "1", 6),
                    (100, 88, "See the second report.", 8),
                ],
                [(100, 740, "was ready to act.", 10), (100, 722, "2. The next one.", 10)],
            )
        )
    )
    kinds = [(block.kind, block.label) for block in layout.blocks]
    assert kinds == [(BlockKind.TEXT, None), (BlockKind.FOOTNOTE, "1"), (BlockKind.TEXT, None)]
    assert _texts(layout)[0].endswith("for it was ready to act.")
    assert _texts(layout)[1] == "See the second report."


def test_a_footnote_runs_on_above_the_next_page_s_own_notes(make_pdf):
    column = "and so it goes on and on until the very end of the printed line for"
    layout = normalise(
        load(
            make_pdf(
                [
                    (100, 140, "1. The State said " + column, 10),
                    (100, 128, "many years.", 10),
                    (92, 92, "1", 6),
                    (100, 88, "As it was read during the dialogue, the wording was “Raise the age", 8),
                ],
                [
                    (100, 740, "2. The next State said " + column, 10),
                    (100, 728, "some years.", 10),
                    (100, 99, "of pupils to twelve years” (Ghana).", 8),
                    (92, 92, "2", 6),
                    (100, 88, "See the second report.", 8),
                ],
            )
        )
    )
    notes = [(block.label, layout.of(block)) for block in layout.blocks if block.kind is BlockKind.FOOTNOTE]
    assert notes == [
        (
            "1",
            "As it was read during the dialogue, the wording was “Raise the age of pupils to twelve years” (Ghana).",
        ),
        ("2", "See the second report."),
    ]


def test_a_comma_leaves_a_numbered_paragraph_open_whatever_space_follows(make_pdf):
    layout = normalise(
        load(
            make_pdf(
                [
                    (
                        100,
                        700,
                        "7. Ritual fires are new in the country. With its neighbours in the region,",
                        10,
                    ),
                    (
                        100,
                        676,
                        "the State deplores them and has set up a commission to look into the matter",
                        10,
                    ),
                    (100, 664, "of a law.", 10),
                    (
                        100,
                        640,
                        "8. The next paragraph follows after the same space and has words of its own",
                        10,
                    ),
                    (100, 628, "as well.", 10),
                ]
            )
        )
    )
    first, second = _texts(layout)
    assert "in the region, the State deplores" in first
    assert second.startswith("8. ")


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param(
            ["States of Asia-", "Pacific met"], "States of Asia-Pacific met", id="capital keeps the hyphen"
        ),
        pytest.param(
            ["the interministerial group and the Inter-", "Ministerial Committee"],
            "the interministerial group and the Inter-Ministerial Committee",
            id="capital keeps the hyphen though the word is written in one elsewhere",
        ),
        pytest.param(
            ["RECOMMENDATIONS of RECOMMEN-", "DATIONS and recommendations"],
            "RECOMMENDATIONS of RECOMMENDATIONS and recommendations",
            id="a word in capitals is joined as elsewhere",
        ),
        pytest.param(
            ["self-defence and self-", "defence again"],
            "self-defence and self-defence again",
            id="as elsewhere",
        ),
        pytest.param(
            ["recommendation one, recommen-", "dation two"],
            "recommendation one, recommendation two",
            id="printer's hyphen, joined as elsewhere",
        ),
        pytest.param(["The period 2012-", "2014 was"], "The period 2012-2014 was", id="years"),
        pytest.param(["人权理事会通过了决", "议。"], "人权理事会通过了决议。", id="Chinese has no blanks"),
        pytest.param(["根据 2018", "年的计划"], "根据 2018 年的计划", id="figures in Chinese"),
        pytest.param(["see A/HRC/26/", "16 for"], "see A/HRC/26/16 for", id="symbol cut at a slash"),
    ],
)
def test_lines_are_joined_as_words_want(lines, wanted):
    loaded = Loaded(Media.TEXT, ("",), tuple(Line(text) for text in lines), (), (), "", False)
    assert normalise(loaded).text == wanted


def test_double_spaced_text_is_mended_over_its_pages():
    printed = "1. 理事会请秘书处每年提交书面报告，说明基金的运作情\n\n况和可用资源，并说明\n 自上次报告以来的活动，理事会还请各国继续提供更多捐款\n\n和支持。\n\n2. 第二段。\n"
    assert _texts(_of_text(printed)) == [
        "1. 理事会请秘书处每年提交书面报告，说明基金的运作情况和可用资源，并说明自上次报告以来的活动，理事会还请各国继续提供更多捐款和支持。",
        "2. 第二段。",
    ]


def test_contents_are_kept_apart(make_pdf):
    layout = normalise(
        load(
            make_pdf(
                [
                    (57, 744, "Contents", 14),
                    (100, 700, "I. Background" + "." * 60 + " 1-4 3", 10),
                    (100, 680, "Annex", 10),
                ],
                [
                    (57, 744, "I. Background", 14, "B"),
                    (100, 700, "1. It begins here, and this is the first paragraph of it.", 10),
                ],
            )
        )
    )
    assert [block.kind for block in layout.blocks] == [BlockKind.CONTENTS] * 3 + [
        BlockKind.HEADING,
        BlockKind.TEXT,
    ]


def test_masthead_does_not_interrupt_the_text_that_runs_on(make_pdf):
    column = "words that fill the whole column of the page from its left to its right"
    layout = normalise(
        load(
            make_pdf(
                [
                    (57, 640, "Human Rights Council", 12, "B"),
                    (113, 600, "A report on something", 14, "B"),
                    (113, 560, "1. " + column, 10),
                    (113, 548, column + " and", 10),
                    (120, 790, "United Nations A/HRC/77/3", 14),
                    (120, 760, "General Assembly Distr.: General", 20, "B"),
                    (392, 740, "4 May 2030", 10),
                    (392, 720, "Original: English", 10),
                ],
                [(113, 740, "more of it.", 10)],
            )
        )
    )
    body = _texts(layout, BlockKind.TEXT)
    assert len(body) == 1
    assert body[0].endswith("and more of it.")
    assert _texts(layout, BlockKind.MASTHEAD)[0] == "United Nations A/HRC/77/3"


def test_footnotes_of_a_word_file_come_last():
    lines = (Line("Text.", role=Role.PARAGRAPH),)
    layout = normalise(Loaded(Media.DOCX, ("",), lines, (), (Footnote("1", "A note."),), "", False))
    assert [(b.kind, b.label) for b in layout.blocks] == [(BlockKind.TEXT, None), (BlockKind.FOOTNOTE, "1")]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("15. The delegation", "number", "15"),
        ("118.4 Ratify", "dotted", "118.4"),
        ("6.12. Ratify", "dotted", "6.12"),
        ("(a) First", "letter", "a"),
        ("(iii) Third", "letter", "iii"),
        ("III. Conclusions", "roman", "III"),
        ("三. 活动", "roman", "三"),
        ("B. Background", "capital", "B"),
        ("• An item", "bullet", "•"),
        ("Table 2. Donors", "table", "Table 2"),
        ("表 1", "table", "表 1"),
        ("١٢- الوفد", "number", "12"),
        ("2018-2021 年", None, None),
        ("3.5 per cent", "dotted", "3.5"),
        ("26/16", None, None),
        ("Plain words", None, None),
    ],
)
def test_marks_that_open_a_paragraph(text, kind, label):
    found = marker(text)
    assert (found and found.mark.value, found and found.label) == (kind, label)


@given(st.lists(st.builds(Line, text=st.text(max_size=60), page=st.integers(1, 3)), max_size=25))
@settings(max_examples=200, deadline=None)
def test_offsets_hold_whatever_the_lines(lines):
    layout = normalise(Loaded(Media.PDF, ("",) * 3, tuple(lines), (), (), ""))
    at = 0
    for block in layout.blocks:
        assert at <= block.start < block.end <= len(layout.text)
        assert block.breaks[0] == block.start
        assert all(block.start <= place <= block.end for place in block.breaks)
        assert layout.page_at(block.start) in {1, 2, 3}
        at = block.end


@given(st.text(max_size=500))
@settings(max_examples=200, deadline=None)
def test_arbitrary_text_never_fails(text):
    if text.strip():
        layout = _of_text(text)
        assert "".join(layout.text.split()) == "" or layout.blocks


@pytest.mark.realdata
def test_the_chinese_fund_report_has_no_broken_sentence(data_folder: Path):
    layout = normalise(load(next((data_folder / "fund-report").glob("*.txt"))))
    numbered = [layout.of(b) for b in layout.blocks if b.marker and b.marker.mark.value == "number"]
    assert [int(text.split(".")[0]) for text in numbered] == list(range(1, len(numbered) + 1))
    assert all(text.endswith(("。", "：", "？", "；")) for text in numbered)
