"""A library in a home of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.settings import Settings
from index.library import Library


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", workers=1, starter=False)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    with Library.open(settings) as opened:
        yield opened
