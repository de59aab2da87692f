"""Tag recommendations in batches: read terms, score themes and action, then derive SDGs and agencies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.model import Language, SdgLink, Tag, Tags
from corpus.tag import evidence as reading
from corpus.tag import head, sdg, taxonomy
from corpus.tag.agencies import agencies_for
from corpus.tag.evidence import Evidence
from corpus.tag.head import DenseModel
from corpus.tag.linear import LinearModel, Rows
from corpus.tag.sdg import SdgModel
from corpus.tag.taxonomy import EntryKind
from corpus.tag.terms import Found, longest

VERSION = "7"
ORIGIN = f"tagger:{VERSION}"
_BATCH = 512
_TERM_SCORE = 0.8
_LEAST = 0.5
# Share of the head in themes of English texts: best of 0.1 to 0.5 on sessions 14-16 after training on 1-13.
MEANING = 0.3

Floats = NDArray[np.float32]


@cache
def theme_model() -> LinearModel:
    """The model of themes in English, read on first use."""
    return LinearModel.load(taxonomy.DATA / "themes.npz")


@cache
def action_model() -> LinearModel:
    """The model of action categories in English, read on first use."""
    return LinearModel.load(taxonomy.DATA / "action.npz")


@cache
def theme_head() -> DenseModel:
    """The model of themes in the other languages, read on first use."""
    return DenseModel.load(taxonomy.DATA / "themes-head.npz")


@cache
def action_head() -> DenseModel:
    """The model of action categories in the other languages, read on first use."""
    return DenseModel.load(taxonomy.DATA / "action-head.npz")


@cache
def sdg_model() -> SdgModel:
    """The model of SDG links, read on first use."""
    return SdgModel.load(taxonomy.DATA / "sdg.npz")


@cache
def _theme_order() -> list[int]:
    labels = theme_model().labels
    return [labels.index(name) for name in taxonomy.themes()]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a batch of English texts, and how much each speaks for each theme."""

    rows: Rows
    pushes: Floats

    @classmethod
    def of(cls, batch: Evidence) -> _Words:
        rows = theme_model().rows(batch.texts)
        return cls(rows, theme_model().pushes(rows))


def english_theme_scores(batch: Evidence) -> Floats:
    """Scores of themes of English texts, a column a theme in the taxonomy's order.

    The word model decides with most of the weight; the head over embeddings helps where words fail.
    """
    return _scores(batch, _Words.of(batch))


def _scores(batch: Evidence, said: _Words) -> Floats:
    model = theme_model()
    by_words = model.score(model.distances(said.rows, said.pushes))[:, _theme_order()]
    return blend(by_words, theme_head().scores(head.theme_inputs(batch)))


def blend(by_words: Floats, by_meaning: Floats) -> Floats:
    """Two scores as one: a weighted mean of their log-odds."""
    odds = (1 - MEANING) * _log_odds(by_words) + MEANING * _log_odds(by_meaning)
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def _log_odds(scores: Floats) -> Floats:
    out: Floats = np.log((scores + 1e-4) / (1 + 1e-4 - scores))
    return out


def tag(texts: Sequence[str], language: Language | None = None) -> list[Tags]:
    """Tags of each text, in order. `language` spares detecting it text by text."""
    found: list[Tags] = []
    for i in range(0, len(texts), _BATCH):
        batch = reading.read(texts[i : i + _BATCH], language)
        english = np.array([spoken is Language.ENGLISH for spoken in batch.languages])
        tags: list[Tags | None] = [None] * len(batch.texts)
        for at, of in ((np.flatnonzero(english), _english), (np.flatnonzero(~english), _other)):
            for place, result in zip(at, of(_only(batch, at)) if len(at) else (), strict=True):
                tags[place] = result
        found.extend(t for t in tags if t is not None)
    return found


def _only(batch: Evidence, at: Iterable[int]) -> Evidence:
    chosen = list(at)
    return Evidence(
        tuple(batch.texts[i] for i in chosen),
        tuple(batch.languages[i] for i in chosen),
        tuple(batch.found[i] for i in chosen),
    )


def _english(batch: Evidence) -> list[Tags]:
    said = _Words.of(batch)
    scores = _scores(batch, said)
    themes = [_themes(scores[i], batch.found[i], said, i) for i in range(len(batch.texts))]
    return _finish(batch, scores, themes, action_model().scores(batch.texts))


def _other(batch: Evidence) -> list[Tags]:
    scores = theme_head().scores(head.theme_inputs(batch))
    themes = [_themes(scores[i], batch.found[i]) for i in range(len(batch.texts))]
    return _finish(batch, scores, themes, action_head().scores(head.action_inputs(batch)))


def _finish(
    batch: Evidence, scores: Floats, themes: Sequence[tuple[Tag, ...]], actions: Floats
) -> list[Tags]:
    links = sdg.links(sdg_model(), batch, sdg.inputs(batch, scores), scores)
    return [
        _tags(found, themes[i], links[i], actions[i], blank=not batch.texts[i].strip())
        for i, found in enumerate(batch.found)
    ]


def _tags(
    found: Sequence[Found],
    themes: tuple[Tag, ...],
    links: tuple[SdgLink, ...],
    action: Floats,
    *,
    blank: bool,
) -> Tags:
    if blank:
        return Tags(origin=ORIGIN)
    instruments = _termed(EntryKind.INSTRUMENT, longest(f for f in found if f.kind == EntryKind.INSTRUMENT))
    groups = _groups(found, instruments)
    category = int(np.argmax(action))
    return Tags(
        themes=themes,
        groups=groups,
        sdgs=links,
        action=category + 1,
        action_score=round(float(action[category]), 3),
        agencies=agencies_for(
            {t.name for t in themes},
            {g.name for g in groups},
            {link.target or str(link.goal) for link in links},
            {f.id for f in found if f.kind == EntryKind.AGENCY},
        ),
        instruments=instruments,
        origin=ORIGIN,
    )


def _themes(
    scores: Floats, found: Sequence[Found], words: _Words | None = None, text: int = 0
) -> tuple[Tag, ...]:
    """Themes at or over their threshold, with the term and the words that speak most for each."""
    names = list(taxonomy.themes())
    tags = []
    for at in np.flatnonzero(scores >= _LEAST):
        term = next((f.term for f in found if f.kind == EntryKind.THEME and f.id == names[at]), None)
        reasons = [f"term '{term}'"] if term else []
        label = _theme_order()[at]
        said = theme_model().because(words.rows, words.pushes, text, label) if words else []
        if said:
            reasons.append("words " + ", ".join(f"'{s}'" for s in said))
        why = "; ".join(reasons) or "nearness in meaning to recommendations on this theme"
        tags.append(Tag(names[at], round(float(scores[at]), 3), why))
    return tuple(sorted(tags, key=lambda t: (-t.score, t.name)))


def _termed(kind: EntryKind, found: Iterable[Found]) -> tuple[Tag, ...]:
    first: dict[str, str] = {}
    for match in found:
        if match.kind == kind:
            first.setdefault(match.id, match.term)
    return tuple(Tag(name, _TERM_SCORE, f"term '{term}'") for name, term in sorted(first.items()))


def _groups(found: Sequence[Found], instruments: Sequence[Tag]) -> tuple[Tag, ...]:
    groups = {t.name: t for t in _termed(EntryKind.GROUP, found)}
    for instrument in instruments:
        for name in taxonomy.instruments()[instrument.name].groups:
            groups.setdefault(name, Tag(name, _TERM_SCORE, f"instrument {instrument.name}"))
    return tuple(groups[name] for name in sorted(groups))
