"""The suites over a library: conversations, best passages of a search box and of a rival, all judged alike."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.ask import Assistant
from corpus.settings import Settings
from eval import answering, rivals
from eval.context import Context
from eval.questions import QuestionCase, questions
from index.library import Library


class Overlap:
    """A rival that depends on its input: the stretch between blank lines that shares most words with the query."""

    name = "overlap"
    settings = "words shared"

    def add(self, texts: Sequence[str]) -> None:
        self._pieces = [piece for text in texts for piece in text.split("\n\n")]

    def search(self, query: str, k: int) -> list[int]:
        asked = set(query.lower().split())
        order = sorted(
            range(len(self._pieces)), key=lambda i: -len(asked & set(self._pieces[i].lower().split()))
        )
        return order[:k]

    def passages(self, query: str, k: int) -> list[str]:
        return [self._pieces[i] for i in self.search(query, k)]


@pytest.fixture(scope="module")
def asked() -> list[QuestionCase]:
    """English questions on the Fund's report, and some to decline."""
    english = [case for case in questions() if case.groups[0] == "en"]
    of_fund = [case for case in english if case.expected.of_the_fund and "paragraph" not in case.groups]
    return of_fund[:4] + [case for case in english if case.expected.abstain][:3]


def test_answers_and_best_passages_are_judged_alike(
    starter_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[QuestionCase]
) -> None:
    monkeypatch.setattr(rivals, "chosen", lambda context, among=(): [Overlap()])
    context = Context(tmp_path, say=lambda line: None)
    with Library.open(Settings(home=starter_home)) as library:
        ours = answering._judged(
            asked, answering.converse(Assistant(library, library.settings)), answering.checks(library)
        )
        box = answering._judged(asked, answering._first_hit(library), (), "a search box")
        rival = answering._best_passages(context, library, asked, {})
    by_suite = {result.suite: result for result in ours}
    assert set(by_suite) == set(answering.SUITES)
    assert by_suite["citations"].metrics["verbatim"].value == 1.0
    assert by_suite["abstention"].metrics["declined"].value == 1.0
    assert by_suite["answers"].metrics["right"].n == 4
    for results, system in ((box, "a search box"), (rival, "best passage, overlap")):
        found = {result.suite: result for result in results}
        assert {result.system for result in results} == {system}
        assert found["abstention"].metrics["declined"].value == 0.0, "a search box declines nothing"
        assert not any(case.error for result in results for case in result.cases)


def test_every_case_of_a_run_is_in_the_suites_it_belongs_to(
    asked: list[QuestionCase], tmp_path: Path
) -> None:
    chosen = answering.cases(Context(tmp_path, fast=True))
    assert len({case.id for case in chosen}) == len(chosen)
    assert {case.groups[0] for case in chosen} == {"en", "fr", "es", "ar", "ru", "zh"}
    assert not any("paragraph" in case.groups for case in chosen), "no digest has the report's symbol"
