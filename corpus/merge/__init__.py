"""One truth per recommendation: what report, addendum, matrix and export say of it, in one row."""

from corpus.merge.papers import Described
from corpus.merge.reviews import merge

__all__ = ["Described", "merge"]
