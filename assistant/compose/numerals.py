"""The numbers that a quote gives as amounts of something: no years, dates, articles or numbers of laws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from corpus.model import Language

_LETTER = r"[^\W\d_\u3400-\u9fff]"  # Chinese writes numbers into the words beside them
_NUMBER = re.compile(
    rf"(?<![\d.,/–-])(?<!{_LETTER})(?:\d{{1,3}}(?:[ \u00a0\u202f,.’']\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?"
    rf"(?!{_LETTER}|[\d/]|[.,]\d)(?:\s*(%|[\u3400-\u9fff]|{_LETTER}+))?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTED = re.compile(r"(?:19|20)\d\d\d{1,3}")  # the mark of a footnote printed behind a year
# What is numbered and not counted, before or behind the number.
_NUMBERED = re.compile(
    r"(?:articles?|arts?\.|art[íi]culos?|стат\w+|المادة|المواد|第|paras?\.|paragraphs?|par\.|párr\.|пункт\w*|الفقرة|sections?|"
    r"nos?\.|n[°º]|№|law|loi|ley|resolutions?|decrees?|act|phase|annex|chapter|category|level)\s*(?:\d+\s*(?:,|and|to|-|–)\s*)*$",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"^(?:januar|februar|march|april|may$|june|july|august|septem|octob|novem|decem|janvier|février|mars$|avril|mai$|juin|"
    r"juillet|août|enero|febrero|marzo|abril|mayo|junio|julio|agosto|diciem|январ|феврал|март|апрел|ма[йя]$|июн|июл|август|"
    r"сентяб|октяб|нояб|декаб|يناير|فبراير|مارس|[年月日条号])",
    re.IGNORECASE,
)
_POINT = frozenset(
    {Language.ENGLISH, Language.CHINESE, Language.ARABIC}
)  # languages with a point for decimals


def find(text: str, language: Language) -> Iterator[tuple[Decimal, str]]:
    """Each number with the word behind it ("209 percent", "90 名")."""
    for match in _NUMBER.finditer(text):
        unit = match.group(1) or ""
        printed = match.group()[: match.start(1) - match.start()] if unit else match.group()
        printed = printed.strip()
        if (
            _YEAR.fullmatch(printed)
            or _NOTED.fullmatch(printed)
            or _MONTH.match(unit)
            or _NUMBERED.search(text[: match.start()])
        ):
            continue
        yield value(printed, language), unit


def value(printed: str, language: Language) -> Decimal:
    """The value of a number as a language prints it ("25,671" in English, "25 671" in French)."""
    if language in _POINT:
        return Decimal(re.sub(r"[ \u00a0\u202f,’']", "", printed))
    return Decimal(re.sub(r"[ \u00a0\u202f.’']", "", printed).replace(",", "."))
