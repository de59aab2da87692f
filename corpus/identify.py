"""What a document says about itself: symbol, title, kind, State under review, cycle, session, date, language."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from corpus import language as languages
from corpus import states
from corpus.clean import clean
from corpus.draft import Identity
from corpus.layout import Layout
from corpus.load.model import Loaded
from corpus.matrix_subject import subject
from corpus.model import Kind, Language

SYMBOL = re.compile(
    r"(?<![\w/])((?:A|E|S|ST|HRI|CCPR|CAT|CERD|CEDAW|CRC|CRPD|CMW|CED)(?:\s?/\s?[A-Z0-9][A-Za-z0-9.\-]*)+)(?:\s?\*)?"
)
_FIRST_LINES = 70


def identify(layout: Layout, loaded: Loaded, path: Path) -> Identity:
    """The identity of a document; what it does not say is None."""
    head = _head(loaded)
    symbol = _symbol(loaded, head)
    kind = _kind(symbol, head, loaded, layout)
    if kind is Kind.UPR_MATRIX:
        return _matrix(loaded, path, head)
    state = _state(symbol, kind, head)
    session = _working_group_session(symbol, layout)
    council = re.match(r"A/HRC/(?:RES/|DEC/)?(\d{1,3})/", symbol or "")
    cycle = cycle_of(int(session)) if session else (_cycle_of_council(int(council.group(1))) if council and state else None)
    language = languages.detect(layout.text[:4000])
    title = _title(head, path)
    return Identity(
        symbol=symbol,
        title=title,
        kind=kind,
        language=language,
        session=session or (council.group(1) if council else None),
        state=state,
        cycle=cycle,
        url=f"https://docs.un.org/{language}/{symbol}" if symbol else None,
    )


def _matrix(loaded: Loaded, path: Path, head: list[str]) -> Identity:
    """The identity of an OHCHR matrix: it has no symbol (those inside are sources of positions)."""
    about = subject(loaded, path)
    return Identity(
        symbol=None,
        title=about.title or _title(head, path),
        kind=Kind.UPR_MATRIX,
        language=languages.detect(" ".join(line.text for line in loaded.lines[:40])),
        session=about.session,
        state=about.state,
        cycle=about.cycle,
    )


def cycle_of(session: int) -> int | None:
    """The cycle of a session of the Working Group: 1-12 first, 13-26 second, 27-40 third, 41-54 fourth."""
    for cycle, last in enumerate((12, 26, 40, 54), 1):
        if 0 < session <= last:
            return cycle
    return None


def _cycle_of_council(session: int) -> int | None:
    """The cycle whose outcomes a session of the Council adopts."""
    for cycle, last in enumerate((20, 34, 50, 66), 1):
        if 6 <= session <= last:
            return cycle
    return None


def symbol_of(text: str) -> str | None:
    """The first document symbol in a text, in its regular form."""
    match = SYMBOL.search(text)
    return regular(match.group(1)) if match else None


def regular(symbol: str) -> str:
    """A symbol without blanks, trailing marks and known misprints ("A/HRC/WG.6/7L.14")."""
    plain = re.sub(r"\s+", "", symbol).rstrip(".-*")
    return re.sub(r"(?<=/)(\d{1,2})(L\.\d+)", r"\1/\2", plain)


def _head(loaded: Loaded) -> list[str]:
    first = [line for line in loaded.lines if line.page in {None, 1}][:_FIRST_LINES]
    return [text for line in first for text in (clean(part) for part in line.text.split("\n")) if text]


def _symbol(loaded: Loaded, head: list[str]) -> str | None:
    alone: Counter[str] = Counter()
    seen: dict[int | None, int] = {}
    for line in loaded.lines:
        seen[line.page] = seen.get(line.page, 0) + 1
        text = clean(line.text)
        match = re.fullmatch(r"(?:United\s+Nations\s+|NATIONS\s+)?" + SYMBOL.pattern + r"(?:\s+\d{1,3})?", text)
        if match and line.page and len(text) < 60:
            alone[regular(match.group(1))] += 1
    first = [symbol_of(text) for text in head if re.search(r"United Nations|Nations Unies|Naciones Unidas", text)]
    for found in first:
        if found:
            return found
    for text in head:
        match = SYMBOL.fullmatch(text)
        if match:
            return regular(match.group(1))
    if alone:
        symbol, count = alone.most_common(1)[0]
        return symbol if count >= 2 else None
    return None


def _kind(symbol: str | None, head: list[str], loaded: Loaded, layout: Layout) -> Kind:
    text = " ".join(head)
    symbol = symbol or ""
    match = re.match(r"A/HRC/WG\.6/\d+/([A-Z]{3})/([1-4])", symbol)
    if match:
        return (Kind.NATIONAL_REPORT, Kind.UN_COMPILATION, Kind.STAKEHOLDER_SUMMARY, Kind.UPR_OUTCOME)[
            int(match.group(2)) - 1
        ]
    if "/WG.6/" in symbol and "/L." in symbol:
        return Kind.UPR_OUTCOME
    if "/RES/" in symbol:
        return Kind.RESOLUTION
    if "/DEC/" in symbol:
        return Kind.DECISION
    if re.search(r"Report of the Working Group on the Universal Periodic Review", text, re.I):
        return Kind.UPR_ADDENDUM if "/Add." in symbol else Kind.UPR_OUTCOME
    if re.search(r"Report of the Human Rights Council on its", text, re.I):
        return Kind.SESSION_REPORT
    if any(re.search("Position", " ".join(row)) and re.search("Recommendation", " ".join(row)) for t in loaded.tables for row in t.rows[:3]):
        return Kind.UPR_MATRIX
    if re.search(r"普遍定期审议财政和技术援助自愿基金|Voluntary Fund for Financial and Technical Assistance", layout.text[:3000]):
        return Kind.FUND_REPORT
    if re.search(r"Decision adopted by the Human Rights Council", text, re.I):
        return Kind.DECISION
    if re.search(r"Resolution adopted by the Human Rights Council", text, re.I):
        return Kind.RESOLUTION
    return Kind.OTHER


def _state(symbol: str | None, kind: Kind, head: list[str]) -> str | None:
    match = re.match(r"A/HRC/WG\.6/\d+/([A-Z]{3})/", symbol or "")
    if match:
        return match.group(1)
    if kind in {Kind.SESSION_REPORT, Kind.RESOLUTION, Kind.FUND_REPORT}:
        return None
    for text in head:
        name = re.sub(r"[*\d]+$", "", text.split(":")[-1]).strip()
        found = states.resolve(name)
        if found:
            return found
    for text in head[:12]:
        found_all = {mention.alpha3 for mention in states.find(text)}
        if len(found_all) == 1:
            return found_all.pop()
    return None


_ORDINAL = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}


def _working_group_session(symbol: str | None, layout: Layout) -> str | None:
    match = re.match(r"A/HRC/WG\.6/(\d+)/", symbol or "")
    if match:
        return match.group(1)
    match = re.search(r"held its ([\w-]+) session", layout.text[:6000])
    if match:
        tens, _, unit = match.group(1).lower().rpartition("-")
        base = {"": 0, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}.get(tens, 0)
        value = _ORDINAL.get(unit, {"thirtieth": 30, "fortieth": 40, "fiftieth": 50}.get(unit, 0))
        return str(base + value) if value else None
    return None


def _title(head: list[str], path: Path) -> str:
    for text in head:
        if re.search(r"report|summary|compilation|decision|resolution|questions", text, re.I):
            return text
    return path.stem


def default_language() -> Language:
    """The language assumed where a text is too short to tell."""
    return Language.ENGLISH
