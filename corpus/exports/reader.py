"""Opening an export: which it is by its content, its rows as a stream, and what is wrong with them."""

from __future__ import annotations

import csv
import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import ijson

from corpus.errors import Damaged, UnknownType
from corpus.exports.fields import BadRow, Reading, Row, columns, plain, recommendation
from corpus.model import Document, Kind, Language, Recommendation

MOST_PROBLEMS = 200
"""Bad rows listed one by one; beyond it they are only counted, so that a broken file stays readable."""

_HEAD = 65536


class ExportKind(StrEnum):
    """The exports that are read."""

    UHRI_JSON = "uhri_json"
    UHRI_XLSX = "uhri_xlsx"
    UPR_INFO_CSV = "upr_info_csv"


_TITLES = {
    ExportKind.UHRI_JSON: "Export of the Universal Human Rights Index (JSON)",
    ExportKind.UHRI_XLSX: "Export of the Universal Human Rights Index (xlsx)",
    ExportKind.UPR_INFO_CSV: "Export of UPR Info's database (csv)",
}


@dataclass(slots=True)
class Export:
    """An opened export. `problems` fills while `recommendations` is read; `aside` names unknown columns."""

    kind: ExportKind
    document: Document
    recommendations: Iterator[Recommendation]
    problems: list[str]
    aside: tuple[str, ...] = ()


def _plain_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def sniff(path: Path) -> ExportKind | None:
    """Which export a file is, by its content; None where it is none of them."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if head.startswith(b"PK"):
        return ExportKind.UHRI_XLSX if _is_workbook(path) else None
    text = head.decode("utf-8-sig", "replace").lstrip()
    if text.startswith(("[", "{")):
        keys = {_plain_name(k) for k in re.findall(r'"([A-Za-z]{2,40})"\s*:', text)}
        known = {"annotationid", "annotationtype", "uprcycle", "uprpositions", "uprrecommendingcountry"}
        return ExportKind.UHRI_JSON if len(keys & known) >= 2 and "text" in keys else None
    if "\0" in text or not text:
        return None  # binary, or nothing: no table of text
    first_line = text.splitlines()[0]
    first = next(csv.reader([first_line], delimiter=_delimiter(first_line)), [])
    heads = {_plain_name(h) for h in first}
    table = columns()[ExportKind.UPR_INFO_CSV]
    hits = sum(
        1
        for name, spellings in table.items()
        if name != "ignored" and heads & {_plain_name(s) for s in spellings}
    )
    return ExportKind.UPR_INFO_CSV if hits >= 4 and len(first) >= 4 else None


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return False
        heads = next(_sheet_rows(path), (1, ()))[1]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        return False
    names = {_plain_name(plain(h)) for h in heads}
    return (
        "text" in names
        and len(names & {"countriesconcerned", "uprposition", "uprsession", "documentsymbol"}) >= 2
    )


def open_export(path: Path) -> Export:
    """The export in a file; its recommendations are read as they are asked for, in bounded memory.

    Raises `UnknownType` where it is no export that is known, or lacks a column that it needs.
    """
    kind = sniff(path)
    if kind is None:
        raise UnknownType(
            f"{path.name!r} is no export of UHRI (JSON, xlsx) or UPR Info (csv).",
            "Keep the first row with the names of the columns, or add the UN documents themselves.",
        )
    sha256 = _sha256(path)
    key = f"{kind.replace('_', '-')}-{sha256[:8]}"
    document = Document(
        key=key,
        symbol=None,
        title=_TITLES[kind],
        kind=Kind.OTHER,
        language=Language.ENGLISH,
        text="",
        sha256=sha256,
        source=str(path),
        body="UPR",
    )
    problems: list[str] = []
    rows: Iterator[Row]
    if kind is ExportKind.UHRI_JSON:
        names, aside = _mapping(kind, _json_keys(path), path, problems)
        rows = _json_rows(path, names, problems)
    else:
        lines = _sheet_rows(path) if kind is ExportKind.UHRI_XLSX else _csv_rows(path, problems)
        heads = [plain(h) for h in next(lines)[1]]
        names, aside = _mapping(kind, heads, path, problems)
        rows = _table_rows(lines, heads, names, problems)
    reading = Reading(key=key, origin=key)
    return Export(kind, document, _recommendations(rows, reading, problems), problems, aside)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mapping(
    kind: ExportKind, heads: list[str], path: Path, problems: list[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """From the file's names of columns to ours; what drifted is put into `problems` by name."""
    table = columns()[kind]
    by_plain = {_plain_name(h): h for h in heads if h}
    names: dict[str, str] = {}
    for ours, spellings in table.items():
        if ours in ("required", "ignored"):
            continue
        found = next((s for s in spellings if _plain_name(s) in by_plain), None)
        if found is None:
            problems.append(f"The column {spellings[0]!r} is missing.")
            continue
        names[by_plain[_plain_name(found)]] = ours
        if by_plain[_plain_name(found)] != spellings[0]:
            problems.append(f"The column {by_plain[_plain_name(found)]!r} is read as {spellings[0]!r}.")
    optional = {"The column 'UPR Cycle' is missing."}
    problems[:] = [p for p in problems if p not in optional]
    missing = [
        n
        for n in table["required"]
        if not set(names.values())
        & {k for k, v in table.items() if n in v and k not in ("required", "ignored")}
    ]
    if missing:
        raise UnknownType(
            f"{path.name!r} has no column {', '.join(map(repr, missing))}; it has {', '.join(map(repr, heads[:20]))}.",
            "Export it again with these columns.",
        )
    ignored = {_plain_name(s) for s in table["ignored"]}
    aside = tuple(h for h in heads if h and h not in names and _plain_name(h) not in ignored)
    if aside:
        problems.append(f"Unknown columns are kept aside: {', '.join(map(repr, aside))}.")
    return names, aside


