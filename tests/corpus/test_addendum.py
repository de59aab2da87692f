"""Addenda: every way in which States word their final positions, in examples of our own wording."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.draft import Draft, Identity
from corpus.layout import normalise
from corpus.layout.paragraphs import paragraphs
from corpus.load import load
from corpus.model import Kind, Language
from corpus.positions import addendum, answers
from corpus.positions.cues import wording

S, N, P = "supported", "noted", "partially_supported"


def draft(path: Path, blocks: list[str], table: list[list[str]] | None = None, language: str = "en") -> Draft:
    document = docx.Document()
    for block in blocks:
        document.add_paragraph(block)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for cells in table:
            row = made.add_row()
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.save(str(path))
    loaded = load(path)
    layout = normalise(loaded)
    identity = Identity(
        "A/HRC/99/7/Add.1", "Addendum", Kind.UPR_ADDENDUM, Language(language), state="BTN", cycle=3
    )
    return Draft("A/HRC/99/7/Add.1", identity, loaded, layout, paragraphs(layout, Language(language)))


def read(
    path: Path, blocks: list[str], table: list[list[str]] | None = None, language: str = "en"
) -> dict[str, str]:
    found = addendum.read(draft(path, blocks, table, language)).positions
    return {p.number: str(p.position) + ("+" if p.implemented else "") for p in found}


CASES = {
    "groups of one sentence each": (
        [
            "1. Bhutan thanks all delegations.",
            "2. Bhutan accepts recommendations 118.1, 118.4 to 118.6 and 118.9.",
            "3. Bhutan takes note of recommendations 118.2–118.3 and 118.7.",
        ],
        {"118.1": S, "118.2": N, "118.3": N, "118.4": S, "118.5": S, "118.6": S, "118.7": N, "118.9": S},
    ),
    "one sentence, two positions": (
        [
            "4. The Government accepts recommendations 118.1 and 118.2, notes recommendation 118.3 and does not accept "
            "recommendations 118.4-5."
        ],
        {"118.1": S, "118.2": S, "118.3": N, "118.4": N, "118.5": N},
    ),
    "passive": (
        [
            "Recommendations 6.1, 6.3–6.5 enjoy the support of Bhutan. Recommendation 6.2 does not enjoy its support."
        ],
        {"6.1": S, "6.2": N, "6.3": S, "6.4": S, "6.5": S},
    ),
    "label and list": (
        ["Supported: 6.1, 6.3–6.4", "Noted: 6.2", "Partially supported: 6.5"],
        {"6.1": S, "6.2": N, "6.3": S, "6.4": S, "6.5": P},
    ),
    "headings over items": (
        [
            "(a) Enjoys the support of Bhutan",
            "118.1 Build more clinics (Chile)",
            "118.2 Train judges (Spain, Peru)",
            "(b) Noted",
            "118.3 Leave the treaty (Cuba)",
        ],
        {"118.1": S, "118.2": S, "118.3": N},
    ),
    "introductions over items": (
        [
            "The following recommendations are accepted:",
            "118.1",
            "118.2",
            "The following recommendations are not supported:",
            "118.3",
        ],
        {"118.1": S, "118.2": S, "118.3": N},
    ),
    "items with an answer each": (
        [
            "118.1 Accepted.",
            "118.2 Bhutan does not support this recommendation, as its courts decide.",
            "118.3 Accepted in part.",
            "118.4 Noted. The law is clear.",
        ],
        {"118.1": S, "118.2": N, "118.3": P, "118.4": N},
    ),
    "recommendation repeated, then answered": (
        [
            "118.1 Accept the court's jurisdiction and support its work (Chile);",
            "Bhutan cannot accept this recommendation.",
            "118.2 Consider the acceptance of the protocol (France)",
            "Response: Supported. Work has begun.",
            "118.3 Reject intolerance (Spain)",
            "The recommendation enjoys the support of Bhutan.",
        ],
        {"118.1": N, "118.2": S, "118.3": S},
    ),
    "already implemented": (
        [
            "Accepted recommendations that Bhutan considers already implemented",
            "3. The Government accepts recommendations 118.1, 118.2.",
            "Noted recommendations",
            "4. The Government takes note of recommendation 118.3.",
        ],
        {"118.1": S + "+", "118.2": S + "+", "118.3": N},
    ),
    "comment does not change a position": (
        [
            "3. Bhutan notes recommendations 118.1, 118.2 and 118.3.",
            "118.1",
            "Bhutan supports the aims of the treaty.",
            "118.2 This is already implemented.",
            "118.3 See recommendation 118.1.",
        ],
        {"118.1": N, "118.2": N + "+", "118.3": N},
    ),
    "bare numbers with the list's paragraph named": (
        [
            "The numbers follow the list in paragraph 118 of the report.",
            "2. Bhutan accepts recommendations Nos. 1-3.",
            "3. Bhutan rejects recommendation No. 4.",
        ],
        {"118.1": S, "118.2": S, "118.3": S, "118.4": N},
    ),
    "bare numbers alone": (
        ["2. Bhutan accepts recommendations 1–3, 5.", "3. Bhutan notes recommendations 4 and 6."],
        {"1": S, "2": S, "3": S, "4": N, "5": S, "6": N},
    ),
    "own numbers, one paragraph a recommendation": (
        [
            "1. Bhutan accepts the recommendation.",
            "2., 3. Bhutan accepts these recommendations and has already implemented them.",
            "4. Bhutan cannot accept the recommendation.",
            "5. Bhutan accepts the recommendation on clinics. However, it cannot accept the one on courts.",
            "6. Bhutan agrees that water matters.",
        ],
        {"1": S, "2": S + "+", "3": S + "+", "4": N, "5": P, "6": N},
    ),
    "numbers in brackets": (
        [
            "Bhutan supports recommendations 79 (1), 79 (2) and 79 (14). It does not support recommendation 79 (3)."
        ],
        {"79.1": S, "79.2": S, "79.3": N, "79.14": S},
    ),
    "full stops inside a list": (
        [
            "3. The Government accepts the following recommendations: 140.7, 140.8. 140.10, 140.35. 140.36, 140.39."
        ],
        {"140.7": S, "140.8": S, "140.10": S, "140.35": S, "140.36": S, "140.39": S},
    ),
    "numbers that are no recommendations": (
        [
            "2. Bhutan accepts recommendations 118.1 and 118.2 on target 16.3 and article 7.2; 62.5 per cent of cases, "
            "of 15.4 million, "
            "were closed on 4 May 2014."
        ],
        {"118.1": S, "118.2": S},
    ),
    "exceptions": (
        ["2. Bhutan accepts recommendations 118.1 to 118.6, except recommendations 118.3 and 118.4."],
        {"118.1": S, "118.2": S, "118.3": N, "118.4": N, "118.5": S, "118.6": S},
    ),
    "all of them": (["2. Bhutan accepts all 120 recommendations."], {"*": S}),
    "only pointed at": (
        [
            "118.1 Bhutan accepts this recommendation.",
            "118.2 See recommendation 118.1.",
            "118.3 Bhutan accepts the recommendation.",
        ],
        {"118.1": S, "118.2": S, "118.3": S},
    ),
    "headings of one word over lists": (
        ["Supports", "101.1, 101.3", "Notes", "101.2, 101.4"],
        {"101.1": S, "101.2": N, "101.3": S, "101.4": N},
    ),
    "numbers with an answer of one word below": (
        ["101.1", "Accepted", "101.2", "Noted", "101.3", "Accepted"],
        {"101.1": S, "101.2": N, "101.3": S},
    ),
    "verb straight before the numbers": (
        ["Bhutan accepts 101.1 and 101.2, and rejects 101.3.", "Accept 101.4", "Note 101.5"],
        {"101.1": S, "101.2": S, "101.3": N, "101.4": S, "101.5": N},
    ),
    "States in brackets between the numbers": (
        ["Bhutan supports 101.1 (Spain), 101.2 (Chile), 101.3 (Peru and Togo); and notes 101.4 (Cuba)."],
        {"101.1": S, "101.2": S, "101.3": S, "101.4": N},
    ),
    "numbers first in both clauses": (
        ["The following recommendations (101.1, 101.2) are accepted, while 101.3 and 101.4 are noted."],
        {"101.1": S, "101.2": S, "101.3": N, "101.4": N},
    ),
    "an exception with its own position": (
        ["Bhutan accepts 101.1-101.4, with the exception of 101.3 which is noted."],
        {"101.1": S, "101.2": S, "101.3": N, "101.4": S},
    ),
    "a table that came as one line": (
        ["101.1. Supported 101.2. Noted 101.3. Supported"],
        {"101.1": S, "101.2": N, "101.3": S},
    ),
    "own numbers over repeated recommendations": (
        [
            "1. Join the treaty (Spain)",
            "Accepted",
            "2. Leave the treaty (Cuba)",
            "Not accepted",
            "3. Adopt a law (Togo)",
            "Accepted",
        ],
        {"1": S, "2": N, "3": S},
    ),
    "considered implemented, no more said": (
        ["Bhutan considers that recommendations 101.1, 101.2 and 101.3 have already been implemented."],
        {"101.1": S + "+", "101.2": S + "+", "101.3": S + "+"},
    ),
    "with regard to numbers, a position": (
        [
            "With regard to recommendations 101.1 and 101.2, the Government supports these recommendations.",
            "As regards recommendation 101.3, Bhutan takes note.",
        ],
        {"101.1": S, "101.2": S, "101.3": N},
    ),
    "has noted": (
        [
            "Recommendations which enjoy support:",
            "101.1 Join (Spain);",
            "101.2 Adopt (Chile);",
            "Recommendations which Bhutan has noted:",
            "101.3 Leave (Togo).",
        ],
        {"101.1": S, "101.2": S, "101.3": N},
    ),
    "unable, declined, in principle": (
        [
            "118.1 Bhutan is not in a position to accept this recommendation.",
            "118.2 Accepted in principle.",
            "118.3 Bhutan partially accepts the recommendation.",
            "118.4 The recommendation is acceptable to Bhutan.",
            "118.5 The recommendation is not acceptable.",
        ],
        {"118.1": N, "118.2": S, "118.3": P, "118.4": S, "118.5": N},
    ),
}


@pytest.mark.parametrize(("blocks", "wanted"), CASES.values(), ids=CASES.keys())
def test_positions_in_text(tmp_path: Path, blocks: list[str], wanted: dict[str, str]) -> None:
    assert read(tmp_path / "a.docx", blocks) == wanted


TABLES = {
    "recommendation, position, comment": (
        [
            ["Recommendation", "Position", "Comment"],
            ["118.1 Build clinics (Chile)", "Supported", "Funds are set aside."],
            ["118.2 Leave the treaty (Cuba)", "Noted", "It supports peace."],
            ["118.3 Train all (Peru)", "Partially supported", ""],
            ["118.4 Pay all (Peru)", "Already implemented", ""],
        ],
        {"118.1": S, "118.2": N, "118.3": P, "118.4": S + "+"},
    ),
    "number in its own column": (
        [
            ["No.", "Recommendation", "Response of Bhutan"],
            ["118.1", "Support the court (Chile)", "Not accepted"],
            ["118.2", "Train judges (Cuba)", "Accepted"],
        ],
        {"118.1": N, "118.2": S},
    ),
    "a column for each position, marked": (
        [["Recommendation", "Accepted", "Noted"], ["118.1", "X", ""], ["118.2", "", "X"]],
        {"118.1": S, "118.2": N},
    ),
    "a column for each position, listed": (
        [["Supported", "Noted"], ["118.1, 118.3-118.4", "118.2"]],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S},
    ),
    "no heads": (
        [["118.1", "Accepted"], ["118.2", "Noted"], ["118.3-4", "Accepted"]],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S},
    ),
}


@pytest.mark.parametrize(("table", "wanted"), TABLES.values(), ids=TABLES.keys())
def test_positions_in_tables(tmp_path: Path, table: list[list[str]], wanted: dict[str, str]) -> None:
    assert read(tmp_path / "a.docx", ["Replies of Bhutan"], table) == wanted


LANGUAGES = {
    "fr": (
        [
            "2. Le Bhoutan accepte les recommandations 118.1, 118.3 à 118.5.",
            "3. Le Bhoutan prend note de la recommandation 118.2.",
            "4. Les recommandations 118.6 et 118.7 ne recueillent pas l’appui du Bhoutan.",
        ],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S, "118.5": S, "118.6": N, "118.7": N},
    ),
    "es": (
        [
            "2. Bhután acepta las recomendaciones 118.1, 118.3 a 118.5.",
            "3. Bhután toma nota de la recomendación 118.2.",
            "4. Bhután no acepta las recomendaciones 118.6 y 118.7.",
        ],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S, "118.5": S, "118.6": N, "118.7": N},
    ),
    "ru": (
        [
            "2. Бутан принимает рекомендации 118.1, 118.3–118.5.",
            "3. Бутан принимает к сведению рекомендацию 118.2.",
            "4. Бутан не поддерживает рекомендации 118.6 и 118.7.",
        ],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S, "118.5": S, "118.6": N, "118.7": N},
    ),
    "zh": (
        [
            "2. 不丹接受建议118.1、118.3至118.5。",
            "3. 不丹注意到建议118.2。",
            "4. 不丹不接受建议118.6和118.7。",
        ],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S, "118.5": S, "118.6": N, "118.7": N},
    ),
    "ar": (
        [
            "2. تقبل بوتان التوصيات 118.1 و118.3 إلى 118.5.",
            "3. تحيط بوتان علماً بالتوصية 118.2.",
            "4. لا تقبل بوتان التوصيتين 118.6 و118.7.",
        ],
        {"118.1": S, "118.2": N, "118.3": S, "118.4": S, "118.5": S, "118.6": N, "118.7": N},
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_positions_in_other_languages(tmp_path: Path, language: str) -> None:
    blocks, wanted = LANGUAGES[language]
    assert read(tmp_path / "a.docx", blocks, language=language) == wanted


def test_a_position_names_the_paragraph_it_was_read_in(tmp_path: Path) -> None:
    blocks = [
        "1. Bhutan thanks all.",
        "2. Bhutan accepts recommendations 118.1 and 118.2.",
        "3. Bhutan notes recommendation 118.3.",
    ]
    found = addendum.read(draft(tmp_path / "a.docx", blocks)).positions
    assert [(p.number, p.source.paragraph, p.source.symbol) for p in found] == [
        ("118.1", "2", "A/HRC/99/7/Add.1"),
        ("118.2", "2", "A/HRC/99/7/Add.1"),
        ("118.3", "3", "A/HRC/99/7/Add.1"),
    ]


def test_contradiction_inside_an_addendum_is_told(tmp_path: Path) -> None:
    blocks = [
        "2. Bhutan accepts recommendations 118.1, 118.2.",
        "3. Bhutan notes recommendations 118.2 and 118.3.",
    ]
    reading = addendum.read(draft(tmp_path / "a.docx", blocks))
    assert {p.number: str(p.position) for p in reading.positions}["118.2"] == N
    assert reading.problems == (
        "Recommendation 118.2 is given as supported and noted; the later one is kept.",
    )


def test_an_addendum_without_positions_says_so(tmp_path: Path) -> None:
    reading = addendum.read(draft(tmp_path / "a.docx", ["1. Bhutan thanks all delegations."]))
    assert reading.positions == ()
    assert "No position" in reading.problems[0]


class _Span:
    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end


@given(st.lists(st.text(alphabet="118.4-–, \n()accepts notes recommendation:;", max_size=60), max_size=6))
def test_any_text_is_read_without_error(parts: list[str]) -> None:
    text, spans = "", []
    for part in parts:
        spans.append(_Span(len(text), len(text) + len(part)))
        text += part + "\n\n"
    found = answers.answers(text, spans, wording(Language.ENGLISH))
    assert all(0 <= a.at <= len(text) for a in found)


REAL = {1: (89, 5, 3), 2: (142, 21, 0), 3: (124, 33, 0), 4: (217, 37, 0)}


@pytest.mark.realdata
@pytest.mark.parametrize("cycle", REAL)
def test_real_addenda_of_four_cycles(data_folder: Path, cycle: int) -> None:
    from collections import Counter

    from corpus.parse import parse

    name = {1: "g1012465", 2: "g1504261", 3: "g2004192", 4: "g2505828"}[cycle]
    found = Counter(
        str(p.position) for p in parse(data_folder / f"slovenia/cycle-{cycle}/{name}.pdf").positions
    )
    assert (found[S], found[N], found[P]) == REAL[cycle]
