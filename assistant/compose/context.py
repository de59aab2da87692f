"""What every composer needs: the plan, the shelf, the phrases, and citations built from rows and passages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.compose import words
from assistant.compose.messages import Phrases
from assistant.plan import Plan
from assistant.scope import Shelf
from assistant.source import Library
from corpus.model import Citation, Paragraph, Recommendation, Source
from index.records import DocumentRef


@dataclass(frozen=True, slots=True)
class Context:
    """A plan with what it is answered from and in which words."""

    plan: Plan
    library: Library
    shelf: Shelf
    phrases: Phrases

    def of(self, row: Recommendation) -> Citation:
        """The citation of a recommendation: its text where it stands."""
        document = self.shelf.document(row.document)
        return Citation(
            document=row.document,
            symbol=document.symbol if document else None,
            paragraph=row.number,
            page=row.page,
            quote=row.text,
            start=row.start,
            end=row.end,
            url=document.url if document else None,
            digest=bool(document and document.digest),
        )

    def of_span(
        self, document: DocumentRef, paragraph: Paragraph, start: int = 0, end: int | None = None
    ) -> Citation:
        """The citation of a stretch of a paragraph; `start` and `end` are offsets within its text."""
        stop = len(paragraph.text) if end is None else end
        return Citation(
            document=document.key,
            symbol=document.symbol,
            paragraph=paragraph.number,
            page=paragraph.page,
            quote=paragraph.text[start:stop],
            start=paragraph.start + start,
            end=paragraph.start + stop,
            url=document.url,
            digest=document.digest,
        )

    def of_source(self, source: Source, number: str) -> Citation | None:
        """The citation of the paragraph that a position was read in, at the recommendation's number if it is there."""
        document = self.shelf.document(source.document)
        if document is None or not source.paragraph:
            return None
        for paragraph in self.library.paragraphs(document.key):
            if paragraph.number == source.paragraph:
                return self.of_span(document, paragraph, *_around(paragraph.text, number))
        return None

    def name(self, key: str) -> str:
        """How a document is named: its symbol, else its title."""
        document = self.shelf.document(key)
        return key if document is None else document.symbol or document.title

    def hearing(self, words: str) -> Context:
        """The context with only those words of the topic that narrowed the rows."""
        return self if words == self.plan.text else replace(self, plan=replace(self.plan, text=words))

    def described(self) -> str:
        """The plan's filters in one line."""
        return words.filtered(self.plan, self.phrases)


_WINDOW = 160


def _around(text: str, number: str) -> tuple[int, int]:
    """A stretch of a long paragraph around a number; the whole of a short one."""
    if len(text) <= 2 * _WINDOW:
        return 0, len(text)
    place = text.find(number)
    if place < 0:
        return 0, text.rfind(" ", 0, 2 * _WINDOW)
    start = 0 if place < _WINDOW else text.find(" ", place - _WINDOW) + 1
    end = text.rfind(" ", place, place + _WINDOW)
    return start, end if end > place else len(text)
