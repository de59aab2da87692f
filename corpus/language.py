"""Which of the six languages a text is in, down to a question of two words.

Script decides Arabic, Russian and Chinese. English, French and Spanish are told apart by a naive Bayes model
over words and letter groups (`corpus/data/language.tsv`, made by `corpus/static/train_language.py`).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from corpus.model import Language

_FEATURES = Path(__file__).parent / "data" / "language.tsv"
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
# Symbols, abbreviations and addresses say nothing about the language of the sentence around them.
_NEUTRAL = re.compile(r"https?://\S+|(?<!\S)\S*\d\S*|\b[A-Z]/\S+|\b(?:[A-Z][\w-]*[A-Z][\w-]*)(?!\w)")
# A Chinese character carries about as much as two letters and a half of an alphabet.
_HAN_LETTERS = 2.5
# A question in another script keeps its script though it names Latin titles or abbreviations.
_ENOUGH_SHARE = 0.3
# Only Spanish opens a question so.
_SPANISH_MARKS = re.compile(r"[¿¡]")
_MARK_ODDS = 4.0
# A name is spelt alike in many languages ("Côte d'Ivoire"), so that a capital inside a sentence weighs less.
_NAME_WEIGHT = 0.25
# Natural-log odds under which the evidence is too thin and the default decides.
_ENOUGH_ODDS = 1.0
# A longer text is decided by its start, middle and end.
_SAMPLE = 4_000


def detect(text: str, default: Language | None = None) -> Language:
    """Return the language of a text; `default`, else English, where nothing in it tells (a bare symbol or name)."""
    fallback = default or Language.ENGLISH
    sample = _sample(text)
    words = latin_words(sample)
    script = _by_script(sample, words)
    if script is not None:
        return script
    if not words:
        return fallback
    scores = odds(words)
    if _SPANISH_MARKS.search(sample):
        scores[Language.SPANISH] += _MARK_ODDS
    best = max(scores, key=lambda language: scores[language])
    if best is fallback:
        return best
    return best if scores[best] - scores.get(fallback, 0.0) >= _ENOUGH_ODDS else fallback


def latin_words(text: str) -> list[str]:
    """Return the words of a text without symbols and abbreviations (a heading all in capitals keeps its words)."""
    heading = text.isupper() and " " in text.strip()
    return _WORD.findall(text.lower() if heading else _NEUTRAL.sub(" ", text))


def features(word: str) -> list[str]:
    """Return what a word votes with: itself, and its groups of two to four letters with its edges marked."""
    edged = f"^{word}$"
    groups = [edged[i : i + n] for n in (2, 3, 4) for i in range(len(edged) - n + 1)]
    return [f"={word}", *groups]


def odds(words: list[str]) -> dict[Language, float]:
    """Return the log-odds of French and Spanish against English, which is 0."""
    french = spanish = 0.0
    for position, spelt in enumerate(words):
        word = spelt.lower()
        weight, for_french, for_spanish = _votes(word)
        if position and word != spelt:
            weight *= _NAME_WEIGHT
        french += weight * for_french
        spanish += weight * for_spanish
    return {Language.ENGLISH: 0.0, Language.FRENCH: french, Language.SPANISH: spanish}


@lru_cache(maxsize=20_000)
def _votes(word: str) -> tuple[float, float, float]:
    """The weight of a word, and its votes for French and for Spanish."""
    table = _table()
    known = table.get(f"={word}")
    votes = [known] if known is not None else [table[f] for f in features(word) if f in table]
    weight = 1.0 if known is not None else 1.0 / max(4, len(votes)) ** 0.5
    return weight, sum(vote[0] for vote in votes), sum(vote[1] for vote in votes)


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _by_script(text: str, words: list[str]) -> Language | None:
    if text.isascii():
        return None
    counts = {
        Language.ARABIC: float(len(_ARABIC.findall(text))),
        Language.RUSSIAN: float(len(_CYRILLIC.findall(text))),
        Language.CHINESE: _HAN_LETTERS * len(_HAN.findall(text)),
    }
    latin = sum(map(len, words)) - counts[Language.ARABIC] - counts[Language.RUSSIAN]
    latin -= len(_HAN.findall(text))
    best = max(counts, key=lambda language: counts[language])
    total = sum(counts.values()) + max(0.0, latin)
    return best if total and counts[best] / total >= _ENOUGH_SHARE else None


@cache
def _table() -> dict[str, tuple[float, float]]:
    table: dict[str, tuple[float, float]] = {}
    for line in _FEATURES.read_text(encoding="utf-8").splitlines():
        feature, french, spanish = line.split("\t")
        table[feature] = (int(french) / 10, int(spanish) / 10)
    return table
