"""Everyday words in the six languages (`data/terms.csv`), beside the field's terms of the index's glossary.

A question about a Chinese report is often asked in words that no glossary of human rights holds ("chair", "training",
"set up"); they bridge to the report's words when passages are weighed.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

from corpus.model import Language
from index import analyse

Phrase = tuple[str, ...]


@cache
def _rows() -> tuple[dict[Language, tuple[Phrase, ...]], ...]:
    source = files("assistant").joinpath("data", "terms.csv").read_text(encoding="utf-8")
    return tuple(
        {
            language: tuple(tuple(analyse.tokens(term, language)) for term in row[language].split("|"))
            for language in Language
        }
        for row in csv.DictReader(source.splitlines())
    )


@cache
def _table(language: Language) -> tuple[int, dict[Phrase, tuple[int, ...]]]:
    found: dict[Phrase, tuple[int, ...]] = {}
    for place, row in enumerate(_rows()):
        for phrase in row[language]:
            if phrase:
                found[phrase] = (*found.get(phrase, ()), place)
    return max(map(len, found), default=0), found


def bridges(words: tuple[str, ...], language: Language) -> dict[Phrase, tuple[Phrase, ...]]:
    """The terms among a question's words, each with what it is in all languages."""
    longest, table = _table(language)
    found: dict[Phrase, tuple[Phrase, ...]] = {}
    place = 0
    while place < len(words):
        for size in range(min(longest, len(words) - place), 0, -1):
            phrase = words[place : place + size]
            rows = table.get(phrase)
            if rows:
                every = [
                    other for row in rows for phrases in _rows()[row].values() for other in phrases if other
                ]
                found[phrase] = tuple(dict.fromkeys(every))
                place += size - 1
                break
        place += 1
    return found
