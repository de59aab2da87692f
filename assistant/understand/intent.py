"""From what was found in a question to its intent: the order in which readings are tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.plan import Intent, Measure, Money
from assistant.understand import finance, rules
from assistant.understand.clauses import is_region
from assistant.understand.cues import BLOCK, CASES, FIRST, Cues
from assistant.understand.dimensions import Dimensions
from assistant.understand.mask import Roles
from assistant.understand.text import blank
from assistant.understand.topics import Label, Topics
from corpus.model import Kind, Position
from index.filters import Facet

_START = 28  # characters within which a question word opens the question
_LINES = ("income", "expenditure", "balance")


@dataclass(frozen=True, slots=True)
class Excepted:
    """What a question takes out of the rows it asks for: positions, topics, recommending States."""

    positions: tuple[Position, ...] = ()
    units: tuple[tuple[Label, ...], ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in the question, before it is decided what is asked.

    `proper` is the question without its introduction, where it has one; `unused` are words that narrow nothing;
    `left` are all words that no cue explains; `read_as` are names read as States, with what they were read as.
    """

    text: str
    cues: Cues
    roles: Roles
    dimensions: Dimensions
    topics: Topics
    positions: tuple[Position, ...]
    kinds: tuple[Kind, ...]
    concepts: tuple[str, ...]
    splits: bool = False
    excepted: Excepted | None = None
    stranger: str = ""
    subject: str = ""
    decided: bool = False
    pairs: tuple[tuple[str, int], ...] = ()
    proper: str = ""
    unused: str = ""
    left: str = ""
    read_as: tuple[tuple[str, str], ...] = ()
    bodies: tuple[str, ...] = ()
    sources: tuple[Kind, ...] = ()

    def has(self, key: str) -> bool:
        """Whether the cue is in the question."""
        return self.cues.has(key, self.text)

    def opens(self, key: str) -> bool:
        """Whether the cue stands at the question's beginning."""
        match = next(iter(self.cues.spans(key, self.text)), None)
        return match is not None and match.start() <= _START

    @property
    def beside_fund(self) -> str:
        """The text without the Fund's name, which speaks of money, assistance and recommendations itself."""
        return self.cues.without("kinds.fund_report", self.text)

    @property
    def states(self) -> bool:
        """Whether any State or regional group is named."""
        found = self.roles
        return bool(found.under_review or found.recommending or found.free or found.speaking)

    @property
    def topical(self) -> bool:
        """Whether a label of the taxonomy is named."""
        found = self.topics
        return bool(
            found.units
            or found.themes
            or found.groups
            or found.goals
            or found.targets
            or found.agencies
            or found.instruments
        )


def positions(text: str, cues: Cues) -> tuple[Position, ...]:
    """The positions named, each stretch of the question read once.

    "Not yet accepted" is pending, "not accepted" is noted, neither is supported.
    """
    found: list[tuple[int, Position]] = []
    left = text
    for key, position in (
        ("partially_supported", Position.PARTIALLY_SUPPORTED),
        ("pending", Position.PENDING),
        ("noted", Position.NOTED),
        ("supported", Position.SUPPORTED),
    ):
        for match in list(cues.spans(f"position.{key}", left)):
            found.append((match.start(), position))
            left = blank(left, [match.span()])
    return tuple(dict.fromkeys(position for _, position in sorted(found)))


def decided_later(text: str, cues: Cues) -> bool:
    """Whether of what was left pending that is asked for which was decided afterwards.

    "Of those left open in 2010, which did it accept?" gives two positions that are not joined by "and" or "or".
    """
    pending = next(cues.spans("position.pending", text), None)
    if pending is None:
        return False
    rest = blank(text, [pending.span()])
    other = next((m for key in ("supported", "noted") for m in cues.spans(f"position.{key}", rest)), None)
    if other is None:
        return False
    gap = text[min(pending.end(), other.end()) : max(pending.start(), other.start())]
    if any(cues.has(key, gap) for key in ("clauses.also", "clauses.either")):
        return False
    if other.start() < pending.start():
        return cues.has("clauses.among", gap)
    return any(cues.has(f"intent.{key}", text) for key in ("list", "count")) and len(gap.split()) > 1


