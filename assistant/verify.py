"""The one place that every answer passes, whoever wrote it.

- a citation's quote is the stored text at its offsets, else the citation is dropped;
- a factual sentence without a citation left is dropped;
- a number is in a cited span, is a figure of the draft (recomputed here), or was given by the question's plan;
- what is dropped is counted and reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from assistant.draft import Draft, Figure, Operation, Part, Quote, Row, Statement, Table
from corpus.model import Citation

Check = Callable[[Citation], bool]

_MARK = re.compile("⟦(\\d+)⟧")
# A number with its grouping: digits joined by one space, comma, point or apostrophe before three digits.
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u202f,.'’٬]\d{3})+(?:[.,٫]\d+)?(?!\d)|\d+(?:[.,٫]\d+)?")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SHARE_PLACES = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Verified:
    """A draft of which everything left holds; `dropped` says in words what did not."""

    draft: Draft
    dropped: tuple[str, ...] = ()


def readings(token: str) -> set[Decimal]:
    """The values a printed number can have: "1.300" is 1300 and 1.3, according to the language."""
    plain = token.translate(_DIGITS)
    found: set[Decimal] = set()
    for candidate in (
        re.sub(r"[ \u00a0\u202f,.'’٬٫]", "", plain),
        re.sub(r"[ \u00a0\u202f,'’٬]", "", plain).replace("٫", "."),
        re.sub(r"[ \u00a0\u202f.'’٬]", "", plain).replace(",", ".").replace("٫", "."),
    ):
        try:
            found.add(Decimal(candidate).normalize())
        except InvalidOperation:
            continue
    return found


def numbers(text: str) -> list[str]:
    """The numbers printed in a text, as printed."""
    return _NUMBER.findall(text.translate(_DIGITS))


def recomputed(figure: Figure) -> bool:
    """Whether a figure follows from its inputs."""
    values = figure.inputs
    match figure.operation:
        case Operation.COUNT:
            return figure.rows is not None and figure.value == figure.rows
        case Operation.GIVEN:
            return values == (figure.value,)
        case Operation.SUM:
            return bool(values) and figure.value == sum(values)
        case Operation.SHARE:
            whole = values[1] if len(values) == 2 else Decimal(0)
            return whole != 0 and abs(figure.value - values[0] / whole * 100) <= Decimal("0.05")
        case Operation.LARGEST:
            return bool(values) and figure.value == max(values)
        case Operation.SMALLEST:
            return bool(values) and figure.value == min(values)
        case Operation.RANK:
            return bool(values) and figure.value == 1 + sum(value > values[0] for value in values[1:])
        case Operation.DIFFERENCE:
            return len(values) == 2 and figure.value == values[0] - values[1]
        case Operation.AVERAGE:
            return bool(values) and abs(figure.value - sum(values, Decimal(0)) / len(values)) <= _SHARE_PLACES


def _known(texts: Iterable[str]) -> set[Decimal]:
    return {value for text in texts for token in numbers(text) for value in readings(token)}


def unsupported(
    text: str, spans: Iterable[str], figures: Iterable[Figure], allowed: Iterable[str] = ()
) -> list[str]:
    """The numbers in a text that neither a span, nor a figure, nor the question gives."""
    known = _known((*spans, *allowed))
    for figure in figures:
        known.add(figure.value.normalize())
        known.add(abs(figure.value).normalize())
        known |= _known([figure.how])
        known |= {abs(value).normalize() for value in figure.inputs}
    bare = _MARK.sub("", text)
    return [token for token in numbers(bare) if not readings(token) & known]


def verify(draft: Draft, check: Check) -> Verified:
    """The draft without what does not hold. `check` compares a citation with the stored text."""
    dropped: list[str] = []
    figures = tuple(figure for figure in draft.figures if recomputed(figure))
    dropped += [f"figure {figure.value} ({figure.how})" for figure in draft.figures if figure not in figures]
    known: dict[Citation, bool] = {}

    def holds(citation: Citation) -> bool:
        if citation not in known:
            known[citation] = check(citation)
        return known[citation]

    parts: list[Part] = []
    for part in draft.parts:
        match part:
            case Statement():
                kept: Part | None = _statement(part, holds, figures)
            case Quote():
                kept = part if holds(part.cite) else None
            case Table():
                kept = _table(part, holds, figures)
        if kept is None:
            dropped.append(_label(part))
        else:
            if isinstance(part, Table) and isinstance(kept, Table) and len(kept.rows) < len(part.rows):
                dropped.append(f"{len(part.rows) - len(kept.rows)} rows")
            parts.append(kept)
    return Verified(replace(draft, parts=tuple(parts), figures=figures), tuple(dropped))


def _label(part: Part) -> str:
    if isinstance(part, Statement):
        return _MARK.sub("", part.text)[:120]
    if isinstance(part, Quote):
        return part.cite.quote[:120]
    return " | ".join(part.header)[:120]


def _statement(part: Statement, holds: Check, figures: tuple[Figure, ...]) -> Statement | None:
    good = [place for place, citation in enumerate(part.cites) if holds(citation)]
    if part.factual and not good:
        return None
    places = {place: new for new, place in enumerate(good)}

    def renumber(match: re.Match[str]) -> str:
        place = int(match.group(1))
        return f"⟦{places[place]}⟧" if place in places else ""

    cites = tuple(part.cites[place] for place in good)
    if part.factual:
        spans = [citation.quote for citation in cites]
        named = [
            value
            for citation in cites
            for value in (citation.symbol, citation.paragraph, citation.document)
            if value
        ]
        if unsupported(part.text, spans, figures, (*part.allowed, *named)):
            return None
    return replace(part, text=_MARK.sub(renumber, part.text), cites=cites)


def _table(part: Table, holds: Check, figures: tuple[Figure, ...]) -> Table | None:
    rows: list[Row] = []
    for row in part.rows:
        if row.cite is None:
            if part.computed and not unsupported(" ".join(cell or "" for cell in row.cells[1:]), (), figures):
                rows.append(row)
        elif holds(row.cite):
            rows.append(row)
    return replace(part, rows=tuple(rows)) if rows else None
