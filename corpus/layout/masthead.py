"""The masthead of a UN document: the box with symbol and date, the body, session, agenda item and title.

It stands on the first page, in an order of its own, and would interrupt the text that runs on to page two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout.markers import Mark, marker
from corpus.load.model import Line, Role

# "Distr." and "Original" as the six languages print them; one of them is in every masthead.
_BOX = re.compile(
    r"\bDistr\.?\s*:?|^(?:Original|Оригинал|原件|原文|الأصل)\s*:|^Язык оригинала|^GENERAL[EA]?$|^LIMITED$|"
    r"(?:United Nations|Nations Unies|Naciones Unidas|Организация Объединенных Наций|联\s*合\s*国|الأمم المتحدة)"
    r"\s*(?:[AESC]/\S+)?$|^UNITED(?: NATIONS)?(?: A)?$|^NATIONS(?: A)?$|^UNIES A?$|^NACIONES$|^UNIDAS A?$|"
    r"^(?:english|french|spanish|russian|chinese|arabic|français|anglais|español|inglés|русский|английский|中文|英文|"
    r"العربية|عربي)$",
    re.I,
)
_CERTAIN = re.compile(
    r"\bDistr\.|^Original\s*:|^Оригинал\s*:|^Язык оригинала|^原件\s*:|^原文\s*:|^الأصل\s*:", re.I
)
_TEXT_BEGINS = re.compile(
    r"(?:(?:the (?:human rights council|general assembly|working group)|le conseil des droits de l.homme|"
    r"el consejo de derechos humanos|إن مجلس حقوق الإنسان)\s*[,،]?|"
    r"(?:совет по правам человека|人权理事会|مجلس حقوق الإنسان)\s*[,，،])$",
    re.I,
)
_OPENINGS = re.compile(
    r"(?:introduction|contents|table des mati[èe]res|[íi]ndice|introducción|введение|содержание|目\s*录|导言|المحتويات|"
    r"مقدمة|summary|résumé|resumen|резюме|摘要|موجز|list of abbreviations|abbreviations)\W*$",
    re.I,
)
_FIRST = 60  # lines in which the masthead of a file without pages must be


def split(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of the masthead in their printed order, and all others."""
    first = [index for index, line in enumerate(lines) if line.page in {None, 1}]
    if lines and lines[0].page is None:
        first = first[:_FIRST]
    if not any(_CERTAIN.search(part) for index in first for part in _parts(lines[index])):
        return [], list(lines)
    printed = lines[first[0]].size > 0
    order = sorted(first, key=lambda index: -round(lines[index].base)) if printed else first
    end = _end([lines[index] for index in order], printed)
    chosen = set(order[:end])
    if not printed:
        # Boxes of unprinted files come where they like: what certainly belongs there is taken from anywhere.
        chosen.update(
            index for index in first if _CERTAIN.search(lines[index].text) and len(lines[index].text) < 120
        )
    head = [lines[index] for index in order if index in chosen]
    return head, [line for index, line in enumerate(lines) if index not in chosen]


def _parts(line: Line) -> list[str]:
    return [part.strip() for part in re.split(r"[|\t\n]", line.text)]


def _end(ordered: Sequence[Line], printed: bool) -> int:
    """How many of the first page's lines, from the top, are masthead."""
    last_box = max(
        (i for i, line in enumerate(ordered) if any(_CERTAIN.search(part) for part in _parts(line))),
        default=-1,
    )
    column = max((line.right for line in ordered), default=0.0)
    size = sorted(line.size for line in ordered)[len(ordered) // 2]
    for index, line in enumerate(ordered):
        if index <= last_box:
            continue
        if line.role is Role.LINE and line.notes and line.notes[0][0] == 0:
            return index
        if (
            _TEXT_BEGINS.match(line.text)
            and index + 1 < len(ordered)
            and not (line.bold or line.role is Role.HEADING)
        ):
            return index
        if _OPENINGS.match(line.text):
            return index
        mark = marker(line.text)
        if mark and mark.mark in {Mark.NUMBER, Mark.ROMAN, Mark.CAPITAL, Mark.STAR, Mark.DOTTED}:
            return index
        if printed and _runs(line, ordered[index + 1 : index + 2], column, size):
            return index
        if not printed and (
            len(line.text) > 250 or (len(line.text) > 90 and line.text.endswith((".", "。", ":", "：")))
        ):
            return index
    return len(ordered)


def _runs(line: Line, following: Sequence[Line], column: float, size: float) -> bool:
    """Whether running text begins: plain type, a full line, and another like it below."""
    if line.bold or line.text.isupper() or not following:
        return False
    after = following[0]
    full = line.right > column * 0.85 and len(line.text) > 60
    alike = abs(after.size - line.size) < 1 and after.left <= line.left + 1 and not after.bold
    return full and alike and line.size <= size * 1.15


def is_box(text: str) -> bool:
    """Whether a line belongs to the box at the top: organization, distribution, language."""
    return bool(_BOX.search(text))
