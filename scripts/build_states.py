"""Regenerate `corpus/data/state_names.tsv` from CLDR (through babel) and `state_words.csv`.

Run it after editing `states.csv` or `state_words.csv`:  python scripts/build_states.py
CLDR gives the States' names in the six languages; the rules below add the inflected forms that questions
use (Russian cases, feminine and plural adjectives, Arabic nisba). What is generated is read at run time, so
that loading needs no babel.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from babel import Locale

from corpus.states import name_key

DATA = Path(__file__).resolve().parent.parent / "corpus" / "data"
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
RUSSIAN_ADJECTIVE = {
    "ый": ("ого", "ому", "ым", "ом", "ая", "ой", "ую", "ое", "ые", "ых", "ыми"),
    "ий": ("ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими"),
}
RUSSIAN_NOUN = (  # ending of the name, then the endings of its other cases
    ("ия", ("ии", "ию", "ией")),
    ("ья", ("ьи", "ье", "ью", "ьей")),
    ("йя", ("йи", "йе", "йю", "йей")),
    ("а", ("ы", "и", "е", "у", "ой")),
    ("я", ("и", "е", "ю", "ей")),
    ("ы", ("", "ов", "ам", "ами", "ах")),
    ("ь", ("и", "я", "ю", "е", "ью", "ем")),
    ("й", ("я", "ю", "ем", "е")),
)
RUSSIAN_OWN = (  # endings that look like another's: a vowel that falls out, a noun like an adjective
    ("пет", ("пта", "пту", "птом", "пте")),
    ("икий", ("икия", "икию", "икием", "икии")),
)
RUSSIAN_HEAD = {  # words that lead a name and agree with its case
    "республика": ("республики", "республике", "республику", "республикой"),
    "королевство": ("королевства", "королевству", "королевством", "королевстве"),
    "федерация": ("федерации", "федерацию", "федерацией"),
    "штаты": ("штатов", "штатам", "штатами", "штатах"),
    "острова": ("островов", "островам", "островами", "островах"),
    "эмираты": ("эмиратов", "эмиратам", "эмиратами", "эмиратах"),
    "государство": ("государства", "государству", "государством", "государстве"),
}
ADJECTIVE_CASES = (  # adjective ending in a name -> its endings in the other cases
    ("ая", ("ой", "ую")),
    ("ое", ("ого", "ому", "ым", "ом")),
    ("ые", ("ых", "ым", "ыми")),
    ("ие", ("их", "им", "ими")),
    ("овы", ("овых", "овым", "овыми")),
    ("ий", ("ого", "ому", "им", "ом")),
    ("ый", ("ого", "ому", "ым", "ом")),
    ("ой", ("ого", "ому", "ым", "ом")),
)


def _french(word: str) -> set[str]:
    feminine = word
    if word.endswith(("en", "on")):
        feminine = word + "ne"
    elif word.endswith("turc"):
        feminine = word[:-1] + "que"
    elif word.endswith("grec"):
        feminine = word + "que"
    elif not word.endswith(("e", "è", "i")):
        feminine = word + "e"
    plural = word if word.endswith("s") else word + "s"
    return {word, feminine, plural, feminine + "s"}


def _spanish(word: str) -> set[str]:
    if word.endswith("o"):
        return {word, word[:-1] + "a", word + "s", word[:-1] + "as"}
    for accented, plain in (("és", "es"), ("án", "an"), ("ón", "on")):
        if word.endswith(accented):
            stem = word[: -len(accented)] + plain
            return {word, stem + "a", stem + "es", stem + "as"}
    if word.endswith("ol"):
        return {word, word + "a", word + "es", word + "as"}
    if word.endswith("í"):
        return {word, word + "es", word + "s"}
    return {word, word + "s"} if word[-1] in "aeo" else {word, word + "es"}


def _russian_adjective(word: str) -> set[str]:
    endings = RUSSIAN_ADJECTIVE.get(word[-2:], ())
    return {word} | {word[:-2] + ending for ending in endings}


def _russian_word(word: str) -> set[str]:
    """The case forms of one word of a name; an indeclinable one gives itself only."""
    folded = word.lower()
    if folded in RUSSIAN_HEAD:
        return {word, *RUSSIAN_HEAD[folded]}
    for ending, others in RUSSIAN_OWN:
        if folded.endswith(ending):
            return {word} | {word[: -len(ending)] + other for other in others}
    for ending, others in ADJECTIVE_CASES:
        if folded.endswith(ending) and len(word) >= 5:
            return {word} | {word[: -len(ending)] + other for other in others}
    for ending, others in RUSSIAN_NOUN:
        if folded.endswith(ending):
            return {word} | {word[: -len(ending)] + other for other in others}
    if folded[-1] in "бвгджзклмнпрстфхцчшщ":
        return {word} | {word + ending for ending in ("а", "у", "ом", "е")}
    return {word}


def _russian_name(name: str) -> set[str]:
    """Case forms of a whole name: the leading adjectives and the noun they lead vary, the rest stays.

    Of two names joined by "and" both vary ("Боснией и Герцеговиной").
    """
    first, joined, second = name.split(" (")[0].partition(" и ")
    if joined:
        return {f"{one} и {other}" for one in _russian_name(first) for other in _russian_name(second)}
    words = re.split(r"([\s\-]+)", name.split(" (")[0])
    forms = {""}
    done = False
    for part in words:
        if done or not part.strip(" -"):
            forms = {form + part for form in forms}
            continue
        forms = {form + variant for form in forms for variant in _russian_word(part)}
        done = not part.lower().endswith(tuple(ending for ending, _ in ADJECTIVE_CASES))
    head, dash, tail = name.split(" (")[0].rpartition("-")
    if dash and " " not in name:
        forms |= {f"{head}-{variant}" for variant in _russian_word(tail)}
    return forms


def _arabic(name: str) -> set[str]:
    """The nisba of a one-word name, without the article (reading takes the article and prefixes off)."""
    if " " in name or "-" in name:
        return set()
    stem = name.removeprefix("ال")
    stem = re.sub(r"(يا|يه|ية|ا|ة|ه)$", "", stem)
    if len(stem) < 3 or stem.endswith(("ي", "و")):
        return set()
    return _nisba(stem + "ي")


def _nisba(adjective: str) -> set[str]:
    return {adjective, adjective + "ة", adjective + "ون", adjective + "ين"}


def _english(word: str) -> set[str]:
    return {word} if word.endswith(("s", "ese", "ish", "ch", "ss", "gyz")) else {word, word + "s"}


INFLECT = {"fr": _french, "es": _spanish, "ru": _russian_adjective, "en": _english, "ar": _nisba}


Row = tuple[str, str, str, str, str, str]


def build() -> list[Row]:
    """Rows (alpha3, language, kind, until, word, key), sorted.

    Kinds of `state_words.csv`, and `cldr` (a name for display), `form` (a case of it), `adjective`.
    """
    alpha2 = {row["alpha3"]: row["alpha2"] for row in _rows("states.csv")}
    refused = {row["word"] for row in _rows("state_no_form.csv")}
    rows: set[tuple[str, str, str, str, str]] = set()
    for language in LANGUAGES:
        territories = Locale(language).territories
        rows |= {(alpha3, language, "cldr", "", territories[code]) for alpha3, code in alpha2.items()}
    for row in _rows("state_words.csv"):
        words = {word for word in row["words"].split("|") if word}
        rows |= {(row["alpha3"], row["language"], row["kind"], row["until"], word) for word in words}
    made: set[tuple[str, str, str, str, str]] = set()
    for alpha3, language, kind, _, word in rows:
        if kind == "adjective" and language in INFLECT:
            forms, made_kind = INFLECT[language](word) - {word}, "adjective"
        elif kind in {"name", "alias", "former", "cldr"} and language == "ru":
            forms, made_kind = _russian_name(word) - {word}, "form"
        elif kind in {"name", "alias", "former", "cldr"} and language == "ar":
            forms, made_kind = _arabic(word), "adjective"
        else:
            continue
        made |= {(alpha3, language, made_kind, "", form) for form in forms if form not in refused}
    return sorted((*row, name_key(row[4])) for row in rows | made)


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path) -> None:
    """Writes the table of names to `path`."""
    lines = ["alpha3\tlanguage\tkind\tuntil\tword\tkey", *("\t".join(row) for row in build())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(DATA / "state_names.tsv")
