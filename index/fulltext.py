"""The full-text tables: tokens of our own analyser, beside them the words of what a text is about.

A passage's context is its headings, its document's title and the names of the State; a recommendation's is
the names of the State under review and of the recommending States. They weigh less than the text's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from corpus.model import Language
from index.schema import FULL_TEXT, Scope, documents, paragraphs, passages, recommendations
from index.seams import Parts

_MANY = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit's tokens and those of its context."""

    unit: int
    tokens: list[str]
    context: list[str]


def passage(
    parts: Parts, unit: int, text: str, heading: Sequence[str], language: Language, about: list[str]
) -> Entry:
    """The entry of a passage; `about` are the tokens that all passages of a document share."""
    words = parts.analyser.tokens
    return Entry(unit, words(text, language), [*words(" ".join(heading), language), *about])


def about_document(parts: Parts, title: str, state: str | None, language: Language) -> list[str]:
    """What all passages of a document share: its title and the names of its State."""
    return [*parts.analyser.tokens(title, language), *parts.state_words(state)]


def recommendation(
    parts: Parts, unit: int, text: str, state: str | None, recommenders: Sequence[str], language: Language
) -> Entry:
    """The entry of a recommendation."""
    return Entry(unit, parts.analyser.tokens(text, language), parts.state_words(state, *recommenders))


def add(connection: Connection, scope: Scope, entries: Iterable[Entry]) -> None:
    """Write entries."""
    rows = [(one.unit, " ".join(one.tokens), " ".join(one.context)) for one in entries]
    if rows:
        connection.exec_driver_sql(
            f"INSERT INTO {FULL_TEXT[scope]} (rowid, tokens, context) VALUES (?, ?, ?)", rows
        )


def remove(connection: Connection, scope: Scope, units: Sequence[int]) -> None:
    """Take units out."""
    if units:
        connection.exec_driver_sql(
            f"DELETE FROM {FULL_TEXT[scope]} WHERE rowid = ?", [(one,) for one in units]
        )


def difference(connection: Connection, scope: Scope) -> tuple[set[int], set[int]]:
    """(units that are missing from the full text, entries that belong to no unit)."""
    table = passages if scope is Scope.PARAGRAPHS else recommendations
    own = set(connection.scalars(select(table.c.id)))
    indexed = {row[0] for row in connection.exec_driver_sql(f"SELECT id FROM {FULL_TEXT[scope]}_docsize")}
    return own - indexed, indexed - own


def mend(connection: Connection, parts: Parts) -> int:
    """Make the full text agree with the rows; gives how many entries were wrong."""
    wrong = 0
    for scope in Scope:
        missing, extra = difference(connection, scope)
        remove(connection, scope, sorted(extra))
        ordered = sorted(missing)
        for start in range(0, len(ordered), _MANY):
            add(connection, scope, _made(connection, parts, scope, ordered[start : start + _MANY]))
        wrong += len(missing) + len(extra)
    return wrong


def _made(connection: Connection, parts: Parts, scope: Scope, units: Sequence[int]) -> list[Entry]:
    if scope is Scope.RECOMMENDATIONS:
        table = recommendations.c
        query = select(table.id, table.text, table.state, table.recommenders, documents.c.language)
        query = query.join(documents, documents.c.id == table.document_id).where(table.id.in_(units))
        return [
            recommendation(parts, r.id, r.text, r.state, r.recommenders, Language(r.language))
            for r in connection.execute(query)
        ]
    same = (paragraphs.c.document_id == passages.c.document_id) & (paragraphs.c.ordinal == passages.c.ordinal)
    rows = connection.execute(
        select(
            passages.c.id,
            passages.c.start,
            passages.c.end,
            paragraphs.c.start.label("first"),
            paragraphs.c.text,
            paragraphs.c.heading,
            documents.c.title,
            documents.c.state,
            documents.c.language,
        )
        .join(paragraphs, same)
        .join(documents, documents.c.id == passages.c.document_id)
        .where(passages.c.id.in_(units))
    )
    found = []
    for r in rows:
        language = Language(r.language)
        about = about_document(parts, r.title, r.state, language)
        found.append(
            passage(parts, r.id, r.text[r.start - r.first : r.end - r.first], r.heading, language, about)
        )
    return found
