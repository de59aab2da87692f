"""Corrigenda to reports of a review (A/HRC/…/Corr.1): the recommendations whose wording they correct.

"Should read" and "substitute" give a new text, which takes the old one's place when documents are merged. "For X
read Y" gives no text to quote, so that the correction is put into words beside the recommendation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import numbering
from corpus.draft import Draft, Reading
from corpus.model import Recommendation
from corpus.outcome.report import split_recommenders

_NAMED = re.compile(
    r"\b(?:paragraphs?|recommendations?|para\.?)\s+(?:no\.?\s*)?$|(?:^|\n)\W*$", re.IGNORECASE
)
_NEW_TEXT = re.compile(
    r"\b(?:should\s+(?:now\s+)?read|substitute|to\s+read|is\s+replaced\s+by)\b[^:\n]{0,40}?:?\s+",
    re.IGNORECASE,
)
_FOR_READ = re.compile(
    r"\bfor\s+(?P<old>.{1,300}?)\s+(?:read|substitute)\s+(?P<new>.{1,300}?)\s*$", re.IGNORECASE | re.DOTALL
)


def read(draft: Draft) -> Reading:
    """The corrected recommendations; one without a new text carries the correction in `conflicts`."""
    found = tuple(_corrections(draft))
    problems = () if found else ("No corrected recommendation was found in this corrigendum.",)
    return Reading(recommendations=found, problems=problems)


def _corrections(draft: Draft) -> Iterator[Recommendation]:
    text = draft.text
    runs = [r for r in numbering.find(text) if r.dotted and len(r.numbers) == 1]
    named = [r for r in runs if _NAMED.search(text[max(0, r.start - 30) : r.start])]
    seen: set[str] = set()
    for index, run in enumerate(named):
        number = run.numbers[0]
        following = next((r.start for r in named[index + 1 :] if r.numbers[0] != number), len(text))
        if number in seen:
            continue
        seen.add(number)
        correction = _correction(draft, number, run.end, following)
        if correction:
            yield correction


def _correction(draft: Draft, number: str, start: int, end: int) -> Recommendation | None:
    section = draft.text[start:end]
    about = draft.identity
    # "For the existing text substitute …" is a new text, not a word for a word
    swap = _FOR_READ.search(
        re.split(r"\n\s*\n|\n(?=\d)", section.strip())[-1] if "\n" in section else section
    )
    if swap and "existing" not in swap.group("old"):
        name = about.symbol or draft.key
        old, new = (swap.group(k).strip(' \n"“”.;') for k in ("old", "new"))
        note = f"{name} corrects: for {old!r} read {new!r}."
        return Recommendation(draft.key, number, "", about.state, cycle=about.cycle, conflicts=(note,))
    match = _NEW_TEXT.search(section)
    if not match:
        return None
    first = start + match.end()
    again = re.compile(rf"\W*{re.escape(number)}\.?\s+").match(draft.text, first)
    first = again.end() if again else first
    words = re.split(r"\n\s*\n", draft.text[first:end])[0].rstrip(' ;.\n”"')
    first += len(words) - len(words.lstrip(' “"'))
    words = words.lstrip(' “"')
    _, recommenders, unresolved = split_recommenders(words)
    return Recommendation(
        draft.key,
        number,
        words,
        about.state,
        recommenders=recommenders,
        unresolved=unresolved,
        cycle=about.cycle,
        page=draft.layout.page_at(first),
        start=first,
        end=first + len(words),
    )
