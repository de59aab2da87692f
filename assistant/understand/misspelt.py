"""Names of States written with a wrong letter or character ("Slovinia"), where nothing else explains the word.

Only a word that no list of the project knows is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.understand.cues import Cues
from corpus import states
from corpus.model import Language
from index import analyse, glossary, lexicon

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SHORTEST = 6  # letters of a name without its capital that is tried
_LONGEST = 3  # words of a name that is tried
_HAN = re.compile(r"[\u3400-\u9fff]{3,}")


@dataclass(frozen=True, slots=True)
class Misspelt:
    """How a name was written, and the names that may be meant, each with its State."""

    written: str
    meant: tuple[tuple[str, str], ...]


def find(question: str, left: str, cues: Cues, *, adjectives: bool) -> Misspelt | None:
    """The first misspelt name of a State among the words that nothing explains (`left`).

    Beside a State that is named, `adjectives` are no names.
    """
    unknown = {states.fold(word) for word in left.split() if not _known(word, cues.language)}
    for written in _tried(question, unknown, cues.language) if unknown else ():
        if written.islower() and len(written) < _SHORTEST:
            continue
        meant = states.nearest(written, cues.language, adjectives=adjectives)
        if meant:
            return Misspelt(written, meant)
    return None


def _known(word: str, language: Language) -> bool:
    stems = analyse.tokens(word, language)
    if language is Language.CHINESE:
        return not stems
    return not stems or any(
        stem in _terms(language) or lexicon.translations(stem, language) for stem in stems
    )


@cache
def _terms(language: Language) -> frozenset[str]:
    """The stems of the glossary's terms."""
    terms = (term for entry in glossary.entries() for term in entry.terms[language])
    return frozenset(stem for term in terms for stem in analyse.tokens(term, language))


def _tried(question: str, unknown: set[str], language: Language) -> Iterator[str]:
    """The stretches of a question that hold an unknown word, the longest first."""
    if language is Language.CHINESE:
        yield from _han(question, unknown)
        return
    words = list(_WORD.finditer(question))
    for size in range(_LONGEST, 0, -1):
        for place in range(len(words) - size + 1):
            group = words[place : place + size]
            if any(states.fold(word.group()) in unknown for word in group):
                yield question[group[0].start() : group[-1].end()]


def _han(question: str, unknown: set[str]) -> Iterator[str]:
    for run in _HAN.finditer(question):
        for length in range(len(run.group()), 2, -1):
            for start in range(run.start(), run.end() - length + 1):
                written = question[start : start + length]
                if any(word in written or written in word for word in unknown):
                    yield written
