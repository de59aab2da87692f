"""Phrases in six languages: gettext catalogues (`assistant/messages/<language>.po`), CLDR numbers and lists."""

from __future__ import annotations

import gettext
import io
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from babel import Locale
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from corpus.model import Language

# Arabic of the United Nations is printed with the digits 0-9 in tables; CLDR's "ar" does the same.
_LOCALES = {language: str(language) for language in Language} | {Language.CHINESE: "zh_Hans"}


@lru_cache(maxsize=6)
def catalogue(language: Language) -> gettext.NullTranslations:
    """The compiled catalogue of a language; English is the source."""
    if language is Language.ENGLISH:
        return gettext.NullTranslations()
    source = files("assistant").joinpath("messages", f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=str(language)))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Phrases:
    """Phrases, numbers and lists in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogue = catalogue(language)
        self._locale = Locale.parse(_LOCALES[language])

    def say(self, phrase: str, **values: object) -> str:
        """The phrase in the language, its placeholders filled."""
        return self._catalogue.gettext(phrase).format(**values)

    def many(self, one: str, other: str, count: int, **values: object) -> str:
        """The phrase in the plural form of `count`, which fills `{count}`."""
        return self._catalogue.ngettext(one, other, count).format(count=self.number(count), **values)

    def number(self, value: int | Decimal) -> str:
        """A number as CLDR prints it, with its own decimals."""
        return str(format_decimal(value, locale=self._locale, decimal_quantization=False))

    def percent(self, value: Decimal) -> str:
        """A percentage (34.7 is 34.7 %) with at most one decimal."""
        return str(
            format_percent(
                value / 100,
                format=self._locale.percent_formats[None]
                .pattern.replace("0%", "0.#%")
                .replace("0\xa0%", "0.#\xa0%"),
                locale=self._locale,
            )
        )

    def listing(self, items: Sequence[str]) -> str:
        """Items as a list in words."""
        return str(format_list(list(items), locale=self._locale)) if items else ""

    @property
    def colon(self) -> str:
        """What stands between a name and its value."""
        return {Language.FRENCH: "\u00a0: ", Language.CHINESE: "："}.get(self.language, ": ")

    @property
    def semicolon(self) -> str:
        """What stands between two pieces of a list that may itself hold commas."""
        return {Language.FRENCH: "\u00a0; ", Language.CHINESE: "；", Language.ARABIC: "؛ "}.get(
            self.language, "; "
        )
