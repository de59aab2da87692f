"""What the corpus holds of what a plan asks: years to cycles, "the last review", and what is missing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from assistant.plan import Decline, Intent, Plan
from assistant.source import Library
from corpus import states
from corpus.model import Kind
from index.records import DocumentRef, ReviewRef, year_of

_ROWS = {
    Intent.LIST, Intent.COUNT, Intent.WHO, Intent.COMPARE, Intent.GROUP, Intent.SDG, Intent.MANDATE, Intent.POSITION,
    Intent.WHY, Intent.CHANGED, Intent.RECOMMENDATION, Intent.PARLIAMENT,
}  # fmt: skip


@cache
def session_years() -> dict[int, int]:
    """The year in which each session of the UPR Working Group was held (calendar of OHCHR)."""
    with files("assistant").joinpath("data", "sessions.csv").open(encoding="utf-8") as file:
        return {int(row["session"]): int(row["year"]) for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Review:
    """One review that the corpus documents: its State, cycle and the years it can be named by."""

    state: str
    cycle: int
    years: tuple[int, ...]
    document: DocumentRef


class Shelf:
    """The stored documents, arranged by what questions name."""

    def __init__(self, documents: Sequence[DocumentRef], reviews: Sequence[ReviewRef]) -> None:
        self.documents = tuple(documents)
        self._by_key = {document.key: document for document in documents}
        self._of: dict[str, dict[int, Review]] = {}
        for one in reviews:
            document = self._by_key.get(one.key)
            if document is None:
                continue
            held = self._of.setdefault(one.state, {})
            if one.cycle not in held or (_report(document) and not _report(held[one.cycle].document)):
                years = _years(document) if document.state else _dated(one)
                held[one.cycle] = Review(one.state, one.cycle, years, document)

    @classmethod
    def of(cls, library: Library) -> Shelf:
        """What a library holds now."""
        return cls(library.documents(), library.reviews())

    def document(self, key: str) -> DocumentRef | None:
        """A document by its key."""
        return self._by_key.get(key)

    def states(self) -> frozenset[str]:
        """States with any document or recommendation."""
        return self.documented() | frozenset(self._of)

    def documented(self) -> frozenset[str]:
        """States with any document of their own."""
        return frozenset(document.state for document in self.documents if document.state)

    def reviews(self, state: str) -> tuple[Review, ...]:
        """The reviews of a State that hold recommendations, by cycle."""
        held = self._of.get(state, {})
        return tuple(held[cycle] for cycle in sorted(held))

    def cycles(self) -> tuple[int, ...]:
        """The cycles of which there are recommendations."""
        return tuple(sorted({cycle for held in self._of.values() for cycle in held}))

    def named(self, name: str) -> tuple[DocumentRef, ...]:
        """Documents that a symbol or its short form ("16/21", "35/29") names."""
        wanted = name.upper()
        exact = [d for d in self.documents if wanted in {(d.symbol or "").upper(), d.key.upper()}]
        if exact:
            return tuple(exact)
        tail = [
            d
            for d in self.documents
            if d.kind in {Kind.RESOLUTION, Kind.DECISION}
            and (d.symbol or d.key).upper().endswith("/" + wanted)
        ]
        return tuple(sorted(tail, key=lambda d: d.digest))

    def of_kind(
        self, kinds: Iterable[Kind], states: Sequence[str] = (), cycles: Sequence[int] = ()
    ) -> tuple[DocumentRef, ...]:
        """Documents of these kinds, of these States and cycles where given."""
        wanted = set(kinds)
        return tuple(
            d
            for d in self.documents
            if d.kind in wanted and (not states or d.state in states) and (not cycles or d.cycle in cycles)
        )


def _report(document: DocumentRef) -> bool:
    return document.kind is Kind.UPR_OUTCOME


def _held(session: str | None) -> int | None:
    """The year of a session, as printed, by the calendar of the Working Group; None where it has no such session."""
    digits = "".join(c for c in session or "" if c.isdigit())
    return session_years().get(int(digits)) if digits else None


def _dated(review: ReviewRef) -> tuple[int, ...]:
    """The years of a review that is known by its rows alone: of its session, and the one the rows give."""
    held = _held(review.session)
    return tuple(dict.fromkeys(year for year in (held, review.year) if year))


def _years(document: DocumentRef) -> tuple[int, ...]:
    """The years a review can be named by, the Working Group's session first."""
    held = _held(document.session)
    if held is not None and document.date and abs(held - (year_of(document.date) or held)) > 1:
        held = None  # the Council's session, not the Working Group's
    printed = year_of(document.date)
    return tuple(dict.fromkeys(year for year in (held, printed) if year))


def settle(plan: Plan, shelf: Shelf, today: int) -> Plan:
    """The plan against what is stored: cycles for years, the latest cycle, or why it must be declined."""
    if plan.decline:
        return plan
    if not shelf.documents:
        return replace(plan, decline=Decline.EMPTY_CORPUS)
    if plan.since and not plan.years:
        plan = replace(plan, years=tuple(range(plan.since, today + 1)))
    late = [year for year in plan.years if year > today]
    if late and plan.intent is not Intent.PASSAGE:
        return replace(plan, decline=Decline.FUTURE, missing=tuple(map(str, late)))
    if plan.documents:
        plan = _documents(plan, shelf)
    if plan.intent in _ROWS and not plan.decline:
        return _review(plan, shelf)
    if plan.intent is Intent.PASSAGE and not plan.decline:
        return _told(plan, shelf)
    return plan


