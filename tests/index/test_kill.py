"""`kill -9` at any moment leaves the index as it was, or one that the next run puts right."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.settings import Settings
from index.library import Library
from tests.index.test_store import write

ADD = """
import sys
from pathlib import Path
from corpus.settings import Settings
from index.library import Library
with Library.open(Settings(home=Path(sys.argv[1]), workers=2)) as library:
    for record in library.add([sys.argv[2]]):
        print(record.status, flush=True)
"""


def start(home: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADD, str(home), str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )  # fmt: skip


def kill(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdout
    process.stdout.close()


def seen(settings: Settings) -> None:
    """Whatever is visible is whole, and what is wrong is mended by `repair`."""
    with Library.open(settings) as library:
        for ref in library.documents():
            text = library.document(ref.key).text
            found = library.paragraphs(ref.key)
            assert len(found) == ref.paragraphs
            assert all(text[p.start : p.end] == p.text for p in found)
        if library.counts()["documents"]:
            assert library.search("a school bus", k=3)
        if not library.check().ok:
            assert library.repair().problems == ()


def run_with_kills(home: Path, folder: Path, moments: list[float]) -> None:
    settings = Settings(home=home, workers=2)
    for moment in moments:
        process = start(home, folder)
        time.sleep(moment)
        kill(process)
        seen(settings)
    process = start(home, folder)
    said, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    assert set(said.split()) <= {"added", "unchanged"}
    count = len(list(folder.iterdir()))
    with Library.open(settings) as library:
        assert library.counts()["documents"] == count
        assert library.check().problems == ()
        assert [record.status for record in library.add([folder])] == ["unchanged"] * count


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
def test_three_kills(tmp_path: Path):
    write(tmp_path / "in", 16)
    run_with_kills(tmp_path / "home", tmp_path / "in", [2.0, 2.6, 3.2])


@pytest.mark.slow
@pytest.mark.realdata
@pytest.mark.skipif(sys.platform == "win32", reason="kills a process group")
@pytest.mark.timeout(1800)
def test_twenty_kills_over_forty_reports(tmp_path: Path, data_folder: Path):
    folder = tmp_path / "in"
    folder.mkdir()
    for path in sorted((data_folder / "wg-reports").glob("*.pdf"))[:40]:
        (folder / path.name).symlink_to(path)
    moments = random.Random(5)
    run_with_kills(tmp_path / "home", folder, [moments.uniform(0.3, 12.0) for _ in range(20)])
