"""Passages that a question is answered from: looked for where its States and times say, weighed by their sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.plan import Plan
from assistant.run.voices import told, voice
from assistant.run.weighing import Passage, Wish, lists, touches, weigh
from assistant.scope import Shelf
from assistant.source import Library
from assistant.understand.bodies import named
from assistant.understand.cues import load
from assistant.understand.text import fold
from corpus import states
from corpus.model import Kind, Language
from index import analyse
from index.filters import SearchFilters
from index.search import Hit

if TYPE_CHECKING:
    from corpus.model import Paragraph
    from index.records import DocumentRef

_CANDIDATES, _SCOPED = 16, 28
# Below ENOUGH a passage does not support an answer; calibrated on eval/sets/questions.jsonl (see README of eval).
ENOUGH = 0.52
_HOLDS = 0.5  # the share of the words of a question on a number that the sentence with the number holds
_OPENING = 160  # characters in which a paragraph says whose words it goes on with
_LONG = 6000  # characters over which a paragraph is a list of footnotes or a table
_REPORTING = frozenset(Kind) - {
    Kind.UPR_MATRIX,
    Kind.RESOLUTION,
    Kind.DECISION,
    Kind.SESSION_REPORT,
    Kind.OTHER,
}
_SAME = re.compile(
    r"\b(?:the same committee|it (?:also|further|recommended|noted)|le même comité|el mismo comité|тот же комитет)\b"
    r"|اللجنة نفسها|同一委员会",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the answer to a plan may stand: its documents, or what is said of its States in their reviews.

    A document of no State (a report of the Fund, of a session of the Council) is within reach where it names the
    States; a document of another State only where the States have none of their own.
    """

    states: tuple[str, ...]
    cycles: tuple[int, ...]
    years: tuple[int, ...]
    documents: tuple[str, ...]
    own: bool  # the States have documents of their own
    kinds: tuple[str, ...] = ()  # what the Fund did stands in its reports

    def filters(self) -> SearchFilters:
        """The part of it that a search can be narrowed by."""
        if self.documents:
            return SearchFilters(document=self.documents)
        if self.own:
            return SearchFilters(state=self.states, cycle=self.cycles)
        return SearchFilters(kind=self.kinds)

    def holds(self, hit: Hit, document: DocumentRef | None) -> bool:
        """Whether a hit is within reach."""
        if self.documents:
            return hit.key in self.documents
        if self.kinds and str(hit.kind) not in self.kinds:
            return False
        if self.states and hit.state not in self.states:
            if self.own and hit.state:
                return False
            if not {mention.alpha3 for mention in states.find(hit.text)} >= set(self.states):
                return False
        return self._at(hit, document)

    def _at(self, hit: Hit, document: DocumentRef | None) -> bool:
        if not self.cycles and not self.years:
            return True
        if hit.cycle in self.cycles and hit.cycle is not None:
            return True
        covered = f"{document.date} {document.title}" if document and hit.cycle is None else ""
        return any(str(year) in hit.text or str(year) in covered for year in self.years)


def reach(plan: Plan, shelf: Shelf) -> Reach:
    """Where the answer to a plan may stand."""
    fund = bool(plan.states) and _of_fund(plan, shelf)
    own = any(code in shelf.documented() for code in plan.states) and not fund
    named = tuple(key for key in plan.documents if shelf.document(key))
    return Reach(
        plan.states,
        plan.cycles,
        plan.years if plan.states else (),
        named,
        own,
        (str(Kind.FUND_REPORT),) if fund else (),
    )


def _of_fund(plan: Plan, shelf: Shelf) -> bool:
    return Kind.FUND_REPORT in plan.kinds and bool(shelf.of_kind((Kind.FUND_REPORT,)))


def wording(plan: Plan, within: Reach) -> str:
    """What is looked for: the question, without the States, times and documents that already say where."""
    question = plan.asked or plan.question
    if not (plan.subject and (within.own or within.documents)):
        return question
    language = plan.asked_in or plan.language
    told = load(language).without("intent.decides", fold(plan.subject))
    return plan.subject if analyse.tokens(told, language) else question


def filters_of(plan: Plan, shelf: Shelf) -> SearchFilters:
    """What a search for a plan's passages is narrowed by."""
    return reach(plan, shelf).filters()


