"""Libraries of large exports, built in a process of their own while suites that measure no time run on another core.

`python -m eval.building SCRATCH DATA|- SIZE...` writes an export and fills a home for each size, smallest first, and a
line of JSON as each is done. How fast it adds is measured beside other work, and said to be.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.settings import Settings
from eval.errors import EvaluationError
from eval.generate import uhri_export
from index.library import Library

_SHARE = 4 / 5  # of a generated export's objects are recommendations


@dataclass(frozen=True, slots=True)
class Built:
    """A home that holds an export of so many recommendations, and how long it took to add."""

    size: int
    home: str
    export: str
    seconds: float


def texts_of(data: Path | None) -> list[str]:
    """UPR Info's different texts; none without them (exports then hold the project's own phrases)."""
    path = data / "upr-info" / "sessions-01-16.csv" if data else None
    if path is None or not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(dict.fromkeys(row["Text"].strip() for row in csv.DictReader(file) if row["Text"].strip()))


def build(scratch: Path, size: int, texts: Sequence[str]) -> Built:
    """Write an export of `size` recommendations and add it to a home of its own."""
    home, export = scratch / "homes" / f"size-{size}", scratch / f"export-{size}.json"
    uhri_export(export, int(size / _SHARE), texts=texts)
    with Library.open(Settings(home=home, starter=False)) as library:
        began = time.perf_counter()
        (added,) = library.add([export])
        seconds = time.perf_counter() - began
    if added.status != "added":
        raise EvaluationError(f"An export of {size:,} was not added: {added.error}.", "See `upr add`.")
    return Built(size, str(home), str(export), seconds)


class Builder:
    """The building of these sizes in a process of its own; of none, nothing."""

    def __init__(self, scratch: Path, data: Path | None, sizes: Sequence[int]) -> None:
        self._sizes = sorted(sizes)
        self._errors = scratch / "building.txt"
        self._process: subprocess.Popen[str] | None = None
        if self._sizes:
            command = [sys.executable, "-m", "eval.building", str(scratch), str(data or "-")]
            with self._errors.open("w", encoding="utf-8") as said:
                self._process = subprocess.Popen(
                    [*command, *map(str, self._sizes)], stdout=subprocess.PIPE, stderr=said, text=True
                )

    @property
    def is_running(self) -> bool:
        """Whether a core is taken by it."""
        return self._process is not None and self._process.poll() is None

    def built(self) -> list[Built]:
        """What was built, smallest first, once all is. Raises EvaluationError where it failed."""
        if self._process is None:
            return []
        done = [Built(**json.loads(line)) for line in self._process.stdout or ()]
        if self._process.wait() != 0:
            last = self._errors.read_text(encoding="utf-8").strip().rpartition("\n")[2]
            raise EvaluationError(
                f"Building exports of {self._sizes} failed: {last}.", "Run eval.building by itself."
            )
        return done

    def close(self) -> None:
        """Stop what is not done."""
        if self._process is not None:
            with self._process:
                self._process.kill()


def main(arguments: Sequence[str]) -> None:
    """Build every size, smallest first."""
    scratch, data, *sizes = arguments
    texts = texts_of(None if data == "-" else Path(data))
    for size in sizes:
        sys.stdout.write(json.dumps(asdict(build(Path(scratch), int(size), texts))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
