"""Each kind of damage is named, and mended where it can be."""

import pytest
from sqlalchemy import text

from index.library import Library
from index.schema import Scope
from index.writing import stage
from tests.factories import document, many


@pytest.fixture
def filled(library: Library) -> Library:
    library.add_documents(many(["SVN", "KHM"], 8))
    assert library.check().problems == ()
    return library


def run(library: Library, statement: str) -> None:
    with library._engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        connection.execute(text(statement))


def codes(library: Library) -> list[str]:
    return [problem.code for problem in library.check().problems]


def test_a_healthy_home_is_said_to_be_so(filled: Library):
    found = filled.check().to_json()
    assert found == {
        "ok": True, "documents": 2, "paragraphs": 18, "recommendations": 16, "vectors": found["vectors"],
        "problems": [],
    }  # fmt: skip
    assert found["vectors"] >= 30


def test_vectors_missing_from_chroma_come_back_from_the_catalogue(filled: Library):
    filled._vectors.delete(Scope.RECOMMENDATIONS, sorted(filled._vectors.ids(Scope.RECOMMENDATIONS))[:3])
    assert codes(filled) == ["missing_vectors"]
    assert filled.repair().ok
    assert codes(filled) == []


def test_vectors_that_belong_to_nothing_go(filled: Library):
    filled._vectors.add(Scope.PARAGRAPHS, [9_999], filled._parts.embed(["nothing"]))
    assert codes(filled) == ["orphan_vectors"]
    assert filled.repair().ok


def test_a_lost_chroma_is_built_anew(filled: Library):
    for scope in Scope:
        filled._vectors.reset(scope)
    assert codes(filled) == ["missing_vectors", "missing_vectors"]
    assert filled.repair().ok
    filled._vectors.open()
    assert filled.search("access to water", k=3)


def test_a_document_left_half_way_is_named_and_removed(filled: Library):
    with filled._engine.begin() as connection:
        stage(connection, filled._parts, document("A/HRC/99/9", [("1", "Never finished.")]))
    assert "half_added" in codes(filled)
    assert filled.counts()["documents"] == 2
    assert filled.repair().ok


def test_an_offset_that_does_not_hold_is_named(filled: Library):
    run(filled, "UPDATE paragraphs SET start = start + 1 WHERE ordinal = 0")
    (problem,) = filled.check().problems
    assert problem.code == "offsets"
    assert "A/HRC/91/1" in problem.message


def test_full_text_that_differs_is_named_and_mended(filled: Library):
    run(filled, "DELETE FROM passages_fts WHERE rowid = 1")
    run(filled, "INSERT INTO recommendations_fts (rowid, tokens, context) VALUES (5000, 'x', '')")
    assert codes(filled) == ["full_text", "full_text"]
    assert filled.repair().ok
    assert filled.search("delegation juvenile justice", k=3)


def test_rows_that_refer_to_nothing_are_named(filled: Library):
    run(filled, "UPDATE passages SET vector_id = 77777 WHERE id = 1")
    assert "catalogue" in codes(filled)
