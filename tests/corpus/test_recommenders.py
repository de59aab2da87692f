"""Recommending States: brackets as reports print them, in examples of our own wording."""

from __future__ import annotations

import pytest

from corpus.outcome import recommenders

CASES = [
    # (text, own words, States, names not resolved)
    ("Build a library (Spain);", "Build a library", "ESP", ()),
    ("Build a library (Portugal, Slovakia);", "Build a library", "PRT SVK", ()),
    ("Build a library (Maldives) (Portugal);", "Build a library", "MDV PRT", ()),
    (
        "Build (Spain)/consider building (Argentina) a library (Peru)",
        "Build (Spain)/consider building (Argentina) a library",
        "ESP ARG PER",
        (),
    ),
    (
        "Build (Maldives), then paint (Algeria), a library",
        "Build (Maldives), then paint (Algeria), a library",
        "MDV DZA",
        (),
    ),
    # names with brackets, commas and "and" of their own
    ("Read (Iran (Islamic Republic of), Bolivia (Plurinational State of))", "Read", "IRN BOL", ()),
    ("Read (Venezuela, Bolivarian Republic of)", "Read", "VEN", ()),
    ("Read (Bosnia and Herzegovina, Trinidad and Tobago and Norway)", "Read", "BIH TTO NOR", ()),
    ("Read (Chile/Peru; Cuba & Spain)", "Read", "CHL PER CUB ESP", ()),
    # brackets that name no State
    (
        "Read the law (Protection) on books (CEDAW) (Chile)",
        "Read the law (Protection) on books (CEDAW)",
        "CHL",
        (),
    ),
    ("Read the law on books (CEDAW)", "Read the law on books (CEDAW)", "", ()),
    ("Read (as recommended by many) (Chile)", "Read (as recommended by many)", "CHL", ()),
    # misprints of brackets and names, notes' figures
    ("Read (Chile", "Read", "CHL", ()),
    ("Read Chile, Peru);", "Read", "CHL PER", ()),
    ("Read (Chile; then write (Peru)", "Read (Chile; then write", "CHL PER", ()),
    ("Read (United Sates of America)", "Read", "USA", ()),
    ("Read (DRC)", "Read", "COD", ()),
    ("Read (Chile, Nethelands)12", "Read", "CHL NLD", ()),
    # names that nobody or several answer to
    ("Read (Chile, Atlantis)", "Read", "CHL", ("Atlantis",)),
    ("Read (Korea)", "Read", "", ("Korea",)),
    # the State under review recommends nothing to itself
    ("Read (Slovenia)", "Read", "", ()),
    # other languages and full-width brackets
    ("Lire (Pays-Bas, Norvège et Suède) ;", "Lire", "NLD NOR SWE", ()),
    ("读书（挪威、瑞典和法国）；", "读书", "NOR SWE FRA", ()),
    ("القراءة (النرويج، السويد)؛", "القراءة", "NOR SWE", ()),
    ("читать (Норвегия, Швеция и Франция);", "читать", "NOR SWE FRA", ()),
    ("", "", "", ()),
]


@pytest.mark.parametrize(("text", "body", "codes", "unresolved"), CASES, ids=[c[0][:40] for c in CASES])
def test_split(text: str, body: str, codes: str, unresolved: tuple[str, ...]) -> None:
    found = recommenders.split(text, state="SVN")
    assert (found.body, " ".join(found.recommenders), found.unresolved) == (body, codes, unresolved)


def test_spans_are_where_the_brackets_stand() -> None:
    text = "Build (Spain) a library (Chile, Peru);"
    assert [text[g.start : g.end] for g in recommenders.groups(text)] == ["(Spain)", "(Chile, Peru)"]
