"""Adding files: records, idempotence, bad files, and writers that wait for each other."""

import multiprocessing
import os
import shutil
import sys
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.settings import Settings
from index.library import Library
from index.reading import Bounds, read_all

TEXT = """A/HRC/{n}/{m}
Distr.: General
3 May 2019
Original: English

Human Rights Council

Note on the visit number {m}

1. The visit to district {m} took place in May and lasted five days.

2. The visitors met {m} local associations and thanked them for their time.

3. They asked for a school bus, a well and a clinic in district {m}.
"""


def write(folder: Path, count: int, n: int = 88) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"note-{m:02}.txt" for m in range(1, count + 1)]
    for m, path in enumerate(paths, 1):
        path.write_text(TEXT.format(n=n, m=m))
    return paths


def statuses(records) -> list[str]:
    return [record.status for record in records]


def test_a_file_is_added_once(library: Library, tmp_path: Path):
    paths = write(tmp_path / "in", 3)
    first = list(library.add([tmp_path / "in"]))
    assert statuses(first) == ["added"] * 3
    assert [record.path for record in first] == [str(path) for path in paths]
    assert [record.symbol for record in first] == ["A/HRC/88/1", "A/HRC/88/2", "A/HRC/88/3"]
    assert all(record.paragraphs >= 3 for record in first)
    again = list(library.add([tmp_path / "in"]))
    assert statuses(again) == ["unchanged"] * 3
    assert [record.key for record in again] == [record.key for record in first]


def test_a_changed_file_replaces_and_its_old_version_changes_nothing(library: Library, tmp_path: Path):
    (path,) = write(tmp_path / "in", 1)
    old = shutil.copy(path, tmp_path / "old.txt")
    list(library.add([path]))
    path.write_text(path.read_text() + "\n4. A fourth paragraph on the road.\n")
    assert statuses(library.add([path])) == ["replaced"]
    assert statuses(library.add([old, path])) == ["unchanged", "unchanged"]
    assert any("fourth" in p.text for p in library.paragraphs("A/HRC/88/1"))
    library.remove("A/HRC/88/1")
    assert statuses(library.add([old])) == ["added"]


def test_one_bad_file_among_ten_hurts_only_itself(library: Library, tmp_path: Path):
    paths = write(tmp_path / "in", 9)
    bad = tmp_path / "in" / "note-05x.pdf"
    bad.write_bytes(b"%PDF-1.7\nthis is no PDF at all")
    records = list(library.add([tmp_path / "in"]))
    assert len(records) == len(paths) + 1
    failed = [record for record in records if record.status == "failed"]
    assert [record.path for record in failed] == [str(bad)]
    assert failed[0].error
    assert "\n" not in failed[0].error
    assert library.counts()["documents"] == 9


def test_what_is_hidden_is_left_out_and_what_is_absent_is_said(library: Library, tmp_path: Path):
    write(tmp_path / "in" / ".git", 1)
    (tmp_path / "in" / ".notes.txt").write_text("hidden")
    (tmp_path / "in" / "~$note.txt").write_text("a lock file")
    records = list(library.add([tmp_path / "in", tmp_path / "nothing.pdf"]))
    assert statuses(records) == ["failed", "failed"]
    assert "holds no files" in str(records[0].error)
    assert "does not exist" in str(records[1].error)


