"""Whose recommendations an OHCHR matrix lists: a matrix has no symbol, and names its State in the page header.

Where the header is silent, the file's name is asked ("UPR20__Slovenia_Thematic…", "egypt-cycle-2"), the lines above
the table, then the documents that the rows give as the source of the position (a report of the Council's 28th
session is of cycle 2).
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from corpus import states
from corpus.exports.fields import cycle_of
from corpus.load.model import Loaded, Role

_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_SESSION = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+session\b|\bUPR\s?(\d{1,2})(?=[_\W])", re.IGNORECASE)
_CYCLE = re.compile(r"\b(\d)(?:st|nd|rd|th)?\s+cycle\b|\bcycle[\s-]?(\d)\b", re.IGNORECASE)
_SOURCE = re.compile(r"A/HRC/(\d{1,2})/\d+")
_LAST_COUNCIL_SESSIONS = ((1, 20), (2, 34), (3, 50), (4, 66))


@dataclass(frozen=True, slots=True)
class Subject:
    """State under review (alpha-3), cycle and session of the Working Group; None where nothing tells."""

    state: str | None
    cycle: int | None
    session: str | None

    @property
    def title(self) -> str | None:
        """A title that no other matrix has; None where State or cycle is unknown."""
        if self.state and self.cycle:
            return f"Thematic list of recommendations: {states.name(self.state, 'en')}, cycle {self.cycle}"
        return None


def subject(loaded: Loaded, path: Path) -> Subject:
    """The review that a matrix is about."""
    name = re.sub(r"[_\s]+", " ", path.stem)
    header = _header(path)
    above = (line.text for line in loaded.lines[:3] if line.role is not Role.CELLS)
    opening = " ".join(above)
    state = next((s for s in (_state(t) for t in (header, loaded.title or "", name, opening)) if s), None)
    session = cycle = None
    for text in (header, name, opening):
        session = session or _first(_SESSION, text)
        cycle = cycle or _first(_CYCLE, text)
    cycle = cycle or (cycle_of(session) if session else None) or _cycle_of_sources(loaded)
    return Subject(state, cycle, str(session) if session else None)


def _header(path: Path) -> str:
    """The text of the page headers of a DOCX, or nothing."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = sorted(p for p in archive.namelist() if re.fullmatch(r"word/header\d*\.xml", p))
            roots = [etree.fromstring(archive.read(p)) for p in parts]
    except (zipfile.BadZipFile, OSError, KeyError, etree.XMLSyntaxError):
        return ""
    return " ".join("".join(t.text or "" for t in root.iter(_TEXT)) for root in roots)


def _state(text: str) -> str | None:
    found = {mention.alpha3 for mention in states.find(text)}
    if not found:
        # file names are often in small letters: "egypt-cycle-2"
        words = re.sub(r"[^\w]+|\d+|_", " ", text).split()
        found = {
            s
            for i in range(len(words))
            for j in (1, 2, 3)
            if (s := states.resolve(" ".join(words[i : i + j])))
        }
    return found.pop() if len(found) == 1 else None


def _first(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(next(g for g in match.groups() if g)) if match else None


def _cycle_of_sources(loaded: Loaded) -> int | None:
    """The cycle of most of the documents that the rows name; those of the Council's sessions are known."""
    sessions = Counter(int(m.group(1)) for line in loaded.lines for m in _SOURCE.finditer(line.text))
    if not sessions:
        return None
    session = sessions.most_common(1)[0][0]
    return next((cycle for cycle, last in _LAST_COUNCIL_SESSIONS if session <= last), None)
