"""Follow-ups: a question that leans on the one before amends its plan, visibly.

"And the noted ones?", "what about cycle 4?", "only by Norway", "in a table", "en français": what the follow-up
names replaces the same part of the plan, everything else stays.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.plan import Decline, Intent, Measure, Money, Plan
from assistant.scope import Shelf
from assistant.understand import (
    asks_whether,
    bodies,
    core,
    dimensions,
    finance,
    mask,
    read,
    topics,
    wanted_language,
)
from assistant.understand.cues import Cues, load
from assistant.understand.intent import Reading, compared, facet, money
from assistant.understand.text import blank, fold, prepare
from corpus import states
from corpus.language import detect
from corpus.model import Kind, Language
from index.filters import Facet

_BARE = 6  # words of a question in which an ordinal needs no noun
_ALONE = 5  # words of a question that nothing opens as a follow-up, and that names only what to change
_SHORT = 9  # words of a question that may lean on the one before without saying so
_MARKS = (
    " ,.;:!\u060c\u061b\uff0c\u3002\uff01"  # what may stand behind "OK"; the last five Arabic and Chinese
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_MEASURES = ("total", "share", "largest", "smallest", "rank", "donors", "unpaid", "negative", "average")
_PASSAGES = frozenset({Intent.PASSAGE, Intent.RESOLUTION, Intent.DOCUMENTS, Intent.HELP, Intent.ELIGIBILITY})


def amend(question: str, language: Language | None, previous: Plan, shelf: Shelf) -> Plan | None:
    """The previous plan with what the follow-up changes, or None when the question stands alone."""
    prepared = prepare(question)
    spoken = detect(prepared, previous.asked_in or previous.language)
    cues = load(spoken)
    if cues.has("decline.injection", fold(prepared)):
        return None
    told = _without_courtesy(prepared, cues)
    reading = _counted(read(told, spoken), len(_words(told)), previous)
    wanted = wanted_language(prepared, cues)
    if not _leans(reading, cues, wanted, len(_words(told)), previous):
        return None
    plan = replace(
        previous, question=prepared, asked_in=spoken, decline=None, missing=(), notes=(), reviews=(), unused="",
        years=() if reading.dimensions.cycles else previous.years,
        language=wanted or language or (spoken if len(_words(prepared)) > 1 else previous.language),
        table=previous.table or reading.has("intent.table"),
    )  # fmt: skip
    plan = _numbers(plan, reading)
    if previous.intent is Intent.MONEY:
        return _of_money(plan, reading)
    if previous.intent in _PASSAGES:
        if wanted:
            return plan
        said = previous.speakers or previous.bodies
        again = _of_passages(plan, reading)
        return _of_words(again, prepared, reading) if said else again
    plan = _states(plan, reading, shelf)
    plan = _topics(plan, reading)
    plan = _others(plan, reading)
    plan = _divided(_intent(plan, reading), previous)
    unheard = reading.topics.text and not (wanted or plan.table) and _same(plan, previous)
    return replace(plan, unused=reading.topics.text) if unheard else plan


def _same(plan: Plan, previous: Plan) -> bool:
    """Whether a turn changed nothing of what is asked for, so that its words were not understood."""
    kept = (plan.intent, plan.filters(), plan.units, plan.text, plan.latest, plan.facet)
    return kept == (
        previous.intent, previous.filters(), previous.units, previous.text, previous.latest, previous.facet,
    )  # fmt: skip


def _without_courtesy(question: str, cues: Cues) -> str:
    """A turn without what only answers the turn before ("OK, and Chad?")."""
    text = question
    while match := next(cues.spans("follow.well", fold(text)), None):
        mark, rest = fold(text[match.end() :]).lstrip()[:1], text[match.end() :].lstrip(_MARKS)
        joined = next(cues.spans("follow.start", fold(rest)), None)
        if match.start() or not rest or not (mark in _MARKS or (joined and not joined.start())):
            break
        text = rest
    return text


def _of_words(plan: Plan, question: str, reading: Reading) -> Plan:
    """What was said, by another body or on another topic that the follow-up names."""
    masked = mask.Masked(fold(question), {}, question)
    places = bodies.find(masked, reading.cues)
    if places:
        return replace(plan, bodies=tuple(dict.fromkeys(one.id for one in places)), speakers=())
    subject = reading.cues.without("follow.start", fold(reading.subject))
    words = core(subject, reading.cues)
    return replace(plan, subject=subject, core=words, pointed=True) if words else plan


def _counted(reading: Reading, words: int, previous: Plan) -> Reading:
    """The reading with the cycles that a bare ordinal stands for after a question on reviews ("and in the third?")."""
    found = reading.dimensions
    named = found.cycles or found.years or found.sessions or found.numbers or found.paragraphs
    opener = next((m for m in reading.cues.spans("follow.start", reading.text) if m.start() <= 1), None)
    apart = previous.intent is Intent.MONEY or not previous.states or reading.has("intent.table")
    if named or apart or opener is None or words > _BARE:
        return reading
    cycles, rest = dimensions.ordinals_in(reading.text[opener.end() :], reading.cues)
    other = reading.topics.units or topics.remaining(rest, reading.cues)
    return reading if other else replace(reading, dimensions=replace(found, cycles=cycles))


def _words(text: str) -> list[str]:
    return list(_HAN.findall(text))[::2] if _HAN.search(text) else text.split()


def _leans(reading: Reading, cues: Cues, wanted: Language | None, words: int, previous: Plan) -> bool:
    """Whether a question leans on the one before: it opens or refers like a follow-up, or is a bare filter."""
    text = reading.text
    opener = next((match for match in cues.spans("follow.start", text) if match.start() <= 1), None)
    # "How many ..." opens a new question as well as a follow-up; "and", "what about" only the latter.
    asking = opener is not None and any(
        cues.has(f"intent.{key}", opener.group()) for key in ("count", "who", "list")
    )
    connective = opener is not None and not asking
    refers = cues.has("follow.refers", text)
    alone = bool(reading.roles.under_review or reading.roles.free) and cues.has("words.recommendation", text)
    decides = cues.has("decline.opinion", text) or cues.has("decline.outside", text)
    if decides or (alone and not connective) or (alone and words > _SHORT):
        return False
    rows = previous.intent not in _PASSAGES and previous.intent is not Intent.MONEY
    if (
        rows
        and previous.states
        and words <= _SHORT
        and (
            _only_recommends(reading)
            or _only_decides(reading)
            or (reading.has("follow.others") and not alone)
        )
    ):
        return True
    if wanted or reading.has("intent.table"):
        return words <= _SHORT or refers
    numbers = reading.dimensions
    bare = bool(
        reading.positions or reading.states or reading.topics.units or numbers.cycles or numbers.years
        or numbers.numbers
        or numbers.paragraphs or numbers.periods or facet(text, cues) or reading.concepts or numbers.latest
    )  # fmt: skip
    helped = previous.intent is Intent.PASSAGE and Kind.FUND_REPORT in previous.kinds and previous.states
    if helped and reading.has("money.amount") and not reading.states and words <= _SHORT:
        return True
    measured = previous.intent is Intent.MONEY and any(reading.has(f"money.{key}") for key in _MEASURES)
    bare = bare or measured
    asks = any(reading.has(f"intent.{key}") for key in ("count", "who", "list", "group"))
    if opener is not None and words <= _SHORT and (bare or asks or reading.topics.text):
        return True
    money_again = previous.intent is Intent.MONEY and bool(reading.concepts) and not reading.states
    if refers and words <= _SHORT + 3 and not money_again:
        return bare or asks
    return bare and words <= _ALONE and (measured or not asks)


def _only_recommends(reading: Reading) -> bool:
    """Whether it is asked what a State recommended and not to whom, so that the review spoken of is meant."""
    roles = reading.roles
    named = roles.recommending and not (roles.under_review or roles.free or roles.speaking)
    whom = reading.has("intent.received") or reading.dimensions.every or reading.dimensions.numbers
    return bool(named) and _recommends(reading) and not whom


def _only_decides(reading: Reading) -> bool:
    """Whether nothing but a position is named ("which are still open?")."""
    named = reading.states or reading.topics.units or reading.kinds or reading.has("words.recommendation")
    return bool(reading.positions) and not named


def _recommends(reading: Reading) -> bool:
    """Whether a verb of recommending is there, and not only the noun."""
    return reading.cues.has(
        "words.recommend", reading.cues.without("words.recommendation", reading.text)
    ) or reading.has("intent.recommended")


def _numbers(plan: Plan, reading: Reading) -> Plan:
    """Cycles, years, numbers and paragraphs that the follow-up names."""
    found = reading.dimensions
    if found.cycles:
        plan = replace(plan, cycles=found.cycles, years=(), latest=False)
    if found.every:
        plan = replace(plan, cycles=(), years=(), latest=False)
    if found.latest:
        plan = replace(plan, cycles=(), years=(), latest=True)
    if found.years or found.periods:
        plan = replace(plan, years=found.years, periods=found.periods, cycles=(), latest=False)
    if found.numbers and plan.intent in {Intent.POSITION, Intent.RECOMMENDATION, Intent.WHY}:
        plan = replace(plan, numbers=found.numbers)
    if found.paragraphs:
        plan = replace(plan, paragraphs=found.paragraphs)
    return plan


def _states(plan: Plan, reading: Reading, shelf: Shelf) -> Plan:
    """States that the follow-up names, in the role it gives them or in the one that is being spoken of."""
    review, by, free = reading.roles.under_review, reading.roles.recommending, reading.roles.free
    review = (*review, *free)
    named = tuple(dict.fromkeys((*review, *by)))
    if len(named) == 1 and not (by and _recommends(reading)):
        # A State that is already spoken of is so in the role it has.
        if named[0] in plan.states:
            return replace(plan, states=named)
        if named[0] in plan.recommenders:
            return replace(plan, recommenders=named)
    if by and set(by) <= set(plan.states) and not review and not plan.recommenders:
        return replace(plan, recommenders=by, states=())
    if by:
        plan = replace(plan, recommenders=by)
    if review:
        reviewed = all(shelf.reviews(state) for state in review)
        speaks_of_by = plan.recommenders and not by and not reading.has("roles.explicit")
        if speaks_of_by and not (reviewed and len(plan.recommenders) != 1):
            explicit = reading.has("follow.to")
            plan = replace(plan, states=review) if explicit else replace(plan, recommenders=review)
        elif reviewed or not plan.states:
            plan = replace(plan, states=review)
        else:
            plan = (
                replace(plan, recommenders=review)
                if shelf.reviews(plan.states[0]) and reading.has("follow.only")
                else replace(plan, states=review)
            )
    return plan


def _topics(plan: Plan, reading: Reading) -> Plan:
    """Positions and topics that the follow-up names, and filters it lifts."""
    found = reading.topics
    if reading.positions:
        whether = asks_whether(reading) or reading.has(
            "follow.one"
        )  # "the one on schools: did it accept it?"
        plan = replace(plan, positions=reading.positions, implemented=False, decided=False, yes_no=whether)
    if reading.has("position.implemented"):
        plan = replace(plan, implemented=True)
    if reading.has("follow.reset"):
        plan = replace(plan, positions=(), implemented=False)
    if found.units:
        plan = replace(
            plan, contrast=(), units=found.units, themes=found.themes, groups=found.groups, agencies=found.agencies,
            instruments=found.instruments, text="",
        )  # fmt: skip
    if reading.dimensions.goals or reading.dimensions.targets:
        plan = replace(plan, goals=reading.dimensions.goals, targets=reading.dimensions.targets)
    if found.text and (found.pointed or reading.has("follow.one")) and not found.units:
        opener = next(
            (
                match.group()
                for match in reading.cues.spans("follow.start", reading.text)
                if match.start() <= 1
            ),
            "",
        )
        words = " ".join(word for word in found.text.split() if fold(word) not in opener)
        plan = replace(plan, text=words, pointed=True) if words else plan
    return plan


def _intent(plan: Plan, reading: Reading) -> Plan:
    """Another sort of answer, where the follow-up asks for one."""
    has = reading.has
    grouped = facet(reading.text, reading.cues)
    if has("intent.compare") or has("intent.changed"):
        axis = compared(reading)
        cycles = () if axis is Facet.CYCLE and len(plan.cycles) < 2 else plan.cycles
        return replace(plan, intent=Intent.COMPARE, compare=axis, cycles=cycles, facet=None)
    if _only_recommends(reading) and plan.intent in {Intent.GROUP, Intent.WHO, Intent.COUNT}:
        wanted = Intent.COUNT if has("intent.count") else Intent.LIST
        return replace(plan, intent=wanted, facet=None, distinct=False, who=False, most=False)
    if has("intent.who_count"):
        return replace(plan, intent=Intent.COUNT, distinct=True, facet=Facet.RECOMMENDER)
    if has("intent.who") or (has("follow.others") and not has("intent.count")):
        return replace(plan, intent=Intent.WHO, facet=None, distinct=False)
    if has("intent.why"):
        return replace(plan, intent=Intent.WHY, facet=None, distinct=False)
    if grouped and (has("intent.group_by") or has("intent.group")):
        return replace(plan, intent=Intent.GROUP, facet=grouped, distinct=False)
    if has("intent.count"):
        return replace(plan, intent=Intent.COUNT, facet=None, distinct=False)
    if has("follow.list") or (has("intent.table") and plan.intent in {Intent.COUNT, Intent.WHO}):
        return replace(plan, intent=Intent.LIST, facet=None, distinct=False)
    return plan


def _others(plan: Plan, reading: Reading) -> Plan:
    """Other States are asked for: not those spoken of, and whatever became of their recommendations."""
    if not reading.has("follow.others"):
        return plan
    kept = reading.positions
    if not (plan.units or plan.text or plan.numbers):
        # What "the same" was is not told by any topic.
        same = next(reading.cues.spans("follow.refers", reading.text), None)
        plan = replace(plan, unused=same.group()) if same else plan
    return replace(
        plan, recommenders=(), not_by=plan.recommenders, positions=kept, implemented=False, yes_no=False
    )


def _divided(plan: Plan, previous: Plan) -> Plan:
    """The plan with the dimension of which it now has several values; one value alone is counted, not compared."""
    if plan.intent is Intent.COMPARE and previous.intent is not Intent.COMPARE:
        return plan
    if plan.intent not in {Intent.COMPARE, Intent.COUNT, Intent.LIST}:
        return replace(plan, compare=None)
    values = (
        (Facet.STATE, plan.states), (Facet.RECOMMENDER, plan.recommenders), (Facet.CYCLE, plan.cycles or plan.years),
        (Facet.POSITION, plan.positions),
    )  # fmt: skip
    axis = next((dimension for dimension, several in values if len(several) > 1), None)
    pairs = plan.pairs if plan.states == previous.states and plan.years == previous.years else ()
    if plan.intent is Intent.COMPARE and axis is None:
        return replace(plan, intent=Intent.COUNT, compare=None, pairs=pairs)
    return replace(plan, compare=axis, pairs=pairs)


def _of_passages(plan: Plan, reading: Reading) -> Plan:
    """A question on what documents say, asked again with more words, or of another State in the first one's place."""
    named = (*reading.roles.under_review, *reading.roles.free, *reading.roles.recommending)
    asked = plan.asked
    if named and plan.states and not plan.speakers:
        asked = blank(asked, [(one.start, one.end) for one in states.find(asked)])
        plan = replace(plan, states=named)
    plan = replace(plan, asked=f"{asked} {plan.question}".strip())
    of_fund = Kind.FUND_REPORT in plan.kinds and bool(plan.states)
    if of_fund and reading.has("money.amount"):
        return replace(plan, intent=Intent.MONEY, money=Money())
    return plan


