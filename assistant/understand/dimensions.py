"""Numbers in a question and what they number: cycles, years, sessions, paragraphs, recommendations, symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from assistant.understand.cues import CLITICS, EDGE, Cues
from assistant.understand.text import blank
from corpus import ordinals
from corpus.model import Language

_SYMBOL = re.compile(
    r"(?<![A-Za-z0-9])[aA]/(?:HRC|hrc|RES|res|[0-9]{1,2})(?:/[A-Za-z0-9.]+)+(?:/(?:Add|Corr|Rev)\.\d+)?"
    r"|(?<![A-Za-z0-9])PRST[/ ]?\d+/\d+",
    re.I,
)
_SHORT = re.compile(r"(?<![A-Za-z0-9/])(\d{1,2}/\d{1,3})(?![A-Za-z0-9/])")
_YEAR = re.compile(r"(?<![\d./])((?:19|20)\d\d)(?![\d/]|\.\d)")
_YEARS = re.compile(r"(?<![\d./])((?:19|20)\d\d)\s*[-–/至]\s*((?:19|20)\d\d)(?!\d)")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,3}\.(?!0)\d{1,3}(?:\s?\([a-z]\))?)(?![\d.]*\d)")
_SDG_TARGET = re.compile(r"^\d{1,2}\.(?:\d{1,2}|[a-d])$")
_TOP = re.compile(r"\b(?:top|principales|premiers?|топ|أكبر|أهم)\s+(\d{1,2})\b|前\s*(\d{1,2})")
_LINK = r"\b(?:to|through|au|al|a|по|до)\b|إلى|الى|至|到|-"
_LONGEST_RANGE = 300  # recommendations; the longest report has fewer
T = TypeVar("T")
_NEXT = 2  # characters between a number and the word that it belongs to
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# A fifth cycle is asked about before it begins, and must be understood to be declined.
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
# Ordinals in words, folded, where a language puts them so before or behind what they number.
_UNIT = "(?:حادي|اول|ثان|ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)\\w*"
_TENS = "(?:عشر|ثلاث|اربع|خمس|ست)(?:و|ي)ن"
_SPELT = {
    Language.ARABIC: f"(?:ال)?(?:{_UNIT}(?: عشره?(?!\\w)| و(?:ال)?{_TENS})?|{_TENS})",
    Language.CHINESE: "[一二三四五六七八九十百]{1,5}",
}
_CYCLES = (
    4  # reviews that every State has had or is having; a higher ordinal before "session" counts sessions
)
_GOALS = 17
_UNITS = frozenset({"one", "un", "uno", "один", "واحد", "i", "ii", "iii", "iv"})  # no ordinals of their own


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The numbers of a question by what they number.

    `periods` are spans of years ("2016-2017"), `until` is the year up to which. `times` is where the question says
    when: cycles, sessions and years as offsets; `named` is where it names documents by their symbols; `dated` is
    where each single cycle and year stands.
    """

    cycles: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    sessions: tuple[int, ...] = ()
    paragraphs: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()
    until: int | None = None
    top: int | None = None
    since: int | None = None
    latest: bool = False
    every: bool = False
    previous: bool = False
    next: bool = False
    rest: str = ""
    times: tuple[tuple[int, int], ...] = ()
    named: tuple[tuple[int, int], ...] = ()
    dated: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Grammar:
    before: re.Pattern[str]
    after: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]
    session: tuple[re.Pattern[str], ...]
    paragraph: re.Pattern[str]
    number: re.Pattern[str]
    sdg: re.Pattern[str]
    link: re.Pattern[str]
    year: re.Pattern[str]
    range: re.Pattern[str]
    than: re.Pattern[str]
    since: re.Pattern[str]
    spelt: tuple[tuple[str, re.Pattern[str]], ...]
    several: re.Pattern[str]
    alone: re.Pattern[str]


def _source(cues: Cues, key: str) -> str:
    """The alternatives of a key, without the word ends that loading put around them."""
    pattern = cues.patterns[key].pattern
    inner = pattern.removeprefix(EDGE).removeprefix(CLITICS).removesuffix(r"(?!\w)")
    return f"(?:{inner})"


