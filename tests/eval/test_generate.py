"""The generated export is read back whole, and in bounded memory whatever its size."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.exports import open_export
from eval.generate import uhri_export

_READ = """
import resource, sys
from pathlib import Path
from corpus.exports import open_export
export = open_export(Path(sys.argv[1]))
print(sum(1 for _ in export.recommendations), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    written = uhri_export(tmp_path / "export.json", objects=50, seed=3)
    export = open_export(tmp_path / "export.json")
    found = list(export.recommendations)
    assert len(found) == written.recommendations == 40
    assert export.problems == [
        "10 rows are not UPR recommendations (concerns, treaty bodies, …) and were passed over."
    ]
    assert all(r.state and r.cycle and r.recommenders and r.tags for r in found)


def test_the_same_seed_writes_the_same(tmp_path: Path) -> None:
    for name in ("a", "b"):
        uhri_export(tmp_path / name, objects=5, seed=1)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(resource, "getrusage"), reason="needs getrusage")
def test_400_mb_are_read_in_under_500_mb(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    written = uhri_export(path)
    assert written.bytes > 380_000_000
    out = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True
    ).stdout
    count, megabytes = map(int, out.split())
    assert count == written.recommendations
    assert megabytes < 500
