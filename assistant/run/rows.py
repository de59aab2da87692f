"""Recommendations that a plan asks for: exact rows and counts from the catalogue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.plan import Plan
from assistant.source import Library
from corpus.model import Language, Position, Recommendation
from index import analyse, lexicon
from index.filters import Facet, RecommendationFilters, SearchFilters, states_of
from index.question import expansions

_NEAREST = 3  # rows shown where none answers
MOST = 2000  # rows read for one answer; a count beyond is the catalogue's own


@dataclass(frozen=True, slots=True)
class Found:
    """Rows with their exact total. `partial` counts partially supported ones beside a question for supported or noted.

    `exact` says that `filters` alone give the rows, so that the catalogue can count them.
    `heard` are the remaining words of the question that narrowed the rows; `loose` are words that it points to
    as its topic and that no row holds. `bare` says that there are no rows before words narrow them. `meant` are
    words that rows hold in translation only.
    """

    total: int
    rows: tuple[Recommendation, ...]
    filters: RecommendationFilters
    partial: int = 0
    exact: bool = True
    loose: str = ""
    heard: str = ""
    bare: bool = False
    meant: str = ""


Unit = tuple[tuple[str, str], ...]  # a topic as alternatives: kinds and names of labels, or words

_PRIMARY = ("instrument", "agency", "target", "goal", "theme", "group")
_FACETS = {
    "theme": Facet.THEME,
    "group": Facet.GROUP,
    "goal": Facet.SDG,
    "target": Facet.TARGET,
    "agency": Facet.AGENCY,
    "instrument": Facet.INSTRUMENT,
}


def filters_of(plan: Plan, *, topics: bool = True) -> RecommendationFilters:
    """The plan's filters as the catalogue knows them, each topic by its first label; free words are matched after."""
    chosen: dict[str, list[str]] = {}
    for unit in plan.units if topics else ():
        named = {kind: name for kind, name in reversed(unit)}
        kind = next((kind for kind in _PRIMARY if kind in named), None)
        if kind:
            chosen.setdefault(kind, []).extend(name for other, name in unit if other == kind)
    numbered = (*map(str, plan.goals), *plan.targets) if topics and not plan.units else ()
    return RecommendationFilters(
        state=plan.states,
        cycle=plan.cycles,
        position=tuple(str(position) for position in plan.positions),
        by=(*plan.recommenders, *states_of(plan.by_regions)),
        theme=tuple(chosen.get("theme", ())),
        group=tuple(chosen.get("group", ())),
        sdg=(*numbered, *chosen.get("goal", ()), *chosen.get("target", ())),
        agency=tuple(chosen.get("agency", ())),
        action=plan.actions,
        instrument=tuple(chosen.get("instrument", ())),
        region=plan.regions,
        session=tuple(map(str, plan.sessions)),
        year=plan.years if plan.years and not plan.states else (),
        document=plan.documents,
        number=plan.numbers,
        implemented=True if plan.implemented else None,
    )


def find(plan: Plan, library: Library) -> Found:
    """The rows of a plan, with the total.

    Where States narrow the rows to a few hundred, a topic takes any of its labels or its own words, and the
    remaining words of the question are matched in the rows' text; over the whole corpus the catalogue's labels decide.
    """
    narrow = bool(plan.states or plan.recommenders or plan.numbers)
    spoken = _words_alone(plan.units)
    by_row = bool(
        (narrow and plan.units) or spoken or plan.not_by or plan.not_on or _narrow_each_other(plan.units)
        or plan.reviews or plan.paragraphs or plan.decided
    )  # fmt: skip
    wanted = filters_of(plan, topics=not narrow)
    if spoken and not narrow:
        wanted = replace(wanted, text=spoken)
    partial = _partial(plan, library, wanted, narrow)
    found = library.recommendations(wanted, limit=None if by_row else MOST)
    rows, total = found.recommendations, found.total
    every = rows
    goals = _goals_beside_units(plan) if narrow or plan.units else ()
    if by_row:
        rows = _left(_on_topics(rows, plan.units, plan), plan)
        total = len(rows)
    if goals:
        rows = tuple(row for row in rows if any(goal in _linked(row) for goal in goals))
        total = len(rows)
    loose = heard = meant = ""
    bare = not rows
    if plan.text:
        rows, loose, meant = _worded(rows, plan)
        if not loose and rows:
            rows = _with_named(rows, _left(every, plan), plan)
        heard = " ".join(word for word in plan.text.split() if word not in loose.split())
        total = total if loose == plan.text and not narrow and rows else len(rows)
    exact = (not plan.text or loose == plan.text) and not (by_row or goals)
    told = loose if plan.pointed or not rows else ""
    heard = heard if rows else plan.text
    return Found(total, rows, wanted, partial, exact=exact, loose=told, heard=heard, bare=bare, meant=meant)


