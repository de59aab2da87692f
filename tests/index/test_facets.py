"""Counts held in memory are those of the catalogue, also after it has changed."""

from itertools import product

import pytest

from corpus.model import Position, SdgLink, Tag, Tags
from corpus.settings import Settings
from index.filters import TAG_FACETS, Facet, RecommendationFilters
from index.library import Library
from tests.factories import Rec, document

HELD = (Facet.STATE, Facet.CYCLE, Facet.POSITION, Facet.ACTION, Facet.RECOMMENDER, *TAG_FACETS)
FILTERS = {
    "all": RecommendationFilters(),
    "a State": RecommendationFilters(state=("SVN",)),
    "goals and cycle": RecommendationFilters(cycle=(2,), sdg=("6", "13.1")),
    "words": RecommendationFilters(text=("district 4",)),
    "who asked": RecommendationFilters(by=("FRA",), position=("noted", "supported")),
    "nothing": RecommendationFilters(state=("XXX",)),
}


def _tags(n: int) -> Tags:
    return Tags(
        themes=(Tag("Water" if n % 2 else "Climate", 1.0, "matrix"), Tag("Health", 1.0, "matrix"))[
            : 1 + n % 2
        ],
        groups=(Tag("farmers", 1.0, "matrix"),),
        sdgs=(SdgLink(6, "6.1", 1.0, "matrix"), SdgLink(13, "13.1", 1.0, "matrix"))[n % 2 :],
        agencies=(Tag("FAO", 1.0, "matrix"),),
        action=1 + n % 5,
        origin="matrix-1",
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with Library.open(Settings(home=tmp_path_factory.mktemp("facets"), workers=1, starter=False)) as opened:
        opened.add_documents(_document(f"A/HRC/9{cycle}/{state}", state, cycle) for state, cycle in REVIEWS)
        yield opened


REVIEWS = tuple(product(("SVN", "KHM"), (2, 3)))


def _document(key, state, cycle):
    return document(
        key,
        state=state,
        cycle=cycle,
        recs=[
            Rec(
                f"6.{n}",
                f"Mend the wells of district {n} of {state}",
                ("NOR",) if n % 2 else ("FRA", "NOR"),
                list(Position)[n % 4],
                _tags(n),
            )
            for n in range(1, 9)
        ],
    )


@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)
def test_counts_of_all_facets_are_those_of_each(library, filters):
    found = library.count_each(dict.fromkeys(HELD, filters))
    assert found == {facet: library.count(filters, facet) for facet in HELD}
    assert [list(found[facet]) for facet in HELD] == [list(library.count(filters, facet)) for facet in HELD]


def test_each_facet_has_its_own_filters(library):
    found = library.count_each({Facet.STATE: RecommendationFilters(), Facet.CYCLE: FILTERS["a State"]})
    assert found == {Facet.STATE: {"KHM": 16, "SVN": 16}, Facet.CYCLE: {"2": 8, "3": 8}}


@pytest.mark.parametrize("filters", FILTERS.values(), ids=FILTERS)
@pytest.mark.parametrize("by", [Facet.SDG, Facet.TARGET, Facet.AGENCY, Facet.RECOMMENDER, Facet.CYCLE])
def test_counts_by_position_are_the_counts_within_each_position(library, filters, by):
    found = library.count_by_position(filters, by)
    rows = library.recommendations(filters).recommendations
    assert sum(sum(row.values()) for row in found.values()) == sum(library.count(filters, by).values())
    for position in {rec.position for rec in rows}:
        own = RecommendationFilters(
            **{name: getattr(filters, name) for name in ("state", "cycle", "sdg", "text", "by")},
            position=(position.value,),
        )
        expected = library.count(own, by)
        assert {label: row[position] for label, row in found.items() if position in row} == expected


def test_what_is_added_and_removed_is_counted(library):
    before = library.count_each({Facet.STATE: RecommendationFilters()})[Facet.STATE]
    library.add_documents([_document("A/HRC/99/1", "FJI", 4)])
    after = library.count_each({Facet.STATE: RecommendationFilters()})[Facet.STATE]
    assert after == before | {"FJI": 8}
    library.remove("A/HRC/99/1")
    assert library.count_each({Facet.STATE: RecommendationFilters()})[Facet.STATE] == before
