"""OHCHR's matrices (thematic lists of recommendations): position, its source, themes, affected persons, SDGs.

Layouts of cycles 2, 3 and 4 are told apart by their column heads. A recommendation that is repeated under
several themes is one recommendation, with the tags of all its rows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from corpus import numbering, states
from corpus.draft import Draft, Reading
from corpus.exports.fields import position as position_named
from corpus.exports.fields import sdg
from corpus.model import Position, PositionStatement, Recommendation, SdgLink, Source, Tag, Tags
from corpus.outcome import split_recommenders
from corpus.positions.cues import wording

_NUMBER = re.compile(r"\W*(\d{1,3}\s?\.\s?\d{1,3})\b\.?\s*")
_CODE = re.compile(r"^(?:[A-Z]\d{1,3}|\d{1,2}(?:\.\d{1,2})*\.?)\s+(?=\D)")
_SYMBOL = re.compile(r"A/[A-Za-z0-9./]*[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class _Patterns:
    columns: Mapping[str, re.Pattern[str]]
    labels: Mapping[str, re.Pattern[str]]


@dataclass(slots=True)
class _Row:
    """What the rows of one recommendation say together."""

    number: str
    text: str
    start: int
    end: int
    recommenders: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    position: Position | None = None
    source: tuple[str | None, str | None] = (None, None)
    themes: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    sdgs: dict[str, str] = field(default_factory=dict)


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads((files("corpus") / "cues" / "matrix.toml").read_text("utf-8"))
    compiled = {
        part: {name: re.compile(p, re.IGNORECASE | re.MULTILINE) for name, p in table[part].items()}
        for part in ("columns", "labels")
    }
    return _Patterns(compiled["columns"], compiled["labels"])


def read(draft: Draft) -> Reading:
    """The recommendations of a matrix, in natural order, each once, with official tags."""
    rows: dict[str, _Row] = {}
    problems: list[str] = []
    cursor = 0
    columns: dict[str, int] = {}
    for table in draft.loaded.tables:
        for cells in table.rows:
            if found := _columns(cells):
                columns = found
                continue
            if not columns or len(set(filter(None, map(str.strip, cells)))) < 2:
                continue
            row = _row(draft, cells, columns, cursor, problems)
            if row is None:
                continue
            cursor = max(cursor, row.start)
            _together(rows, row, problems)
    if not rows:
        problems.append("No recommendation was found: no table with the columns of an OHCHR matrix.")
    made = tuple(_recommendation(draft, rows[n]) for n in sorted(rows, key=numbering.natural))
    return Reading(recommendations=made, problems=tuple(problems))


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """The column of each kind where `cells` is the row of heads; empty otherwise."""
    found: dict[str, int] = {}
    for index, cell in enumerate(cells):
        if len(cell) > 120 or _NUMBER.match(cell):
            return {}
        kind = next((k for k, p in _patterns().columns.items() if k not in found and p.search(cell)), None)
        if kind == "themes" and re.match(r"\W*recommendation", cell, re.IGNORECASE):
            kind = "recommendation"
        if kind:
            found[kind] = index
    return found if "recommendation" in found and "position" in found else {}


def _cell(cells: Sequence[str], columns: Mapping[str, int], kind: str) -> str:
    index = columns.get(kind)
    return cells[index].strip() if index is not None and index < len(cells) else ""


def _row(
    draft: Draft, cells: Sequence[str], columns: Mapping[str, int], cursor: int, problems: list[str]
) -> _Row | None:
    whole = _cell(cells, columns, "recommendation")
    match = _NUMBER.match(whole)
    if not match:
        problems.append(f"A row without a number is left aside: {whole[:80]!r}.")
        return None
    number = numbering.clean(match.group(1))
    label = _patterns().labels["source"].search(whole)
    printed = " ".join(whole[match.end() : label.start() if label else len(whole)].split())
    _, given, unresolved = split_recommenders(printed)
    text = printed.strip(" ;,")
    start, end = _locate(draft.text, text, cursor)
    if start < 0:
        problems.append(f"The text of recommendation {number} was not found in the document's text.")
        start = end = 0
        text = ""
    row = _Row(number, text, start, end, list(given), list(unresolved))
    if column := _cell(cells, columns, "recommenders"):
        _name(row, column.splitlines())
    stand = _cell(cells, columns, "position")
    row.position = (
        position_named(stand) or wording(draft.identity.language).judge(stand, elliptic=True).position
    )
    if row.position is None:
        problems.append(f"Recommendation {number} has the position {stand!r}, which is not known.")
    if label:
        row.source = _source(whole[label.end() :])
    for kind, line in _tag_lines(cells, columns):
        getattr(row, kind)[_CODE.sub("", line)] = line
    return row


def _name(row: _Row, names: Sequence[str]) -> None:
    """The recommending States of a column of their own, which is surer than the brackets in the text."""
    codes = [(name.strip(), states.resolve(name.strip())) for name in names if name.strip()]
    row.recommenders = list(dict.fromkeys(code for _, code in codes if code))
    row.unresolved = [name for name, code in codes if not code]


def _source(text: str) -> tuple[str | None, str | None]:
    symbol = _SYMBOL.search(text)
    paragraphs: list[str] = _patterns().labels["paragraph"].findall(text)
    return (symbol.group() if symbol else None, paragraphs[-1] if paragraphs else None)


def _tag_lines(cells: Sequence[str], columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each tag with its kind ("themes", "groups", "sdgs"); labels in a cell change the kind for the lines
    below.
    """
    labels = _patterns().labels
    for column in ("themes", "sdgs"):
        kind = column
        for line in _cell(cells, columns, column).splitlines():
            line = line.strip()
            changed = next((k for k in ("groups", "sdgs", "themes") if labels[k].match(line)), None)
            if changed:
                kind = changed
            elif text := line.lstrip("-–•* ").strip():
                yield kind, text


