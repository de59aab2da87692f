"""Capitals that stand for their States."""

import csv
from importlib.resources import files

import pytest

from corpus import capitals, states
from corpus.model import Language

NAMED = [
    ("the ministry in Ljubljana", Language.ENGLISH, "SVN"),
    ("our office in bogota", Language.ENGLISH, "COL"),
    ("notre bureau à Athènes", Language.FRENCH, "GRC"),
    ("desde Bogotá", Language.SPANISH, "COL"),
    ("منظمة في صنعاء", Language.ARABIC, "YEM"),
    ("Мы из Москвы", Language.RUSSIAN, "RUS"),
    ("я работаю в Любляне", Language.RUSSIAN, "SVN"),
    ("我在首尔工作", Language.CHINESE, "KOR"),
]


@pytest.mark.parametrize(("text", "language", "alpha3"), NAMED, ids=[row[0] for row in NAMED])
def test_a_capital_is_found_in_its_cases_and_without_accents(
    text: str, language: Language, alpha3: str
) -> None:
    assert [mention.alpha3 for mention in capitals.find(text, language)] == [alpha3]


def test_a_word_that_holds_a_capitals_name_is_none() -> None:
    assert capitals.find("Romeo in Limassol", Language.ENGLISH) == []


def test_every_capital_is_of_a_state_and_of_one_only() -> None:
    codes = {state.alpha3 for state in states.states()}
    text = files("corpus").joinpath("data", "capitals.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert {row["alpha3"] for row in rows} <= codes
    for language in Language:
        names = [name for row in rows for name in row[language].split("|") if name]
        assert len(names) == len(set(names))
