"""The cues of a language: compiled patterns read from `assistant/cues/<language>.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from babel.dates import get_month_names

from assistant.understand.text import blank, fold, fold_pattern
from corpus.model import Language

# A State in the masked question is one private-use character; the block says the grammatical case where the
# language shows it (Russian), so that "рекомендовала @d" only takes a dative.
BLOCK = 0x100
FIRST = 0xE000
CASES = {
    "nominative": 0, "genitive": 1, "dative": 2, "instrumental": 3, "oblique": 4, "unchanged": 5, "adjective": 6,
}  # fmt: skip
# "x" is whatever can stand where an instrumental is asked for, "q" an adjective; a name that never changes (США)
# stands for any case, but says nothing where a bare instrumental tells the role.
_CLASSES = {
    "n": (0, 5), "g": (1, 4, 5), "d": (2, 4, 5), "i": (3,), "x": (3, 5), "q": (6,), "a": (0, 1, 2, 3, 4, 5, 6),
}  # fmt: skip
EDGE = r"(?<!\w)"
CLITICS = "(?:[وف]?[بلك]?)"  # what Arabic writes onto the head of a word: and, so, by, to, as
_STEM = re.compile(r"<([a-z_]+)>")  # a verb's stems by the name that [stems] gives them
_SLOT = re.compile(r"\{(by|sur|any|donor)(?:\.([ngdixqa]))?\}")


@dataclass(frozen=True, slots=True)
class Cues:
    """All patterns of one language. `has("intent.count", text)` tells whether any of a key's patterns is there."""

    language: Language
    patterns: dict[str, re.Pattern[str]]
    roles: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    speech: tuple[re.Pattern[str], ...]
    stance: tuple[re.Pattern[str], ...]
    fillers: frozenset[str]
    order: dict[str, tuple[str, ...]]

    def has(self, key: str, text: str) -> bool:
        """Whether a pattern of the key is found in the folded, masked text."""
        pattern = self.patterns.get(key)
        return bool(pattern and pattern.search(text))

    def spans(self, key: str, text: str) -> Iterator[re.Match[str]]:
        """Every match of the key."""
        pattern = self.patterns.get(key)
        if pattern:
            yield from pattern.finditer(text)

    def without(self, key: str, text: str) -> str:
        """The text without the matches of the key."""
        pattern = self.patterns.get(key)
        return pattern.sub(" ", text) if pattern else text

    def unsaid(self, question: str, *keys: str) -> str:
        """A question as it was written with the matches of the keys as spaces."""
        folded = fold(question)
        return blank(question, [match.span() for key in keys for match in self.spans(key, folded)])

    def keys(self, section: str) -> tuple[str, ...]:
        """The keys of a section in the order of the file."""
        return self.order.get(section, ())


def _characters(case: str) -> str:
    return "".join(
        f"\\u{FIRST + BLOCK * block:04x}-\\u{FIRST + BLOCK * block + 0xFF:04x}" for block in _CLASSES[case]
    )


def _state(case: str, separators: Iterable[str]) -> str:
    one = f"[{_characters(case)}]"
    joined = "|".join(rf"\s*{fold_pattern(separator)}\s*" for separator in separators)
    return f"{one}(?:(?:{joined}){one})*"


def _expand(pattern: str, separators: list[str], stems: dict[str, str], named: bool) -> str:
    counter = 0
    pattern = _STEM.sub(lambda match: f"(?:{stems[match.group(1)]})", pattern)

    def slot(match: re.Match[str]) -> str:
        nonlocal counter
        counter += 1
        body = _state(match.group(2) or "a", separators)
        role = match.group(1)
        return f"(?P<{role}{counter}>{body})" if named and role != "any" else f"(?:{body})"

    # Slots are taken out while the pattern is folded, since folding would lower their marks.
    pieces: list[str] = []
    last = 0
    for match in _SLOT.finditer(pattern):
        pieces += [fold_pattern(pattern[last : match.start()]), slot(match)]
        last = match.end()
    pieces.append(fold_pattern(pattern[last:]))
    return "".join(pieces)


def bounded(body: str, language: Language) -> re.Pattern[str]:
    """A folded pattern as words of their own, which Chinese does not part and Arabic writes particles onto."""
    if language is Language.CHINESE:
        return re.compile(body)
    clitics = CLITICS if language is Language.ARABIC else ""
    return re.compile(rf"{EDGE}{clitics}(?:{body})(?!\w)")


# The months by their other Arabic names, which the East of the Arab world uses.
_CALENDARS = {Language.ARABIC: ("ar", "ar_SY")}


def _months(language: Language) -> frozenset[str]:
    """The words of the months' names: they say when, which years and sessions say as far as documents go."""
    if language is Language.CHINESE:
        return frozenset()  # numbers its months
    names = (
        name
        for locale in _CALENDARS.get(language, (language.value,))
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, context, locale).values()
    )
    words = {fold(word) for name in names for word in re.findall(r"\w+", name)}
    if language is Language.RUSSIAN:
        words |= {word[:-1] + ending for word in words for ending in ("е", "ю", "ем", "у", "ом")}
    return frozenset(words)


@lru_cache(maxsize=6)
def load(language: Language) -> Cues:
    """The compiled cues of a language (about 30 ms the first time, then kept)."""
    source = files("assistant").joinpath("cues", f"{language}.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(source)
    separators: list[str] = raw["separators"]
    stems: dict[str, str] = raw.get("stems", {})
    patterns: dict[str, re.Pattern[str]] = {}
    order: dict[str, tuple[str, ...]] = {}
    for section, keys in raw.items():
        if section in {"separators", "stems", "roles", "weak", "speech", "stance", "fillers"}:
            continue
        order[section] = tuple(keys)
        for key, entries in keys.items():
            if entries:
                body = "|".join(_expand(entry, separators, stems, named=False) for entry in entries)
                patterns[f"{section}.{key}"] = bounded(body, language)
    roles, weak, speech, stance = (
        tuple(bounded(_expand(entry, separators, stems, named=True), language) for entry in raw[key])
        for key in ("roles", "weak", "speech", "stance")
    )
    fillers = frozenset(fold(word) for words in raw["fillers"].values() for word in words) | _months(language)
    return Cues(language, patterns, roles, weak, speech, stance, fillers, order)
