"""Names of what plans and rows hold, in the answer's language: States, positions, labels, facets."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.messages import Phrases
from assistant.plan import Intent, Plan
from assistant.understand import bodies
from corpus import states
from corpus.model import Language, Position, Recommendation
from index.filters import Facet

_FEW = 6  # numbers that are named one by one
_POSITIONS = {
    Position.SUPPORTED: "supported",
    Position.NOTED: "noted",
    Position.PARTIALLY_SUPPORTED: "partially supported",
    Position.PENDING: "pending",
}
_ASKED = {
    Intent.LIST: "a list of recommendations",
    Intent.COUNT: "how many recommendations",
    Intent.WHO: "which States recommended it",
    Intent.COMPARE: "a comparison of recommendations",
    Intent.GROUP: "how recommendations divide",
    Intent.SDG: "which SDGs recommendations relate to",
    Intent.MANDATE: "recommendations within an agency's mandate",
    Intent.POSITION: "the position on a recommendation",
    Intent.WHY: "the reasons for a position",
    Intent.CHANGED: "what changed between cycles",
    Intent.RECOMMENDATION: "the text of a recommendation",
    Intent.PARAGRAPH: "the text of a paragraph",
    Intent.RESOLUTION: "what a document decides or says",
    Intent.PASSAGE: "what the documents say",
    Intent.MONEY: "amounts in the Fund's tables",
    Intent.ELIGIBILITY: "whether the Fund could support a proposal",
    Intent.PARLIAMENT: "recommendations that need parliament",
    Intent.DOCUMENTS: "which documents are stored",
    Intent.HELP: "how to ask",
    Intent.DECLINE: "a question that the documents cannot answer",
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
    if kind is Facet.REGION:
        return phrases.say(value)
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


def understood(plan: Plan, phrases: Phrases) -> str:
    """What was understood, in one sentence: what is asked, and every filter by name."""
    asked = phrases.say("Understood as: {asked}", asked=phrases.say(_ASKED[plan.intent]))
    filters = filtered(plan, phrases)
    return f"{asked} ({filters})" if filters else asked


def filtered(plan: Plan, phrases: Phrases) -> str:
    """Every filter that is set, by name."""

    def labels(values: Sequence[str], kind: Facet) -> str:
        return ", ".join(topic(value, kind, phrases.language) for value in values)

    said = (
        ("State under review", _states(plan.states, plan.regions, phrases)),
        ("recommending State", _states(plan.recommenders, plan.by_regions, phrases)),
        ("speaker", speakers(plan, phrases)),
        ("donor", listed(plan.donors, phrases)),
        ("position", phrases.listing([position(value, phrases) for value in plan.positions])),
        ("implemented", phrases.say("Yes") if plan.implemented else ""),
        ("cycle", ", ".join(map(str, plan.cycles))),
        ("year", _years(plan)),
        ("session", ", ".join(map(str, plan.sessions))),
        ("period", ", ".join(plan.periods)),
        ("theme", labels(plan.themes, Facet.THEME)),
        ("group of persons", labels(plan.groups, Facet.GROUP)),
        ("instrument", labels(plan.instruments, Facet.INSTRUMENT)),
        ("SDG", ", ".join([*map(str, plan.goals), *plan.targets])),
        ("agency", ", ".join(plan.agencies)),
        ("number", _numbers(plan.numbers)),
        ("document", ", ".join(plan.documents)),
        ("paragraph", ", ".join(plan.paragraphs)),
        ("words", ", ".join([*_words(plan), *([plan.text] if plan.text else [])])),
        ("without", _without(plan, phrases)),
    )
    return phrases.semicolon.join(
        f"{phrases.say(name)}{phrases.colon}{value}" for name, value in said if value
    )


def speakers(plan: Plan, phrases: Phrases) -> str:
    """Whose words are asked for: States, bodies and organisations."""
    named = [bodies.shown(one, phrases.language) for one in plan.bodies]
    return phrases.listing([*(state(code, phrases.language) for code in plan.speakers), *named])


def _states(codes: Sequence[str], regions: Sequence[str], phrases: Phrases) -> str:
    return phrases.listing([*(state(code, phrases.language) for code in codes), *map(phrases.say, regions)])


def _years(plan: Plan) -> str:
    return f"{plan.since}\u2013" if plan.since else ", ".join(map(str, plan.years))


def _numbers(numbers: Sequence[str]) -> str:
    return ", ".join(numbers) if len(numbers) <= _FEW else f"{numbers[0]}\u2013{numbers[-1]}"


def _words(plan: Plan) -> list[str]:
    """Topics that no label stands for, as written."""
    return [name for unit in plan.units if all(kind == "words" for kind, _ in unit) for _, name in unit]


def _without(plan: Plan, phrases: Phrases) -> str:
    written = (next((name for kind, name in unit if kind == "words"), unit[0][1]) for unit in plan.not_on)
    return ", ".join([*(state(code, phrases.language) for code in plan.not_by), *written])
