"""Exact lists and counts: filters, order, pages, facets."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from corpus.model import Position, SdgLink, Tag, Tags
from corpus.settings import Settings
from index.filters import Facet, Order, RecommendationFilters
from index.library import Library
from tests.factories import Rec, document

OFFICIAL = Tags(
    themes=(Tag("Water", 1.0, "matrix"),),
    groups=(Tag("farmers", 1.0, "matrix"),),
    sdgs=(SdgLink(6, "6.1", 1.0, "matrix"), SdgLink(13, None, 1.0, "matrix")),
    action=2,
    origin="matrix-1",
)
MATTERS = ("prison cells", "rural clinics", "school meals")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    home = tmp_path_factory.mktemp("rows")
    places = list(Position)
    with Library.open(Settings(home=home, workers=1)) as opened:
        opened.add_documents(
            document(
                f"A/HRC/9{cycle}/{n}",
                state=state,
                cycle=cycle,
                session=str(10 * cycle),
                date=f"20{10 + cycle}-05-01",
                recs=[
                    Rec(
                        f"{n + 5}.{i}",
                        f"Improve {MATTERS[i % 3]} in district {i} of {state}",
                        ("NOR",) if i % 2 else ("FRA", "NOR", "BRA"),
                        places[i % 4],
                        OFFICIAL if i == 2 else None,
                    )
                    for i in range(1, 13)
                ],
            )
            for n, (state, cycle) in enumerate(product(("SVN", "KHM", "FJI"), (2, 3)), 1)
        )
        yield opened


def everything(library):
    return library.recommendations().recommendations


def test_numbers_come_in_the_order_people_count(library):
    rows = library.recommendations(RecommendationFilters(state=("SVN",), cycle=(2,)))
    assert [rec.number for rec in rows.recommendations] == [f"6.{i}" for i in range(1, 13)]


def test_pages_join_to_the_whole_and_keep_the_total(library):
    pages = [library.recommendations(offset=start, limit=7) for start in range(0, 80, 7)]
    assert {page.total for page in pages} == {72}
    assert [rec for page in pages for rec in page.recommendations] == list(everything(library))
    assert library.recommendations(limit=0).recommendations == ()


def test_order_can_be_turned(library):
    rows = library.recommendations(order=Order.POSITION, descending=True).recommendations
    assert [rec.position for rec in rows] == sorted((rec.position for rec in rows), reverse=True)


values = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sets(st.sampled_from(["SVN", "KHM", "FJI", "XXX"]), max_size=2).map(tuple),
        "cycle": st.sets(st.sampled_from([1, 2, 3]), max_size=2).map(tuple),
        "position": st.sets(st.sampled_from([p.value for p in Position]), max_size=2).map(tuple),
        "by": st.sets(st.sampled_from(["NOR", "FRA", "BRA", "USA"]), max_size=2).map(tuple),
        "theme": st.sets(st.sampled_from(["Water", "Nothing"]), max_size=2).map(tuple),
        "sdg": st.sets(st.sampled_from(["6", "13", "6.1", "17"]), max_size=2).map(tuple),
    },
)


def answers(rec, filters: RecommendationFilters) -> bool:
    tags = rec.tags
    labels = {str(link.goal) for link in tags.sdgs} | {link.target for link in tags.sdgs}
    tests = [
        (filters.state, {rec.state}),
        (filters.cycle, {rec.cycle}),
        (filters.position, {rec.position.value}),
        (filters.by, set(rec.recommenders)),
        (filters.theme, {tag.name for tag in tags.themes}),
        (filters.sdg, labels),
    ]
    return all(not wanted or set(wanted) & own for wanted, own in tests)


@limits(max_examples=60, deadline=None)
@given(values)
def test_values_of_a_field_are_alternatives_and_fields_narrow(library, chosen):
    filters = RecommendationFilters(**chosen)
    expected = [rec for rec in everything(library) if answers(rec, filters)]
    rows = library.recommendations(filters)
    assert list(rows.recommendations) == expected
    assert rows.total == len(expected)
    assert sum(library.count(filters, Facet.STATE).values()) == len(expected)
    themes = Counter(tag.name for rec in expected for tag in rec.tags.themes)
    assert library.count(filters, Facet.THEME) == themes
    assert library.count(filters, Facet.RECOMMENDER) == Counter(
        state for r in expected for state in r.recommenders
    )


def test_words_are_found_stemmed_and_all_of_them(library):
    def total(*words):
        return library.recommendations(RecommendationFilters(text=words)).total

    assert total("clinic") == 24
    assert total("clinics prison") == 0
    assert total("clinic", "prisons") == 48
    assert total("zeppelin") == 0


def test_counts_of_each_facet(library):
    def count(facet):
        return library.count(RecommendationFilters(cycle=(3,)), facet)

    assert count(Facet.STATE) == {"FJI": 12, "KHM": 12, "SVN": 12}
    assert count(Facet.CYCLE) == {"3": 36}
    assert count(Facet.POSITION) == {p.value: 9 for p in sorted(Position)}
    assert count(Facet.RECOMMENDER) == {"NOR": 36, "BRA": 18, "FRA": 18}
    assert count(Facet.REGION) == {"Asia-Pacific States": 24, "Eastern European States": 12}
    assert count(Facet.SESSION) == {"30": 36}
    assert count(Facet.YEAR) == {"2013": 36}
    assert count(Facet.THEME)["Water"] == 3
    assert count(Facet.TARGET)["6.1"] == 3


def test_official_goals_stand_in_place_of_the_taggers(library):
    rec = library.recommendation("SVN", 2, "6.2")
    assert [(link.goal, link.target) for link in rec.tags.sdgs] == [(6, "6.1"), (13, None)]
    assert rec.tags.action == 2
    assert rec.tags.themes[0] == Tag("Water", 1.0, "matrix")
    assert rec.tags.origin == "matrix-1"


def test_regions_and_documents_filter(library):
    def total(**chosen):
        return library.recommendations(RecommendationFilters(**chosen)).total

    assert total(region=("eastern european states",)) == 24
    assert total(document=("A/HRC/92/1",)) == 12
    assert total(document=("A/HRC/92/1", "A/HRC/93/2")) == 24
    assert total(document=("A/HRC/1/1",)) == 0
    assert total(number=("6.3",)) == 1
    assert total(year=(2012,)) == 36


def test_the_latest_review_answers_where_no_cycle_is_given(library):
    assert library.recommendation("SVN", None, "7.1").cycle == 3
    assert library.recommendation("SVN", None, "99.1") is None
