"""How good the tagger is: themes, action, SDGs, the six languages, against people's tags.

On real data nothing is measured on a text that the models have seen: themes and action are trained again on sessions
1-13 and measured on 14-16, goals and the SDG benchmark are cross-validated. That takes minutes. The fast subset asks
the shipped models about texts that they were trained on (`seen_…`): a tripwire, not a measure of quality.

- agreement: tags of a translation against those of the English original; the 200 recommendations and their
  translations are our own, written by the hand that wrote the terms: an upper bound for other people's wording
- theme_named: a theme's own name, in each language, gets that theme
- matrix: the starter corpus's digests against OHCHR's goals and themes for the recommendations they digest
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import starter
from corpus.model import Language, Tags
from corpus.tag import head, sdg, tag, taxonomy, train, train_head, train_sdg
from corpus.tag.evidence import GOALS
from corpus.tag.sdg import SdgModel
from corpus.tag.tagger import blend
from eval import rivals
from eval.context import Context
from eval.model import OURS, CaseResult, Score, SuiteResult, aggregate, merged
from eval.published import beside
from eval.questions import six_languages

NAME = "tags"
_FAST_SAMPLE = 1_500
_SEED = 3
_KEPT = 0.5  # a theme is kept when half of its texts get it
_LEAST = 10  # texts that a theme needs to be judged by itself

Labels = frozenset[str]


@dataclass(frozen=True, slots=True)
class Labelled:
    """What people and the tagger say of one text."""

    id: str
    expected: Labels
    found: Labels
    groups: tuple[str, ...] = ()


def f1(metric: str, rows: Iterable[Labelled], system: str = OURS) -> SuiteResult:
    """Micro-F1: of all labels on both sides, the share that the other side has too."""
    cases = []
    for row in rows:
        size = len(row.expected) + len(row.found)
        value = 2 * len(row.expected & row.found) / size if size else 1.0
        lacking, extra = sorted(row.expected - row.found), sorted(row.found - row.expected)
        said = "; ".join(
            f"{what} {', '.join(some)}" for what, some in (("lacks", lacking), ("extra", extra)) if some
        )
        cases.append(CaseResult(row.id, row.groups, {metric: Score(value, said, weight=size)}))
    return SuiteResult(NAME, aggregate(cases, [metric]), tuple(cases), system)


def right(
    metric: str, rows: Iterable[tuple[str, bool, str, tuple[str, ...]]], system: str = OURS
) -> SuiteResult:
    """The share of texts that are right; a row is the text's id, whether it is, why not, and its groups."""
    cases = [CaseResult(name, groups, {metric: Score(good, why)}) for name, good, why, groups in rows]
    return SuiteResult(NAME, aggregate(cases, [metric]), tuple(cases), system)


def _themes(tags: Tags) -> Labels:
    return frozenset(theme.name for theme in tags.themes)


def _goals(tags: Tags) -> Labels:
    return frozenset(str(link.goal) for link in tags.sdgs)


def agreement() -> list[SuiteResult]:
    """How far tags of a translation agree with those of the English original."""
    texts = six_languages()
    english = tag(texts[Language.ENGLISH], Language.ENGLISH)
    results = []
    kinds: tuple[tuple[str, Callable[[Tags], Labels]], ...] = (("themes", _themes), ("goals", _goals))
    others = {language: tag(some, language) for language, some in texts.items()}
    for kind, of in kinds:
        labelled = [
            Labelled(f"{kind} {language.value} {i}", of(english[i]), of(found), (language.value,))
            for language, some in others.items()
            if language is not Language.ENGLISH
            for i, found in enumerate(some)
        ]
        results.append(f1(f"{kind}_agreement", labelled))
    return results


def named() -> SuiteResult:
    """Whether each theme's name gets that theme, by language; but for those that name the rest."""
    rows = []
    themes = {name: entry for name, entry in taxonomy.themes().items() if name not in taxonomy.REST}
    for language in Language:
        found = tag([entry.name(language) for entry in themes.values()], language)
        for name, tags in zip(themes, found, strict=True):
            got = ", ".join(sorted(_themes(tags)))
            rows.append((f"{name} {language.value}", name in _themes(tags), f"got {got}", (language.value,)))
    return right("theme_named", rows)


