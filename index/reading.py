"""Reading many files in processes of their own, so that a bad file hurts nothing but itself.

A process that crashes, hangs or wants too much memory is ended and replaced; only the file it was reading
fails. Fresh interpreters are started (nothing is forked, the caller's main module is not imported again).
"""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from corpus.errors import TooLarge, UprError
from corpus.model import Document
from index.errors import ReaderFailed
from index.reader import receive, send

MEMORY_MB = 3_000
_AHEAD = 4  # files read ahead of the writer, per process


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file."""

    path: Path
    document: Document | None
    error: UprError | None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one file may take: seconds, memory, size, pages."""

    timeout: float = 300.0
    memory_mb: int = MEMORY_MB
    max_mb: int = 100
    max_pages: int = 2_000


def read_all(paths: Sequence[Path], workers: int = 0, bounds: Bounds | None = None) -> Iterator[Outcome]:
    """Read files with `workers` processes (0: one a core); outcomes come in the order of `paths`."""
    if not paths:
        return
    count = max(1, min(workers or _cores(), len(paths)))
    pool = _Pool(paths, bounds or Bounds())
    threads = [threading.Thread(target=pool.work, name=f"upr-reader-{n}", daemon=True) for n in range(count)]
    for thread in threads:
        thread.start()
    try:
        for place in range(len(paths)):
            yield pool.take(place)
    finally:
        pool.stop()
        for thread in threads:
            thread.join(timeout=10)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Pool:
    def __init__(self, paths: Sequence[Path], bounds: Bounds) -> None:
        self._paths = paths
        self._bounds = bounds
        self._todo: queue.SimpleQueue[int] = queue.SimpleQueue()
        for place in range(len(paths)):
            self._todo.put(place)
        self._done: dict[int, Outcome] = {}
        self._ready = threading.Condition()
        self._room = threading.Semaphore(_AHEAD * max(2, _cores()))
        self._stopped = False
        self._running: set[_Process] = set()

    def take(self, place: int) -> Outcome:
        """Wait for the outcome of one file."""
        with self._ready:
            self._ready.wait_for(lambda: place in self._done)
            self._room.release()
            return self._done.pop(place)

    def stop(self) -> None:
        """End every process."""
        self._stopped = True
        self._room.release(len(self._paths))
        for process in list(self._running):
            process.kill()

    def work(self) -> None:
        """A thread: one process after another, one file after another."""
        process: _Process | None = None
        while not self._stopped:
            self._room.acquire()
            if self._stopped:
                break
            try:
                place = self._todo.get_nowait()
            except queue.Empty:
                break
            if process is None or not process.alive:
                process = _Process(self._bounds)
                self._running.add(process)
            outcome = process.read(self._paths[place])
            if not process.alive:
                self._running.discard(process)
            with self._ready:
                self._done[place] = outcome
                self._ready.notify_all()
        if process is not None:
            process.end()
            self._running.discard(process)


class _Process:
    def __init__(self, bounds: Bounds) -> None:
        self.alive = True
        self._bounds = bounds
        environment = {
            **os.environ,
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "index.reader", str(bounds.memory_mb)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )

    def read(self, path: Path) -> Outcome:
        """Have one file read; kills the process where that takes too long."""
        requests = cast("BinaryIO", self._process.stdin)
        answers = cast("BinaryIO", self._process.stdout)
        late = threading.Event()
        timer = threading.Timer(self._bounds.timeout, self._end_late, (late,))
        timer.daemon = True
        timer.start()
        try:
            send(requests, (path, self._bounds.max_mb, self._bounds.max_pages))
            answer = receive(answers)
        except (EOFError, OSError):
            self.end()
            return Outcome(path, None, self._why(path, late.is_set()))
        finally:
            timer.cancel()
        if isinstance(answer, Document):
            return Outcome(path, answer, None)
        assert isinstance(answer, UprError)
        return Outcome(path, None, answer)

    def _why(self, path: Path, late: bool) -> UprError:
        if late:
            return TooLarge(
                f"{path.name!r} was not read within {self._bounds.timeout:g} seconds.",
                "Set UPR_READ_TIMEOUT higher, or split the file.",
            )
        return ReaderFailed(
            f"{path.name!r} made the reader stop (exit code {self._process.returncode}).",
            "The file may be damaged or need too much memory; open it and save it again.",
        )

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self.alive = False
        with contextlib.suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """Close the pipes and wait for the process to end."""
        self.alive = False
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
