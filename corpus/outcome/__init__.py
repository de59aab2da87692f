"""Reports of the Working Group and their corrigenda: the recommendations, who made them, the position at the review."""

from corpus.outcome.report import read, split_recommenders

__all__ = ["read", "split_recommenders"]
