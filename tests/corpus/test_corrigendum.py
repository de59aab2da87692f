"""Corrigenda correct what they name, in examples of our own wording."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import docx

from corpus.draft import Draft, Identity
from corpus.layout import normalise
from corpus.load import load
from corpus.merge import merge
from corpus.model import Document, Kind, Language, Position, Recommendation
from corpus.outcome import corrigendum

REPORT, CORRECTION = "A/HRC/98/15", "A/HRC/98/15/Corr.1"


def draft(path: Path, blocks: list[str]) -> Draft:
    document = docx.Document()
    for block in blocks:
        document.add_paragraph(block)
    document.save(str(path))
    loaded = load(path)
    identity = Identity(CORRECTION, "Corrigendum", Kind.UPR_OUTCOME, Language.ENGLISH, state="BTN", cycle=2)
    return Draft(CORRECTION, identity, loaded, normalise(loaded), ())


def paper(key: str) -> Document:
    return Document(key, key, key, Kind.UPR_OUTCOME, Language.ENGLISH, "", "0", key, state="BTN", cycle=2)


def test_a_new_text_takes_the_old_ones_place_and_leaves_the_position(tmp_path: Path) -> None:
    made = draft(
        tmp_path / "c.docx",
        ["Paragraph 115.2", "The recommendation should read:", "115.2 Build warm shelters (Chile, Peru);"],
    )
    (one,) = corrigendum.read(made).recommendations
    assert (one.number, one.text, one.recommenders) == (
        "115.2",
        "Build warm shelters (Chile, Peru)",
        ("CHL", "PER"),
    )
    assert made.text[one.start : one.end] == one.text
    old = Recommendation(
        REPORT, "115.2", "Build worm shelters (Chile)", "BTN", ("CHL",), Position.SUPPORTED, cycle=2
    )
    (row,) = merge([old, one], [], {k: paper(k) for k in (REPORT, CORRECTION)})
    assert (row.text, row.recommenders, row.position) == (one.text, ("CHL", "PER"), Position.SUPPORTED)


def test_a_word_for_a_word_is_told_beside_the_recommendation(tmp_path: Path) -> None:
    made = draft(tmp_path / "c.docx", ["Paragraph 115.2", "For Chile read Peru"])
    (one,) = corrigendum.read(made).recommendations
    old = Recommendation(
        REPORT, "115.2", "Build shelters (Chile)", "BTN", ("CHL",), Position.SUPPORTED, cycle=2
    )
    papers = {k: paper(k) for k in (REPORT, CORRECTION)}
    (row,) = merge([old, one], [], papers)
    assert row == replace(row, text=old.text, conflicts=(f"{CORRECTION} corrects: for 'Chile' read 'Peru'.",))
    assert merge([one], [], papers) == ()


def test_a_corrigendum_to_something_else_says_so(tmp_path: Path) -> None:
    reading = corrigendum.read(
        draft(tmp_path / "c.docx", ["Page 4", "For the existing table substitute", "CERD 2001"])
    )
    assert reading.recommendations == ()
    assert "No corrected recommendation" in reading.problems[0]
