"""Links of a recommendation to goals and targets, each with its score and its reason in words.

Two questions, one set of evidence (terms of goals and targets, themes, groups, and cues of what is asked):
- What is *asked*: for a recommendation. A logistic model a goal, learned from OHCHR's matrix of cycle 3 and held
  close to `theme_sdgs.csv`, so that it links as OHCHR does (goal 16 to laws, courts and institutions whatever the
  subject, goal 4 to raising awareness, goal 10 to migrants) and still knows goals that matrix hardly has.
- What it is *about*: for any other text. One logistic model for all goals over how often and how exclusively a text
  speaks of one, learned from the SDGClassification benchmark.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Language, SdgLink
from corpus.tag import taxonomy
from corpus.tag.evidence import GOALS, Evidence, goal_of
from corpus.tag.features import words
from corpus.tag.taxonomy import EntryKind
from corpus.tag.terms import Found

Floats = NDArray[np.float32]
LONGEST_RECOMMENDATION = 60
LEAST = 0.5
_WEAKEST_THEME = 0.3
_MOST_REASONS = 3
_MOST_TARGETS = 3
_ONE_TERM = 0.65
_LEAST_PUSH = 0.25
# A goal that the matrix hardly has is linked by rule: one cue of a target (log-odds 0.2), a theme whose prior is
# about a half, or such a theme's lesser prior with words of the goal; words alone, only five or more of them.
_BY_RULE = (1.3, 0.3, 0.4, -1.4)
_NO_PRIOR = float(np.log(0.03 / 1.03))


@dataclass(frozen=True, slots=True)
class Prior:
    """How far a theme speaks for a goal or target (`when` a group or cue is there too), and why."""

    theme: str
    link: str
    weight: float
    when: str
    note: str

    @property
    def goal(self) -> int:
        """The goal's number."""
        return int(self.link.split(".")[0])


@cache
def priors() -> tuple[Prior, ...]:
    """What themes speak for (`theme_sdgs.csv`)."""
    with (taxonomy.DATA / "theme_sdgs.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Prior(row["theme"], row["link"], float(row["prior"]), row["when"], row["note"])
            for row in csv.DictReader(file)
        )


@dataclass(frozen=True)
class Inputs:
    """What the models read: a row a text. `shared` holds themes, groups and cues; the rest has a column a goal.

    `prior` is a log-odds, `mentions` the log of one more than the places that speak for the goal, `cues` counts the
    places that speak for one of its targets.
    """

    shared: Floats
    prior: Floats
    mentions: Floats
    cues: Floats


def inputs(evidence: Evidence, theme_scores: Floats) -> Inputs:
    """The evidence as matrices; `theme_scores` has a column a theme, in the taxonomy's order."""
    groups, cues = evidence.flags(EntryKind.GROUP), evidence.flags(EntryKind.CUE)
    shared = np.hstack([theme_scores, groups, cues])
    prior = np.zeros((len(evidence.texts), len(GOALS)), np.float32)
    missing = np.ones_like(prior)
    for (theme, goal), found in _by_pair().items():
        best = np.zeros(len(prior), np.float32)
        for p in found:
            held = shared[:, _columns()[p.when]] if p.when else 1.0
            best = np.maximum(best, p.weight * held)
        score = theme_scores[:, _columns()[theme]]
        missing[:, goal - 1] *= 1 - best * np.where(score >= _WEAKEST_THEME, score, 0)
    prior = 1 - missing
    return Inputs(
        shared,
        np.log((prior + 0.03) / (1.03 - prior)),
        np.log1p(evidence.mentions()),
        evidence.mentions((EntryKind.TARGET,)),
    )


@cache
def _by_pair() -> dict[tuple[str, int], tuple[Prior, ...]]:
    table: dict[tuple[str, int], tuple[Prior, ...]] = {}
    for p in priors():
        table[p.theme, p.goal] = (*table.get((p.theme, p.goal), ()), p)
    return table


@cache
def _of_goal(goal: int) -> tuple[tuple[Prior, int, int | None], ...]:
    """What speaks for a goal, with the columns of its theme and of its condition."""
    columns = _columns()
    return tuple(
        (p, columns[p.theme], columns[p.when] if p.when else None) for p in priors() if p.goal == goal
    )


