"""Keys, replacement, and digests that make way for full texts."""

from dataclasses import replace

import pytest

from corpus.model import Kind, Language, Position
from index.filters import RecommendationFilters
from index.library import Library
from tests.factories import Rec, document, in_language


def keys(library: Library) -> list[str]:
    return [ref.key for ref in library.documents()]


def test_the_symbol_is_the_key(library: Library):
    library.add_documents([document("A/HRC/90/1")])
    assert keys(library) == ["A/HRC/90/1"]


def test_a_newer_file_of_the_same_symbol_takes_the_place(library: Library):
    library.add_documents([document("A/HRC/90/1", [("1", "The first printing.")])])
    library.add_documents([document("A/HRC/90/1", [("1", "The second printing.")])])
    assert keys(library) == ["A/HRC/90/1"]
    assert [p.text for p in library.paragraphs("A/HRC/90/1")] == ["The second printing."]
    assert library.check().problems == ()


def test_two_printings_in_one_batch_leave_the_later(library: Library):
    library.add_documents([document(paragraphs=[("1", "Early.")]), document(paragraphs=[("1", "Late.")])])
    assert [p.text for p in library.paragraphs("A/HRC/90/1")] == ["Late."]
    assert library.check().problems == ()


def test_another_language_is_a_document_of_its_own(library: Library):
    english = document("A/HRC/90/1")
    library.add_documents([english, in_language(english, Language.FRENCH)])
    assert keys(library) == ["A/HRC/90/1", "A/HRC/90/1@fr"]
    library.add_documents([in_language(document(paragraphs=[("1", "Nouvelle version.")]), Language.FRENCH)])
    assert keys(library) == ["A/HRC/90/1", "A/HRC/90/1@fr"]
    assert library.paragraphs("A/HRC/90/1@fr")[0].text == "Nouvelle version."


def test_the_first_language_has_the_bare_symbol_whichever_it_is(library: Library):
    library.add_documents([in_language(document("A/HRC/90/1"), Language.CHINESE), document("A/HRC/90/1")])
    assert [(ref.key, ref.language) for ref in library.documents()] == [
        ("A/HRC/90/1", "zh"),
        ("A/HRC/90/1@en", "en"),
    ]


def test_another_kind_under_the_same_symbol_replaces_nothing(library: Library):
    library.add_documents([document("A/HRC/90/1"), document("A/HRC/90/1", kind=Kind.UPR_MATRIX)])
    assert keys(library) == ["A/HRC/90/1", "A/HRC/90/1@upr_matrix"]


def test_corrigenda_and_revisions_are_documents_of_their_own(library: Library):
    library.add_documents([document(f"A/HRC/90/1{end}") for end in ("", "/Corr.1", "/Rev.1", "/Add.1")])
    assert keys(library) == ["A/HRC/90/1", "A/HRC/90/1/Add.1", "A/HRC/90/1/Corr.1", "A/HRC/90/1/Rev.1"]


def test_files_without_a_symbol_are_told_apart_by_their_path(library: Library):
    one = document(None, [("1", "Notes of a meeting.")], key="notes", source="a/notes.txt")
    library.add_documents([one])
    library.add_documents([document(None, [("1", "Other notes.")], key="notes", source="b/notes.txt")])
    assert keys(library) == ["notes", "notes-2"]
    library.add_documents([document(None, [("1", "Notes, amended.")], key="notes", source="a/notes.txt")])
    assert keys(library) == ["notes", "notes-2"]
    assert library.paragraphs("notes")[0].text == "Notes, amended."


def test_a_document_that_is_given_another_key_names_itself_so_in_its_statements(library: Library):
    recs = [Rec("6.1", "Build schools in the valleys")]
    english = document("A/HRC/90/1", recs=recs)
    french = replace(in_language(english, Language.FRENCH), state="KHM")
    claims = tuple(replace(rec, state="KHM") for rec in french.recommendations)
    library.add_documents([english, replace(french, recommendations=claims)])
    found = library.recommendation("KHM", 3, "6.1")
    assert found is not None
    assert found.document == "A/HRC/90/1@fr"
    assert found.position_source is not None
    assert found.position_source.document == "A/HRC/90/1@fr"


@pytest.fixture
def digest_and_text():
    recs = [Rec("6.1", "Protect miners", ("FRA",), Position.PENDING)]
    digest = document("A/HRC/90/7", [("1", "Digest: the visit.")], recs=recs, digest=True, title="Digest")
    text = document(
        "A/HRC/90/7",
        [("1", "The visit took place in May.")],
        recs=[Rec("6.1", "Protect miners from dust in every mine", ("FRA",), Position.SUPPORTED)],
    )
    return digest, text


