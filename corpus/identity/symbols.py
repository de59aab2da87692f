"""Document symbols of the United Nations: finding them and writing them in one way."""

from __future__ import annotations

import re

SYMBOL = re.compile(
    r"(?<![\w/.])((?:A|E|S|ST|HRI|CCPR|CAT|CERD|CEDAW|CRC|CRPD|CMW|CED)\s?/\s?"
    r"(?:[A-Z]{1,5}\.\d|[A-Z0-9])[A-Za-z0-9.\-()]*(?:\s?/\s?[A-Z0-9][A-Za-z0-9.\-()]*)*)(?:\s?[*∗]+)?"
)


def find(text: str) -> str | None:
    """The first symbol in a text, in its regular form."""
    match = SYMBOL.search(text)
    return regular(match.group(1)) if match else None


def regular(symbol: str) -> str:
    """A symbol without blanks, trailing marks and known misprints ("A/HRC/WG.6/7L.14")."""
    plain = re.sub(r"\s+", "", symbol).rstrip(".-*()")
    plain = re.sub(r"(?<=/)(\d{1,2})(L\.\d+)", r"\1/\2", plain)
    plain = re.sub(r"/(WG)(\d)", r"/\1.\2", plain)
    return re.sub(r"/(Add|Corr|Rev|L)(\d)", r"/\1.\2", plain)