@cache
def _columns() -> dict[str, int]:
    """Columns of `Inputs.shared` by theme, group or cue."""
    names = [*taxonomy.themes(), *taxonomy.groups(), *taxonomy.cues()]
    return {name: i for i, name in enumerate(names)}


@cache
def _names() -> tuple[tuple[EntryKind, str], ...]:
    kinds = (EntryKind.THEME, EntryKind.GROUP, EntryKind.CUE)
    return tuple((kind, name) for kind in kinds for name in taxonomy.entries(kind))


def _logistic(z: Floats) -> Floats:
    out: Floats = (1 / (1 + np.exp(-z))).astype(np.float32)
    return out


@dataclass(frozen=True)
class SdgModel:
    """Weights of both questions. `shared` has a column a goal; `prior`, `mentions`, `bias` one number a goal (no
    number: the goal has too few examples and is linked by rule)."""

    shared: Floats
    prior: Floats
    mentions: Floats
    bias: Floats
    about: Floats
    openings: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> SdgModel:
        """Read the model's file."""
        with np.load(path, allow_pickle=False) as file:
            numbers = {
                name: file[name].astype(np.float32)
                for name in ("shared", "prior", "mentions", "bias", "about")
            }
            return cls(**numbers, openings=frozenset(bytes(file["openings"]).decode().split("\n")))

    def save(self, path: Path) -> None:
        """Write the model."""
        np.savez_compressed(
            path,
            shared=self.shared.astype(np.float16),
            prior=self.prior,
            mentions=self.mentions,
            bias=self.bias,
            about=self.about,
            openings=np.frombuffer("\n".join(sorted(self.openings)).encode(), dtype=np.uint8),
        )

    def asked(self, given: Inputs) -> Floats:
        """Scores of goals for recommendations."""
        z = given.shared @ self.shared + given.prior * self.prior + given.mentions * self.mentions + self.bias
        by_rule = _BY_RULE[0] * given.cues + _BY_RULE[1] * np.expm1(given.mentions)
        by_rule = by_rule + _BY_RULE[2] * (given.prior - _NO_PRIOR) + _BY_RULE[3]
        return _logistic(np.where(np.isnan(self.bias), by_rule, z))

    def is_about(self, given: Inputs, lengths: Floats) -> Floats:
        """Scores of goals for any other text."""
        z = about_inputs(given, lengths) @ self.about[:-1] + self.about[-1]
        return _logistic(z)

    def recommends(self, evidence: Evidence, lengths: Floats) -> NDArray[np.bool_]:
        """Which texts are recommendations: short, or opening with a word that opens recommendations (English)."""
        opens = [
            language is Language.ENGLISH and not self.openings.isdisjoint(words(text)[:1])
            for text, language in zip(evidence.texts, evidence.languages, strict=True)
        ]
        out: NDArray[np.bool_] = (lengths <= LONGEST_RECOMMENDATION) | np.array(opens, dtype=np.bool_)
        return out


def about_inputs(given: Inputs, lengths: Floats) -> Floats:
    """For each text and goal: mentions (log), share of all mentions, mentions by length."""
    count = np.expm1(given.mentions)
    total = np.maximum(count.sum(axis=1, keepdims=True), 1)
    density = 100 * count / np.maximum(lengths[:, None], 20)
    return np.stack([given.mentions, count / total, np.minimum(density, 20)], axis=-1).astype(np.float32)


def links(
    model: SdgModel, evidence: Evidence, given: Inputs, theme_scores: Floats
) -> list[tuple[SdgLink, ...]]:
    """The goals and targets of each text, best first."""
    lengths = evidence.lengths()
    asked = model.recommends(evidence, lengths)
    scores = np.where(asked[:, None], model.asked(given), model.is_about(given, lengths))
    return [
        _links(model, evidence.found[i], given, i, scores[i], theme_scores[i])
        if scores[i].max() >= LEAST
        else ()
        for i in range(len(evidence.texts))
    ]


