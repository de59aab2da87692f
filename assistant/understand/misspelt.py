"""Names of States written with a wrong letter or character ("Slovinia"), where nothing else explains the word.

Only a word that no dictionary of the project knows is tried, and only where one State alone is that close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understand.cues import Cues
from corpus import states
from corpus.model import Language
from index import analyse, lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_LONGEST = 3  # words of a name that is tried
_HAN = re.compile(r"[\u3400-\u9fff]{3,}")


@dataclass(frozen=True, slots=True)
class Correction:
    """How a name was written, how it is written, and the State."""

    written: str
    right: str
    alpha3: str


def find(question: str, left: str, cues: Cues) -> Correction | None:
    """The first misspelt name of a State among the words that nothing explains (`left`, folded or as written)."""
    unknown = set(left.split())
    if not unknown:
        return None
    if cues.language is Language.CHINESE:
        return _han(question, unknown)
    strange = {states.fold(word) for word in unknown if not _known(word, cues.language)}
    words = list(_WORD.finditer(question))
    for size in range(_LONGEST, 0, -1):
        for place in range(len(words) - size + 1):
            group = words[place : place + size]
            if not any(states.fold(word.group()) in strange for word in group):
                continue
            written = question[group[0].start() : group[-1].end()]
            found = states.nearest(written, cues.language)
            if found:
                return Correction(written, *found)
    return None


def _known(word: str, language: Language) -> bool:
    stems = analyse.tokens(word, language)
    return not stems or any(lexicon.translations(stem, language) for stem in stems)


def _han(question: str, unknown: set[str]) -> Correction | None:
    for run in _HAN.finditer(question):
        for length in range(len(run.group()), 2, -1):
            for start in range(run.start(), run.end() - length + 1):
                written = question[start : start + length]
                if not any(word in written or written in word for word in unknown):
                    continue
                found = states.nearest(written, Language.CHINESE)
                if found:
                    return Correction(written, *found)
    return None
