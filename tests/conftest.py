"""Fixtures that every package's tests share."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of real documents named by `UPR_TEST_DATA`."""
    folder = os.environ.get("UPR_TEST_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("UPR_TEST_DATA names no folder of real documents")
    return Path(folder)


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home filled from the starter corpus, once for all tests; they only read it."""
    from corpus.settings import Settings
    from index.library import Library

    home = tmp_path_factory.mktemp("starter-home")
    with Library.open(Settings(home=home)) as library:
        library.fill_from_starter()
    return home
