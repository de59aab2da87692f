"""Tag recommendations in batches: read terms, score themes and action, then derive SDGs and agencies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from corpus.language import detect
from corpus.model import Language, Tag, Tags
from corpus.tag import sdg, taxonomy
from corpus.tag.agencies import agencies_for
from corpus.tag.linear import Floats, LinearModel, Rows
from corpus.tag.terms import Found, longest

VERSION = "1"
ORIGIN = f"tagger:{VERSION}"
_BATCH = 512
_TERM_SCORE = 0.8


@cache
def theme_model() -> LinearModel:
    """The model of themes, read on first use."""
    return LinearModel.load(taxonomy.DATA / "themes.npz")


@cache
def action_model() -> LinearModel:
    """The model of action categories, read on first use."""
    return LinearModel.load(taxonomy.DATA / "action.npz")


def tag(texts: Sequence[str], language: Language | None = None) -> list[Tags]:
    """Tags of each text, in order. `language` spares detecting it text by text."""
    found: list[Tags] = []
    for i in range(0, len(texts), _BATCH):
        found.extend(_batch(texts[i : i + _BATCH], language))
    return found


def _batch(texts: Sequence[str], language: Language | None) -> list[Tags]:
    languages = [language or detect(text) for text in texts]
    terms = [taxonomy.matcher(spoken).find(text) for text, spoken in zip(texts, languages, strict=True)]
    model, deeds = theme_model(), action_model()
    rows = model.rows(texts)
    theme_scores = model.score(model.distances(rows))
    action_scores = deeds.score(deeds.distances(deeds.rows(texts)))
    return [
        _one(i, languages[i], terms[i], rows, theme_scores[i], action_scores[i]) for i in range(len(texts))
    ]


def _one(
    i: int, language: Language, found: Sequence[Found], rows: Rows, theme_scores: Floats, action: Floats
) -> Tags:
    if language is Language.ENGLISH:
        themes = _learned_themes(i, found, rows, theme_scores)
    else:
        themes = _termed("theme", found)
    instruments = _termed("instrument", longest(f for f in found if f.kind == "instrument"))
    groups = _groups(found, instruments)
    links = sdg.links({t.name: t.score for t in themes}, found)
    named = {f.id for f in found if f.kind == "agency"}
    reached = {link.target or str(link.goal) for link in links}
    category = int(np.argmax(action))
    return Tags(
        themes=themes,
        groups=groups,
        sdgs=links,
        action=category + 1,
        action_score=round(float(action[category]), 3),
        agencies=agencies_for({t.name for t in themes}, {g.name for g in groups}, reached, named),
        instruments=instruments,
        origin=ORIGIN,
    )


def _learned_themes(i: int, found: Sequence[Found], rows: Rows, scores: Floats) -> tuple[Tag, ...]:
    model = theme_model()
    tags = []
    for label in np.flatnonzero(scores >= 0.5):
        name = model.labels[label]
        term = next((f.term for f in found if f.kind == "theme" and f.id == name), None)
        said = model.because(rows, i, int(label))
        why = f"term '{term}'" if term else ""
        if said:
            why += ("; " if why else "") + "words " + ", ".join(f"'{s}'" for s in said)
        tags.append(Tag(name, round(float(scores[label]), 3), why or "parts of words"))
    return tuple(sorted(tags, key=lambda t: (-t.score, t.name)))


def _termed(kind: str, found: Sequence[Found]) -> tuple[Tag, ...]:
    first: dict[str, str] = {}
    for match in found:
        if match.kind == kind:
            first.setdefault(match.id, match.term)
    return tuple(Tag(name, _TERM_SCORE, f"term '{term}'") for name, term in sorted(first.items()))


def _groups(found: Sequence[Found], instruments: Sequence[Tag]) -> tuple[Tag, ...]:
    groups = {t.name: t for t in _termed("group", found)}
    for instrument in instruments:
        for name in taxonomy.instruments()[instrument.name].groups:
            groups.setdefault(name, Tag(name, _TERM_SCORE, f"instrument {instrument.name}"))
    return tuple(groups[name] for name in sorted(groups))