def facet(text: str, cues: Cues) -> Facet | None:
    """What the question groups by; the longest cue wins."""
    best: tuple[int, Facet] | None = None
    for key in cues.keys("facet"):
        for match in cues.spans(f"facet.{key}", text):
            size = match.end() - match.start()
            if best is None or size > best[0]:
                best = (size, Facet(key))
    return best[1] if best else None


def kinds(text: str, cues: Cues) -> tuple[Kind, ...]:
    """The kinds of document named, in the order of the cue file."""
    return tuple(Kind(key) for key in cues.keys("kinds") if cues.has(f"kinds.{key}", text))


def sources(text: str, cues: Cues) -> tuple[Kind, ...]:
    """The kinds of document that the question says to read; who only speaks of stakeholders names none."""
    only = {match.span() for match in cues.spans("words.stakeholders", text)}
    return tuple(
        Kind(key)
        for key in cues.keys("kinds")
        if Kind(key) in _OF_STATES
        and any(match.span() not in only for match in cues.spans(f"kinds.{key}", text))
    )


_OF_STATES = frozenset({Kind.NATIONAL_REPORT, Kind.UN_COMPILATION, Kind.STAKEHOLDER_SUMMARY})
_ON_ROWS = (
    "intent.list_head", "intent.group_by", "intent.group", "intent.compare", "intent.most", "intent.received",
    "intent.count",
)  # fmt: skip


def about_recommendations(reading: Reading) -> bool:
    """Whether the question asks for recommendations as rows, and not for a passage that speaks of them."""
    if reading.roles.speaking:
        return False
    if reading.roles.recommending or reading.dimensions.numbers:
        return True
    if Kind.FUND_REPORT in reading.kinds and not reading.cues.has(
        "words.recommendation", reading.beside_fund
    ):
        return False
    spans_cycles = (
        len(reading.dimensions.cycles) > 1 or reading.dimensions.every or reading.has("words.cycle")
    )
    if (
        reading.roles.under_review
        and spans_cycles
        and (reading.has("intent.changed") or reading.has("intent.compare"))
    ):
        return True
    if reading.opens("intent.definition") and not (reading.states or reading.topical or _numbered(reading)):
        return False
    noun = reading.has("words.recommendation")
    if noun and (any(map(reading.has, _ON_ROWS)) or not reading.opens("intent.procedure")):
        return bool(
            reading.states
            or reading.topical
            or reading.positions
            or _numbered(reading)
            or reading.has("intent.list_head")
        )
    if (reading.has("intent.most") and reading.has("words.recommend")) or reading.has("intent.raised"):
        return True
    if superlative(reading) and reading.has("words.recommend"):
        return True
    if _compared(reading) and (reading.positions or reading.has("clauses.received")):
        return not reading.has("money.about")
    if reading.has("intent.who") and (reading.has("words.recommend") or reading.states):
        return reading.has("words.recommend")
    return bool(
        reading.positions and reading.roles.under_review and not reading.opens("intent.procedure")
    ) or (bool(reading.roles.under_review) and (reading.has("intent.recommended") or _only_names(reading)))


def _numbered(reading: Reading) -> bool:
    found = reading.dimensions
    return bool(found.cycles or found.years or found.sessions or found.since)


def _only_names(reading: Reading) -> bool:
    """Whether the question only names a State and a topic ("Moldova: LGBT persons"): its recommendations are meant."""
    asks = (
        "definition",
        "procedure",
        "says",
        "documents",
        "help",
        "why",
        "yes_no",
        "list",
        "count",
        "who",
        "person",
        "when",
        "decides",
    )
    named = reading.topical or reading.topics.known
    return named and not reading.kinds and not any(reading.has(f"intent.{key}") for key in asks)


def asks_position_document(reading: Reading) -> bool:
    """Whether the document is asked for in which a State gave its positions, and not one position."""
    roles = reading.roles
    return (
        reading.has("intent.documents")
        and reading.has("intent.position")
        and len({*roles.under_review, *roles.free, *roles.recommending}) == 1
        and not (reading.dimensions.numbers or reading.has("intent.count"))
    )


