"""A LangChain retriever over the library, so that it can be plugged into any chain."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from index.filters import SearchFilters
from index.search import Hit


class LibraryRetriever(BaseRetriever):
    """Hybrid search as a retriever; each document's metadata says where its words stand."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Any = Field(description="An `index.library.Library`.")
    k: int = Field(default=10, gt=0, description="How many passages.")
    filters: SearchFilters = Field(default_factory=SearchFilters, description="Which passages may be found.")
    scope: str = Field(default="all", description="paragraphs, recommendations or all.")

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        hits = self.library.search(query, self.k, self.filters, self.scope)
        return [_document(hit) for hit in hits]


def _document(hit: Hit) -> Document:
    metadata = {
        "key": hit.key,
        "symbol": hit.symbol,
        "paragraph": hit.paragraph,
        "page": hit.page,
        "kind": hit.kind.value,
        "state": hit.state,
        "language": hit.language.value,
        "number": hit.number,
        "start": hit.start,
        "end": hit.end,
        "digest": hit.digest,
        "url": hit.url,
        "score": hit.score,
    }
    return Document(page_content=hit.text, metadata=metadata, id=f"{hit.key}:{hit.start}-{hit.end}")
