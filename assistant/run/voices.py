"""Whose words a paragraph of a review reports: a State that took part in the dialogue, or the State under review.

Reports of the Working Group give each statement a paragraph that opens with its speaker ("France welcomed ...",
"On behalf of the Arab Group, Palestine noted ...", "Congratulating Bahrain on its report, Pakistan suggested ...");
the State under review speaks by its name or as the delegation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus import states
from corpus.model import Paragraph

_OPENING = 160  # characters in which the speaker is named
_AT_ONCE = 24  # "the delegation of ..." names its State at once
_PARTICIPLE = (
    320  # characters in which the speaker is named behind what it begins with ("Mentioning the report ...")
)
_NEAR = 70  # a State named later than that is spoken of; it does not speak
_DELEGATION = re.compile(
    r"delegation|délégation|delegación|делегаци|代表团|الوفد|وفد|minister|ministre|ministr[oa]|министр|部长|وزير",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[A-Z][a-z]+ing\b")
# The part of a report that gives the State's own presentation, as the heading over it is printed in each language.
_PRESENTATION = re.compile(
    r"^\W*(?:[A-ZА]\.\s*|[ا-ي]\s*[-.]\s*|[一二三]、\s*)?"
    r"(?:presentation by|expos[ée]|exposici[óo]n|presentaci[óo]n|выступлени|представлени|عرض"
    r"|受审议国的?(?:介绍|陈述|情况))",
    re.IGNORECASE,
)


def presents(heading: Sequence[str]) -> bool:
    """Whether what stands under these headings is the presentation by the State under review, whoever it names."""
    return any(_PRESENTATION.search(one) for one in heading)


def told(paragraphs: Iterable[Paragraph], state: str | None) -> Iterator[tuple[Paragraph, str | None]]:
    """Each paragraph of a dialogue with whose words it reports.

    Replies of the State under review run over several paragraphs, of which only the first names it; they end where
    another State speaks.
    """
    replying = False
    for paragraph in paragraphs:
        speaker = state if presents(paragraph.heading) else voice(paragraph.text, state)
        if speaker is None and replying:
            speaker = state
        replying = speaker is not None and speaker == state
        yield paragraph, speaker


def voice(text: str, state: str | None) -> str | None:
    """The State (alpha-3) whose words a paragraph reports, None where none is told; `state` is the one reviewed."""
    opening = text[:_OPENING]
    named = states.find(opening)
    delegation = _DELEGATION.search(opening)
    if not named:
        return state if delegation else None
    first = named[0]
    if delegation and delegation.start() < first.start:
        return first.alpha3 if first.start - delegation.end() <= _AT_ONCE else state
    if first.alpha3 == state and first.start > 0:
        # The State under review as the object of a participle: the speaker comes after it.
        far = states.find(text[:_PARTICIPLE]) if _BEGINS.match(text) else named
        other = next((one.alpha3 for one in far[1:] if one.alpha3 != state), None)
        return other if other and not text.startswith(("The ", "L", "El ", "La ")) else first.alpha3
    return first.alpha3 if first.start <= _NEAR or first.alpha3 == state else None
