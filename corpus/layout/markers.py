"""Marks that open a paragraph as printed: "15.", "118.4", "(a)", "III.", "•", "Table 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a paragraph opens with."""

    NUMBER = "number"
    DOTTED = "dotted"
    LETTER = "letter"
    ROMAN = "roman"
    CAPITAL = "capital"
    BULLET = "bullet"
    TABLE = "table"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark's kind, its label without punctuation, and where the text after it begins."""

    mark: Mark
    label: str
    end: int


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CHINESE = "一二三四五六七八九十"
_PATTERNS = (
    (Mark.DOTTED, re.compile(r"(\d{1,3}\.\d{1,3})(?:\.(?!\d)|-(?!\d))?(?=\s|[^\s\d.,:%/()–-])\s*")),
    (Mark.NUMBER, re.compile(r"(\d{1,4})\s?(?:\.(?!\d)|-(?=\s)|、)\s*")),
    (Mark.LETTER, re.compile(r"\(\s?([a-zа-я]{1,2}|[ivxl]{1,5}|\d{1,2}|[\u0621-\u064a]{1,2})\s?\)\s*")),
    (Mark.LETTER, re.compile(r"([a-zа-я]|[ivxl]{1,5}|\d{1,2})\)\s+")),
    (Mark.ROMAN, re.compile(r"([IVXL]{1,6})\.\s*(?=\S)")),
    (Mark.ROMAN, re.compile(rf"([{_CHINESE}]{{1,3}})\s?[.、]\s*")),
    (Mark.ROMAN, re.compile(r"((?:أولا|ثانيا|ثالثا|رابعا|خامسا|سادسا|سابعا|ثامنا|تاسعا|عاشرا)ً?)\s*[-–.]\s*")),
    (Mark.CAPITAL, re.compile(r"([A-ZА-Я])\.\s+(?=\S)")),
    (Mark.CAPITAL, re.compile(r"(ألف|باء|جيم|دال|هاء|واو|زاي|حاء|طاء|ياء)\s*[-–]\s*")),
    (Mark.BULLET, re.compile(r"([•●▪■◦‣·○➢✓])\s*|([-–—])\s+(?=\D)")),
    (Mark.STAR, re.compile(r"(\*{1,3}|[†‡])\s*(?=\S)")),
    (
        Mark.TABLE,
        re.compile(
            r"((?:Table|Tableau|Cuadro|Tabla|Таблица|الجدول|جدول|表)\s*(?:\d{1,3}|[IVXL]{1,5}|[一二三四五六七八九十]{1,3}))"
            r"(?!\w)[.:：]?\s*",
            re.I,
        ),
    ),
)
_FIRST = re.compile(r"[\d(IVXLA-ZА-Яа-яa-z一二三四五六七八九十•●▪■◦‣·○➢✓–—*†‡表\u0621-\u064a٠-٩-]")


def marker(text: str) -> Marker | None:
    """The mark that a block's text opens with, or None."""
    if not text or not _FIRST.match(text):
        return None
    head = text[:60]
    if not head.isascii():
        head = head.translate(_DIGITS)
    for mark, pattern in _PATTERNS:
        match = pattern.match(head)
        if match:
            label = next(group for group in match.groups() if group)
            return Marker(mark, label.strip(), match.end())
    return None
