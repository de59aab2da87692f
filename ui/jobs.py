"""Adding, removing and reading again in the background, so that nothing is lost when a page is closed.

Jobs run one after another in one thread (the index has one writer); each keeps its stage, its progress and
the record of every file until it is dismissed or the service stops. Uploaded files stay in the inbox while a document
was read from them, so that it can be read again; a service that was stopped takes up what it had not read.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import UprError

if TYPE_CHECKING:
    from index.library import Library
    from index.store import Added

_KEPT = 200
_ARRIVING = "arriving-"

Step = Callable[[int, int, str], None]
Verb = Literal["add", "reread", "remove"]


@dataclass
class Job:
    """One request: files to add, or a document to read again or to remove. `names` are files or keys."""

    id: str
    verb: Verb
    names: tuple[str, ...]
    folder: Path | None = None
    status: Literal["waiting", "running", "done", "failed"] = "waiting"
    stage: str = ""
    done: int = 0
    total: int = 0
    results: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None
    finished: threading.Event = field(default_factory=threading.Event, repr=False)

    def to_json(self) -> dict[str, Any]:
        """The record of `GET /api/jobs/{id}`."""
        return {
            "id": self.id,
            "names": list(self.names),
            "status": self.status,
            "stage": self.stage,
            "done": self.done,
            "total": self.total,
            "results": list(self.results),
            "error": self.error,
        }


class Inbox:
    """The folder of uploaded files, a folder a job. A file stays while a document of the library was read from it."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self._folder = folder.absolute()

    def new_folder(self) -> Path:
        """An empty folder for files that are arriving."""
        folder = self._folder / f"{_ARRIVING}{secrets.token_hex(8)}"
        folder.mkdir(parents=True)
        return folder

    def take(self, folder: Path, job_id: str) -> Path:
        """The folder under the job's name: all its files have arrived."""
        return folder.rename(self._folder / job_id)

    def tidy(self, folder: Path) -> None:
        """Drop the files of a folder that no document was read from, and the folder where none is left."""
        kept = self._sources()
        for path in folder.glob("*"):
            if path not in kept:
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()

    def tidy_all(self, busy: Iterable[Path | None] = ()) -> None:
        """Drop every file that no document was read from, but for the folders of jobs that are not done."""
        left_alone = set(busy)
        for folder in self._folders():
            if folder not in left_alone and not folder.name.startswith(_ARRIVING):
                self.tidy(folder)

    def unread(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Job and files that a stopped service had not read; what had not arrived in full is dropped."""
        kept = self._sources()
        for folder in self._folders():
            if folder.name.startswith(_ARRIVING):
                shutil.rmtree(folder, ignore_errors=True)
            elif names := tuple(sorted(path.name for path in folder.iterdir() if path not in kept)):
                yield folder.name, names

    def folder_of(self, job_id: str) -> Path:
        """The folder of a job's files."""
        return self._folder / job_id

    def _folders(self) -> list[Path]:
        return sorted(path for path in self._folder.glob("*") if path.is_dir())

    def _sources(self) -> set[Path]:
        return {Path(one.source).absolute() for one in self._library.documents() if one.source}


class Jobs:
    """The queue of jobs and their records; `close` lets the running one finish."""

    def __init__(self, library: Library, inbox: Path) -> None:
        self._library = library
        self._inbox = Inbox(library, inbox)
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._closing = False

    def new_folder(self) -> Path:
        """An empty folder in the home for one job's files."""
        return self._inbox.new_folder()

    def submit(self, folder: Path, names: Sequence[str]) -> Job:
        """Queue the files of `folder`, which must come from `new_folder`."""
        job_id = secrets.token_hex(8)
        return self._put(Job(job_id, "add", tuple(names), self._inbox.take(folder, job_id)))

    def reread(self, key: str) -> Job:
        """Queue reading a document's file again."""
        return self._put(Job(secrets.token_hex(8), "reread", (key,)))

    def remove(self, key: str) -> Job:
        """Queue taking a document out."""
        return self._put(Job(secrets.token_hex(8), "remove", (key,)))

    def resume(self) -> None:
        """Queue what a stopped service had not read."""
        for job_id, names in self._inbox.unread():
            self._put(Job(job_id, "add", names, self._inbox.folder_of(job_id)))

    def get(self, job_id: str) -> Job | None:
        """The job of that id, or None."""
        with self._lock:
            return self._jobs.get(job_id)

    def all(self) -> list[Job]:
        """Every job still remembered, newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def dismiss(self) -> None:
        """Forget the jobs that are done."""
        with self._lock:
            for one in [job for job in self._jobs.values() if job.finished.is_set()]:
                del self._jobs[one.id]

    def tidy(self) -> None:
        """Drop uploaded files whose document was removed."""
        self._inbox.tidy_all(job.folder for job in self.all() if not job.finished.is_set())

    def close(self) -> None:
        """Stop after the running job; what was waiting is read when the service runs again."""
        with self._lock:
            thread, self._thread, self._closing = self._thread, None, True
        if thread is not None:
            self._queue.put(None)
            thread.join(timeout=5)

    def _put(self, job: Job) -> Job:
        with self._lock:
            self._jobs[job.id] = job
            for old in [one for one in self._jobs.values() if one.finished.is_set()][:-_KEPT]:
                del self._jobs[old.id]
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="upr-jobs", daemon=True)
                self._thread.start()
            self._closing = False
        self._queue.put(job)
        return job

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                if self._closing:
                    job.status, job.error = (
                        "failed",
                        "The service stopped first; it goes on when it runs again.",
                    )
                else:
                    self._run(job)
            finally:
                # Also where reading failed in a way that nobody foresaw: that ends this thread, and the next job
                # begins another.
                job.finished.set()

    def _run(self, job: Job) -> None:
        job.status = "running"

        def step(done: int, total: int, detail: str) -> None:
            job.done, job.total, job.stage = done, total, detail

        try:
            for result in self._results(job, step):
                job.results.append(result)
        except UprError as error:
            job.status, job.error = "failed", str(error)
        except Exception as error:
            job.status, job.error = "failed", f"Reading stopped: {type(error).__name__}. Try the file alone."
            raise
        else:
            job.status = "done"
        finally:
            if job.folder is not None:
                self._inbox.tidy(job.folder)

    def _results(self, job: Job, step: Step) -> Iterator[dict[str, Any]]:
        """The record of each file or document, as it is done."""
        if job.verb == "remove":
            found = self._library.remove(job.names[0])
            self.tidy()
            yield {"path": job.names[0], "status": "removed" if found else "unchanged"}
            return
        added: Iterable[Added]
        if job.folder is None:
            added = [self._library.reread(job.names[0], step)]
        else:
            added = self._library.add([job.folder / name for name in job.names], step)
        for result in added:
            yield result.to_json() | {"path": Path(result.path).name}
