"""txtai's hybrid index: its BM25 and a dense index (Faiss) of the same vectors, scores joined as it does by default."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from txtai import Embeddings

from eval.baselines import CHUNK, OVERLAP, Chunked, vectors


def _embed(texts: Sequence[str]) -> np.ndarray:
    return vectors(list(texts))


class Peer(Chunked):
    """txtai with `hybrid` on."""

    name = "txtai hybrid"
    settings = f"txtai: Embeddings(hybrid=True), all-MiniLM-L6-v2, Faiss, chunks of {CHUNK}/{OVERLAP}"

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        self._index = Embeddings(method="external", transform=_embed, hybrid=True)
        self._index.index([(i, chunk, None) for i, chunk in enumerate(self._cut(texts))])

    def _best(self, query: str, k: int) -> list[int]:
        return [int(i) for i, score in self._index.search(query, k) if score > 0]
