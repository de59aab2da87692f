"""Models behind vector search, as LangChain `Embeddings`: the shipped one, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from langchain_core.embeddings import Embeddings

from corpus import static
from corpus.errors import UprError
from corpus.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

SHIPPED = "static"
# Half of a second's work for a small model on a laptop: keeps memory flat whatever is given.
_BATCH = 64
_ENDS = 65_536


class EmbeddingsError(UprError):
    """The model named in the settings cannot be used."""

    code = "embeddings"


class NamedEmbeddings(Embeddings):
    """Embeddings that the catalogue can recognise again: `name` changes whenever the vectors would."""

    name: str
    dimensions: int


class StaticEmbeddings(NamedEmbeddings):
    """The shipped multilingual model."""

    name = static.NAME
    dimensions = static.DIMENSIONS

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text."""
        vectors: list[list[float]] = static.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a query, made as a document's is."""
        return self.embed_documents([text])[0]


class NeuralEmbeddings(NamedEmbeddings):
    """A sentence-transformers model, from the hub or a folder."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self.name = name
        self.dimensions = int(model.get_embedding_dimension() or 0)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector of length 1 for each text."""
        if not texts:
            return []
        vectors = self._model.encode_document(
            texts, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        found: list[list[float]] = vectors.tolist()
        return found

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a query, with the model's own prompt for queries where it has one."""
        vector: list[float] = self._model.encode_query(
            text, normalize_embeddings=True, show_progress_bar=False
        ).tolist()
        return vector


class Reranker(Protocol):
    """What puts passages in a better order for a query."""

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """Return a score for each passage, higher is better."""
        ...


class CrossEncoderReranker:
    """A sentence-transformers cross-encoder."""

    def __init__(self, model: CrossEncoder) -> None:
        self._model = model

    def scores(self, query: str, passages: Sequence[str]) -> list[float]:
        """Return a score for each passage, higher is better."""
        if not passages:
            return []
        pairs = [(query, passage) for passage in passages]
        found = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return [float(score) for score in found]


def identity(setting: str) -> str:
    """Return what the catalogue records of the model that a setting names, without loading it.

    A folder is recorded by its name and a fingerprint of its files: it may move, but another model in its place
    is another model.
    """
    if setting == SHIPPED:
        return static.NAME
    folder = Path(setting)
    return f"{folder.resolve().name} {_fingerprint(folder)}" if folder.is_dir() else setting


def _fingerprint(folder: Path) -> str:
    """Of every file its place, its size and its ends: weights may be gigabytes."""
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        found.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as file:
            found.update(file.read(_ENDS))
            file.seek(max(0, size - _ENDS))
            found.update(file.read(_ENDS))
    return found.hexdigest()[:12]


def load(settings: Settings) -> NamedEmbeddings:
    """Return the model that `UPR_EMBEDDINGS` names.

    Raises EmbeddingsError when the extra `neural` is missing, or the model cannot be loaded.
    """
    if settings.embeddings == SHIPPED:
        return StaticEmbeddings()
    _need_neural("UPR_EMBEDDINGS", settings.embeddings)
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(settings.embeddings)
    except (OSError, ValueError) as error:
        raise _cannot("UPR_EMBEDDINGS", settings.embeddings, error) from error
    return NeuralEmbeddings(model, identity(settings.embeddings))


def load_reranker(settings: Settings) -> Reranker | None:
    """Return the cross-encoder that `UPR_RERANKER` names, None where it names none.

    Raises EmbeddingsError as `load` does.
    """
    if settings.reranker is None:
        return None
    _need_neural("UPR_RERANKER", settings.reranker)
    from sentence_transformers import CrossEncoder

    try:
        model = CrossEncoder(settings.reranker)
    except (OSError, ValueError) as error:
        raise _cannot("UPR_RERANKER", settings.reranker, error) from error
    return CrossEncoderReranker(model)


def _need_neural(setting: str, name: str) -> None:
    if find_spec("sentence_transformers") is None:
        raise EmbeddingsError(
            f"{setting}={name!r} needs sentence-transformers, which is not installed.",
            "Install it with: pip install 'upr[neural]'",
        )


def _cannot(setting: str, name: str, error: Exception) -> EmbeddingsError:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return EmbeddingsError(
        f"{setting}={name!r} cannot be loaded: {reason}",
        "Give the name of a sentence-transformers model on the hub or a folder that holds one.",
    )
