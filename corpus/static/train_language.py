"""Make `corpus/data/language.tsv`: what tells English, French and Spanish apart.

    python -m corpus.static.train_language --data FOLDER

FOLDER holds `parallel/en-fr.tsv.gz` and `parallel/en-es.tsv.gz`; the field's own words, which news and everyday
sentences seldom say, come from the glossary and the lexicon. A feature's two numbers are ten times its
log-odds for French and for Spanish against English; features that barely tell are left out.
"""

from __future__ import annotations

import argparse
import gzip
import math
from collections import Counter
from pathlib import Path

from corpus.language import features, latin_words
from corpus.model import Language
from corpus.static.pairs import dictionary

_OUT = Path(__file__).parents[1] / "data" / "language.tsv"
_MOST = 9_000
_CHARACTERS = 3_000_000
_FIELD = 12  # times that a term of the field counts: enough to be kept


def _sentences(path: Path, column: int) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = {line.rstrip("\n").split("\t")[column] for line in lines}
    return sorted(rows, key=lambda row: (len(row) * 7919) % 104729)


def _counts(sentences: list[str], language: Language) -> Counter[str]:
    counts: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for entry in dictionary():
        for term in entry[language]:
            words.update({word.lower(): _FIELD for word in latin_words(term)})
    read = 0
    for sentence in sentences:
        words.update(word.lower() for word in latin_words(sentence))
        read += len(sentence)
        if read > _CHARACTERS:
            break
    for word, times in words.items():
        for feature in features(word):
            counts[feature] += times
    return counts


def main() -> None:
    """Count, compare and write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    folder: Path = parser.parse_args().data / "parallel"
    counts = {
        Language.ENGLISH: _counts(_sentences(folder / "en-es.tsv.gz", 0), Language.ENGLISH),
        Language.FRENCH: _counts(_sentences(folder / "en-fr.tsv.gz", 1), Language.FRENCH),
        Language.SPANISH: _counts(_sentences(folder / "en-es.tsv.gz", 1), Language.SPANISH),
    }
    totals = {language: sum(counter.values()) for language, counter in counts.items()}
    rows = []
    for feature in sorted(set().union(*counts.values())):
        times = [counts[language][feature] for language in counts]
        if sum(times) < 12:
            continue
        shares = [math.log((n + 0.5) / total) for n, total in zip(times, totals.values(), strict=True)]
        french, spanish = (max(-6.0, min(6.0, share - shares[0])) for share in shares[1:])
        gain = sum(times) * max(abs(french), abs(spanish), abs(french - spanish))
        rows.append(
            (gain if feature[0] == "=" else gain / 8, feature, round(10 * french), round(10 * spanish))
        )
    chosen = sorted(rows, reverse=True)[:_MOST]
    lines = "".join(
        f"{feature}\t{french}\t{spanish}\n"
        for _, feature, french, spanish in sorted(chosen, key=lambda r: r[1])
    )
    _OUT.parent.mkdir(exist_ok=True)
    _OUT.write_text(lines, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
