"""A digest file's Markdown: front matter, headings, numbered paragraphs, tables of money.

    +++
    key = "…"            (TOML)
    +++
    # Heading
    15 (a). Digest of paragraph 15 (a). {basis: where the fact was read}
    * Digest of an unnumbered paragraph.
    Table 1. Caption
    | Section | Row | Period | Value | Currency | State | Remark |

A paragraph without `{basis: …}` digests the paragraph of its number in the document itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from corpus.errors import CorpusError

_FENCE = "+++"
_NUMBERED = re.compile(
    r"(?P<number>(?:Annex(?: [IVX]+)?, )?(?:para\. )?\d+(?:\.\d+)*(?: \([a-z]+\))*)\. (?P<text>\S.*)"
)
_TABLE = re.compile(r"(?P<number>Table \d+)\. (?P<text>\S.*)")
_BASIS = re.compile(r"\s*\{basis: (?P<basis>[^{}]+)\}$")
_COLUMNS = ("Section", "Row", "Period", "Value", "Currency", "State", "Remark")
_REMARKS = ("", "total", "unpaid")


class StarterError(CorpusError):
    """A file of the starter corpus is not in its form."""

    code = "starter_corpus"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of money; a dash in the document is 0 here, and `period` is None for a total of all years."""

    section: str
    label: str
    period: str | None
    value: Decimal
    currency: str
    state: str | None
    remark: str


@dataclass(frozen=True, slots=True)
class Block:
    """One digest paragraph or table. `basis` is None where it digests the document itself."""

    number: str | None
    text: str
    heading: tuple[str, ...]
    basis: str | None = None
    rows: tuple[Row, ...] = ()
    line: int = 0


@dataclass(slots=True)
class _Open:
    """A table being read: its caption and the rows so far."""

    block: Block
    rows: list[Row] = field(default_factory=list)


def split(path: Path) -> tuple[dict[str, object], list[tuple[int, str]]]:
    """Front matter and the numbered non-empty lines of the body.

    Raises StarterError where the front matter is missing or not TOML.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != _FENCE or _FENCE not in lines[1:]:
        raise StarterError(
            f"{path.name!r} has no front matter.", f"Put TOML between two lines of {_FENCE!r}."
        )
    end = lines.index(_FENCE, 1)
    try:
        meta = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise StarterError(f"Front matter of {path.name!r} is not TOML: {error}.", "Correct it.") from error
    body = [(n, line.rstrip()) for n, line in enumerate(lines[end + 1 :], start=end + 2) if line.strip()]
    return meta, body


def blocks(path: Path, body: list[tuple[int, str]]) -> Iterator[Block]:
    """Digest paragraphs and tables in file order, each with its path of headings."""
    headings: list[str] = []
    table: _Open | None = None
    for number, line in body:
        if line.startswith("|"):
            if table is None:
                raise StarterError(
                    f"{path.name!r}, line {number}: a row before any 'Table n.' caption.", "Add one."
                )
            _row(path, number, line, table)
            continue
        if table is not None:
            yield _closed(table)
            table = None
        if line.startswith("#"):
            level = len(line) - len(line.lstrip("#"))
            headings[level - 1 :] = [line.lstrip("#").strip()]
            continue
        block = _paragraph(path, number, line, tuple(headings))
        if block.number is not None and block.number.startswith("Table"):
            table = _Open(block)
        else:
            yield block
    if table is not None:
        yield _closed(table)


def _paragraph(path: Path, number: int, line: str, heading: tuple[str, ...]) -> Block:
    basis = None
    if found := _BASIS.search(line):
        basis, line = found["basis"], line[: found.start()]
    if line.startswith("* "):
        return Block(None, line[2:].strip(), heading, basis, line=number)
    matched = _TABLE.fullmatch(line) or _NUMBERED.fullmatch(line)
    if matched is None:
        raise StarterError(
            f"{path.name!r}, line {number}: {line[:40]!r} is no heading, paragraph or table.",
            "Start it with '#', a number and a full stop, '* ', 'Table n. ' or '|'.",
        )
    return Block(matched["number"], matched["text"], heading, basis, line=number)


def _row(path: Path, number: int, line: str, table: _Open) -> None:
    cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
    if cells == _COLUMNS or set(line) <= set("|-: "):
        return
    if len(cells) != len(_COLUMNS) or cells[-1] not in _REMARKS:
        raise StarterError(
            f"{path.name!r}, line {number}: not a row of {_COLUMNS!r}.", f"Remarks: {_REMARKS!r}."
        )
    section, label, period, value, currency, state, remark = cells
    try:
        amount = Decimal(value)
    except InvalidOperation as error:
        raise StarterError(
            f"{path.name!r}, line {number}: {value!r} is no amount.", "Digits only."
        ) from error
    table.rows.append(Row(section, label, period or None, amount, currency, state or None, remark))


def _closed(table: _Open) -> Block:
    block = table.block
    return Block(block.number, block.text, block.heading, block.basis, tuple(table.rows), block.line)
