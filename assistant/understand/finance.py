"""The lines of financial tables as concepts, so that a question in one language finds a row in another."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.understand.text import fold, fold_pattern

_HAN = re.compile(r"[\u3400-\u9fff]")
_ARTICLE = re.compile(r"(?<![\u0600-\u06ff])ال(?=[\u0600-\u06ff]{3})")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


@dataclass(frozen=True, slots=True)
class Concept:
    """A line of a financial table: `side` is income, expenditure, balance or donors; `kind` line or total."""

    name: str
    side: str
    kind: str
    label: re.Pattern[str]
    ask: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A concept named in a text and where."""

    concept: str
    start: int
    end: int


def _compile(patterns: Sequence[str]) -> re.Pattern[str]:
    parts: list[str] = []
    for pattern in patterns:
        folded = fold_pattern(pattern)
        if _ARABIC.search(pattern):
            folded = _ARTICLE.sub("(?:ال)?", folded)
        if _HAN.search(pattern) or pattern.startswith(("^", "\\(")):
            parts.append(folded)
        elif _ARABIC.search(pattern):
            parts.append(rf"(?<!\w)(?:[وف]?[بلك]?)(?:{folded})")
        else:
            parts.append(rf"(?<!\w)(?:{folded})(?!\w)")
    return re.compile("|".join(parts))


@cache
def concepts() -> dict[str, Concept]:
    """All concepts by name, in the order of the file."""
    source = files("assistant").joinpath("data", "finance.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(source)
    return {
        name: Concept(
            name,
            entry["side"],
            entry["kind"],
            _compile(entry["label"]),
            _compile(entry["ask"] + entry["label"]),
        )
        for name, entry in raw.items()
    }


def total_of(name: str) -> str | None:
    """The concept of the total that a line is a part of, where its side of the accounts has one."""
    total = f"total_{concepts()[name].side}"
    return total if total in concepts() else None


def of_row(label: str) -> str | None:
    """The concept of a table's row label in any of the six languages; the longest match wins."""
    folded = fold(label).strip()
    best, length = None, 0
    for concept in concepts().values():
        longest = max((match.end() - match.start() for match in concept.label.finditer(folded)), default=0)
        if concept.name == "unpaid_pledges" and longest:
            return concept.name
        if longest > length:
            best, length = concept.name, longest
    return best


def find(text: str) -> list[Found]:
    """The concepts a folded question names, without those inside a longer one, in the question's order."""
    found = [
        Found(concept.name, match.start(), match.end())
        for concept in concepts().values()
        for match in concept.ask.finditer(text)
        if match.end() > match.start()
    ]
    found.sort(key=lambda item: (item.start - item.end, item.start))
    kept: list[Found] = []
    for item in found:
        if not any(item.start < other.end and other.start < item.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)
