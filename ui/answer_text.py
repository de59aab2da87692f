"""An answer's Markdown as blocks: paragraphs and tables, for the page, for Word and for pasting as text.

Of Markdown only what answers use is read. Links, images and raw HTML are text: a document's words never become markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from assistant.render import shown

MARKER = re.compile(r"\[(\d{1,3})\]")
"""A citation marker; its group is the citation's number."""

_USED = ("table", "list", "emphasis", "heading", "blockquote", "newline", "escape", "backticks")
_VERBATIM = "verbatim"
# Two characters of the private use area hold a quote's place while the rest is read.
_SIGNS = re.compile("[\ue000\ue001]")
_HIDDEN = re.compile("\ue000(\\d+)\ue001")
_CELL = 3  # tokens of a cell: open, inline, close


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one weight. In `verbatim` ones no marker is meant: they are quoted."""

    text: str
    bold: bool = False
    verbatim: bool = False


Runs = tuple[Run, ...]


class Shape(StrEnum):
    """What a block of text is."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list."""

    shape: Shape
    runs: Runs


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the header first; every row has as many cells as the header."""

    rows: tuple[tuple[Runs, ...], ...]


@cache
def _parser() -> MarkdownIt:
    # "zero" switches everything off.
    parser = MarkdownIt("zero", {"html": False, "breaks": True}).enable(list(_USED))
    parser.add_render_rule("text", _text)
    parser.add_render_rule(_VERBATIM, _verbatim)
    return parser


def tokens(text: str, quotes: Sequence[str] = ()) -> list[Token]:
    """The answer as markdown-it's tokens, tables without the columns in which nothing stands.

    `quotes` are what citations quote: between “ and ” they are no Markdown, whatever signs stand in them.
    """
    literal = sorted({shown(quote) for quote in quotes}, key=len, reverse=True)
    text = _SIGNS.sub("\N{REPLACEMENT CHARACTER}", text)
    for i, quote in enumerate(literal):
        # The bars of a table's cell are escaped.
        for written in (quote, quote.replace("|", "\\|")):
            text = text.replace(f"“{written}”", f"“\ue000{i}\ue001”")
    found = _parser().parse(text)
    at = 0
    while at < len(found):
        if found[at].type == "table_open":
            end = next(i for i in range(at, len(found)) if found[i].type == "table_close")
            found[at:end] = _without_empty_columns(found[at:end])
        elif found[at].type == "inline":
            found[at].children = [new for old in found[at].children or () for new in _put_back(old, literal)]
        at += 1
    return found


def _put_back(token: Token, literal: Sequence[str]) -> list[Token]:
    """A token in the place of whose signs the quotes stand again, as tokens of their own."""
    if "\ue000" not in token.content:
        return [token]
    pieces = _HIDDEN.split(token.content)
    if token.type != "text":
        return [token.copy(content="".join(literal[int(p)] if i % 2 else p for i, p in enumerate(pieces)))]
    return [
        token.copy(type=_VERBATIM, content=literal[int(piece)]) if i % 2 else token.copy(content=piece)
        for i, piece in enumerate(pieces)
        if piece
    ]


def html_of(parsed: list[Token], marker: Callable[[re.Match[str]], str]) -> str:
    """The tokens as HTML in which every word of the text is escaped, save what `marker` makes of `[n]`."""
    parser = _parser()
    return str(parser.renderer.render(parsed, parser.options, {"marker": marker}))


def _text(_: RendererHTML, parsed: Sequence[Token], at: int, __: OptionsDict, env: EnvType) -> str:
    return MARKER.sub(env["marker"], escapeHtml(parsed[at].content))


def _verbatim(_: RendererHTML, parsed: Sequence[Token], at: int, __: OptionsDict, ___: EnvType) -> str:
    return escapeHtml(parsed[at].content)


def _cells(parsed: list[Token]) -> Iterator[tuple[int, int]]:
    """Where each cell of a table opens, and its column."""
    column = 0
    for i, token in enumerate(parsed):
        if token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            yield i, column
            column += 1


def columns(parsed: list[Token]) -> list[list[int]]:
    """The cells of each column of a table, as the places of their opening tokens."""
    made: dict[int, list[int]] = {}
    for i, column in _cells(parsed):
        made.setdefault(column, []).append(i)
    return [made[column] for column in sorted(made)]


def _without_empty_columns(table: list[Token]) -> list[Token]:
    empty = [cells for cells in columns(table) if not any(table[i + 1].content.strip() for i in cells)]
    dropped = {i + n for cells in empty for i in cells for n in range(_CELL)}
    return [token for i, token in enumerate(table) if i not in dropped]


def _runs(inline: Token) -> Runs:
    made: list[Run] = []
    bold = False
    for child in inline.children or ():
        if child.type in {"strong_open", "strong_close"}:
            bold = child.type == "strong_open"
        elif text := "\n" if child.type in {"softbreak", "hardbreak"} else child.content:
            made.append(Run(text, bold, child.type == _VERBATIM))
    return tuple(made)


def blocks(text: str, quotes: Sequence[str] = ()) -> list[Block | Table]:
    """The answer's paragraphs, headings, items and tables, in order; `quotes` as in `tokens`."""
    made: list[Block | Table] = []
    rows: list[tuple[Runs, ...]] = []
    cells: list[Runs] = []
    opened: list[str] = []
    for token in tokens(text, quotes):
        if token.nesting == 1:
            opened.append(token.type)
        elif token.nesting == -1:
            opened.pop()
            if token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
            elif token.type == "table_close":
                made.append(Table(tuple(rows)))
                rows = []
        elif token.type == "inline":
            if "tr_open" in opened:
                cells.append(_runs(token))
                continue
            shape = Shape.HEADING if "heading_open" in opened else Shape.TEXT
            made.append(Block(Shape.ITEM if "list_item_open" in opened else shape, _runs(token)))
    return made


def _said(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def plain(text: str, quotes: Sequence[str] = ()) -> str:
    """The answer to paste as text: no marks of Markdown, the cells of a table parted by tabs."""
    parts = []
    for block in blocks(text, quotes):
        if isinstance(block, Table):
            parts.append(
                "\n".join("\t".join(_said(cell).replace("\n", " ") for cell in row) for row in block.rows)
            )
        else:
            parts.append(("- " if block.shape is Shape.ITEM else "") + _said(block.runs))
    return "\n\n".join(parts)
