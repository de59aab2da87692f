"""The recommendations of a digest: a CSV next to its Markdown, one line a recommendation.

Columns: number; recommenders (alpha-3, `;` between, in printed order); position (the last one known);
position_source ("<symbol>, para. 96" or a database's name); position_at_review and its paragraph in the
report; implemented (yes or nothing); page of the report; digest; and, where OHCHR's matrix tagged it,
themes, groups and sdgs (`|` between) with the matrix's name.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.model import Position
from corpus.starter.markdown import StarterError

COLUMNS = (
    "number",
    "recommenders",
    "position",
    "position_source",
    "position_at_review",
    "paragraph",
    "implemented",
    "page",
    "digest",
    "themes",
    "groups",
    "sdgs",
    "tagged_by",
)
_SOURCE = re.compile(r"(?P<symbol>A/\S+?)(?:, para\. (?P<paragraph>[^,]+))?(?:, p\. (?P<page>\d+))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the CSV, typed. `symbol` is None where the position was read in a database named `source`."""

    number: str
    recommenders: tuple[str, ...]
    position: Position
    source: str
    symbol: str | None
    source_paragraph: str | None
    source_page: int | None
    at_review: Position
    paragraph: str
    implemented: bool
    page: int
    digest: str
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    sdgs: tuple[str, ...]
    tagged_by: str


def lines(path: Path) -> list[Line]:
    """Every line of the file, in file order. Raises StarterError on a wrong header or an unknown position."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise StarterError(f"{path.name!r} has columns {reader.fieldnames!r}.", f"It needs {COLUMNS!r}.")
        return [_line(path, reader.line_num, row) for row in reader]


def _line(path: Path, number: int, row: dict[str, str]) -> Line:
    source = _SOURCE.fullmatch(row["position_source"])
    try:
        return Line(
            number=row["number"],
            recommenders=_parts(row["recommenders"], ";"),
            position=Position(row["position"]),
            source=source["symbol"] if source else row["position_source"],
            symbol=source["symbol"] if source else None,
            source_paragraph=source["paragraph"] if source else None,
            source_page=int(source["page"]) if source and source["page"] else None,
            at_review=Position(row["position_at_review"]),
            paragraph=row["paragraph"],
            implemented=row["implemented"] == "yes",
            page=int(row["page"]),
            digest=row["digest"],
            themes=_parts(row["themes"], "|"),
            groups=_parts(row["groups"], "|"),
            sdgs=_parts(row["sdgs"], "|"),
            tagged_by=row["tagged_by"],
        )
    except ValueError as error:
        raise StarterError(f"{path.name!r}, line {number}: {error}.", "Correct the line.") from error


def _parts(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(separator) if part.strip())
