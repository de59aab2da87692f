"""The shipped embedding model: six languages in one space, with numpy and tokenizers only.

`encode` is all that a caller needs; the model is read once, on the first call. How it was made and how good
it is: README.md beside this file. `python -m corpus.static.train --data FOLDER` makes it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from corpus.static.model import StaticModel

DIMENSIONS = 256
NAME = "upr-static-6l-256 v3"
FOLDER = Path(__file__).parent / "data"


@cache
def load() -> StaticModel:
    """Return the shipped model, read on the first call."""
    return StaticModel.load(FOLDER)


def encode(texts: Sequence[str]) -> np.ndarray:
    """Return float32 vectors of shape (len(texts), DIMENSIONS), each of length 1.

    A text without any letter or digit has no direction: its vector is zero.
    """
    return load().encode(texts)