@dataclass(frozen=True, slots=True)
class Found:
    """The passages for a question, best first; where `said`, they are the speakers' own statements."""

    passages: tuple[Passage, ...]
    said: bool = False
    unnamed: tuple[str, ...] = ()  # bodies whose words are asked for that nothing within reach names
    unheld: tuple[Kind, ...] = ()  # kinds of document to be read of which the States have none


def find(plan: Plan, library: Library, shelf: Shelf, k: int = 3) -> Found:
    """The best passages for a question: what its speakers said where they said something, else what is nearest."""
    within = reach(plan, shelf)
    if within.own and plan.sources and not _sources(plan, shelf):
        return Found((), unheld=plan.sources)
    if plan.bodies:
        return _of_bodies(plan, library, shelf, within, k)
    if plan.speakers:
        said = _statements(plan, library, shelf, within)
        if said and (not plan.pointed or said[0].score >= ENOUGH):
            return Found(said[:k], said=True)
        return _own_words(plan, library, shelf, within, said, k)
    language = plan.asked_in or plan.language
    query = wording(plan, within)
    hits = _hits(plan, library, shelf, within, query)
    wish = Wish(
        frozenset(map(str, plan.kinds)),
        dated=plan.dated,
        defines=plan.defines,
        counts=plan.counts,
        person=plan.person,
        place=plan.place,
        manner=plan.manner,
        elsewhere=not within.own,
        translates=within.own and bool(plan.sources),
    )
    if within.own and plan.sources:
        hits = [hit for hit in hits if hit.kind in plan.sources]
    found = weigh(query, language, hits, wish, frozenset(plan.states))
    if within.own and plan.core:
        found = tuple(one for one in found if touches(plan.core, language, one.hit))
    return Found(found[:k])


def _hits(plan: Plan, library: Library, shelf: Shelf, within: Reach, query: str) -> list[Hit]:
    """Candidates: from within reach, from the kinds of document named, and from anywhere else in reach."""
    if within.kinds:
        return _of_kinds(library, shelf, within)
    language = plan.asked_in or plan.language
    filters = within.filters()
    searches = [(query, filters, _SCOPED if filters else _CANDIDATES)]
    kinds = tuple(str(kind) for kind in plan.kinds) if shelf.of_kind(plan.kinds) else ()
    if kinds and not within.documents:
        searches.append((query, SearchFilters(kind=kinds, state=filters.state, cycle=filters.cycle), _SCOPED))
    if filters and not within.documents:
        searches.append((plan.asked or plan.question, SearchFilters(), _CANDIDATES))
    seen: dict[tuple[str, int], Hit] = {}
    for words, narrowed, depth in searches:
        for hit in library.search(words, k=depth, filters=narrowed, scope="paragraphs", language=language):
            if within.holds(hit, shelf.document(hit.key)):
                seen.setdefault((hit.key, hit.start), hit)
    return list(seen.values())


def _of_kinds(library: Library, shelf: Shelf, within: Reach) -> list[Hit]:
    """Every paragraph of the kinds within reach that speaks of its States: a report in another language ranks low."""
    kinds = tuple(Kind(kind) for kind in within.kinds)
    hits = [
        (Hit.of(document, paragraph), document)
        for document in shelf.of_kind(kinds)
        if not within.documents or document.key in within.documents
        for paragraph in library.paragraphs(document.key)
    ]
    held = [hit for hit, document in hits if within.holds(hit, document)]
    # What lists many States says little of each; donors are listed too.
    singled = [hit for hit in held if not lists(hit.text, within.states)]
    return singled or [hit for hit in held if not _of_donors(hit)]


def _of_donors(hit: Hit) -> bool:
    return load(Language(hit.language)).has("money.gave", fold(hit.text))


def _sources(plan: Plan, shelf: Shelf) -> tuple[DocumentRef, ...]:
    """The documents of the States that the question says to read."""
    return shelf.of_kind(plan.sources, plan.states, plan.cycles)


