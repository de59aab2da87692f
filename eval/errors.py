"""Errors of the evaluation."""

from __future__ import annotations

from corpus.errors import UprError


class EvaluationError(UprError):
    """An evaluation that cannot be run as asked."""

    code = "evaluation"
