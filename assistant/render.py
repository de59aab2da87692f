"""A verified draft to text: citations numbered in reading order, quotes marked, tables in Markdown."""

from __future__ import annotations

import re

from assistant.answer import AnswerCitation
from assistant.draft import Draft, Quote, Row, Statement, Table
from corpus.model import Citation

_MARK = re.compile("⟦(\\d+)⟧")
_SPACES = re.compile(r"\s+")


class Numbering:
    """Numbers for citations, each quote once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.citations: list[AnswerCitation] = []

    def of(self, citation: Citation) -> int:
        """The number of a citation."""
        at = (citation.document, citation.start, citation.end)
        if at not in self._numbers:
            self._numbers[at] = len(self._numbers) + 1
            self.citations.append(
                AnswerCitation(
                    self._numbers[at], citation.document, citation.symbol, citation.paragraph, citation.page,
                    citation.quote, citation.start, citation.end, citation.url, citation.digest,
                )
            )  # fmt: skip
        return self._numbers[at]


def shown(quote: str) -> str:
    """A quote on one line: only white space differs from the source."""
    return _SPACES.sub(" ", quote).strip()


def render(draft: Draft) -> tuple[str, tuple[AnswerCitation, ...]]:
    """The answer's text and its citations."""
    numbering = Numbering()
    blocks: list[str] = []
    for part in draft.parts:
        match part:
            case Statement():
                numbers = [numbering.of(citation) for citation in part.cites if _cited(part, citation)]
                del numbers
                blocks.append(_statement(part, numbering))
            case Quote():
                blocks.append(
                    f"{part.lead}“{shown(part.cite.quote)}”{part.trail} [{numbering.of(part.cite)}]"
                )
            case Table():
                blocks.append(_table(part, numbering))
    return "\n\n".join(block for block in blocks if block), tuple(numbering.citations)


def _cited(part: Statement, citation: Citation) -> bool:
    place = part.cites.index(citation)
    return f"⟦{place}⟧" in part.text


def _statement(part: Statement, numbering: Numbering) -> str:
    text = _MARK.sub(lambda match: f"[{numbering.of(part.cites[int(match.group(1))])}]", part.text)
    return _SPACES.sub(" ", text).strip() if "\n" not in text else text.strip()


def _table(part: Table, numbering: Numbering) -> str:
    lines = ["| " + " | ".join(part.header) + " | |", "|" + "---|" * (len(part.header) + 1)]
    lines += [_row(row, numbering) for row in part.rows]
    return "\n".join(lines)


def _row(row: Row, numbering: Numbering) -> str:
    quote = shown(row.cite.quote) if row.cite else ""
    cells = [f"“{quote}”" if cell is None else cell for cell in row.cells]
    mark = f"[{numbering.of(row.cite)}]" if row.cite else ""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + f" | {mark} |"
