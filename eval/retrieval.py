"""Retrieval by text alone: topics, the twin in another language, few words of one's own language, short questions.

- topics: names of issues as queries over recommendations that people gave issues to; R-precision (the share of the
  first R hits that carry the issue, R being how many do), averaged over issues. Tags are not indexed here.
- twins: a passage in another language as the query; the share of passages whose English twin is the first hit (of
  our search, and of our vectors alone).
- words: the rarest words of a recommendation as the query; the share whose recommendation, in any version, is first.
- own word: whether the analyser finds the rarest word of a text in it again.
- short questions: the share whose paragraph is among the first five hits.

Rivals are given our paragraphs as their texts, so that retrieval is compared and not reading; each cuts them into its
own chunks, which for texts this short is the texts themselves.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from corpus import starter
from corpus.model import Document, Kind, Language, Paragraph
from corpus.static import encode
from corpus.static.pairs import held as held_pairs
from eval import rivals
from eval.ablations import ABLATIONS
from eval.context import Context
from eval.model import OURS, Case, Evaluator, Score, Suite, SuiteResult
from eval.questions import Place, digests, short, short_wide, six_languages
from index import analyse
from index.filters import SearchFilters
from index.library import Library

NAME = "retrieval"
_TOPIC_TEXTS, _FAST_TOPIC_TEXTS = 4_000, 1_000
_LEAST = 5  # texts that an issue needs
_FIRST = 5
_TWINS, _FAST_TWINS = 200, 40
_SEED = 7
_FOREIGN = tuple(language for language in Language if language is not Language.ENGLISH)

_WORD = re.compile(r"[\u3400-\u9fff]{4}|[^\W\d_\u3400-\u9fff]{4,}")

Searcher = Callable[[str, int], list[int]]
"""A query and how many: indices of texts, best first."""


@dataclass(frozen=True, slots=True)
class Topics:
    """Texts, and for each issue the indices of the texts that carry it."""

    texts: list[str]
    relevant: dict[str, frozenset[int]]


def read_topics(path: Path, most: int) -> Topics:
    """A sample of UPR Info's recommendations, the same at every run; issues with at least five texts."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Text"].strip() and row["Issue"].strip()]
    chosen = sorted(np.random.default_rng(_SEED).permutation(len(rows))[:most])
    issues = [next(csv.reader([rows[i]["Issue"]], skipinitialspace=True)) for i in chosen]
    return _topics([rows[i]["Text"].strip() for i in chosen], issues)


def starter_topics() -> Topics:
    """The starter corpus's recommendations that OHCHR's matrix gave themes to."""
    recs = [rec for document in starter.documents() for rec in document.recommendations if rec.tags]
    return _topics(
        [rec.text for rec in recs], [[t.name for t in rec.tags.themes] for rec in recs if rec.tags]
    )


def _topics(texts: list[str], issues: Sequence[Sequence[str]]) -> Topics:
    relevant: dict[str, set[int]] = {}
    for i, named in enumerate(issues):
        for issue in named:
            relevant.setdefault(issue.strip(), set()).add(i)
    kept = {name: frozenset(found) for name, found in sorted(relevant.items()) if len(found) >= _LEAST}
    return Topics(texts, kept)


def as_document(key: str, texts: Sequence[str], language: Language = Language.ENGLISH) -> Document:
    """A document of numbered paragraphs, so that texts are indexed as passages are."""
    text = ""
    placed = []
    for i, one in enumerate(texts):
        start = len(text)
        text += one + "\n"
        placed.append(Paragraph(str(i), one, start, start + len(one)))
    return Document(
        key=key, symbol=None, title=key, kind=Kind.OTHER, language=language, text=text,
        sha256=hashlib.sha256(f"{key}{text}".encode()).hexdigest(), source=key, paragraphs=tuple(placed),
    )  # fmt: skip


Texts = Mapping[Language, Sequence[str]]


@contextmanager
def _open(context: Context, name: str, *, starter: bool = False) -> Iterator[dict[str, Library]]:
    """A library of this name, and the same once for each ablation that is asked for, by the systems' names.

    The first one is to be filled before the others are asked.
    """
    with ExitStack() as opened:
        libraries = {OURS: opened.enter_context(context.library(name, starter=starter))}
        for ablation in ABLATIONS if context.ablations else ():
            made = context.library(name, starter=starter, parts=ablation.parts)
            libraries[ablation.name] = opened.enter_context(made)
        yield libraries