def about_money(reading: Reading) -> bool:
    """Whether a figure of a financial table is asked for."""
    noun = reading.cues.has("words.recommendation", reading.beside_fund)
    if (noun or reading.has("words.recommend")) and not reading.has("money.about"):
        return False
    if noun and (reading.positions or reading.roles.under_review):
        return False
    if assisted(reading):
        return reading.has("money.amount")
    if asks_place(reading):
        return False
    gave = reading.has("money.gave") and reading.has("money.strong") and reading.states
    asked = reading.has("money.ask") or (gave and reading.has("intent.yes_no"))
    if not asked and reading.opens("intent.procedure"):
        return False
    concept = bool(reading.concepts)
    due = "unpaid_pledges" in reading.concepts
    dated = bool(reading.dimensions.years or reading.dimensions.periods)
    summed = dated or reading.has("money.total") or Kind.FUND_REPORT in reading.kinds
    if reading.has("money.noun") and reading.states and summed:
        return not reading.opens("intent.procedure")
    if concept and dated and not reading.opens("intent.definition") and not reading.has("intent.says"):
        return True
    if reading.states and not concept and not _speaks_of_money(reading):
        return False
    return (asked and (concept or reading.has("money.about"))) or (
        concept and (due or reading.has("money.strong"))
    )


def assisted(reading: Reading) -> bool:
    """Whether the State named is one that the Fund helps ("in X", "to X"), and not one that pays into it."""
    return Kind.FUND_REPORT in reading.kinds and reading.has("money.assisted")


def asks_place(reading: Reading) -> bool:
    """Whether it is asked where the Fund did something, and not who paid into it."""
    of_fund = Kind.FUND_REPORT in reading.kinds
    helped = reading.has("money.whom") or (reading.has("money.place") and not _speaks_of_money(reading))
    return of_fund and helped


def _speaks_of_money(reading: Reading) -> bool:
    """Whether anything but the Fund's name does: what it did may be counted too ("how many judges")."""
    said = reading.beside_fund
    return reading.cues.has("money.gave", said) or reading.cues.has("money.about", said)


def money(reading: Reading) -> Money:
    """The measure and the rows of a question about money."""
    found = [name for name in reading.concepts]
    table = finance.concepts()
    measure = _measure(reading)
    whole = None
    if measure is Measure.SHARE:
        totals = [name for name in found if table[name].kind == "total"]
        lines = [name for name in found if table[name].kind == "line"]
        if lines:
            whole = next((name for name in totals if table[name].side == table[lines[0]].side), None)
            found = lines[:1]
        elif totals and (reading.roles.under_review or reading.roles.free or reading.roles.recommending):
            found = []
    elif reading.has("money.spent"):
        # "How much was spent on travel" names the side by its verb and asks for the line alone.
        sides = {table[name].side for name in found if table[name].kind == "line"}
        found = [name for name in found if table[name].kind == "line" or table[name].side not in sides]
    top = reading.dimensions.top or (3 if reading.has("money.top") else 1)
    nth = next((n for n in (2, 3, 4) if reading.has(f"money.nth_{n}")), 1)
    given = all(table[name].side == "donors" or "contributions" in name for name in found)
    until = reading.dimensions.until if given else None
    return Money(measure, tuple(found), whole, top, nth, single=reading.has("money.single"), until=until)


def _measure(reading: Reading) -> Measure:
    """The first measure whose words are there, in this order; a sum needs a donor, a count of donors none."""
    has, states = reading.has, reading.states
    several = len(reading.concepts) > 1 or len(reading.dimensions.years) > 1 or states
    named = {*reading.roles.under_review, *reading.roles.free, *reading.roles.recommending}
    times = len(reading.dimensions.years) + len(reading.dimensions.periods)
    apart = has("money.difference") or has("money.largest") or has("money.smallest")
    ordinal = any(has(f"money.nth_{n}") for n in (2, 3, 4))
    readings = (
        (has("money.unpaid") or "unpaid_pledges" in reading.concepts, Measure.UNPAID),
        (has("money.share"), Measure.SHARE),
        (apart and (len(named) > 1 or (states and times > 1)), Measure.DIFFERENCE),
        (has("money.donors") and not states, Measure.DONORS),
        (ordinal, Measure.LARGEST),
        (has("money.rank") and states, Measure.RANK),
        (has("money.negative") and not reading.concepts, Measure.NEGATIVE),
        (has("money.smallest"), Measure.SMALLEST),
        (has("money.largest"), Measure.LARGEST),
        (has("money.average"), Measure.AVERAGE),
        (has("money.difference") and several, Measure.DIFFERENCE),
        (has("money.who") and not states, Measure.LIST),
        (has("money.total") and (states or _lines(reading) > 1), Measure.TOTAL),
    )
    return next((measure for holds, measure in readings if holds), Measure.VALUE)


