"""Make `index/lexicon.tsv`: how single words are translated, read off public parallel text.

    python -m index.train_lexicon --data FOLDER

FOLDER holds the same parallel text as the embedding model is trained on (`corpus.static.pairs`), without the lines
held out. Words are aligned by IBM's Model 1 (Brown and others, 1993) in both directions over the analyser's tokens;
a translation is kept where both directions believe in it. A line is a language, a token of it, and English tokens
with their hundredths.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.model import Language
from corpus.static.pairs import FOREIGN, Pair, read
from index.analyse import tokens
from index.lexicon import FILE

ROUNDS = 6
LONGEST = 60  # tokens of one side: longer lines say little about single words
SEEN = 3  # sentences that must hold both words
LIKELY, BACK = 0.12, 0.04  # the least belief in a translation, and in its way back
MOST = 4

Ids = NDArray[np.int64]
Shares = NDArray[np.float64]


class Words:
    """Tokens and their numbers."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, text: str, language: Language) -> list[int]:
        """The numbers of the different tokens of a text; empty where there are too many to align."""
        found = list(dict.fromkeys(tokens(text, language)))
        return (
            [self.numbers.setdefault(one, len(self.numbers)) for one in found]
            if len(found) <= LONGEST
            else []
        )


def align(pairs: Iterable[Pair], language: Language) -> dict[str, list[tuple[str, float]]]:
    """Return the English tokens that translate each token of `language`, the likeliest first."""
    english, foreign = Words(), Words()
    cells: list[NDArray[np.int64]] = []
    sentence: list[tuple[int, int]] = []
    for left, right in pairs:
        e, f = english.of(left, Language.ENGLISH), foreign.of(right, language)
        if e and f:
            cells.append(
                (np.array(e, np.int64)[:, None] * (1 << 32) + np.array(f, np.int64)[None, :]).ravel()
            )
            sentence.append((len(e), len(f)))
    codes, cell, seen = np.unique(np.concatenate(cells), return_inverse=True, return_counts=True)
    e_of, f_of = codes >> 32, codes & 0xFFFFFFFF
    to_english = _model(cell, f_of, _groups(sentence, by_english=True))
    to_foreign = _model(cell, e_of, _groups(sentence, by_english=False))
    kept = np.flatnonzero((seen >= SEEN) & (to_english >= LIKELY) & (to_foreign >= BACK))
    names, foreign_names = list(english.numbers), list(foreign.numbers)
    found: dict[str, list[tuple[str, float]]] = {}
    for i in kept[np.argsort(-to_english[kept], kind="stable")]:
        word, said = foreign_names[f_of[i]], names[e_of[i]]
        if word != said and word.isalpha() and said.isalpha() and len(found.setdefault(word, [])) < MOST:
            found[word].append((said, float(to_english[i])))
    return found


def _groups(sentence: list[tuple[int, int]], *, by_english: bool) -> Ids:
    """For every cell, which word of its sentence it belongs to: each shares one belief among its cells."""
    made: list[Ids] = []
    first = 0
    for e, f in sentence:
        own = np.repeat(np.arange(e), f) if by_english else np.tile(np.arange(f), e)
        made.append(own + first)
        first += e if by_english else f
    return np.concatenate(made)


def _model(cell: Ids, given: Ids, group: Ids) -> Shares:
    """Model 1's belief in each kind of cell, where its word `given` stands."""
    belief = np.ones(len(given))
    for _ in range(ROUNDS):
        here = belief[cell]
        here /= np.bincount(group, here)[group]
        expected = np.bincount(cell, here, len(given))
        belief = expected / np.bincount(given, expected)[given]
    return belief


def main() -> None:
    """Align each language with English, and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    training = read(asked.data).training
    lines = []
    for language in FOREIGN:
        found = align(training[language], language)
        for word in sorted(word for word in found if found[word]):
            said = " ".join(f"{english}:{round(100 * share)}" for english, share in found[word])
            lines.append(f"{language.value}\t{word}\t{said}\n")
    asked.out.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
