"""States: one table and one resolver.

It takes names as the UN prints and misprints them, and as people use them in questions, in six languages.
Data: `data/states.csv` (code, regional group, status), `data/state_guards.csv` (words that are also something
else), `data/state_names.tsv`, which `scripts/build_states.py` makes from CLDR and `data/state_words.csv` (UN
names, former names with the month of change, aliases, misprints, adjectives).

"Congo" alone is the Republic of the Congo: it is that State's short name in UN terminology.
`ambiguous("Congo")` still names both, so that a person can be asked. "Korea" alone is nobody's short name
and resolves to None.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# Arabic vowel signs and the tatweel stand inside words.
_TOKEN = re.compile(
    r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff](?:[^\W_\u3400-\u9fff]|[\u064b-\u0652\u0670\u0640])*"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_MARKS = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]+")
_LETTERS = {ord("ى"): "ي", ord("ة"): "ه", ord("ـ"): None}
_ARTICLES = frozenset({"the", "la", "le", "les", "l", "el", "los", "las"})
_SENTENCE_END = re.compile(r"(?:^|[.!?:;])\s*[«\"“(]*\s*$")
_SHORT = 12  # "DRC", "USA, UK": capitals alone are no shouting
_SHORTEST, _LONG, _HAN_SHORTEST = 5, 9, 3  # letters of a name that may be misspelt, once or twice
_DISPLAY = ("name", "cldr")
_NAMING = frozenset({"name", "cldr", "former", "alias"})
_LOOSE = frozenset({"adjective", "form"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A State named in free text. `candidates` has more than one code where another State could be meant."""

    alpha3: str
    start: int
    end: int
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A State's codes, its UN regional group and its status ("member" or "observer")."""

    alpha3: str
    alpha2: str
    group: str
    status: str


class _Entry(NamedTuple):
    alpha3: str
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class _Table:
    entries: dict[str, tuple[_Entry, ...]]
    longest: dict[str, int]
    han: dict[str, tuple[_Entry, ...]]
    han_longest: int
    names: dict[tuple[str, str, str], str]


def fold(text: str) -> str:
    """`text` without case, accents and Arabic vowel signs, for comparing names."""
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold().translate(_LETTERS)
    return plain.translate(_simplified()) if _HAN.search(plain) else plain


