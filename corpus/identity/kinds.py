"""The symbol of a document, and the kind that symbol, title or tables tell."""

from __future__ import annotations

import re
from collections import Counter

from corpus.clean import clean
from corpus.identity.cues import cues
from corpus.identity.face import Face
from corpus.identity.symbols import SYMBOL, find, regular
from corpus.layout import masthead
from corpus.load.model import Loaded, Media
from corpus.model import Kind

_REVIEW_SERIES = (Kind.NATIONAL_REPORT, Kind.UN_COMPILATION, Kind.STAKEHOLDER_SUMMARY, Kind.UPR_OUTCOME)


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


def issued_before(text: str) -> str:
    """The sentence that says under which symbol a document was issued before."""
    match = re.search(
        r"(?:previously issued|publié précédemment|publicado anteriormente|ранее (?:был )?(?:издан|выпущен)|"
        r"先前(?:以|曾)|此前以|صدرت? سابقا|سبق إصدار)[^;；؛]{0,120}",
        text,
        re.I,
    )
    return match.group(0) if match else ""


def symbol_of(loaded: Loaded, face: Face) -> str | None:
    """The document's own symbol: from the masthead, the running heads, or the act's number; None where it has none."""
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


def _act(face: Face) -> tuple[Kind, str] | None:
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


def kind_of(symbol: str | None, previous: tuple[str, ...], face: Face, loaded: Loaded) -> Kind:
    """The kind that the symbol tells, else the head of a table, the title, or the symbols before."""
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
