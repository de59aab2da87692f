"""Recommendations as files: csv, xlsx (a summary and a sheet a theme) and docx in the layout of OHCHR's matrix.

Headings, names of States, positions and tags are in a language of the pages; texts stay as the documents have them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from corpus.model import Language, Recommendation
from ui.errors import Unwritable
from ui.export.cells import heading, inert, row
from ui.export.matrix import as_docx
from ui.export.sheets import as_xlsx

__all__ = ["FORMATS", "MEDIA_TYPES", "as_csv", "as_docx", "as_xlsx", "save", "write"]


class Write(Protocol):
    """Writes recommendations in one format; `symbols` are those of their documents, by key."""

    def __call__(
        self,
        recs: Sequence[Recommendation],
        symbols: Mapping[str, str],
        language: Language = Language.ENGLISH,
    ) -> bytes: ...


def as_csv(
    recs: Sequence[Recommendation], symbols: Mapping[str, str], language: Language = Language.ENGLISH
) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads every script; no cell is run as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading(language))
    for rec in recs:
        writer.writerow(
            [inert(cell) if isinstance(cell, str) else cell for cell in row(rec, symbols, language)]
        )
    return out.getvalue().encode("utf-8-sig")


FORMATS: Mapping[str, Write] = {"csv": as_csv, "xlsx": as_xlsx, "docx": as_docx}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write(
    recs: Sequence[Recommendation],
    chosen: str,
    output: Path,
    symbols: Mapping[str, str],
    language: Language = Language.ENGLISH,
) -> None:
    """Write `recs` to `output` in the format `chosen`, a key of `FORMATS`. Raises `Unwritable`."""
    save(FORMATS[chosen](recs, symbols, language), output)


def save(content: bytes, output: Path) -> None:
    """Write a file. Raises `Unwritable`."""
    try:
        output.write_bytes(content)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unwritable(
            f"{str(output)!r} cannot be written: {reason}.", "Name another file with -o."
        ) from error
