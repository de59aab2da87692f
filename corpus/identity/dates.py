"""Dates as mastheads print them in six languages, to ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from babel import Locale

_LOCALES = ("en", "fr", "es", "ru", "ar", "zh")
_DAY_FIRST = re.compile(
    r"(?<![\d–-])(\d{1,2})(?:er|º|°)?\s+(?:de\s+)?([^\W\d_]{3,12}\.?)\s+(?:de\s+|del\s+)?((?:19|20)\d\d)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\s+(\d{1,2}),?\s+((?:19|20)\d\d)")
_CHINESE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ARABIC = re.compile(r"(\d{1,2})\s+([\u0621-\u064a]+(?:[ /]+[\u0621-\u064a]+){0,2})\s+((?:19|20)\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d{2})-(\d{2})(?!\d)")
# The Levant's names, which United Nations documents in Arabic use beside CLDR's.
_LEVANT = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def first(text: str) -> str | None:
    """The first full date in a text as "2014-03-27"; days of a range ("27 January–7 February 2014") give the last."""
    text = text.translate(_DIGITS)
    found: list[tuple[int, str]] = []
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2)), (_ARABIC, (3, 2, 1))):
        for match in pattern.finditer(text):
            made = _iso(match.group(order[0]), match.group(order[1]), match.group(order[2]))
            if made:
                found.append((match.start(), made))
    for pattern in (_CHINESE, _ISO):
        for match in pattern.finditer(text):
            made = _iso(*match.groups())
            if made:
                found.append((match.start(), made))
    return min(found)[1] if found else None


def _iso(year: str, month: str, day: str) -> str | None:
    names = [part.strip() for part in month.split("/")]
    number = (
        int(month) if month.isdigit() else next((found for n in names if (found := _month(_fold(n)))), None)
    )
    if not number or not 1 <= number <= 12 or not 1 <= int(day) <= 31:
        return None
    return f"{year}-{number:02d}-{int(day):02d}"


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().strip(" ."))
    return "".join(char for char in plain if not unicodedata.combining(char))


def _month(name: str) -> int | None:
    """The number of a month; a language is loaded when those before it do not have the name."""
    return next((months[name] for code in _LOCALES if name in (months := _months(code))), None)


@cache
def _months(code: str) -> dict[str, int]:
    months: dict[str, int] = {}
    locale = Locale.parse(code)
    for context in ("format", "stand-alone"):
        for style in ("wide", "abbreviated"):
            for number, name in locale.months[context][style].items():
                months.setdefault(_fold(str(name)), number)
    if code == "ar":
        for number, name in enumerate(_LEVANT.split(","), 1):
            months.setdefault(_fold(name), number)
    return months
