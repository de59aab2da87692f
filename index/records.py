"""Values of the data model to rows of the catalogue, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from corpus.model import (
    Amount,
    Document,
    Kind,
    Language,
    Paragraph,
    Position,
    PositionStatement,
    Recommendation,
    SdgLink,
    Source,
    Tag,
    Tags,
)

Row = RowMapping | Mapping[str, Any]
Json = dict[str, Any]

_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A stored document without its text. `paragraphs` and `recommendations` are counts."""

    key: str
    symbol: str | None
    title: str
    kind: Kind
    language: Language
    body: str | None = None
    date: str | None = None
    session: str | None = None
    state: str | None = None
    cycle: int | None = None
    pages: int | None = None
    sha256: str = ""
    source: str = ""
    url: str | None = None
    digest: bool = False
    problems: tuple[str, ...] = field(default=())
    paragraphs: int = 0
    recommendations: int = 0


@dataclass(frozen=True, slots=True)
class ReviewRef:
    """A review of which recommendations are stored, and a document that they stand in."""

    state: str
    cycle: int
    key: str
    session: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class StoredAmount(Amount):
    """An amount with the document it stands in."""

    key: str = ""
    symbol: str | None = None


def natural(number: str) -> str:
    """A key by which numbers sort as people count: "118.2" before "118.10", "15 (a)" before "15 (b)"."""
    return _DIGITS.sub(lambda found: found.group().zfill(6), number)


def review_of(state: str | None, cycle: int | None, document_id: int) -> str:
    """The review that a claim belongs to; one that names no State belongs to its document alone."""
    return f"{state}/{cycle or 0}" if state else f"/{document_id}"


def document_row(document: Document, key: str) -> Json:
    """The row of `documents`; ids and status are the caller's."""
    return {
        "key": key,
        "symbol": document.symbol,
        "title": document.title,
        "kind": document.kind.value,
        "body": document.body,
        "date": document.date,
        "session": document.session,
        "language": document.language.value,
        "state": document.state,
        "cycle": document.cycle,
        "pages": document.pages,
        "sha256": document.sha256,
        "source": document.source,
        "url": document.url,
        "digest": document.digest,
        "problems": list(document.problems),
        "length": len(document.text),
        "paragraphs": len(document.paragraphs),
        "recommendations": len(document.recommendations),
    }


def document_ref(row: Row) -> DocumentRef:
    """A row of `documents` as a value."""
    return DocumentRef(
        key=row["key"],
        symbol=row["symbol"],
        title=row["title"],
        kind=Kind(row["kind"]),
        language=Language(row["language"]),
        body=row["body"],
        date=row["date"],
        session=row["session"],
        state=row["state"],
        cycle=row["cycle"],
        pages=row["pages"],
        sha256=row["sha256"],
        source=row["source"],
        url=row["url"],
        digest=row["digest"],
        problems=tuple(row["problems"]),
        paragraphs=row["paragraphs"],
        recommendations=row["recommendations"],
    )


def document(row: Row, text: str, paragraphs: Sequence[Paragraph] = ()) -> Document:
    """A stored document: its text and what is known of it."""
    return Document(
        key=row["key"],
        symbol=row["symbol"],
        title=row["title"],
        kind=Kind(row["kind"]),
        language=Language(row["language"]),
        text=text,
        sha256=row["sha256"],
        source=row["source"],
        body=row["body"],
        date=row["date"],
        session=row["session"],
        state=row["state"],
        cycle=row["cycle"],
        pages=row["pages"],
        url=row["url"],
        digest=row["digest"],
        paragraphs=tuple(paragraphs),
        problems=tuple(row["problems"]),
    )


def paragraph_row(paragraph: Paragraph) -> Json:
    """The row of `paragraphs`."""
    return {
        "number": paragraph.number,
        "heading": list(paragraph.heading),
        "page": paragraph.page,
        "text": paragraph.text,
        "start": paragraph.start,
        "end": paragraph.end,
    }


