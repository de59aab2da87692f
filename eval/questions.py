"""The question sets: what is asked, and what a right answer holds.

`sets/questions*.jsonl` have one question a line, `sets/dialogues*.jsonl` one conversation, whose last answer is
judged. Those "once asked" were written without sight of any answer, asked once, and mended for afterwards. A case is
right when every expectation holds; what its `expect` may hold is in `Expectation`. The documents they are asked of,
beside the starter corpus: `sets/held.toml`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any

from corpus.model import Language
from eval.errors import EvaluationError
from eval.model import Case

Place = tuple[str, str]
"""A document's key and the number of a paragraph or recommendation."""
DECLINE = "decline"
FIRST, FIRST_DIALOGUES = "questions.", "dialogues."


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: one turn, or several of a conversation."""

    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer holds; what is None or empty is not judged.

    - `abstain`: no answer is given
    - `count`: the leading figure; `figures`: each of these is among the figures
    - `recommendations`: exactly these rows; `_include`, `_within`: at least, at most; `_count`: so many
    - `paragraphs`: all of these are cited
    - `fund_paragraphs`: one of these paragraphs of a fund report is cited; `fund_paragraphs_all`: all of them
    - `document_ends`: a cited document's symbol ends so
    - `language`: the answer's language, the question's unless given
    """

    language: str
    abstain: bool = False
    count: float | None = None
    figures: tuple[float, ...] = ()
    recommendations: tuple[Place, ...] | None = None
    recommendations_include: tuple[Place, ...] = ()
    recommendations_within: tuple[Place, ...] | None = None
    recommendations_count: int | None = None
    paragraphs: tuple[Place, ...] = ()
    fund_paragraphs: tuple[str, ...] = ()
    fund_paragraphs_all: tuple[str, ...] = ()
    document_ends: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, Any], language: str) -> Expectation:
        """From a set's `expect`. Raises EvaluationError for a name that means nothing, or no expectation."""
        unknown = set(given) - {field.name for field in fields(cls)}
        if unknown or not given:
            raise EvaluationError(
                f"An expectation holds {sorted(unknown)!r}.", "See eval.questions.Expectation."
            )
        values: dict[str, Any] = {name: _frozen(value) for name, value in given.items()}
        return cls(**{"language": language, **values})

    @property
    def documents(self) -> frozenset[str]:
        """The documents whose rows or paragraphs are expected."""
        places = (*(self.recommendations or ()), *self.recommendations_include, *self.paragraphs)
        return frozenset(key for key, _ in places)

    @property
    def of_the_fund(self) -> bool:
        """Whether paragraphs of a fund report are expected."""
        return bool(self.fund_paragraphs or self.fund_paragraphs_all)


QuestionCase = Case[Question, Expectation]


def _frozen(value: object) -> object:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Short:
    """A short question on one document, and the paragraph that answers it."""

    question: str
    language: str
    document: str
    paragraph: str


def short() -> list[Short]:
    """The short questions on three documents, 20 a language."""
    return [Short(**row) for row in _rows("short_questions.")]


def short_wide() -> list[Short]:
    """The short questions on thirty documents."""
    return [Short(**row) for row in _rows("short_questions_")]


def six_languages() -> dict[Language, list[str]]:
    """The project's own recommendations, the same in each language."""
    rows = list(_rows("recommendations_six_languages."))
    return {language: [row[language.value] for row in rows] for language in Language}


def _rows(kind: str) -> Iterable[dict[str, Any]]:
    folder = files("eval").joinpath("sets")
    names = sorted(
        one.name for one in folder.iterdir() if one.name.startswith(kind) and one.name.endswith(".jsonl")
    )
    for name in names:
        for line in folder.joinpath(name).read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def questions(sets: str = "questions") -> list[QuestionCase]:
    """Every question of the sets whose names begin so, in order of names; `FIRST` is the first set alone."""
    return [
        Case(
            row["id"],
            Question((row["question"],)),
            Expectation.read(row["expect"], row["language"]),
            (row["language"], DECLINE if row["expect"].get("abstain") else row["intent"]),
        )
        for row in _rows(sets)
    ]


def dialogues(sets: str = "dialogues") -> list[QuestionCase]:
    """Every conversation of the sets whose names begin so; `FIRST_DIALOGUES` is the first set alone."""
    return [
        Case(
            row["id"],
            Question(tuple(row["turns"])),
            Expectation.read(row["expect"], row["language"]),
            (row["language"], DECLINE if row["expect"].get("abstain") else "dialogue"),
        )
        for row in _rows(sets)
    ]


def held() -> tuple[str, ...]:
    """The files, under the data folder, that the question sets are asked of."""
    return tuple(_held()["files"])


def digests() -> dict[str, str]:
    """Files of the short questions that the starter corpus has digests of: the file's stem, the digest's key."""
    return dict(_held()["digests"])


def _held() -> dict[str, Any]:
    return tomllib.loads(files("eval").joinpath("sets/held.toml").read_text(encoding="utf-8"))


def spread(cases: Sequence[QuestionCase], most: int, declined: int) -> list[QuestionCase]:
    """At most so many answerable and so many declined cases a language, evenly spaced over each set's order."""
    strata: dict[tuple[str, bool], list[QuestionCase]] = {}
    for case in cases:
        strata.setdefault((case.groups[0], case.expected.abstain), []).append(case)
    chosen: list[QuestionCase] = []
    for (_, is_declined), some in sorted(strata.items()):
        count = min(len(some), declined if is_declined else most)
        chosen += [some[(2 * i + 1) * len(some) // (2 * count)] for i in range(count)]
    return chosen
