"""Arabic that a PDF holds in the order in which it is drawn, from left to right, turned into the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterable

# The article opens words and the feminine ending closes them; in drawn order it is the other way round.
_READ = re.compile(
    r"(?<![\u0621-\u064a])(?:ال|وال|بال)[\u0621-\u064a]{2,}|[\u0621-\u064a]{2,}ة(?![\u0621-\u064a])"
)
_DRAWN = re.compile(
    r"[\u0621-\u064a]{2,}(?:لا|لاو|لاب)(?![\u0621-\u064a])|(?<![\u0621-\u064a])ة[\u0621-\u064a]{2,}"
)
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z0-9\u0660-\u0669](?:[A-Za-z0-9\u0660-\u0669./,:%-]*[A-Za-z0-9\u0660-\u0669%])?"
)
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")
_FEWEST = 5


def is_drawn(texts: Iterable[str]) -> bool:
    """Whether a document's Arabic words stand in drawn order: more of them end as words begin than begin so."""
    read = drawn = 0
    for text in texts:
        if _ARABIC.search(text):
            read += len(_READ.findall(text))
            drawn += len(_DRAWN.findall(text))
    return drawn >= _FEWEST and drawn > read * 2


def reading_order(text: str) -> str:
    """A drawn line in the order of reading; figures and Latin words keep theirs."""
    if not _ARABIC.search(text):
        return text
    turned = text[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], turned)
