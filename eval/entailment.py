"""Where the threshold of `assistant.entail` comes from; `python -m eval.entailment FOLDER` prints it again.

True pairs: sentences of the project's English digest of the Fund's 2018 report with the paragraph of the Chinese
report they digest. False pairs: the same sentences with the paragraphs one to three away. Within one language no
true paraphrases are at hand, so only false pairs are measured there (sentences of the digest with other paragraphs
of it); the threshold is the higher one.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.entail import ACROSS, SAME, score
from assistant.run.sentences import sentences
from corpus.language import detect
from corpus.model import Document, Kind, Paragraph

_FALSE_PASS = 0.05
_LONG_ENOUGH = 40


def numbered(document: Document) -> dict[str, Paragraph]:
    """Paragraphs by their number, the first of each."""
    found: dict[str, Paragraph] = {}
    for paragraph in document.paragraphs:
        if paragraph.number and paragraph.number[0].isdigit():
            found.setdefault(paragraph.number, paragraph)
    return found


def pairs(digest: Document, original: Document) -> tuple[list[float], list[float], list[float]]:
    """Scores of true pairs, of false pairs across languages, and of false pairs within the digest."""
    ours, theirs = numbered(digest), numbered(original)
    shared = [number for number in ours if number in theirs]
    true: list[float] = []
    false: list[float] = []
    within: list[float] = []
    for place, number in enumerate(shared):
        text = ours[number].text
        said = [
            text[start:end] for start, end in sentences(text, detect(text)) if end - start >= _LONG_ENOUGH
        ]
        for sentence in said[:2]:
            true.append(score(sentence, [theirs[number].text]))
            for step in (-3, -2, -1, 1, 2, 3):
                if 0 <= place + step < len(shared):
                    other = shared[place + step]
                    false.append(score(sentence, [theirs[other].text]))
                    within.append(score(sentence, [ours[other].text]))
    return true, false, within


def threshold(false: Sequence[float]) -> float:
    """The least score that lets no more than five in a hundred false pairs pass."""
    ordered = sorted(false)
    return ordered[int(len(ordered) * (1 - _FALSE_PASS))] if ordered else 1.0


def main(folder: Path) -> None:
    """Print both thresholds, and how many true pairs pass the one across languages."""
    from corpus.parse import parse
    from corpus.starter import documents

    original = next(parse(path) for path in sorted((folder / "fund-report").glob("*.txt")))
    digest = next(one for one in documents() if one.kind is Kind.FUND_REPORT and "2018" in one.title)
    true, false, within = pairs(digest, original)
    least = threshold(false)
    passed = sum(value >= ACROSS for value in true) / len(true)
    lines = [
        f"across languages: threshold {least:.3f} (in use {ACROSS}), true pairs that pass {passed:.3f} of {len(true)}",
        f"false pairs that pass {sum(value >= ACROSS for value in false) / len(false):.3f} of {len(false)}",
        f"within a language: threshold {threshold(within):.3f} (in use {SAME}), false pairs {len(within)}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