def _of_bodies(plan: Plan, library: Library, shelf: Shelf, within: Reach, k: int) -> Found:
    """What documents report of the bodies asked about: paragraphs that name them, the nearest to the topic first."""
    held = shelf.of_kind(plan.sources or tuple(Kind), plan.states, plan.cycles)
    chosen = [
        one for one in held if (one.key in within.documents if within.documents else one.kind in _REPORTING)
    ]
    hits: list[Hit] = []
    unnamed: list[str] = []
    for body in plan.bodies:
        naming = [
            Hit.of(document, paragraph)
            for document in chosen
            for paragraph in _naming(library.paragraphs(document.key), body, document.language)
            if within.holds(Hit.of(document, paragraph), document)
        ]
        hits += naming
        unnamed += [] if naming else [body]
    wish = Wish(counts=plan.counts, bodies=plan.bodies, holds=_HOLDS, translates=True)
    query = plan.subject if plan.pointed else wording(plan, within)
    found = weigh(query, plan.asked_in or plan.language, hits, wish, frozenset(plan.states))
    if not plan.pointed:
        found = tuple(sorted(found, key=lambda one: (one.hit.key, one.hit.start)))
    return Found(found[:k], said=True, unnamed=tuple(unnamed))


def _naming(paragraphs: Sequence[Paragraph], body: str, language: Language) -> list[Paragraph]:
    """The numbered paragraphs that name a body, with those after one that speak on of "the same Committee"."""
    found: list[Paragraph] = []
    last = False
    for one in paragraphs:
        if not (one.number or "")[:1].isdigit() or "." in (one.number or ""):
            continue
        last = named(body, one.text, language) or (last and _SAME.search(one.text[:_OPENING]) is not None)
        if last and len(one.text) < _LONG:
            found.append(one)
    return found


def _own_words(
    plan: Plan, library: Library, shelf: Shelf, within: Reach, said: tuple[Passage, ...], k: int
) -> Found:
    """Where no statement is near enough: passages within reach that are no other State's words."""
    query = wording(plan, within)
    language = plan.asked_in or plan.language
    hits = [hit for hit in _hits(plan, library, shelf, within, query) if _not_another(hit, plan.speakers)]
    wish = Wish(frozenset(map(str, plan.kinds)), counts=plan.counts, holds=_HOLDS, translates=within.own)
    found = weigh(query, language, hits, wish, frozenset(plan.states))
    if found and found[0].score >= ENOUGH:
        return Found(found[:k])
    return Found((said or found)[:k], said=bool(said))


def _not_another(hit: Hit, speakers: tuple[str, ...]) -> bool:
    """Whether a passage may be the speakers' own words: no recommendation, no other State's statement."""
    if "." in (hit.paragraph or "") or hit.state not in speakers:
        return False
    speaker = voice(hit.text, hit.state)
    return speaker is None or speaker in speakers


def _statements(plan: Plan, library: Library, shelf: Shelf, within: Reach) -> tuple[Passage, ...]:
    """What the speakers said in the reviews within reach, in the reports' order; on a topic, the nearest first."""
    documents = [
        one
        for one in shelf.of_kind((Kind.UPR_OUTCOME,), plan.states, plan.cycles)
        if not within.documents or one.key in within.documents
    ]
    said = [
        Hit.of(document, paragraph)
        for document in documents
        for paragraph, speaker in told(_dialogue(library.paragraphs(document.key)), document.state)
        if speaker in plan.speakers and not _routine(paragraph, document.language)
    ]
    wish = Wish(counts=plan.counts, holds=_HOLDS, translates=True)
    query = plan.subject if plan.pointed else wording(plan, within)
    found = weigh(query, plan.asked_in or plan.language, said, wish)
    if plan.pointed:
        return found
    return tuple(sorted(found, key=lambda one: (one.hit.key, one.hit.start)))


def _dialogue(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a report without its introduction, in which nobody speaks: the part that its first opens."""
    first = next((one.heading[:1] for one in paragraphs if one.number), ())
    rest = [one for one in paragraphs if one.heading[:1] != first] or list(paragraphs)
    return [one for one in rest if (one.number or "")[:1].isdigit() and "." not in (one.number or "")]


def _routine(paragraph: Paragraph, language: Language) -> bool:
    """Whether a paragraph only says how the dialogue went: how many spoke, where the recommendations stand."""
    return load(language).has("words.routine", fold(paragraph.text))
