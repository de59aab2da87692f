"""Which recommendations a block of an addendum names: by number, in runs, or all of a list, all others, all.

Dates, articles, targets, quantities and the numbers of other lists are told from numbers of recommendations here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus import numbering
from corpus.numbering import Run
from corpus.positions import selectors
from corpus.positions.cues import Wording

_NOT_RECOMMENDATIONS = re.compile(
    r"\b(?:articles?|arts?\.|targets?|goals?|sdgs?|sections?|chapters?|tables?|figures?|rules?|convention|статья|"
    r"статьи|статье|задача|цель|artículos?|metas?|objetivos?|cibles?|objectifs?|الهدف|المادة|目标|第)\W*$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\s*(?:of\s+the\s+report\s*)?,?\s*(?:that|which|qui|que|котор\w+|التي)\b", re.IGNORECASE
)


def bases(text: str, wording: Wording) -> frozenset[str]:
    """The paragraph numbers that recommendations are counted under ("118" of "118.4")."""
    seen: dict[str, set[str]] = {}
    for run in numbering.find(text):
        lead = text[max(0, run.start - 60) : run.start]
        past = wording.earlier(text[max(0, run.start - 120) : run.end + 60])
        if not run.dotted or _NOT_RECOMMENDATIONS.search(lead) or (past and len(run.numbers) == 1):
            continue
        named = wording.recommendation.search(lead) or len(run.numbers) > 2
        for number in (end for one in run.numbers for end in one.split(">")):
            numbers = seen.setdefault(number.partition(".")[0], set())
            numbers.add(number)
            if named or ">" in run.numbers[0]:
                numbers.update((f"{number}a", f"{number}b"))
    return frozenset(base for base, numbers in seen.items() if len(numbers) > 2)


def named(block: str, offset: int, wording: Wording, known: frozenset[str], self_numbered: bool) -> list[Run]:
    """The runs of numbers in a block, from `offset` on, that mean recommendations."""
    return [
        run
        for run in numbering.find(block)
        if run.start >= offset and _is_named(block, run, wording, known, self_numbered)
    ]


def _is_named(block: str, run: Run, wording: Wording, known: frozenset[str], self_numbered: bool) -> bool:
    lead = block[max(0, run.start - 40) : run.start]
    if _NOT_RECOMMENDATIONS.search(lead):
        return False
    if run.dotted or known:
        return run.dotted and run.numbers[0].partition(".")[0] in known
    if self_numbered and not block[: run.start].strip() and re.match(r"[.,)]", block[run.end : run.end + 1]):
        return True
    word = rf"{wording.recommendation.pattern}\W{{0,3}}(?:\(?(?:nos?|n[o°]s?|numbers?|№+|第|رقم)\.?\)?\W{{0,2}})?$"
    return bool(re.search(word, lead, re.IGNORECASE))


def collective(block: str, runs: Sequence[Run], wording: Wording) -> list[Run]:
    """Runs of no length where the block speaks of a whole list, of the others or of all, with their selectors.

    Those that only introduce numbers ("the remaining recommendations, 118.4 and 118.5, …"), or that a relative
    clause narrows, are left out.
    """
    found = []
    for match, paragraphs in wording.collectives(block):
        following = next((r for r in runs if r.start >= match.end()), None)
        between = block[match.end() : following.start] if following else ""
        introduces = following and not (
            re.search(r"[.。;；]\s", between) or wording.phrases(between) or wording.excepts(between)
        )
        inside = any(r.start < match.end() and match.start() < r.end for r in runs)
        if inside or introduces or _RELATIVE.match(block, match.end()):
            continue
        found.append(Run(match.end(), match.end(), _selectors(paragraphs)))
    return found


def _selectors(paragraphs: str | None) -> tuple[str, ...]:
    if paragraphs is None:
        return (selectors.ALL,)
    numbers = [n for run in numbering.find(paragraphs) for n in run.numbers]
    return tuple(selectors.of_paragraph(n) for n in numbers or re.findall(r"\d+", paragraphs))
