"""What the suites share: the data folder, scratch space, what is measured beside ours, and our own library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.settings import Settings
from eval.building import Builder
from eval.model import SuiteResult
from index.library import Library
from index.seams import Parts

Say = Callable[[str], None]


@dataclass(frozen=True)
class Context:
    """One run. `data` is a folder of real documents or None; `fast` is the subset that CI runs.

    `baselines` are measured beside ours, `ablations` are our own search with parts of it off.
    `scratch` is removed when the run ends. `builder` makes the libraries whose latency is asked for.
    """

    scratch: Path
    data: Path | None = None
    baselines: bool = False
    ablations: bool = False
    fast: bool = False
    say: Say = print
    builder: Builder | None = None

    def home(self, name: str) -> Path:
        """A home of its own for one measurement."""
        path = self.scratch / "homes" / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    @contextmanager
    def library(
        self, name: str, *, starter: bool = False, parts: Callable[[Settings], Parts] = Parts
    ) -> Iterator[Library]:
        """An open library in a home of its own, filled from the starter corpus where asked."""
        settings = Settings(home=self.home(name), starter=starter)
        with Library.open(settings, parts(settings)) as library:
            if starter and library.is_empty():
                library.fill_from_starter()
            yield library


@dataclass(frozen=True)
class Measure:
    """One piece of work and the suites it gives results of; asked of the same answers, several share one."""

    run: Callable[[Context], list[SuiteResult]]
    suites: tuple[str, ...]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for one run."""
    with TemporaryDirectory(prefix="upr-eval-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
