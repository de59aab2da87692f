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
    language = phrases.language
    colon = phrases.colon
    pieces: list[str] = []

    def add(name: str, value: str) -> None:
        pieces.append(f"{phrases.say(name)}{colon}{value}")

    if plan.states:
        add("State under review", listed(plan.states, phrases))
    if plan.recommenders:
        add("recommending State", listed(plan.recommenders, phrases))
    if plan.donors:
        add("donor", listed(plan.donors, phrases))
    if plan.positions:
        add("position", phrases.listing([position(value, phrases) for value in plan.positions]))
    if plan.implemented:
        pieces.append(phrases.say("implemented"))
    for name, values in (("cycle", plan.cycles), ("year", plan.years), ("session", plan.sessions)):
        if values:
            add(name, ", ".join(map(str, values)))
    if plan.periods:
        add("period", ", ".join(plan.periods))
    for name, kind, labels in (
        ("theme", Facet.THEME, plan.themes),
        ("group of persons", Facet.GROUP, plan.groups),
        ("instrument", Facet.INSTRUMENT, plan.instruments),
    ):
        if labels:
            add(name, ", ".join(topic(value, kind, language) for value in labels))
    if plan.goals or plan.targets:
        add("SDG", ", ".join([*map(str, plan.goals), *plan.targets]))
    if plan.agencies:
        add("agency", ", ".join(plan.agencies))
    if plan.numbers:
        add("number", ", ".join(plan.numbers))
    if plan.documents:
        add("document", ", ".join(plan.documents))
    if plan.paragraphs:
        add("paragraph", ", ".join(plan.paragraphs))
    if plan.text:
        add("words", plan.text)
    if intent:
        pieces.insert(0, phrases.say(f"intent: {plan.intent}"))
    return " · ".join(pieces)
