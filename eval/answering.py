"""The suites answers, citations and abstention: the question sets asked of a library that holds their documents.

Without a data folder the questions are those on the starter corpus (`eval.starter_questions`), those of the sets
that its digests of the Fund's report answer, and those to be declined.
The baselines without a language model are what a search box gives, the best passage as the answer: of our own
search, and of each rival's over plain text in fixed chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.ask import Assistant
from assistant.plan import Plan
from eval import rivals
from eval.context import Context
from eval.model import Evaluator, Suite, SuiteResult, aggregate, median
from eval.pages import letters
from eval.questions import (
    FIRST,
    FIRST_DIALOGUES,
    Expectation,
    Place,
    Question,
    QuestionCase,
    dialogues,
    held,
    questions,
    spread,
)
from eval.replies import (
    ANSWERED,
    DECLINED,
    PRECISION,
    RECALL,
    RIGHT,
    Judge,
    Reply,
    Task,
    page,
    verbatim,
)
from eval.starter_questions import pages, starter_questions
from index.filters import SearchFilters
from index.library import Library

SUITES = ("answers", "citations", "abstention")
_FAST_ANSWERED, _FAST_DECLINED = 10, 3  # a language
_BEGINNING = 60  # letters of a paragraph's beginning that say that a chunk holds it


def cases(context: Context) -> list[QuestionCase]:
    """What is asked in this run; the fast subset is of the first set alone, so that its floors outlive new sets."""
    every = questions(FIRST) if context.fast else questions()
    if context.data is not None:
        asked = [*every, *(dialogues(FIRST_DIALOGUES) if context.fast else dialogues())]
    else:
        others = [case for case in every if case.expected.abstain or _is_digested(case)]
        asked = [*starter_questions(), *others]
    return spread(asked, _FAST_ANSWERED, _FAST_DECLINED) if context.fast else asked


def _is_digested(case: QuestionCase) -> bool:
    """Whether the digest of the Fund's report answers it; a paragraph asked for by the report's symbol it does not."""
    return case.expected.of_the_fund and "paragraph" not in case.groups


def answering(context: Context) -> list[SuiteResult]:
    """How many answers are right by language and intent; whether citations hold; whether the rest is declined."""
    asked = cases(context)
    with context.library("answers", starter=True) as library:
        added = list(library.add([context.data / name for name in held()])) if context.data else []
        library.warm()
        results = _judged(asked, converse(Assistant(library, library.settings)), checks(library))
        if context.baselines:
            context.say("answers: best passages")
            results += _judged(asked, _first_hit(library), (), "best passage, our search")
            results += _best_passages(context, library, asked, {done.key: Path(done.path) for done in added})
    return results


def converse(assistant: Assistant) -> Task:
    """The task: ask every turn, and give the last answer."""

    def task(case: QuestionCase) -> Reply:
        plan: Plan | None = None
        *before, last = case.given.turns
        for turn in before:
            plan = assistant.ask(turn, previous=plan).plan
        return Reply.of(assistant.ask(last, previous=plan))

    return task


def checks(library: Library) -> tuple[Judge, ...]:
    """The judges that compare citations with what is stored and printed."""
    texts = {ref.key: library.document(ref.key).text for ref in library.documents()}
    printed = {
        ref.key: Path(ref.source)
        for ref in library.documents()
        if not ref.digest and ref.source.lower().endswith(".pdf") and Path(ref.source).is_file()
    }
    digests = {ref.key for ref in library.documents() if ref.digest}
    known = {place: number for place, number in pages().items() if place[0] in digests}
    return verbatim(texts), page(printed, known)


def _judged(
    asked: Sequence[QuestionCase], task: Task, more: Sequence[Judge], system: str = "upr"
) -> list[SuiteResult]:
    """One run over all cases, split into the three suites."""
    judges: list[Evaluator[Question, Expectation, Reply]] = [
        RIGHT,
        ANSWERED,
        DECLINED,
        PRECISION,
        RECALL,
        *more,
    ]
    ran = Suite("answers", asked, task, judges).run(system)
    split = {"answers": ("right",), "abstention": ("declined", "answered")}
    results = []
    for suite in SUITES:
        own = [j for j in judges if j.name in split.get(suite, ("precision", "recall", "verbatim", "page"))]
        results.append(_part(ran, suite, own))
    times = [case.seconds * 1_000 for case in ran.cases if not case.error]
    if times:
        results[0].metrics["ms"] = median(times, "ms")
    return results


def _part(ran: SuiteResult, suite: str, judges: Sequence[Judge]) -> SuiteResult:
    """The cases that these judges scored, or that crashed (counted once, under answers)."""
    names = {judge.name for judge in judges}
    kept = [
        replace(case, scores={n: s for n, s in case.scores.items() if n in names})
        for case in ran.cases
        if names & set(case.scores) or (case.error and suite == SUITES[0])
    ]
    return SuiteResult(suite, aggregate(kept, [judge.name for judge in judges]), tuple(kept), ran.system)


def _first_hit(library: Library) -> Task:
    """A search box: always answers, with the first hit; it counts nothing and declines nothing."""

    def task(case: QuestionCase) -> Reply:
        hits = library.search(case.given.turns[-1], k=1, filters=SearchFilters())
        return Reply.passage(
            " ".join(hit.text for hit in hits), [(hit.key, hit.number or hit.paragraph or "") for hit in hits]
        )

    return task


def _best_passages(
    context: Context, library: Library, asked: Sequence[QuestionCase], files: Mapping[str | None, Path]
) -> list[SuiteResult]:
    """The rivals' best chunk of the plain text of the documents that any answer stands in.

    Of the others a rival could only give wrong ones, and it would take longest over them.
    """
    places = _places(library, asked)
    keys = dict.fromkeys(key for key, _ in places)
    texts = [
        rivals.stack().plain_text(files[key]) if key in files else library.document(key).text for key in keys
    ]
    holds = _holder(places)
    rivals.expect(context, [case.given.turns[-1] for case in asked])
    results = []
    for rival in rivals.chosen(context, among=rivals.COMMON):
        context.say(f"answers: {rival.name}")
        rival.add(texts)

        def task(case: QuestionCase, searched: rivals.Rival = rival) -> Reply:
            best = searched.passages(case.given.turns[-1], 1)
            text = best[0] if best else ""
            return Reply.passage(text, holds(text))

        results += _judged(asked, task, (), f"best passage, {rival.name}")
    return results


def _places(library: Library, asked: Sequence[QuestionCase]) -> dict[Place, str]:
    """The places of the documents that any question wants, with the letters that each begins with."""
    keys = {key for case in asked for key in case.expected.documents}
    ends = tuple({case.expected.document_ends for case in asked if case.expected.document_ends})
    of_fund = any(case.expected.of_the_fund for case in asked)
    return {
        (ref.key, one.number): letters(one.text)[:_BEGINNING]
        for ref in library.documents()
        if ref.key in keys or ref.key.endswith(ends) or (of_fund and ref.kind == "fund_report")
        for one in library.paragraphs(ref.key)
        if one.number
    }


def _holder(places: Mapping[Place, str]) -> Callable[[str], list[Place]]:
    """Which of the places a chunk holds, told by their beginnings."""

    def holds(text: str) -> list[Place]:
        within = letters(text)
        return [place for place, beginning in places.items() if beginning and beginning in within]

    return holds
