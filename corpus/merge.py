"""One truth per recommendation: what report, addendum, matrix and export say of it, in one row.

A row is known by State, cycle and number. Its text is the outcome report's, else the matrix's, else the
export's. A later document of the review changes the position and keeps the history. What a compilation
(matrix, export) says against the documents of the review is put into words in `conflicts`; it never
overwrites them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from corpus import numbering, selectors
from corpus.model import Kind, Position, PositionStatement, Recommendation, SdgLink, Source, Tag, Tags
from corpus.resemblance import likeness

SAME_TEXT = 0.9
"""Likeness from which a text under another number is taken for the same recommendation, misnumbered."""
CLOSE_TEXT = 0.75
"""Likeness from which a text without an official number may be a row's."""
OTHER_TEXT = 0.5
"""Likeness under which two texts under one number are reported as different."""

_RANKS = {
    Kind.UPR_OUTCOME: 0,
    Kind.UPR_ADDENDUM: 1,
    Kind.SESSION_REPORT: 2,
    Kind.DECISION: 2,
    Kind.UPR_MATRIX: 3,
}
_LAST_RANK = 4
_COMPILATIONS = 3
_STAND_IN = re.compile(r"U[AIH]-\d+-\d+$")
_CORRIGENDUM = re.compile(r"/Corr\.\d+$")
_PART = re.compile(r"/(?:Add|Corr)\.\d+")


class Described(Protocol):
    """What has to be known of a document: `corpus.model.Document` has it, and so has the catalogue's entry."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def symbol(self) -> str | None:
        """Its symbol, if any."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def state(self) -> str | None:
        """The State under review, if one."""

    @property
    def cycle(self) -> int | None:
        """The cycle of the review, if one."""

    @property
    def date(self) -> str | None:
        """Its date (ISO), if known."""


@dataclass(slots=True)
class _Row:
    number: str
    claims: list[Recommendation]
    statements: list[PositionStatement] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Papers:
    """The documents, and what is asked of them again and again."""

    by_key: Mapping[str, Described]
    by_symbol: Mapping[str, Described]

    def name(self, key: str) -> str:
        found = self.by_key.get(key)
        return (found.symbol if found else None) or key

    def rank(self, key: str) -> int:
        found = self.by_key.get(key)
        return _RANKS.get(found.kind, _LAST_RANK) if found else _LAST_RANK

    def corrects(self, key: str) -> str | None:
        """The symbol that a corrigendum corrects; None for any other document."""
        name = self.name(key)
        return _CORRIGENDUM.sub("", name) if _CORRIGENDUM.search(name) else None

    def order(self, key: str) -> tuple[int, str, str]:
        found = self.by_key.get(key)
        return (self.rank(key), (found.date if found else None) or "", self.name(key))

    def subject(self, key: str) -> tuple[str | None, int | None]:
        """State and cycle of a document; an addendum that names none has those of its report."""
        found = self.by_key.get(key)
        parent = self.by_symbol.get(_PART.sub("", self.name(key)))
        state = (found.state if found else None) or (parent.state if parent else None)
        cycle = (found.cycle if found else None) or (parent.cycle if parent else None)
        return state, cycle


_Subject = tuple[str | None, int | None, str]


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
    papers = _Papers(documents, {d.symbol: d for d in documents.values() if d.symbol})
    groups: dict[_Subject, list[Recommendation]] = {}
    for claim in claims:
        groups.setdefault(_subject(claim, papers), []).append(claim)
    spoken: dict[_Subject, list[PositionStatement]] = {}
    for statement in positions:
        state, cycle = papers.subject(statement.source.document)
        if state and cycle:
            spoken.setdefault((state, cycle, ""), []).append(statement)
    merged: list[Recommendation] = []
    for subject, group in groups.items():
        rows = _rows(group, papers)
        _place(rows, spoken.get(subject, []), papers)
        # a correction without a text of its own says nothing where what it corrects is not at hand
        merged.extend(_merged(row, subject, papers) for row in rows if any(c.text for c in row.claims))
    return tuple(
        sorted(
            merged,
            key=lambda r: (r.state or "", r.cycle or 0, numbering.natural(r.number), r.document, r.start),
        )
    )


