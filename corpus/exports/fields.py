"""One row of an export, whatever its shape, turned into a `Recommendation`."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from corpus import states
from corpus.model import Position, PositionStatement, Recommendation, SdgLink, Source, Tag, Tags

LAST_SESSIONS = ((1, 12), (2, 26), (3, 40), (4, 54))
"""Cycle and its last session of the Working Group: to 12 first, to 26 second, to 40 third, to 54 fourth."""

_DASH = re.compile(r"^\s*[-–]\s+")
_LEADING_NUMBER = re.compile(r"^\s*(\d{1,3}\.\d{1,3}(?:\.\d{1,3})?)\.?(?=[\s:)]|[A-Z])[\s.:)]*")
_OLD_NUMBER = re.compile(
    r"^\s*Recommendation\s+No\.?\s*(?P<alone>\d{1,3})?[^:]{0,40}?\bpara\w*\.?\s*(?P<paragraph>\d{1,3})\s*:\s*(?P<number>\d{1,3})?[\s.:)–-]*",
    re.IGNORECASE,
)
_EXCEL_EPOCH = date(1899, 12, 30)


class BadRow(ValueError):
    """A row that makes no recommendation; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one row under our own names, and where it stands ("line 12", "object 7")."""

    values: Mapping[str, object]
    place: str


@dataclass(slots=True)
class Reading:
    """What is remembered from row to row: counts within a State's session, for numbers where there are none."""

    key: str
    origin: str
    counts: dict[tuple[str, str], int] = field(default_factory=dict)


@cache
def columns() -> Mapping[str, Mapping[str, list[str]]]:
    """The table of columns, by export."""
    found: dict[str, Mapping[str, list[str]]] = tomllib.loads(
        (files("corpus") / "exports" / "columns.toml").read_text("utf-8")
    )
    return found


def plain(value: object) -> str:
    """One value as text: without a leading "- ", without HTML entities, with single spaces."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(plain(v) for v in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(_DASH.sub("", html.unescape(html.unescape(str(value)))).split())


def several(value: object) -> tuple[str, ...]:
    """The values of a cell that may hold several: a list, or lines that begin with "- "."""
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        parts: Iterable[object] = value
    else:
        text = html.unescape(str(value)).replace("_x000D_", "\n")
        parts = re.split(r"[\r\n]+", text)
    return tuple(dict.fromkeys(p for p in (plain(v) for v in parts) if p))


def position(value: object) -> Position | None:
    """The position an export names; None where it names one that is not known."""
    words = "/".join(several(value)).casefold() if not isinstance(value, str) else plain(value).casefold()
    if "supported" in words.split("/") and "noted" in words.split("/"):
        return Position.PARTIALLY_SUPPORTED
    for name, spellings in columns()["positions"].items():
        if words in spellings:
            return Position(name)
    return None


def cycle_of(session: int) -> int | None:
    """The cycle of a session of the Working Group; None outside those of the four cycles."""
    if session < 1:
        return None
    return next((cycle for cycle, last in LAST_SESSIONS if session <= last), None)


def first_integer(value: object) -> int | None:
    """The first whole number in a value ("- 34" or "Session 34 - November 2019" give 34)."""
    match = re.search(r"\d+", plain(value))
    return int(match.group()) if match else None


def day(value: object) -> str | None:
    """A date as ISO, from an Excel serial, a date, or text that begins with an ISO date; None otherwise."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = plain(value)
    if match := re.match(r"\d{4}-\d{2}-\d{2}", text):
        return match.group()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return (_EXCEL_EPOCH + timedelta(days=int(float(text)))).isoformat()
    return None


def split_number(text: str) -> tuple[str | None, str]:
    """The number at the start of a text, and the text without it; older texts name the paragraph and the
    number.
    """
    if match := _LEADING_NUMBER.match(text):
        return match.group(1), text[match.end() :]
    if match := _OLD_NUMBER.match(text):
        number = match.group("number") or match.group("alone")
        if number:
            return f"{match.group('paragraph')}.{number}", text[match.end() :]
    return None, text


