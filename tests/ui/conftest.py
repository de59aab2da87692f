"""A service over a small library of own wording, in this process: its API, and the whole of it on a port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.ask import Assistant
from corpus.model import Position, SdgLink, Tag, Tags
from corpus.settings import Settings
from index.library import Library
from tests.factories import Rec, document
from ui.app import create_app

DETENTION = Tags(
    themes=(Tag("Detention", 0.9, "term 'detention'"),),
    sdgs=(SdgLink(16, "16.3", 0.8, "term 'detention'"),),
    action=5,
    action_score=0.9,
    agencies=(Tag("OHCHR", 0.9, "rule"),),
    origin="tagger:test",
)
EDUCATION = Tags(
    themes=(Tag("Right to education", 0.9, "term 'schools'"),),
    sdgs=(SdgLink(4, "4.1", 0.8, "term 'schools'"),),
    action=4,
    action_score=0.9,
    agencies=(Tag("UNICEF", 0.9, "rule"),),
    origin="tagger:test",
)
QUESTION = "Which recommendations on detention did Slovenia support in the third cycle?"
STARTED_WITHIN = 300.0


def _recs(first: int) -> list[Rec]:
    return [
        Rec(
            f"6.{first}",
            "Improve conditions in places of detention",
            ("NOR", "FRA"),
            Position.SUPPORTED,
            DETENTION,
        ),
        Rec(f"6.{first + 1}", "Shorten pretrial detention", ("CHL",), Position.NOTED, DETENTION),
        Rec(f"6.{first + 2}", "Keep rural schools open", ("FRA",), Position.SUPPORTED, EDUCATION),
        Rec(
            f"6.{first + 3}",
            "Publish yearly figures on places of detention",
            ("ESP",),
            Position.SUPPORTED,
            DETENTION,
        ),
    ]


def fill(library: Library) -> None:
    """Two reviews of one State and one of another, as outcome reports of own wording."""
    said = [("1", "The delegation spoke of schools."), ("2", "It described <b>new</b> places of detention.")]
    url = "https://docs.un.org/en/A/HRC/90/1"
    library.add_documents(
        [
            document("A/HRC/90/1", said, state="SVN", cycle=3, recs=_recs(1), url=url),
            document(
                "A/HRC/95/2", said[:1], state="SVN", cycle=4, recs=_recs(1), date="2024-02-01", session="47"
            ),
            document("A/HRC/91/3", said[:1], state="FJI", cycle=3, recs=_recs(1)[:3], title="Report on Fiji"),
        ]
    )


@pytest.fixture(scope="session")
def service_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        home=tmp_path_factory.mktemp("service"),
        workers=1,
        starter=False,
        rate_limit=0,
        max_upload_mb=3,
        max_pages=40,
    )


@pytest.fixture(scope="session")
def service_library(service_settings: Settings) -> Iterator[Library]:
    with Library.open(service_settings) as library:
        fill(library)
        library.warm()
        yield library


@pytest.fixture(scope="session")
def api(service_library: Library, service_settings: Settings) -> FastAPI:
    """The API without the pages."""
    return create_app(
        service_library, Assistant(service_library, service_settings), service_settings, pages=False
    )


@dataclass(frozen=True)
class Served:
    """A service listening on a port of this machine."""

    address: str
    home: Path


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """`upr serve` over a library of its own, in a process of its own."""
    home = tmp_path_factory.mktemp("served")
    with Library.open(Settings(home=home, workers=1, starter=False)) as library:
        fill(library)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith("UPR_")}
    own |= {"UPR_HOME": str(home), "UPR_STARTER": "false", "UPR_RATE_LIMIT": "0", "UPR_WORKERS": "1"}
    command = [sys.executable, "-m", "ui.cli", "serve", "--port", str(port)]
    with (
        (home / "log.txt").open("w") as log,
        subprocess.Popen(command, env=own, stdout=log, stderr=log) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        try:
            # It listens once it is ready; on a machine busy with other work that takes its time.
            until = time.monotonic() + STARTED_WITHIN
            while not _listens(port):
                assert process.poll() is None, (home / "log.txt").read_text()
                assert time.monotonic() < until, f"not listening after {STARTED_WITHIN} s"
                time.sleep(0.2)
            yield Served(address, home)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address, timeout=60) as opened:
        yield opened