def _subject(claim: Recommendation, papers: _Papers) -> _Subject:
    state, cycle = papers.subject(claim.document)
    state, cycle = claim.state or state, claim.cycle or cycle
    return (state, cycle, "") if state and cycle else (state, cycle, claim.document)


def _rows(group: Iterable[Recommendation], papers: _Papers) -> list[_Row]:
    """The rows of one review: first by number, then, for what is left, by text."""
    rows: list[_Row] = []
    by_number: dict[str, list[_Row]] = {}
    ordered = sorted(
        group,
        key=lambda c: (
            bool(_STAND_IN.match(c.number)),
            papers.order(c.document),
            numbering.natural(c.number),
            c.start,
        ),
    )
    for claim in ordered:
        stand_in = bool(_STAND_IN.match(claim.number))
        compiled = papers.rank(claim.document) >= _COMPILATIONS
        row = _row_by_number(by_number.get(claim.number, []), claim, papers)
        if row is None and (compiled or stand_in):
            row = _row_by_text(rows, claim, papers)
        if row and stand_in and not compiled:
            claim = replace(claim, history=tuple(replace(s, number=row.number) for s in claim.history))
        if row is None and stand_in and not compiled:
            continue  # an addendum that repeats a recommendation speaks of one in the report, or of none
        if row is None:
            same = by_number.get(claim.number, [])
            row = _Row(claim.number, [], conflicts=list(same[0].conflicts) if same else [])
            rows.append(row)
            by_number.setdefault(claim.number, []).append(row)
        row.claims.append(claim)
    return rows


def _row_by_number(rows: Sequence[_Row], claim: Recommendation, papers: _Papers) -> _Row | None:
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


def _row_by_text(rows: Sequence[_Row], claim: Recommendation, papers: _Papers) -> _Row | None:
    """The one row whose text is the claim's; None where there is none or more than one."""
    stand_in = bool(_STAND_IN.match(claim.number))
    close: list[tuple[float, _Row]] = []
    for row in rows:
        if _STAND_IN.match(row.number):
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


def _place(rows: Sequence[_Row], statements: Sequence[PositionStatement], papers: _Papers) -> None:
    """Put each statement of an addendum with the row it speaks of."""
    by_document: dict[str, list[PositionStatement]] = {}
    for statement in statements:
        by_document.setdefault(statement.source.document, []).append(statement)
    official = [row for row in rows if not _STAND_IN.match(row.number)]
    exact: dict[str, list[_Row]] = {}
    by_last: dict[str, list[_Row]] = {}
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
    rows: Sequence[_Row], statement: PositionStatement, taken: set[int], papers: _Papers
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
    number: str, by_last: Mapping[str, Sequence[_Row]], known_bases: set[str], papers: _Papers
) -> Sequence[_Row]:
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


def _is_pending(row: _Row, papers: _Papers) -> bool:
    first = row.claims[0]
    return papers.rank(first.document) >= _COMPILATIONS or first.position is Position.PENDING


def _merged(row: _Row, subject: _Subject, papers: _Papers) -> Recommendation:
    claims = sorted(
        row.claims, key=lambda c: (not c.text, papers.corrects(c.document) is None, papers.order(c.document))
    )
    first = claims[0]
    conflicts = [*row.conflicts, *(text for claim in claims for text in claim.conflicts)]
    history = _history(row, papers)
    conflicts += _against(claims, history[-1], papers)
    conflicts += _differences(first, claims[1:], papers)
    by_whom = next((c for c in claims if c.recommenders), first)
    last = history[-1]
    return replace(
        first,
        number=row.number,
        state=subject[0],
        cycle=subject[1],
        session=next((c.session for c in claims if c.session), None),
        recommenders=by_whom.recommenders,
        unresolved=by_whom.unresolved,
        position=last.position,
        implemented=any(s.implemented for s in history),
        position_source=last.source,
        history=history,
        conflicts=tuple(dict.fromkeys(conflicts)),
        tags=_tags(claims),
    )


