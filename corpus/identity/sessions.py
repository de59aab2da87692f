"""Sessions of the Working Group and of the Council, and the cycles of the review that they belong to."""

from __future__ import annotations

import re
from pathlib import Path

from corpus import ordinals
from corpus.identity.cues import cues
from corpus.identity.face import Face
from corpus.model import Kind, Language

# Sessions of the Working Group that close a cycle, and sessions of the Council that adopt a cycle's last outcomes.
_LAST_WORKING_GROUP = (12, 26, 40, 54)


_LAST_COUNCIL = (20, 34, 50, 66)


_LAST_REVIEW = ("2012-03", "2017-03", "2022-09", "2027-12")


def cycle_of(session: int) -> int | None:
    """The cycle of a session of the Working Group: 1-12 first, 13-26 second, 27-40 third, 41-54 fourth."""
    return next((cycle for cycle, last in enumerate(_LAST_WORKING_GROUP, 1) if 0 < session <= last), None)


def cycle_told(state: str | None, review: int | None, council: int | None, date: str | None) -> int | None:
    """The cycle that the session, or last the date, of a paper on a State tells; None where nothing does."""
    if review:
        return cycle_of(review)
    if state is None:
        return None
    if council:
        return next((cycle for cycle, last in enumerate(_LAST_COUNCIL, 1) if 6 <= council <= last), None)
    if date and date >= "2008-01":
        return next((cycle for cycle, last in enumerate(_LAST_REVIEW, 1) if date[:7] <= last), None)
    return None


def session_of_review(
    symbol: str | None, previous: tuple[str, ...], kind: Kind, face: Face, language: Language, path: Path
) -> int | None:
    """The session of the Working Group at which the State was reviewed."""
    for name in (symbol or "", *previous):
        match = re.match(r"A/HRC/WG\.6/(\d{1,2})(?:/|$)", name)
        if match:
            return int(match.group(1))
    if kind in {Kind.UPR_OUTCOME, Kind.UPR_ADDENDUM}:
        pattern = cues().working_group.get(language)
        for match in pattern.finditer(face.opening[:6000]) if pattern else ():
            number = ordinals.value(match.group("n"), language)
            if number and cycle_of(number):
                return number
    if kind is Kind.OTHER:
        return _session_by_the_way(face, path)
    return None


def _session_by_the_way(face: Face, path: Path) -> int | None:
    """The session in papers that carry no symbol: "UPR WG 48", or, last, a file named "UPR34_…"."""
    text = " ".join((*face.blocks, face.opening[:2500]))
    match = (
        cues().review_session.search(text)
        or re.search(r"\b(?:UPR[\s-]*WG|WG[\s-]*UPR|EPU|UPR)[\s-]?(\d{1,2})\b", text)
        or re.match(r"(?:upr|epu)[-_ ]?(?:wg[-_ ]?)?(\d{1,2})(?![\d])", path.stem, re.I)
    )
    return int(match.group(1)) if match and cycle_of(int(match.group(1))) else None


def session_of_council(symbol: str | None, face: Face, language: Language) -> int | None:
    """The session of the Council that a symbol or a masthead names."""
    match = re.match(r"A/HRC/(?:RES/|DEC/)?(\d{1,3})/", symbol or "")
    if match:
        return int(match.group(1))
    pattern = cues().council.get(language)
    for line in face.lines if face.is_masthead and pattern else ():
        found = pattern.match(line) if pattern else None
        number = ordinals.value(found.group("n"), language) if found else None
        if number:
            return number
    return None