def _told(plan: Plan, shelf: Shelf) -> Plan:
    """A question on what documents tell of a State: in which of its reviews.

    A year in which none of its reviews fell may be the year of what is told ("the law of 2008"); it stays a word
    that a passage must hold.
    """
    plan = _spoken(plan, shelf)
    states = plan.states
    held = {d.cycle for d in shelf.documents if d.state in states and d.cycle}
    if not held:
        return plan
    if plan.latest:
        return replace(plan, cycles=(max(held),))
    if plan.cycles:
        wanted = tuple(cycle for cycle in plan.cycles if cycle in held)
        if not wanted:
            return replace(plan, decline=Decline.NO_CYCLE, missing=tuple(map(str, plan.cycles)))
        return replace(plan, cycles=wanted)
    if plan.years:
        dated = _by_years(plan, shelf, states)
        return _of_reports(plan, shelf) if dated.decline else dated
    return plan


def _spoken(plan: Plan, shelf: Shelf) -> Plan:
    """The plan with the State reviewed where a State's words are asked for: its own review, if no other is held.

    "What did Fiji say about the bans of Australia" asks for Fiji's review; Australia belongs to the topic.
    """
    if not plan.speakers:
        return plan
    held = shelf.states()
    if any(code in held for code in plan.states):
        return plan
    own = tuple(code for code in plan.speakers if code in held)
    if plan.states and not own:
        return plan
    language = plan.asked_in or plan.language
    subject = " ".join([plan.subject, *(states.name(code, language) for code in plan.states)])
    return replace(plan, states=own, subject=subject, pointed=plan.pointed or bool(plan.states))


def _of_reports(plan: Plan, shelf: Shelf) -> Plan:
    """The cycles of which the kinds of document asked for were written in the years named, before the review."""
    cycles = {
        document.cycle
        for document in shelf.of_kind(plan.sources, plan.states)
        if document.cycle and year_of(document.date) in plan.years
    }
    return replace(plan, cycles=tuple(sorted(cycles))) if cycles else plan


def _documents(plan: Plan, shelf: Shelf) -> Plan:
    found = [document.key for name in plan.documents for document in shelf.named(name)[:1]]
    if found:
        return replace(plan, documents=tuple(dict.fromkeys(found)))
    if plan.intent in {Intent.PASSAGE, Intent.ELIGIBILITY, Intent.MONEY}:
        return plan
    return replace(plan, decline=Decline.NO_SYMBOL, missing=plan.documents)


def _review(plan: Plan, shelf: Shelf) -> Plan:
    if not plan.states:
        return _everywhere(plan, shelf)
    known = tuple(state for state in plan.states if shelf.reviews(state))
    absent = tuple(state for state in plan.states if not shelf.reviews(state))
    if not known:
        return replace(plan, decline=Decline.NO_DOCUMENT, missing=absent)
    plan = replace(plan, states=known, missing=absent)
    cycles = {review.cycle for state in known for review in shelf.reviews(state)}
    if plan.pairs:
        return _by_pairs(plan, shelf)
    if plan.years:
        return _by_years(plan, shelf, known)
    if plan.latest:
        latest = max(cycles)
        return replace(plan, cycles=(latest,))
    wanted = tuple(cycle for cycle in plan.cycles if cycle in cycles)
    if plan.cycles and not wanted:
        return replace(plan, decline=Decline.NO_CYCLE, missing=tuple(map(str, plan.cycles)))
    gone = tuple(str(cycle) for cycle in plan.cycles if cycle not in cycles)
    return replace(plan, cycles=wanted, notes=(*plan.notes, *(f"cycle:{cycle}" for cycle in gone)))


def _by_years(plan: Plan, shelf: Shelf, states: tuple[str, ...]) -> Plan:
    reviews = [review for state in states for review in shelf.reviews(state)]
    chosen: list[Review] = []
    gone: list[int] = []
    for year in plan.years:
        of_year = _of_year(reviews, year)
        chosen += of_year
        gone += [] if of_year else [year]
    if not chosen:
        return replace(plan, decline=Decline.NO_YEAR, missing=tuple(map(str, plan.years)))
    told = () if plan.since else tuple(f"year:{year}" for year in gone)
    return _chosen(replace(plan, notes=(*plan.notes, *told)), chosen)


def _of_year(reviews: Sequence[Review], year: int) -> list[Review]:
    held = [review for review in reviews if review.years[:1] == (year,)]
    return held or [review for review in reviews if year in review.years]


def _by_pairs(plan: Plan, shelf: Shelf) -> Plan:
    """Of each State under review the one review that is named beside it."""
    chosen: list[Review] = []
    gone: list[int] = []
    for state, value in plan.pairs:
        held = shelf.reviews(state)
        one = [review for review in held if review.cycle == value] or _of_year(held, value)
        chosen += one
        gone += [] if one or not held else [value]
    if not chosen:
        missing = tuple(str(value) for _, value in plan.pairs)
        return replace(plan, decline=Decline.NO_YEAR if plan.years else Decline.NO_CYCLE, missing=missing)
    kind = "year" if plan.years else "cycle"
    return _chosen(replace(plan, notes=(*plan.notes, *(f"{kind}:{value}" for value in gone))), chosen)


def _chosen(plan: Plan, chosen: Sequence[Review]) -> Plan:
    """The plan over these reviews: their cycles, and which cycle of which State where not all combine."""
    cycles = tuple(sorted({review.cycle for review in chosen}))
    reviews = tuple(dict.fromkeys((review.state, review.cycle) for review in chosen))
    return replace(plan, cycles=cycles, reviews=reviews if len(plan.states) > 1 else ())


def _everywhere(plan: Plan, shelf: Shelf) -> Plan:
    cycles = shelf.cycles()
    if not cycles:
        return replace(plan, decline=Decline.EMPTY_CORPUS)
    if plan.cycles and not set(plan.cycles) & set(cycles):
        return replace(plan, decline=Decline.NO_CYCLE, missing=tuple(map(str, plan.cycles)))
    return plan
