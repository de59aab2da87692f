"""Where the index reaches into the other rooms, each part loaded when first used.

Narrow protocols, so that tests can put something simpler in place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, cast

from corpus.model import Language, PositionStatement, Recommendation, Tags
from corpus.settings import Settings
from index.rank import Fusion

if TYPE_CHECKING:
    import numpy as np
    from langchain_core.embeddings import Embeddings

    from index.question import Focus
    from index.records import DocumentRef

Merge = Callable[
    [Sequence[Recommendation], Sequence[PositionStatement], "Mapping[str, DocumentRef]"],
    tuple[Recommendation, ...],
]


class Analyser(Protocol):
    """Text to what full-text search keeps."""

    def tokens(self, text: str, language: Language) -> list[str]:
        """Tokens as indexed."""
        ...


class Asker(Protocol):
    """Questions to what full-text search looks for."""

    def query(self, text: str, language: Language) -> str:
        """An FTS5 query; empty where nothing in the text can be looked for."""
        ...

    def focused(self, text: str, language: Language) -> Sequence[Focus]:
        """The same among what concerns the States that the text names, the strictest first."""
        ...

    def content(self, text: str, language: Language) -> str:
        """The text without the words that only ask."""
        ...


class Tagger(Protocol):
    """Texts to tags."""

    VERSION: str

    def tag(self, texts: Sequence[str], language: Language | None = None) -> list[Tags]:
        """Tags of each text; `language` spares looking for it."""
        ...


@dataclass
class Parts:
    """The parts of other rooms that the index works with; any of them can be replaced."""

    settings: Settings
    fusion: Fusion = field(default_factory=Fusion)
    _tokens_of_names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def model(self) -> str:
        """Name and version of the embedding model, without loading it."""
        if self.settings.embeddings == "static":
            from corpus.static import NAME

            return NAME
        from index.embeddings import identity

        return identity(self.settings.embeddings)

    @cached_property
    def embeddings(self) -> Embeddings:
        """The embedding model."""
        from index.embeddings import load

        return cast("Embeddings", load(self.settings))

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of length 1, float32, one a text."""
        if self.settings.embeddings == "static":
            from corpus.static import encode  # arrays stay arrays

            return encode(texts)
        return _unit(self.embeddings.embed_documents(list(texts)))

    def embed_query(self, text: str) -> np.ndarray:
        """The vector of a question."""
        if self.settings.embeddings == "static":
            return cast("np.ndarray", self.embed([text])[0])
        return cast("np.ndarray", _unit([self.embeddings.embed_query(text)])[0])

    @cached_property
    def analyser(self) -> Analyser:
        """The analyser of the six languages."""
        from index import analyse

        return cast("Analyser", analyse)

    @cached_property
    def asker(self) -> Asker:
        """What full-text search looks for when asked in one of the six languages."""
        from index import question

        return cast("Asker", question)

    @cached_property
    def tagger(self) -> Tagger:
        """The tagger of recommendations."""
        import corpus.tag

        return cast("Tagger", corpus.tag)

    def state_words(self, *codes: str | None) -> list[str]:
        """Tokens of States' names, so that a question that names one finds its texts.

        English is enough, since a question brings each State's name in the six languages; six names here would
        count as six words found, and a State's own documents would drown what others say about it.
        """
        return [token for code in codes if code for token in self._names(code)]

    def _names(self, code: str) -> tuple[str, ...]:
        if code not in self._tokens_of_names:
            from corpus import states

            tokens = self.analyser.tokens(states.name(code), Language.ENGLISH)
            self._tokens_of_names[code] = tuple(dict.fromkeys(tokens))
        return self._tokens_of_names[code]

    @cached_property
    def merge(self) -> Merge:
        """Claims and positions to one row per recommendation."""
        from corpus.merge import merge

        return cast("Merge", merge)


def _unit(vectors: list[list[float]]) -> np.ndarray:
    import numpy as np  # exact rows are read without it

    rows = np.asarray(vectors, np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), np.float32)
