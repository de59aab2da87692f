"""Capitals that stand for their States ("we in Paris"), in six languages (`data/capitals.csv`).

The file has the names of CLDR where it has them; a capital with the name of its State, and one that is in dispute,
is left out. A name of a capital is also a name of treaties and principles, so that only a reader who knows that a
State must be meant asks for it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files

from corpus.model import Language
from corpus.states import Mention

_SHORTEST = 4  # letters of a Russian name that drops its ending
_RUSSIAN = r"(?:а|я|у|ю|ы|и|е|й|ь|ой|ей|ом|ем|ью)?"
_CLITICS = "(?:[وف]?[بلك]?)"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with files("corpus").joinpath("data", "capitals.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


@cache
def _pattern(language: Language) -> tuple[re.Pattern[str], dict[str, str]]:
    groups: dict[str, str] = {}
    parts: list[str] = []
    for row in _rows():
        for name in filter(None, row[language].split("|")):
            group = f"{row['alpha3']}{len(groups)}"
            groups[group] = row["alpha3"]
            parts.append(f"(?P<{group}>{_form(name, language)})")
    joined = "|".join(parts)
    if language is Language.CHINESE:
        return re.compile(joined), groups
    before = _CLITICS if language is Language.ARABIC else ""
    return re.compile(rf"(?<!\w){before}(?:{joined})(?!\w)", re.IGNORECASE), groups


def _form(name: str, language: Language) -> str:
    """A pattern for a name with or without its accents; Russian declines the last word."""
    ended = name
    if language is Language.RUSSIAN and len(name) > _SHORTEST and name[-1] in "аяыьй":
        ended = name[:-1]
    body = "".join(map(_letter, ended))
    return body + _RUSSIAN if language is Language.RUSSIAN else body


def _letter(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[0]
    if character in " -":
        return "[ -]"
    if character in "'’":
        return "['’]?"
    return re.escape(character) if plain == character else f"[{character}{plain}]"


def find(text: str, language: Language) -> list[Mention]:
    """The capitals named in a text, in order, as mentions of their States."""
    pattern, groups = _pattern(language)
    return [
        Mention(groups[match.lastgroup], *match.span(match.lastgroup))
        for match in pattern.finditer(text)
        if match.lastgroup
    ]
