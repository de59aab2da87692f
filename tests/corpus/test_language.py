"""Language detection: questions as people type them, and the fallbacks."""

from __future__ import annotations

import pytest

from corpus.language import detect
from corpus.model import Language

QUESTIONS = {
    Language.ENGLISH: (
        "Which States asked about detention?",
        "What did Spain recommend to France?",
        "Tell me about Côte d'Ivoire",  # a French name in an English sentence
        "death penalty",
        "rights of the child",
        "Who recommended ratification of OP-CAT?",
        "What did Costa Rica accept?",
        "accepted recommendations on torture",
        "RECOMMENDATIONS ON TORTURE",  # a heading in capitals is not all abbreviations
        "torture in Chile",
        "SDG 16 recommendations",
        "NHRI accreditation",
    ),
    Language.FRENCH: (
        "Qui a recommandé la ratification ?",
        "Combien ?",
        "Quels États ont posé des questions sur la détention ?",
        "Que dit le paragraphe 15 ?",
        "Et le Chili ?",
        "droits de l'enfant",
        "peine de mort",
        "femmes handicapées",
        "liberté d’expression",  # typographic apostrophe
        "Qu'a accepté le Costa Rica ?",
        "prisons surpeuplées",
        "recommandations Cuba",  # two words, one of them a name
        "invitation permanente",
    ),
    Language.SPANISH: (
        "¿Cuántas recomendaciones aceptó Chile?",
        "Cuantas recomendaciones recibio Eslovenia sobre detencion",  # without accents
        "¿Y Chile?",
        "¿Quién?",
        "pena de muerte",
        "mujeres con discapacidad",
        "libertad de expresión",
        "Qué dijo Francia",
        "derechos del niño",
        "invitación permanente",
        "recomendaciones Cuba",
    ),
    Language.ARABIC: (
        "كم عدد التوصيات المقبولة؟",
        "ما هي توصيات UNICEF بشأن A/HRC/14/15؟",  # Latin letters outnumber nothing
        "التعذيب",
        "SDG 16 الأهداف",
    ),
    Language.RUSSIAN: ("Кто рекомендовал ратификацию OP-CAT?", "пытки", "Сколько рекомендаций принято?"),
    Language.CHINESE: ("谁建议批准 OP-CAT？", "酷刑", "A/HRC/38/27 自愿基金 2018", "有多少项建议？"),
}


@pytest.mark.parametrize(
    ("language", "question"),
    [(language, question) for language, questions in QUESTIONS.items() for question in questions],
)
def test_short_questions_are_recognised(language: Language, question: str) -> None:
    assert detect(question) is language


@pytest.mark.parametrize("text", ["", "   ", "A/HRC/14/15", "118.4", "UNICEF", "2018", "?!"])
def test_a_text_without_words_takes_the_default(text: str) -> None:
    assert detect(text) is Language.ENGLISH
    assert detect(text, Language.FRENCH) is Language.FRENCH
    assert detect(text, Language.CHINESE) is Language.CHINESE


def test_clear_words_outweigh_the_default() -> None:
    assert detect("Which States asked about detention?", Language.SPANISH) is Language.ENGLISH
    assert detect("Qui a recommandé la ratification ?", Language.ENGLISH) is Language.FRENCH


def test_a_quote_in_another_script_does_not_turn_an_english_paragraph() -> None:
    text = "The Committee on the Rights of the Child welcomed the national plan, known as «План действий», of 2012."
    assert detect(text) is Language.ENGLISH


def test_a_long_document_is_decided_by_more_than_its_first_page() -> None:
    cover = "A/HRC/14/15 GE.10-12345 " * 300
    body = "Le groupe de travail a tenu sa séance et adopté le rapport sur les droits des femmes. " * 500
    assert detect(cover + body) is Language.FRENCH


@pytest.mark.realdata
def test_sentences_of_every_language_are_recognised(data_folder) -> None:
    import gzip
    import itertools

    for code in ("fr", "es", "ar", "ru", "zh"):
        with gzip.open(data_folder / "parallel" / f"en-{code}.tsv.gz", "rt", encoding="utf-8") as lines:
            rows = [line.rstrip("\n").split("\t") for line in itertools.islice(lines, 5_000, 15_000, 40)]
        right = sum(detect(row[1]) is Language(code) for row in rows)
        english = sum(detect(row[0]) is Language.ENGLISH for row in rows)
        assert right / len(rows) >= 0.98, code
        assert english / len(rows) >= 0.98, code
