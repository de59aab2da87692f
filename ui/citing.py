"""How a citation names its place, wherever it is written: "A/HRC/43/15, para. 122.76, p. 18"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.answer import AnswerCitation


def place(citation: AnswerCitation) -> str:
    """Document, paragraph and page, as footnotes of UN documents name them."""
    parts = [citation.symbol or citation.key]
    parts += [f"para. {citation.paragraph}"] if citation.paragraph else []
    parts += [f"p. {citation.page}"] if citation.page else []
    return ", ".join(parts)


def note(citation: AnswerCitation) -> str:
    """A footnote: the place, the quote, the official address."""
    digest = "(digest) " if citation.digest else ""
    address = f" {citation.url}" if citation.url else ""
    return f"{place(citation)}: {digest}“{citation.quote}”{address}"