def _goals_beside_units(plan: Plan) -> tuple[str, ...]:
    """Goals and targets that the question numbers without a term of the taxonomy ("goal 16" in words)."""
    named = {name for unit in plan.units for kind, name in unit if kind in {"goal", "target"}}
    return tuple(goal for goal in (*map(str, plan.goals), *plan.targets) if goal not in named)


def _linked(row: Recommendation) -> set[str]:
    return {*labels(row, Facet.SDG), *labels(row, Facet.TARGET)}


def _narrow_each_other(units: Sequence[Unit]) -> bool:
    """Whether two topics have labels of one facet, of which the catalogue takes any."""
    kinds = [kind for unit in units for kind in {kind for kind, _ in unit} if kind != "words"]
    return len(kinds) > len(set(kinds))


def _words_alone(units: Sequence[Unit]) -> tuple[str, ...]:
    """The words of topics that no label stands for."""
    return tuple(name for unit in units if all(kind == "words" for kind, _ in unit) for _, name in unit)


def _left(rows: tuple[Recommendation, ...], plan: Plan) -> tuple[Recommendation, ...]:
    """The rows of the reviews and list paragraphs named, without those by States, or on topics, that are taken out."""
    out = {id(row) for unit in plan.not_on for row in _on_topics(rows, (unit,), plan)}
    heads = tuple(f"{number}." for number in plan.paragraphs)
    return tuple(
        row
        for row in rows
        if id(row) not in out
        and not set(row.recommenders) & set(plan.not_by)
        and (not plan.reviews or (row.state, row.cycle) in plan.reviews)
        and (not heads or row.number.startswith(heads))
        and (not plan.decided or _was_pending(row))
    )


def _was_pending(row: Recommendation) -> bool:
    """Whether the report left the position open: it still is, or another document gives it."""
    source = row.position_source
    return row.position is Position.PENDING or (source is not None and source.document != row.document)


def _worded(rows: Sequence[Recommendation], plan: Plan) -> tuple[tuple[Recommendation, ...], str, str]:
    """The rows that hold the question's remaining words, the words that no row holds, those held in translation only.

    A word that no row holds narrows only when nothing else was understood of the topic and the question points
    to it, or names no State, so that it would be answered from everything; otherwise it is not obeyed. A word that
    the glossary cannot translate says nothing about rows in another language, and narrows only in the second case.
    """
    language = plan.asked_in or plan.language
    topic = plan.pointed and not plan.units  # the words are the topic itself, and no words that ask
    strict = matching(rows, plan.text, language, translate=topic)
    if strict:
        said = matching(rows, plan.text, language, known=False) if topic else strict
        return strict, "", "" if said or language is Language.ENGLISH else plan.text
    if plan.units:  # words beside a topic narrow it where all of them are held
        strict = matching(rows, plan.text, language, translate=True)
        if strict:
            return strict, "", plan.text
    held: list[str] = []
    for word in plan.text.split():
        if matching(rows, word, language, translate=topic):
            held.append(word)
    some = matching(rows, " ".join(held), language, translate=topic) if held else ()
    loose = " ".join(word for word in plan.text.split() if word not in held)
    if topic and any(_translated(word, language) for word in loose.split()):
        return (), "", ""  # what the documents' words have a name for, and do not hold
    if some and loose:
        return some, loose, ""
    known = [
        word for word in plan.text.split() if language is Language.ENGLISH or _translated(word, language)
    ]
    broad = not (plan.states or plan.recommenders or plan.documents or plan.numbers or _labelled(plan))
    if plan.units or not (topic or broad or (known and held)):
        return tuple(rows), plan.text, ""
    return (), "", ""