def name_key(text: str) -> str:
    """The words of a name, folded: what two spellings of it have in common."""
    return " ".join(_TOKEN.findall(fold(text)))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("corpus").joinpath("data", name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@cache
def _simplified() -> dict[int, str]:
    """Traditional Chinese characters of States' names, to the simplified ones that the UN uses."""
    return {ord(row["traditional"]): row["simplified"] for row in _rows("state_han.csv")}


@cache
def _states() -> dict[str, State]:
    return {row["alpha3"]: State(**row) for row in _rows("states.csv")}


@cache
def _guards() -> dict[str, tuple[str, frozenset[str]]]:
    return {
        row["word"]: (row["rule"], frozenset(map(fold, row["context"].split())))
        for row in _rows("state_guards.csv")
    }


def _listed() -> Iterator[list[str]]:
    """Every (alpha3, language, kind, until, word, key) of the table of names."""
    text = files("corpus").joinpath("data", "state_names.tsv").read_text("utf-8")
    return (line.split("\t") for line in text.splitlines()[1:])


@cache
def _table() -> _Table:
    entries: dict[str, list[_Entry]] = {}
    longest: dict[str, int] = {}
    han: dict[str, list[_Entry]] = {}
    names: dict[tuple[str, str, str], str] = {}
    for alpha3, language, kind, _, word, key in _listed():
        entry = _Entry(alpha3, kind, word)
        entries.setdefault(key, []).append(entry)
        if language == "zh" or _HAN.match(word):
            solid = key.replace(" ", "")
            han.setdefault(solid, []).append(entry)
            if solid != key:
                entries.setdefault(solid, []).append(entry)
        else:
            first, _, rest = key.partition(" ")
            length = 2 + rest.count(" ") if rest else 1
            if length > longest.get(first, 0):
                longest[first] = length
        if kind in _DISPLAY:
            names.setdefault((alpha3, language, kind), word)
    return _Table(
        entries={key: tuple(values) for key, values in entries.items()},
        longest=longest,
        han={key: tuple(values) for key, values in han.items()},
        han_longest=max(map(len, han)),
        names=names,
    )


def states() -> tuple[State, ...]:
    """All member and observer States, by alpha-3 code."""
    return tuple(_states().values())


def group(alpha3: str) -> str | None:
    """The UN regional group of a State ("African States"); None for an unknown code."""
    state = _states().get(alpha3)
    return state.group if state else None


def name(alpha3: str, language: str = "en") -> str:
    """The UN short name (CLDR's where they agree) in one of the six languages; the code itself if unknown."""
    names = _table().names
    for kind in _DISPLAY:
        found = names.get((alpha3, str(language), kind))
        if found:
            return found
    return alpha3 if language == "en" else name(alpha3, "en")


def kinds(text: str) -> frozenset[str]:
    """As what a text is listed: "name", "alias", "form" (a case of a name), "adjective"; empty for no name."""
    return frozenset(entry.kind for entry in _table().entries.get(name_key(text), ()))


@cache
def _names_in(language: str) -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for alpha3, spoken, kind, _, word, _ in _listed():
        if spoken == language and kind in _NAMING:
            found.setdefault(alpha3, []).append((word, kind != "alias"))
    return found


def names(alpha3: str, language: str = "en") -> tuple[tuple[str, bool], ...]:
    """Every name of a State in a language, former ones too, each with whether it is more than a usual alias."""
    return tuple(_names_in(str(language)).get(alpha3, ()))


def _codes(entries: tuple[_Entry, ...], *, loose: bool) -> tuple[str, ...]:
    codes = {
        entry.alpha3
        for entry in entries
        if entry.kind not in {"blocker", "ambiguous"} and (entry.kind in _LOOSE) == loose
    }
    return tuple(sorted(codes))


def _lookup(text: str) -> tuple[str, ...]:
    """Codes that answer to exactly this name: by a name if any does, else by an adjective or case form."""
    key = name_key(text)
    words = key.split()
    while len(words) > 1 and words[0] in _ARTICLES and " ".join(words) not in _table().entries:
        words = words[1:]
    if len(words) > 1 and words[-1] == "the" and " ".join(words) not in _table().entries:  # "Gambia (the)"
        words = words[:-1]
    entries = _table().entries.get(" ".join(words)) or _table().entries.get("".join(words), ())
    if not entries and words and _ARABIC.match(words[0]):
        for variant in _arabic_variants(words[0]):
            entries = entries or _table().entries.get(" ".join([variant, *words[1:]]), ())
    return _codes(entries, loose=False) or _codes(entries, loose=True)


def resolve(text: str, *, lenient: bool = False) -> str | None:
    """The alpha-3 code of a State named in any of the six languages, or None if no or several States answer.

    Takes codes, former names, aliases, listed misprints and adjectives. `lenient` also takes a name with one
    wrong letter (two from eight letters on), where exactly one State is that close.
    """
    stripped = text.strip().strip(".,;:()[]")
    if stripped.upper() in _states() and len(stripped) == 3:
        return stripped.upper()
    if len(stripped) == 2 and stripped.isupper():
        for state in states():
            if state.alpha2 == stripped:
                return state.alpha3
    codes = _lookup(stripped)
    if not codes and lenient and not ambiguous(stripped):
        codes = _nearest(name_key(stripped))
    return codes[0] if len(codes) == 1 else None


def ambiguous(text: str) -> tuple[str, ...]:
    """The codes of the States that a name could mean, when there are several; otherwise empty."""
    key = name_key(text)
    entries = _table().entries.get(key, ())
    listed = {entry.alpha3 for entry in entries if entry.kind == "ambiguous"}
    found = listed or set(_lookup(text))
    return tuple(sorted(found)) if len(found) > 1 else ()


@cache
def _spelt(language: str) -> dict[tuple[int, str], list[tuple[str, str, str, str]]]:
    """The names, cases and adjectives of a language by length and first letter: (key, word, alpha3, kind)."""
    found: dict[tuple[int, str], list[tuple[str, str, str, str]]] = {}
    for alpha3, spoken, kind, _, word, key in _listed():
        solid = key.replace(" ", "") if language == "zh" else key
        if spoken == language and kind in _NAMING | _LOOSE and solid:
            found.setdefault((len(solid), solid[0]), []).append((solid, word, alpha3, kind))
    return found


def nearest(text: str, language: str, *, adjectives: bool = True) -> tuple[tuple[str, str], ...]:
    """The names in a language that a text may misspell, each with its State, by code.

    One letter is wrong, or two from nine letters on, and never the first; in Chinese one of four characters or more,
    or one of three behind the first.
    """
    key = name_key(text)
    han = language == "zh"
    if len(key) < (_HAN_SHORTEST if han else _SHORTEST) or key in _table().entries:
        return ()
    allowed = 1 if han or len(key) < _LONG else 2
    best: dict[str, tuple[int, str]] = {}
    for length in range(len(key) - (0 if han else allowed), len(key) + (0 if han else allowed) + 1):
        for solid, word, alpha3, kind in _spelt(str(language)).get((length, key[0]), ()):
            if kind == "adjective" and not adjectives:
                continue
            distance = _distance(key, solid, allowed)
            if distance <= allowed and distance < best.get(alpha3, (allowed + 1, ""))[0]:
                best[alpha3] = (distance, word)
    least = min((distance for distance, _ in best.values()), default=0)
    return tuple((word, alpha3) for alpha3, (distance, word) in sorted(best.items()) if distance == least)


def _nearest(key: str) -> tuple[str, ...]:
    allowed = 0 if len(key) < 5 else 1 if len(key) < 8 else 2
    best: dict[str, int] = {}
    for other, entries in _table().entries.items() if allowed else ():
        if abs(len(other) - len(key)) > allowed or not other.isascii():
            continue
        distance = _distance(key, other, allowed)
        if distance <= allowed:
            for code in _codes(entries, loose=False):
                best[code] = min(distance, best.get(code, distance))
    least = min(best.values(), default=0)
    return tuple(sorted(code for code, distance in best.items() if distance == least))


def _distance(a: str, b: str, limit: int) -> int:
    """Edit distance with swaps of neighbours, or `limit` + 1 once it must be above `limit`."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > limit:
            return limit + 1
        before, row = row, new
    return row[-1]


def _arabic_variants(token: str) -> Iterator[str]:
    """The token without the particles that Arabic writes onto a word (and, by, to, as, the)."""
    yield token
    for prefix in ("و", "ف", ""):
        if not token.startswith(prefix):
            continue
        rest = token[len(prefix) :]
        for particle in ("ب", "ل", "ك", ""):
            if rest.startswith(particle) and len(rest) > len(particle) + 2:
                bare = rest[len(particle) :]
                yield bare
                yield "ال" + bare[1:] if particle == "ل" and bare.startswith("ل") else bare
                yield bare.removeprefix("ال")
        if rest.startswith("لل"):
            yield "ال" + rest[2:]
            yield rest[2:]


def find(text: str, *, adjectives: bool = True) -> list[Mention]:
    """All States named in free text, in order: names, case forms, adjectives, possessives, abbreviations.

    A name that could mean several States ("Korea") is left out; `unclear` gives those. Without `adjectives`
    "Norwegian" is no mention.
    """
    return [mention for mention, codes in _scan(text, adjectives=adjectives) if codes]


def unclear(text: str) -> list[Mention]:
    """The mentions in free text that could mean several States; `alpha3` is empty unless one is usual."""
    return [mention for mention, _ in _scan(text) if len(mention.candidates) > 1]


def _scan(text: str, *, adjectives: bool = True) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    tokens = [(match.start(), match.end(), fold(match.group())) for match in _TOKEN.finditer(text)]
    shouting = text.isupper() and len(text) > _SHORT
    position = 0
    while position < len(tokens):
        start, end, token = tokens[position]
        if _HAN.match(token):
            yield from _scan_han(text, start, end)
            position += 1
            continue
        length, entries = _longest(tokens, position)
        if entries:
            stop = tokens[position + length - 1][1]
            usable = _usable(text, start, stop, entries, shouting=shouting)
            if not adjectives:
                usable = tuple(entry for entry in usable if entry.kind != "adjective")
            yield from _mention(usable, start, stop)
        elif _is_code(text[start:end]) and not shouting:
            yield Mention(text[start:end], start, end), (text[start:end],)
        position += max(length, 1)


def _is_code(raw: str) -> bool:
    return len(raw) == 3 and raw in _states() and raw not in _guards()


def _longest(tokens: list[tuple[int, int, str]], position: int) -> tuple[int, tuple[_Entry, ...]]:
    """The longest listed name that starts at this token: its length in tokens and its entries."""
    table = _table()
    first = tokens[position][2]
    variants = list(dict.fromkeys(_arabic_variants(first))) if _ARABIC.match(first) else [first]
    for variant in variants:
        most = min(table.longest.get(variant, 0), len(tokens) - position)
        for length in range(most, 0, -1):
            rest = [token for _, _, token in tokens[position + 1 : position + length]]
            entries = table.entries.get(" ".join([variant, *rest]))
            if entries:
                return length, entries
    return 1, ()


def _usable(
    text: str, start: int, end: int, entries: tuple[_Entry, ...], *, shouting: bool
) -> tuple[_Entry, ...]:
    """The entries that hold here: abbreviations need capitals, guarded words their context."""
    raw = text[start:end]
    if any(entry.kind == "blocker" for entry in entries):
        return ()
    letters = re.sub(r"\W", "", raw)
    kept = tuple(
        entry
        for entry in entries
        if entry.kind != "abbreviation" or (not shouting and letters == re.sub(r"\W", "", entry.word))
    )
    rule, context = _guards().get(raw.lower(), ("", frozenset[str]()))
    if rule in {"capital", "inside"} and raw[0].islower():
        return ()
    if rule == "inside" and _SENTENCE_END.search(text[:start]):
        return ()
    if rule == "after":
        before = _TOKEN.findall(text[:start])
        if not before or fold(before[-1]) not in context:
            return ()
    return kept


def _mention(entries: tuple[_Entry, ...], start: int, end: int) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    codes = _codes(entries, loose=False) or _codes(entries, loose=True)
    listed = tuple(sorted({entry.alpha3 for entry in entries if entry.kind == "ambiguous"}))
    if len(codes) == 1:
        yield Mention(codes[0], start, end, listed if len(listed) > 1 else ()), codes
    elif codes or listed:
        yield Mention("", start, end, tuple(sorted({*codes, *listed}))), ()


def _scan_han(text: str, start: int, end: int) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    table = _table()
    text = text.translate(_simplified())
    position = start
    while position < end:
        for stop in range(min(end, position + table.han_longest), position + 1, -1):
            entries = table.han.get(text[position:stop])
            if entries:
                if not any(entry.kind == "blocker" for entry in entries):
                    yield from _mention(entries, position, stop)
                position = stop
                break
        else:
            position += 1
