"""What its intent adds to a plan or takes away from it."""

from __future__ import annotations

from dataclasses import replace

from assistant.plan import Intent, Money, Plan
from assistant.understand import topics
from assistant.understand.intent import (
    Reading,
    asks_position_document,
    assisted,
    compared,
    contrasted,
    money,
    percent_asked,
    several,
    superlative,
)
from corpus.model import Kind, Position
from index.filters import Facet

ON_TOPICS = frozenset({
    Intent.LIST, Intent.COUNT, Intent.WHO, Intent.COMPARE, Intent.GROUP, Intent.SDG, Intent.MANDATE, Intent.CHANGED,
    Intent.PARLIAMENT, Intent.WHY,
})  # fmt: skip
_NOT_POSITIONS = (Intent.POSITION, Intent.RECOMMENDATION)


def _without_agenda(plan: Plan) -> Plan:
    """A question on goals names the 2030 Agenda by asking; it is not its topic."""
    units = tuple(
        unit for unit in plan.units if not any(kind == "instrument" and "2030" in name for kind, name in unit)
    )
    kept = {name for unit in units for kind, name in unit if kind == "theme"}
    return replace(
        plan,
        units=units,
        instruments=tuple(name for name in plan.instruments if "2030" not in name),
        themes=tuple(name for name in plan.themes if name in kept),
    )


def shaped(plan: Plan, reading: Reading) -> Plan:
    """The plan with what its intent adds or takes away."""
    if plan.intent is Intent.DOCUMENTS:
        return _documents(_plain(plan), reading)
    plan = _plain(plan)
    if plan.intent is Intent.PASSAGE and Kind.FUND_REPORT in plan.kinds:
        plan = replace(plan, positions=(), implemented=False)  # "supported" is what the Fund does
    if plan.rules:
        return replace(
            plan, positions=(), implemented=False, cycles=(), years=(), latest=False, since=None, facet=None
        )
    if plan.intent in _NOT_POSITIONS or plan.intent is Intent.WHY:
        if plan.numbers and plan.recommenders and not plan.states:
            plan = replace(plan, states=plan.recommenders, recommenders=())
        return replace(plan, facet=None, text="" if plan.numbers else plan.text)
    make = _SHAPES.get(plan.intent)
    return make(plan, reading) if make else replace(plan, facet=None)


def _documents(plan: Plan, reading: Reading) -> Plan:
    answered = not plan.kinds and asks_position_document(reading)
    if not answered:
        return replace(plan, facet=None)
    states = plan.states or plan.recommenders
    return replace(plan, kinds=(Kind.UPR_ADDENDUM,), facet=None, positions=(), states=states, recommenders=())


def _plain(plan: Plan) -> Plan:
    """The plan without topics where its intent has none, and without the agenda where goals are its topic."""
    if plan.intent not in ON_TOPICS:
        plan = replace(plan, themes=(), groups=(), agencies=(), instruments=(), units=(), text="")
    if plan.intent is Intent.SDG or plan.goals or plan.targets or plan.facet in {Facet.SDG, Facet.TARGET}:
        plan = _without_agenda(plan)
    return plan


def _money(plan: Plan, reading: Reading) -> Plan:
    if assisted(reading):
        return replace(plan, recommenders=(), positions=(), implemented=False, money=Money(), facet=None)
    donors = tuple(dict.fromkeys((*plan.states, *plan.recommenders)))
    asked = money(reading)
    years = tuple(year for year in plan.years if year != asked.until)
    return replace(
        plan,
        donors=donors,
        states=(),
        recommenders=(),
        positions=(),
        implemented=False,
        money=asked,
        years=years,
    )


def _parliament(plan: Plan, reading: Reading) -> Plan:
    """Laws and ratification are what makes it parliament's work, not its topic."""
    del reading
    units = tuple(unit for unit in plan.units if not any(name in topics.RATIFYING for _, name in unit))
    return replace(plan, units=units, text="", unused="", facet=None)


def _compare(plan: Plan, reading: Reading) -> Plan:
    topics = contrasted(reading)
    if topics:
        merged = tuple(dict.fromkeys(label for unit in topics for label in unit))
        return replace(plan, contrast=topics, units=(merged,), compare=None, facet=None, yes_no=False)
    axis = compared(reading)
    both = (Position.SUPPORTED, Position.NOTED) if axis is Facet.POSITION and len(plan.positions) < 2 else ()
    return replace(plan, compare=axis, positions=both or plan.positions)


def _group(plan: Plan, reading: Reading) -> Plan:
    of_one = len(plan.states) == 1 and not plan.recommenders
    received = plan.recommenders or reading.has("intent.received")
    default = Facet.STATE if received and not of_one else Facet.RECOMMENDER
    first = reading.has("intent.most") or superlative(reading)
    return replace(plan, facet=plan.facet or (default if first else Facet.THEME), most=first)


def _count(plan: Plan, reading: Reading) -> Plan:
    if plan.distinct:
        received = reading.has("intent.received") and not plan.states
        return replace(plan, facet=Facet.STATE if received else Facet.RECOMMENDER)
    if percent_asked(reading):
        return replace(plan, share=True, compare=several(reading))
    return replace(plan, facet=None, compare=several(reading))


def _list(plan: Plan, reading: Reading) -> Plan:
    return replace(plan, facet=None, compare=several(reading))


def _who(plan: Plan, reading: Reading) -> Plan:
    return replace(plan, facet=Facet.STATE if reading.has("intent.received") and not plan.states else None)


def _sdg(plan: Plan, reading: Reading) -> Plan:
    del reading
    return replace(plan, facet=Facet.SDG)


_SHAPES = {
    Intent.MONEY: _money,
    Intent.PARLIAMENT: _parliament,
    Intent.COMPARE: _compare,
    Intent.GROUP: _group,
    Intent.COUNT: _count,
    Intent.LIST: _list,
    Intent.WHO: _who,
    Intent.SDG: _sdg,
}
