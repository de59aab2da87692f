"""Footnotes at the foot of a page: what belongs to them, apart from the text they interrupt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.layout.markers import Mark, marker
from corpus.layout.measures import Measures
from corpus.load.model import Line, Role


@dataclass(slots=True)
class Note:
    """A footnote: its label as printed, and its lines."""

    label: str | None
    lines: tuple[Line, ...]


def part(lines: Sequence[Line], usual: Measures) -> tuple[list[Line], dict[int | None, list[Note]]]:
    """The lines of the body, and the footnotes at the foot of each page."""
    if not usual.size:
        return list(lines), {}
    body: list[Line] = []
    foot: dict[int | None, list[Note]] = {}
    pages: dict[int | None, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    for page, printed in pages.items():
        cut = _foot_of(printed, usual) if page else len(printed)
        last = foot[page - 1][-1] if page and page - 1 in foot else None
        rest = _small_tail(printed[:cut], usual) if page else cut
        if rest < cut and last and not last.lines[-1].text.endswith((".", ")")):
            last.lines = (*last.lines, *printed[rest:cut])
            body.extend(printed[:rest])
        else:
            if rest < cut == len(printed) and printed[rest].text[:1].islower():
                cut = rest
            body.extend(printed[:cut])
        notes = _notes(printed[cut:])
        if notes:
            foot[page] = notes
    return body, foot


def _opens_note(line: Line) -> str | None:
    if line.notes and line.notes[0][0] == 0:
        return line.notes[0][1]
    match = re.match(r"([*∗]{1,3}|†|‡)\s*\S", line.text)
    return match.group(1).replace("∗", "*") if match else None


def _foot_of(printed: Sequence[Line], usual: Measures) -> int:
    """Index of the first line of the footnotes of a page: a raised mark or a star, and only notes from there on."""
    cut = len(printed)
    lowest = min((line.base for line in printed), default=0.0)
    middle = (max((line.base for line in printed), default=0.0) + lowest) / 2
    for index in range(len(printed) - 1, -1, -1):
        line = printed[index]
        if line.role is not Role.LINE:
            break
        if _opens_note(line):
            above = printed[index - 1].base - line.base if index else usual.pitch * 2
            small = line.size < usual.size * 0.96
            if (
                small
                or index == 0
                or (line.base < middle and (above > usual.pitch * 1.15 or cut == index + 1 or above < 0))
            ):
                cut = index
            continue
        if line.size < usual.size * 0.96:
            continue
        mark = marker(line.text)
        if mark and mark.mark in {Mark.NUMBER, Mark.DOTTED, Mark.LETTER, Mark.BULLET}:
            break
        if line.bold or line.size > usual.size * 1.08:
            break
    return cut


def _small_tail(printed: Sequence[Line], usual: Measures) -> int:
    """Index of the first of the small lines at a page's foot: the rest of a footnote of the page before."""
    cut = len(printed)
    while cut and printed[cut - 1].size < usual.size * 0.96 and printed[cut - 1].role is Role.LINE:
        cut -= 1
    return cut


def _notes(printed: Sequence[Line]) -> list[Note]:
    notes: list[Note] = []
    for line in printed:
        label = _opens_note(line)
        if label or not notes:
            text = line.text[len(label) :].strip() if label and line.text.startswith(label) else line.text
            notes.append(Note(label, (replace(line, text=text, notes=()),)))
        else:
            notes[-1].lines = (*notes[-1].lines, line)
    return notes
