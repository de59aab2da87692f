"""Adding documents in the background, so that nothing is lost when a page is closed.

Jobs run one after another in one thread (the index has one writer); each keeps its stage, its progress and
the record of every file until the service stops.
"""

from __future__ import annotations

import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import UprError

if TYPE_CHECKING:
    from index.library import Library

_KEPT = 200


@dataclass
class Job:
    """One request to add files."""

    id: str
    names: tuple[str, ...]
    folder: Path
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


class Jobs:
    """The queue of jobs and their records; `close` lets the running one finish."""

    def __init__(self, library: Library, inbox: Path) -> None:
        self._library = library
        self._inbox = inbox
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def new_folder(self) -> Path:
        """An empty folder in the home for one job's files; the job removes it when done."""
        folder = self._inbox / secrets.token_hex(8)
        folder.mkdir(parents=True)
        return folder

    def submit(self, folder: Path, names: Sequence[str]) -> Job:
        """Queue the files of `folder`."""
        job = Job(secrets.token_hex(8), tuple(names), folder)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _KEPT and next(iter(self._jobs.values())).finished.is_set():
                self._jobs.popitem(last=False)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="upr-jobs", daemon=True)
                self._thread.start()
        self._queue.put(job)
        return job

    def get(self, job_id: str) -> Job | None:
        """The job of that id, or None."""
        with self._lock:
            return self._jobs.get(job_id)

    def all(self) -> list[Job]:
        """Every job still remembered, newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """Stop after the running job; what was waiting is not begun."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join(timeout=5)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            try:
                self._run(job)
            finally:
                # Also where reading failed in a way that nobody foresaw: that ends this thread, and the next job
                # begins another.
                shutil.rmtree(job.folder, ignore_errors=True)
                job.finished.set()

    def _run(self, job: Job) -> None:
        job.status = "running"

        def step(done: int, total: int, detail: str) -> None:
            job.done, job.total, job.stage = done, total, detail

        try:
            for result in self._library.add([job.folder / name for name in job.names], step):
                job.results.append(result.to_json() | {"path": Path(result.path).name})
        except UprError as error:
            job.status, job.error = "failed", str(error)
        except Exception as error:
            job.status, job.error = "failed", f"Reading stopped: {type(error).__name__}. Try the file alone."
            raise
        else:
            job.status = "done"
