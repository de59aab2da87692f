"""Each thing that could break is broken on purpose, and the fast subset catches it by the floor named beside it.

On the starter corpus, so that anyone can see it; `upr eval --fast --starter` is the same subset. Slow: every break
runs a suite again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

import assistant.ask
import assistant.compose
import corpus.parse
import corpus.tag.tagger
import index.analyse
import index.search
from assistant.compose.context import Context as Composing
from assistant.draft import Draft, Quote, Row, Statement, Table
from assistant.run.passages import find
from assistant.verify import Verified
from corpus.model import Citation, Document, Language, Position
from eval.context import Context
from eval.floors import below, floors
from eval.model import Report
from eval.suites import run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
Patch = pytest.MonkeyPatch


def _documents(change: Callable[[Document], Document]) -> Callable[[Patch], None]:
    """A break of reading: every document that is parsed comes out changed."""
    finish = corpus.parse.finish

    def apply(patch: Patch) -> None:
        patch.setattr(corpus.parse, "finish", lambda made, source: change(finish(made, source)))

    return apply


def _shuffled(document: Document) -> Document:
    numbers = [one.number for one in document.paragraphs]
    turned = [*numbers[1:], *numbers[:1]]
    changed = [replace(one, number=number) for one, number in zip(document.paragraphs, turned, strict=True)]
    return replace(document, paragraphs=tuple(changed))


def _pages_off(document: Document) -> Document:
    paragraphs = tuple(replace(one, page=one.page and one.page + 1) for one in document.paragraphs)
    recs = tuple(replace(one, page=one.page and one.page + 1) for one in document.recommendations)
    return replace(document, paragraphs=paragraphs, recommendations=recs)


_SWAPPED = {Position.SUPPORTED: Position.NOTED, Position.NOTED: Position.SUPPORTED}


def _positions_swapped(document: Document) -> Document:
    recs = [
        replace(one, position=_SWAPPED.get(one.position, one.position)) for one in document.recommendations
    ]
    return replace(document, recommendations=tuple(recs))


def _drafts(change: Callable[[Composing, Draft], Draft]) -> Callable[[Patch], None]:
    """A break of composing: every draft comes out changed."""
    compose = assistant.compose.compose

    def apply(patch: Patch) -> None:
        patch.setattr(assistant.ask, "compose", lambda context: change(context, compose(context)))

    return apply


def _citations(change: Callable[[Citation], Citation]) -> Callable[[Composing, Draft], Draft]:
    def changed(part: Statement | Quote | Table) -> Statement | Quote | Table:
        match part:
            case Statement():
                return replace(part, cites=tuple(map(change, part.cites)))
            case Quote():
                return replace(part, cite=change(part.cite))
            case Table():
                rows: tuple[Row, ...] = tuple(
                    replace(row, cite=row.cite and change(row.cite)) for row in part.rows
                )
                return replace(part, rows=rows)

    return lambda context, draft: replace(draft, parts=tuple(map(changed, draft.parts)))


def _altered(citation: Citation) -> Citation:
    return replace(citation, quote=f"{citation.quote} or not")


def _next_page(citation: Citation) -> Citation:
    return replace(citation, page=citation.page and citation.page + 1)


def _never_declining(context: Composing, draft: Draft) -> Draft:
    """What cannot be answered is answered with the best passage."""
    if draft.decline is None:
        return draft
    best = find(context.plan, context.library, context.shelf, 1).passages
    if not best:
        return draft
    hit = best[0].hit
    cited = context.library.citation(hit.key, best[0].start, best[0].end)
    return replace(draft, decline=None, parts=(Quote(cited),))


def _unverified(patch: Patch) -> None:
    patch.setattr(assistant.ask, "verify", lambda draft, check: Verified(draft))


def _altered_and_unverified(patch: Patch) -> None:
    _drafts(_citations(_altered))(patch)
    _unverified(patch)


def _without(language: Language) -> Callable[[Patch], None]:
    """A language that the analyser knows nothing of: its texts and questions give no words."""
    tokens = index.analyse.tokens

    def apply(patch: Patch) -> None:
        patch.setattr(
            index.analyse, "tokens", lambda text, spoken: [] if spoken is language else tokens(text, spoken)
        )

    return apply


def _second_best(patch: Patch) -> None:
    best = index.search.Search.find

    def find_second(self: Any, query: str, k: int, *rest: Any, **more: Any) -> Any:
        return best(self, query, k + 1, *rest, **more)[1:]

    patch.setattr(index.search.Search, "find", find_second)


def _theme_lost(patch: Patch) -> None:
    themes = corpus.tag.tagger._themes
    patch.setattr(
        corpus.tag.tagger,
        "_themes",
        lambda *given: tuple(one for one in themes(*given) if one.name != "Right to education"),
    )


@dataclass(frozen=True)
class Break:
    """What is done, which suite runs, and the floor that must no longer be reached."""

    done: Callable[[Patch], None]
    suite: str
    floor: str


BREAKS = {
    "paragraph numbers shuffled": Break(_documents(_shuffled), "reading", "paragraph_number"),
    "positions swapped": Break(_documents(_positions_swapped), "reading", "position"),
    "page numbers off by one, as read": Break(_documents(_pages_off), "reading", "page"),
    "page numbers off by one, as cited": Break(_drafts(_citations(_next_page)), "citations", "page"),
    "a language dropped from the analyser": Break(
        _without(Language.RUSSIAN), "retrieval", "own_word_found/ru"
    ),
    "the second-best hit returned": Break(_second_best, "retrieval", "first_hit"),
    "a theme lost": Break(_theme_lost, "tags", "theme_named/en"),
    "verification off and a citation altered": Break(_altered_and_unverified, "citations", "verbatim"),
    "a citation altered, verification on": Break(_drafts(_citations(_altered)), "answers", "right"),
    "abstention off": Break(_drafts(_never_declining), "abstention", "declined"),
}


def _missed(folder: Path, *suites: str) -> list[str]:
    report: Report = run(Context(folder, None, fast=True, say=lambda line: None), suites)
    return below(report, floors(real=False))


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_caught_by_its_floor(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = BREAKS[name]
    with monkeypatch.context() as patch:
        broken.done(patch)
        missed = _missed(tmp_path, broken.suite)
    assert any(line.startswith(f"{broken.suite}/{broken.floor}:") for line in missed), missed


@pytest.mark.parametrize(
    "suites", [("reading",), ("tags",), ("retrieval",), ("answers", "citations", "abstention")], ids="-".join
)
def test_unbroken_every_floor_is_reached(suites: tuple[str, ...], tmp_path: Path) -> None:
    assert _missed(tmp_path, *suites) == []