def _links(
    model: SdgModel, found: Iterable[Found], given: Inputs, text: int, scores: Floats, themes: Floats
) -> tuple[SdgLink, ...]:
    terms: dict[int, list[Found]] = {}
    cues: dict[tuple[str, str], str] = {}
    for match in found:
        if match.kind in (EntryKind.GOAL, EntryKind.TARGET):
            terms.setdefault(goal_of(match), []).append(match)
        elif match.kind in (EntryKind.CUE, EntryKind.GROUP):
            cues.setdefault((match.kind, match.id), match.term)
    out: list[SdgLink] = []
    for at in np.flatnonzero(scores >= LEAST):
        goal, score = int(at) + 1, float(scores[at])
        named = terms.get(goal, [])
        reasons = _reasons(model, given.shared[text], goal, themes, cues, bool(named))
        aims = _targets(goal, named, themes, given.shared[text])
        for target, strength, why in aims:
            out.append(
                SdgLink(
                    goal,
                    target,
                    round(float(np.sqrt(score * strength)), 3),
                    "; ".join(dict.fromkeys([*why, *reasons])),
                )
            )
        if not aims:
            words = [f"term '{term}'" for term in _longest(named)]
            out.append(
                SdgLink(goal, None, round(score, 3), "; ".join([*words, *reasons]) or "the text as a whole")
            )
    return tuple(sorted(out, key=lambda k: (-k.score, k.goal, k.target or "")))


def _longest(found: Iterable[Found], most: int = 2) -> list[str]:
    """The longest terms found, none inside another."""
    chosen: list[str] = []
    for match in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if len(chosen) < most and not any(match.term.casefold() in c.casefold() for c in chosen):
            chosen.append(match.term)
    return chosen


def _reasons(
    model: SdgModel, shared: Floats, goal: int, themes: Floats, cues: dict[tuple[str, str], str], named: bool
) -> list[str]:
    """What besides terms of the goal speaks for it, strongest first."""
    push = shared * model.shared[:, goal - 1]
    best: dict[str, tuple[Prior, int]] = {}
    for p, at, when in _of_goal(goal):
        holds = themes[at] >= LEAST and (when is None or shared[when] > 0)
        if holds and (p.theme not in best or p.weight > best[p.theme][0].weight):
            best[p.theme] = (p, at)
    said = [(2 * p.weight + float(push[at]), f"theme {p.theme} ({p.note})") for p, at in best.values()]
    told = {text.split(" (")[0] for _, text in said}
    for i in np.argsort(-push)[: 2 * _MOST_REASONS].tolist():
        kind, name = _names()[i]
        if push[i] < _LEAST_PUSH:
            break
        if (
            kind is EntryKind.THEME
            and shared[i] >= LEAST
            and f"theme {name}" not in told
            and name not in taxonomy.REST
        ):
            said.append((float(push[i]), f"theme {name}"))
        elif kind is EntryKind.GROUP:
            said.append((float(push[i]), f"group {name}"))
        elif kind is EntryKind.CUE:
            said.append((float(push[i]), f"{name} ('{cues[kind, name]}')"))
    said.sort(key=lambda s: -s[0])
    return [text for _, text in said[: _MOST_REASONS - named]]


def _targets(
    goal: int, named: Iterable[Found], themes: Floats, shared: Floats
) -> list[tuple[str, float, list[str]]]:
    """Targets that a term or a theme points to, with how strongly and why, best first."""
    doubt: dict[str, float] = {}
    terms: dict[str, list[Found]] = {}
    notes: dict[str, str] = {}
    for match in named:
        if match.kind == EntryKind.TARGET:
            terms.setdefault(match.id, []).append(match)
    for target, found in terms.items():
        distinct = len(_longest(found, most=9))
        doubt[target] = (1 - _ONE_TERM) ** distinct
    for p, at, when in _of_goal(goal):
        if "." in p.link and themes[at] >= LEAST and (when is None or shared[when] > 0):
            doubt[p.link] = doubt.get(p.link, 1.0) * float(1 - p.weight * themes[at])
            notes.setdefault(p.link, f"theme {p.theme} ({p.note})")
    kept = [(target, 1 - left) for target, left in doubt.items() if 1 - left >= LEAST]
    kept.sort(key=lambda k: (-k[1], k[0]))
    return [
        (
            target,
            strength,
            [f"term '{term}'" for term in _longest(terms.get(target, []))]
            + ([notes[target]] if target in notes else []),
        )
        for target, strength in kept[:_MOST_TARGETS]
    ]
