"""The field's terms in the six languages (`glossary.csv`), written for this project.

A row is one idea: its terms in each language, the usual one first, others after "|"; abbreviations that are
used in any language; and `related`, the ids of narrower ideas that someone who asks for this one also means.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from corpus.model import Language

_FILE = Path(__file__).parent / "glossary.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One idea. `kind` is right, mechanism, group, body, instrument, goal, procedure, issue or finance."""

    id: str
    kind: str
    terms: Mapping[Language, tuple[str, ...]]
    abbreviations: tuple[str, ...]
    related: tuple[str, ...]


@cache
def entries() -> tuple[Entry, ...]:
    """Return every entry in the file's order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_entry(row) for row in csv.DictReader(file, delimiter=";"))


@cache
def entry(identifier: str) -> Entry:
    """Return the entry with this id; KeyError when there is none."""
    return _by_id()[identifier]


@cache
def _by_id() -> dict[str, Entry]:
    return {each.id: each for each in entries()}


def _entry(row: dict[str, str]) -> Entry:
    terms = {language: _split(row[language.value]) for language in Language}
    return Entry(
        id=row["id"],
        kind=row["kind"],
        terms=MappingProxyType(terms),
        abbreviations=_split(row["abbreviations"]),
        related=_split(row["related"]),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
