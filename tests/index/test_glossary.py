"""The glossary: whole, without slips, and every entry found from each of its terms."""

from __future__ import annotations

import pytest

from corpus.language import detect
from corpus.model import Language
from index import analyse, glossary
from index import question as asking

ENTRIES = glossary.entries()
KINDS = {"right", "mechanism", "group", "body", "instrument", "goal", "procedure", "issue", "finance"}


def test_there_are_a_few_hundred_entries_with_unique_ids() -> None:
    assert len(ENTRIES) >= 300
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)


def test_every_entry_has_terms_in_the_six_languages_and_a_known_kind() -> None:
    for entry in ENTRIES:
        assert entry.kind in KINDS, entry.id
        for language in Language:
            assert entry.terms[language], f"{entry.id} has no term in {language}"


def test_related_entries_exist_and_are_not_the_entry_itself() -> None:
    ids = {entry.id for entry in ENTRIES}
    for entry in ENTRIES:
        assert set(entry.related) <= ids - {entry.id}, entry.id


def test_terms_are_in_the_column_of_their_script() -> None:
    for entry in ENTRIES:
        for language in (Language.ARABIC, Language.RUSSIAN, Language.CHINESE):
            for term in entry.terms[language]:
                if any(character.isalpha() and not character.isascii() for character in term):
                    assert detect(term) is language, (entry.id, term)


@pytest.mark.parametrize("language", list(Language))
def test_every_term_is_found_and_brings_the_words_of_the_other_languages(language: Language) -> None:
    for entry in ENTRIES:
        for term in entry.terms[language]:
            found = set(asking.expansions(analyse.tokens(term, language), language))
            for other in Language:
                first = tuple(analyse.tokens(entry.terms[other][0], other))
                assert first, f"{entry.id}: {entry.terms[other][0]!r} is made of stop words"
                assert first in found, f"{entry.id}: {term!r} does not bring {entry.terms[other][0]!r}"


def test_an_abbreviation_is_found_in_a_question_of_any_language() -> None:
    questions = {
        Language.ENGLISH: "Who asked for OP-CAT?",
        Language.FRENCH: "Qui a demandé OP-CAT ?",
        Language.ARABIC: "من أوصى بالتصديق على OP-CAT؟",
        Language.CHINESE: "谁建议批准OP-CAT？",
    }
    spanish = tuple(
        analyse.tokens("Protocolo Facultativo de la Convención contra la Tortura", Language.SPANISH)
    )
    for language, question in questions.items():
        assert spanish in asking.expansions(analyse.tokens(question, language), language)


def test_the_longest_term_wins() -> None:
    words = analyse.tokens("Optional Protocol to the Convention against Torture", Language.ENGLISH)
    found = asking.expansions(words, Language.ENGLISH)
    assert ("opcat",) in found
    assert ("酷刑",) not in found  # not read as the entry "torture"


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="no-such-idea"):
        glossary.entry("no-such-idea")
