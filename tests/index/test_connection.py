"""A home that cannot be used says why, in one line with a remedy."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError

from index.connection import connect
from index.errors import NewerSchema, OlderSchema, StoreError, StoreFailed
from index.schema import VERSION, meta

FILE = "catalogue.sqlite3"


def _made(home: Path) -> Engine:
    return connect(None, home)


def _not_a_database(home: Path) -> None:
    (home / FILE).write_text("these are notes, not a catalogue; " * 40)


def _damaged(home: Path) -> None:
    engine = _made(home)
    engine.dispose()
    content = bytearray((home / FILE).read_bytes())
    content[100:4096] = b"\xa5" * 3996  # the first page holds the schema
    (home / FILE).write_bytes(content)


def _of_version(version: int) -> Callable[[Path], None]:
    def write(home: Path) -> None:
        engine = _made(home)
        with engine.begin() as connection:
            connection.execute(update(meta).where(meta.c.name == "schema").values(value=str(version)))
        engine.dispose()

    return write


@pytest.mark.parametrize(
    ("prepare", "error", "words"),
    [
        pytest.param(_not_a_database, StoreFailed, "it is no catalogue", id="another file"),
        pytest.param(_damaged, StoreFailed, "it is damaged", id="a damaged file"),
        pytest.param(_of_version(VERSION + 1), NewerSchema, "this program knows", id="a newer program's"),
    ],
)
def test_a_catalogue_that_cannot_be_used_is_named(
    tmp_path: Path, prepare: Callable[[Path], None], error: type[StoreError], words: str
):
    prepare(tmp_path)
    with pytest.raises(error, match=words) as caught:
        connect(None, tmp_path)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


def test_an_older_program_s_catalogue_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    _made(tmp_path).dispose()
    monkeypatch.setattr("index.connection.VERSION", VERSION + 1)
    with pytest.raises(OlderSchema, match=f"of version {VERSION}, this program needs {VERSION + 1}"):
        connect(None, tmp_path)


def test_a_home_that_is_a_file_is_named(tmp_path: Path):
    home = tmp_path / "notes.txt"
    home.write_text("x")
    with pytest.raises(StoreFailed, match=r"notes\.txt' cannot be the home"):
        connect(None, home)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("somewhere", "'somewhere' is no address of a catalogue"),
        ("sqlite+nodriver:///x", "is no address of a catalogue"),
        ("postgresql://host/upr", "needs SQLite with FTS5, not 'postgresql'"),
    ],
)
def test_an_address_that_is_none_of_a_catalogue_is_refused(tmp_path: Path, url: str, said: str):
    with pytest.raises(StoreFailed, match=re.escape(said)):
        connect(url, tmp_path)


def test_a_full_disk_is_said_with_what_helps(tmp_path: Path):
    engine = _made(tmp_path)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # SQLite's own way to have no room left
        with pytest.raises(StoreFailed, match="the disk is full") as caught:
            connection.exec_driver_sql("CREATE TABLE more AS SELECT randomblob(1000000) AS data")
    assert "Free some space" in caught.value.remedy
    engine.dispose()


def test_an_error_of_what_was_asked_stays_what_it_is(tmp_path: Path):
    engine = _made(tmp_path)
    with engine.connect() as connection, pytest.raises(OperationalError, match="no such table"):
        connection.exec_driver_sql("SELECT * FROM absent")
    engine.dispose()
