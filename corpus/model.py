"""The data model: what a UN document says, as immutable values.

Offsets (`start`, `end`) always index the document's normalised text, so that
`document.text[paragraph.start:paragraph.end] == paragraph.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What sort of document it is; `other` is anything that is stored and searchable but not parsed further."""

    UPR_OUTCOME = "upr_outcome"
    UPR_ADDENDUM = "upr_addendum"
    UPR_MATRIX = "upr_matrix"
    NATIONAL_REPORT = "national_report"
    UN_COMPILATION = "un_compilation"
    STAKEHOLDER_SUMMARY = "stakeholder_summary"
    RESOLUTION = "resolution"
    DECISION = "decision"
    FUND_REPORT = "fund_report"
    SESSION_REPORT = "session_report"
    OTHER = "other"


class Position(StrEnum):
    """The position of the State under review on a recommendation (Council resolution 5/1, annex, para. 32)."""

    SUPPORTED = "supported"
    NOTED = "noted"
    PARTIALLY_SUPPORTED = "partially_supported"
    PENDING = "pending"


class Language(StrEnum):
    """The six official languages of the United Nations (ISO 639-1)."""

    ENGLISH = "en"
    FRENCH = "fr"
    SPANISH = "es"
    ARABIC = "ar"
    RUSSIAN = "ru"
    CHINESE = "zh"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The unit of retrieval and citation.

    `number` is as printed ("15", "15 (a)", "118.4", "Annex I, 3", "Table 2"); unnumbered text gets None.
    `heading` is the path of headings above it, outermost first.
    """

    number: str | None
    text: str
    start: int
    end: int
    page: int | None = None
    heading: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read."""

    document: str
    symbol: str | None = None
    paragraph: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PositionStatement:
    """One document's word on the position of one recommendation; a history is a tuple of them, oldest first."""

    number: str
    position: Position
    source: Source
    implemented: bool = False
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of a taxonomy with its score in [0, 1] and the reason in words."""

    name: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class SdgLink:
    """A link to a goal (1-17) and, where the text carries it, a target ("16.3")."""

    goal: int
    target: str | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Tags:
    """What a recommendation is about. `action` is UPR Info's category 1 (minimal) to 5 (specific).

    `origin` says who tagged: "tagger:<version>", or the key of a document (an OHCHR matrix).
    """

    themes: tuple[Tag, ...] = ()
    groups: tuple[Tag, ...] = ()
    sdgs: tuple[SdgLink, ...] = ()
    action: int | None = None
    action_score: float = 0.0
    agencies: tuple[Tag, ...] = ()
    instruments: tuple[Tag, ...] = ()
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as one document gives it, or, once merged, as all documents together give it.

    `recommenders` are alpha-3 codes in the printed order; a name that no State answers to is kept in
    `unresolved`. `start`/`end` locate `text` in the document named by `document`.
    `history` holds every statement on the position, oldest first; `position` is the last of them.
    `conflicts` names, in words, what documents contradict each other on.
    """

    document: str
    number: str
    text: str
    state: str | None
    recommenders: tuple[str, ...] = ()
    position: Position = Position.PENDING
    implemented: bool = False
    position_source: Source | None = None
    cycle: int | None = None
    session: str | None = None
    page: int | None = None
    paragraph: str | None = None
    start: int = 0
    end: int = 0
    unresolved: tuple[str, ...] = ()
    history: tuple[PositionStatement, ...] = ()
    conflicts: tuple[str, ...] = ()
    tags: Tags | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """One cell of a table of money. `paragraph` is the table's paragraph number ("Table 1")."""

    table: str
    row: str
    period: str | None
    value: Decimal
    currency: str
    state: str | None = None
    paragraph: str | None = None
    page: int | None = None
    start: int = 0
    end: int = 0
    is_total: bool = False
    unpaid: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document and everything read from it.

    `key` is its symbol, or a slug where it has none. `text` is the normalised text that all offsets index.
    `digest` marks the project's own summary of a document. `problems` says, in words for the user, what
    could not be read (a table left aside, numbers announced but not found).
    """

    key: str
    symbol: str | None
    title: str
    kind: Kind
    language: Language
    text: str
    sha256: str
    source: str
    body: str | None = None
    date: str | None = None
    session: str | None = None
    state: str | None = None
    cycle: int | None = None
    pages: int | None = None
    url: str | None = None
    digest: bool = False
    paragraphs: tuple[Paragraph, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    positions: tuple[PositionStatement, ...] = ()
    amounts: tuple[Amount, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands; `quote == text[start:end]` of the stored document, always."""

    document: str
    symbol: str | None
    paragraph: str | None
    page: int | None
    quote: str
    start: int
    end: int
    url: str | None = None
    digest: bool = False
