"""The JSON records of the command line and the HTTP API: one shape each, used by both."""

from __future__ import annotations

import re
from typing import Any

from corpus import states
from corpus.model import Amount, Document, Paragraph, Recommendation, Source, Tags
from index.catalogue import DocumentRef
from index.search import Hit

Record = dict[str, Any]

_CLOSING_ASIDE = re.compile(r"\s*\(([^()]*)\)[\s.;]*$")


def closing_states(text: str) -> int | None:
    """Where the aside "(State; State)" that closes a recommendation's text begins; None where it has none."""
    found = _CLOSING_ASIDE.search(text)
    return found.start() if found and states.find(found[1]) else None


def _source(source: Source | None) -> Record | None:
    if source is None:
        return None
    return {
        "key": source.document,
        "symbol": source.symbol,
        "paragraph": source.paragraph,
        "page": source.page,
    }


def _paragraph(paragraph: Paragraph) -> Record:
    return {
        "number": paragraph.number,
        "page": paragraph.page,
        "heading": list(paragraph.heading),
        "text": paragraph.text,
    }


def _read_recommendation(rec: Recommendation) -> Record:
    return {
        "number": rec.number,
        "text": rec.text,
        "state": rec.state,
        "recommenders": list(rec.recommenders),
        "position": rec.position.value,
        "implemented": rec.implemented,
        "position_source": _source(rec.position_source),
        "page": rec.page,
    }


def _amount(amount: Amount) -> Record:
    return {
        "table": amount.table,
        "row": amount.row,
        "period": amount.period,
        "value": int(amount.value)
        if amount.value == amount.value.to_integral_value()
        else float(amount.value),
        "currency": amount.currency,
        "state": amount.state,
    }


def parsed(document: Document) -> Record:
    """The record of `upr parse`.

    An addendum's positions on recommendations that another document lists are given as recommendations
    without text, so that the numbers and positions it states can be read.
    """
    listed = {rec.number for rec in document.recommendations}
    stated: list[Record] = [
        {
            "number": said.number,
            "text": "",
            "state": document.state,
            "recommenders": [],
            "position": said.position.value,
            "implemented": said.implemented,
            "position_source": _source(said.source),
            "page": said.source.page,
        }
        for said in document.positions
        if said.number not in listed
    ]
    return {
        "document": {
            "key": document.key,
            "symbol": document.symbol,
            "title": document.title,
            "kind": document.kind.value,
            "date": document.date,
            "session": document.session,
            "language": document.language.value,
            "state": document.state,
            "cycle": document.cycle,
            "pages": document.pages,
        },
        "paragraphs": [_paragraph(p) for p in document.paragraphs],
        "recommendations": [_read_recommendation(r) for r in document.recommendations] + stated,
        "amounts": [_amount(a) for a in document.amounts],
        "problems": list(document.problems),
    }


def hit(found: Hit) -> Record:
    """One hit of `upr search`."""
    return {
        "key": found.key,
        "symbol": found.symbol,
        "paragraph": found.paragraph,
        "page": found.page,
        "kind": str(found.kind),
        "state": found.state,
        "language": str(found.language),
        "score": round(found.score, 4),
        "text": found.text,
        "number": found.number,
        "digest": found.digest,
        "url": found.url,
    }


def recommendation(rec: Recommendation, symbol: str | None = None) -> Record:
    """One row of `upr recs`."""
    found = rec.tags or Tags()
    return {
        "key": rec.document,
        "symbol": symbol,
        "number": rec.number,
        "text": rec.text,
        "state": rec.state,
        "cycle": rec.cycle,
        "position": rec.position.value,
        "implemented": rec.implemented,
        "recommenders": list(rec.recommenders),
        "themes": [tag.name for tag in found.themes],
        "groups": [tag.name for tag in found.groups],
        "sdgs": sorted({link.target or str(link.goal) for link in found.sdgs}, key=_sdg_order),
        "action": found.action,
        "agencies": [tag.name for tag in found.agencies],
        "instruments": [tag.name for tag in found.instruments],
        "page": rec.page,
    }


def _sdg_order(label: str) -> tuple[int, str]:
    goal, _, target = label.partition(".")
    return int(goal), target.zfill(2)


def recommendation_in_full(rec: Recommendation, symbol: str | None = None) -> Record:
    """A recommendation's own page: the row, its history with sources, its tags with reasons."""
    return recommendation(rec, symbol) | {
        "position_source": _source(rec.position_source),
        "history": [
            {
                "position": said.position.value,
                "implemented": said.implemented,
                "date": said.date,
                "source": _source(said.source),
            }
            for said in rec.history
        ],
        "conflicts": list(rec.conflicts),
        "tags": tags(rec.tags or Tags()),
    }


def tags(found: Tags) -> Record:
    """The record of `upr tag`."""
    return {
        "themes": [{"name": t.name, "score": round(t.score, 3), "why": t.why} for t in found.themes],
        "sdgs": [
            {"goal": s.goal, "target": s.target, "score": round(s.score, 3), "why": s.why} for s in found.sdgs
        ],
        "groups": [t.name for t in found.groups],
        "action": {"category": found.action, "score": round(found.action_score, 3)},
        "agencies": [t.name for t in found.agencies],
        "instruments": [t.name for t in found.instruments],
    }


def document_row(one: DocumentRef) -> Record:
    """One row of `GET /api/documents`."""
    return {
        "key": one.key,
        "symbol": one.symbol,
        "title": one.title,
        "kind": str(one.kind),
        "language": str(one.language),
        "date": one.date,
        "session": one.session,
        "state": one.state,
        "cycle": one.cycle,
        "pages": one.pages,
        "url": one.url,
        "digest": one.digest,
        "paragraphs": one.paragraphs,
        "recommendations": one.recommendations,
    }