def _with_named(
    rows: tuple[Recommendation, ...], every: Sequence[Recommendation], plan: Plan
) -> tuple[Recommendation, ...]:
    """The rows, and those that name what is asked for without its group ("twins" of "twin children").

    English has a plural of what names persons or things and none of what only describes them ("rural women").
    """
    groups = [unit for unit in plan.units if any(kind == "group" for kind, _ in unit)]
    if len(plan.units) != 1 or not groups or len(plan.text.split()) != 1:
        return rows
    language = plan.asked_in or plan.language
    stems = [one for word in analyse.tokens(plan.text, language) for one in (word, *_english(word, language))]
    plural = re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})e?s\b", re.IGNORECASE)
    held = {id(row) for row in rows} | {id(row) for row in every if stems and plural.search(row.text)}
    return tuple(row for row in every if id(row) in held)


def nearest(plan: Plan, library: Library) -> tuple[Recommendation, ...]:
    """The rows of the plan's States and cycles that are nearest to its words, where no row holds them."""
    if not (plan.states and plan.text):
        return ()
    held = library.recommendations(RecommendationFilters(state=plan.states, cycle=plan.cycles), limit=None)
    rows = {(row.document, row.number): row for row in held.recommendations}
    filters = SearchFilters(state=plan.states, cycle=plan.cycles)
    language = plan.asked_in or plan.language
    hits = library.search(plan.text, k=_NEAREST, filters=filters, scope="recommendations", language=language)
    found = (rows.get((hit.key, hit.number or "")) for hit in hits)
    return tuple(row for row in found if row)


def unheard(plan: Plan, found: Found) -> bool:
    """Whether the rows hold none of the words that the question takes for their topic, though these can be read."""
    language = plan.asked_in or plan.language
    words = [word for word in plan.text.split() if len(word) >= _ROOT]
    read = [word for word in words if language is Language.ENGLISH or _translated(word, language)]
    return bool(read) and not plan.units and not found.heard and bool(found.rows)


def _translated(word: str, language: Language) -> bool:
    own = analyse.tokens(word, language)
    return bool(expansions(own, language)) or any(lexicon.translations(one, language) for one in own)


def _labelled(plan: Plan) -> bool:
    """Whether anything but positions narrows the rows by a label or a number."""
    return bool(
        plan.goals or plan.targets or plan.cycles or plan.years or plan.sessions or plan.regions
        or plan.by_regions or plan.not_by or plan.not_on
    )  # fmt: skip


def _on_topics(
    rows: Sequence[Recommendation], units: Sequence[Unit], plan: Plan
) -> tuple[Recommendation, ...]:
    """The rows that bear a label, or the words, of every topic."""
    kept = tuple(rows)
    for unit in units:
        language = plan.asked_in or plan.language
        written = [name for kind, name in unit if kind == "words"]
        said = {id(row) for words in written for row in matching(kept, words, language)}
        kept = tuple(
            row for row in kept if id(row) in said or any(_bears(row, kind, name) for kind, name in unit)
        )
    return kept


def on_topic(rows: Sequence[Recommendation], unit: Unit, plan: Plan) -> tuple[Recommendation, ...]:
    """Those of the rows that are on one topic."""
    return _on_topics(rows, (unit,), plan)


def _bears(row: Recommendation, kind: str, name: str) -> bool:
    return kind in _FACETS and name in labels(row, _FACETS[kind])


