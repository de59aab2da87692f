"""Documents made for tests: own wording in the layout of UN documents, with offsets that hold."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.model import (
    Amount,
    Document,
    Kind,
    Language,
    Paragraph,
    Position,
    PositionStatement,
    Recommendation,
    Source,
    Tags,
)


@dataclass(frozen=True)
class Rec:
    """A recommendation in short: number, text, recommending States, position."""

    number: str
    text: str
    by: tuple[str, ...] = ("NOR",)
    position: Position = Position.SUPPORTED
    tags: Tags | None = None


def document(
    symbol: str | None = "A/HRC/90/1",
    paragraphs: Sequence[tuple[str | None, str]] = (("1", "The delegation presented its report."),),
    *,
    key: str | None = None,
    title: str = "Report of the Working Group",
    kind: Kind = Kind.UPR_OUTCOME,
    language: Language = Language.ENGLISH,
    state: str | None = "SVN",
    cycle: int | None = 3,
    date: str | None = "2020-01-10",
    session: str | None = "34",
    recs: Sequence[Rec] = (),
    said: Sequence[tuple[str, Position]] = (),
    amounts: Sequence[tuple[str, str, int]] = (),
    digest: bool = False,
    source: str = "report.pdf",
    heading: tuple[str, ...] = ("I. Summary",),
    url: str | None = None,
) -> Document:
    """A document whose text is its title and its paragraphs; recommendations are paragraphs of their own."""
    key = key or symbol or "untitled"
    text = title
    placed: list[Paragraph] = []
    for number, words in [*paragraphs, *((rec.number, rec.text) for rec in recs)]:
        start = len(text) + 2
        text += f"\n\n{words}"
        placed.append(Paragraph(number, words, start, len(text), 1 + len(placed) // 10, heading))
    own = placed[len(paragraphs) :]
    claims = tuple(
        Recommendation(
            document=key,
            number=rec.number,
            text=rec.text,
            state=state,
            recommenders=rec.by,
            position=rec.position,
            position_source=Source(key, symbol, rec.number.split(".")[0], place.page),
            cycle=cycle,
            session=session,
            page=place.page,
            paragraph=rec.number,
            start=place.start,
            end=place.end,
            history=(PositionStatement(rec.number, rec.position, Source(key, symbol), date=date),),
            tags=rec.tags,
        )
        for rec, place in zip(recs, own, strict=True)
    )
    return Document(
        key=key,
        symbol=symbol,
        title=title,
        kind=kind,
        language=language,
        text=text,
        sha256=hashlib.sha256(f"{symbol}{language}{text}{said}".encode()).hexdigest(),
        source=source,
        body="HRC",
        date=date,
        session=session,
        state=state,
        cycle=cycle,
        pages=1 + len(placed) // 10,
        url=url,
        digest=digest,
        paragraphs=tuple(placed),
        recommendations=claims,
        positions=tuple(
            PositionStatement(number, position, Source(key, symbol, "5", 2), date=date)
            for number, position in said
        ),
        amounts=tuple(
            Amount(table, row, "2018", Decimal(value), "USD", paragraph=table)
            for table, row, value in amounts
        ),
    )


def many(states: Sequence[str], count: int, *, cycle: int = 3, first: int = 1) -> list[Document]:
    """An outcome report a State, each with `count` different recommendations of own wording."""
    verbs = ("Ratify", "Strengthen", "Adopt", "Continue", "Consider")
    matters = (
        "juvenile justice",
        "access to water",
        "the rights of women",
        "prison conditions",
        "rural schools",
    )
    return [
        document(
            f"A/HRC/91/{n}",
            [("1", f"The delegation of {state} spoke of {matters[n % 5]} in its country.")],
            state=state,
            cycle=cycle,
            title=f"Report of the Working Group: {state}",
            recs=[
                Rec(
                    f"6.{i}",
                    f"{verbs[i % 5]} measures {i} on {matters[(i // 5) % 5]} in {state}",
                    ("NOR", "FRA"),
                )
                for i in range(1, count + 1)
            ],
            source=f"{state}.pdf",
        )
        for n, state in enumerate(states, first)
    ]


def in_language(one: Document, language: Language) -> Document:
    """The same document as another language's file."""
    return replace(
        one, language=language, sha256=hashlib.sha256(f"{one.sha256}{language}".encode()).hexdigest()
    )
