"""The catalogue of official documents: which one would answer, and where it stands.

Titles are descriptions in the project's words where the official title was not at hand.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model import Kind, Language

_FILE = Path(__file__).with_name("catalogue.csv")
OFFICIAL = "https://docs.un.org/en/"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An official document: its symbol, what it is and its official address (`url`)."""

    symbol: str
    title: str
    kind: Kind
    url: str
    date: str | None = None
    state: str | None = None
    cycle: int | None = None
    session: str | None = None
    languages: tuple[Language, ...] = ()


@cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """All entries, in file order (by kind, then symbol)."""
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(_entry(row) for row in csv.DictReader(stream))


def _entry(row: dict[str, str]) -> CatalogueEntry:
    return CatalogueEntry(
        symbol=row["symbol"],
        title=row["title"],
        kind=Kind(row["kind"]),
        url=row["url"],
        date=row["date"] or None,
        state=row["state"] or None,
        cycle=int(row["cycle"]) if row["cycle"] else None,
        session=row["session"] or None,
        languages=tuple(Language(code) for code in row["languages"].split(";") if code),
    )
