"""Sentences of a text as offsets, whatever its language."""

from __future__ import annotations

import re

# Wikimedia's segmenter: abbreviations and honorifics of each language, offsets kept.
from sentencex import get_sentence_boundaries

from corpus.model import Language

_CLAUSE = re.compile(
    r"\n+|(?<=[;；])\s*"
)  # a line of a list, and a member of an enumeration, stand alone too
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.\s*$")  # "A. B. Name": an initial ends no sentence


def sentences(text: str, language: Language) -> list[tuple[int, int]]:
    """The sentences of a text as offsets; every character that is not white space is in one."""
    spans: list[tuple[int, int]] = []
    for found in get_sentence_boundaries(str(language), text):
        start, end = found["start_index"], found["end_index"]
        if spans and _INITIAL.search(text, *spans[-1]):
            start = spans.pop()[0]
        spans.append((start, end))
    return [piece for start, end in spans for piece in _clauses(text, start, end)]


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = [start]
    for match in _CLAUSE.finditer(text, start, end):
        cuts += [match.start(), match.end()]
    cuts.append(end)
    pieces = []
    for left, right in zip(cuts[::2], cuts[1::2], strict=True):
        piece = text[left:right]
        if piece.strip():
            pieces.append((left + len(piece) - len(piece.lstrip()), left + len(piece.rstrip())))
    return pieces
