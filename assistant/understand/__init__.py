"""A question to a plan: `understand(question, language)`, in six languages, by grammar and data files."""

from __future__ import annotations

from dataclasses import replace

from assistant.plan import Decline, Intent, Plan
from assistant.understand import cues as cue_files
from assistant.understand import dimensions, finance, mask, topics
from assistant.understand.intent import (
    Reading,
    asks_position_document,
    compared,
    facet,
    intent,
    kinds,
    money,
    percent_asked,
    positions,
    without_instructions,
)
from assistant.understand.text import fold, prepare
from corpus import states
from corpus.language import detect
from corpus.model import Kind, Language, Position
from index.filters import Facet

__all__ = ["read", "understand", "wanted_language"]

_ON_TOPICS = frozenset({
    Intent.LIST, Intent.COUNT, Intent.WHO, Intent.COMPARE, Intent.GROUP, Intent.SDG, Intent.MANDATE, Intent.CHANGED,
    Intent.PARLIAMENT, Intent.WHY,
})  # fmt: skip
_NOT_POSITIONS = (Intent.POSITION, Intent.RECOMMENDATION)


def read(question: str, language: Language, known: frozenset[str] = frozenset()) -> Reading:
    """Everything found in a prepared question, before its intent is decided; `known` as in `understand`."""
    cues = cue_files.load(language)
    spoken = [
        match.span()
        for key in cues.keys("languages")
        for match in cues.spans(f"languages.{key}", fold(question))
    ]
    spoken += dimensions.symbols(question)  # the code of a State inside a symbol is part of the symbol
    mentions = [
        m for m in states.find(question) if not any(start < m.end and m.start < end for start, end in spoken)
    ]
    names = {mention.alpha3: states.name(mention.alpha3, language) for mention in mentions}
    masked = mask.mask(question, mentions, names, language, states.resolve)
    found = dimensions.read(masked.text, cues)
    return Reading(
        text=masked.text,
        cues=cues,
        roles=mask.roles(masked, cues, known),
        dimensions=found,
        topics=topics.find(masked.text, found.rest, masked.unfolded, cues),
        positions=positions(masked.text, cues),
        kinds=kinds(masked.text, cues),
        concepts=tuple(dict.fromkeys(item.concept for item in finance.find(masked.plain()))),
    )


def understand(question: str, language: Language | None = None, known: frozenset[str] = frozenset()) -> Plan:
    """The plan of a question that stands alone, in its own language unless `language` is given for the answer.

    `known` are the States of the corpus: a name that several States bear means the only one of them there.

    Raises `QuestionError` for an empty or over-long question.
    """
    prepared = prepare(question)
    asked_in = detect(prepared, language)
    cues = cue_files.load(asked_in)
    kept, planted = without_instructions(prepared, fold(prepared), cues)
    answer_in = wanted_language(prepared, cues) or language or asked_in
    if planted and not any(character.isalnum() for character in kept):
        return Plan(Intent.DECLINE, answer_in, prepared, decline=Decline.INJECTION)
    unclear, kept_clear = _unclear(kept, known)
    if unclear:
        return Plan(Intent.DECLINE, answer_in, prepared, decline=Decline.AMBIGUOUS_STATE, missing=unclear)
    reading = read(kept_clear, asked_in, known)
    plan = _plan(reading, kept, asked_in)
    notes = (*plan.notes, "injection") if planted else plan.notes
    return replace(plan, language=answer_in, question=prepared, asked=kept, asked_in=asked_in, notes=notes)