def tags(row: Row, origin: str) -> Tags | None:
    """The official tags of a row."""
    why = f"tagged so in {origin}"
    links = [link for value in several(row.values.get("sdgs")) if (link := sdg(value, why))]
    themes = row.values.get("themes")
    if isinstance(themes, str) and "\n" not in themes and "action" in row.values:
        themes = themes.split(",")  # UPR Info parts its issues with commas
    names = [Tag(name, 1.0, why) for name in several(themes)]
    groups = [Tag(name, 1.0, why) for name in several(row.values.get("groups"))]
    action = first_integer(row.values.get("action"))
    if action is not None and not 1 <= action <= 5:
        action = None
    if not (links or names or groups or action):
        return None
    return Tags(
        themes=tuple(names),
        groups=tuple(groups),
        sdgs=tuple(dict.fromkeys(links)),
        action=action,
        action_score=1.0 if action else 0.0,
        origin=origin,
    )


def sdg(value: str, why: str) -> SdgLink | None:
    """A goal or target from "16.2 - …", "16 - …" or "SDG 16"; None where the value names none."""
    match = re.match(r"\W*(?:(?:SDG|Goal|Target)\s*)?(\d{1,2})(?:\.(\d{1,2}|[a-d])\b)?", value, re.IGNORECASE)
    if not match or not 1 <= int(match.group(1)) <= 17:
        return None
    target = f"{match.group(1)}.{match.group(2).lower()}" if match.group(2) else None
    return SdgLink(int(match.group(1)), target, 1.0, why)


def recommendation(row: Row, reading: Reading) -> Recommendation:
    """The recommendation of a row. Raises `BadRow` where it has no text, or no one State under review."""
    text = plain(row.values.get("text"))
    if not text:
        raise BadRow("no text")
    under_review = several(row.values.get("state"))
    if len(under_review) != 1:
        raise BadRow(f"{len(under_review)} States under review instead of one")
    state = states.resolve(under_review[0])
    if state is None:
        raise BadRow(f"no State is called {under_review[0]!r}")
    given = row.values.get("position")
    stand = position(given)
    if given is not None and stand is None and plain(given):
        raise BadRow(f"the position {plain(given)!r} is not known")
    session = first_integer(row.values.get("session"))
    cycle = first_integer(row.values.get("cycle")) or (cycle_of(session) if session else None)
    number, body = split_number(text)
    if number is None:
        number = _stand_in(state, session, row, reading)
    names = several(row.values.get("recommenders"))
    resolved = [(name, states.resolve(name)) for name in names]
    source = Source(reading.key, plain(row.values.get("symbol")) or None, _paragraph(row), None)
    stand = stand or Position.PENDING
    return Recommendation(
        document=reading.key,
        number=number,
        text=body,
        state=state,
        recommenders=tuple(dict.fromkeys(code for _, code in resolved if code)),
        unresolved=tuple(name for name, code in resolved if not code),
        position=stand,
        position_source=source,
        cycle=cycle,
        session=str(session) if session else None,
        paragraph=source.paragraph,
        history=(PositionStatement(number, stand, source, date=day(row.values.get("date"))),),
        tags=tags(row, reading.origin),
    )


def _paragraph(row: Row) -> str:
    annotation = plain(row.values.get("annotation"))
    return f"annotation {annotation}" if annotation else row.place


def _stand_in(state: str, session: int | None, row: Row, reading: Reading) -> str:
    """A number for a row without one, "UI-5-17" or "UH-5-17": the 17th of its State in session 5.

    It holds as long as the file's order does, and its letters tell it from an official number.
    """
    key = (state, str(session or 0))
    reading.counts[key] = reading.counts.get(key, 0) + 1
    return f"{'UI' if 'annotation' not in row.values else 'UH'}-{session or 0}-{reading.counts[key]}"
