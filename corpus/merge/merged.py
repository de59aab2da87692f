"""One row of claims and statements to one recommendation: its text, position, history, conflicts and tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.merge.papers import COMPILATIONS, STAND_IN, Papers
from corpus.merge.resemblance import likeness
from corpus.merge.rows import Row
from corpus.model import Position, PositionStatement, Recommendation, SdgLink, Source, Tag, Tags

OTHER_TEXT = 0.5
"""Likeness under which two texts under one number are reported as different."""


Subject = tuple[str | None, int | None, str]


def recommendation_of(row: Row, subject: Subject, papers: Papers) -> Recommendation:
    """The recommendation that the claims and statements of a row make together."""
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


def _history(row: Row, papers: Papers) -> tuple[PositionStatement, ...]:
    """Every statement of the review's own documents, oldest first; of a compilation only where they are
    silent.
    """
    own = [c for c in row.claims if papers.rank(c.document) < COMPILATIONS and not _only_words(c, papers)]
    found = [s for claim in own for s in _stated(claim)] + row.statements
    corrected = {papers.corrects(s.source.document) for s in found} - {None}
    found = [s for s in found if papers.name(s.source.document) not in corrected]
    # the sort is stable: statements of one document keep their order
    found.sort(key=lambda s: papers.order(s.source.document))
    if not found or found[-1].position is Position.PENDING:
        found += _of_compilation(row, papers)
    return tuple(found) or _stated(row.claims[0])


def _only_words(claim: Recommendation, papers: Papers) -> bool:
    """True for a corrigendum that corrects the wording and leaves the position alone."""
    return bool(papers.corrects(claim.document)) and claim.position is Position.PENDING and not claim.history


def _of_compilation(row: Row, papers: Papers) -> list[PositionStatement]:
    """The word of the first compilation that has one; support in part where its parts have different ones."""
    later = [s for c in row.claims if papers.rank(c.document) >= COMPILATIONS for s in _stated(c)[-1:]]
    later = [s for s in later if s.position is not Position.PENDING]
    if not later:
        return []
    parts = {s.position for s in later if s.source.document == later[0].source.document}
    return [later[0] if len(parts) == 1 else replace(later[0], position=Position.PARTIALLY_SUPPORTED)]


def _against(claims: Sequence[Recommendation], last: PositionStatement, papers: Papers) -> list[str]:
    """What compilations say against the position that is kept."""
    return [
        f"Position: {papers.name(last.source.document)} says {last.position}, "
        f"{papers.name(c.document)} says {c.position}."
        for c in claims
        if papers.rank(c.document) >= COMPILATIONS and c.position not in (last.position, Position.PENDING)
    ]


def _differences(first: Recommendation, others: Sequence[Recommendation], papers: Papers) -> list[str]:
    """Where others give another text or other recommending States under the same number."""
    found = []
    for other in others:
        if papers.corrects(first.document) or STAND_IN.match(other.number):
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
