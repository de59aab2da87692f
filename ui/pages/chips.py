"""What was understood of a question, as chips that can be changed, taken away and added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus import states
from corpus.model import Position
from index.filters import Facet, RecommendationFilters
from ui.pages.labels import tag_label
from ui.pages.words import Words

if TYPE_CHECKING:
    from assistant.plan import Plan
    from index.library import Library

_STATES = frozenset({"states", "recommenders", "donors"})
# Field of the plan: label of the page, facet whose values can be chosen, kind of the topic in the plan's units.
_FIELDS: dict[str, tuple[str, Facet | None, str | None]] = {
    "states": ("state", Facet.STATE, None),
    "cycles": ("cycle", Facet.CYCLE, None),
    "positions": ("position", Facet.POSITION, None),
    "recommenders": ("by", Facet.RECOMMENDER, None),
    "donors": ("donor", None, None),
    "themes": ("theme", Facet.THEME, "theme"),
    "groups": ("group", Facet.GROUP, "group"),
    "goals": ("sdg", Facet.SDG, "goal"),
    "targets": ("target", Facet.TARGET, "target"),
    "agencies": ("agency", Facet.AGENCY, "agency"),
    "instruments": ("instrument", Facet.INSTRUMENT, "instrument"),
    "actions": ("action", Facet.ACTION, None),
}
_WHOLE: dict[str, Callable[[str], Any]] = {"cycles": int, "goals": int, "actions": int, "positions": Position}
_ADDABLE = ("states", "cycles", "positions", "themes", "groups", "goals", "agencies", "recommenders")
_OF_A_REVIEW = ("states", "cycles")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a chip can take."""

    value: str
    shown: str


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood. `choices` are what it can be changed to, its own value among them."""

    field: str
    value: str
    label: str
    shown: str
    choices: tuple[Choice, ...] = ()


def shown(name: str, value: Any, words: Words) -> str:
    """How a value of a field is written."""
    if name in _STATES:
        return states.name(str(value), words.language)
    if name == "positions":
        return words[str(value)]
    if name == "actions":
        return words[f"action_{value}"]
    return tag_label(name, str(value), words.language)


def _choices(library: Library, name: str, words: Words) -> list[Choice]:
    facet = _FIELDS[name][1]
    if facet is None:
        return []
    found = [
        Choice(value, shown(name, value, words)) for value in library.count(RecommendationFilters(), facet)
    ]
    if name in {"goals", "actions", "cycles"}:
        return sorted(found, key=lambda choice: int(choice.value))
    return sorted(found, key=lambda choice: choice.shown.casefold())


def chips(plan: Plan | None, words: Words, library: Library | None = None) -> list[Chip]:
    """What of the plan can be shown; with a library, what each can be changed to."""
    if plan is None:
        return []
    made = []
    for name, (label, _, _) in _FIELDS.items():
        values = getattr(plan, name)
        if not values:
            continue
        choices = tuple(_choices(library, name, words)) if library else ()
        for one in values:
            own = Choice(str(one), shown(name, one, words))
            offered = choices if own in choices or not choices else (own, *choices)
            made.append(Chip(name, str(one), words[label], own.shown, offered))
    return made


def additions(
    plan: Plan | None, words: Words, library: Library, *, listed: bool
) -> list[tuple[str, list[Choice]]]:
    """What can be added, by label; a choice's value is `field|value`.

    An answer that lists recommendations can be narrowed by all that tells them apart, one of passages by its review.
    """
    if plan is None:
        return []
    offered = []
    for name in _ADDABLE if listed else _OF_A_REVIEW:
        has = {str(value) for value in getattr(plan, name)}
        found = [
            Choice(f"{name}|{choice.value}", choice.shown)
            for choice in _choices(library, name, words)
            if choice.value not in has
        ]
        if found:
            offered.append((words[_FIELDS[name][0]], found))
    return offered


def amended(plan: Plan, name: str, old: str, new: str) -> Plan:
    """The plan with `old` of a field replaced by `new`; no `old` adds, no `new` takes away.

    Topics stand twice in a plan: in their field and in `units`, the alternatives that each word of the question names;
    both change. An unknown field or a value that cannot be one changes nothing.
    """
    if name not in _FIELDS:
        return plan
    read = _WHOLE.get(name, str)
    try:
        added = (read(new),) if new else ()
    except ValueError:
        return plan
    before = getattr(plan, name)
    values: list[Any] = []
    for one in before:
        values += [*added] if str(one) == old else [one]
    if not old:
        values = [*before, *added]
    kind = _FIELDS[name][2]
    units = _units(plan.units, kind, old, new) if kind else plan.units
    changed: dict[str, Any] = {name: tuple(dict.fromkeys(values)), "units": units, "decline": None}
    return replace(plan, **changed)


def _units(units: tuple[Any, ...], kind: str, old: str, new: str) -> tuple[Any, ...]:
    if not old:
        return (*units, ((kind, new),))
    made = []
    for unit in units:
        if (kind, old) not in unit:
            made.append(unit)
        elif new:
            # The word named several labels; the one chosen now is the only one meant.
            made.append(((kind, new),))
        else:
            made.append(tuple(label for label in unit if label != (kind, old)))
    return tuple(dict.fromkeys(unit for unit in made if unit))
