"""Themes and action categories in the other five languages: a dense model over embeddings and terms.

It learns from English recommendations; its inputs (the multilingual embedding, and which entries of the taxonomies
have a term in the text) mean the same in every language.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import static
from corpus.model import Language
from corpus.tag.evidence import Evidence
from corpus.tag.taxonomy import EntryKind

Floats = NDArray[np.float32]
OPENING_WORDS = 6
OPENING_CHARACTERS = 10


def fingerprint() -> str:
    """The shipped embedding model's name and the start of the hash of its files: a head fits one model only."""
    digest = hashlib.sha256()
    for path in sorted(static.FOLDER.iterdir()):
        digest.update(path.read_bytes())
    return f"{static.NAME} {digest.hexdigest()[:12]}"


@dataclass(frozen=True)
class DenseModel:
    """A plane a label over dense inputs; a score of 0.5 is the label's threshold."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    threshold: Floats
    steepness: float
    embedding: str = ""

    @classmethod
    def load(cls, path: Path) -> DenseModel:
        """Read a model's file."""
        with np.load(path, allow_pickle=False) as file:
            return cls(
                labels=tuple(bytes(file["labels"]).decode().split("\n")),
                weights=file["weights"].astype(np.float32),
                bias=file["bias"].astype(np.float32),
                threshold=file["threshold"].astype(np.float32),
                steepness=float(file["steepness"]),
                embedding=bytes(file["embedding"]).decode(),
            )

    def save(self, path: Path) -> None:
        """Write the model, its weights in 16 bits."""
        np.savez_compressed(
            path,
            labels=np.frombuffer("\n".join(self.labels).encode(), dtype=np.uint8),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            threshold=self.threshold,
            steepness=np.float32(self.steepness),
            embedding=np.frombuffer(self.embedding.encode(), dtype=np.uint8),
        )

    def distances(self, inputs: Floats) -> Floats:
        """Each row's distance from each label's plane."""
        out: Floats = inputs @ self.weights + self.bias
        return out

    def scores(self, inputs: Floats) -> Floats:
        """Scores in [0, 1], a row a text."""
        above = self.distances(inputs) - self.threshold
        out: Floats = (1 / (1 + np.exp(-self.steepness * above))).astype(np.float32)
        return out


def theme_inputs(evidence: Evidence) -> Floats:
    """The embedding of each text, and which themes, groups, cues and instruments it has terms of."""
    kinds = (EntryKind.THEME, EntryKind.GROUP, EntryKind.CUE, EntryKind.INSTRUMENT)
    return np.hstack([static.encode(evidence.texts), *(evidence.flags(kind) for kind in kinds)])


def action_inputs(evidence: Evidence) -> Floats:
    """The embedding of each text and of its opening, and which verbs it opens with."""
    openings = [
        text[:OPENING_CHARACTERS] if language is Language.CHINESE else " ".join(text.split()[:OPENING_WORDS])
        for text, language in zip(evidence.texts, evidence.languages, strict=True)
    ]
    return np.hstack([static.encode(evidence.texts), static.encode(openings), 2 * evidence.verbs()])
