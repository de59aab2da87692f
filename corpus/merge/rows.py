"""Which claims and statements speak of one recommendation: told by number first, then by text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus import numbering
from corpus.merge.papers import COMPILATIONS, STAND_IN, Papers
from corpus.merge.resemblance import likeness
from corpus.model import Position, PositionStatement, Recommendation
from corpus.positions import selectors

SAME_TEXT = 0.9
"""Likeness from which a text under another number is taken for the same recommendation, misnumbered."""


CLOSE_TEXT = 0.75
"""Likeness from which a text without an official number may be a row's."""


@dataclass(slots=True)
class Row:
    """What is claimed and stated of one recommendation, before it is made one."""

    number: str
    claims: list[Recommendation]
    statements: list[PositionStatement] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def rows_of(group: Iterable[Recommendation], papers: Papers) -> list[Row]:
    """The rows of one review: first by number, then, for what is left, by text."""
    rows: list[Row] = []
    by_number: dict[str, list[Row]] = {}
    ordered = sorted(
        group,
        key=lambda c: (
            bool(STAND_IN.match(c.number)),
            papers.order(c.document),
            numbering.natural(c.number),
            c.start,
        ),
    )
    for claim in ordered:
        stand_in = bool(STAND_IN.match(claim.number))
        compiled = papers.rank(claim.document) >= COMPILATIONS
        row = _row_by_number(by_number.get(claim.number, []), claim, papers)
        if row is None and (compiled or stand_in):
            row = _row_by_text(rows, claim, papers)
        if row and stand_in and not compiled:
            claim = replace(claim, history=tuple(replace(s, number=row.number) for s in claim.history))
        if row is None and stand_in and not compiled:
            continue  # an addendum that repeats a recommendation speaks of one in the report, or of none
        if row is None:
            same = by_number.get(claim.number, [])
            row = Row(claim.number, [], conflicts=list(same[0].conflicts) if same else [])
            rows.append(row)
            by_number.setdefault(claim.number, []).append(row)
        row.claims.append(claim)
    return rows


def _row_by_number(rows: Sequence[Row], claim: Recommendation, papers: Papers) -> Row | None:
    """The row with the claim's number; another one where the same document prints the number over another
    text.
    """
    for row in rows:
        same = next((c for c in row.claims if c.document == claim.document), None)
        if same is None or likeness(same.text, claim.text).dice >= SAME_TEXT:
            return row
    if rows and claim.document in {c.document for c in rows[0].claims}:
        note = f"{papers.name(claim.document)} prints the number {claim.number} over more than one recommendation."
        for row in rows:
            if note not in row.conflicts:
                row.conflicts.append(note)
    return None


def _row_by_text(rows: Sequence[Row], claim: Recommendation, papers: Papers) -> Row | None:
    """The one row whose text is the claim's; None where there is none or more than one."""
    stand_in = bool(STAND_IN.match(claim.number))
    close: list[tuple[float, Row]] = []
    for row in rows:
        if STAND_IN.match(row.number):
            continue
        if not stand_in and any(c.document == claim.document for c in row.claims):
            continue
        alike = likeness(claim.text, row.claims[0].text)
        if not stand_in:
            if alike.dice >= SAME_TEXT:
                close.append((alike.dice, row))
        elif _may_be_by(claim, row.claims[0]) and (alike.dice >= CLOSE_TEXT or alike.inside >= SAME_TEXT):
            close.append((alike.dice, row))
    exact = [row for score, row in close if score >= 0.97]
    found = exact if len(close) > 1 else [row for _, row in close]
    if len(found) != 1:
        return None
    if not stand_in:
        found[0].conflicts.append(f"{papers.name(claim.document)} numbers it {claim.number}.")
    return found[0]


def _may_be_by(claim: Recommendation, other: Recommendation) -> bool:
    if not claim.recommenders or not other.recommenders:
        return True
    return bool(set(claim.recommenders) & set(other.recommenders))


def place_statements(rows: Sequence[Row], statements: Sequence[PositionStatement], papers: Papers) -> None:
    """Put each statement of an addendum with the row it speaks of."""
    by_document: dict[str, list[PositionStatement]] = {}
    for statement in statements:
        by_document.setdefault(statement.source.document, []).append(statement)
    official = [row for row in rows if not STAND_IN.match(row.number)]
    exact: dict[str, list[Row]] = {}
    by_last: dict[str, list[Row]] = {}
    for row in official:
        exact.setdefault(row.number, []).append(row)
        by_last.setdefault(row.number.rpartition(".")[2], []).append(row)
    known_bases = {row.number.partition(".")[0] for row in official}
    named_by: dict[str, set[int]] = {}
    for key in sorted(by_document, key=papers.order):
        # what the addendum names is not among "the remaining ones" of its corrigendum
        named = named_by[papers.name(key)] = set(named_by.get(papers.corrects(key) or "", ()))
        named.update(id(row) for row in official if any(claim.document == key for claim in row.claims))
        for statement in by_document[key]:
            if selectors.is_selector(statement.number):
                continue
            found = exact.get(statement.number) or _by_last(statement.number, by_last, known_bases, papers)
            for row in found:
                if row.number != statement.number and "." in statement.number:
                    row.conflicts.append(f"{papers.name(key)} numbers it {statement.number}.")
                row.statements.append(statement)
                named.add(id(row))
        taken = set(named)
        wide = [s for s in by_document[key] if selectors.is_selector(s.number)]
        for statement in sorted(wide, key=lambda s: selectors.breadth(s.number)):
            _place_selected(official, statement, taken, papers)


def _place_selected(
    rows: Sequence[Row], statement: PositionStatement, taken: set[int], papers: Papers
) -> None:
    """Put a statement on several recommendations with those that the document does not name more closely.

    One on all, or all others, holds for those that the report left pending.
    """
    for row in rows:
        if id(row) in taken or not selectors.selects(statement.number, row.number):
            continue
        if statement.number != selectors.ALL or _is_pending(row, papers):
            row.statements.append(replace(statement, number=row.number))
            taken.add(id(row))


def _by_last(
    number: str, by_last: Mapping[str, Sequence[Row]], known_bases: set[str], papers: Papers
) -> Sequence[Row]:
    """The row a bare number means, or one counted under a paragraph of the draft report, where only one can
    be.
    """
    base, _, last = number.rpartition(".")
    if base and base in known_bases:
        return ()
    rows = by_last.get(last, ())
    if len(rows) > 1:
        rows = [row for row in rows if _is_pending(row, papers)]
    return rows if len(rows) == 1 else ()


def _is_pending(row: Row, papers: Papers) -> bool:
    first = row.claims[0]
    return papers.rank(first.document) >= COMPILATIONS or first.position is Position.PENDING
