"""What a document says about itself: symbol, title, kind, State under review, cycle, session, date, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from corpus import dates, masthead, matrix_subject, ordinals, states
from corpus.clean import clean
from corpus.draft import Identity
from corpus.identity_cues import cues
from corpus.language import detect
from corpus.layout import BlockKind, Layout
from corpus.load.model import Loaded, Media
from corpus.model import Kind, Language
from corpus.symbols import SYMBOL, find, regular

_REVIEW_SERIES = (Kind.NATIONAL_REPORT, Kind.UN_COMPILATION, Kind.STAKEHOLDER_SUMMARY, Kind.UPR_OUTCOME)
# Sessions of the Working Group that close a cycle, and sessions of the Council that adopt a cycle's last outcomes.
_LAST_WORKING_GROUP = (12, 26, 40, 54)
_LAST_COUNCIL = (20, 34, 50, 66)
_LAST_REVIEW = ("2012-03", "2017-03", "2022-09", "2027-12")
_QUESTIONS = re.compile(r"questions?|preguntas|вопрос|问题|أسئلة", re.I)
_COUNCIL_ACTS = re.compile(
    r"\W*(?:the human rights council|le conseil des droits de l.homme|el consejo de derechos humanos|"
    r"совет по правам человека|人权理事会|إن مجلس حقوق الإنسان)\s*[,，،]",
    re.I,
)
_ACT = re.compile(
    r"\W*(?:human rights council\s+)?(?P<kind>resolution|decision|résolution|décision|resolución|decisión|резолюция|"
    r"решение|第|القرار|المقرر)?\s*(?P<number>(?:S-)?\d{1,2}/\d{1,3})(?:\s*号(?:决议|决定))?\W*(?:\s|$)",
    re.I,
)
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


@dataclass(frozen=True, slots=True)
class _Face:
    """What the first page shows: the lines of its masthead, its title's blocks, and the text's beginning."""

    lines: tuple[str, ...]
    blocks: tuple[str, ...]
    opening: str
    is_masthead: bool


def identify(layout: Layout, loaded: Loaded, path: Path) -> Identity:
    """The identity of a document; what it does not say is None, and what it only cites is not its own."""
    face = _face(layout)
    language = _language(layout)
    symbol = _symbol(loaded, face)
    previous = tuple(dict.fromkeys(regular(m.group(1)) for m in SYMBOL.finditer(_previous(face.opening))))
    kind = _kind(symbol, previous, face, loaded)
    if kind is Kind.UPR_MATRIX:
        return _matrix(loaded, path, language, layout)
    title = _title(face, kind, loaded, layout, path)
    state = _state(symbol, previous, kind, face, title) if kind in _OF_A_STATE else None
    review = _review_session(symbol, previous, kind, face, language, path)
    council = _council_session(symbol, face, language)
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
        cycle=_cycle(state, review, council, near),
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


def cycle_of(session: int) -> int | None:
    """The cycle of a session of the Working Group: 1-12 first, 13-26 second, 27-40 third, 41-54 fourth."""
    return next((cycle for cycle, last in enumerate(_LAST_WORKING_GROUP, 1) if 0 < session <= last), None)


def _cycle(state: str | None, review: int | None, council: int | None, date: str | None) -> int | None:
    if review:
        return cycle_of(review)
    if state is None:
        return None
    if council:
        return next((cycle for cycle, last in enumerate(_LAST_COUNCIL, 1) if 6 <= council <= last), None)
    if date and date >= "2008-01":
        return next((cycle for cycle, last in enumerate(_LAST_REVIEW, 1) if date[:7] <= last), None)
    return None


def _face(layout: Layout) -> _Face:
    lines: list[str] = []
    blocks: list[str] = []
    for block in layout.blocks:
        if block.kind is not BlockKind.MASTHEAD:
            continue
        edges = [*block.breaks, block.end + 1]
        lines.extend(layout.text[a:b].strip() for a, b in pairwise(edges))
        blocks.append(layout.of(block))
    is_masthead = bool(blocks)
    start = max((b.end for b in layout.blocks if b.kind is BlockKind.MASTHEAD), default=0)
    if not is_masthead:
        shown = [block for block in layout.blocks[:12] if block.page in {None, 1}]
        blocks = [layout.of(block) for block in shown]
        lines = [part for text in blocks for part in re.split(r" \| |\n", text)]
    return _Face(tuple(lines), tuple(blocks), layout.text[start : start + 8000], is_masthead)


def _language(layout: Layout) -> Language:
    body = [
        layout.of(block)
        for block in layout.blocks
        if block.kind in {BlockKind.TEXT, BlockKind.ROW} and block.end - block.start > 60
    ]
    sample = "\n".join(body[:40])[:8000] or layout.text[:4000]
    return detect(sample)


def _previous(text: str) -> str:
    """The sentence that says under which symbol a document was issued before."""
    match = re.search(
        r"(?:previously issued|publié précédemment|publicado anteriormente|ранее (?:был )?(?:издан|выпущен)|"
        r"先前(?:以|曾)|此前以|صدرت? سابقا|سبق إصدار)[^;；؛]{0,120}",
        text,
        re.I,
    )
    return match.group(0) if match else ""


def _symbol(loaded: Loaded, face: _Face) -> str | None:
    if face.is_masthead:
        for line in face.lines:
            found = SYMBOL.search(line)
            if found and (
                found.end() - found.start() > len(line) * 0.8 or masthead.is_box(line[: found.start()])
            ):
                return regular(found.group(1))
    alone: Counter[str] = Counter()
    for text in (*(clean(line.text) for line in loaded.lines if line.page), *loaded.running):
        match = SYMBOL.search(text)
        if (
            match
            and len(text) - (match.end() - match.start()) <= 10
            and re.fullmatch(r"[\d\s]*", text[match.end() :])
        ):
            alone[regular(match.group(1))] += 1
    if alone and loaded.media in {Media.PDF, Media.DOCX}:
        symbol, count = alone.most_common(1)[0]
        if count >= max(2, min(len(loaded.pages) // 2, 6)) or symbol in map(find, loaded.running):
            return symbol
    act = _act(face)
    if act:
        return f"A/HRC/{'RES' if act[0] is Kind.RESOLUTION else 'DEC'}/{act[1]}"
    for line in face.lines[:12]:
        match = SYMBOL.fullmatch(line)
        if match and loaded.media in {Media.HTML, Media.TEXT}:
            return regular(match.group(1))
    return None


def _act(face: _Face) -> tuple[Kind, str] | None:
    """Kind and number of a resolution or decision of the Council given without its masthead ("16/21 Review of …")."""
    if face.is_masthead or not any(_COUNCIL_ACTS.match(text) for text in face.blocks[:8]):
        return None
    for text in face.blocks[:5]:
        match = _ACT.match(text)
        if match:
            number = match.group("number")
            decides = (match.group("kind") or "").lower().startswith(("dec", "déc"))
            # Decisions of a session are numbered from 101.
            return (Kind.DECISION if decides or int(number.split("/")[1]) > 100 else Kind.RESOLUTION), number
    return None


def _kind(symbol: str | None, previous: tuple[str, ...], face: _Face, loaded: Loaded) -> Kind:
    by_symbol = _kind_of_symbol(symbol or "")
    if by_symbol is not None:
        return by_symbol
    if any(_is_matrix(table.rows[:4]) for table in loaded.tables[:4]):
        return Kind.UPR_MATRIX
    told = cues()
    text = " ".join(face.blocks)
    for kind, pattern in told.titles.items():
        match = pattern.search(text)
        if match is None:
            continue
        if kind is Kind.UPR_OUTCOME and ("/Add." in (symbol or "") or told.views.search(text)):
            return Kind.UPR_ADDENDUM
        if face.is_masthead or kind not in {Kind.UN_COMPILATION, Kind.STAKEHOLDER_SUMMARY}:
            return kind
    if any(_kind_of_symbol(name) is Kind.UPR_OUTCOME for name in previous):
        return Kind.UPR_ADDENDUM if "/Add." in (symbol or "") else Kind.UPR_OUTCOME
    if not face.is_masthead and told.titles[Kind.FUND_REPORT].search(face.opening[:3000]):
        return Kind.FUND_REPORT
    return Kind.OTHER


def _kind_of_symbol(symbol: str) -> Kind | None:
    """What a symbol alone says; None where the series holds several kinds."""
    series = re.match(r"A/HRC/WG\.6/\d+/[A-Z]{3}/([1-4])(?:/|$)", symbol)
    if series:
        return _REVIEW_SERIES[int(series.group(1)) - 1]
    if re.match(r"A/HRC/WG\.6/\d+/L\.\d+", symbol):
        return Kind.UPR_OUTCOME
    if re.match(r"A/(?:HRC/)?RES/", symbol):
        return Kind.RESOLUTION
    if re.match(r"A/HRC/DEC/", symbol):
        return Kind.DECISION
    return None


def _is_matrix(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a table's head is that of OHCHR's matrices: recommendation, position, themes."""
    head = [" ".join(row).lower() for row in rows]
    return any(
        re.search(r"recommendation|recommandation|recomendaci|рекомендац|建议|توصي", text)
        and re.search(r"position|posici|позици|立场|موقف", text)
        and re.search(r"them|thèm|tem|assess|sdg|rights|droits|derechos|тем|专题|主题|موضوع|المواضيع", text)
        for text in head
    )


