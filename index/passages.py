"""Paragraphs to passages: the spans that are embedded and found, each inside one paragraph.

A paragraph is never joined with another. One that is too long for a vector to say what it is about is
cut between sentences; each piece keeps the paragraph's number, and its offsets index the document's text.
"""

from __future__ import annotations

import re

from corpus.model import Paragraph

# Mean-pooled vectors blur beyond a few sentences; a typical UN paragraph has 400-1,000 characters.
LONGEST = 1_600
_AIM = 1_000
_CJK = re.compile(r"[\u3040-\u9fff]")
_CJK_SHARE = 3  # a Chinese character carries about as much as three letters
_SENTENCE_END = re.compile(r"(?<=[.;!?؟؛])\s+|(?<=[。；！？])\s*|\n+")


def spans(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Offsets, in the document's text, of the passages of one paragraph, in order and without gaps in words."""
    text = paragraph.text
    share = _CJK_SHARE if len(_CJK.findall(text[:200])) > len(text[:200]) // 3 else 1
    if len(text) * share <= LONGEST:
        return [(paragraph.start, paragraph.end)]
    cuts = [match.end() for match in _SENTENCE_END.finditer(text)]
    pieces = _pieces(text, cuts, _AIM // share)
    return [(paragraph.start + start, paragraph.start + end) for start, end in pieces]


def _pieces(text: str, cuts: list[int], aim: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start, previous = 0, 0
    for cut in [*cuts, len(text)]:
        if cut - start > aim and previous > start:
            found.append((start, previous))
            start = previous
        while cut - start > 2 * aim:  # one sentence longer than two passages: cut at a blank
            blank = text.rfind(" ", start + aim // 2, start + aim)
            middle = blank + 1 if blank > 0 else start + aim
            found.append((start, middle))
            start = middle
        previous = cut
    if start < len(text):
        found.append((start, len(text)))
    return [_trimmed(text, first, last) for first, last in found if text[first:last].strip()]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