def _lines(reading: Reading) -> int:
    """How many lines of a statement are named, its totals aside."""
    return sum(finance.concepts()[name].kind == "line" for name in reading.concepts)


def intent(reading: Reading) -> Intent:
    """What sort of answer the question wants."""
    has = reading.has
    first = _unmistakable(reading)
    if first:
        return first
    if under_paragraph(reading):
        return _of_rows(reading)
    if reading.dimensions.paragraphs and not reading.dimensions.numbers and not has("intent.count"):
        return Intent.PARAGRAPH
    if asks_position_document(reading):
        return Intent.DOCUMENTS
    if about_recommendations(reading):
        return _of_rows(reading)
    if has("intent.documents") and not reading.opens("intent.procedure"):
        return Intent.DOCUMENTS
    if reading.dimensions.documents or (
        has("intent.resolution") and has("intent.decides") and not reading.roles.under_review
    ):
        return Intent.RESOLUTION
    reviewed = reading.roles.under_review and (has("intent.duty") or has("words.cycle"))
    if has("intent.parliament") and (has("intent.list_head") or reviewed):
        return Intent.PARLIAMENT
    if has("intent.help") and not (reading.states or reading.topical or reading.kinds):
        return Intent.HELP
    return Intent.PASSAGE


def _unmistakable(reading: Reading) -> Intent | None:
    """What is asked whatever else the question names: a body's words, eligibility, a rule of the review, money."""
    if reading.bodies:
        return Intent.PASSAGE
    if reading.has("intent.eligibility") and not (reading.roles.recommending or reading.positions):
        return Intent.ELIGIBILITY
    return rules.asked(reading) or (Intent.MONEY if about_money(reading) else None)


def _of_rows(reading: Reading) -> Intent:
    has = reading.has
    numbers = reading.dimensions.numbers
    if reading.opens("intent.why"):
        return Intent.WHY
    if numbers:
        return Intent.POSITION if has("intent.position") or reading.positions else Intent.RECOMMENDATION
    if has("intent.parliament") or has("intent.legislate"):
        return Intent.PARLIAMENT
    if has("intent.changed"):
        return Intent.CHANGED
    if has("intent.compare") or _compared(reading) is not None or contrasted(reading):
        return Intent.COMPARE
    if superlative(reading):
        return Intent.GROUP
    if has("intent.who_count") or has("intent.count") or (percent_asked(reading) and reading.positions):
        return Intent.COUNT if not has("intent.group_by") else Intent.GROUP
    named = (
        reading.topics.goals,
        reading.topics.targets,
        reading.dimensions.goals,
        reading.dimensions.targets,
    )
    if has("intent.sdg") and not any(named):
        return Intent.SDG
    if has("intent.most") or (has("intent.group") and facet(reading.text, reading.cues) is not None):
        return Intent.GROUP
    if reading.topics.agencies:
        return Intent.MANDATE
    if has("intent.who") or has("intent.raised"):
        return Intent.WHO
    return Intent.LIST


_SUPERLATIVE = frozenset({Facet.CYCLE, Facet.RECOMMENDER, Facet.STATE})


def several(reading: Reading) -> Facet | None:
    """The dimension of which the question names several values: what its figures are divided by.

    Years that stand beside States belong to them, so that States come first; positions divide each value further.
    """
    roles, found = reading.roles, reading.dimensions
    reviewed, by = {*roles.under_review, *roles.free}, set(roles.recommending)
    regions = bool(by) and all(map(is_region, by))
    named = (
        (Facet.STATE, 0 if any(map(is_region, reviewed)) else len(reviewed)),
        (
            Facet.REGION if regions else Facet.RECOMMENDER,
            0 if any(map(is_region, by)) and not regions else len(by),
        ),
        (Facet.CYCLE, max(len(found.cycles), 0 if found.since else len(found.years))),
        (Facet.POSITION, len(reading.positions) - reading.decided),
    )
    return next((dimension for dimension, values in named if values > 1), None)