@contextmanager
def _searching(context: Context, name: str, texts: Texts) -> Iterator[dict[str, Searcher]]:
    """Our search, and each rival's, over the same texts, by the systems' names; texts count on over languages."""
    every = [text for some in texts.values() for text in some]
    with _open(context, name) as libraries:
        firsts: dict[str, int] = {}
        counted = 0
        made = []
        for language, some in texts.items():
            firsts[language.value] = counted
            counted += len(some)
            made.append(as_document(language.value, some, language))
        libraries[OURS].add_documents(made)

        def ours(library: Library, query: str, k: int) -> list[int]:
            hits = library.search(query, k=k, filters=SearchFilters(), scope="paragraphs")
            return [firsts[hit.key] + int(hit.paragraph) for hit in hits if hit.paragraph]

        searchers: dict[str, Searcher] = {
            system: partial(ours, library) for system, library in libraries.items()
        }
        for rival in rivals.chosen(context) if context.baselines else ():
            context.say(f"{name}: {rival.name}")
            rival.add(every)
            searchers[rival.name] = rival.search
        yield searchers


def _topic_suite(found: Topics, search: Searcher, system: str) -> SuiteResult:
    def judge(case: Case[str, frozenset[int]], output: list[int]) -> Score:
        right = len(case.expected & set(output[: len(case.expected)]))
        return Score(right / len(case.expected), f"{right} of {len(case.expected)}")

    cases = [Case(f"topic: {name}", name, wanted) for name, wanted in found.relevant.items()]
    evaluator = Evaluator("topics_r_precision", judge)
    return Suite(NAME, cases, lambda case: search(case.given, len(case.expected)), [evaluator]).run(system)


def topics(context: Context) -> list[SuiteResult]:
    """R-precision over UPR Info's issues, or over OHCHR's themes of the starter corpus."""
    path = context.data / "upr-info" / "sessions-01-16.csv" if context.data else None
    if path is not None and path.is_file():
        found = read_topics(path, _FAST_TOPIC_TEXTS if context.fast else _TOPIC_TEXTS)
    else:
        found = starter_topics()
    rivals.expect(context, found.relevant)
    with _searching(context, "topics", {Language.ENGLISH: found.texts}) as searchers:
        return [_topic_suite(found, search, system) for system, search in searchers.items()]


FirstHit = Case[str, int]


def _first_hits(name: str, cases: Sequence[FirstHit], search: Searcher, system: str) -> SuiteResult:
    def judge(case: FirstHit, output: list[int]) -> Score:
        return Score(output[:1] == [case.expected], f"wanted {case.expected}, found {output[:1]}")

    return Suite(NAME, cases, lambda case: search(case.given, 1), [Evaluator(name, judge)]).run(system)


def twins(context: Context) -> list[SuiteResult]:
    """First hits by language: of lines held out of training, or of the project's own six-language recommendations."""
    pairs: dict[Language, list[tuple[str, str]]]
    if context.data is not None and (context.data / "parallel").is_dir():
        pairs = held_pairs(context.data)
    else:
        own = six_languages()
        pairs = {
            language: list(zip(own[Language.ENGLISH], own[language], strict=True)) for language in _FOREIGN
        }
    texts = list(dict.fromkeys(english for some in pairs.values() for english, _ in some))
    place = {text: i for i, text in enumerate(texts)}
    most = _FAST_TWINS if context.fast else _TWINS
    cases = [
        Case(f"twin {language.value} {place[english]}", other, place[english], (language.value,))
        for language in _FOREIGN
        for english, other in pairs[language][:most]
    ]
    rivals.expect(context, [case.given for case in cases])
    with _searching(context, "twins", {Language.ENGLISH: texts}) as searchers:
        results = [_first_hits("first_hit", cases, search, system) for system, search in searchers.items()]
    vectors = encode(texts)

    def by_vector(query: str, k: int) -> list[int]:
        return [int(i) for i in np.argsort(-(vectors @ encode([query])[0]))[:k]]

    return [*results, _first_hits("vectors_first_hit", cases, by_vector, OURS)]


def rare_words(texts: Sequence[str], count: int = 3) -> list[str]:
    """The rarest words of each text, as spelt there; of Chinese, stretches of four characters."""
    spelt = [_WORD.findall(text) for text in texts]
    often = Counter(word.lower() for found in spelt for word in set(found))
    return [
        " ".join(
            sorted(dict.fromkeys(found), key=lambda word: (often[word.lower()], -len(word), word))[:count]
        )
        for found in spelt
    ]


