"""Retrieval: topics by text alone, the twin passage in another language, short questions over real documents.

Topics: UPR Info's issue names as queries over recommendations whose tags are not indexed; R-precision (the share of
the first R hits that carry the issue, R being how many do), averaged over issues.
Cross-lingual: the share of passages whose English twin is the first hit among all twins.
Short questions: the share whose paragraph is among the first five hits.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus.model import Document, Kind, Language, Paragraph
from eval.baselines import Baseline, Bm25, CommonStack, Hybrid, minilm
from eval.context import Context
from eval.model import Case, Metric, Score, Suite, SuiteResult, mean
from index.filters import SearchFilters
from index.library import Library

_SAMPLE, _FAST_SAMPLE = 8_000, 1_500
_FIRST = 5
_TWINS = 1_000
_SEED = 7


class Topics(NamedTuple):
    """Texts, and for each issue the indices of the texts that carry it."""

    texts: list[str]
    relevant: dict[str, set[int]]


def read_topics(path: Path, most: int) -> Topics:
    """A sample of UPR Info's recommendations, the same at every run; issues with at least five texts."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["Text"].strip() and row["Issue"].strip()]
    chosen = np.random.default_rng(_SEED).permutation(len(rows))[:most]
    texts: list[str] = []
    relevant: dict[str, set[int]] = {}
    for i in sorted(chosen):
        for issue in next(csv.reader([rows[i]["Issue"]], skipinitialspace=True)):
            relevant.setdefault(issue.strip(), set()).add(len(texts))
        texts.append(rows[i]["Text"].strip())
    return Topics(texts, {name: found for name, found in sorted(relevant.items()) if len(found) >= 5})


def as_document(key: str, texts: Sequence[str], language: Language = Language.ENGLISH) -> Document:
    """A document of numbered paragraphs, so that texts are indexed as passages are."""
    text = ""
    placed = []
    for i, one in enumerate(texts):
        start = len(text)
        text += one + "\n"
        placed.append(Paragraph(str(i + 1), one, start, start + len(one)))
    return Document(
        key=key, symbol=None, title=key, kind=Kind.OTHER, language=language, text=text,
        sha256=f"{hash(text) & 0xFFFFFFFF:064x}", source=key, paragraphs=tuple(placed),
    )  # fmt: skip


def _ours(library: Library, query: str, k: int) -> list[int]:
    hits = library.search(query, k=k, filters=SearchFilters(), scope="paragraphs")
    return [int(hit.paragraph) - 1 for hit in hits if hit.paragraph]


def _r_precision(topics: Topics, search: Callable[[str, int], list[int]], system: str) -> SuiteResult:
    cases = [Case(name, name, found) for name, found in topics.relevant.items()]

    class RPrecision:
        name = "topics_r_precision"

        def __call__(self, case: Case, output: list[int]) -> Score:
            wanted = case.expected
            right = len(wanted & set(output[: len(wanted)]))
            return Score(right / len(wanted), f"{right} of {len(wanted)}")

    suite = Suite("retrieval", cases, lambda case: search(case.given, len(case.expected)), [RPrecision()])
    return suite.run(system)


def topics(context: Context) -> list[SuiteResult]:
    """R-precision of ours and of the baselines; empty where UPR Info's file is not at hand."""
    path = context.data / "upr-info" / "sessions-01-16.csv" if context.data else None
    if path is None or not path.is_file():
        return []
    found = read_topics(path, _FAST_SAMPLE if context.fast else _SAMPLE)
    library = context.library("topics")
    library.add_documents([as_document("topics", found.texts)])
    results = [_r_precision(found, lambda query, k: _ours(library, query, k), "upr")]
    library.close()
    if context.baselines:
        for baseline in _baselines(found.texts):
            context.say(f"topics: {baseline.name}")
            results.append(_r_precision(found, baseline.search, baseline.name))
    return results


def _baselines(texts: Sequence[str]) -> list[Baseline]:
    bm25, stack = Bm25(), CommonStack()
    bm25.add(texts)
    stack.add(texts)
    return [bm25, stack, Hybrid([bm25, stack])]


def _first_hits(queries: np.ndarray, twins: np.ndarray) -> list[float]:
    best = np.argmax(queries @ twins.T, axis=1)
    return [float(hit == i) for i, hit in enumerate(best)]


def cross_lingual(context: Context) -> list[SuiteResult]:
    """First hits by language, of our vectors and of MiniLM's; empty without the parallel text."""
    if context.data is None or not (context.data / "parallel").is_dir():
        return []
    from corpus.static import encode
    from corpus.static.pairs import read

    apart = read(context.data).held_lines
    ours: dict[str, Metric] = {}
    theirs: dict[str, Metric] = {}
    for language in ("fr", "es", "ar", "ru", "zh"):
        pairs = apart[Language(language)][: 300 if context.fast else _TWINS]
        if not pairs:
            continue
        english, other = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        note = f"{len(pairs)} held-out pairs"
        ours[f"first_hit/{language}"] = mean(_first_hits(encode(other), encode(english)), note=note)
        if context.baselines:
            model = minilm()
            vectors = [np.asarray(model.embed_documents(texts)) for texts in (other, english)]
            theirs[f"first_hit/{language}"] = mean(_first_hits(*vectors), note=note)
    results = [SuiteResult("cross_lingual", ours)]
    if theirs:
        results.append(SuiteResult("cross_lingual", theirs, system="all-MiniLM-L6-v2"))
    return results


def short_questions(context: Context) -> list[SuiteResult]:
    """The right paragraph among the first five, by language; over the documents that the questions name."""
    if context.data is None:
        return []
    lines = files("eval").joinpath("sets/short_questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines if line.strip()]
    named = {one["document"] for one in asked}
    paths = {path.stem: path for path in context.data.rglob("*") if path.is_file() and path.stem in named}
    library = context.library("short-questions")
    keys = {Path(done.path).stem: done.key for done in library.add(sorted(paths.values())) if done.key}
    cases = [
        Case(f"{i}", one["question"], (keys.get(one["document"]), one["paragraph"]), one["language"])
        for i, one in enumerate(asked, 1)
        if one["document"] in keys
    ]
    results = [_among_first(cases, lambda q: _places(library, q), "upr")]
    if context.baselines:
        stored = [(key, p.number, p.text) for key in keys.values() if key for p in library.paragraphs(key)]
        for baseline in _baselines([text for *_, text in stored]):
            context.say(f"short questions: {baseline.name}")

            def places(question: str, searched: Baseline = baseline) -> list[tuple[str | None, str | None]]:
                return [stored[i][:2] for i in searched.search(question, _FIRST)]

            results.append(_among_first(cases, places, baseline.name))
    library.close()
    return results


def _places(library: Library, question: str) -> list[tuple[str | None, str | None]]:
    hits = library.search(question, k=_FIRST, filters=SearchFilters())
    return [(hit.key, hit.number or hit.paragraph) for hit in hits]


def _among_first(
    cases: Sequence[Case], search: Callable[[str], list[tuple[str | None, str | None]]], system: str
) -> SuiteResult:
    class AmongFirst:
        name = f"paragraph_in_first_{_FIRST}"

        def __call__(self, case: Case, output: list[tuple[str | None, str | None]]) -> Score:
            return Score(
                case.expected in output, f"wanted {case.expected[1]}, found {[p for _, p in output]}"
            )

    return Suite("short_questions", cases, lambda case: search(case.given), [AmongFirst()]).run(system)


def retrieval(context: Context) -> list[SuiteResult]:
    """The three together."""
    return [*topics(context), *cross_lingual(context), *short_questions(context)]