def _compared(reading: Reading) -> Facet | None:
    """What is compared, where more or fewer is asked of several values; not where which other States is asked."""
    axis, asked = several(reading), facet(reading.text, reading.cues)
    if axis is None or reading.has("intent.compare"):
        return axis
    if not (reading.has("intent.most") or reading.has("intent.more")):
        return None
    if axis in {Facet.RECOMMENDER, Facet.REGION}:
        return None if asked is Facet.STATE or reading.has("intent.received") else axis
    if axis is Facet.STATE:
        return axis if _alternatives(reading) or not _asks_who(reading) else None
    return None if _asks_who(reading) or asked not in {None, axis} else axis


def contrasted(reading: Reading) -> tuple[tuple[Label, ...], ...]:
    """The topics of which each is asked for its figure ("how many on schools and how many on prisons?"), or none."""
    roles, has = reading.roles, reading.has
    narrow = bool(roles.under_review or roles.recommending or roles.free)
    counts = not reading.splits and len(list(reading.cues.spans("intent.count", reading.text))) > 1
    either = (has("intent.more") or has("intent.most")) and has("clauses.either") and not has("intent.who")
    topics = tuple(one for unit in reading.topics.units for one in _written(unit))
    wanted = narrow and len(topics) > 1 and several(reading) is None and (counts or either)
    return topics if wanted else ()


def _written(unit: tuple[Label, ...]) -> list[tuple[Label, ...]]:
    """A topic's alternatives by the words that name them, which stand last of each."""
    found: list[tuple[Label, ...]] = []
    last = 0
    for place, (kind, _) in enumerate(unit, 1):
        if kind == "words" or place == len(unit):
            found.append(unit[last:place])
            last = place
    return found


def _asks_who(reading: Reading) -> bool:
    return reading.cues.has("intent.who", reading.cues.without("words.recommendation", reading.text))


def _alternatives(reading: Reading) -> bool:
    """Whether "or" stands between two States, one of which is asked for."""
    places = [at for at, one in enumerate(reading.text) if FIRST <= ord(one) < FIRST + BLOCK * len(CASES)]
    gaps = (reading.text[one + 1 : other] for one, other in pairwise(places))
    return any(reading.cues.has("clauses.either", gap) for gap in gaps)


def compared(reading: Reading) -> Facet:
    """What is compared: what the question names several of, else the cycles."""
    return _compared(reading) or (
        Facet.POSITION if reading.roles.under_review and reading.dimensions.cycles else Facet.CYCLE
    )


def under_paragraph(reading: Reading) -> bool:
    """Whether the recommendations are asked for that a paragraph of a Working Group's report lists."""
    found = reading.dimensions
    listed = reading.has("words.recommendation") and (
        any(reading.has(f"intent.{key}") for key in ("list_head", "count", "who"))
        or reading.opens("words.recommendation")
    )
    elsewhere = set(reading.kinds) - {Kind.UPR_OUTCOME}
    return bool(found.paragraphs and reading.states and listed and not (found.numbers or elsewhere))


def superlative(reading: Reading) -> bool:
    """Whether it is asked which State, or which cycle, comes first in number, and perhaps with how many."""
    asked = facet(reading.text, reading.cues)
    if reading.has("intent.most") and (reading.has("intent.who") or asked in _SUPERLATIVE):
        return True
    return reading.has("intent.which_state") and (reading.has("intent.most") or reading.has("intent.first"))


def percent_asked(reading: Reading) -> bool:
    """Whether a share of recommendations is wanted."""
    return reading.has("money.share")


_SENTENCE = re.compile(r".+?(?:[.!?]+(?=\s|$)|[。？！؟\n]|$)")


def without_instructions(question: str, folded: str, cues: Cues) -> tuple[str, bool]:
    """The question without sentences that try to instruct the program, and whether there were any."""
    kept: list[str] = []
    planted = False
    for match in _SENTENCE.finditer(folded):
        if cues.has("decline.injection", match.group()):
            planted = True
        else:
            kept.append(question[match.start() : match.end()])
    return " ".join(part.strip() for part in kept).strip(), planted
