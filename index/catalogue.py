"""Exact reads of the catalogue: documents, paragraphs, amounts, and verified citations."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine, RowMapping, func, select

from corpus.model import Citation, Document, Paragraph, Recommendation
from index import records, texts
from index.errors import BadCitation, NotStored
from index.records import DocumentRef, ReviewRef, StoredAmount
from index.schema import Status, amounts, claims, documents, meta, paragraphs, recommendations

__all__ = ["Catalogue", "DocumentRef"]


class Catalogue:
    """What is visible in one home. Every method reads one consistent state."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._refs: tuple[int, dict[str, DocumentRef]] = (-1, {})
        self._reviews: tuple[int, tuple[ReviewRef, ...]] = (-1, ())
        self._lock = threading.Lock()

    def generation(self, connection: Connection) -> int:
        """A number that changes whenever what is visible does."""
        return int(connection.scalar(select(meta.c.value).where(meta.c.name == "generation")) or 0)

    def refs(self) -> dict[str, DocumentRef]:
        """Every visible document by key, in order of keys."""
        with self._engine.connect() as connection:
            generation = self.generation(connection)
            with self._lock:
                if self._refs[0] == generation:
                    return self._refs[1]
            query = (
                select(documents).where(documents.c.status == Status.VISIBLE.value).order_by(documents.c.key)
            )
            found = {row["key"]: records.document_ref(row) for row in connection.execute(query).mappings()}
        with self._lock:
            self._refs = (generation, found)
        return found

    def reviews(self) -> tuple[ReviewRef, ...]:
        """Every review that has recommendations, once for each document they stand in, by State and cycle.

        One export holds the recommendations of many reviews, which its own row does not name.
        """
        table = recommendations.c
        with self._engine.connect() as connection:
            generation = self.generation(connection)
            with self._lock:
                if self._reviews[0] == generation:
                    return self._reviews[1]
            query = (
                select(
                    table.state, table.cycle, documents.c.key, func.min(table.session), func.min(table.year)
                )
                .join(documents, documents.c.id == table.document_id)
                .where(table.state.is_not(None), table.cycle.is_not(None))
                .group_by(table.state, table.cycle, documents.c.key)
                .order_by(table.state, table.cycle, documents.c.key)
            )
            found = tuple(ReviewRef(*row) for row in connection.execute(query))
        with self._lock:
            self._reviews = (generation, found)
        return found

    def document(self, key: str) -> Document:
        """A document's text and what is known of it, its paragraphs included. Raises NotStored."""
        with self._engine.connect() as connection:
            row = self._row(connection, key)
            return records.document(
                row, texts.whole(connection, row["id"]), self._paragraphs(connection, row["id"])
            )

    def paragraphs(self, key: str) -> list[Paragraph]:
        """The paragraphs of a document in its order. Raises NotStored."""
        with self._engine.connect() as connection:
            return self._paragraphs(connection, self._row(connection, key)["id"])

    def paragraph(self, key: str, number: str) -> Paragraph:
        """The paragraph of that printed number; the first, where a number stands twice. Raises NotStored."""
        with self._engine.connect() as connection:
            row = self._row(connection, key)
            query = (
                select(paragraphs)
                .where(paragraphs.c.document_id == row["id"], paragraphs.c.number == number)
                .order_by(paragraphs.c.ordinal)
            )
            found = connection.execute(query).mappings().first()
        if found is None:
            raise NotStored(f"{key} has no paragraph {number!r}.", "Look at the list of its paragraphs.")
        return records.paragraph(found)

    def claims(self, key: str) -> list[Recommendation]:
        """What one document says of recommendations, unmerged. Raises NotStored."""
        with self._engine.connect() as connection:
            row = self._row(connection, key)
            query = select(claims).where(claims.c.document_id == row["id"]).order_by(claims.c.ordinal)
            return [
                records.recommendation(claim, key, records.tags(claim["tags"]))
                for claim in connection.execute(query).mappings()
            ]

    def amounts(self, key: str | None = None) -> list[StoredAmount]:
        """Amounts of one document, or of all visible ones, in the documents' order. Raises NotStored."""
        query = (
            select(amounts, documents.c.key, documents.c.symbol)
            .join(documents, documents.c.id == amounts.c.document_id)
            .where(documents.c.status == Status.VISIBLE.value)
            .order_by(documents.c.key, amounts.c.ordinal)
        )
        with self._engine.connect() as connection:
            if key is not None:
                query = query.where(documents.c.id == self._row(connection, key)["id"])
            return [records.amount(row) for row in connection.execute(query).mappings()]

    def words(self, key: str, start: int, end: int) -> str:
        """`text[start:end]` of a visible document. Raises NotStored."""
        with self._engine.connect() as connection:
            return texts.part(connection, self._row(connection, key)["id"], start, end)

    def citation(self, key: str, start: int, end: int) -> Citation:
        """The words at these offsets with the paragraph and page they stand in.

        Raises NotStored for an unknown key and BadCitation for a span that does not lie in the text.
        """
        with self._engine.connect() as connection:
            row = self._row(connection, key)
            quote = texts.part(connection, row["id"], start, end)
            if not quote or len(quote) != end - start:
                raise BadCitation(
                    f"{key} has no text at {start}-{end} (its length is {row['length']}).",
                    "Read the document again.",
                )
            place = self._place(connection, row["id"], start)
        return Citation(
            document=key,
            symbol=row["symbol"],
            paragraph=place["number"] if place else None,
            page=place["page"] if place else None,
            quote=quote,
            start=start,
            end=end,
            url=row["url"],
            digest=row["digest"],
        )

    def counts(self) -> dict[str, int]:
        """How much is visible: documents, paragraphs, recommendations."""
        visible = documents.c.status == Status.VISIBLE.value
        with self._engine.connect() as connection:
            found = connection.execute(
                select(func.count(), func.coalesce(func.sum(documents.c.paragraphs), 0)).where(visible)
            ).one()
            merged = connection.scalar(select(func.count()).select_from(recommendations))
        return {"documents": found[0], "paragraphs": int(found[1]), "recommendations": merged or 0}

    def is_empty(self) -> bool:
        """Whether nothing was ever added."""
        with self._engine.connect() as connection:
            return connection.scalar(select(documents.c.id).limit(1)) is None

    def id_of(self, key: str) -> int:
        """The row of a visible document. Raises NotStored."""
        with self._engine.connect() as connection:
            return int(self._row(connection, key)["id"])

    def _row(self, connection: Connection, key: str) -> RowMapping:
        query = select(documents).where(documents.c.key == key, documents.c.status == Status.VISIBLE.value)
        row = connection.execute(query).mappings().first()
        if row is None:
            raise NotStored(
                f"No document {key!r} is stored.", "See the list of documents, or add it: upr add FILE."
            )
        return row

    def _paragraphs(self, connection: Connection, document_id: int) -> list[Paragraph]:
        query = (
            select(paragraphs).where(paragraphs.c.document_id == document_id).order_by(paragraphs.c.ordinal)
        )
        return [records.paragraph(row) for row in connection.execute(query).mappings()]

    def _place(self, connection: Connection, document_id: int, start: int) -> RowMapping | None:
        """The paragraph, or else the recommendation, that an offset lies in."""
        for table, number in ((paragraphs, paragraphs.c.number), (claims, claims.c.paragraph)):
            query = (
                select(number.label("number"), table.c.page)
                .where(table.c.document_id == document_id, table.c.start <= start, table.c.end > start)
                .order_by(table.c.end - table.c.start)
                .limit(1)
            )
            if (found := connection.execute(query).mappings().first()) is not None:
                return found
        return None
