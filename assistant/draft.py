"""A draft answer as parts, before it is verified: each part knows its citations and where its numbers come from.

In texts a citation is a mark `⟦i⟧`, i being its place in the part's `cites`; rendering turns it into `[n]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from assistant.plan import Decline
from corpus.model import Citation


class Operation(StrEnum):
    """How a figure follows from its inputs; `verify` does the sum again."""

    GIVEN = "given"
    COUNT = "count"
    SUM = "sum"
    SHARE = "share"
    LARGEST = "largest"
    SMALLEST = "smallest"
    RANK = "rank"
    DIFFERENCE = "difference"
    AVERAGE = "average"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the answer: its value, its unit, how it was computed in words, and from what.

    For `count`, `inputs` is empty and `rows` the number of rows counted. For `share` inputs are part and whole, for
    `difference` the greater and the smaller, for `rank` the value and then all values.
    """

    value: Decimal
    unit: str
    how: str
    operation: Operation
    inputs: tuple[Decimal, ...] = ()
    rows: int | None = None

    def to_json(self) -> dict[str, object]:
        """As design.md's figures."""
        whole = self.value == self.value.to_integral_value()
        return {"value": int(self.value) if whole else float(self.value), "unit": self.unit, "how": self.how}


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence. `factual` ones need a citation; `allowed` are numbers it may hold beside figures and quotes."""

    text: str
    cites: tuple[Citation, ...] = ()
    factual: bool = True
    allowed: tuple[str, ...] = ()

    @classmethod
    def cited(
        cls, text: str, cites: Sequence[Citation], allowed: tuple[str, ...] = (), marks: int | None = None
    ) -> Statement:
        """A sentence with the marks of its citations behind it; of the first `marks` only, where that is given."""
        return cls(f"{text} {cite(*range(len(cites[:marks])))}", tuple(cites), allowed=allowed)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim quote with its citation; `lead` is what stands before it (a number, a name)."""

    cite: Citation
    lead: str = ""
    trail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, and the citation behind it. A cell that is the citation's quote is `None`."""

    cells: tuple[str | None, ...]
    cite: Citation | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; every row is cited, or its numbers are figures of the draft."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    computed: bool = False


Part = Statement | Quote | Table


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer to be verified. `heard` are the words of the question that narrowed its rows, where any were read."""

    parts: tuple[Part, ...]
    figures: tuple[Figure, ...] = ()
    recommendations: tuple[tuple[str, str], ...] = ()
    decline: Decline | None = None
    confidence: float = 1.0
    follow_ups: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    heard: str | None = None


def cite(*places: int) -> str:
    """Marks for the citations at these places of a part."""
    return "".join(f"⟦{place}⟧" for place in places)
