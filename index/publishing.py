"""The last step of adding, in one transaction: a staged document becomes visible under its key.

Keys. A document's key is its symbol. When the same symbol is stored in another language, the later one is
its own document with the key `<symbol>@<language>` (another kind of document under the same symbol:
`<symbol>@<kind>`). A newer file of the same symbol, language and kind replaces the older. A document
without a symbol is replaced by a newer file from the same path; another file of the same name gets `-2`.

Digests. A digest retires while a full text of its symbol is stored, in whatever language, and returns when that
is removed. Where one of the two has no symbol (a file that does not print it), tables tell: the same kind
and nearly all the amounts of money in common.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, and_, insert, or_, select, update

from corpus.model import Kind
from index import notes, records
from index.merging import regroup, reviews_of
from index.schema import Scope, Status, amounts, claims, documents, positions, superseded
from index.seams import Parts
from index.writing import delete_document, drop_unused, vectors_of

_ENOUGH_AMOUNTS = 8
_SAME_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Published:
    """Under which key a document became visible, and what it took the place of."""

    key: str
    replaced: bool
    forgotten: dict[Scope, list[int]]


def publish(connection: Connection, parts: Parts, document_id: int) -> Published:
    """Make a staged document visible and merge the recommendations it speaks of."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).mappings().one()
    if row["digest"] and _counterparts(connection, row, Status.VISIBLE):
        return _retire_at_once(connection, row)
    retiring = [] if row["digest"] else _counterparts(connection, row, Status.VISIBLE)
    reviews = reviews_of(connection, [document_id, *(other["id"] for other in retiring)])
    for other in retiring:
        _set_status(connection, other["id"], Status.RETIRED)
    key, old = _place(connection, row, _rivals(connection, row))
    forgotten: dict[Scope, list[int]] = {}
    used = []
    if old is not None:
        reviews |= reviews_of(connection, [old["id"]])
        used = vectors_of(connection, old["id"])
        _set_status(connection, old["id"], Status.STAGED)
        if old["sha256"] != row["sha256"]:
            _supersede(connection, old["sha256"], key)
    if key != row["key"]:
        _rename(connection, document_id, row["key"], key)
    _set_status(connection, document_id, Status.VISIBLE)
    regroup(connection, parts, reviews)
    if old is not None:
        delete_document(connection, old["id"])
        forgotten = drop_unused(connection, used)
    connection.execute(superseded.delete().where(superseded.c.sha256 == row["sha256"]))
    notes.new_generation(connection)
    return Published(key, old is not None and not old["digest"], forgotten)


def withdraw(connection: Connection, parts: Parts, document_id: int) -> dict[Scope, list[int]]:
    """Take a visible document out, bring back the digest it stood for; gives what Chroma must forget."""
    row = connection.execute(select(documents).where(documents.c.id == document_id)).mappings().one()
    reviews = reviews_of(connection, [document_id])
    used = vectors_of(connection, document_id)
    _set_status(connection, document_id, Status.STAGED)
    for digest in [] if row["digest"] else _counterparts(connection, row, Status.RETIRED):
        if not _counterparts(connection, digest, Status.VISIBLE):
            _set_status(connection, digest["id"], Status.VISIBLE)
            reviews |= reviews_of(connection, [digest["id"]])
    regroup(connection, parts, reviews)
    delete_document(connection, document_id)
    connection.execute(superseded.delete().where(superseded.c.key == row["key"]))
    notes.new_generation(connection)
    return drop_unused(connection, used)


def _rivals(connection: Connection, row: RowMapping) -> list[RowMapping]:
    """Other visible documents (digests for a digest) of the same symbol; without one, of the same key or path."""
    same: ColumnElement[bool] = documents.c.symbol == row["symbol"]
    if not row["symbol"]:
        alike = or_(documents.c.key == row["key"], documents.c.source == row["source"])
        same = and_(documents.c.symbol.is_(None), alike)
    query = select(documents).where(
        same,
        documents.c.digest == row["digest"],
        documents.c.status == Status.VISIBLE.value,
        documents.c.id != row["id"],
    )
    return list(connection.execute(query.order_by(documents.c.id)).mappings())


