"""The face of a document: what its first page shows above the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from corpus.layout import BlockKind, Layout


@dataclass(frozen=True, slots=True)
class Face:
    """What the first page shows: the lines of its masthead, its title's blocks, and the text's beginning."""

    lines: tuple[str, ...]
    blocks: tuple[str, ...]
    opening: str
    is_masthead: bool


def face_of(layout: Layout) -> Face:
    """The face of a document, from its masthead or, without one, from its first blocks."""
    lines: list[str] = []
    blocks: list[str] = []
    for block in layout.blocks:
        if block.kind is not BlockKind.MASTHEAD:
            continue
        edges = [*block.breaks, block.end + 1]
        lines.extend(layout.text[a:b].strip() for a, b in pairwise(edges))
        blocks.append(layout.of(block))
    is_masthead = bool(blocks)
    start = max((b.end for b in layout.blocks if b.kind is BlockKind.MASTHEAD), default=0)
    if not is_masthead:
        shown = [block for block in layout.blocks[:12] if block.page in {None, 1}]
        blocks = [layout.of(block) for block in shown]
        lines = [part for text in blocks for part in re.split(r" \| |\n", text)]
    return Face(tuple(lines), tuple(blocks), layout.text[start : start + 8000], is_masthead)
