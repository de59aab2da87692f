"""Running and storing a static model: sub-words in, one vector a text out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.static.spelling import blank

# Texts handled at a time: bounds memory (about 60 MB at 100 sub-words a text) and keeps the gather in cache.
_BATCH = 256
# Words remembered with their sub-words: some 20 MB. Longer "words" are Chinese clauses, which seldom come again.
_REMEMBERED = 100_000
_LONGEST_WORD = 24
# Texts remembered with their vectors: a recommendation's comes as a passage, as itself and to be tagged.
_RECENT = 2_000
# Longer texts are cut here: a paragraph never is, a whole document given by mistake stays bounded.
_MOST_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class StaticModel:
    """Sub-word vectors as int8 with one scale a row; a text's vector is the normalised sum of its rows."""

    tokenizer: Tokenizer
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    words: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    recent: dict[str, NDArray[np.float32]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, folder: Path) -> StaticModel:
        """Read `pieces.tsv`, `rows.npy` and `scales.npy` from a folder."""
        found: list[tuple[str, float]] = []
        for line in (folder / "pieces.tsv").read_text(encoding="utf-8").split("\n"):
            piece, separator, score = line.partition("\t")
            if separator:
                found.append((piece, float(score)))
        return cls(
            blank(found), np.load(folder / "rows.npy"), np.load(folder / "scales.npy").astype(np.float32)
        )

    def save(self, folder: Path) -> None:
        """Write what `load` reads."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{piece}\t{score:.4f}\n" for piece, score in pieces(self.tokenizer))
        (folder / "pieces.tsv").write_text(lines, encoding="utf-8", newline="\n")
        np.save(folder / "rows.npy", self.rows)
        np.save(folder / "scales.npy", self.scales.astype(np.float16))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (len(texts), dimensions) float32, rows of length 1, or 0 where a text has no known sub-word."""
        found = {text: self.recent.get(text) for text in texts}
        new = [text for text, row in found.items() if row is None]
        for first in range(0, len(new), _BATCH):
            batch = new[first : first + _BATCH]
            made = np.zeros((len(batch), self.rows.shape[1]), dtype=np.float32)
            self._fill([text[:_MOST_CHARACTERS] for text in batch], made)
            found.update(zip(batch, made, strict=True))
            if len(self.recent) > _RECENT:
                self.recent.clear()
            self.recent.update(zip(batch, made, strict=True))
        out = np.zeros((len(texts), self.rows.shape[1]), dtype=np.float32)
        for place, text in enumerate(texts):
            out[place] = found[text]
        return out

    def _fill(self, texts: list[str], out: NDArray[np.float32]) -> None:
        lists = self._pieces(texts)
        lengths = np.fromiter(map(len, lists), dtype=np.int64, count=len(lists))
        filled = np.flatnonzero(lengths)
        if not filled.size:
            return
        ids = np.fromiter(chain.from_iterable(lists), dtype=np.int64, count=int(lengths.sum()))
        starts = np.concatenate(([0], np.cumsum(lengths[filled])[:-1]))
        weighted = self.rows[ids] * self.scales[ids, None]
        sums = np.add.reduceat(weighted, starts, axis=0)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        out[filled] = sums / np.maximum(norms, 1e-12)

    def _pieces(self, texts: list[str]) -> list[list[int]]:
        """Ids of each text's sub-words. None spans a space, so each word is cut once and remembered."""
        split = [text.split() for text in texts]
        if len(self.words) > _REMEMBERED:
            self.words.clear()
        # What this batch needs is held here too: another thread may clear the memory meanwhile.
        known = {word: self.words.get(word, ()) for word in chain.from_iterable(split)}
        new = [word for word, ids in known.items() if not ids]
        for word, encoding in zip(
            new, self.tokenizer.encode_batch_fast(new, add_special_tokens=False), strict=True
        ):
            ids = known[word] = tuple(encoding.ids)
            if len(word) <= _LONGEST_WORD:
                self.words[word] = ids
        return [list(chain.from_iterable(map(known.__getitem__, words))) for words in split]


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return int8 rows and the scale of each: an error of at most a 254th of the row's largest value."""
    scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
    scales = scales.astype(np.float16).astype(np.float32)
    rows = np.clip(np.rint(vectors / np.maximum(scales, 1e-12)[:, None]), -127, 127).astype(np.int8)
    return rows, scales


def pieces(tokenizer: Tokenizer) -> list[tuple[str, float]]:
    """Return the sub-words of a unigram tokenizer with their log-probabilities, in the order of their ids."""
    found: list[list[str | float]] = json.loads(tokenizer.to_str())["model"]["vocab"]
    return [(str(piece), float(score)) for piece, score in found]
