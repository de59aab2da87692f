"""Haystack's in-memory retrievers as its tutorials join them: BM25 and embeddings, joined by reciprocal rank."""

from __future__ import annotations

import os
from collections.abc import Sequence

os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from eval.baselines import CHUNK, OVERLAP, Chunked, vectors


class Peer(Chunked):
    """Haystack's hybrid of its in-memory retrievers over the same chunks and vectors."""

    name = "Haystack hybrid"
    settings = (
        f"haystack-ai: InMemoryBM25Retriever and InMemoryEmbeddingRetriever (all-MiniLM-L6-v2), chunks of "
        f"{CHUNK}/{OVERLAP}, DocumentJoiner by reciprocal_rank_fusion"
    )

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts."""
        chunks = self._cut(texts)
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        made = vectors(chunks)
        store.write_documents(
            [Document(id=str(i), content=chunk, embedding=made[i]) for i, chunk in enumerate(chunks)]
        )
        self._words = InMemoryBM25Retriever(document_store=store)
        self._meaning = InMemoryEmbeddingRetriever(document_store=store)
        # Called one after another instead of in a Pipeline, which copies every vector on the way. Of equal ranks the
        # words' hit comes first, which is the better order for it.
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def _best(self, query: str, k: int) -> list[int]:
        rankings = [
            self._words.run(query=query, top_k=k)["documents"],
            self._meaning.run(query_embedding=vectors([query])[0].tolist(), top_k=k)["documents"],
        ]
        found = self._joiner.run(documents=rankings, top_k=k)["documents"]
        return [int(document.id) for document in found]