@pytest.mark.skipif(sys.platform == "win32", reason="makes a named pipe")
def test_what_cannot_be_opened_is_said_and_never_waited_for(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "in"
    write(folder, 2)
    os.mkfifo(folder / "a-pipe.pdf")
    (folder / "b-closed.txt").write_text("1. Nobody may read this.", encoding="utf-8")
    opened = Path.open

    def refuse(path: Path, *given, **named):
        if path.name == "b-closed.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *given, **named)

    monkeypatch.setattr(Path, "open", refuse)
    found = list(library.add([folder]))
    assert statuses(found) == ["failed", "failed", "added", "added"]
    assert "no regular file" in found[0].error
    assert "cannot be opened: Permission denied" in found[1].error


@pytest.mark.skipif(sys.platform != "linux", reason="file systems elsewhere refuse such names")
def test_a_name_that_is_no_utf_8_is_added(library: Library, tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/rapport-\xe9t\xe9.txt"))
    path.write_text("1. The delegation presented its report to the Council.", encoding="utf-8")
    assert statuses(library.add([path])) == ["added"]
    (ref,) = library.documents()
    assert ref.source.endswith("rapport-?t?.txt")


def test_the_same_file_twice_in_one_run_is_one_document(library: Library, tmp_path: Path):
    (path,) = write(tmp_path / "in", 1)
    twin = shutil.copy(path, tmp_path / "in" / "twin.txt")
    assert statuses(library.add([path, twin, path])) == ["added", "unchanged"]


def test_twins_are_one_document_also_across_batches(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("index.store._TOGETHER", 2)
    paths = write(tmp_path / "in", 5)
    for n, path in enumerate(paths):
        shutil.copy(path, tmp_path / "in" / f"z-{n}.txt")
    records = list(library.add([tmp_path / "in"]))
    assert statuses(records) == ["added"] * 5 + ["unchanged"] * 5
    assert [record.key for record in records[:5]] == [record.key for record in records[5:]]
    assert library.counts()["documents"] == 5
    assert library.check().problems == ()


def test_a_document_that_cannot_be_stored_fails_alone(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    paths = write(tmp_path / "in", 3)
    from index import store

    def stage(connection, parts, document):
        if document.key == "A/HRC/88/2":
            raise UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed")
        return store_stage(connection, parts, document)

    store_stage = store.stage
    monkeypatch.setattr(store, "stage", stage)
    records = list(library.add(paths))
    assert statuses(records) == ["added", "failed", "added"]
    assert "could not be stored" in str(records[1].error)


def test_progress_names_the_file(library: Library, tmp_path: Path):
    write(tmp_path / "in", 2)
    seen = []
    list(library.add([tmp_path / "in"], lambda *step: seen.append(step)))
    assert seen == [(0, 2, "note-01.txt"), (1, 2, "note-02.txt"), (2, 2, "")]


def test_a_removed_document_is_gone_from_both_stores(library: Library, tmp_path: Path):
    write(tmp_path / "in", 2)
    list(library.add([tmp_path / "in"]))
    assert library.remove("A/HRC/88/1")
    assert library.counts()["documents"] == 1
    assert all(hit.key == "A/HRC/88/2" for hit in library.search("school bus", k=10))
    assert library.check().problems == ()


def test_rereading_keeps_the_key_and_needs_the_file(library: Library, tmp_path: Path):
    (path,) = write(tmp_path / "in", 1)
    list(library.add([path]))
    assert library.reread("A/HRC/88/1").key == "A/HRC/88/1"
    path.unlink()
    with pytest.raises(Exception, match="which is gone"):
        library.reread("A/HRC/88/1")
    assert library.counts()["documents"] == 1


def test_a_second_writer_waits_and_is_told(library: Library, tmp_path: Path):
    (path,) = write(tmp_path / "in", 1)
    held = FileLock(library.settings.home / "write.lock")
    held.acquire()
    said: list[str] = []
    done: list[str] = []

    def add() -> None:
        done.extend(statuses(library.add([path], lambda done, total, what: said.append(what))))

    thread = threading.Thread(target=add)
    thread.start()
    time.sleep(1.6)
    assert said == ["waiting for another process that is adding documents"]
    assert not done
    held.release()
    thread.join(timeout=60)
    assert done == ["added"]


def test_threads_read_while_another_adds(library: Library, tmp_path: Path):
    write(tmp_path / "first", 2, n=60)
    list(library.add([tmp_path / "first"]))
    library.warm()
    write(tmp_path / "in", 20)
    stop = threading.Event()
    wrong: list[BaseException] = []

    def read() -> None:
        while not stop.is_set():
            try:
                for hit in library.search("a school bus and a clinic", k=5):
                    assert library.citation(hit.key, hit.start, hit.end).quote == hit.text
                assert library.counts()["documents"] >= 2
            except BaseException as error:
                wrong.append(error)
                raise

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    added = statuses(library.add([tmp_path / "in"]))
    stop.set()
    for reader in readers:
        reader.join(timeout=60)
    assert wrong == []
    assert added == ["added"] * 20
    assert library.check().problems == ()


def _add(home: str, folder: str) -> None:
    with Library.open(Settings(home=Path(home), workers=1)) as library:
        assert all(record.status != "failed" for record in library.add([folder]))


def test_two_processes_that_add_at_once_leave_everything_right(settings: Settings, tmp_path: Path):
    folders = [tmp_path / "a", tmp_path / "b"]
    for n, folder in enumerate(folders):
        write(folder, 6, n=70 + n)
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=_add, args=(str(settings.home), str(folder))) for folder in folders]
    with Library.open(settings) as library:  # a reader that is open all the while
        list(library.search("school", k=1))
        for process in both:
            process.start()
        for process in both:
            process.join(timeout=120)
        assert [process.exitcode for process in both] == [0, 0]
        assert library.counts()["documents"] == 12
        assert len({hit.key for hit in library.search("a well and a clinic", k=40)}) == 12
        assert library.check().problems == ()


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        pytest.param(Bounds(timeout=0.01), "was not read within", id="hangs"),
        pytest.param(Bounds(memory_mb=1), "made the reader stop", id="dies"),
    ],
)
def test_a_reader_that_hangs_or_dies_fails_only_its_file(tmp_path: Path, bounds: Bounds, message: str):
    outcomes = list(read_all(write(tmp_path / "in", 2), workers=1, bounds=bounds))
    assert len(outcomes) == 2
    for outcome in outcomes:
        assert outcome.document is None
        assert message in str(outcome.error)


def test_outcomes_come_in_order_from_several_readers(tmp_path: Path):
    paths = write(tmp_path / "in", 7)
    assert [outcome.path for outcome in read_all(paths, workers=3)] == paths


def test_a_consumer_that_stops_early_leaves_no_reader_behind(tmp_path: Path):
    stream = read_all(write(tmp_path / "in", 30), workers=2)
    next(stream)
    stream.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("upr-reader")]