def test_a_digest_retires_when_its_full_text_comes_and_returns_when_that_goes(
    library: Library, digest_and_text
):
    digest, text = digest_and_text
    library.add_documents([digest])
    assert library.documents()[0].digest
    library.add_documents([text])
    assert [(ref.key, ref.digest) for ref in library.documents()] == [("A/HRC/90/7", False)]
    rows = library.recommendations(RecommendationFilters(state=("SVN",)))
    assert [rec.text for rec in rows.recommendations] == ["Protect miners from dust in every mine"]
    assert all(not hit.digest for hit in library.search("the visit", k=10))
    assert library.remove("A/HRC/90/7")
    assert [(ref.key, ref.digest) for ref in library.documents()] == [("A/HRC/90/7", True)]
    rows = library.recommendations(RecommendationFilters(state=("SVN",)))
    assert [rec.text for rec in rows.recommendations] == ["Protect miners"]
    assert library.check().problems == ()


def test_a_text_in_another_language_retires_the_digest_too(library: Library, digest_and_text):
    digest, text = digest_and_text
    library.add_documents([digest, in_language(text, Language.CHINESE)])
    assert [(ref.key, ref.digest) for ref in library.documents()] == [("A/HRC/90/7", False)]


def test_a_digest_that_comes_after_its_full_text_is_not_shown(library: Library, digest_and_text):
    digest, text = digest_and_text
    library.add_documents([text])
    library.add_documents([digest])
    library.add_documents([replace(digest, sha256="another")])
    assert [(ref.key, ref.digest) for ref in library.documents()] == [("A/HRC/90/7", False)]
    library.remove("A/HRC/90/7")
    assert [(ref.key, ref.digest) for ref in library.documents()] == [("A/HRC/90/7", True)]
    assert library.check().problems == ()


def test_the_digest_stays_retired_while_another_language_is_stored(library: Library, digest_and_text):
    digest, text = digest_and_text
    library.add_documents([digest, text, in_language(text, Language.FRENCH)])
    library.remove("A/HRC/90/7")
    assert [(ref.key, ref.digest) for ref in library.documents()] == [("A/HRC/90/7@fr", False)]


def fund(symbol: str | None, values: list[int], key: str, **fields):
    table = [("Table 1", f"Row {n}", value) for n, value in enumerate(values)]
    return document(
        symbol,
        key=key,
        kind=Kind.FUND_REPORT,
        state=None,
        cycle=None,
        amounts=table,
        source=f"{key}.txt",
        **fields,
    )


def test_a_text_without_symbol_is_known_by_its_money(library: Library):
    sums = [1_000, 2_500, 3_750, 40_125, 51_000, 6_300, 777, 8_080, 90_009, 10]
    digest = fund(None, sums, "fund-digest", digest=True)
    other = fund("A/HRC/90/12", [value + 1 for value in sums], "A/HRC/90/12")
    text = fund(None, [*sums[:9], 11], "fund-2018", language=Language.CHINESE)
    library.add_documents([digest, other])
    assert keys(library) == ["A/HRC/90/12", "fund-digest"]
    library.add_documents([text])
    assert keys(library) == ["A/HRC/90/12", "fund-2018"]
    assert {amount.key for amount in library.amounts()} == {"A/HRC/90/12", "fund-2018"}
    library.remove("fund-2018")
    assert keys(library) == ["A/HRC/90/12", "fund-digest"]
    assert library.check().problems == ()


def test_a_matrix_does_not_retire_the_digest_of_its_report(library: Library, digest_and_text):
    digest, text = digest_and_text
    library.add_documents([digest, replace(text, kind=Kind.UPR_MATRIX)])
    assert [(ref.key, ref.digest) for ref in library.documents()] == [
        ("A/HRC/90/7", True),
        ("A/HRC/90/7@upr_matrix", False),
    ]


def test_an_addendum_that_names_no_state_speaks_of_its_report_whichever_comes_first(library: Library):
    addendum = document(
        "A/HRC/90/1/Add.1", kind=Kind.UPR_ADDENDUM, state=None, cycle=None, date="2020-06-01",
        said=[("6.1", Position.NOTED)],
    )  # fmt: skip
    report = document("A/HRC/90/1", recs=[Rec("6.1", "Plant trees", position=Position.PENDING)])
    library.add_documents([addendum])
    library.add_documents([report])
    found = library.recommendation("SVN", 3, "6.1")
    assert found is not None
    assert found.position is Position.NOTED
    assert [said.source.document for said in found.history] == ["A/HRC/90/1", "A/HRC/90/1/Add.1"]
    library.remove("A/HRC/90/1/Add.1")
    again = library.recommendation("SVN", 3, "6.1")
    assert again is not None
    assert again.position is Position.PENDING


def test_removing_what_is_not_there_says_so(library: Library):
    assert library.remove("A/HRC/1/1") is False
