"""Where a State says why: the paragraphs of its addendum that speak of one recommendation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from assistant.source import Library
from corpus.model import Paragraph, Recommendation

_SAYS = 60  # characters beside the numbers from which a paragraph says something
_LISTED = 8  # numbers from which a paragraph is a list of recommendations and no reason
_NUMBER = re.compile(r"(?<!\d)\d{1,3}(?!\d)")
_DOTTED = re.compile(r"\d{1,3}\.\d{1,3}")
# A line of numbers alone stands over the reasons of these recommendations: "140.82-85, 87".
_HEAD = re.compile(r"^[\s\d.,;:–—-]*\d{1,3}\.\d{1,3}(?:[\s\d.,;:–—-]|\band\b|&)*$")
_OPENING = re.compile(r"^\d{1,3}\.\d{1,3}[\s\d.,;:–—-]*(?=[^\W\d])")
_SPAN = re.compile(r"(?:(\d{1,3})\.)?(\d{1,3})(?:\s*[-–—]\s*(?:\d{1,3}\.)?(\d{1,3}))?")


def numbers(head: str) -> frozenset[str]:
    """The recommendations that a line of numbers names, spans filled in ("140.1-3, 7" is four)."""
    found: set[str] = set()
    section = ""
    for match in _SPAN.finditer(head):
        section = match.group(1) or section
        first = int(match.group(2))
        last = int(match.group(3) or first)
        found |= {f"{section}.{number}" for number in range(first, last + 1)} if section else set()
    return frozenset(found)


def of(row: Recommendation, library: Library, addenda: Sequence[str]) -> Iterator[Paragraph]:
    """The paragraphs of these addenda that speak of the recommendation by its number and say something."""
    for key in addenda:
        paragraphs = library.paragraphs(key)
        yield from _under_heads(paragraphs, row.number)
        alone = _answering(row, key, paragraphs)
        for paragraph in paragraphs:
            spoken = _names(paragraph.text, row.number) or (1 if paragraph is alone else 0)
            if spoken and len(paragraph.text) - spoken * len(row.number) > _SAYS and spoken < _LISTED:
                yield paragraph


def _answering(row: Recommendation, key: str, paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """The one paragraph that gives the position, where it gives no other: it gives the reason too."""
    source = row.position_source
    if source is None or source.document != key:
        return None
    same = [
        one for one in paragraphs if one.number == source.paragraph and one.number and one.number[0].isdigit()
    ]
    listed = len(same) != 1 or len(_NUMBER.findall(same[0].text)) >= _LISTED
    return None if listed else same[0]


def _under_heads(paragraphs: Iterable[Paragraph], number: str) -> Iterator[Paragraph]:
    """The paragraphs between a line of numbers that names this one and the next such line."""
    for _, same in groupby(paragraphs, key=lambda one: one.heading):
        under = False
        for paragraph in same:
            if _HEAD.match(paragraph.text.strip()):
                under = number in numbers(paragraph.text)
            elif under and len(paragraph.text) > _SAYS:
                yield paragraph


def _names(text: str, number: str) -> int:
    """How many numbers a text lists if this one is among them, else 0."""
    opening = _OPENING.match(text)
    if opening and number in numbers(opening.group()):
        return 1
    tail = number.split(".")[-1]
    if not re.search(
        rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)|\b[Rr]ec(?:ommendation|\.)?\s*{tail}(?!\d)", text
    ):
        return 0
    return len(_DOTTED.findall(text)) or 1