def _stated(claim: Recommendation) -> tuple[PositionStatement, ...]:
    if claim.history:
        return claim.history
    source = claim.position_source or Source(claim.document, None, claim.paragraph, claim.page)
    return (PositionStatement(claim.number, claim.position, source, claim.implemented),)


def _history(row: _Row, papers: _Papers) -> tuple[PositionStatement, ...]:
    """Every statement of the review's own documents, oldest first; of a compilation only where they are
    silent.
    """
    own = [c for c in row.claims if papers.rank(c.document) < _COMPILATIONS and not _only_words(c, papers)]
    found = [s for claim in own for s in _stated(claim)] + row.statements
    corrected = {papers.corrects(s.source.document) for s in found} - {None}
    found = [s for s in found if papers.name(s.source.document) not in corrected]
    # the sort is stable: statements of one document keep their order
    found.sort(key=lambda s: papers.order(s.source.document))
    if not found or found[-1].position is Position.PENDING:
        found += _of_compilation(row, papers)
    return tuple(found) or _stated(row.claims[0])


def _only_words(claim: Recommendation, papers: _Papers) -> bool:
    """True for a corrigendum that corrects the wording and leaves the position alone."""
    return bool(papers.corrects(claim.document)) and claim.position is Position.PENDING and not claim.history


def _of_compilation(row: _Row, papers: _Papers) -> list[PositionStatement]:
    """The word of the first compilation that has one; support in part where its parts have different ones."""
    later = [s for c in row.claims if papers.rank(c.document) >= _COMPILATIONS for s in _stated(c)[-1:]]
    later = [s for s in later if s.position is not Position.PENDING]
    if not later:
        return []
    parts = {s.position for s in later if s.source.document == later[0].source.document}
    return [later[0] if len(parts) == 1 else replace(later[0], position=Position.PARTIALLY_SUPPORTED)]


def _against(claims: Sequence[Recommendation], last: PositionStatement, papers: _Papers) -> list[str]:
    """What compilations say against the position that is kept."""
    return [
        f"Position: {papers.name(last.source.document)} says {last.position}, "
        f"{papers.name(c.document)} says {c.position}."
        for c in claims
        if papers.rank(c.document) >= _COMPILATIONS and c.position not in (last.position, Position.PENDING)
    ]


def _differences(first: Recommendation, others: Sequence[Recommendation], papers: _Papers) -> list[str]:
    """Where others give another text or other recommending States under the same number."""
    found = []
    for other in others:
        if papers.corrects(first.document) or _STAND_IN.match(other.number):
            continue
        name = papers.name(other.document)
        alike = likeness(other.text, first.text)
        if other.text and first.text and alike.dice < OTHER_TEXT:
            found.append(f"Text: {name} gives another one under this number: {_clip(other.text)!r}.")
        elif other.recommenders and first.recommenders and set(other.recommenders) != set(first.recommenders):
            ours, theirs = ", ".join(first.recommenders), ", ".join(other.recommenders)
            found.append(
                f"Recommending States: {papers.name(first.document)} has {ours}; {name} has {theirs}."
            )
    return found


def _clip(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


def _tags(claims: Sequence[Recommendation]) -> Tags | None:
    """The official tags: of each sort those of the first document that has any; `origin` names all it took
    from.
    """
    tagged = [c.tags for c in claims if c.tags]
    if len(tagged) < 2:
        return tagged[0] if tagged else None
    themes: tuple[Tag, ...] = next((t.themes for t in tagged if t.themes), ())
    groups: tuple[Tag, ...] = next((t.groups for t in tagged if t.groups), ())
    sdgs: tuple[SdgLink, ...] = next((t.sdgs for t in tagged if t.sdgs), ())
    acted = next((t for t in tagged if t.action), None)
    kept = [
        t
        for t in tagged
        if t is acted or any(x and x in (themes, groups, sdgs) for x in (t.themes, t.groups, t.sdgs))
    ]
    return replace(
        tagged[0],
        themes=themes,
        groups=groups,
        sdgs=sdgs,
        action=acted.action if acted else None,
        action_score=acted.action_score if acted else 0.0,
        origin=", ".join(dict.fromkeys(t.origin for t in kept)) or tagged[0].origin,
    )