def _partial(plan: Plan, library: Library, wanted: RecommendationFilters, narrow: bool) -> int:
    """Partially supported recommendations are neither supported nor noted: they are told apart."""
    if not plan.positions or Position.PARTIALLY_SUPPORTED in plan.positions:
        return 0
    other = replace(wanted, position=(str(Position.PARTIALLY_SUPPORTED),))
    if (
        not plan.text
        and not (narrow and plan.units)
        and not (plan.reviews or plan.paragraphs or plan.decided)
    ):
        return library.recommendations(other, limit=0).total
    rows = library.recommendations(other, limit=MOST).recommendations
    rows = _left(_on_topics(rows, plan.units, plan) if narrow else rows, plan)
    return len(matching(rows, plan.text, plan.asked_in or plan.language)) if plan.text else len(rows)


def matching(
    rows: Iterable[Recommendation],
    words: str,
    language: Language,
    *,
    translate: bool = False,
    known: bool = True,
) -> tuple[Recommendation, ...]:
    """The rows that hold all the words, or a term of the glossary that means them in the rows' language.

    With `translate` a word of another language than English is held by its likeliest translations too; without
    `known` the glossary does not count.
    """
    own = list(dict.fromkeys(analyse.tokens(words, language)))
    if not own:
        return tuple(rows)
    phrases = [_joined(phrase) for phrase in expansions(own, language)] if known else []
    ways = [(word, *(_english(word, language) if translate else ())) for word in own]
    kept: list[Recommendation] = []
    for row in rows:
        said = _said(row.text)
        if any(phrase in said for phrase in phrases) or all(
            _near(word, said) or any(_joined((other,)) in said for other in others) for word, *others in ways
        ):
            kept.append(row)
    return tuple(kept)


_ROOT = 5  # letters that two stems of one word share ("abolish", "abolit")
_BETWEEN = "\x1f"  # stands in no token, so that a run of tokens is a substring


def _joined(tokens: Iterable[str]) -> str:
    return f"{_BETWEEN}{_BETWEEN.join(tokens)}{_BETWEEN}"


@lru_cache(maxsize=20_000)
def _said(text: str) -> str:
    """The tokens of a row in one string; rows are mostly English.

    A cognate stem of another Latin language is matched by the glossary.
    """
    return _joined(analyse.tokens(text, Language.ENGLISH))


def _english(word: str, language: Language) -> tuple[str, ...]:
    return () if language is Language.ENGLISH else lexicon.english(word, language)


def _near(word: str, said: str) -> bool:
    return _joined((word,)) in said or (len(word) >= _ROOT and f"{_BETWEEN}{word[:_ROOT]}" in said)


def counted(found: Found, facet: Facet, library: Library) -> dict[str, int]:
    """How many of the rows bear each label, most first; from the rows where words narrowed them."""
    if found.exact and facet is not Facet.REGION:
        return dict(library.count(found.filters, facet))
    counter: Counter[str] = Counter()
    for row in found.rows:
        counter.update(set(labels(row, facet)))
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def labels(row: Recommendation, facet: Facet) -> tuple[str, ...]:  # noqa: C901 - one case a facet
    """The labels of a row under a facet."""
    tags = row.tags
    match facet:
        case Facet.STATE:
            return (row.state,) if row.state else ()
        case Facet.CYCLE:
            return (str(row.cycle),) if row.cycle else ()
        case Facet.POSITION:
            return (str(row.position),)
        case Facet.RECOMMENDER:
            return row.recommenders
        case Facet.SESSION:
            return (row.session,) if row.session else ()
        case Facet.REGION:
            from corpus import states

            return tuple(filter(None, (states.group(code) for code in row.recommenders)))
        case _ if tags is None:
            return ()
        case Facet.THEME:
            return tuple(tag.name for tag in tags.themes)
        case Facet.GROUP:
            return tuple(tag.name for tag in tags.groups)
        case Facet.SDG:
            return tuple(dict.fromkeys(str(link.goal) for link in tags.sdgs))
        case Facet.TARGET:
            return tuple(link.target for link in tags.sdgs if link.target)
        case Facet.AGENCY:
            return tuple(tag.name for tag in tags.agencies)
        case Facet.INSTRUMENT:
            return tuple(tag.name for tag in tags.instruments)
        case Facet.ACTION:
            return (str(tags.action),) if tags.action else ()
        case _:
            return ()
