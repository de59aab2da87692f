"""A service over a small library of own wording, in this process: its API, and the whole of it on a port."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from assistant.ask import Assistant
from corpus.model import Position, SdgLink, Tag, Tags
from corpus.settings import Settings
from index.library import Library
from tests.factories import Rec, document
from ui.app import create_app
from ui.server import prepare

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


def _recs(first: int) -> list[Rec]:
    return [
        Rec(f"6.{first}", "Improve conditions in places of detention", ("NOR", "FRA"), Position.SUPPORTED, DETENTION),
        Rec(f"6.{first + 1}", "Shorten pretrial detention", ("CHL",), Position.NOTED, DETENTION),
        Rec(f"6.{first + 2}", "Keep rural schools open", ("FRA",), Position.SUPPORTED, EDUCATION),
        Rec(f"6.{first + 3}", "Publish yearly figures on places of detention", ("ESP",), Position.SUPPORTED, DETENTION),
    ]


def fill(library: Library) -> None:
    """Two reviews of one State and one of another, as outcome reports of own wording."""
    said = [("1", "The delegation spoke of schools."), ("2", "It described <b>new</b> places of detention.")]
    url = "https://docs.un.org/en/A/HRC/90/1"
    library.add_documents(
        [
            document("A/HRC/90/1", said, state="SVN", cycle=3, recs=_recs(1), url=url),
            document("A/HRC/95/2", said[:1], state="SVN", cycle=4, recs=_recs(1), date="2024-02-01", session="47"),
            document("A/HRC/91/3", said[:1], state="FJI", cycle=3, recs=_recs(1)[:3], title="Report on Fiji"),
        ]
    )


@pytest.fixture(scope="session")
def service_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        home=tmp_path_factory.mktemp("service"), workers=1, starter=False, rate_limit=0, max_upload_mb=3, max_pages=40
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
    return create_app(service_library, Assistant(service_library, service_settings), service_settings, pages=False)


@dataclass(frozen=True)
class Served:
    """A service listening on a port of this machine."""

    address: str
    home: Path


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole service over a library of its own, as `upr serve` runs it."""
    settings = Settings(home=tmp_path_factory.mktemp("served"), workers=1, starter=False, rate_limit=0)
    prepare(settings)
    with Library.open(settings) as library:
        fill(library)
        library.warm()
        app = create_app(library, Assistant(library, settings), settings)
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(f"http://127.0.0.1:{port}", settings.home)
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.address, timeout=60) as opened:
        yield opened
