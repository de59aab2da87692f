"""Reports of the Working Group in Spanish and Russian, in our own words: who they are on, what is recommended, positions."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Kind, Position
from corpus.parse import parse

REPORTS = Path(__file__).parent / "working_group"


@pytest.mark.parametrize(
    ("language", "state", "symbol"), [("es", "URY", "A/HRC/50/90"), ("ru", "BLR", "A/HRC/50/91")]
)
def test_a_report_in_spanish_and_russian(language: str, state: str, symbol: str) -> None:
    document = parse(REPORTS / f"report.{language}.txt")
    assert (document.kind, document.language, document.symbol) == (Kind.UPR_OUTCOME, language, symbol)
    assert (document.state, document.cycle) == (state, 3)
    assert [(one.number, one.position, one.recommenders) for one in document.recommendations] == [
        ("8.1", Position.SUPPORTED, ("NOR",)),
        ("8.2", Position.SUPPORTED, ("PRT", "PRY")),
        ("9.1", Position.NOTED, ("PHL",)),
        ("10.1", Position.PENDING, ("ESP", "FRA")),
    ]
