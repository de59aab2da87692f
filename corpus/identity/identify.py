"""What a document says about itself: symbol, title, kind, State under review, cycle, session, date, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus import states
from corpus.clean import clean
from corpus.draft import Identity
from corpus.identity import dates, matrix_subject
from corpus.identity.cues import cues
from corpus.identity.face import Face, face_of
from corpus.identity.kinds import issued_before, kind_of, symbol_of
from corpus.identity.sessions import cycle_told, session_of_council, session_of_review
from corpus.identity.symbols import SYMBOL, regular
from corpus.language import detect
from corpus.layout import BlockKind, Layout, masthead
from corpus.load.model import Loaded
from corpus.model import Kind, Language

_QUESTIONS = re.compile(r"questions?|preguntas|вопрос|问题|أسئلة", re.I)


_OF_A_STATE = frozenset(
    {
        Kind.UPR_OUTCOME,
        Kind.UPR_ADDENDUM,
        Kind.NATIONAL_REPORT,
        Kind.UN_COMPILATION,
        Kind.STAKEHOLDER_SUMMARY,
        Kind.DECISION,
        Kind.OTHER,
    }
)


def identify(layout: Layout, loaded: Loaded, path: Path) -> Identity:
    """The identity of a document; what it does not say is None, and what it only cites is not its own."""
    face = face_of(layout)
    language = _language(layout)
    symbol = symbol_of(loaded, face)
    previous = tuple(dict.fromkeys(regular(m.group(1)) for m in SYMBOL.finditer(issued_before(face.opening))))
    kind = kind_of(symbol, previous, face, loaded)
    if kind is Kind.UPR_MATRIX:
        return _matrix(loaded, path, language, layout)
    title = _title(face, kind, loaded, layout, path)
    state = _state(symbol, previous, kind, face, title) if kind in _OF_A_STATE else None
    review = session_of_review(symbol, previous, kind, face, language, path)
    council = session_of_council(symbol, face, language)
    date = _date(face, language)
    near = date
    if kind is Kind.OTHER:
        # Questions sent before a review carry no date: the day they were saved tells the cycle.
        near = date or (loaded.saved if _QUESTIONS.search(title) else None)
        near = near if cues().review.search(f"{title} {face.opening[:3000]}") else None
    return Identity(
        symbol=symbol,
        title=title,
        kind=kind,
        language=language,
        body=_body(symbol, face),
        date=date,
        session=str(review or council) if review or council else None,
        state=state,
        cycle=cycle_told(state, review, council, near),
        url=f"https://docs.un.org/{language}/{symbol}" if symbol else None,
        previous=previous,
    )


def _matrix(loaded: Loaded, path: Path, language: Language, layout: Layout) -> Identity:
    """The identity of an OHCHR matrix: it has no symbol (those inside are sources of positions)."""
    about = matrix_subject.subject(loaded, path)
    return Identity(
        symbol=None,
        title=about.title or path.stem,
        kind=Kind.UPR_MATRIX,
        language=language,
        session=about.session,
        state=about.state or _most_named(layout.text),
        cycle=about.cycle,
    )


def _language(layout: Layout) -> Language:
    body = [
        layout.of(block)
        for block in layout.blocks
        if block.kind in {BlockKind.TEXT, BlockKind.ROW} and block.end - block.start > 60
    ]
    sample = "\n".join(body[:40])[:8000] or layout.text[:4000]
    return detect(sample)


def _state(symbol: str | None, previous: tuple[str, ...], kind: Kind, face: Face, title: str) -> str | None:
    # A symbol under which it was issued before may be misprinted; the State's name on the face comes first.
    own, *others = [_state_of_series(name) for name in (symbol or "", *previous)]
    if own:
        return own
    for line in (*face.lines, *face.blocks) if face.is_masthead else ():
        found = None if masthead.is_box(line) else states.resolve(_bare(line))
        if found:
            return found
    if any(others):
        return next(filter(None, others))
    text = "\n".join((*face.blocks, face.opening[:2500]))
    for pattern in cues().subject:
        for match in pattern.finditer(text):
            found = states.resolve(_bare(match.group("name"))) or _only(match.group("name"))
            if found:
                return found
    if not face.is_masthead:
        found = _only(title) or states.resolve(_bare(face.lines[0] if face.lines else ""))
        if found:
            return found
    return _only(title) or (None if kind is Kind.DECISION else _only(" ".join(face.blocks[:3])))


def _state_of_series(symbol: str) -> str | None:
    match = re.match(r"A/HRC/WG\.6/\d+/([A-Z]{3})(?:/|$)", symbol)
    return states.resolve(match.group(1)) if match else None


def _most_named(text: str) -> str | None:
    """The State that recommendations speak of: named most often outside the brackets with those who made them."""
    plain = re.sub(r"\([^()]*\)|\|[^|\n]*", " ", text[:400_000])
    found = Counter(mention.alpha3 for mention in states.find(plain))
    ranked = [*found.most_common(2), ("", 0)]
    return ranked[0][0] if found and ranked[0][1] >= 3 and ranked[0][1] > 2 * ranked[1][1] else None


def _bare(text: str) -> str:
    return re.sub(r"^\s*[-–—:.]|[*∗†\d\s.:]+$", "", text).strip()


def _only(text: str) -> str | None:
    """The State that a text names, where it names exactly one."""
    found = {mention.alpha3 for mention in states.find(text)}
    return found.pop() if len(found) == 1 else None


def _date(face: Face, language: Language) -> str | None:
    """The date of distribution; of other papers, the first date on their face."""
    lines = list(face.lines)
    at = next((i for i, line in enumerate(lines) if re.search(r"\bDistr\b", line, re.I)), None)
    if at is not None:
        for line in lines[at : at + 6]:
            found = dates.first(line)
            if found:
                return found
    for line in lines if face.is_masthead else lines[:3]:
        found = dates.first(line)
        if found and (face.is_masthead or len(line) < 120):
            return found
    return None


def _body(symbol: str | None, face: Face) -> str | None:
    if (symbol or "").startswith("A/HRC/WG.6/"):
        return "Working Group on the Universal Periodic Review"
    if (symbol or "").startswith("A/HRC/"):
        return "Human Rights Council"
    if (symbol or "").startswith("A/"):
        return "General Assembly"
    bodies = cues().bodies
    if any(bodies["working_group"].fullmatch(line) for line in face.lines):
        return "Working Group on the Universal Periodic Review"
    return "Human Rights Council" if any(bodies["body"].fullmatch(line) for line in face.lines) else None


def _title(face: Face, kind: Kind, loaded: Loaded, layout: Layout, path: Path) -> str:
    parts = list(_title_parts(face))
    if parts:
        return " – ".join(parts)[:400]
    if loaded.title and len(loaded.title) > 3:
        return clean(loaded.title)[:400]
    if kind is Kind.FUND_REPORT:
        match = cues().titles[kind].search(layout.text)
        year = re.search(r"\b(20\d\d)\b", re.sub(r"[一-鿿]", " ", layout.text))
        if match:
            return f"{match.group(0)}{f' ({year.group(1)})' if year else ''}"
    first = re.split(r" (?=Generated on )", face.blocks[0])[0] if face.blocks else ""
    told = not re.match(r"\W*\d{1,3}[.)]", first) and " | " not in first and 3 < len(first) < 160
    if not face.is_masthead and kind is Kind.OTHER and told:
        return first
    return re.sub(r"[_\s]+", " ", clean(path.stem)).strip() or "Untitled"


def _title_parts(face: Face) -> Iterator[str]:
    if not face.is_masthead:
        return
    frame = cues().frame
    seen: set[str] = set()
    for text in face.blocks:
        plain = re.sub(r"\s*[*∗]+$", "", text).strip()
        symbol = SYMBOL.search(plain)
        if not plain or frame.fullmatch(plain) or masthead.is_box(plain) or plain.lower() in seen:
            continue
        if symbol and symbol.end() - symbol.start() > len(plain) * 0.5:
            continue
        if any(pattern.match(plain) and len(plain) < 60 for pattern in cues().council.values()):
            continue
        if dates.first(plain) and len(plain) < 40:
            continue
        seen.add(plain.lower())
        yield plain
