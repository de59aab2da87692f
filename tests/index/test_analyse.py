"""Full-text analysis: what is one word, what stays whole, and safe queries."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Language
from index import analyse
from index import question as asking

EN, FR, ES, AR, RU, ZH = (Language(code) for code in ("en", "fr", "es", "ar", "ru", "zh"))


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Recommendations on prisons", EN, ["recommend", "prison"]),
        ("A/HRC/RES/16/21", EN, ["aǀhrcǀresǀ16ǀ21", "16ǀ21"]),  # whole, and found by its number alone
        ("resolution 16/21", EN, ["resolut", "16ǀ21"]),
        ("A/HRC/14/15/Add.1", EN, ["aǀhrcǀ14ǀ15ǀaddǃ1", "14ǀ15"]),
        ("see A/HRC/38/27.", EN, ["see", "aǀhrcǀ38ǀ27", "38ǀ27"]),  # the full stop ends the sentence
        ("第 16/21 号", ZH, ["第", "16ǀ21", "号"]),
        ("118.4 and 118.40", EN, ["118ǃ4", "118ǃ40"]),
        ("1,234,567 dollars", EN, ["1234567", "dollar"]),
        ("OP-CAT, ICCPR-OP2", EN, ["opcat", "iccprop2"]),
        ("OPCAT", EN, ["opcat"]),
        ("follow-up", EN, ["follow", "followup"]),  # "up" is a stop word
        ("men and/or women", EN, ["men", "women"]),
        ("l'État, d’éducation", FR, ["etat", "educ"]),
        ("children's", EN, ["children"]),
        ("Ｗｏｍｅｎ　２０１８", EN, ["women", "2018"]),  # full-width forms
        ("актёр актер", RU, ["актер", "актер"]),
        ("пытках пытки", RU, ["пытк", "пытк"]),
        ("酷刑和虐待", ZH, ["酷刑", "刑和", "和虐", "虐待"]),
        ("批准OP-CAT议定书", ZH, ["批准", "opcat", "议定", "定书"]),  # no space between scripts
        ("水", ZH, ["水"]),
        ("UNICEF في كينيا", AR, ["unicef", "كينيا"]),
        ("", EN, []),
        ("?! -- //", EN, []),
    ],
)
def test_tokens(text: str, language: Language, expected: list[str]) -> None:
    assert analyse.tokens(text, language) == expected


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (EN, ["recommendation", "recommendations", "recommended"]),
        (FR, ["recommandé", "recommandation", "recommandations"]),
        (FR, ["éducation", "education", "Éducation"]),  # typed without accents
        (ES, ["nación", "naciones"]),
        (AR, ["توصية", "التوصيات", "والتوصيات", "للتوصيات"]),
        (AR, ["تعذيب", "التعذيب", "تَعْذِيب", "تعـــذيب"]),  # vowel signs, tatweel
        (AR, ["لجنة", "اللجنة", "للجنة"]),
        (AR, ["أطفال", "اطفال", "الأطفال"]),
        (RU, ["ребёнок", "ребенок"]),
    ],
)
def test_forms_of_one_word_share_a_token(language: Language, forms: list[str]) -> None:
    made = {tuple(analyse.tokens(form, language)) for form in forms}
    assert len(made) == 1, made


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        (EN, "minorities", "minors"),
        (EN, "nationality", "nation"),
        (EN, "118.4", "1184"),
        (EN, "A/HRC/14/15", "A/HRC/14/16"),
        (FR, "parlement", "parler"),
    ],
)
def test_different_words_stay_apart(language: Language, one: str, other: str) -> None:
    assert set(analyse.tokens(one, language)).isdisjoint(analyse.tokens(other, language))


@pytest.mark.parametrize("language", list(Language))
def test_stop_words_are_not_indexed(language: Language) -> None:
    words = sorted(analyse.stop_words(language))
    assert len(words) >= 20
    assert analyse.tokens(" , ".join(words), language) == []


def test_a_query_in_one_language_searches_the_words_of_the_others() -> None:
    french = asking.query("Quelles recommandations sur la peine de mort ?", FR)
    assert '"death penalti"' in french
    assert '"死刑"' in french
    assert '"смертн казн"' in french
    assert "death" not in asking.query("peine de mort", FR, lists=asking.Lists(glossary=False, lexicon=False))


def test_a_query_brings_the_names_of_its_states() -> None:
    assert '"阿根 根廷"' in asking.query("prisons en Argentine", FR)
    assert {'"slovenia"', '"словен"'} <= set(asking.query("سلوفينيا", AR).split(" OR "))


def test_a_question_with_more_than_terms_brings_related_ideas_only_when_asked_for() -> None:
    asked = "What did the delegation say about detention yesterday?"
    assert '"prison"' not in asking.query(asked, EN)
    assert '"prison"' in asking.query(asked, EN, related=True)


def test_two_themes_narrow_each_other_and_bring_no_related_ideas() -> None:
    assert '"prison"' not in asking.query("detention and torture", EN)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("lettre du ministre", FR, '"letter"'),  # a French word's English translation
        ("letter", EN, '"письм"'),  # an English word's Russian one
        ("письмо", RU, '"lettr"'),  # from one to another through English
        ("رسالة", AR, '"letter"'),
    ],
)
def test_words_that_no_list_names_are_searched_in_translation(
    text: str, language: Language, said: str
) -> None:
    assert said in asking.query(text, language).split(" OR ")


def test_a_theme_alone_brings_its_related_ideas() -> None:
    assert '"prison"' in asking.query("Detention", EN)
    assert '"prison"' not in asking.query("Detention", EN, related=False)


def test_a_question_that_names_a_state_is_focused_on_it() -> None:
    (focus,) = asking.focused("prisons en Argentine", FR)
    (names,) = focus.within
    assert {'"argentina"', '"阿根 根廷"'} <= set(names.split(" OR "))
    assert '"prison"' in focus.words
    assert "argentin" not in focus.words


def test_texts_that_concern_both_states_come_before_those_that_concern_one() -> None:
    strict, loose = asking.focused("Norway on prisons in Benin", EN)
    assert len(strict.within) == 2
    (either,) = loose.within
    assert {'"norway"', '"benin"'} <= set(either.split(" OR "))
    assert strict.words == loose.words


def test_a_state_is_looked_for_by_its_former_and_usual_names_too() -> None:
    assert {'"czechia"', '"czech republ"', '"捷克"'} <= set(asking.query("Чехия", RU).split(" OR "))
    assert {'"eswatini"', '"swaziland"'} <= set(asking.query("Swaziland", EN).split(" OR "))
    assert '"state"' not in asking.query("USA", EN).split(" OR ")


@pytest.mark.parametrize("text", ["conditions in prisons", "Argentina", ""])
def test_nothing_is_focused_without_a_state_and_something_asked(text: str) -> None:
    assert asking.focused(text, EN) == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("What did the Board say about A/HRC/38/27?", EN, "Board A/HRC/38/27"),
        ("Quel est le rôle du Conseil ?", FR, "rôle Conseil"),
        ("有多少项建议？", ZH, "有 项建议？"),
        ("Who?", EN, "Who?"),  # nothing else is left
    ],
)
def test_content_drops_the_words_that_only_ask(text: str, language: Language, expected: str) -> None:
    assert asking.content(text, language) == expected


def test_a_name_is_searched_as_the_other_latin_languages_stem_it() -> None:
    assert {'"keny"', '"kenya"'} <= set(asking.query("Kenya", FR).split(" OR "))


def test_a_question_of_stop_words_alone_still_searches() -> None:
    assert asking.query("who?", EN) == '"who"'


@pytest.mark.parametrize("text", ["", "  ", "?!", '"', "' OR 1=1 --"[:1]])
def test_nothing_to_search_gives_an_empty_query(text: str) -> None:
    assert asking.query(text, EN) == ""


@pytest.fixture(scope="module")
def fts() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE VIRTUAL TABLE f USING fts5(tokens, tokenize="unicode61 remove_diacritics 0")')
    return connection


@given(text=st.text(max_size=80), language=st.sampled_from(list(Language)))
def test_any_text_makes_a_query_that_fts5_accepts(
    fts: sqlite3.Connection, text: str, language: Language
) -> None:
    match = asking.query(text, language)
    if match:
        fts.execute("SELECT count(*) FROM f WHERE f MATCH ?", (match,)).fetchall()


@pytest.mark.parametrize(
    "text",
    ['NEAR("a" b)', "tokens: x", '"; DROP TABLE f', "a* OR b AND NOT c", "^col - {x y}: z", 'say "no"'],
)
def test_operators_in_a_question_are_only_words(fts: sqlite3.Connection, text: str) -> None:
    fts.execute("SELECT count(*) FROM f WHERE f MATCH ?", (asking.query(text, EN),)).fetchall()


@given(text=st.text(max_size=200), language=st.sampled_from(list(Language)))
def test_tokens_hold_letters_and_digits_only(text: str, language: Language) -> None:
    for token in analyse.tokens(text, language):
        assert token
        assert not any(character.isspace() or character in "\"'()*:^-/.," for character in token)


def test_what_is_stored_is_found_by_the_same_words(fts: sqlite3.Connection) -> None:
    stored = {
        EN: "Ratify OP-CAT (A/HRC/14/15, para. 118.4) in the prisons of Côte d'Ivoire",
        AR: "التصديق على البروتوكول الاختياري لاتفاقية مناهضة التعذيب",
        RU: "Ратифицировать Факультативный протокол к Конвенции против пыток",
        ZH: "批准《禁止酷刑公约任择议定书》",
    }
    for language, text in stored.items():
        tokens = " ".join(analyse.tokens(text, language))
        fts.execute("DELETE FROM f")
        fts.execute("INSERT INTO f(tokens) VALUES (?)", (tokens,))
        spanish = "Protocolo Facultativo de la Convención contra la Tortura"
        for question, asked in (("OP-CAT?", EN), ("禁止酷刑公约任择议定书", ZH), (spanish, ES)):
            match = asking.query(question, asked)
            assert fts.execute("SELECT count(*) FROM f WHERE f MATCH ?", (match,)).fetchone() == (1,), (
                question
            )


def test_a_report_is_analysed_in_a_fraction_of_a_second() -> None:
    import time

    words = [
        f"{stem}{ending}"
        for stem in ("recommend", "detain", "protect", "child")
        for ending in ("ing", "ed", "s")
    ]
    text = " ".join(words) * 2_500  # 30,000 words: a report and a half
    start = time.perf_counter()
    found = analyse.tokens(text, EN)
    assert len(found) >= 25_000
    assert time.perf_counter() - start < 1.0
