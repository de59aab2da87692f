"""Passages that lay down a rule of the review: in resolutions and decisions, else in documents of no State."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.plan import Intent, Plan
from assistant.run.weighing import Passage, Wish, weigh
from assistant.source import Library
from assistant.understand.cues import load
from assistant.understand.text import fold
from corpus.model import Kind, Language
from index.filters import SearchFilters
from index.search import Hit

_RESOLUTIONS = (Kind.RESOLUTION, Kind.DECISION)
# A report on a session of the Council tells what was done there, and not what is to be done.
_BESIDE = (Kind.FUND_REPORT, Kind.OTHER)
_DEPTH = 28
_WHOLE = 0.99  # the share of a question's words that a passage holds, as good as all
_READ_IN = re.compile(r"\s*\[[^\]]*\]$")  # with what a digest ends a paragraph: where its fact was read


def shelves(plan: Plan, library: Library) -> Iterator[tuple[Passage, ...]]:
    """The passages nearest to a question on a rule, best first: of each shelf where it is looked for, in order.

    That is the kind of text asked for (a resolution, a decision), then both, then other documents of no State: those
    of the Fund only where they name the source that is asked for.
    """
    named = tuple(kind for kind in _RESOLUTIONS if kind in plan.kinds)
    for kinds in dict.fromkeys((named or _RESOLUTIONS, _RESOLUTIONS)):
        yield _weighed(plan, library, kinds)
    if plan.intent is Intent.RESOLUTION:
        yield tuple(one for one in _weighed(plan, library, _BESIDE) if _names_resolution(one))
    else:
        yield _weighed(plan, library, (Kind.OTHER,))


def _of_fund(hit: Hit) -> bool:
    """Whether a paragraph deals with the Fund, a subject of its own among the resolutions."""
    return load(Language(hit.language)).has("kinds.fund_report", fold(hit.text))


def _names_resolution(passage: Passage) -> bool:
    return load(Language(passage.hit.language)).has("intent.resolution", fold(passage.quote))


def general(plan: Plan, library: Library) -> tuple[Passage, ...]:
    """The passages nearest to a question on what something is, in the documents that deal with no one State.

    They are a resolution's where it speaks of all that is asked for.
    """
    laid_down = _weighed(plan, library, _RESOLUTIONS)
    if laid_down and laid_down[0].lexical >= _WHOLE:
        return laid_down
    return _weighed(plan, library, (*_RESOLUTIONS, *_BESIDE), lean=False)


def _weighed(
    plan: Plan, library: Library, kinds: tuple[Kind, ...], *, lean: bool = True
) -> tuple[Passage, ...]:
    language = plan.asked_in or plan.language
    query = _query(plan)
    narrowed = SearchFilters(kind=tuple(map(str, kinds)))
    found = library.search(query, k=_DEPTH, filters=narrowed, scope="paragraphs", language=language)
    held = {(hit.key, hit.start): hit.text for hit in found}
    told = [replace(hit, text=_READ_IN.sub("", hit.text)) for hit in found if hit.state is None]
    hits = [hit for hit in told if not lean or _of_fund(hit) is (Kind.FUND_REPORT in plan.kinds)]
    wish = Wish(
        frozenset(map(str, _RESOLUTIONS if lean else plan.kinds)),
        dated=plan.dated,
        defines=plan.defines,
        counts=plan.counts,
        person=plan.person,
        manner=plan.manner,
    )
    weighed = weigh(query, language, hits, wish, frozenset())
    return tuple(_whole(one, held[one.hit.key, one.hit.start]) for one in weighed)


def _whole(passage: Passage, text: str) -> Passage:
    """A passage with what a digest says at the paragraph's end of where it was read."""
    start = passage.hit.start
    if passage.end - start < len(passage.hit.text):
        return passage
    return replace(passage, end=start + len(text), quote=text[passage.start - start :])


def _query(plan: Plan) -> str:
    """The question without what fits every resolution: that it is one, and the Council's."""
    question = plan.asked or plan.question
    return load(plan.asked_in or plan.language).unsaid(question, "intent.resolution", "words.council")
