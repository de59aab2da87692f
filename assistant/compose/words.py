"""Names of what plans and rows hold, in the answer's language: States, positions, labels, facets."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.messages import Phrases
from assistant.plan import Plan
from corpus import states
from corpus.model import Language, Position, Recommendation
from index.filters import Facet

_POSITIONS = {
    Position.SUPPORTED: "supported",
    Position.NOTED: "noted",
    Position.PARTIALLY_SUPPORTED: "partially supported",
    Position.PENDING: "pending",
}
_FACETS = {
    Facet.STATE: "State under review",
    Facet.CYCLE: "cycle",
    Facet.POSITION: "position",
    Facet.RECOMMENDER: "recommending State",
    Facet.THEME: "theme",
    Facet.GROUP: "group of persons",
    Facet.SDG: "SDG",
    Facet.TARGET: "SDG target",
    Facet.AGENCY: "agency",
    Facet.ACTION: "action category",
    Facet.REGION: "regional group",
    Facet.INSTRUMENT: "instrument",
    Facet.SESSION: "session",
    Facet.YEAR: "year",
}


def state(code: str, language: Language) -> str:
    """A State's name."""
    return states.name(code, language)


def listed(codes: Sequence[str], phrases: Phrases) -> str:
    """States as a list in words."""
    return phrases.listing([state(code, phrases.language) for code in codes])


def position(value: Position, phrases: Phrases) -> str:
    """A position in words."""
    return phrases.say(_POSITIONS[value])


def facet(value: Facet, phrases: Phrases) -> str:
    """The name of a facet."""
    return phrases.say(_FACETS[value])


def titled(value: Facet, phrases: Phrases) -> str:
    """The name of a facet as a heading."""
    name = facet(value, phrases)
    return name[:1].upper() + name[1:]


def label(value: str, kind: Facet, phrases: Phrases) -> str:
    """A label of a facet in words."""
    if kind in {Facet.STATE, Facet.RECOMMENDER}:
        return state(value, phrases.language)
    if kind is Facet.POSITION:
        return position(Position(value), phrases)
    if kind is Facet.CYCLE:
        return f"{phrases.say('cycle')} {value}"
    if kind is Facet.SDG:
        return f"{phrases.say('SDG')} {value}"
    return topic(value, kind, phrases.language)


def topic(value: str, kind: Facet, language: Language) -> str:
    """The name of a taxonomy's entry, or the label itself."""
    from corpus.tag import taxonomy

    entries = {
        Facet.THEME: taxonomy.themes,
        Facet.GROUP: taxonomy.groups,
        Facet.INSTRUMENT: taxonomy.instruments,
    }.get(kind)
    entry = entries().get(value) if entries else None
    return entry.name(language) if entry else value


def recommenders(row: Recommendation, phrases: Phrases) -> str:
    """Who recommended, as printed: States by name, then names that no State answers to."""
    named = [state(code, phrases.language) for code in row.recommenders]
    return ", ".join([*named, *row.unresolved])


def understood(plan: Plan, phrases: Phrases, *, intent: bool = True) -> str:
    """One line of what was understood: every filter that is set, by name."""

    def labels(values: Sequence[str], kind: Facet) -> str:
        return ", ".join(topic(value, kind, phrases.language) for value in values)

    said = (
        ("State under review", listed(plan.states, phrases)),
        ("recommending State", listed(plan.recommenders, phrases)),
        ("donor", listed(plan.donors, phrases)),
        ("position", phrases.listing([position(value, phrases) for value in plan.positions])),
        ("implemented", phrases.say("Yes") if plan.implemented else ""),
        ("cycle", ", ".join(map(str, plan.cycles))),
        ("year", ", ".join(map(str, plan.years))),
        ("session", ", ".join(map(str, plan.sessions))),
        ("period", ", ".join(plan.periods)),
        ("theme", labels(plan.themes, Facet.THEME)),
        ("group of persons", labels(plan.groups, Facet.GROUP)),
        ("instrument", labels(plan.instruments, Facet.INSTRUMENT)),
        ("SDG", ", ".join([*map(str, plan.goals), *plan.targets])),
        ("agency", ", ".join(plan.agencies)),
        ("number", ", ".join(plan.numbers)),
        ("document", ", ".join(plan.documents)),
        ("paragraph", ", ".join(plan.paragraphs)),
        ("words", plan.text),
    )
    pieces = [f"{phrases.say(name)}{phrases.colon}{value}" for name, value in said if value]
    first = [phrases.say(f"intent: {plan.intent}")] if intent else []
    return " · ".join([*first, *pieces])
