"""What the assistant needs of the index, as a narrow protocol (`index.library.Library` is one)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from corpus.model import Citation, Document, Language, Paragraph, Recommendation
from index.filters import Facet, Order, RecommendationFilters, SearchFilters
from index.records import DocumentRef, StoredAmount


class Hit(Protocol):
    """A passage or recommendation that a search found."""

    @property
    def key(self) -> str: ...
    @property
    def symbol(self) -> str | None: ...
    @property
    def paragraph(self) -> str | None: ...
    @property
    def page(self) -> int | None: ...
    @property
    def text(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def language(self) -> Language | str: ...
    @property
    def digest(self) -> bool: ...
    @property
    def url(self) -> str | None: ...
    @property
    def state(self) -> str | None: ...
    @property
    def kind(self) -> str: ...


class Rows(Protocol):
    """Recommendations that match, and how many there are in all."""

    @property
    def total(self) -> int: ...
    @property
    def recommendations(self) -> tuple[Recommendation, ...]: ...


class Library(Protocol):
    """Where documents are kept and found."""

    def search(
        self,
        query: str,
        k: int = 10,
        filters: SearchFilters = ...,
        scope: str = ...,
        language: Language | None = None,
    ) -> Sequence[Hit]:
        """The best passages, best first."""
        ...

    def recommendations(
        self, filters: RecommendationFilters, offset: int = 0, limit: int | None = None, order: Order = ...
    ) -> Rows:
        """The recommendations that match."""
        ...

    def count(self, filters: RecommendationFilters, by: Facet) -> Mapping[str, int]:
        """How many match, by a facet's labels."""
        ...

    def amounts(self, key: str | None = None) -> Sequence[StoredAmount]:
        """Amounts of money with the documents they stand in."""
        ...

    def documents(self) -> Sequence[DocumentRef]:
        """What is stored."""
        ...

    def document(self, key: str) -> Document:
        """A stored document with its text."""
        ...

    def paragraph(self, key: str, number: str) -> Paragraph:
        """A paragraph by its printed number."""
        ...

    def paragraphs(self, key: str) -> Sequence[Paragraph]:
        """All paragraphs of a document."""
        ...

    def citation(self, key: str, start: int, end: int) -> Citation:
        """A verified slice of a stored text."""
        ...
