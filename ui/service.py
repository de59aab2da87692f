"""What every request shares: the library, the assistant, background jobs, counters, settings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from threading import Lock, Semaphore
from typing import TYPE_CHECKING, cast

from fastapi import Request

from corpus.settings import Settings
from ui.jobs import Jobs
from ui.threads import Threads

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from index.library import Library


class Metrics:
    """Counts and total seconds by name, safe across threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[str] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def seen(self, name: str, seconds: float = 0.0) -> None:
        """Count one `name` that took `seconds`."""
        with self._lock:
            self._counts[name] += 1
            self._seconds[name] += seconds

    def snapshot(self) -> dict[str, dict[str, float]]:
        """`{name: {count, seconds}}`, names in order."""
        with self._lock:
            return {
                name: {"count": self._counts[name], "seconds": round(self._seconds[name], 6)}
                for name in sorted(self._counts)
            }


# Answers are mostly computing, and Python computes in one thread at a time: a few at once are answered sooner than all
# at once. A language model is mostly waited for.
_AT_ONCE = 2
_AT_ONCE_WITH_MODEL = 16


@dataclass(frozen=True)
class Service:
    """One running service. `answering` is held while an answer is computed; those who wait are served in turn."""

    settings: Settings
    library: Library
    assistant: Assistant
    jobs: Jobs
    metrics: Metrics = field(default_factory=Metrics)
    threads: Threads = field(default_factory=Threads)
    answering: Semaphore = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "answering", Semaphore(_AT_ONCE_WITH_MODEL if self.settings.model else _AT_ONCE)
        )


def of(request: Request) -> Service:
    """The service behind a request."""
    return cast("Service", request.app.state.service)
