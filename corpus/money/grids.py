"""Where tables stand in a document, and their rows and cells, whether the file knows them or only prints them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.clean import clean
from corpus.draft import Draft
from corpus.layout import Block, BlockKind, Layout
from corpus.layout.markers import Mark
from corpus.load.model import Role
from corpus.model import Paragraph
from corpus.money.figures import YEAR, currency, only_years, values_in, western

_REACH = 4  # blocks above a table in which its caption and unit may stand


@dataclass(frozen=True, slots=True)
class Row:
    """A printed row: its cells (the first is the label) and where it stands."""

    cells: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its number and caption, the text above it that may name the unit, and its rows."""

    number: str | None
    caption: str
    unit: str
    rows: tuple[Row, ...]


def grids_of(draft: Draft) -> Iterator[Grid]:
    """Every table of a document, in printed order."""
    layout = draft.layout
    taken = 0
    cells = _cells(draft)
    for index, block in enumerate(layout.blocks):
        if index < taken:
            continue
        if block.kind is BlockKind.ROW:
            end = index
            while end < len(layout.blocks) and layout.blocks[end].kind is BlockKind.ROW:
                end += 1
            taken = end
            yield _of_rows(layout, index, end, cells)
        elif (block.marker is not None and block.marker.mark is Mark.TABLE) or _is_unit(layout.of(block)):
            paragraph = _paragraph_at(draft.paragraphs, block.start)
            end = _last(layout, index, paragraph)
            lines = sum(len(other.breaks) for other in layout.blocks[index:end])
            if lines > 2 and layout.blocks[end - 1].kind is not BlockKind.ROW:
                taken = end
                yield _of_lines(layout, index, end)


def _cells(draft: Draft) -> dict[int, tuple[str, ...]]:
    """Cells of each row's block, keyed by the block's index; rows come in the order in which they were loaded."""
    rows = [index for index, block in enumerate(draft.layout.blocks) if block.kind is BlockKind.ROW]
    loaded = [
        tuple(clean(cell) for cell in row)
        for table in draft.loaded.tables
        for row in table.rows
        if any(clean(cell) for cell in row)
    ]
    lines = sum(line.role is Role.CELLS for line in draft.loaded.lines)
    if len(rows) != len(loaded) or lines != len(rows):
        return {}
    return dict(zip(rows, loaded, strict=True))


def _is_unit(text: str) -> bool:
    """Whether a block is a unit line: "(United States dollars)", "In thousands of US dollars"."""
    return (
        len(text) < 70
        and not re.search(r"\d{2}", text)
        and currency(text) is not None
        and (text.startswith("(") or len(re.sub(r"[\u4e00-\u9fff]", "", text).split()) <= 7)
    )


def _paragraph_at(paragraphs: Sequence[Paragraph], offset: int) -> Paragraph | None:
    return next((p for p in paragraphs if p.start <= offset < p.end), None)


def _last(layout: Layout, index: int, paragraph: Paragraph | None) -> int:
    """Index after the last block of a table that is only text."""
    end = index + 1
    limit = paragraph.end if paragraph and "\n" in paragraph.text else None
    while end < len(layout.blocks):
        block = layout.blocks[end]
        text = layout.of(block)
        if limit is not None:
            if block.start >= limit:
                break
        elif (
            block.kind is BlockKind.FOOTNOTE
            or len(text) > 300
            or (block.marker is not None and block.marker.mark in {Mark.TABLE, Mark.NUMBER})
        ):
            break
        end += 1
    return end


def _above(layout: Layout, index: int) -> tuple[str | None, str, str]:
    """Number, caption and everything short above a table of cells."""
    number: str | None = None
    captions: list[str] = []
    for block in reversed(layout.blocks[max(0, index - _REACH) : index]):
        text = layout.of(block)
        if block.kind in {BlockKind.ROW, BlockKind.FOOTNOTE} or len(text) > 300:
            break
        captions.insert(0, text)
        if block.marker is not None and block.marker.mark is Mark.TABLE:
            number = block.marker.label
            break
    if number is None:
        captions = captions[-2:]
    return number, " ".join(captions), "\n".join(captions)


def _of_rows(layout: Layout, index: int, end: int, cells: dict[int, tuple[str, ...]]) -> Grid:
    number, caption, unit = _above(layout, index)
    rows = tuple(
        Row(
            cells.get(at) or tuple(layout.of(block).split(" | ")),
            block.start,
            block.end,
        )
        for at, block in enumerate(layout.blocks[index:end], index)
    )
    head = " ".join(cell for row in rows[:3] for cell in row.cells)
    if number is None and rows:
        match = re.match(r"(?:table|tableau|cuadro|tabla|таблица|الجدول|表)\s*\d+", head, re.I)
        number = match.group(0) if match else None
    return Grid(number, caption, f"{unit}\n{head}", rows)


def _of_lines(layout: Layout, index: int, end: int) -> Grid:
    printed = [piece for block in layout.blocks[index:end] for piece in _printed(layout, block)]
    first = layout.blocks[index]
    number = first.marker.label if first.marker is not None and first.marker.mark is Mark.TABLE else None
    texts = [layout.text[a:b] for a, b in printed]
    unit = next((i for i, text in enumerate(texts[:8]) if _is_unit(text)), None)
    body = next(
        (
            i
            for i, text in enumerate(texts)
            if i and any(not YEAR.fullmatch(western(v.group())) for v in values_in(text))
        ),
        2,
    )
    top = unit + 1 if unit is not None else min(body, 2)
    caption = " ".join(text for i, text in enumerate(texts[:top]) if i != unit)
    if number is None:
        caption = f"{_above(layout, index)[1]} {caption}".strip()
    width = _columns(texts[top:])
    rows = tuple(_split(a, b, layout.text[a:b], width) for a, b in _mended(layout, printed[top:]))
    return Grid(number, caption, "\n".join(texts[: top + 2]), rows)


def _printed(layout: Layout, block: Block) -> Iterator[tuple[int, int]]:
    edges = [*block.breaks, block.end]
    for start, stop in pairwise(edges):
        text = layout.text[start:stop]
        if text.strip():
            yield start, start + len(text.rstrip())


def _mended(layout: Layout, printed: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Rows whose label ran over two printed lines put together: the second begins in lower case."""
    rows: list[tuple[int, int]] = []
    for start, end in printed:
        text = layout.text[start:end]
        if rows and text[:1].islower() and not values_in(layout.text[rows[-1][0] : rows[-1][1]]):
            rows[-1] = (rows[-1][0], end)
        else:
            rows.append((start, end))
    return rows


def _columns(texts: Sequence[str]) -> int:
    counts = Counter(len(values) for text in texts if (values := values_in(text)) and not only_years(text))
    return counts.most_common(1)[0][0] if counts else 1


def _split(start: int, end: int, text: str, width: int) -> Row:
    values = [] if only_years(text) else values_in(text)[-width:]
    label = text[: values[0].start()] if values else text
    return Row((label.strip(), *(match.group().strip() for match in values)), start, end)