def _counterparts(connection: Connection, row: RowMapping, status: Status) -> list[RowMapping]:
    """The digests of a text, or the texts of a digest, that are in this state."""
    query = select(documents).where(documents.c.digest != row["digest"], documents.c.status == status.value)
    found = []
    for other in connection.execute(query.order_by(documents.c.id)).mappings().all():
        kinds = {row["kind"], other["kind"]}
        if row["symbol"] and other["symbol"]:
            # a matrix names the report that it arranges; it is not its text
            same = row["symbol"] == other["symbol"] and (
                len(kinds) == 1 or Kind.UPR_MATRIX.value not in kinds
            )
        else:
            same = len(kinds) == 1 and _same_money(connection, row["id"], other["id"])
        if same:
            found.append(other)
    return found


def _same_money(connection: Connection, one: int, other: int) -> bool:
    values = [
        Counter(connection.scalars(select(amounts.c.value).where(amounts.c.document_id == document)))
        for document in (one, other)
    ]
    fewer = min(found.total() for found in values)
    return fewer >= _ENOUGH_AMOUNTS and (values[0] & values[1]).total() >= _SAME_SHARE * fewer


def _place(
    connection: Connection, row: RowMapping, rivals: list[RowMapping]
) -> tuple[str, RowMapping | None]:
    """The key for a document and the one that it replaces."""
    same = ("language", "kind") if row["symbol"] else ("source",)
    old = next((other for other in rivals if all(other[name] == row[name] for name in same)), None)
    if old is not None and row["symbol"]:
        return old["key"], old
    return _free_key(connection, row, rivals, old), old


def _free_key(
    connection: Connection, row: RowMapping, rivals: list[RowMapping], leaving: RowMapping | None
) -> str:
    key: str = row["key"]
    taken = set(
        connection.scalars(
            select(documents.c.key).where(
                documents.c.key.startswith(key, autoescape=True),
                documents.c.status == Status.VISIBLE.value,
                documents.c.id.not_in([row["id"], leaving["id"] if leaving else 0]),
            )
        )
    )
    candidates = [key]
    if row["symbol"]:
        if rivals and all(other["language"] != row["language"] for other in rivals):
            candidates.append(f"{key}@{row['language']}")
        candidates += [f"{key}@{row['kind']}", f"{key}@{row['kind']}@{row['language']}"]
    candidates += [f"{key}-{n}" for n in range(2, len(taken) + 3)]
    return next(one for one in candidates if one not in taken)


def _retire_at_once(connection: Connection, row: RowMapping) -> Published:
    """A digest that comes after its full text: kept, unseen."""
    query = select(documents.c.id).where(
        documents.c.key == row["key"], documents.c.status == Status.RETIRED.value, documents.c.id != row["id"]
    )
    forgotten: dict[Scope, list[int]] = {}
    for older in list(connection.scalars(query)):
        used = vectors_of(connection, older)
        delete_document(connection, older)
        forgotten = drop_unused(connection, used)
    _set_status(connection, row["id"], Status.RETIRED)
    return Published(row["key"], False, forgotten)


def _set_status(connection: Connection, document_id: int, status: Status) -> None:
    connection.execute(update(documents).where(documents.c.id == document_id).values(status=status.value))


def _supersede(connection: Connection, sha256: str, key: str) -> None:
    connection.execute(superseded.delete().where(superseded.c.sha256 == sha256))
    connection.execute(insert(superseded).values(sha256=sha256, key=key))


def _rename(connection: Connection, document_id: int, old: str, new: str) -> None:
    """Give a document its key, also where its own statements name it as their source."""
    connection.execute(update(documents).where(documents.c.id == document_id).values(key=new))
    for row in (
        connection.execute(select(positions).where(positions.c.document_id == document_id)).mappings().all()
    ):
        _update(connection, positions, row, source=_renamed(row["source"], old, new))
    for row in connection.execute(select(claims).where(claims.c.document_id == document_id)).mappings().all():
        said = [{**one, "source": _renamed(one["source"], old, new)} for one in row["history"]]
        _update(
            connection, claims, row, position_source=_renamed(row["position_source"], old, new), history=said
        )


def _renamed(source: records.Json | None, old: str, new: str) -> records.Json | None:
    return {**source, "document": new} if source and source["document"] == old else source


def _update(connection: Connection, table: Table, row: RowMapping, **values: object) -> None:
    place = and_(table.c.document_id == row["document_id"], table.c.ordinal == row["ordinal"])
    connection.execute(update(table).where(place).values(values))
