"""What the terms of the taxonomies show in a batch of texts, as matrices that the models read.

Columns do not depend on the language, so that what is learned from English serves the other five.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.language import detect
from corpus.model import Language
from corpus.tag import taxonomy
from corpus.tag.features import words
from corpus.tag.taxonomy import EntryKind
from corpus.tag.terms import Found

Floats = NDArray[np.float32]
GOALS = tuple(range(1, 18))
# Verbs stand within the first words of a recommendation ("The Government should continue ...").
OPENING_CHARACTERS = 60
CHINESE_OPENING_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Evidence:
    """Texts, their languages, and the terms found in each."""

    texts: tuple[str, ...]
    languages: tuple[Language, ...]
    found: tuple[tuple[Found, ...], ...]

    def flags(self, kind: EntryKind) -> Floats:
        """A row a text, a column an entry of the kind (in the order of its taxonomy): 1 where a term occurs."""
        column = {name: i for i, name in enumerate(taxonomy.entries(kind))}
        out = np.zeros((len(self.texts), len(column)), np.float32)
        for i, found in enumerate(self.found):
            for match in found:
                if match.kind == kind:
                    out[i, column[match.id]] = 1
        return out

    def mentions(self, kinds: tuple[EntryKind, ...] = (EntryKind.GOAL, EntryKind.TARGET)) -> Floats:
        """A row a text, a column a goal: how many places speak for it (or for one of its targets)."""
        out = np.zeros((len(self.texts), len(GOALS)), np.float32)
        for i, found in enumerate(self.found):
            places = {(goal_of(match), match.start, match.end) for match in found if match.kind in kinds}
            for goal, _, _ in places:
                out[i, goal - 1] += 1
        return out

    def verbs(self) -> Floats:
        """A row a text, two columns a verb of `actions.toml`: how early it stands in the opening, whether first."""
        column = {name: i for i, name in enumerate(taxonomy.entries(EntryKind.VERB))}
        out = np.zeros((len(self.texts), len(column)), np.float32)
        for i, (found, language) in enumerate(zip(self.found, self.languages, strict=True)):
            reach = CHINESE_OPENING_CHARACTERS if language is Language.CHINESE else OPENING_CHARACTERS
            for match in found:
                if match.kind == EntryKind.VERB and match.start < reach:
                    at = column[match.id]
                    out[i, at] = max(out[i, at], 1 - match.start / reach)
        first = (out == out.max(axis=1, keepdims=True)) & (out > 0)
        return np.hstack([out, first.astype(np.float32)])

    def lengths(self) -> Floats:
        """How many words each text has; a Chinese character counts as two thirds of a word."""
        return np.array(
            [
                len(text) / 1.5 if language is Language.CHINESE else len(words(text))
                for text, language in zip(self.texts, self.languages, strict=True)
            ],
            dtype=np.float32,
        )


def goal_of(match: Found) -> int:
    """The goal that a term of a goal or target speaks for."""
    return int(match.id.split(".")[0])


def read(texts: Sequence[str], language: Language | None = None) -> Evidence:
    """Find every term; `language` spares detecting it text by text."""
    languages = tuple(language or detect(text) for text in texts)
    found = tuple(
        tuple(taxonomy.matcher(spoken).find(text)) for text, spoken in zip(texts, languages, strict=True)
    )
    return Evidence(tuple(texts), languages, found)
