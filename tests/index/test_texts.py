"""Slices of stored texts, citations, passages."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from corpus.model import Paragraph
from corpus.settings import Settings
from index.errors import BadCitation, NotStored
from index.library import Library
from index.passages import LONGEST, spans
from index.schema import TEXT_CHUNK
from tests.factories import Rec, document

LONG = "Ein langer Satz über Wasser und 水. " * 3_000


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library.open(Settings(home=tmp_path_factory.mktemp("texts"), workers=1)) as opened:
        opened.add_documents(
            [
                document("A/HRC/90/1", [("1", "Short."), ("2", LONG)], recs=[Rec("6.1", "Build a bridge")]),
                document(
                    "A/HRC/90/2", url="https://undocs.org/A/HRC/90/2", amounts=[("Table 1", "Norway", -5)]
                ),
            ]
        )
        yield opened


@limits(max_examples=80, deadline=None)
@example(TEXT_CHUNK - 1, 3)
@example(2 * TEXT_CHUNK, TEXT_CHUNK)
@given(st.integers(0, 3 * TEXT_CHUNK), st.integers(1, 2 * TEXT_CHUNK))
def test_a_citation_is_the_slice_of_the_text(library, start, length):
    text = library.document("A/HRC/90/1").text
    if start + length <= len(text):
        assert library.citation("A/HRC/90/1", start, start + length).quote == text[start : start + length]
    else:
        with pytest.raises(BadCitation, match="has no text at"):
            library.citation("A/HRC/90/1", start, start + length)


@pytest.mark.parametrize("span", [(5, 5), (9, 3), (-4, 2), (0, 10**9)], ids=str)
def test_a_span_outside_the_text_is_no_citation(library, span):
    with pytest.raises(BadCitation, match=r"A/HRC/90/1"):
        library.citation("A/HRC/90/1", *span)


def test_a_citation_names_its_paragraph_page_and_address(library):
    place = library.paragraph("A/HRC/90/2", "1")
    cited = library.citation("A/HRC/90/2", place.start + 4, place.end - 1)
    assert (cited.paragraph, cited.page, cited.symbol) == ("1", 1, "A/HRC/90/2")
    assert cited.url == "https://undocs.org/A/HRC/90/2"
    assert cited.quote == place.text[4:-1]


def test_amounts_name_their_document(library):
    (amount,) = library.amounts()
    assert (amount.key, amount.row, amount.value, amount.period) == ("A/HRC/90/2", "Norway", -5, "2018")
    assert library.amounts("A/HRC/90/1") == []


def test_unknown_names_are_said(library):
    for ask in (library.document, library.paragraphs, library.claims, library.amounts, library.ref):
        with pytest.raises(NotStored, match="'A/HRC/1/1'"):
            ask("A/HRC/1/1")
    with pytest.raises(NotStored, match="no paragraph '77'"):
        library.paragraph("A/HRC/90/1", "77")


sentences = st.text(st.sampled_from("abc 水法。.;\n"), min_size=1, max_size=4_000)


@limits(max_examples=150)
@given(sentences, st.integers(0, 50))
def test_passages_lie_in_their_paragraph_in_order_and_lose_no_word(text, offset):
    found = spans(Paragraph("1", text, offset, offset + len(text)))
    pieces = [text[start - offset : end - offset] for start, end in found]
    if len(text) <= LONGEST // 3:
        assert pieces == [text]
    assert all(end <= after for (_, end), (after, _) in pairwise(found))
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(len(piece) <= 2 * LONGEST for piece in pieces)


def test_a_long_paragraph_is_found_by_its_last_sentence(library):
    hit = library.search("Wasser 水", k=1, scope="paragraphs")[0]
    place = library.paragraph("A/HRC/90/1", "2")
    assert (hit.paragraph, hit.whole) == ("2", (place.start, place.end))
    assert [one.paragraph for one in library.search("Wasser 水", k=9, scope="paragraphs")].count("2") == 1
    assert len(hit.text) <= LONGEST
    assert library.citation(hit.key, hit.start, hit.end).quote == hit.text
