"""Figures as tables print them: values, currencies, years, and the words for totals and unpaid sums."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files

_NOTHING = re.compile(r"(?:[—–-]|\.{2,3}|…|n\.?/?a\.?|nil|néant)", re.I)


_NUMBER = (
    r"\(?\s?[-−–]?\s?(?:\d{1,3}(?:[ \u2009\u202f]\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|"
    r"\d{1,3}(?:['’]\d{3})+|\d+)"
    r"(?:[.,]\d{1,2})?(?!\d)\s?\)?"
)


_LEADING_SIGN = r"(?:US\$|\$|€|£|¥)?\s?"


_VALUE = re.compile(rf"(?<![\w.,/])(?:{_LEADING_SIGN}{_NUMBER}|[—–](?=\s|$)|-(?=\s|$))")


YEAR = re.compile(r"(?<!\d)(?:19[89]|20[0-6])\d(?!\d)")


_YEARS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?[-–—/]\s?((?:19|20)?\d\d)|\s*(?:to|à|a|por|по|至|إلى)\s*((?:19|20)\d\d))?(?!\d)"
)


# Arabic and Persian digits and the signs between them, one for one, so that offsets stay.
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٬٫", "01234567890123456789,.")


def western(text: str) -> str:
    """The text with Western digits, every character in its place."""
    return text.translate(_WESTERN)


@dataclass(frozen=True, slots=True)
class _Words:
    total: re.Pattern[str]
    unpaid: re.Pattern[str]
    thousands: re.Pattern[str]
    millions: re.Pattern[str]
    years: re.Pattern[str]


@cache
def cue_words() -> _Words:
    """The patterns of `cues/money.toml`, compiled once."""
    raw = tomllib.loads((files("corpus") / "cues" / "money.toml").read_text(encoding="utf-8"))
    return _Words(**{name: re.compile(pattern, re.IGNORECASE) for name, pattern in raw.items()})


@cache
def _currencies() -> tuple[tuple[str, re.Pattern[str]], ...]:
    source = (files("corpus") / "data" / "currencies.csv").read_text(encoding="utf-8")
    rows = csv.reader(source.splitlines()[1:])
    return tuple((code, re.compile(",".join(rest), re.IGNORECASE)) for code, *rest in rows)


def currency(text: str) -> str | None:
    """ISO 4217 code of the currency that a text names first in the table's order; None where it names none."""
    return next((code for code, pattern in _currencies() if pattern.search(text)), None)


def values_in(text: str) -> list[re.Match[str]]:
    """The figures at the end of a row, and nothing after them."""
    found: list[re.Match[str]] = []
    end = len(text)
    for match in reversed(list(_VALUE.finditer(western(text)))):
        if text[match.end() : end].strip():
            break
        found.insert(0, match)
        end = match.start()
    return found


def only_years(text: str) -> bool:
    """Whether a line only names a period: "2008-2009 biennium", "2018"."""
    text = western(text)
    if not YEAR.search(text):
        return False
    rest = cue_words().years.sub(" ", _YEARS.sub(" ", text))
    return not re.search(r"\w", rest)


def period(text: str) -> str | None:
    """The year or years that a text names: "2018", "2008-2009"; None where it names several or none."""
    found: list[str] = []
    for match in _YEARS.finditer(western(text)):
        first, last = match.group(1), match.group(2) or match.group(3) or ""
        last = first[: 4 - len(last)] + last
        found.append(first if last == first else f"{first}-{last}")
    distinct = list(dict.fromkeys(found))
    return distinct[0] if len(distinct) == 1 else None


def number_of(text: str) -> Decimal | None:
    """The value of a figure; brackets and a leading sign are negative, a dash is nothing (0)."""
    plain = re.sub(r"US\$|[$€£¥]|\s*[a-z*]\s*/?$", "", western(text).strip()).strip()
    if _NOTHING.fullmatch(plain):
        return Decimal(0)
    negative = (plain.startswith("(") and plain.endswith(")")) or plain[:1] in "-−–"
    plain = plain.strip("()-−– ")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.search(r",\d{1,2}$", plain) and not re.search(r",\d{3}", plain):
        plain = plain.replace(",", ".")
    plain = re.sub(r"[\s,'’]", "", plain)
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return -value if negative else value
