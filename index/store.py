"""Adding files, taking documents out, reading them again: the one writer of a home.

One process writes at a time (a file lock; a second one waits). A killed run leaves staged rows that nobody
sees; the next writer removes them first.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import numpy as np
from filelock import FileLock, Timeout
from sqlalchemy import Engine, Row, or_, select
from sqlalchemy.exc import StatementError

from corpus.errors import EmptyDocument, UprError
from corpus.exports import open_export, sniff
from corpus.model import Document, Recommendation
from corpus.settings import Settings
from index.errors import NotStored, StoreFailed
from index.publishing import Published, publish, withdraw
from index.reading import Bounds, Outcome, read_all
from index.schema import Scope, Status, documents, superseded
from index.seams import Parts
from index.texts import append
from index.vectors import Vectors
from index.writing import (
    NewVectors,
    delete_document,
    drop_unused,
    stage,
    stage_claims,
    vectors_of,
)

Step = Callable[[int, int, str], None]
"""Called with (done, total, what is being done)."""

_TOGETHER = 8  # documents that share a transaction and a call to Chroma
_ROWS = 2_000  # rows of an export that do


@dataclass(frozen=True, slots=True)
class Added:
    """What came of one file."""

    path: str
    status: Literal["added", "unchanged", "replaced", "failed"]
    key: str | None = None
    symbol: str | None = None
    kind: str | None = None
    language: str | None = None
    state: str | None = None
    cycle: int | None = None
    paragraphs: int = 0
    recommendations: int = 0
    error: str | None = None
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The record of `upr add`."""
        names = ("path", "status", "key", "symbol", "kind", "language", "state", "cycle")
        counts = ("paragraphs", "recommendations", "error")
        return {name: getattr(self, name) for name in (*names, *counts)}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Files that were staged together: what is said of them so far, and the vectors on their way to Chroma."""

    outcomes: Sequence[Outcome]
    records: dict[Path, Added]
    staged: list[tuple[Outcome, int]]
    given: Future[None]


class Store:
    """Writes to one home: catalogue first, then Chroma, then the switch that makes documents visible."""

    def __init__(
        self,
        engine: Engine,
        vectors: Vectors,
        parts: Parts,
        settings: Settings,
        session: Callable[[bool], AbstractContextManager[None]],
    ) -> None:
        """`session` is entered with the lock held, before the first write; its argument: check the model."""
        self._engine = engine
        self._vectors = vectors
        self._parts = parts
        self._settings = settings
        self._session = session

    @contextmanager
    def writing(self, step: Step | None = None, *, same_model: bool = True) -> Iterator[None]:
        """Hold the home's write lock; says so after a second of waiting, and clears what a killed run left."""
        lock = FileLock(self._settings.home / "write.lock")
        try:
            lock.acquire(timeout=1)
        except Timeout:
            if step:
                step(0, 0, "waiting for another process that is adding documents")
            lock.acquire()
        try:
            with self._session(same_model):
                self.clear_leftovers()
                yield
                with self._engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA optimize")
        finally:
            lock.release()

    def clear_leftovers(self) -> int:
        """Remove documents that a killed run left half-way; gives how many."""
        with self._engine.connect() as connection:
            ids = list(
                connection.scalars(select(documents.c.id).where(documents.c.status == Status.STAGED.value))
            )
        for one in ids:
            self._discard(one)
        return len(ids)

    def add(self, paths: Iterable[Path | str], step: Step | None = None) -> Iterator[Added]:
        """Add files and folders; one record a file, in order."""
        with self.writing(step):
            files = list(_files(paths))
            known = {path: self._known(path) for path in files}
            exports = {path for path in files if known[path] is None and sniff(path) is not None}
            todo = [path for path in files if known[path] is None and path not in exports]
            read = self._batches(self._read(todo))
            ready: dict[Path, Added] = {}
            for done, path in enumerate(files):
                if step:
                    step(done, len(files), path.name)
                if (seen := known[path]) is not None:
                    yield seen
                elif path in exports:
                    yield self._add_export(path, step)
                else:
                    while path not in ready:
                        ready.update(next(read))
                    yield ready.pop(path)
            if step:
                step(len(files), len(files), "")

    def add_documents(self, found: Iterable[Document], step: Step | None = None, total: int = 0) -> int:
        """Add documents that were read already (the starter corpus); gives how many."""
        done = 0
        with self.writing(step):
            waiting = iter(found)
            while batch := list(islice(waiting, _TOGETHER)):
                self.write(batch)
                done += len(batch)
                if step:
                    step(done, max(total, done), batch[-1].title)
        return done

    def write(self, batch: Sequence[Document]) -> list[Published]:
        """Write documents: staged, then their vectors to Chroma, then visible. The lock must be held."""
        staged = [self._stage(document) for document in batch]
        self._give([new for _, some in staged for new in some])
        return self._publish([one for one, _ in staged])

    def _stage(self, document: Document) -> tuple[int, list[NewVectors]]:
        with self._engine.begin() as connection:
            return stage(connection, self._parts, document)

    def _publish(self, staged: Sequence[int]) -> list[Published]:
        with self._engine.begin() as connection:
            published = [publish(connection, self._parts, one) for one in staged]
        for one in published:
            self._forget(one.forgotten)
        return published

    def remove(self, document_id: int) -> None:
        """Take a document out of both stores."""
        with self.writing():
            with self._engine.begin() as connection:
                forgotten = withdraw(connection, self._parts, document_id)
            self._forget(forgotten)

    def reread(self, path: Path, key: str, step: Step | None = None) -> Added:
        """Read a stored document's file again with today's readers; it keeps its key."""
        with self.writing(step):
            if sniff(path) is not None:
                return self._add_export(path, step)
            outcome = next(self._read([path]))
            if outcome.document is None:
                return _failed(path, outcome.error)
            return self._added(outcome, self.write([replace(outcome.document)])[0])

    def _known(self, path: Path) -> Added | None:
        """The record of a file that needs no reading: unchanged, absent, or not to be opened."""
        try:
            if not path.exists():
                return _failed(path, NotStored(f"{str(path)!r} does not exist.", "Check the path."))
            if path.is_dir():
                return _failed(
                    path, EmptyDocument(f"{str(path)!r} holds no files.", "Give a folder with documents.")
                )
            if not path.is_file():  # a pipe or a device would be waited for without end
                return _failed(
                    path, NotStored(f"{str(path)!r} is no regular file.", "Give a document's file.")
                )
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            reason = f"{str(path)!r} cannot be opened: {error.strerror or error}."
            return _failed(path, NotStored(reason, "Check the path and its permissions."))
        row = self._by_hash(sha256)
        if row is None:
            return None
        return Added(
            str(path), "unchanged", row.key, row.symbol, row.kind, row.language, row.state, row.cycle,
            row.paragraphs, row.recommendations,
        )  # fmt: skip

    def _by_hash(self, sha256: str) -> Row[Any] | None:
        newer = select(superseded.c.key).where(superseded.c.sha256 == sha256).scalar_subquery()
        query = select(documents).where(
            documents.c.status == Status.VISIBLE.value,
            or_(documents.c.sha256 == sha256, documents.c.key == newer),
        )
        with self._engine.connect() as connection:
            return connection.execute(query).first()

    def _read(self, paths: Sequence[Path]) -> Iterator[Outcome]:
        settings = self._settings
        bounds = Bounds(settings.read_timeout, max_mb=settings.max_upload_mb, max_pages=settings.max_pages)
        return read_all(paths, settings.workers, bounds)

    def _batches(self, outcomes: Iterator[Outcome]) -> Iterator[dict[Path, Added]]:
        """Records by path, a batch at a time; Chroma takes one batch's vectors while the next is staged."""
        seen: dict[str, Added] = {}
        waiting: _Batch | None = None
        with ThreadPoolExecutor(1, "upr-chroma") as giver:
            while some := list(islice(outcomes, _TOGETHER)):
                begun = self._begin(some, giver)
                if waiting:
                    yield self._finish(waiting, seen)
                waiting = begun
            if waiting:
                yield self._finish(waiting, seen)

    def _begin(self, outcomes: Sequence[Outcome], giver: ThreadPoolExecutor) -> _Batch:
        records: dict[Path, Added] = {}
        staged: list[tuple[Outcome, int]] = []
        new: list[NewVectors] = []
        hashes: set[str] = set()
        for outcome in outcomes:
            document = outcome.document
            if document is None:
                records[outcome.path] = _failed(outcome.path, outcome.error)
            elif document.sha256 not in hashes:
                hashes.add(document.sha256)
                try:
                    document_id, some = self._stage(document)
                except (ValueError, OverflowError, StatementError) as error:
                    records[outcome.path] = _failed(outcome.path, _unstorable(outcome.path, error))
                    continue
                staged.append((outcome, document_id))
                new += some
        return _Batch(outcomes, records, staged, giver.submit(self._give, new))

    def _finish(self, batch: _Batch, seen: dict[str, Added]) -> dict[Path, Added]:
        """Make a batch visible once Chroma holds it; `seen` are the records of this run by the files' hashes."""
        batch.given.result()
        # a twin of a file of the batch before was staged before that one was seen
        twins = [one for outcome, one in batch.staged if outcome.document and outcome.document.sha256 in seen]
        for one in twins:
            self._discard(one)
        kept = [(outcome, one) for outcome, one in batch.staged if one not in twins]
        published = self._publish([one for _, one in kept])
        for (outcome, _), result in zip(kept, published, strict=True):
            assert outcome.document
            seen[outcome.document.sha256] = batch.records[outcome.path] = self._added(outcome, result)
        for outcome in batch.outcomes:
            if outcome.path not in batch.records and outcome.document:
                first = seen.get(outcome.document.sha256)
                twin = replace(first, path=str(outcome.path), status="unchanged") if first else None
                batch.records[outcome.path] = twin or _failed(outcome.path, None)
        return batch.records

    def _discard(self, document_id: int) -> None:
        with self._engine.begin() as connection:
            used = vectors_of(connection, document_id)
            delete_document(connection, document_id)
            forgotten = drop_unused(connection, used)
        self._forget(forgotten)

    def _added(self, outcome: Outcome, result: Published) -> Added:
        document = outcome.document
        assert document is not None
        return Added(
            str(outcome.path), "replaced" if result.replaced else "added", result.key, document.symbol,
            document.kind.value, document.language.value, document.state, document.cycle,
            len(document.paragraphs), len(document.recommendations), None, document.problems,
        )  # fmt: skip

    def _add_export(self, path: Path, step: Step | None) -> Added:
        """Add an export row by row, in bounded memory; its text is its recommendations, a line each."""
        try:
            export = open_export(path)
            document_id, count = self._stage_export(export.document, export.recommendations, path, step)
        except UprError as error:
            self.clear_leftovers()
            return _failed(path, error)
        if step:
            step(count, count, f"{path.name}: merging")
        with self._engine.begin() as connection:
            problems = list(export.problems)
            counted = {"recommendations": count, "problems": problems}
            connection.execute(documents.update().where(documents.c.id == document_id).values(counted))
            result = publish(connection, self._parts, document_id)
        self._forget(result.forgotten)
        document = export.document
        return Added(
            str(path), "replaced" if result.replaced else "added", result.key, None, document.kind.value,
            document.language.value, document.state, document.cycle, 0, count, None, tuple(problems),
        )  # fmt: skip

    def _stage_export(
        self, document: Document, found: Iterator[Recommendation], path: Path, step: Step | None
    ) -> tuple[int, int]:
        with self._engine.begin() as connection:
            document_id, _ = stage(connection, self._parts, document)
        count = offset = 0
        while batch := list(islice(found, _ROWS)):
            placed, text = _placed(batch, offset)
            with self._engine.begin() as connection:
                new = stage_claims(connection, self._parts, document_id, document, placed, count)
                append(connection, document_id, text)
            self._give([new])
            count, offset = count + len(batch), offset + len(text)
            if step:
                step(count, 0, f"{path.name}: {count} recommendations")
        return document_id, count

    def _give(self, new: Iterable[NewVectors]) -> None:
        """Hand vectors to Chroma in one call a scope: a call costs as much as a hundred vectors."""
        given = [one for one in new if one.ids]
        for scope in Scope:
            own = [one for one in given if one.scope is scope]
            if own:
                ids = [i for one in own for i in one.ids]
                self._vectors.add(scope, ids, np.concatenate([one.rows for one in own]))

    def _forget(self, gone: dict[Scope, list[int]]) -> None:
        for scope, ids in gone.items():
            if ids:
                self._vectors.delete(scope, ids)


def _placed(batch: Sequence[Recommendation], offset: int) -> tuple[list[Recommendation], str]:
    """Recommendations with their places in the export's text, and the piece of it that they make."""
    placed: list[Recommendation] = []
    start = offset
    for rec in batch:
        placed.append(replace(rec, start=start, end=start + len(rec.text)))
        start += len(rec.text) + 1
    return placed, "".join(f"{rec.text}\n" for rec in batch)


def _failed(path: Path, error: UprError | None) -> Added:
    return Added(str(path), "failed", error=str(error) if error else "It could not be read.")


def _unstorable(path: Path, error: Exception) -> UprError:
    reason = str(error).splitlines()[0]
    return StoreFailed(
        f"{path.name!r} could not be stored ({type(error).__name__}: {reason}).", "Report the file."
    )


def _files(paths: Iterable[Path | str]) -> Iterator[Path]:
    """Every file, folders walked in order of names; what is hidden is left out. An empty folder gives itself."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        found = list(_walk(path)) if path.is_dir() else [path]
        for one in found or [path]:
            if (place := one.absolute()) not in seen:
                seen.add(place)
                yield one


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root, name) for name in sorted(files) if not name.startswith((".", "~$")))
