"""Questions on the reviews of the starter corpus, with answers counted in its sheets and not by the index.

Each template of `sets/starter_templates.toml` is asked in each language of each State with one review there.
"""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from importlib.resources import files

from corpus import starter, states
from corpus.model import Document, Language, Position
from corpus.starter.recommendations import Line, lines
from eval.model import Case
from eval.questions import Expectation, Place, Question, QuestionCase

_SEED = 9
_FEW = range(2, 7)  # a recommending State of so many recommendations is asked about


def reviews() -> list[tuple[Document, list[Line]]]:
    """The starter corpus's reviews with their sheets, of States that have one review there."""
    found = [
        (starter.read(path), lines(path.with_suffix(".csv")))
        for path in starter.files()
        if path.with_suffix(".csv").exists()
    ]
    times = Counter(document.state for document, _ in found)
    return [(document, sheet) for document, sheet in found if times[document.state] == 1]


def pages() -> dict[Place, int]:
    """The page of each recommendation in the report, by document and number."""
    return {
        (starter.read(path).key, line.number): line.page
        for path in starter.files()
        if path.with_suffix(".csv").exists()
        for line in lines(path.with_suffix(".csv"))
    }


def starter_questions() -> list[QuestionCase]:
    """The questions, the same at every run, in order of languages, reviews and templates."""
    templates = tomllib.loads(
        files("eval").joinpath("sets/starter_templates.toml").read_text(encoding="utf-8")
    )
    chance = random.Random(_SEED)
    cases = []
    for document, sheet in reviews():
        counted = Counter(code for line in sheet for code in line.recommenders)
        by = chance.choice(sorted(code for code, n in counted.items() if n in _FEW))
        number = chance.choice(sheet).number
        for language in Language:
            names = {
                "state": states.name(document.state or "", language),
                "by": states.name(by, language),
                "number": number,
            }
            for kind, wording in templates.items():
                expected = _expected(kind, language, document.key, sheet, by, number)
                cases.append(
                    Case(
                        f"starter-{document.key}-{kind}-{language}",
                        Question((wording[language.value].format(**names),)),
                        expected,
                        (
                            language.value,
                            {"total": "count", "supported": "count", "by": "list"}.get(kind, kind),
                        ),
                    )
                )
    return cases


def _expected(
    kind: str, language: Language, key: str, sheet: list[Line], by: str, number: str
) -> Expectation:
    if kind == "total":
        return Expectation(language.value, count=len(sheet))
    if kind == "supported":
        count = sum(line.position is Position.SUPPORTED for line in sheet)
        return Expectation(language.value, count=count)
    if kind == "by":
        rows = tuple((key, line.number) for line in sheet if by in line.recommenders)
        return Expectation(language.value, recommendations=rows)
    return Expectation(language.value, recommendations=((key, number),), paragraphs=((key, number),))