@lru_cache(maxsize=6)
def _grammar(cues_language: Language) -> _Grammar:
    from assistant.understand.cues import load

    cues = load(cues_language)
    chinese = cues_language is Language.CHINESE
    cycle, session = _source(cues, "words.cycle"), _source(cues, "words.session")
    ordinals = [_source(cues, f"time.{name}") for name in _ORDINALS]
    item = rf"(?:{'|'.join(ordinals)}|[1-9](?!\d)(?:st|nd|rd|th|er|ere|eme|e|o|a|-?[йяегмхо]+)?|iv|i{{1,3}})"
    compared = r"مقارنه (?:ب|مع )|بالمقارنه مع|compared (?:to|with)|par rapport a|相比|跟|同"
    linked = r"and|et|y|и|و|和|与|、|&|to|au|a|al|по|إلى|الى|至|到|-|or|ou|o|или|أو|vs\.?|versus"
    joint = rf"\s*(?:,|{compared}|{linked})\s*"
    the = r"(?:(?:in|dans|en|во?) )?(?:the |le |la |les |el |los |al |ال)?"
    spelt = "|".join(ordinals)
    chain = rf"{item}(?:{joint}{the}{item})*"
    gap = r"第?" if chinese else r"(?:\s+\w+){0,2}?\s+"
    edge = "" if chinese else r"(?<!\w)"
    end = "" if chinese else r"(?!\w)"
    clitic = CLITICS if cues_language is Language.ARABIC else ""
    particles = r"(?:(?:in|at|during|the|its|au|a|aux|le|la|en|el|в|во|ال|第|在)\s*)*"
    cycles_after = r"\s*" if chinese else r"\s*(?:no\.?|number|numero|n°|№|رقم)?\s*"
    tail = r"(?:st|nd|rd|th|e|eme|a|o|-?[йяегоми]+)?"
    first = "第" if chinese else ""
    named = _source(cues, "words.number")
    year = _source(cues, "words.year")
    sessions: tuple[re.Pattern[str], ...]
    if chinese:
        sessions = (re.compile(rf"第?\s*(\d{{1,2}})\s*{session}"),)
        paragraph = re.compile(
            rf"第?\s*(\d{{1,3}}(?:\.\d{{1,3}})?)\s*{_source(cues, 'words.paragraph')}\s*(\([a-z]\))?"
        )
        number = re.compile(rf"第?\s*(\d{{1,3}})\s*(?:号|项|条)\s*{named}|{named}\s*(\d{{1,3}})(?!\d)")
    else:
        sessions = (
            re.compile(rf"(?<!\w)(\d{{1,2}}){tail}\s+(?:\w+\s+){{0,2}}?{session}(?!\w)"),
            re.compile(rf"(?<!\w){session}\s+(?:no\.?\s*)?(\d{{1,2}})(?!\d)"),
        )
        paragraph = re.compile(
            rf"(?<!\w){_source(cues, 'words.paragraph')}\s*(?:no\.?|n°|№|رقم)?\s*"
            r"(\d{1,3}(?:\.\d{1,3})?)(?![\d/])\s*(\([a-zа-я]\))?"
        )
        number = re.compile(
            rf"(?<!\w){_source(cues, 'words.number')}\s*(?:n°|№|#|no\.?|رقم)?\s*(\d{{1,3}})(?![\d./])"
        )
    sdg = re.compile(
        rf"{edge}{_source(cues, 'words.sdg')}\s*(?:n°|№|#|no\.?|رقم)?\s*(\d{{1,2}}(?:\.(?:\d{{1,2}}|[a-d]))?)(?![\d/])"
    )
    return _Grammar(
        re.compile(rf"{edge}{clitic}(?:第\s*)?({chain}{gap}{cycle}(?:{joint}{the}{item})?){end}"),
        re.compile(rf"{edge}{clitic}{cycle}{cycles_after}({chain}){end}"),
        tuple(re.compile(rf"{edge}{clitic}(?:{body}){end}") for body in ordinals),
        sessions,
        paragraph,
        number,
        sdg,
        re.compile(_LINK),
        re.compile(rf"(?:{edge}{year}\s*)?{_YEAR.pattern}(?:\s*{year}{end})?"),
        re.compile(rf"(?<![\d.])(\d{{1,3}})\.(\d{{1,3}})\s*(?:{_LINK})\s*(?:\1\.)?(\d{{1,3}})(?![\d.]*\d)"),
        re.compile(rf"{edge}(?:{_source(cues, 'time.than')})\s*{particles}({item}){end}"),
        re.compile(rf"{edge}(?:{_source(cues, 'time.since')})\s*((?:19|20)\d\d)(?!\d)"),
        _spelt(cues),
        re.compile(rf"{edge}((?:{spelt})(?:{joint}{the}(?:{spelt}))+){end}"),
        re.compile(rf"{edge}{clitic}(?P<item>{first}{item}){end}(?=\s*(?:[,.;:?!()]|$|(?:{linked}){end}))"),
    )


