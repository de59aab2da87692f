"""What a reader of one kind of document gets, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.layout import Layout
from corpus.load import Loaded
from corpus.model import (
    Amount,
    Kind,
    Language,
    Paragraph,
    PositionStatement,
    Recommendation,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document says about itself: see `corpus.model.Document` for the fields.

    `previous` are the symbols it was issued under before ("Previously issued under document symbol …").
    """

    symbol: str | None
    title: str
    kind: Kind
    language: Language
    body: str | None = None
    date: str | None = None
    session: str | None = None
    state: str | None = None
    cycle: int | None = None
    url: str | None = None
    previous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A document half-way: identified and cut into paragraphs, its recommendations and figures not yet read."""

    key: str
    identity: Identity
    loaded: Loaded
    layout: Layout
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The normalised text that every offset indexes."""
        return self.layout.text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader of one kind found. `paragraphs` replaces the draft's where it is not None."""

    paragraphs: tuple[Paragraph, ...] | None = None
    recommendations: tuple[Recommendation, ...] = ()
    positions: tuple[PositionStatement, ...] = ()
    amounts: tuple[Amount, ...] = ()
    problems: tuple[str, ...] = ()
