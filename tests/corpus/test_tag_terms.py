"""Matching of terms: stems, accents, capitals, Arabic clitics, Chinese, exclusions, offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tag.terms import Found, Terms, fold, longest

CASES = [
    ("prison*", "Build PRISONS now", ["PRISONS"]),
    ("prison", "Build prisons now", []),
    ("égalité", "l'égalité et l'egalite", ["égalité", "egalite"]),
    ("WHO", "who asked the WHO", ["WHO"]),
    ("death penalty", "abolish the death  penalty", ["death  penalty"]),
    ("LGBT*", "rights of LGBTI persons", ["LGBTI"]),
    ("أطفال", "حماية الأطفال وللأطفال", ["الأطفال", "وللأطفال"]),
    ("سجون", "في السجون وبالسجون", ["السجون", "وبالسجون"]),
    ("死刑", "废除死刑。", ["死刑"]),
    ("пыт*", "против пыток", ["пыток"]),
    ("HIV/AIDS", "HIV-AIDS and HIV/AIDS", ["HIV-AIDS", "HIV/AIDS"]),
]


@pytest.mark.parametrize(("term", "text", "expected"), CASES, ids=[f"{t}:{x}" for t, x, _ in CASES])
def test_find(term, text, expected):
    terms = Terms()
    terms.add(term, "theme", "x")
    assert [f.term for f in terms.find(text)] == expected


def test_terms_inside_an_excluded_phrase_do_not_count():
    terms = Terms()
    terms.add("child*", "group", "children")
    terms.exclude("Committee on the Rights of the Child", "group", "children")
    assert not terms.find("Report to the Committee on the Rights of the Child")
    assert [f.term for f in terms.find("The child reports to the Committee on the Rights of the Child")] == [
        "child"
    ]


def test_longest_keeps_one_of_overlapping_matches():
    inner, outer, apart = (
        Found("i", "CAT", "", 4, 8),
        Found("i", "OP-CAT", "", 0, 8),
        Found("i", "CRC", "", 9, 12),
    )
    assert longest([inner, apart, outer]) == [outer, apart]


@given(st.text(max_size=80))
def test_matches_are_slices_of_the_text(text):
    terms = Terms()
    for term in ("a*", "b c", "权", "و*", "д*"):
        terms.add(term, "theme", term)
    for found in terms.find(text):
        assert text[found.start : found.end] == found.term


@given(st.text(max_size=20))
def test_folding_twice_changes_nothing(word):
    assert fold(fold(word)) == fold(word)