def _spelt(cues: Cues) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What ordinals in words may number, with the patterns that capture them ("الهدف الخامس", "第十七届会议")."""
    word = _SPELT.get(cues.language)
    if not word:
        return ()
    cycle, session, sdg = (_source(cues, f"words.{name}") for name in ("cycle", "session", "sdg"))
    if cues.language is Language.CHINESE:
        return (
            ("sessions", re.compile(rf"第\s*({word})\s*{session}")),
            ("goals", re.compile(rf"第\s*({word}|\d{{1,2}})\s*(?:项|个)\s*{sdg}|{sdg}\s*第?({word})")),
            ("paragraphs", re.compile(rf"第\s*({word})\s*{_source(cues, 'words.paragraph')}")),
            ("cycles", re.compile(rf"第\s*({word})\s*{cycle}")),
        )
    return (
        ("goals", re.compile(rf"(?<!\w){CLITICS}{sdg} ({word})(?!\w)")),
        ("sessions", re.compile(rf"(?<!\w){CLITICS}{session} ({word})(?!\w)")),
        ("cycles", re.compile(rf"(?<!\w){CLITICS}{cycle} ({word})(?!\w)")),
    )


def _chain(text: str, grammar: _Grammar) -> list[int]:
    found: list[tuple[int, int]] = []
    for value, pattern in enumerate(grammar.ordinals, 1):
        found += [(match.start(), value) for match in pattern.finditer(text)]
    found += [(match.start(), int(match.group())) for match in re.finditer(r"(?<!\d)[1-9](?!\d)", text)]
    found += [(m.start(), _ROMAN[m.group()]) for m in re.finditer(r"(?<!\w)(?:iv|i{1,3})(?!\w)", text)]
    values = list(dict.fromkeys(value for _, value in sorted(found)))
    if len(values) == 2 and grammar.link.search(text):
        low, high = sorted(values)
        return list(range(low, high + 1))
    return values


def _between(chapter: str, first: str, last: str) -> list[str]:
    """The numbers of a range ("105.12 to 105.16"), or its two ends where it runs backwards."""
    low, high = int(first), int(last)
    if not low <= high < low + _LONGEST_RANGE:
        return [f"{chapter}.{low}", f"{chapter}.{high}"]
    return [f"{chapter}.{number}" for number in range(low, high + 1)]


class _Eraser:
    """The text with everything already read blanked, so that a number is read once."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self.text))
        for match in found:
            self.blank(match.start(), match.end())
        return found

    def blank(self, start: int, end: int) -> None:
        self.text = blank(self.text, [(start, end)])


