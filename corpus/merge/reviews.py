"""One truth per recommendation: what report, addendum, matrix and export say of it, in one row.

A row is known by State, cycle and number. Its text is the outcome report's, else the matrix's, else the
export's. A later document of the review changes the position and keeps the history. What a compilation
(matrix, export) says against the documents of the review is put into words in `conflicts`; it never
overwrites them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus import numbering
from corpus.merge.merged import Subject, recommendation_of
from corpus.merge.papers import Described, Papers
from corpus.merge.rows import place_statements, rows_of
from corpus.model import PositionStatement, Recommendation


def merge(
    claims: Sequence[Recommendation],
    positions: Sequence[PositionStatement],
    documents: Mapping[str, Described],
) -> tuple[Recommendation, ...]:
    """One row per State, cycle and number, in natural order. Pure: the order of the arguments does not
    matter.

    A claim whose State or cycle no document tells is a row of its own. A number that a document prints twice
    over different texts makes two rows, each saying so.
    """
    papers = Papers(documents, {d.symbol: d for d in documents.values() if d.symbol})
    groups: dict[Subject, list[Recommendation]] = {}
    for claim in claims:
        groups.setdefault(_subject(claim, papers), []).append(claim)
    spoken: dict[Subject, list[PositionStatement]] = {}
    for statement in positions:
        state, cycle = papers.subject(statement.source.document)
        if state and cycle:
            spoken.setdefault((state, cycle, ""), []).append(statement)
    merged: list[Recommendation] = []
    for subject, group in groups.items():
        rows = rows_of(group, papers)
        place_statements(rows, spoken.get(subject, []), papers)
        # a correction without a text of its own says nothing where what it corrects is not at hand
        merged.extend(
            recommendation_of(row, subject, papers) for row in rows if any(c.text for c in row.claims)
        )
    return tuple(
        sorted(
            merged,
            key=lambda r: (r.state or "", r.cycle or 0, numbering.natural(r.number), r.document, r.start),
        )
    )


def _subject(claim: Recommendation, papers: Papers) -> Subject:
    state, cycle = papers.subject(claim.document)
    state, cycle = claim.state or state, claim.cycle or cycle
    return (state, cycle, "") if state and cycle else (state, cycle, claim.document)
