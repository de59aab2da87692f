"""Which recommendations need a parliament: by the words that call for law, budget or ratification."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

NAMES = {"ratification": "ratification", "law": "law", "budget": "budget"}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    source = files("assistant").joinpath("data", "legislature.toml").read_text(encoding="utf-8")
    return tuple(
        (kind, re.compile(rf"\b(?:{'|'.join(entries)})\b")) for kind, entries in tomllib.loads(source).items()
    )


def reason(text: str) -> str | None:
    """What a recommendation calls a parliament for, or None."""
    lowered = text.lower()
    return next((NAMES[kind] for kind, pattern in _patterns() if pattern.search(lowered)), None)