def _unclear(question: str, known: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """States that an ambiguous name may mean, and the question with such names made clear where the corpus decides."""
    clear = question
    for mention in reversed(states.unclear(question)):
        if mention.alpha3:
            continue
        stored = [code for code in mention.candidates if code in known]
        if len(stored) != 1:
            return mention.candidates, question
        clear = clear[: mention.start] + states.name(stored[0]) + clear[mention.end :]
    return (), clear


def wanted_language(question: str, cues: cue_files.Cues) -> Language | None:
    """The language a question asks to be answered in ("in French")."""
    text = fold(question)
    for language in Language:
        if cues.has(f"languages.{language}", text):
            return language
    return None


def _decline(reading: Reading) -> Decline | None:
    if reading.has("decline.opinion"):
        return Decline.OPINION
    if reading.has("decline.future") or (reading.dimensions.next and not reading.opens("intent.procedure")):
        return Decline.FUTURE
    if reading.has("decline.outside"):
        return Decline.OUTSIDE
    return None


def _plan(reading: Reading, question: str, language: Language) -> Plan:
    wanted = intent(reading)
    roles, numbers = reading.roles, reading.dimensions
    has = reading.has
    plan = Plan(
        intent=wanted,
        language=language,
        question=question,
        states=(*roles.under_review, *roles.free),
        recommenders=roles.recommending,
        cycles=numbers.cycles,
        years=numbers.years,
        periods=numbers.periods,
        sessions=numbers.sessions,
        latest=numbers.latest and not numbers.cycles,
        positions=reading.positions,
        implemented=has("position.implemented"),
        themes=reading.topics.themes,
        groups=reading.topics.groups,
        goals=tuple(dict.fromkeys((*numbers.goals, *reading.topics.goals))),
        targets=tuple(dict.fromkeys((*numbers.targets, *reading.topics.targets))),
        agencies=reading.topics.agencies,
        instruments=reading.topics.instruments,
        documents=numbers.documents,
        kinds=reading.kinds,
        paragraphs=numbers.paragraphs,
        numbers=numbers.numbers,
        units=reading.topics.units,
        text=reading.topics.text,
        pointed=reading.topics.pointed,
        facet=facet(reading.text, reading.cues),
        distinct=has("intent.who_count"),
        yes_no=has("intent.yes_no"),
        who=has("intent.who"),
        dated=has("intent.when"),
        defines=reading.opens("intent.definition"),
        top=numbers.top,
        table=has("intent.table"),
        decline=_decline(reading),
    )
    return _shaped(plan, reading)


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


def _shaped(plan: Plan, reading: Reading) -> Plan:
    """The plan with what its intent adds or takes away."""
    if plan.intent is Intent.DOCUMENTS:
        answered = not plan.kinds and asks_position_document(reading)
        kinds = (Kind.UPR_ADDENDUM,) if answered else plan.kinds
        return replace(_plain(plan), kinds=kinds, facet=None, positions=() if answered else plan.positions)
    return _of_intent(_plain(plan), reading)


def _plain(plan: Plan) -> Plan:
    """The plan without topics where its intent has none, and without the agenda where goals are its topic."""
    if plan.intent not in _ON_TOPICS:
        plan = replace(plan, themes=(), groups=(), agencies=(), instruments=(), units=(), text="")
    if plan.intent is Intent.SDG or plan.goals or plan.targets or plan.facet in {Facet.SDG, Facet.TARGET}:
        plan = _without_agenda(plan)
    return plan


def _of_intent(plan: Plan, reading: Reading) -> Plan:
    """The plan with the dimensions that its intent reads otherwise."""
    if plan.intent is Intent.MONEY:
        donors = tuple(dict.fromkeys((*plan.states, *plan.recommenders)))
        return replace(plan, donors=donors, states=(), recommenders=(), positions=(), money=money(reading))
    if plan.intent is Intent.COMPARE:
        axis = compared(reading)
        both = (
            (Position.SUPPORTED, Position.NOTED) if axis is Facet.POSITION and len(plan.positions) < 2 else ()
        )
        return replace(plan, compare=axis, positions=both or plan.positions)
    if plan.intent in _NOT_POSITIONS or plan.intent is Intent.WHY:
        if plan.numbers and plan.recommenders and not plan.states:
            plan = replace(plan, states=plan.recommenders, recommenders=())
        return replace(plan, facet=None, text="" if plan.numbers else plan.text)
    if plan.intent is Intent.GROUP:
        default = Facet.STATE if plan.recommenders or reading.has("intent.received") else Facet.RECOMMENDER
        wanted = plan.facet or (default if reading.has("intent.most") else Facet.THEME)
        return replace(plan, facet=wanted, most=reading.has("intent.most"))
    if plan.intent is Intent.COUNT and plan.distinct:
        received = reading.has("intent.received") and not plan.states
        return replace(plan, facet=Facet.STATE if received else Facet.RECOMMENDER)
    if plan.intent is Intent.WHO and reading.has("intent.received") and not plan.states:
        return replace(plan, facet=Facet.STATE)
    if plan.intent is Intent.COUNT and percent_asked(reading):
        return replace(plan, share=True)
    return replace(plan, facet=Facet.SDG if plan.intent is Intent.SDG else None)
