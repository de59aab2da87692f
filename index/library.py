"""The library: everything stored in one home, behind one door."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from corpus.model import Citation, Document, Language, Paragraph, Recommendation
from corpus.settings import Settings
from index import notes, rows
from index.catalogue import Catalogue, DocumentRef
from index.connection import connect
from index.errors import NotStored, WrongModel
from index.filters import Facet, Order, RecommendationFilters, SearchFilters
from index.records import ReviewRef, StoredAmount
from index.rows import Rows
from index.schema import Scope
from index.seams import Parts

if TYPE_CHECKING:
    from langchain_chroma import Chroma

    from index.doctor import Health
    from index.facets import Facets
    from index.held import HeldRows
    from index.neighbours import Neighbours
    from index.retriever import LibraryRetriever
    from index.search import Hit, Search
    from index.store import Added, Step, Store
    from index.vectors import Vectors

__all__ = ["Library"]

_SCOPES = {
    "all": (Scope.PARAGRAPHS, Scope.RECOMMENDATIONS),
    "paragraphs": (Scope.PARAGRAPHS,),
    "recommendations": (Scope.RECOMMENDATIONS,),
}


class Library:
    """Documents, recommendations, amounts and vectors of one home.

    Reading is safe across threads and processes; writing takes turns. Exact rows need the catalogue only:
    what searching and adding need is loaded when first used.
    """

    def __init__(self, engine: Engine, settings: Settings, parts: Parts) -> None:
        self.settings = settings
        self._engine = engine
        self._parts = parts
        self._catalogue = Catalogue(engine)
        self._lock = threading.RLock()
        self._seen = -1
        self._writing = 0

    @classmethod
    def open(cls, settings: Settings | None = None, parts: Parts | None = None) -> Library:
        """The library in the home that the settings name; made where there is none. Raises StoreError."""
        settings = settings or Settings()
        return cls(connect(settings.database_url, settings.home), settings, parts or Parts(settings))

    def close(self) -> None:
        """Let go of both stores."""
        if "_vectors" in self.__dict__:
            self._vectors.close()
        self._engine.dispose()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Adding and taking out

    def add(self, paths: Iterable[Path | str], progress: Step | None = None) -> Iterator[Added]:
        """Add files and folders, one record a file; a bad file is a record with status `failed`."""
        yield from self._store.add(paths, progress)

    def add_documents(self, documents: Iterable[Document], progress: Step | None = None) -> int:
        """Add documents that were read already; gives how many."""
        return self._store.add_documents(documents, progress)

    def remove(self, key: str) -> bool:
        """Take a document out; a digest that it stood for returns. False where there is no such document."""
        if key not in self._catalogue.refs():
            return False
        self._store.remove(self._catalogue.id_of(key))
        return True

    def reread(self, key: str, progress: Step | None = None) -> Added:
        """Read a document's file again with today's readers. Raises NotStored where the file is gone."""
        ref = self.ref(key)
        path = Path(ref.source)
        if not path.is_file():
            raise NotStored(
                f"{key} was read from {ref.source!r}, which is gone.", "Add the file again: upr add FILE."
            )
        return self._store.reread(path, key, progress)

    def is_empty(self) -> bool:
        """Whether nothing was ever added."""
        return self._catalogue.is_empty()

    def fill_from_starter(self, progress: Step | None = None) -> int:
        """Fill an empty home with the starter corpus; gives how many digests were added."""
        from corpus import starter

        return self._store.add_documents(starter.documents(), progress, len(starter.files()))

    def reembed(self, progress: Step | None = None) -> int:
        """Make every vector anew that is not of the model in the settings; can be taken up after a kill."""
        from index.renewing import reembed

        with self._store.writing(progress, same_model=False):
            made = reembed(self._engine, self._vectors, self._parts, progress)
        self._neighbours.forget()
        return made

    def retag(self, progress: Step | None = None) -> int:
        """Tag again what another version of the tagger tagged; can be taken up after a kill."""
        from index.renewing import retag

        with self._store.writing(progress):
            return retag(self._engine, self._parts, progress)

    # Finding

    def search(
        self,
        query: str,
        k: int = 10,
        filters: SearchFilters | None = None,
        scope: str = "all",
        language: Language | None = None,
    ) -> list[Hit]:
        """The `k` best passages and recommendations for a question, best first. Raises WrongModel."""
        self._fresh()
        self._check_model()
        return self._search.find(query, k, filters or SearchFilters(), _SCOPES[str(scope)], language)

    def retriever(
        self, k: int = 10, filters: SearchFilters | None = None, scope: str = "all"
    ) -> LibraryRetriever:
        """A LangChain retriever over this library."""
        from index.retriever import LibraryRetriever

        return LibraryRetriever(library=self, k=k, filters=filters or SearchFilters(), scope=scope)

    def vector_store(self, scope: str = "paragraphs") -> Chroma:
        """The LangChain vector store that holds the vectors; its documents are ids of the catalogue."""
        return self._vectors.langchain(Scope(scope), self._parts.embeddings)

    def recommendations(
        self,
        filters: RecommendationFilters | None = None,
        offset: int = 0,
        limit: int | None = None,
        order: Order = Order.NUMBER,
        descending: bool = False,
    ) -> Rows:
        """A page of the recommendations that the filters leave, and how many there are."""
        with self._engine.connect() as connection:
            wanted = filters or RecommendationFilters()
            return self._rows.find(connection, self._parts, wanted, offset, limit, Order(order), descending)

    def count(self, filters: RecommendationFilters | None, by: Facet) -> dict[str, int]:
        """How many recommendations bear each label of a facet, most first."""
        with self._engine.connect() as connection:
            return rows.count(connection, self._parts, filters or RecommendationFilters(), Facet(by))

    def count_each(self, wanted: Mapping[Facet, RecommendationFilters]) -> dict[Facet, dict[str, int]]:
        """Counts as `count` gives them, of many facets at once, each within its own filters.

        Of State, cycle, position, action, recommender and tags; quick for a page that shows them all.
        """
        with self._engine.connect() as connection:
            return self._facets.count(connection, self._parts, wanted)

    def count_by_position(self, filters: RecommendationFilters, by: Facet) -> dict[str, dict[str, int]]:
        """`{label: {position: n}}` of one of the facets of `count_each`, labels in natural order."""
        with self._engine.connect() as connection:
            return self._facets.by_position(connection, self._parts, filters, Facet(by))

    def recommendation(self, state: str | None, cycle: int | None, number: str) -> Recommendation | None:
        """One recommendation; without a cycle, that of the latest review that has the number.

        Without a State, one whose document names none.
        """
        with self._engine.connect() as connection:
            return rows.one(connection, state, cycle, number)

    # Reading

    def documents(self) -> list[DocumentRef]:
        """Every document that is visible, in order of keys."""
        return list(self._catalogue.refs().values())

    def reviews(self) -> tuple[ReviewRef, ...]:
        """Every review that has recommendations, once for each document they stand in."""
        return self._catalogue.reviews()

    def ref(self, key: str) -> DocumentRef:
        """What is known of a document, without its text. Raises NotStored."""
        found = self._catalogue.refs().get(key)
        if found is None:
            raise NotStored(
                f"No document {key!r} is stored.", "See the list of documents, or add it: upr add FILE."
            )
        return found

    def document(self, key: str) -> Document:
        """A document's text, what is known of it, and its paragraphs. Raises NotStored."""
        return self._catalogue.document(key)

    def paragraphs(self, key: str) -> list[Paragraph]:
        """The paragraphs of a document. Raises NotStored."""
        return self._catalogue.paragraphs(key)

    def paragraph(self, key: str, number: str) -> Paragraph:
        """The paragraph of that number. Raises NotStored."""
        return self._catalogue.paragraph(key, number)

    def claims(self, key: str) -> list[Recommendation]:
        """What one document says of recommendations, before it is merged with others. Raises NotStored."""
        return self._catalogue.claims(key)

    def amounts(self, key: str | None = None) -> list[StoredAmount]:
        """Amounts of one document, or of all. Raises NotStored."""
        return self._catalogue.amounts(key)

    def words(self, key: str, start: int, end: int) -> str:
        """The stored words at these offsets, fewer where the text ends before. Raises NotStored."""
        return self._catalogue.words(key, start, end)

    def citation(self, key: str, start: int, end: int) -> Citation:
        """The stored words at these offsets, with their place. Raises NotStored, BadCitation."""
        return self._catalogue.citation(key, start, end)

    def counts(self) -> dict[str, int]:
        """How many documents, paragraphs and recommendations are visible."""
        return self._catalogue.counts()

    # Health

    def check(self) -> Health:
        """Everything that is wrong with what is stored."""
        from index.doctor import Doctor

        self._fresh()
        return Doctor(self._engine, self._vectors, self._parts, self._catalogue).check()

    def repair(self, progress: Step | None = None) -> Health:
        """Mend what can be mended; gives what is left."""
        from index.doctor import Doctor

        doctor = Doctor(self._engine, self._vectors, self._parts, self._catalogue)
        with self._store.writing(progress, same_model=False):
            doctor.mend(progress)
        return doctor.check()

    def warm(self) -> None:
        """Load now what the first search would load."""
        self._vectors.open()
        self.search("human rights", k=1)

    @property
    def model(self) -> str:
        """Name of the embedding model in the settings."""
        return self._parts.model

    # What is loaded when first used

    @cached_property
    def _vectors(self) -> Vectors:
        from index.vectors import Vectors

        with self._engine.connect() as connection:
            library = notes.read(connection, "library") or "library"
        return Vectors(self.settings.home / "chroma", self.settings.chroma_url, library, self._parts.model)

    @cached_property
    def _facets(self) -> Facets:
        from index.facets import Facets

        return Facets(self._catalogue.generation)

    @cached_property
    def _rows(self) -> HeldRows:
        from index.held import HeldRows

        return HeldRows(self._catalogue.generation)

    @cached_property
    def _neighbours(self) -> Neighbours:
        from index.neighbours import Neighbours

        return Neighbours(self._vectors, self._parts.model)

    @cached_property
    def _search(self) -> Search:
        from index.search import Search

        return Search(self._engine, self._catalogue, self._neighbours, self._parts)

    @cached_property
    def _store(self) -> Store:
        from index.store import Store

        return Store(self._engine, self._vectors, self._parts, self.settings, self._session)

    @contextmanager
    def _session(self, same_model: bool) -> Iterator[None]:
        """Around the writes of this process: its own changes are no reason to open Chroma again."""
        self._fresh()
        with self._lock:
            self._writing += 1
        try:
            if same_model:
                self._check_model()
                with self._engine.begin() as connection:
                    if notes.read(connection, "model") is None:
                        notes.write(connection, "model", self._parts.model)
            yield
        finally:
            with self._lock, self._engine.connect() as connection:
                self._writing -= 1
                self._seen = self._catalogue.generation(connection)

    def _fresh(self) -> None:
        """Chroma keeps its graph in memory: where another process wrote, it is opened again."""
        with self._lock, self._engine.connect() as connection:
            generation = self._catalogue.generation(connection)
            if self._writing or generation == self._seen:
                return
            if self._seen >= 0 and "_vectors" in self.__dict__:
                self._vectors.close()
            self._seen = generation

    def _check_model(self) -> None:
        with self._engine.connect() as connection:
            recorded = notes.read(connection, "model")
            renewing = notes.read(connection, "renewing")
        if renewing or (recorded and recorded != self._parts.model):
            raise WrongModel(
                f"The stored vectors are of {recorded!r}, the settings name {self._parts.model!r}.",
                "Run `upr doctor --reembed`, or set UPR_EMBEDDINGS back.",
            )
