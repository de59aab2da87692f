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
