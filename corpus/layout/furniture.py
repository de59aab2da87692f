"""Lines that belong to the page and not to the text: running heads, page numbers, job numbers, bar codes, rules."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.load.model import Line, Role

_SYMBOL = r"[AESC]/[\w.() /-]{3,40}"
_JOB = r"(?:GE|V|N|HR)[.:]\s?\d\d-\d{4,6}(?:\s?\([A-Z]\))?(?:\s+\d{6}){0,3}"
_FURNITURE = re.compile(
    rf"(?:{_JOB}|\*\d{{6,9}}\*"
    rf"|(?:\d{{1,4}}\s+)?{_SYMBOL}|{_SYMBOL}\s+\d{{1,4}}|\d{{1,4}}\s+{_JOB}|{_JOB}\s+\d{{1,4}}|{_SYMBOL}\s+page\s\d+)",
    re.I,
)
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|página|стр(?:аница)?\.?|第|صفحة)\s*(\d{1,4})\s*页?|[-–]\s?(\d{1,4})\s?[-–]|(\d{1,4}))", re.I
)
_ANYWHERE = re.compile(rf"(?:{_JOB}|\*\d{{6,9}}\*|[_‗]{{3,}}|[-–—=.*·\s]{{5,}}|[-–—]{{3,}})")
_EDGE = 3  # running lines stand among the outermost three at the top and at the bottom


def strip(lines: Sequence[Line]) -> list[Line]:
    """The lines without furniture. What a page repeats is told by place and by repetition, not by wording."""
    if not any(line.page for line in lines):
        return [line for line in lines if not (line.role is Role.LINE and _ANYWHERE.fullmatch(line.text))]
    edges = _edges(lines)
    repeated = _repeated(lines, edges)
    shift = _shift(lines, edges)
    return [
        line
        for index, line in enumerate(lines)
        if line.role is not Role.LINE
        or not (
            _ANYWHERE.fullmatch(line.text)
            or (
                index in edges
                and not _opens_note(line)
                and (_is_running(line, shift) or _shape(line.text) in repeated)
            )
        )
    ]


def _opens_note(line: Line) -> bool:
    """A footnote that is only a symbol looks like a running head but for its mark."""
    return bool(line.notes) and line.notes[0][0] == 0


def _is_running(line: Line, shift: int) -> bool:
    number = _PAGE_NUMBER.fullmatch(line.text)
    if number:
        printed = int(next(group for group in number.groups() if group))
        return line.page in {printed, printed - shift}
    return bool(_FURNITURE.fullmatch(line.text))


def _shift(lines: Sequence[Line], edges: set[int]) -> int:
    """How far printed page numbers run ahead of the file's pages."""
    shifts: Counter[int] = Counter()
    for index in edges:
        number = _PAGE_NUMBER.fullmatch(lines[index].text)
        if number:
            shifts[int(next(group for group in number.groups() if group)) - (lines[index].page or 0)] += 1
    return shifts.most_common(1)[0][0] if shifts else 0


def _edges(lines: Sequence[Line]) -> set[int]:
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page and line.role is Role.LINE:
            pages[line.page].append(index)
    edges: set[int] = set()
    for indices in pages.values():
        if lines[indices[0]].size:
            indices = sorted(indices, key=lambda index: -lines[index].base)
        edges.update(indices[:_EDGE])
        edges.update(indices[-_EDGE:])
    return edges


def _apart(lines: Sequence[Line], index: int) -> bool:
    """Whether a line keeps the distance from its neighbours that running heads keep from the text."""
    line = lines[index]
    near = [
        other
        for other in lines[max(0, index - 1) : index + 2]
        if other is not line and other.page == line.page
    ]
    return all(abs(other.base - line.base) > line.size * 1.6 or not other.size for other in near)


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _repeated(lines: Sequence[Line], edges: set[int]) -> set[str]:
    """Shapes (digits made alike) that stand at the same height on at least four pages and a third of them."""
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for index in edges:
        line = lines[index]
        if line.page and line.page > 1 and len(line.text) < 120 and _apart(lines, index):
            places[_shape(line.text), round(line.base / 4)].add(line.page)
    total = len({line.page for line in lines})
    found: Counter[str] = Counter()
    for (shape, _), pages in places.items():
        found[shape] = max(found[shape], len(pages))
    return {shape for shape, count in found.items() if count >= max(4, total // 3)}
