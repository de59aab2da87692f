"""Errors of the assistant.

UprError
└── QuestionError         the question cannot be answered as it was put
    ├── EmptyQuestion     nothing was asked
    └── TooLong           over the stated limit
└── ModelError            the language model failed; the deterministic answer is given instead
    ├── ModelUnavailable  not installed, not configured, no network, timed out
    └── ModelMisbehaved   what it wrote cannot be used
"""

from __future__ import annotations

from corpus.errors import UprError


class QuestionError(UprError):
    """The question cannot be answered as it was put."""

    code = "question"


class EmptyQuestion(QuestionError):
    """Nothing was asked."""

    code = "empty_question"


class TooLong(QuestionError):
    """The question is over the stated limit."""

    code = "question_too_long"


class ModelError(UprError):
    """The language model failed; callers fall back to the deterministic answer."""

    code = "model"


class ModelUnavailable(ModelError):
    """The language model cannot be reached, loaded or did not answer in time."""

    code = "model_unavailable"


class ModelMisbehaved(ModelError):
    """The language model's output cannot be used."""

    code = "model_misbehaved"