def digests() -> list[SuiteResult]:
    """Goals and themes of the starter corpus's digests against those that OHCHR gave the recommendations."""
    recs = [
        (rec.number, rec.text, rec.tags)
        for document in starter.documents()
        for rec in document.recommendations
        if rec.tags
    ]
    found = tag([text for _, text, _ in recs], Language.ENGLISH)
    goals, themes = [], []
    for (number, _, given), ours in zip(recs, found, strict=True):
        wanted = frozenset(theme for one in given.themes for theme in taxonomy.themes_named(one.name))
        goals.append(Labelled(f"matrix goals {number}", _goals(given), _goals(ours)))
        themes.append(Labelled(f"matrix themes {number}", wanted, _themes(ours)))
    return [f1("matrix_goals_f1", goals), f1("matrix_themes_f1", themes)]


def seen(data: Path) -> list[SuiteResult]:
    """The shipped models on a sample of the texts that they were trained on."""
    found = train.examples(data)
    chosen = np.random.default_rng(_SEED).permutation(len(found))[:_FAST_SAMPLE]
    sample = [found[i] for i in sorted(chosen)]
    tags = tag([one.text for one in sample], Language.ENGLISH)
    rows = [
        Labelled(f"seen {i}", frozenset(one.themes), _themes(got))
        for i, (one, got) in enumerate(zip(sample, tags, strict=True))
    ]
    actions = [
        (f"seen action {i}", one.action == got.action, f"{got.action}, not {one.action}", ())
        for i, (one, got) in enumerate(zip(sample, tags, strict=True))
    ]
    return [f1("seen_themes_f1", rows), _kept(rows), right("seen_action_accuracy", actions)]


def _kept(rows: Sequence[Labelled]) -> SuiteResult:
    """The share of themes that at least half of their texts get."""
    kept = []
    for theme in sorted({theme for row in rows for theme in row.expected}):
        own = [row for row in rows if theme in row.expected]
        if len(own) >= _LEAST:
            recall = sum(theme in row.found for row in own) / len(own)
            kept.append((f"seen theme {theme}", recall >= _KEPT, f"recall {recall:.2f} of {len(own)}", ()))
    return right("seen_themes_kept", kept)


def later_sessions(data: Path) -> list[SuiteResult]:
    """Themes and action of sessions 14-16, by models trained on 1-13."""
    found = train.examples(data)
    early = [one for one in found if one.session <= train.LAST_TRAINING_SESSION]
    late = [one for one in found if one.session > train.LAST_TRAINING_SESSION]
    texts = [one.text for one in late]
    before, after = train_head.evidence_of(early), train_head.evidence_of(late)
    names = tuple(taxonomy.themes())
    by_words = train.train(early, train.theme_task(early, names)).scores(texts)
    by_meaning = train_head.themes(early, before).scores(head.theme_inputs(after))
    guessed = blend(by_words, by_meaning) >= 0.5
    deeds = train.train(early, train.action_task(early))
    rows_of = deeds.rows(texts)
    said = deeds.distances(rows_of, deeds.pushes(rows_of)).argmax(axis=1) + 1
    rows = [
        Labelled(
            f"late {i}",
            frozenset(one.themes) & frozenset(names),
            frozenset(names[j] for j in np.flatnonzero(guessed[i])),
        )
        for i, one in enumerate(late)
    ]
    actions = [
        (f"late action {i}", bool(said[i] == one.action), f"{said[i]}, not {one.action}", ())
        for i, one in enumerate(late)
    ]
    return [f1("themes_micro_f1", rows), right("action_accuracy", actions)]


Guess = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]]
"""From rows to train on and rows held out: which goals each held-out row has."""


def _goal_rows(truth: NDArray[np.int8], guess: Guess) -> list[Labelled]:
    """Every row guessed by a model that has not seen its fold."""
    rows = []
    for held in train_sdg.folds_of(len(truth)):
        guessed = guess(np.setdiff1d(np.arange(len(truth)), held), held)
        for i, goals in zip(held, guessed, strict=True):
            wanted = frozenset(str(GOALS[j]) for j in np.flatnonzero(truth[i]))
            rows.append(
                Labelled(f"ohchr {i}", wanted, frozenset(str(GOALS[j]) for j in np.flatnonzero(goals)))
            )
    return rows


def matrix_goals(context: Context, data: Path) -> list[SuiteResult]:
    """Goals on OHCHR's matrix of a third cycle, cross-validated; MiniLM with and without training likewise."""
    found = train_sdg.matrices(data)
    texts = [one.text for one in found]
    _, given = train_sdg.prepare(texts)
    truth = train_sdg.truth_of(found)
    scores = train_sdg.unseen_scores(given, truth, train_sdg.folds_of(len(truth)))

    def ours(others: NDArray[np.int64], held: NDArray[np.int64]) -> NDArray[np.bool_]:
        return np.asarray(scores[held] >= train_sdg.best_cut(scores[others], truth[others]))

    results = [f1("sdg_goals_micro_f1", _goal_rows(truth, ours))]
    if context.baselines:
        vectors, near = _minilm(texts)
        results += [
            f1("sdg_goals_micro_f1", _goal_rows(truth, _nearest(near, truth)), "MiniLM, nearest goals"),
            f1(
                "sdg_goals_micro_f1",
                _goal_rows(truth, _fitted(vectors, truth)),
                "MiniLM, logistic regression",
            ),
        ]
    return results


