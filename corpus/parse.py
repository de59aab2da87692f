"""A file to a Document: load, lay out, identify, cut into paragraphs, and read what its kind holds."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Protocol

from corpus import matrix, money, outcome
from corpus.draft import Draft, Identity, Reading
from corpus.identity import identify
from corpus.layout import normalise
from corpus.layout.paragraphs import paragraphs
from corpus.load import DEFAULT_LIMITS, Limits, load
from corpus.model import Document, Kind
from corpus.outcome import corrigendum
from corpus.positions import addendum


class Reader(Protocol):
    """Reads what one kind of document holds."""

    def __call__(self, draft: Draft) -> Reading:
        """Paragraphs, recommendations, positions and amounts of the draft."""


_READERS: dict[Kind, Reader] = {
    Kind.UPR_OUTCOME: outcome.read,
    Kind.UPR_ADDENDUM: addendum.read,
    Kind.UPR_MATRIX: matrix.read,
}


def parse(path: Path, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document in a file. Raises a `CorpusError` with a one-line message where the file cannot be read."""
    return finish(draft(path, limits), _printable(path))


def _printable(path: Path) -> str:
    """The path as text: a name whose bytes are no UTF-8 can neither be stored nor printed as it is."""
    return str(path).encode("utf-8", "replace").decode()


def draft(path: Path, limits: Limits = DEFAULT_LIMITS) -> Draft:
    """The document half-way: identified and cut into paragraphs."""
    loaded = load(path, limits)
    layout = normalise(loaded)
    identity = identify(layout, loaded, path)
    return Draft(
        key=identity.symbol or slug(identity, path, loaded.sha256),
        identity=identity,
        loaded=loaded,
        layout=layout,
        paragraphs=paragraphs(layout, identity.language),
    )


def finish(made: Draft, source: str) -> Document:
    """The document of a draft, with what the reader of its kind found."""
    reading = _read(made)
    identity = made.identity
    return Document(
        key=made.key,
        symbol=identity.symbol,
        title=identity.title,
        kind=identity.kind,
        language=identity.language,
        text=made.text,
        sha256=made.loaded.sha256,
        source=source,
        body=identity.body,
        date=identity.date,
        session=identity.session,
        state=identity.state,
        cycle=identity.cycle,
        pages=len(made.loaded.pages) if made.loaded.paged else None,
        url=identity.url,
        paragraphs=made.paragraphs if reading.paragraphs is None else reading.paragraphs,
        recommendations=reading.recommendations,
        positions=reading.positions,
        amounts=reading.amounts,
        problems=reading.problems,
    )


def _read(made: Draft) -> Reading:
    if made.identity.kind is Kind.UPR_OUTCOME and "/Corr." in (made.identity.symbol or ""):
        return corrigendum.read(made)
    return _READERS.get(made.identity.kind, money.read)(made)


def slug(identity: Identity, path: Path, sha256: str) -> str:
    """A key for a document without a symbol: its title or file's name, and a few digits of its checksum.

    Papers of one series bear one title in every cycle; the digits keep them apart.
    """
    for source in (identity.title, path.stem, identity.kind.value):
        plain = unicodedata.normalize("NFKD", source).lower()
        made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
        if len(re.sub(r"[^a-z]", "", made)) > 3:
            return f"{made}-{sha256[:8]}"
    return f"document-{sha256[:8]}"