def _state(symbol: str | None, previous: tuple[str, ...], kind: Kind, face: _Face, title: str) -> str | None:
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


def _review_session(
    symbol: str | None, previous: tuple[str, ...], kind: Kind, face: _Face, language: Language, path: Path
) -> int | None:
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


def _session_by_the_way(face: _Face, path: Path) -> int | None:
    """The session in papers that carry no symbol: "UPR WG 48", or, last, a file named "UPR34_…"."""
    text = " ".join((*face.blocks, face.opening[:2500]))
    match = (
        cues().review_session.search(text)
        or re.search(r"\b(?:UPR[\s-]*WG|WG[\s-]*UPR|EPU|UPR)[\s-]?(\d{1,2})\b", text)
        or re.match(r"(?:upr|epu)[-_ ]?(?:wg[-_ ]?)?(\d{1,2})(?![\d])", path.stem, re.I)
    )
    return int(match.group(1)) if match and cycle_of(int(match.group(1))) else None


def _council_session(symbol: str | None, face: _Face, language: Language) -> int | None:
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


def _date(face: _Face, language: Language) -> str | None:
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


def _body(symbol: str | None, face: _Face) -> str | None:
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


def _title(face: _Face, kind: Kind, loaded: Loaded, layout: Layout, path: Path) -> str:
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
    return re.sub(r"[_\s]+", " ", path.stem).strip() or "Untitled"


def _title_parts(face: _Face) -> Iterator[str]:
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
