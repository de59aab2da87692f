"""How single words are translated (`lexicon.tsv`, made by `train_lexicon.py`): the words that the glossary lacks.

The file pairs tokens of five languages with English ones; from one of the five to another the way is through English.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from corpus.model import Language

FILE = Path(__file__).parent / "lexicon.tsv"
# The least belief in a translation, and how many of one language are used.
_LIKELY = 0.2
_MOST = 2

Table = dict[str, list[tuple[str, float]]]


@cache
def translations(token: str, language: Language) -> tuple[str, ...]:
    """Return the tokens of the other languages that most likely translate one, the likeliest of a language first."""
    to_english, from_english = _tables()
    english = [(token, 1.0)] if language is Language.ENGLISH else to_english[language].get(token, [])
    said = [] if language is Language.ENGLISH else _likely(english)
    for other, table in from_english.items():
        if other is not language:
            shares: dict[str, float] = defaultdict(float)
            for word, share in english:
                for translation, part in table.get(word, ()):
                    shares[translation] = max(shares[translation], share * part)
            said += _likely(shares.items())
    return tuple(dict.fromkeys(said))


def _likely(found: Iterable[tuple[str, float]]) -> list[str]:
    pairs = sorted(found, key=lambda pair: (-pair[1], pair[0]))
    return [word for word, share in pairs[:_MOST] if share >= _LIKELY]


@cache
def _tables() -> tuple[dict[Language, Table], dict[Language, Table]]:
    """From each language to English, and from English to each."""
    there: dict[Language, Table] = {}
    back: dict[Language, Table] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        code, word, said = line.split("\t")
        language = Language(code)
        pairs = [_pair(one) for one in said.split(" ")]
        there.setdefault(language, {})[word] = pairs
        reverse = back.setdefault(language, {})
        for english, share in pairs:
            reverse.setdefault(english, []).append((word, share))
    return there, back


def _pair(said: str) -> tuple[str, float]:
    word, _, share = said.rpartition(":")
    return word, int(share) / 100
