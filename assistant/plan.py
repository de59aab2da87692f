"""The plan: what a question asks, as an immutable value that can be shown, run and amended."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from corpus.model import Kind, Language, Position
from index.filters import Facet


class Intent(StrEnum):
    """What sort of answer is wanted."""

    LIST = "list"
    COUNT = "count"
    WHO = "who"
    COMPARE = "compare"
    GROUP = "group"
    SDG = "sdg"
    MANDATE = "mandate"
    POSITION = "position"
    WHY = "why"
    CHANGED = "changed"
    RECOMMENDATION = "recommendation"
    PARAGRAPH = "paragraph"
    RESOLUTION = "resolution"
    PASSAGE = "passage"
    MONEY = "money"
    ELIGIBILITY = "eligibility"
    PARLIAMENT = "parliament"
    DOCUMENTS = "documents"
    HELP = "help"
    DECLINE = "decline"


class Measure(StrEnum):
    """What is wanted of amounts of money."""

    VALUE = "value"
    TOTAL = "total"
    LARGEST = "largest"
    SMALLEST = "smallest"
    RANK = "rank"
    SHARE = "share"
    DONORS = "donors"
    UNPAID = "unpaid"
    NEGATIVE = "negative"
    DIFFERENCE = "difference"
    LIST = "list"
    AVERAGE = "average"


class Decline(StrEnum):
    """Why a question is not answered."""

    OPINION = "opinion"
    FUTURE = "future"
    OUTSIDE = "outside"
    INJECTION = "injection"
    NO_DOCUMENT = "no_document"
    NO_CYCLE = "no_cycle"
    NO_YEAR = "no_year"
    NO_NUMBER = "no_number"
    NO_PARAGRAPH = "no_paragraph"
    UNKNOWN_STATE = "unknown_state"
    AMBIGUOUS_STATE = "ambiguous_state"
    NO_AMOUNT = "no_amount"
    NO_PASSAGE = "no_passage"
    NO_POSITION = "no_position"
    NO_REASON = "no_reason"
    FALSE_PREMISE = "false_premise"
    NO_SYMBOL = "no_symbol"
    EMPTY_CORPUS = "empty_corpus"


@dataclass(frozen=True, slots=True)
class Money:
    """A question about a table of money: what is measured, of which rows, over which periods.

    `concepts` are ids of the finance vocabulary ("staff_costs"); `whole` is the concept a share is taken of;
    `nth` is 2 for "the second largest"; `single` asks for one contribution, not a donor's sum; `until` is the year
    up to which contributions are asked for.
    """

    measure: Measure = Measure.VALUE
    concepts: tuple[str, ...] = ()
    whole: str | None = None
    top: int = 1
    nth: int = 1
    single: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What was understood of a question. Every tuple is a filter: any of its values, all of the filters.

    `states` are States under review, `recommenders` recommending States, `donors` States that paid, `speakers`
    States whose own words are asked for, `bodies` organs and organisations whose words are (`understand.bodies`);
    `sources` are the kinds of document that the question says to read. `since` is the year from which on rows are
    wanted (`settle` fills in `years`). `figures` says that numbers are asked for, `timed` that a date is, and not
    only said with "when"; `numbered` that nothing else is. `subject` is the question without its States, times and
    documents, `core` its content words that say what it is about; `text` is what remains of the topic in the
    question's words, `unused` are words that narrow nothing; `units` are the topics as alternatives by the words that
    name them (`understand.topics`). `decided` says that of the rows left pending in the report those are wanted that
    got these positions afterwards. `pointed` says that the question points to `text` as its topic ("about ...").
    `regions` and `by_regions` are regional groups of the State under review and of the recommending State; `not_by`
    and `not_on` (topics as in `units`) take rows out. `split` says that it also asks how the rows divide by position,
    `compare` is the dimension of which it names several values, so that each has its own figure; `contrast` are the
    topics for which the same is asked, `units` then being any of them. `pairs` are States under review with the year
    or cycle named beside each, `reviews` the States and cycles left where not all of them combine. `rules` says that
    it asks for a rule of the review (`understand.rules`). `asked` is the question without planted instructions and
    its introduction, `missing` what a declined question would have needed.
    """

    intent: Intent
    language: Language
    question: str
    states: tuple[str, ...] = ()
    recommenders: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    cycles: tuple[int, ...] = ()
    years: tuple[int, ...] = ()
    periods: tuple[str, ...] = ()
    sessions: tuple[int, ...] = ()
    latest: bool = False
    since: int | None = None
    positions: tuple[Position, ...] = ()
    implemented: bool = False
    decided: bool = False
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    by_regions: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    not_on: tuple[tuple[tuple[str, str], ...], ...] = ()
    actions: tuple[int, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    sources: tuple[Kind, ...] = ()
    paragraphs: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    units: tuple[tuple[tuple[str, str], ...], ...] = ()
    text: str = ""
    subject: str = ""
    core: str = ""
    pointed: bool = False
    unused: str = ""
    facet: Facet | None = None
    compare: Facet | None = None
    contrast: tuple[tuple[tuple[str, str], ...], ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    reviews: tuple[tuple[str, int], ...] = ()
    money: Money | None = None
    distinct: bool = False
    yes_no: bool = False
    exists: bool = False
    who: bool = False
    dated: bool = False
    timed: bool = False
    counts: bool = False
    figures: bool = False
    numbered: bool = False
    person: bool = False
    place: bool = False
    defines: bool = False
    manner: bool = False
    share: bool = False
    split: bool = False
    rules: bool = False
    most: bool = False
    top: int | None = None
    table: bool = False
    decline: Decline | None = None
    asked: str = ""
    asked_in: Language | None = None
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def filters(self) -> dict[str, object]:
        """Every filter that is set, by name, as JSON values (States as alpha-3)."""
        named: dict[str, object] = {}
        for name in FILTERS:
            value = getattr(self, name)
            if value:
                named[name] = list(value) if isinstance(value, tuple) else value
        return named

    def to_json(self) -> dict[str, object]:
        """The whole plan as JSON values, unset fields left out."""
        shown: dict[str, object] = {"intent": str(self.intent), **self.filters()}
        if self.money:
            shown["money"] = {
                "measure": str(self.money.measure),
                "concepts": list(self.money.concepts),
                "whole": self.money.whole,
            }
        for name in ("facet", "compare", "decline", "text", "table", "distinct", "top"):
            value = getattr(self, name)
            if value:
                shown[name] = value
        return shown


FILTERS = tuple(
    item.name
    for item in fields(Plan)
    if item.name
    in {
        "states", "recommenders", "donors", "speakers", "bodies", "cycles", "years", "periods", "sessions", "positions",
        "implemented", "themes",
        "groups", "goals", "targets", "agencies", "instruments", "regions", "by_regions", "not_by", "actions",
        "documents", "kinds",
        "paragraphs",
        "numbers",
    }
)  # fmt: skip