def _of_money(plan: Plan, reading: Reading) -> Plan:
    """A question about money with other donors, periods, lines or another measure."""
    named = (*reading.roles.under_review, *reading.roles.free, *reading.roles.recommending)
    before = plan.money or Money()
    asked = money(reading)
    if asked.measure is Measure.VALUE and reading.has("money.total"):
        # The total that is asked for after a share is what it was a share of.
        bare = before.measure is Measure.SHARE and before.concepts and not (asked.concepts or named)
        whole = before.whole or finance.total_of(before.concepts[0]) if bare else None
        asked = replace(asked, measure=Measure.TOTAL, concepts=(whole,) if whole else asked.concepts)
    if named:
        plan = replace(plan, states=named) if plan.states else replace(plan, donors=named)
    changes = asked.measure is not Measure.VALUE or asked.nth > 1
    measure = asked.measure if changes else before.measure
    concepts = asked.concepts or (before.concepts if not named else ())
    if asked.concepts and not named:
        plan = replace(plan, donors=())
    if asked.concepts and not changes and before.measure is not Measure.SHARE:
        measure = Measure.VALUE
    if (
        named
        and not changes
        and before.measure not in {Measure.VALUE, Measure.TOTAL, Measure.SHARE, Measure.RANK}
    ):
        measure = Measure.VALUE
    if measure is Measure.TOTAL and not (reading.dimensions.years or reading.dimensions.periods):
        plan = replace(plan, years=(), periods=())
    if changes and measure in {Measure.LARGEST, Measure.SMALLEST, Measure.DONORS, Measure.LIST} and not named:
        plan = replace(plan, donors=())
    single = asked.single if changes else before.single
    whole = asked.whole or (before.whole if measure is Measure.SHARE else None)
    return replace(
        plan,
        money=Money(measure, concepts, whole, asked.top, asked.nth if changes else before.nth, single=single),
    )


def declined(plan: Plan) -> bool:
    """Whether the plan before was declined for good: nothing in it to amend."""
    return plan.decline in {Decline.OPINION, Decline.OUTSIDE, Decline.INJECTION, Decline.FUTURE}
