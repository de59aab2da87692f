"""Vectors in Chroma, embedded in the home or on a server, through langchain-chroma.

Chroma holds one entry per distinct text, named by its id in the catalogue; the texts stay in the catalogue.
Importing and starting it takes about a second, so nothing here does so before it is needed.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import numpy as np

from index.errors import StoreFailed
from index.schema import Scope

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings

_BATCH = 2_000
# Writing the graph to disk is a matter of its whole size: too often is slow for a large one, too seldom
# leaves much to replay when it is next opened.
_CONFIGURATION = {
    "hnsw": {
        "space": "ip",
        "ef_construction": 64,
        "ef_search": 200,
        "sync_threshold": 5_000,
        "batch_size": 500,
    }
}


class _Prepared:
    """An embedder (in LangChain's sense) of vectors that were made already: a text is its id in Chroma."""

    def __init__(self) -> None:
        self.vectors: dict[str, np.ndarray] = {}

    def embed_documents(self, texts: list[str]) -> list[np.ndarray]:
        """The vectors of these ids; Chroma takes arrays as they are."""
        return [self.vectors[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Queries come as vectors, never as texts."""
        raise NotImplementedError(text)


@dataclass
class Vectors:
    """The vectors of one library and embedding model."""

    folder: Path
    url: str | None
    library: str
    model: str
    _client: Client | None = None
    _stores: dict[Scope, Chroma] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def is_open(self) -> bool:
        """Whether Chroma was started in this process."""
        return self._client is not None

    def open(self) -> None:
        """Start Chroma, or reach its server."""
        for scope in Scope:
            self._store(scope)

    def close(self) -> None:
        """Let go of Chroma; the next use starts it again and sees what other processes wrote."""
        with self._lock:
            self._stores.clear()
            if self._client is not None:
                self._client.close()
                self._client = None

    def add(self, scope: Scope, ids: Sequence[int], vectors: np.ndarray) -> None:
        """Store vectors under their catalogue ids; what is there already is overwritten."""
        store = self._store(scope)
        for start in range(0, len(ids), _BATCH):
            names = [str(one) for one in ids[start : start + _BATCH]]
            rows = np.ascontiguousarray(vectors[start : start + _BATCH], np.float32)
            with self._lock, _mapped():
                prepared = cast("_Prepared", store.embeddings)
                prepared.vectors = dict(zip(names, rows, strict=True))
                store.add_texts(names, ids=names)
                prepared.vectors = {}

    def delete(self, scope: Scope, ids: Sequence[int]) -> None:
        """Remove vectors; ids that are not there are no error."""
        for start in range(0, len(ids), _BATCH):
            with _mapped():
                self._store(scope).delete([str(one) for one in ids[start : start + _BATCH]])

    def nearest(self, scope: Scope, vector: np.ndarray, k: int) -> list[tuple[int, float]]:
        """The `k` nearest ids with their inner products, best first."""
        with _mapped():
            found = self._store(scope).similarity_search_by_vector_with_relevance_scores(
                vector.astype(np.float32),  # type: ignore[arg-type]
                k=k,
            )
        return [(int(document.page_content), 1.0 - distance) for document, distance in found]

    def ids(self, scope: Scope) -> set[int]:
        """Every id that Chroma holds."""
        with _mapped():
            return {int(one) for one in self._store(scope).get(include=[])["ids"]}

    def reset(self, scope: Scope) -> None:
        """Drop everything of this scope and begin anew."""
        with self._lock, _mapped():
            self._store(scope).reset_collection()

    def drop_others(self) -> list[str]:
        """Remove this library's collections of other models; gives their names."""
        mine = {self._name(scope) for scope in Scope}
        with self._lock, _mapped():
            client = self._connect()
            others = [
                one.name
                for one in client.list_collections()
                if one.name.startswith(f"upr-{self.library}-") and one.name not in mine
            ]
            for name in others:
                client.delete_collection(name)
        return others

    def langchain(self, scope: Scope, embeddings: Embeddings) -> Chroma:
        """The LangChain vector store over the same collection, with an embedder for its queries."""
        from langchain_chroma import Chroma

        return Chroma(self._name(scope), embeddings, client=self._connect())

    def _name(self, scope: Scope) -> str:
        model = hashlib.sha256(self.model.encode()).hexdigest()[:8]
        return f"upr-{self.library}-{scope.value}-{model}"

    def _store(self, scope: Scope) -> Chroma:
        with self._lock:
            if scope not in self._stores:
                from langchain_chroma import Chroma

                with _mapped():
                    self._stores[scope] = Chroma(
                        self._name(scope),
                        cast("Embeddings", _Prepared()),
                        client=self._connect(),
                        collection_configuration=_CONFIGURATION,  # type: ignore[arg-type]
                    )
            return self._stores[scope]

    def _connect(self) -> Client:
        with self._lock:
            if self._client is None:
                self._client = _client(self.folder, self.url)
            return self._client


def _client(folder: Path, url: str | None) -> Client:
    import chromadb
    from chromadb.config import Settings

    quiet = Settings(anonymized_telemetry=False)
    with _mapped(url):
        if url is None:
            return cast("Client", chromadb.PersistentClient(folder, settings=quiet))
        parts = urlsplit(url if "//" in url else f"http://{url}")
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        server = chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=quiet)
        return cast("Client", server)


@contextmanager
def _mapped(url: str | None = None) -> Iterator[None]:
    """Chroma's errors, mapped at this one boundary."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, ValueError, OSError) as error:
        place = f"Chroma at {url}" if url else "Chroma"
        remedy = "Check UPR_CHROMA_URL." if url else "Run `upr doctor --repair`."
        raise StoreFailed(f"{place} refused: {error}.", remedy) from error
