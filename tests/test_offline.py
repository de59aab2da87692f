"""The default makes no connection: commands and pages run where every attempt to reach a network is an error."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Runs the command line with every way out of the machine closed; what was tried is written to a file as well,
# so that an attempt whose error a library swallows is still seen.
_CLOSED = """
import os, socket, sys

def tried(what):
    with open(os.environ["TRIED"], "a", encoding="utf-8") as log:
        log.write(f"{what}\\n")
    raise OSError(f"no network here: {what}")

real_connect, real_lookup = socket.socket.connect, socket.getaddrinfo

def connect(self, address):
    if self.family == socket.AF_UNIX or address[0] in ("127.0.0.1", "::1", "localhost"):
        return real_connect(self, address)
    tried(address)

def lookup(host, *arguments, **named):
    if host in (None, "", "127.0.0.1", "::1", "localhost", "0.0.0.0"):
        return real_lookup(host, *arguments, **named)
    tried(host)

socket.socket.connect = connect
socket.socket.connect_ex = connect
socket.getaddrinfo = lookup
"""
_COMMAND = _CLOSED + "\nfrom ui.cli import main\nmain()\n"
_PAGES = (
    _CLOSED
    + """
from fastapi.testclient import TestClient
from assistant.ask import Assistant
from corpus.settings import load
from index.library import Library
from ui.app import create_app
from ui.server import prepare

settings = load()
prepare(settings)
library = Library.open(settings)
with TestClient(create_app(library, Assistant(library, settings), settings), base_url="http://127.0.0.1") as client:
    for path in ("/api/health", "/", "/ar/", "/recommendations"):
        assert client.get(path).status_code == 200, path
    asked = client.post("/api/ask", json={"question": "How many recommendations did Mongolia receive?"})
    assert asked.json()["citations"], asked.text
"""
)


def _run(script: str, arguments: list[str], home: Path, log: Path) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("UPR_", "HF_", "GRADIO_"))}
    environment = {**keep, "UPR_HOME": str(home), "TRIED": str(log)}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script, *arguments],
        env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "torture prevention", "--json"],
        ["ask", "How many recommendations did Mongolia receive?", "--json"],
        ["recs", "--state", "Mongolia", "--count-by", "sdg", "--json"],
        ["doctor", "--json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_make_no_connection(arguments: list[str], starter_home: Path, tmp_path: Path) -> None:
    log = tmp_path / "tried"
    done = _run(_COMMAND, arguments, starter_home, log)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("{")
    assert not log.exists(), log.read_text(encoding="utf-8")


def test_the_service_makes_no_connection(starter_home: Path, tmp_path: Path) -> None:
    log = tmp_path / "tried"
    done = _run(_PAGES, [], starter_home, log)
    assert done.returncode == 0, done.stderr
    assert not log.exists(), log.read_text(encoding="utf-8")


def test_the_closed_network_is_really_closed(tmp_path: Path) -> None:
    log = tmp_path / "tried"
    done = _run(_CLOSED + "\nsocket.create_connection(('example.org', 80))", [], tmp_path, log)
    assert done.returncode != 0
    assert log.read_text(encoding="utf-8") == "example.org\n"