def _locate(text: str, wanted: str, cursor: int) -> tuple[int, int]:
    """Where `wanted` stands in the document's text, from `cursor` on, then from the start; (-1, -1) if
    nowhere.
    """
    if not wanted:
        return -1, -1
    for begin in (cursor, 0):
        start = text.find(wanted, begin)
        if start >= 0:
            return start, start + len(wanted)
    match = re.compile(r"\s+".join(map(re.escape, wanted.split()))).search(text)
    return match.span() if match else (-1, -1)


def _together(rows: dict[str, _Row], row: _Row, problems: list[str]) -> None:
    first = rows.setdefault(row.number, row)
    if first is row:
        return
    if row.position and first.position and row.position != first.position:
        problems.append(f"Recommendation {row.number} is given as {first.position} and as {row.position}.")
    first.position = first.position or row.position
    first.themes |= row.themes
    first.groups |= row.groups
    first.sdgs |= row.sdgs


def _recommendation(draft: Draft, row: _Row) -> Recommendation:
    symbol, paragraph = row.source
    source = Source(draft.key, symbol, paragraph, None)
    position = row.position or Position.PENDING
    return Recommendation(
        document=draft.key,
        number=row.number,
        text=draft.text[row.start : row.end],
        state=draft.identity.state,
        recommenders=tuple(row.recommenders),
        position=position,
        position_source=source,
        cycle=draft.identity.cycle,
        session=draft.identity.session,
        page=draft.layout.page_at(row.start) if draft.loaded.paged else None,
        paragraph=row.number,
        start=row.start,
        end=row.end,
        unresolved=tuple(row.unresolved),
        history=(PositionStatement(row.number, position, source, date=draft.identity.date),),
        tags=_tags(row, draft.key),
    )


def _tags(row: _Row, key: str) -> Tags:
    def tags(names: Mapping[str, str]) -> tuple[Tag, ...]:
        return tuple(Tag(name, 1.0, f"tagged {printed!r} in {key}") for name, printed in names.items())

    links = [sdg(printed, f"tagged {printed!r} in {key}") for printed in row.sdgs.values()]
    kept: dict[tuple[int, str | None], SdgLink] = {}
    for link in links:
        if link:
            kept.setdefault((link.goal, link.target), link)
    return Tags(themes=tags(row.themes), groups=tags(row.groups), sdgs=tuple(kept.values()), origin=key)