def _json_prefix(path: Path) -> str:
    """Where the objects are: an array of them, an object that holds the array, or one object a line."""
    with path.open("rb") as file:
        for prefix, event, _ in ijson.parse(file, multiple_values=True):
            if event == "start_array" and prefix == "":
                return "item"
            if event == "start_array" and "." not in prefix and prefix not in _ARRAYS:
                return f"{prefix}.item"
            if event == "end_map" and prefix == "":
                return ""
    return "item"


_ARRAYS = {"Countries", "Regions", "Themes", "AffectedPersons", "Sdgs", "UprSession", "UprPositions",
           "UprRecommendingCountry", "UprRecommendingRegions", "UprCycle"}  # fmt: skip


def _json_objects(path: Path) -> Iterator[object]:
    prefix = _json_prefix(path)
    with path.open("rb") as file:
        yield from ijson.items(file, prefix, multiple_values=True, use_float=True)


def _json_keys(path: Path) -> list[str]:
    """The names of the first hundred objects' values, in order."""
    names: dict[str, None] = {}
    try:
        for index, item in enumerate(_json_objects(path)):
            if isinstance(item, dict):
                names.update(dict.fromkeys(item))
            if index >= 100:
                break
    except (ijson.JSONError, UnicodeDecodeError) as error:
        if not names:
            raise Damaged(f"{path.name!r} is not well-formed JSON: {error}.", "Download it again.") from error
    return list(names)


def _json_rows(path: Path, names: dict[str, str], problems: list[str]) -> Iterator[Row]:
    count = 0
    try:
        for count, item in enumerate(_json_objects(path), start=1):
            if not isinstance(item, dict):
                _note(problems, f"object {count}: not an object but {type(item).__name__}")
                continue
            yield Row({names[k]: v for k, v in item.items() if k in names}, f"object {count}")
    except (ijson.JSONError, UnicodeDecodeError) as error:
        problems.append(
            f"after object {count}: the JSON breaks off ({error}); what stands before it was read."
        )


def _sheet_rows(path: Path) -> Iterator[tuple[int, list[object]]]:
    import openpyxl  # takes as long as the whole package otherwise, and few files are workbooks

    with path.open("rb") as file:  # openpyxl judges a path by its ending, an open file by its content
        workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            for line, cells in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
                yield line, list(cells)
        finally:
            workbook.close()


def _csv_rows(path: Path, problems: list[str]) -> Iterator[tuple[int, list[object]]]:
    encoding = _encoding(path)
    if encoding != "utf-8-sig":
        problems.append("The file is not UTF-8; it is read as Windows-1252.")
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        start = 1
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                _note(problems, f"line {reader.line_num}: {error}")
                continue
            if cells is None:
                return
            yield start, list(cells)
            start = reader.line_num + 1


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        for line in file:
            try:
                line.decode("utf-8-sig")
            except UnicodeDecodeError:
                return "cp1252"
    return "utf-8-sig"


def _table_rows(
    lines: Iterator[tuple[int, list[object]]], heads: list[str], names: dict[str, str], problems: list[str]
) -> Iterator[Row]:
    for line, cells in lines:
        if not any(plain(c) for c in cells):
            continue
        if len(cells) > len(heads) and any(plain(c) for c in cells[len(heads) :]):
            _note(problems, f"line {line}: {len(cells)} values for {len(heads)} columns")
            continue
        yield Row({names[h]: v for h, v in zip(heads, cells, strict=False) if h in names}, f"line {line}")


def _note(problems: list[str], problem: str) -> None:
    if len(problems) < MOST_PROBLEMS:
        problems.append(problem)
    elif len(problems) == MOST_PROBLEMS:
        problems.append("More rows could not be read; they are not listed.")


def _recommendations(rows: Iterator[Row], reading: Reading, problems: list[str]) -> Iterator[Recommendation]:
    others = 0
    for row in rows:
        if not _is_upr(row):
            others += 1
            continue
        try:
            found = recommendation(row, reading)
        except BadRow as error:
            _note(problems, f"{row.place}: {error}")
            continue
        yield found
    if others:
        problems.append(
            f"{others} rows are not UPR recommendations (concerns, treaty bodies, …) and were passed over."
        )


def _is_upr(row: Row) -> bool:
    kind = plain(row.values.get("type")).casefold()
    body = plain(row.values.get("body")).casefold()
    return (not kind or kind.startswith("recommendation")) and (
        not body or body.startswith(("upr", "universal periodic review"))
    )
