"""Labels of the pages: every language has every key and every placeholder, and plural forms are right."""

import re

import pytest

from corpus.model import Kind, Language, Position
from ui.pages.words import words

OTHERS = [language for language in Language if language is not Language.ENGLISH]


@pytest.mark.parametrize("language", OTHERS, ids=str)
def test_every_language_has_every_key_and_placeholder(language: Language) -> None:
    english, other = words(Language.ENGLISH)._table, words(language)._table
    assert set(other) == set(english)
    for key, text in english.items():
        if key.endswith(("_one", "_two")) and "{n}" not in other[key]:
            continue  # Arabic says one and two in words
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", other[key])), key


@pytest.mark.parametrize("language", OTHERS, ids=str)
def test_labels_are_translated_not_copied(language: Language) -> None:
    english, other = words(Language.ENGLISH)._table, words(language)._table
    same = [
        key for key, text in english.items() if text == other[key] and len(re.sub(r"\{\w+\}", "", text)) > 12
    ]
    assert same == []


@pytest.mark.parametrize(
    ("language", "n", "expected"),
    [("en", 1, "1 recommendation"), ("en", 1234, "1,234 recommendations"), ("ru", 2, "2 рекомендации"),
     ("ru", 5, "5 рекомендаций"), ("ru", 21, "21 рекомендация"), ("ar", 1, "توصية واحدة"), ("ar", 2, "توصيتان"), ("ar", 3, "3 توصيات"), ("ar", 11, "11 توصية"),
     ("zh", 4, "4 条建议")],
)  # fmt: skip
def test_plural_forms_follow_the_language(language: str, n: int, expected: str) -> None:
    assert words(Language(language)).plural("total", n) == expected


def test_every_position_and_kind_has_a_label() -> None:
    for key in [*(p.value for p in Position), *(f"kind_{k.value}" for k in Kind)]:
        assert key in words(Language.ENGLISH)


def test_only_arabic_runs_from_right_to_left() -> None:
    assert [one.value for one in Language if not words(one).left_to_right] == ["ar"]
