"""What the model is trained and measured on, read from a data folder.

FOLDER holds `parallel/en-{fr,es,ar,ru,zh}.tsv.gz` (English, tab, translation), `sdg/sdg-wording-six-languages.tsv`
and `upr-info/sessions-01-16.csv`. Beside it come this project's own glossary and lexicon, and CLDR's names of
States and territories (Babel).
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from corpus.language import detect
from corpus.model import Language

FOREIGN: tuple[Language, ...] = tuple(language for language in Language if language is not Language.ENGLISH)
_HERE = Path(__file__).parent
_LEXICON = _HERE / "lexicon.csv"
_GLOSSARY = _HERE.parents[1] / "index" / "glossary.csv"
_HELD_LINES = 700
_HELD_SDG = 150
_SHORT = 40
_SHORT_KEPT = 30_000

Pair = tuple[str, str]
Entry = dict[Language, list[str]]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs to train on, pairs kept apart, entries of dictionaries, and English texts of the field."""

    training: dict[Language, list[Pair]]
    held_lines: dict[Language, list[Pair]]
    held_sdg: dict[Language, list[Pair]]
    entries: list[Entry]
    terms: int  # the first so many entries are terms, the others names of territories
    field: list[str]


def read(folder: Path) -> Corpus:
    """Read everything and keep the held-out part out of all that is trained on."""
    pairs = {language: _parallel(folder, language) for language in FOREIGN}
    wording = _wording(folder)
    lines = _held_lines(pairs, {row[Language.ENGLISH] for row in wording})
    targets = _held_targets(wording)
    held = lines | targets
    training = {language: _training(language, pairs[language], wording, held) for language in FOREIGN}
    terms = dictionary()
    return Corpus(
        training=training,
        held_lines={language: _chosen(pairs[language], lines) for language in FOREIGN},
        held_sdg={
            language: [
                (row[Language.ENGLISH], row[language]) for row in wording if row[Language.ENGLISH] in targets
            ]
            for language in FOREIGN
        },
        entries=terms + _territories(),
        terms=len(terms),
        field=_recommendations(folder),
    )


def held(folder: Path) -> dict[Language, list[Pair]]:
    """The pairs of lines kept apart from training, without reading what is trained on."""
    pairs = {language: _parallel(folder, language) for language in FOREIGN}
    lines = _held_lines(pairs, {row[Language.ENGLISH] for row in _wording(folder)})
    return {language: _chosen(pairs[language], lines) for language in FOREIGN}


def dictionary() -> list[Entry]:
    """Return the entries of the glossary and of the lexicon."""
    return _dictionary(_GLOSSARY) + _dictionary(_LEXICON)


def _parallel(folder: Path, language: Language) -> list[Pair]:
    path = folder / "parallel" / f"en-{language.value}.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return [(row[0], row[1]) for row in rows]


def _wording(folder: Path) -> list[dict[Language, str]]:
    path = folder / "sdg" / "sdg-wording-six-languages.tsv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [{language: row[language.value] for language in Language} for row in rows]


def _held_lines(pairs: dict[Language, list[Pair]], wording: set[str]) -> set[str]:
    """English lines that all five languages translate: nearly all of NTREX-128 and FLORES-200."""
    counts = Counter(english for rows in pairs.values() for english in {row[0] for row in rows})
    common = sorted(e for e, n in counts.items() if n == len(FOREIGN) and e not in wording and len(e) > 60)
    random.Random(7).shuffle(common)
    return set(common[:_HELD_LINES])


def _held_targets(wording: list[dict[Language, str]]) -> set[str]:
    """Wordings of SDG targets and indicators."""
    rows = sorted(
        {row[Language.ENGLISH] for row in wording if all(row.values()) and len(row[Language.ENGLISH]) > 50}
    )
    random.Random(5).shuffle(rows)
    return set(rows[:_HELD_SDG])


def _training(
    language: Language, pairs: list[Pair], wording: list[dict[Language, str]], held: set[str]
) -> list[Pair]:
    rows = [row for row in pairs if row[0] not in held and (len(row[1]) < 15 or detect(row[1]) is language)]
    if language is Language.FRENCH:  # mostly very short sentences: a sample of them is enough
        short = [row for row in rows if len(row[0]) <= _SHORT]
        rows = [row for row in rows if len(row[0]) > _SHORT]
        rows += random.Random(1).sample(short, min(len(short), _SHORT_KEPT))
    goals = [(row[Language.ENGLISH], row[language]) for row in wording if row[Language.ENGLISH] not in held]
    return rows + 3 * [row for row in goals if all(row)]


def _chosen(pairs: list[Pair], wanted: set[str]) -> list[Pair]:
    first: dict[str, str] = {}
    for english, other in pairs:
        if english in wanted:
            first.setdefault(english, other)
    return sorted(first.items())


def _dictionary(path: Path) -> list[Entry]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_entry(row) for row in csv.DictReader(file, delimiter=";")]


def _entry(row: dict[str, str]) -> Entry:
    shared = [word for word in row.get("abbreviations", "").split("|") if word][:1]
    return {
        language: [term.strip() for term in row[language.value].split("|") if term.strip()] + shared
        for language in Language
    }


def _territories() -> list[Entry]:
    names = {language: Locale(language.value).territories for language in Language}
    return [
        {language: [names[language][code]] for language in Language}
        for code in names[Language.ENGLISH]
        if all(names[language].get(code) for language in Language)
    ]


def _recommendations(folder: Path) -> list[str]:
    path = folder / "upr-info" / "sessions-01-16.csv"
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return sorted({row["Text"].strip() for row in csv.DictReader(file)})
