"""Every phrase exists in the six languages, with its placeholders and all its plural forms."""

import ast
import re
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import assistant
from assistant.compose.decline import REASONS
from assistant.compose.messages import Phrases
from assistant.compose.words import _ASKED, _FACETS, _POSITIONS
from assistant.understand.cues import load
from corpus.model import Language

_FIELD = re.compile(r"\{(\w+)\}")
TRANSLATED = [language for language in Language if language is not Language.ENGLISH]


def said() -> tuple[set[str], set[tuple[str, str]]]:
    """The phrases that the code says, read from it."""
    single: set[str] = {*REASONS.values(), *_POSITIONS.values(), *_FACETS.values()}
    single |= {*_ASKED.values(), *load(Language.ENGLISH).keys("regions")}
    plural: set[tuple[str, str]] = set()
    for path in Path(assistant.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            values = [one.value for one in node.args[:2] if isinstance(one, ast.Constant)]
            if node.func.attr == "say" and values:
                single.add(values[0])
            elif node.func.attr == "many" and len(values) == 2:
                plural.add((values[0], values[1]))
    return single, plural


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_phrase_is_translated_with_its_placeholders(language: Language) -> None:
    source = files("assistant").joinpath("messages", f"{language}.po").read_text(encoding="utf-8")
    catalogue = read_po(source.splitlines(), locale=str(language))
    single, plural = said()
    for phrase in sorted(single):
        found = catalogue.get(phrase)
        assert found is not None, phrase
        assert found.string, phrase
        assert set(_FIELD.findall(found.string)) == set(_FIELD.findall(phrase)), phrase
    for one, other in sorted(plural):
        found = catalogue.get(one)
        assert found is not None, one
        assert len(found.string) == catalogue.num_plurals
        assert all("{count}" in form for form in found.string), other


PLURALS = {
    Language.ENGLISH: {1: "1 recommendation", 2: "2 recommendations"},
    Language.FRENCH: {0: "0 recommandation", 1: "1 recommandation", 2: "2 recommandations"},
    Language.RUSSIAN: {1: "1 рекомендация", 3: "3 рекомендации", 5: "5 рекомендаций", 21: "21 рекомендация"},
    Language.ARABIC: {1: "توصية واحدة (1)", 2: "توصيتان (2)", 5: "5 توصيات", 11: "11 توصية"},
    Language.CHINESE: {1: "1 条建议", 2: "2 条建议"},
}


@pytest.mark.parametrize("language", PLURALS)
def test_plural_forms_are_right(language: Language) -> None:
    phrases = Phrases(language)
    for count, expected in PLURALS[language].items():
        assert phrases.many("{count} recommendation", "{count} recommendations", count) == expected


def test_numbers_are_printed_as_the_language_prints_them() -> None:
    printed = {language: Phrases(language).number(Decimal("1234.5")) for language in Language}
    assert printed[Language.ENGLISH] == "1,234.5"
    assert printed[Language.SPANISH] == "1.234,5"
    assert printed[Language.FRENCH].replace("\u202f", " ") == "1 234,5"