def paragraph(row: Row) -> Paragraph:
    """A row of `paragraphs` as a value."""
    return Paragraph(
        number=row["number"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        heading=tuple(row["heading"]),
    )


def source_json(source: Source | None) -> Json | None:
    """A source as JSON."""
    if source is None:
        return None
    return {
        "document": source.document,
        "symbol": source.symbol,
        "paragraph": source.paragraph,
        "page": source.page,
    }


def source(value: Json | None) -> Source | None:
    """A source from JSON."""
    return None if value is None else Source(**value)


def statement_json(statement: PositionStatement) -> Json:
    """A statement on a position as JSON; also the row of `positions`."""
    return {
        "number": statement.number,
        "position": statement.position.value,
        "source": source_json(statement.source),
        "implemented": statement.implemented,
        "date": statement.date,
    }


def statement(row: Row) -> PositionStatement:
    """A statement on a position from JSON or a row."""
    return PositionStatement(
        number=row["number"],
        position=Position(row["position"]),
        source=Source(**row["source"]),
        implemented=row["implemented"],
        date=row["date"],
    )


def recommendation_row(rec: Recommendation) -> Json:
    """What a claim and a merged recommendation have in common."""
    return {
        "number": rec.number,
        "text": rec.text,
        "state": rec.state,
        "cycle": rec.cycle,
        "session": rec.session,
        "recommenders": list(rec.recommenders),
        "position": rec.position.value,
        "implemented": rec.implemented,
        "position_source": source_json(rec.position_source),
        "page": rec.page,
        "paragraph": rec.paragraph,
        "start": rec.start,
        "end": rec.end,
        "unresolved": list(rec.unresolved),
        "history": [statement_json(said) for said in rec.history],
        "conflicts": list(rec.conflicts),
    }


def recommendation(row: Row, key: str, tags: Tags | None) -> Recommendation:
    """A claim or a merged recommendation from its row, its document's key and its tags."""
    return Recommendation(
        document=key,
        number=row["number"],
        text=row["text"],
        state=row["state"],
        recommenders=tuple(row["recommenders"]),
        position=Position(row["position"]),
        implemented=row["implemented"],
        position_source=source(row["position_source"]),
        cycle=row["cycle"],
        session=row["session"],
        page=row["page"],
        paragraph=row["paragraph"],
        start=row["start"],
        end=row["end"],
        unresolved=tuple(row["unresolved"]),
        history=tuple(statement(said) for said in row["history"]),
        conflicts=tuple(row["conflicts"]),
        tags=tags,
    )


def tags_json(tags: Tags) -> Json:
    """Tags as JSON."""
    return {
        "themes": [[t.name, t.score, t.why] for t in tags.themes],
        "groups": [[t.name, t.score, t.why] for t in tags.groups],
        "sdgs": [[s.goal, s.target, s.score, s.why] for s in tags.sdgs],
        "action": tags.action,
        "action_score": tags.action_score,
        "agencies": [[t.name, t.score, t.why] for t in tags.agencies],
        "instruments": [[t.name, t.score, t.why] for t in tags.instruments],
        "origin": tags.origin,
    }


def tags(value: Json | None) -> Tags | None:
    """Tags from JSON."""
    if value is None:
        return None
    return Tags(
        themes=tuple(Tag(*t) for t in value["themes"]),
        groups=tuple(Tag(*t) for t in value["groups"]),
        sdgs=tuple(SdgLink(*s) for s in value["sdgs"]),
        action=value["action"],
        action_score=value["action_score"],
        agencies=tuple(Tag(*t) for t in value["agencies"]),
        instruments=tuple(Tag(*t) for t in value["instruments"]),
        origin=value["origin"],
    )


def amount_row(amount: Amount) -> Json:
    """The row of `amounts`; the value keeps its exact decimal form."""
    return {
        "table": amount.table,
        "row": amount.row,
        "period": amount.period,
        "value": str(amount.value),
        "currency": amount.currency,
        "state": amount.state,
        "paragraph": amount.paragraph,
        "page": amount.page,
        "start": amount.start,
        "end": amount.end,
        "is_total": amount.is_total,
        "unpaid": amount.unpaid,
    }


def amount(row: Row) -> StoredAmount:
    """An amount from its row, which also names the document."""
    return StoredAmount(
        table=row["table"],
        row=row["row"],
        period=row["period"],
        value=Decimal(row["value"]),
        currency=row["currency"],
        state=row["state"],
        paragraph=row["paragraph"],
        page=row["page"],
        start=row["start"],
        end=row["end"],
        is_total=row["is_total"],
        unpaid=row["unpaid"],
        key=row["key"],
        symbol=row["symbol"],
    )


def year_of(date: str | None) -> int | None:
    """The year in a date, in whatever form it is printed."""
    found = _YEAR.search(date or "")
    return int(found.group()) if found else None
