"""Labels of the pages, a file a language; every language has every key (a test compares them)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from corpus.model import Language


class Words:
    """The labels of one language; numbers by CLDR."""

    def __init__(self, language: Language, table: Mapping[str, str]) -> None:
        self.language = language
        self._table = table
        self._locale = Locale.parse(language.value)
        # "1 May 2019": the day first, in English too (UN editorial manual, dates).
        self._day_locale = Locale("en", "GB") if language is Language.ENGLISH else self._locale

    def __getitem__(self, key: str) -> str:
        return self._table[key]

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def get(self, key: str, default: str | None = None) -> str:
        """The label, or `default` (the key itself where none is given) when there is no such label."""
        return self._table.get(key, key if default is None else default)

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return self._table["direction"]

    @property
    def left_to_right(self) -> bool:
        """Whether the script runs from left to right."""
        return self.direction == "ltr"

    def fill(self, key: str, /, **values: object) -> str:
        """The label with its placeholders filled; whole numbers are written by CLDR."""
        shown = {name: self.count(v) if isinstance(v, int) else v for name, v in values.items()}
        return self._table[key].format(**shown)

    def count(self, n: int) -> str:
        """A whole number with the digits and grouping of the language."""
        return str(format_decimal(n, locale=self._locale))

    def date(self, written: str) -> str:
        """A day given as 2019-05-01 as United Nations documents write it; another form ("2019") stays as it is."""
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return written
        return str(format_date(day, "long", locale=self._day_locale))

    def plural(self, key: str, n: int) -> str:
        """The form of `key` (`<key>_one`, `_two`, `_few`, `_many`) that CLDR's plural rule asks for `n`."""
        category = self._locale.plural_form(n)
        form = category if category in {"one", "two", "few"} else "many"
        return self.fill(f"{key}_{form}", n=n)


@cache
def words(language: Language) -> Words:
    """The labels of `language`."""
    source = files(__package__).joinpath(f"{language.value}.toml")
    return Words(language, tomllib.loads(source.read_text(encoding="utf-8")))
