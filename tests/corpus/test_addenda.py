"""Whole addenda in the conventions that States use, in our own words: see `addenda/`, one file each."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import states
from corpus.model import Document, Kind, Position
from corpus.numbering import expand
from corpus.parse import parse

FOLDER = Path(__file__).parent / "addenda"
FILES = sorted(FOLDER.glob("*.txt"))
CODES = {"S": Position.SUPPORTED, "N": Position.NOTED, "P": Position.PARTIALLY_SUPPORTED}
MASTHEADS = {f.stem: f.read_text(encoding="utf-8") for f in (FOLDER / "mastheads").glob("*.txt")}


def _case(path: Path) -> tuple[dict[str, str], str]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def _expected(line: str) -> dict[str, str]:
    """`118.1-3 118.7 S; 118.4 N+` -> a code for each number; quoted texts stand for themselves."""
    wanted: dict[str, str] = {}
    for group in re.split(r";\s+", line):
        words, _, code = group.rpartition(" ")
        for item in re.findall(r'"[^"]+"|\S+', words):
            first, dash, last = item.partition("-")
            for number in expand(first, last) if dash and not item.startswith('"') else (item,):
                wanted[number.strip('"')] = code
    return wanted


def _found(document: Document) -> dict[str, str]:
    codes = {position: code for code, position in CODES.items()}
    found = {p.number: codes[p.position] + ("+" if p.implemented else "") for p in document.positions}
    return found | {
        r.text: codes[r.position] + ("+" if r.implemented else "") for r in document.recommendations
    }


@pytest.mark.parametrize("path", FILES, ids=[f.stem for f in FILES])
def test_every_position_of_an_addendum_is_read(path: Path, tmp_path: Path) -> None:
    head, body = _case(path)
    file = tmp_path / "addendum.txt"
    file.write_text(
        MASTHEADS[head.get("Language", "en")].format(state=head["State"]) + body, encoding="utf-8"
    )
    document = parse(file)
    assert (document.kind, document.language.value) == (Kind.UPR_ADDENDUM, head.get("Language", "en"))
    assert document.state == states.resolve(head["State"])
    assert _found(document) == _expected(head["Expected"])


def _printed(masthead: str, body: str) -> list[list[tuple]]:
    """The addendum as pages: lines of some ninety signs, headings larger and bold, the symbol on top of each page."""
    pages: list[list[tuple]] = [[]]
    y = 760

    def put(text: str, size: int = 10, font: str = "R") -> None:
        nonlocal y
        if y < 80:
            pages.append([(60, 800, "A/HRC/99/7/Add.1", 9, "B")])
            y = 740
        pages[-1].append((113, y, text, size, font))
        y -= 12

    for line in masthead.splitlines():
        if line.strip():
            put(line)
        else:
            y -= 10
    for block in body.strip().split("\n\n"):
        heading = len(block) < 120 and re.match(r"[\d•]", block) is None and block[-1] not in ".;:"
        for line in (part for piece in block.splitlines() for part in textwrap.wrap(piece, 88)):
            put(line.replace("œ", "oe"), 12 if heading else 10, "B" if heading else "R")
        y -= 8
    return pages


# Their headings of one line each come closer in these pages than they are printed, and run together.
RUN_TOGETHER = ("15-answers", "37-each")
PRINTED = [
    f
    for f in FILES
    if _case(f)[0].get("Language", "en") in {"en", "fr", "es"} and not f.stem.startswith(RUN_TOGETHER)
]


@pytest.mark.parametrize("path", PRINTED, ids=[f.stem for f in PRINTED])
def test_every_position_is_read_from_the_printed_page(path: Path, make_pdf: Callable[..., Path]) -> None:
    head, body = _case(path)
    masthead = MASTHEADS[head.get("Language", "en")].format(state=head["State"])
    assert _found(parse(make_pdf(*_printed(masthead, body)))) == _expected(head["Expected"])
