"""Ordinal numbers in words of the six languages ("forty-eighth", "第四十八"), as in sessions' names."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from corpus.model import Language

_HAN = "〇一二三四五六七八九"
_FIGURES = re.compile(r"\d{1,3}")


def value(text: str, language: Language) -> int | None:
    """The number that an ordinal stands for, in figures or in words; None where it is neither."""
    figures = _FIGURES.search(text)
    if figures:
        return int(figures.group())
    if language is Language.CHINESE:
        return han(re.sub(r"[^〇零一二三四五六七八九十百]", "", text))
    total = 0
    folded = text.lower()
    at = 0
    stems = _stems().get(language, ())
    while at < len(folded):
        match = next((stem for stem in stems if folded.startswith(stem[0], at)), None)
        if match is None:
            at += 1
        else:
            total += match[1]
            at += len(match[0])
    return total or None


def han(text: str) -> int | None:
    """The value of a Chinese numeral below 1000; None for anything else."""
    if not text or not re.fullmatch(r"[〇零一二三四五六七八九十百]+", text):
        return None
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = 0 if char == "零" else _HAN.index(char)
    return total + digit


@cache
def _stems() -> dict[Language, tuple[tuple[str, int], ...]]:
    """Stems of each language, the longest first so that "seventeenth" is not read as "seventh"."""
    found: dict[Language, list[tuple[str, int]]] = {}
    source = files("corpus") / "data" / "ordinals.csv"
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        found.setdefault(Language(row["language"]), []).append((row["stem"], int(row["value"])))
    return {key: tuple(sorted(stems, key=lambda stem: -len(stem[0]))) for key, stems in found.items()}
