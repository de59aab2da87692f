"""Folding a question so that patterns and names match whatever the accents, cases and digits; length is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.errors import EmptyQuestion, TooLong

if TYPE_CHECKING:
    from opencc import OpenCC

LONGEST = 4000  # characters of a question; a proposal pasted for the eligibility check fits

_MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HAN = re.compile("[\u3400-\u9fff]")
_SPACES = re.compile(r"\s+")
_SAME = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ؤ": "و", "ئ": "ي", "ё": "е", "й": "й",
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-", "–": "-", "—": "-",
    "؟": "?", "،": ",", "؛": ";", "？": "?", "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "！": "!", "ı": "i",
    "ø": "o", "đ": "d", "ł": "l", "٫": ".", "٪": "%",
}  # fmt: skip


# Full-width letters, digits and the signs inside symbols and numbers, as Chinese keyboards give them.
_WIDE = {ord(wide): plain for wide, plain in zip("／．－％＃（）", "/.-%#()", strict=True)} | {
    first + place: chr(plain + place)
    for first, plain, count in ((0xFF10, 0x30, 10), (0xFF21, 0x41, 26), (0xFF41, 0x61, 26))
    for place in range(count)
}


def _simplified(text: str) -> str:
    """Chinese in simplified characters, which the cue files, names and documents are written in.

    GB 2312 has no character that is only traditional, so that a question without any is left alone.
    """
    try:
        "".join(_HAN.findall(text)).encode("gb2312")
    except UnicodeEncodeError:
        simplified: str = _converter().convert(text)
        return simplified
    return text


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # its dictionaries are loaded only for a question in traditional characters

    return OpenCC("t2s")


def prepare(question: str) -> str:
    """The question as it is kept: NFC, one space between words, no vowel marks or direction controls, simplified.

    Raises `EmptyQuestion` when nothing remains, `TooLong` over `LONGEST` characters.
    """
    cleaned = _SPACES.sub(" ", _MARKS.sub("", unicodedata.normalize("NFC", question))).strip()
    cleaned = _simplified(cleaned.translate(_WIDE))
    if not any(character.isalnum() for character in cleaned):
        raise EmptyQuestion(f"There is no question in {question[:40]!r}.", "Ask one in words.")
    if len(cleaned) > LONGEST:
        raise TooLong(
            f"The question has {len(cleaned)} characters; the most is {LONGEST}.", "Ask it more shortly."
        )
    return cleaned


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    same = _SAME.get(character)
    if same:
        return same
    if character.isdigit():
        return str(unicodedata.digit(character, -1)) if unicodedata.digit(character, -1) >= 0 else character
    if "\u0400" <= character <= "\u04ff":
        return character.lower()
    base = unicodedata.normalize("NFKD", character)[0]
    lowered = base.lower()
    return lowered if len(lowered) == 1 else base


def fold(text: str) -> str:
    """Lower case, without accents, ASCII digits and quotes; every character keeps its place."""
    return "".join(map(_fold_character, text))


def fold_pattern(pattern: str) -> str:
    """A regular expression folded as `fold` folds text; escapes such as `\\W` are left alone."""
    out: list[str] = []
    escaped = False
    for character in pattern:
        out.append(character if escaped else _fold_character(character))
        escaped = character == "\\" and not escaped
    return "".join(out)


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches as spaces, so that all else keeps its place."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def only(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with all but these stretches as spaces."""
    kept = [" "] * len(text)
    for start, end in spans:
        kept[start:end] = text[start:end]
    return "".join(kept)
