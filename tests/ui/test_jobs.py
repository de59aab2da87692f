"""Jobs: one after another, each with its record; one that fails unforeseen does not stop those after it."""

import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.errors import UprError
from ui.jobs import Job, Jobs


class Library:
    """Adds nothing; fails as the file's name says. What is named "read…" becomes a document."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def documents(self) -> list[Any]:
        return [SimpleNamespace(source=source) for source in self.sources]

    def remove(self, key: str) -> bool:
        self.sources = [source for source in self.sources if not source.endswith(key)]
        return key != "unknown"

    def reread(self, key: str, step: Any) -> Any:
        if key == "gone":
            raise UprError("The file is gone.", "Add it again.")
        return SimpleNamespace(path=f"/somewhere/{key}", to_json=lambda: {"status": "replaced"})

    def add(self, paths: list[Path], step: Any) -> Iterator[Any]:
        assert self.may_go_on.wait(10)
        for n, path in enumerate(paths, 1):
            step(n, len(paths), path.name)
            if path.name == "words":
                raise UprError("It cannot be.", "Do something else.")
            if path.name == "unforeseen":
                raise ZeroDivisionError
            if path.name.startswith("read"):
                self.sources.append(str(path))
            yield SimpleNamespace(path=str(path), to_json=lambda: {"status": "added"})


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def jobs(library: Library, tmp_path: Path) -> Iterator[Jobs]:
    made = Jobs(library, tmp_path / "inbox")  # type: ignore[arg-type]
    yield made
    made.close()


def _submit(jobs: Jobs, *names: str) -> Job:
    folder = jobs.new_folder()
    for name in names:
        (folder / name).write_text("x")
    return jobs.submit(folder, names)


def _files(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "inbox").rglob("*") if path.is_file())


def _done(jobs: Jobs, *names: str) -> dict[str, Any]:
    job = _submit(jobs, *names)
    assert job.finished.wait(10)
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


def test_a_file_is_kept_while_a_document_was_read_from_it(jobs: Jobs, tmp_path: Path) -> None:
    _done(jobs, "read.pdf", "unchanged.pdf")
    assert _files(tmp_path) == ["read.pdf"]
    assert jobs.remove("read.pdf").finished.wait(10)
    assert _files(tmp_path) == []


def test_files_that_wait_are_kept_when_a_document_is_removed(
    jobs: Jobs, library: Library, tmp_path: Path
) -> None:
    library.may_go_on.clear()
    waiting = _submit(jobs, "a")
    library.sources = []
    jobs.tidy()
    assert _files(tmp_path) == ["a"]
    library.may_go_on.set()
    assert waiting.finished.wait(10)
    assert _files(tmp_path) == []


@pytest.mark.parametrize(
    ("key", "status", "said"),
    [("there", "done", None), ("gone", "failed", "The file is gone. Add it again.")],
)
def test_a_document_is_read_again_in_the_background(
    jobs: Jobs, key: str, status: str, said: str | None
) -> None:
    job = jobs.reread(key)
    assert job.finished.wait(10)
    assert (job.status, job.error) == (status, said)


def test_removing_says_whether_there_was_such_a_document(jobs: Jobs) -> None:
    for key, status in (("there", "removed"), ("unknown", "unchanged")):
        job = jobs.remove(key)
        assert job.finished.wait(10)
        assert job.results == [{"path": key, "status": status}]


def test_only_what_is_done_can_be_dismissed(jobs: Jobs, library: Library) -> None:
    _done(jobs, "a")
    library.may_go_on.clear()
    running = _submit(jobs, "b")
    jobs.dismiss()
    assert jobs.all() == [running]
    library.may_go_on.set()


def test_what_a_stopped_service_had_not_read_is_read_by_the_next(
    jobs: Jobs, library: Library, tmp_path: Path
) -> None:
    library.may_go_on.clear()
    first, second = _submit(jobs, "read-1"), _submit(jobs, "read-2")
    (jobs.new_folder() / "half-sent").write_text("x")
    stopping = threading.Thread(target=jobs.close)
    stopping.start()
    while not jobs._closing:
        stopping.join(0.01)
    library.may_go_on.set()
    stopping.join(10)
    assert first.status == "done"
    assert second.finished.wait(10)
    assert "goes on when it runs again" in str(second.error)
    again = Jobs(library, tmp_path / "inbox")  # type: ignore[arg-type]
    again.resume()
    (job,) = again.all()
    assert job.names == ("read-2",)
    assert job.finished.wait(10)
    assert (job.status, job.results[0]["path"]) == ("done", "read-2")
    assert _files(tmp_path) == ["read-1", "read-2"]
    again.close()