def _minilm(texts: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """MiniLM's vectors of the texts, and their nearness to each goal's name."""
    embed = rivals.stack().vectors
    vectors = embed(list(texts))
    return vectors, vectors @ embed([taxonomy.goals()[str(goal)].name() for goal in GOALS]).T


def _nearest(near: NDArray[np.float32], truth: NDArray[np.int8]) -> Guess:
    """Goals whose name is near enough; the cut is chosen on the other folds."""

    def guess(others: NDArray[np.int64], held: NDArray[np.int64]) -> NDArray[np.bool_]:
        cuts = np.arange(0.0, 0.7, 0.02)
        cut = max(cuts, key=lambda one: train.micro_f1(truth[others], near[others] >= one))
        return np.asarray(near[held] >= cut)

    return guess


def _fitted(vectors: NDArray[np.float32], truth: NDArray[np.int8]) -> Guess:
    """A logistic regression a goal over MiniLM's vectors, what many would train."""

    def guess(others: NDArray[np.int64], held: NDArray[np.int64]) -> NDArray[np.bool_]:
        fit = rivals.stack().fit_logistic
        out = np.zeros((len(held), truth.shape[1]), np.bool_)
        for j in range(truth.shape[1]):
            if truth[others, j].any():
                out[:, j] = fit(vectors[others], truth[others, j], vectors[held])
        return out

    return guess


def benchmark(context: Context, data: Path) -> list[SuiteResult]:
    """The SDGClassification benchmark, cross-validated: accuracy and F1 averaged over goals, as it is published."""
    judged = train_sdg.benchmark(data)
    evidence, given = train_sdg.prepare([one.text for one in judged])
    lengths = evidence.lengths()
    goal = np.array([one.goal - 1 for one in judged])
    label = np.array([one.label for one in judged])
    guess = np.zeros(len(judged), np.bool_)
    nothing = np.zeros(1, np.float32)
    for held in train_sdg.folds_of(len(judged)):
        others = np.setdiff1d(np.arange(len(judged)), held)
        about = train_sdg.fit_about(judged, given, lengths, others)
        model = SdgModel(nothing, nothing, nothing, nothing, about, frozenset())
        guess[held] = model.is_about(given, lengths)[held, goal[held]] >= sdg.LEAST
    results = [_benchmark_result(guess, label, goal, OURS)]
    results += beside(results[0])
    if context.baselines:
        _, near = _minilm([one.text for one in judged])
        own = near[np.arange(len(judged)), goal]
        zero_shot = np.zeros(len(judged), np.bool_)
        for held in train_sdg.folds_of(len(judged)):
            others = np.setdiff1d(np.arange(len(judged)), held)
            cuts = np.arange(0.0, 0.7, 0.02)
            cut = max(cuts, key=lambda one: float(((own[others] >= one) == label[others]).mean()))
            zero_shot[held] = own[held] >= cut
        results.append(_benchmark_result(zero_shot, label, goal, "MiniLM, nearest goals"))
    return results


def _benchmark_result(
    guess: NDArray[np.bool_], label: NDArray[np.bool_], goal: NDArray[np.int64], system: str
) -> SuiteResult:
    """A case a goal, because the published averages are over goals."""
    cases = []
    for one in np.unique(goal):
        own = goal == one
        hits = int((guess & label & own).sum())
        total = int(guess[own].sum() + label[own].sum())
        scores = {
            "benchmark_f1": Score(2 * hits / max(1, total)),
            "benchmark_accuracy_by_goal": Score(float((guess == label)[own].mean())),
        }
        cases.append(CaseResult(f"benchmark goal {one + 1}", (), scores))
    return SuiteResult(NAME, aggregate(cases, list(cases[0].scores)), tuple(cases), system)


def tags(context: Context) -> list[SuiteResult]:
    """Everything that this run can measure."""
    results = [*agreement(), named(), *digests()]
    data = context.data
    if data is not None and (data / "upr-info").is_dir():
        results += seen(data) if context.fast else later_sessions(data)
    if data is not None and not context.fast and (data / "sdg" / "benchmark.csv").is_file():
        results += [*matrix_goals(context, data), *benchmark(context, data)]
    return merged(results)
