"""The catalogue's tables (SQLAlchemy Core) and the names of its full-text tables; `index.connection` opens it.

The catalogue is the truth: every text, row and vector is in it. Chroma holds a second copy of the
vectors for fast nearest neighbours, and can be rebuilt from here at any time.

A document goes through three states: `staged` (rows and vectors are written, Chroma is not sure to
hold them yet; nobody sees it), `visible`, and `retired` (a digest whose full text was added).
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 1
TEXT_CHUNK = 32_768  # characters; a slice of a long document touches one or two rows


class Status(StrEnum):
    """Where a document is between being read and being seen."""

    STAGED = "staged"
    VISIBLE = "visible"
    RETIRED = "retired"


class Scope(StrEnum):
    """The two kinds of things that are searched, each with its own vectors and full text."""

    PARAGRAPHS = "paragraphs"
    RECOMMENDATIONS = "recommendations"


metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", String, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("symbol", String),
    Column("title", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("body", String),
    Column("date", String),
    Column("session", String),
    Column("language", String, nullable=False),
    Column("state", String),
    Column("cycle", Integer),
    Column("pages", Integer),
    Column("sha256", String, nullable=False),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("digest", Boolean, nullable=False, default=False),
    Column("problems", JSON, nullable=False, default=list),
    Column("length", Integer, nullable=False, default=0),
    Column("paragraphs", Integer, nullable=False, default=0),
    Column("recommendations", Integer, nullable=False, default=0),
    Column("status", String, nullable=False, default=Status.STAGED.value),
    Index("documents_symbol", "symbol"),
    Index("documents_sha256", "sha256"),
    sqlite_autoincrement=True,
)
Index(
    "documents_visible_key",
    documents.c.key,
    unique=True,
    sqlite_where=documents.c.status == Status.VISIBLE.value,
    postgresql_where=documents.c.status == Status.VISIBLE.value,
)

# Files that were replaced by a newer file of the same document: adding their folder again changes nothing.
superseded = Table(
    "superseded",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("key", String, nullable=False),
)


def _document_id() -> Column[int]:
    return Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)


def _ordinal() -> Column[int]:
    return Column("ordinal", Integer, primary_key=True, autoincrement=False)


texts = Table(
    "texts",
    metadata,
    _document_id(),
    _ordinal(),
    Column("text", Text, nullable=False),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    _document_id(),
    _ordinal(),
    Column("number", String),
    Column("heading", JSON, nullable=False),
    Column("page", Integer),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Index("paragraphs_number", "document_id", "number"),
)

# What identical texts share: the vector, and for recommendations the tagger's labels. Never a source.
vectors = Table(
    "vectors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String, nullable=False),
    Column("hash", LargeBinary(16), nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("model", String, nullable=False),
    Column("tagged_by", String),
    Column("tags", JSON),
    Index("vectors_hash", "scope", "hash", unique=True),
    sqlite_autoincrement=True,
)

# The unit of retrieval: a paragraph, or a span of an over-long one.
passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("vector_id", Integer, ForeignKey("vectors.id"), nullable=False),
    Index("passages_document", "document_id"),
    Index("passages_vector", "vector_id"),
    sqlite_autoincrement=True,
)

# What one document says of a recommendation.
claims = Table(
    "claims",
    metadata,
    _document_id(),
    _ordinal(),
    Column("number", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String),
    Column("cycle", Integer),
    Column("session", String),
    Column("recommenders", JSON, nullable=False),
    Column("position", String, nullable=False),
    Column("implemented", Boolean, nullable=False),
    Column("position_source", JSON),
    Column("page", Integer),
    Column("paragraph", String),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("unresolved", JSON, nullable=False),
    Column("history", JSON, nullable=False),
    Column("conflicts", JSON, nullable=False),
    Column("tags", JSON),
    Column("review", String, nullable=False),
    Column("vector_id", Integer, ForeignKey("vectors.id"), nullable=False),
    Index("claims_review", "review"),
    Index("claims_vector", "vector_id"),
)

positions = Table(
    "positions",
    metadata,
    _document_id(),
    _ordinal(),
    Column("number", String, nullable=False),
    Column("position", String, nullable=False),
    Column("implemented", Boolean, nullable=False),
    Column("source", JSON, nullable=False),
    Column("date", String),
)

# One row per recommendation, merged over all visible documents that speak of it.
recommendations = Table(
    "recommendations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document_id", Integer, ForeignKey("documents.id"), nullable=False),
    Column("number", String, nullable=False),
    Column("number_order", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String),
    Column("cycle", Integer),
    Column("session", String),
    Column("position", String, nullable=False),
    Column("implemented", Boolean, nullable=False),
    Column("position_source", JSON),
    Column("recommenders", JSON, nullable=False),
    Column("page", Integer),
    Column("paragraph", String),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("unresolved", JSON, nullable=False),
    Column("history", JSON, nullable=False),
    Column("conflicts", JSON, nullable=False),
    Column("action", Integer),
    Column("action_score", Float, nullable=False, default=0.0),
    Column("year", Integer),
    Column("tag_origin", String, nullable=False, default=""),
    Column("review", String, nullable=False),
    Column("vector_id", Integer, ForeignKey("vectors.id"), nullable=False),
    Index("recommendations_review", "review"),
    Index("recommendations_order", "state", "cycle", "number_order"),
    Index("recommendations_document", "document_id"),
    Index("recommendations_vector", "vector_id"),
    Index("recommendations_cycle", "cycle", "state"),
    sqlite_autoincrement=True,
)


def _recommendation_id() -> Column[int]:
    return Column(
        "recommendation_id", Integer, ForeignKey("recommendations.id", ondelete="CASCADE"), primary_key=True
    )


recommendation_states = Table(
    "recommendation_states",
    metadata,
    _recommendation_id(),
    Column("state", String, primary_key=True),
    Index("recommendation_states_state", "state", "recommendation_id"),
    sqlite_with_rowid=False,
)

recommendation_documents = Table(
    "recommendation_documents",
    metadata,
    _recommendation_id(),
    Column("document_id", Integer, primary_key=True),
    Index("recommendation_documents_document", "document_id", "recommendation_id"),
    sqlite_with_rowid=False,
)

# `shown` marks the labels that count: where a document gives official ones, the tagger's stay beside them.
tags = Table(
    "tags",
    metadata,
    _recommendation_id(),
    Column("facet", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("origin", String, primary_key=True),
    Column("score", Float, nullable=False),
    Column("why", Text, nullable=False),
    Column("shown", Boolean, nullable=False),
    Index("tags_name", "facet", "name", "shown", "recommendation_id"),
    sqlite_with_rowid=False,
)

amounts = Table(
    "amounts",
    metadata,
    _document_id(),
    _ordinal(),
    Column("table", String, nullable=False),
    Column("row", Text, nullable=False),
    Column("period", String),
    Column("value", String, nullable=False),
    Column("currency", String, nullable=False),
    Column("state", String),
    Column("paragraph", String),
    Column("page", Integer),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("is_total", Boolean, nullable=False),
    Column("unpaid", Boolean, nullable=False),
)

FULL_TEXT = {Scope.PARAGRAPHS: "passages_fts", Scope.RECOMMENDATIONS: "recommendations_fts"}
