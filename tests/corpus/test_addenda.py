"""Whole addenda in the conventions that States use, in our own words: see `addenda/`, one file each."""

from __future__ import annotations

import re
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
