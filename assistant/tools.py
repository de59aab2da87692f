"""The tools a language model gets: search, rows, amounts, document, tag. The same library, the same exact rows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from assistant.draft import Figure, Operation
from assistant.evidence import Evidence
from corpus import states
from corpus.errors import UprError
from corpus.model import Citation, Recommendation
from index.filters import RecommendationFilters, SearchFilters

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

    from assistant.compose.context import Context

_HITS, _ROWS, _AMOUNTS = 6, 15, 60


class Toolbox:
    """The tools over one library, putting what they find into one answer's evidence."""

    def __init__(self, context: Context, evidence: Evidence) -> None:
        self._context = context
        self._evidence = evidence
        self.recommendations: dict[tuple[str, str], None] = {}

    def search(self, query: str) -> str:
        """Find passages of the stored documents by words and meaning. Gives up to six, each with its key."""
        keys = []
        for hit in self._context.library.search(query, k=_HITS, filters=SearchFilters(), scope="paragraphs"):
            citation = Citation(
                hit.key,
                hit.symbol,
                hit.paragraph,
                hit.page,
                hit.text,
                hit.start,
                hit.end,
                hit.url,
                hit.digest,
            )
            keys.append(self._evidence.add(citation))
        return self._evidence.shown(keys)

    def rows(
        self,
        state_under_review: str = "",
        recommending_state: str = "",
        cycle: int = 0,
        position: str = "",
        theme: str = "",
        words: str = "",
    ) -> str:
        """List recommendations exactly. States by name; position: supported, noted, pending or partially_supported."""
        wanted = RecommendationFilters(
            state=_code(state_under_review),
            by=_code(recommending_state),
            cycle=(cycle,) if cycle else (),
            position=(position,) if position else (),
            theme=(theme,) if theme else (),
            text=(words,) if words else (),
        )
        found = self._context.library.recommendations(wanted, limit=_ROWS)
        self._evidence.figures.append(_count(found.total, wanted))
        keys = [self.row(row) for row in found.recommendations]
        return f"total: {found.total}\n{self._evidence.shown(keys)}"

    def row(self, row: Recommendation) -> str:
        """The key of a recommendation as evidence."""
        self.recommendations[(row.document, row.number)] = None
        by = ", ".join(states.name(code) for code in row.recommenders)
        reviewed = states.name(row.state) if row.state else "—"
        facts = (
            f"recommendation {row.number} to {reviewed}, cycle {row.cycle}, by {by}, position {row.position}"
        )
        return self._evidence.add(self._context.of(row), facts, row)

    def amounts(self, words: str = "") -> str:
        """List amounts of money in tables, those whose row or period holds the words."""
        from assistant.compose.money.cells import cell

        keys = []
        found = [
            row
            for row in self._context.library.amounts()
            if words.lower() in f"{row.row} {row.period} {row.table}".lower()
        ]
        for row in found[:_AMOUNTS]:
            self._evidence.figures.append(
                Figure(row.value, row.currency, row.row, Operation.GIVEN, (row.value,))
            )
            keys.append(
                self._evidence.add(
                    cell(self._context, row), f"{row.row}, {row.period}: {row.value} {row.currency}"
                )
            )
        return self._evidence.shown(keys)

    def document(self, symbol: str, paragraph: str) -> str:
        """Read one paragraph of a document, by the document's symbol and the paragraph's number."""
        named = self._context.shelf.named(symbol)
        if not named:
            return f"no document {symbol!r} is stored"
        found = self._context.library.paragraph(named[0].key, paragraph)
        return self._evidence.shown([self._evidence.add(self._context.of_span(named[0], found))])

    def tag(self, text: str) -> str:
        """Name the themes, groups and goals that a text is about."""
        from corpus.tag import tag

        found = tag([text])[0]
        named = [*(one.name for one in found.themes), *(one.name for one in found.groups)]
        return ", ".join([*named, *(f"SDG {link.target or link.goal}" for link in found.sdgs)]) or "nothing"

    def bound(self) -> list[BaseTool]:
        """The tools as LangChain takes them."""
        from langchain_core.tools import StructuredTool

        return [
            StructuredTool.from_function(_safe(run), name=run.__name__, description=run.__doc__ or "")
            for run in self._all()
        ]

    def call(self, name: str, arguments: dict[str, Any]) -> str:
        """The result of a tool by name; a misuse comes back as words the model can act on."""
        tool = {run.__name__: run for run in self._all()}.get(name)
        if tool is None:
            return f"there is no tool {name!r}"
        try:
            return tool(**arguments)
        except (TypeError, ValueError, UprError) as problem:
            return f"the tool could not do this: {problem}"

    def _all(self) -> list[Callable[..., str]]:
        return [self.search, self.rows, self.amounts, self.document, self.tag]


def _safe(run: Callable[..., str]) -> Callable[..., str]:
    return run


def _code(name: str) -> tuple[str, ...]:
    if not name:
        return ()
    code = states.resolve(name)
    if code is None:
        raise ValueError(f"no State is called {name!r}")
    return (code,)


def _count(total: int, wanted: RecommendationFilters) -> Figure:
    said = ", ".join(
        f"{name} {value}"
        for name, value in (
            (n, getattr(wanted, n)) for n in ("state", "by", "cycle", "position", "theme", "text")
        )
        if value
    )
    return Figure(
        Decimal(total),
        "recommendations",
        f"counted over the rows that match: {said}",
        Operation.COUNT,
        rows=total,
    )