def _whichever(search: Searcher, count: int) -> Searcher:
    """The search, telling a text by its place among the `count` texts of its language."""
    return lambda query, k: [found % count for found in search(query, k)]


def words(context: Context) -> list[SuiteResult]:
    """First hits of few words in one language, over the same recommendations in all six; any version is right."""
    texts = six_languages()
    cases = [
        Case(f"words {language.value} {i}", query, i, (language.value,))
        for language in texts
        for i, query in enumerate(rare_words(texts[language]))
    ]
    asked = cases[:: 5 if context.fast else 2]
    rivals.expect(context, [case.given for case in asked])
    with _searching(context, "words", texts) as searchers:
        return [
            _first_hits("words_first_hit", asked, _whichever(search, len(texts[Language.ENGLISH])), system)
            for system, search in searchers.items()
        ]


def own_words() -> SuiteResult:
    """Whether the analyser finds a text's rarest word in it again: vectors hide it where full text loses a language."""

    def judge(case: Case[str, str], output: list[str]) -> Score:
        kept = set(analyse.tokens(case.expected, Language(case.groups[0])))
        return Score(bool(output) and set(output) <= kept, f"{case.given}: {output}")

    cases = [
        Case(f"own word {language.value} {i}", word, text, (language.value,))
        for language, texts in six_languages().items()
        for i, (text, word) in enumerate(zip(texts, rare_words(texts, 1), strict=True))
    ]
    evaluator = Evaluator("own_word_found", judge)
    return Suite(
        NAME, cases, lambda case: analyse.tokens(case.given, Language(case.groups[0])), [evaluator]
    ).run()


PlaceCase = Case[str, Place]


def _among_first(
    measured: str, cases: Sequence[PlaceCase], search: Callable[[str], list[Place]], system: str
) -> SuiteResult:
    def judge(case: PlaceCase, output: list[Place]) -> Score:
        found = [number for _, number in output]
        return Score(case.expected in output, f"wanted {case.expected[1]}, found {found}")

    evaluator = Evaluator(measured, judge)
    return Suite(NAME, cases, lambda case: search(case.given), [evaluator]).run(system)


def short_questions(context: Context) -> list[SuiteResult]:
    """The right paragraph among the first five; over the documents that the questions name, or their digests."""
    measured = f"paragraph_in_first_{_FIRST}"
    sets = {measured: short()} if context.fast else {measured: short(), f"{measured}_wide": short_wide()}
    results: list[SuiteResult] = []
    for measured, asked in sets.items():
        with _open(context, measured, starter=context.data is None) as libraries:
            keys = _documents_named(context, libraries[OURS], {one.document for one in asked})
            cases = [
                Case(
                    f"{measured} {one.language} {i}",
                    one.question,
                    (keys[one.document], one.paragraph),
                    (one.language,),
                )
                for i, one in enumerate(asked, 1)
                if one.document in keys
            ]

            def ours(library: Library, question: str) -> list[Place]:
                hits = library.search(question, k=_FIRST, filters=SearchFilters())
                return [(hit.key, hit.number or hit.paragraph or "") for hit in hits]

            results += [
                _among_first(measured, cases, partial(ours, one), system) for system, one in libraries.items()
            ]
            if context.baselines:
                results += _rivals_short(context, measured, libraries[OURS], sorted(keys.values()), cases)
    return results


def _documents_named(context: Context, library: Library, named: set[str]) -> dict[str, str]:
    """The stored keys of the files that the questions name by their stems."""
    if context.data is None:
        return {stem: key for stem, key in digests().items() if stem in named}
    paths = {path.stem: path for path in context.data.rglob("*") if path.is_file() and path.stem in named}
    return {Path(done.path).stem: done.key for done in library.add(sorted(paths.values())) if done.key}


def _rivals_short(
    context: Context, measured: str, library: Library, keys: Sequence[str], cases: Sequence[PlaceCase]
) -> list[SuiteResult]:
    stored = [((key, one.number or ""), one.text) for key in keys for one in library.paragraphs(key)]
    results = []
    rivals.expect(context, [case.given for case in cases])
    for rival in rivals.chosen(context):
        context.say(f"{measured}: {rival.name}")
        rival.add([text for _, text in stored])

        def places(question: str, searched: rivals.Rival = rival) -> list[Place]:
            return [stored[i][0] for i in searched.search(question, _FIRST)]

        results.append(_among_first(measured, cases, places, rival.name))
    return results


def retrieval(context: Context) -> list[SuiteResult]:
    """Everything above."""
    return [*topics(context), *twins(context), *words(context), own_words(), *short_questions(context)]
