"""How single words are translated (`lexicon.tsv`, made by `train_lexicon.py`): the words that the glossary lacks.

The file pairs tokens of five languages with English ones; from one of the five to another the way is through English.
It is searched as one string: a question has a few words, and making tables of 37,000 lines would take longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus.model import Language

FILE = Path(__file__).parent / "lexicon.tsv"
# The least belief in a translation, and how many of one language are used.
_LIKELY = 0.2
_MOST = 2

Shares = dict[str, float]


@cache
def translations(token: str, language: Language) -> tuple[str, ...]:
    """Return the tokens of the other languages that most likely translate one, the likeliest of a language first."""
    english = {token: 1.0} if language is Language.ENGLISH else _english(token, language)
    shares: dict[Language, Shares] = {}
    if language is not Language.ENGLISH:
        shares[Language.ENGLISH] = english
    for word, share in english.items():
        for other, translation, part in _foreign(word):
            if other is not language:
                known = shares.setdefault(other, {})
                known[translation] = max(known.get(translation, 0.0), share * part)
    found = (word for other in Language for word in _likely(shares.get(other, {}).items()))
    return tuple(dict.fromkeys(found))


@cache
def english(token: str, language: Language) -> tuple[str, ...]:
    """Return the English tokens that most likely translate one of another language, the likeliest first."""
    return tuple(_likely(_english(token, language).items()))


def _likely(found: Iterable[tuple[str, float]]) -> list[str]:
    pairs = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    return [word for word, share in pairs[:_MOST] if share >= _LIKELY]


def _english(token: str, language: Language) -> Shares:
    text = _text()
    start = text.find(f"\n{language.value}\t{token}\t")
    if start < 0:
        return {}
    said = text[start + 1 : text.index("\n", start + 1)].split("\t")[2]
    return dict(_pair(one) for one in said.split(" "))


def _foreign(english: str) -> Iterator[tuple[Language, str, float]]:
    """Every (language, token, share) that has this English token among its translations."""
    text = _text()
    for mark in ("\t", " "):
        sought = f"{mark}{english}:"
        place = text.find(sought)
        while place >= 0:
            line = text[text.rindex("\n", 0, place) + 1 : text.index("\n", place)]
            code, word, said = line.split("\t")
            yield Language(code), word, dict(_pair(one) for one in said.split(" "))[english]
            place = text.find(sought, place + 1)


@cache
def _text() -> str:
    return "\n" + FILE.read_text(encoding="utf-8")


def _pair(said: str) -> tuple[str, float]:
    word, _, share = said.rpartition(":")
    return word, int(share) / 100
