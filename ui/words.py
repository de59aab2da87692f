"""Words that people type to values of filters: a State's name in six languages, a theme, "16.3", "accepted".

Everything unknown raises `UnknownValue` with the nearest known values as the remedy; nothing is guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Literal, TypeVar

from corpus import states
from corpus.model import Kind, Language, Position
from corpus.tag import taxonomy
from corpus.tag.taxonomy import Entry, EntryKind
from index.filters import Facet, RecommendationFilters, SearchFilters
from ui.errors import ServiceError, UnknownValue

Scope = Literal["all", "paragraphs", "recommendations"]
T = TypeVar("T")

_SCOPES: tuple[Scope, ...] = ("all", "paragraphs", "recommendations")
_LAST_CYCLE = 20
# What people say and the Council's own words for it (resolution 16/21, annex, para. 15: "supported" and "noted").
_POSITION_WORDS = {
    "supported": Position.SUPPORTED,
    "support": Position.SUPPORTED,
    "accepted": Position.SUPPORTED,
    "noted": Position.NOTED,
    "rejected": Position.NOTED,
    "not supported": Position.NOTED,
    "not accepted": Position.NOTED,
    "partially_supported": Position.PARTIALLY_SUPPORTED,
    "partially supported": Position.PARTIALLY_SUPPORTED,
    "partial": Position.PARTIALLY_SUPPORTED,
    "pending": Position.PENDING,
}
_FACET_WORDS = {
    "by": Facet.RECOMMENDER,
    "recommending_state": Facet.RECOMMENDER,
    "recommenders": Facet.RECOMMENDER,
    "goal": Facet.SDG,
    "states": Facet.STATE,
    "themes": Facet.THEME,
    "groups": Facet.GROUP,
    "sdgs": Facet.SDG,
    "agencies": Facet.AGENCY,
    "instruments": Facet.INSTRUMENT,
}


def _unknown(what: str, value: str, known: Iterable[str]) -> UnknownValue:
    choices = list(known)
    lowered = {choice.casefold(): choice for choice in choices}
    close = difflib.get_close_matches(value.casefold(), list(lowered), n=3, cutoff=0.6)
    if close:
        remedy = f"Did you mean {' or '.join(lowered[c] for c in close)}?"
    elif len(choices) <= 15:
        remedy = f"Known are {', '.join(choices)}."
    else:
        remedy = f"Among the {len(choices)} known: {', '.join(choices[:5])} …"
    return UnknownValue(f"{value!r} is no {what}.", remedy)


def text_of(said: str, what: str) -> str:
    """A text that somebody gave, as it is. Raises `ServiceError` where it is empty or is no UTF-8."""
    if not said.strip():
        raise ServiceError(f"There is no {what} in {said!r}.", "Give it in words.")
    try:
        said.encode()
    except UnicodeEncodeError as error:
        raise ServiceError(f"{said!r} is no UTF-8.", "Give it in that encoding.") from error
    return said


def state_of(word: str) -> str:
    """The alpha-3 code of a State named in any of the six languages.

    Raises `UnknownValue` where no State or more than one answers.
    """
    found = states.resolve(word)
    if found is not None:
        return found
    several = states.ambiguous(word)
    if several:
        names = " or ".join(f"{states.name(code)} ({code})" for code in several)
        raise UnknownValue(f"{word!r} names several States.", f"Say {names}.")
    raise _unknown("State", word, (states.name(one.alpha3) for one in states.states()))


def cycle_of(word: str) -> int:
    """A cycle as a whole number from 1."""
    if word.strip().isdecimal() and 1 <= int(word) <= _LAST_CYCLE:
        return int(word)
    raise UnknownValue(
        f"{word!r} is no cycle.", "Cycles are 1 (2008-2011), 2 (2012-2016), 3 (2017-2022), 4 (2022-2027)."
    )


def position_of(word: str) -> str:
    """A position of the State under review, by its name or what people say for it."""
    found = _POSITION_WORDS.get(word.strip().casefold())
    if found is None:
        raise _unknown("position", word, (position.value for position in Position))
    return found.value


@cache
def _names(kind: EntryKind) -> Mapping[str, str]:
    """Every name and id of a taxonomy in the six languages, folded, to its id."""
    table: dict[str, str] = {}
    for entry in taxonomy.entries(kind).values():
        for language in Language:
            table.setdefault(entry.name(language).casefold(), entry.id)
            for term in entry.terms.get(language, ()):
                table.setdefault(term.replace("*", "").casefold(), entry.id)
    for entry in taxonomy.entries(kind).values():
        table[entry.id.casefold()] = entry.id
    return table


def tag_of(kind: EntryKind, word: str) -> str:
    """The id of a theme, group, agency or instrument named in any of the six languages.

    Raises `UnknownValue` with the nearest names.
    """
    found = _names(kind).get(word.strip().casefold())
    if found is None:
        raise _unknown(kind.value, word, (entry.id for entry in taxonomy.entries(kind).values()))
    return found


def sdg_of(word: str) -> str:
    """A goal ("16", "SDG 16") or a target ("16.3", "5.a") as it is stored."""
    bare = word.strip().casefold().removeprefix("sdg").strip()
    if bare in taxonomy.goals() or bare in taxonomy.targets():
        return bare
    raise UnknownValue(
        f"{word!r} is no goal and no target.", "Goals are 1 to 17; targets are like 16.3 or 5.a."
    )


def action_of(word: str) -> int:
    """An action category, 1 to 5."""
    if word.strip() in {"1", "2", "3", "4", "5"}:
        return int(word)
    raise UnknownValue(f"{word!r} is no action category.", "They are 1 minimal to 5 specific.")


def kind_of(word: str) -> str:
    """A kind of document."""
    bare = word.strip().casefold()
    if bare not in set(Kind):
        raise _unknown("kind of document", word, (kind.value for kind in Kind))
    return bare


def language_of(word: str) -> Language:
    """One of the six languages, by its code."""
    try:
        return Language(word.strip().casefold())
    except ValueError:
        raise _unknown("language", word, (language.value for language in Language)) from None


def scope_of(word: str) -> Scope:
    """What a search looks in."""
    for scope in _SCOPES:
        if word.strip().casefold() == scope:
            return scope
    raise _unknown("scope", word, _SCOPES)


def facet_of(word: str) -> Facet:
    """What to count by."""
    bare = word.strip().casefold().replace("-", "_").replace(" ", "_")
    if bare in _FACET_WORDS:
        return _FACET_WORDS[bare]
    try:
        return Facet(bare)
    except ValueError:
        raise _unknown("facet", word, (facet.value for facet in Facet)) from None


def _each(words: Iterable[str] | None, read: Callable[[str], T]) -> tuple[T, ...]:
    """Every value once, in the order given."""
    return tuple(dict.fromkeys(read(word) for word in words or ()))


def search_filters(
    *,
    kind: Iterable[str] | None = None,
    state: Iterable[str] | None = None,
    cycle: Iterable[str] | None = None,
    language: Iterable[str] | None = None,
) -> SearchFilters:
    """Filters of a search from what was typed."""
    return SearchFilters(
        kind=_each(kind, kind_of),
        state=_each(state, state_of),
        cycle=_each(cycle, cycle_of),
        language=_each(language, lambda word: language_of(word).value),
    )


def recommendation_filters(
    *,
    state: Iterable[str] | None = None,
    cycle: Iterable[str] | None = None,
    position: Iterable[str] | None = None,
    by: Iterable[str] | None = None,
    theme: Iterable[str] | None = None,
    group: Iterable[str] | None = None,
    sdg: Iterable[str] | None = None,
    agency: Iterable[str] | None = None,
    action: Iterable[str] | None = None,
    instrument: Iterable[str] | None = None,
    text: str | None = None,
) -> RecommendationFilters:
    """Filters of recommendations from what was typed."""
    return RecommendationFilters(
        state=_each(state, state_of),
        cycle=_each(cycle, cycle_of),
        position=_each(position, position_of),
        by=_each(by, state_of),
        theme=_each(theme, lambda word: tag_of(EntryKind.THEME, word)),
        group=_each(group, lambda word: tag_of(EntryKind.GROUP, word)),
        sdg=_each(sdg, sdg_of),
        agency=_each(agency, lambda word: tag_of(EntryKind.AGENCY, word)),
        action=_each(action, action_of),
        instrument=_each(instrument, lambda word: tag_of(EntryKind.INSTRUMENT, word)),
        text=(text,) if text and text.strip() else (),
    )


def entry(kind: EntryKind, value: str) -> Entry | None:
    """The taxonomy's entry of a stored value, or None where an export brought a name of its own."""
    return taxonomy.entries(kind).get(value)