def _unique(values: list[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _ends_at(text: str, ends: list[int], year: re.Match[str]) -> bool:
    """Whether "until" stands before the year, with nothing but blanks between."""
    return any(end <= year.start() and not text[end : year.start()].strip() for end in ends)


def ordinals_in(text: str, cues: Cues) -> tuple[tuple[int, ...], str]:
    """The cycles that ordinals alone stand for after a question on reviews ("and in the third?"), and the rest."""
    if cues.language is Language.CHINESE:
        return (), text  # says what it counts
    left = _Eraser(text)
    found = [
        (match.start(), value)
        for value, pattern in enumerate(_grammar(cues.language).ordinals, 1)
        for match in left.take(pattern)
    ]
    return _unique([value for _, value in sorted(found)]), left.text


def _alone(left: _Eraser, grammar: _Grammar, cues: Cues) -> list[tuple[int, int]]:
    """Ordinals without their noun beside a cycle that has it ("in the second cycle or in the fourth?")."""
    found: list[tuple[int, int]] = []
    for match in grammar.alone.finditer(left.text):
        item = match["item"]
        cardinal = item.isdigit() or any(cues.has(f"numerals.{key}", item) for key in cues.keys("numerals"))
        if cardinal or item in _UNITS:
            continue
        values = _chain(item, grammar)
        found += [(match.start("item"), value) for value in values]
    for match in list(grammar.alone.finditer(left.text)):
        if any(match.start("item") == place for place, _ in found):
            left.blank(match.start("item"), match.end("item"))
    return found


def symbols(text: str) -> list[tuple[int, int]]:
    """Where symbols of documents stand in a text."""
    return [match.span() for match in _SYMBOL.finditer(text)]


def _in_words(left: _Eraser, grammar: _Grammar, language: Language) -> dict[str, list[int]]:
    """Ordinals in words by what they number; small ones before "session" and "cycle" are left to the cycles."""
    found: dict[str, list[int]] = {}
    for name, pattern in grammar.spelt:
        for match in list(pattern.finditer(left.text)):
            value = ordinals.value(next(filter(None, match.groups())), language)
            smallest = 1 if name in {"goals", "paragraphs"} else _CYCLES + 1
            if language is Language.CHINESE and name == "sessions":
                smallest = 1
            if value and value >= smallest and (name != "goals" or value <= _GOALS):
                found.setdefault(name, []).append(value)
                left.blank(match.start(), match.end())
    return found


def _first(text: str, cues: Cues) -> list[int]:
    """How many of the largest are asked for, where the number stands just before what says so ("three largest")."""
    numbers = [
        (match.end(), int(match.group())) for match in re.finditer(r"(?<![\w.])\d{1,2}(?![\w.])", text)
    ]
    for key in cues.keys("numerals"):
        numbers += [(match.end(), int(key)) for match in cues.spans(f"numerals.{key}", text)]
    starts = [match.start() for key in ("money.largest", "intent.most") for match in cues.spans(key, text)]
    return [n for end, n in sorted(numbers) if any(0 < start - end <= _NEXT for start in starts)]


def _listed(paragraphs: list[str], numbers: list[str]) -> tuple[list[str], list[str]]:
    """The whole numbers of recommendations under a paragraph: 7 under paragraph 60 is 60.7."""
    within = tuple(dict.fromkeys(paragraphs))
    if len(within) != 1 or not numbers or any("." in one for one in (*within, *numbers)):
        return paragraphs, numbers
    return [], [f"{within[0]}.{one}" for one in numbers]


def read(text: str, cues: Cues) -> Dimensions:
    """What the numbers of a folded question number; `rest` is the text without them."""
    grammar = _grammar(cues.language)
    left = _Eraser(text)
    full, short = left.take(_SYMBOL), left.take(_SHORT)
    documents = [match.group().rstrip(".,;?").upper().replace("/ADD.", "/Add.") for match in full]
    documents += [match.group(1) for match in short]
    paragraphs = [
        f"{m.group(1)} {m.group(2)}" if m.group(2) else m.group(1) for m in left.take(grammar.paragraph)
    ]
    spelt = _in_words(left, grammar, cues.language)
    paragraphs += map(str, spelt.get("paragraphs", ()))
    sdgs = [match.group(1) for match in left.take(grammar.sdg)]
    timed = [match for pattern in grammar.session for match in left.take(pattern)]
    sessions = [int(match.group(1)) for match in timed]
    sessions += spelt.get("sessions", ())
    numbers = [number for match in left.take(grammar.range) for number in _between(*match.groups())]
    numbers += [match.group(1) for match in left.take(_DOTTED)]
    flags = {name: cues.has(f"time.{name}", text) for name in ("last", "every", "previous", "next")}
    for name in ("last", "every", "previous"):
        for match in list(cues.spans(f"time.{name}", left.text)):
            timed.append(match)
            left.blank(match.start(), match.end())
    cycles = spelt.get("cycles", [])
    dated: list[tuple[int, int]] = []
    for pattern in (grammar.before, grammar.after):
        for match in left.take(pattern):
            timed.append(match)
            chain = _chain(match.group(1), grammar)
            cycles += chain
            dated += [(match.start(), value) for value in chain if len(chain) == 1]
    if cycles:
        alone = _alone(left, grammar, cues)
        cycles += [value for _, value in alone]
        dated += alone
    numbers += [next(filter(None, match.groups())) for match in left.take(grammar.number)]
    cycles += [
        value for match in left.take(grammar.than) for value in _chain(match.group(1), grammar) if cycles
    ]
    if not cycles and cues.has("words.cycle", text):  # "in which cycle ...: the second or the third?"
        cycles = [value for match in left.take(grammar.several) for value in _chain(match.group(1), grammar)]
    since = [int(match.group(1)) for match in left.take(grammar.since)]
    top = [int(next(filter(None, match.groups()))) for match in left.take(_TOP)] or _first(text, cues)
    periods = [f"{match.group(1)}-{match.group(2)}" for match in left.take(_YEARS)]
    ends = [match.end() for match in cues.spans("time.until", left.text)]
    until = next(
        (int(match.group(1)) for match in _YEAR.finditer(left.text) if _ends_at(left.text, ends, match)), None
    )
    written = [match for match in left.take(_YEAR) if not text[match.end() :].lstrip().startswith("agenda")]
    years = [int(match.group(1)) for match in written]
    dated += [(match.start(), int(match.group(1))) for match in written]
    said = [*timed, *_YEARS.finditer(text), *grammar.year.finditer(text)]
    paragraphs, numbers = _listed(paragraphs, numbers)
    return Dimensions(
        cycles=_unique(cycles),
        years=_unique(years),
        periods=_unique(periods),
        sessions=_unique(sessions),
        paragraphs=_unique(paragraphs),
        numbers=_unique(numbers),
        targets=_unique([value for value in sdgs if _SDG_TARGET.match(value)]),
        goals=_unique(
            [int(value) for value in sdgs if value.isdigit() and 1 <= int(value) <= _GOALS]
            + spelt.get("goals", [])
        ),
        documents=_unique(documents),
        until=until,
        top=top[0] if top else None,
        since=since[0] if since else None,
        latest=flags["last"],
        every=flags["every"],
        previous=flags["previous"],
        next=flags["next"],
        rest=left.text,
        times=tuple(sorted(match.span() for match in said)),
        named=tuple(match.span() for match in (*full, *short)),
        dated=tuple(sorted(dated)),
    )
