"""How the catalogue is opened: its tables made where they are missing, and the database's errors put into words."""

from __future__ import annotations

import uuid
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, select, text
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from index.errors import NewerSchema, OlderSchema, StoreFailed
from index.schema import FULL_TEXT, VERSION, meta, metadata

# Tokens come from our own analyser, joined by spaces; FTS5 must not split them further than it must.
_FTS = 'CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING fts5(tokens, context, tokenize="unicode61 remove_diacritics 0")'
_ELSEWHERE = "Check the folder's permissions, or set UPR_HOME to another."
# What SQLite says, what that means, and what helps. https://www.sqlite.org/rescode.html
_TROUBLES = (
    ("disk is full", "the disk is full", "Free some space and run it again; what was half-way is picked up."),
    ("disk i/o error", "the disk cannot be read or written", "Check the disk, then run `upr doctor`."),
    (
        "unable to open",
        "it cannot be opened for writing",
        "Check the folder's permissions, or set UPR_HOME to another.",
    ),
    ("readonly", "it may not be written", "Check the folder's permissions, or set UPR_HOME to another."),
    ("not a database", "it is no catalogue", "Move the folder away and add the documents again."),
    ("malformed", "it is damaged", "Move the folder away and add the documents again."),
    ("locked", "another program holds it", "Wait until that is done and run it again."),
)


def connect(url: str | None, home: Path) -> Engine:
    """An engine on the catalogue in `home`, or at `url`; the tables are made where they are missing.

    What SQLite refuses, now or later, comes as `StoreFailed`.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFailed(
            f"{str(home)!r} cannot be the home: {error.strerror or error}.",
            "Set UPR_HOME to a folder that you may write to.",
        ) from error
    engine = _engine(url or f"sqlite:///{home / 'catalogue.sqlite3'}")
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "handle_error", _in_words)
    with engine.connect() as connection:
        ready = _is_ready(connection)
    if not ready:
        with FileLock(home / "schema.lock"), engine.begin() as connection:
            if not _is_ready(connection):
                _create(connection)
    return engine


def _engine(url: str) -> Engine:
    """An engine that nothing was asked of yet. Raises StoreFailed for an address that is none of SQLite's."""
    remedy = "Unset UPR_DATABASE_URL or give a sqlite:/// address."
    try:
        address = make_url(url)
        if address.get_backend_name() != "sqlite":
            raise StoreFailed(
                f"The catalogue needs SQLite with FTS5, not {address.get_backend_name()!r}.", remedy
            )
        return create_engine(address, pool_size=20, max_overflow=80)
    except (ArgumentError, ImportError) as error:
        raise StoreFailed(f"{url!r} is no address of a catalogue ({error}).", remedy) from error


def _in_words(context: ExceptionContext) -> StoreFailed | None:
    """What is raised in place of an error of the database itself; None for one of what it was asked."""
    said = str(context.original_exception)
    for sign, reason, remedy in _TROUBLES:
        if sign in said.lower():
            return StoreFailed(f"The catalogue fails: {reason} ({said}).", remedy)
    return None


def _pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=30000",
        "temp_store=MEMORY",
        "cache_size=-8192",
        "mmap_size=268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _is_ready(connection: Connection) -> bool:
    if not inspect(connection).has_table("meta"):
        return False
    found = int(connection.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar() or 0)
    if found > VERSION:
        raise NewerSchema(
            f"The catalogue is of version {found}, this program knows {VERSION}.",
            "Update the program, or set UPR_HOME to another folder.",
        )
    if 0 < found < VERSION:
        raise OlderSchema(
            f"The catalogue is of version {found}, this program needs {VERSION}.",
            "Set UPR_HOME to another folder and add the documents there again.",
        )
    return found == VERSION


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    for name in FULL_TEXT.values():
        connection.execute(text(_FTS.format(name=name)))
    values = {"schema": str(VERSION), "library": uuid.uuid4().hex[:12], "generation": "0"}
    connection.execute(meta.insert(), [{"name": name, "value": value} for name, value in values.items()])
