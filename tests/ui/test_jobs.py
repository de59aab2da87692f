"""Jobs: one after another, each with its record; one that fails unforeseen does not stop those after it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.errors import UprError
from ui.jobs import Jobs


class Library:
    """Adds nothing; fails as the file's name says."""

    def add(self, paths: list[Path], step: Any) -> Iterator[Any]:
        for n, path in enumerate(paths, 1):
            step(n, len(paths), path.name)
            if path.name == "words":
                raise UprError("It cannot be.", "Do something else.")
            if path.name == "unforeseen":
                raise ZeroDivisionError
            yield SimpleNamespace(path=str(path), to_json=lambda: {"status": "added"})


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    made = Jobs(Library(), tmp_path / "inbox")  # type: ignore[arg-type]
    yield made
    made.close()


def _done(jobs: Jobs, *names: str) -> dict[str, Any]:
    folder = jobs.new_folder()
    for name in names:
        (folder / name).write_text("x")
    job = jobs.submit(folder, names)
    assert job.finished.wait(10)
    assert not folder.exists()
    return job.to_json()


def test_a_job_keeps_the_record_of_every_file(jobs: Jobs) -> None:
    record = _done(jobs, "a", "b")
    assert record["status"] == "done"
    assert [one["path"] for one in record["results"]] == ["a", "b"]
    assert (record["done"], record["total"], record["stage"]) == (2, 2, "b")


def test_an_error_is_told_in_words(jobs: Jobs) -> None:
    record = _done(jobs, "words")
    assert record["status"] == "failed"
    assert record["error"] == "It cannot be. Do something else."


def test_the_next_job_runs_after_one_that_failed_unforeseen(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.append(args.exc_type))
    assert _done(jobs, "unforeseen")["error"].startswith("Reading stopped")
    for thread in threading.enumerate():
        if thread.name == "upr-jobs":
            thread.join(5)
    assert _done(jobs, "a")["status"] == "done"
    assert seen == [ZeroDivisionError]


def test_a_service_that_was_closed_can_take_jobs_again(jobs: Jobs) -> None:
    jobs.close()
    assert _done(jobs, "a")["status"] == "done"
