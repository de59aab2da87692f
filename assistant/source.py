"""What the assistant needs of the index, as a narrow protocol (`index.library.Library` is one)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from corpus.model import Citation, Document, Language, Paragraph
from index.filters import Facet, Order, RecommendationFilters, SearchFilters
from index.records import DocumentRef, ReviewRef, StoredAmount

if TYPE_CHECKING:
    from index.rows import Rows
    from index.search import Hit


class Library(Protocol):
    """Where documents are kept and found."""

    def search(
        self,
        query: str,
        k: int = 10,
        filters: SearchFilters | None = None,
        scope: str = ...,
        language: Language | None = None,
    ) -> Sequence[Hit]:
        """The best passages, best first."""
        ...

    def recommendations(
        self,
        filters: RecommendationFilters | None = None,
        offset: int = 0,
        limit: int | None = None,
        order: Order = Order.NUMBER,
    ) -> Rows:
        """The recommendations that match."""
        ...

    def count(self, filters: RecommendationFilters | None, by: Facet) -> Mapping[str, int]:
        """How many match, by a facet's labels."""
        ...

    def amounts(self, key: str | None = None) -> Sequence[StoredAmount]:
        """Amounts of money with the documents they stand in."""
        ...

    def documents(self) -> Sequence[DocumentRef]:
        """What is stored."""
        ...

    def reviews(self) -> Sequence[ReviewRef]:
        """The reviews of which recommendations are stored."""
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

    def words(self, key: str, start: int, end: int) -> str:
        """The stored words at these offsets."""
        ...

    def citation(self, key: str, start: int, end: int) -> Citation:
        """A verified slice of a stored text."""
        ...
