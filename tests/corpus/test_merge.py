"""One truth per recommendation: report, addendum, matrix and export meet in one row."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.exports import open_export
from corpus.merge import merge
from corpus.model import (
    Document,
    Kind,
    Language,
    Position,
    PositionStatement,
    Recommendation,
    SdgLink,
    Source,
    Tag,
    Tags,
)
from corpus.parse import parse

S, N, PART, WAIT = Position.SUPPORTED, Position.NOTED, Position.PARTIALLY_SUPPORTED, Position.PENDING
REPORT, ADDENDUM, MATRIX, EXPORT = "A/HRC/98/15", "A/HRC/98/15/Add.1", "matrix-btn", "uhri-1"
SHELTERS = "Build safe shelters for women in every district (Chile, Peru)"
PRISON = "Close the old prison and publish the reports of inspectors (France)"
WATER = "Give every village clean water before the next review (Togo)"


def paper(key: str, kind: Kind, **more: object) -> Document:
    symbol = key if key.startswith("A/") else None
    fixed = Document(key, symbol, key, kind, Language.ENGLISH, "", "0", key, state="BTN", cycle=2)
    return replace(fixed, **more)  # type: ignore[arg-type]


PAPERS = {
    REPORT: paper(REPORT, Kind.UPR_OUTCOME),
    ADDENDUM: paper(ADDENDUM, Kind.UPR_ADDENDUM),
    MATRIX: paper(MATRIX, Kind.UPR_MATRIX),
    EXPORT: paper(EXPORT, Kind.OTHER, state=None, cycle=None),
}


def claim(document: str, number: str, text: str, position: Position = WAIT, **more: object) -> Recommendation:
    base = Recommendation(document, number, text, "BTN", position=position, cycle=2)
    return replace(base, **more)  # type: ignore[arg-type]


def said(
    number: str, position: Position, document: str = ADDENDUM, implemented: bool = False
) -> PositionStatement:
    return PositionStatement(number, position, Source(document, document, "3", 2), implemented)


def test_addendum_settles_what_the_report_left_pending_and_keeps_the_history() -> None:
    rows = merge([claim(REPORT, "115.1", SHELTERS)], [said("115.1", N)], PAPERS)
    (row,) = rows
    assert row.position is N
    assert row.position_source == Source(ADDENDUM, ADDENDUM, "3", 2)
    assert [s.position for s in row.history] == [WAIT, N]
    assert row.conflicts == ()


def test_an_addendum_that_changes_a_position_is_no_contradiction() -> None:
    (row,) = merge([claim(REPORT, "115.1", SHELTERS, S)], [said("115.1", N)], PAPERS)
    assert ([s.position for s in row.history], row.conflicts) == ([S, N], ())


def test_matrix_brings_tags_and_never_overwrites() -> None:
    tags = Tags(themes=(Tag("Housing", 1.0, "official"),), origin=MATRIX)
    claims = [
        claim(REPORT, "115.1", SHELTERS, recommenders=("CHL", "PER")),
        claim(MATRIX, "115.1", "Build safe shelters for women", S, recommenders=("CHL",), tags=tags),
    ]
    (row,) = merge(claims, [said("115.1", N)], PAPERS)
    assert (row.document, row.text, row.position, row.recommenders) == (REPORT, SHELTERS, N, ("CHL", "PER"))
    assert row.tags == tags
    assert row.conflicts == (
        f"Position: {ADDENDUM} says noted, {MATRIX} says supported.",
        f"Recommending States: {REPORT} has CHL, PER; {MATRIX} has CHL.",
    )


def test_matrix_speaks_where_the_reviews_documents_are_silent() -> None:
    (row,) = merge([claim(REPORT, "115.1", SHELTERS), claim(MATRIX, "115.1", SHELTERS, S)], [], PAPERS)
    assert (row.position, [s.position for s in row.history], row.conflicts) == (S, [WAIT, S], ())


def test_text_is_the_reports_then_the_matrixs_then_the_exports() -> None:
    claims = [
        claim(EXPORT, "1.1", "Export text"),
        claim(MATRIX, "1.1", "Export text too"),
        claim(REPORT, "1.1", "Export text three"),
    ]
    for count, wanted in ((1, EXPORT), (2, MATRIX), (3, REPORT)):
        (row,) = merge(claims[:count], [], PAPERS)
        assert row.document == wanted


def test_another_text_under_one_number_is_told() -> None:
    (row,) = merge([claim(REPORT, "1.1", SHELTERS), claim(MATRIX, "1.1", PRISON)], [], PAPERS)
    assert row.conflicts == (f"Text: {MATRIX} gives another one under this number: {PRISON!r}.",)


def test_a_misprinted_number_is_found_by_its_text() -> None:
    claims = [
        claim(REPORT, "115.1", SHELTERS),
        claim(REPORT, "115.2", PRISON),
        claim(MATRIX, "155.2", PRISON, N),
    ]
    rows = merge(claims, [], PAPERS)
    assert [(r.number, r.position) for r in rows] == [("115.1", WAIT), ("115.2", N)]
    assert rows[1].conflicts == (f"{MATRIX} numbers it 155.2.",)


def test_a_number_printed_twice_keeps_both_recommendations() -> None:
    rows = merge([claim(REPORT, "1.1", SHELTERS, start=5), claim(REPORT, "1.1", PRISON, start=9)], [], PAPERS)
    assert [r.text for r in rows] == [SHELTERS, PRISON]
    assert all("more than one recommendation" in r.conflicts[0] for r in rows)


def test_bare_numbers_find_the_pending_list() -> None:
    claims = [claim(REPORT, "77.1", SHELTERS, S), claim(REPORT, "78.1", PRISON), claim(REPORT, "78.2", WATER)]
    rows = merge(claims, [said("1", N), said("2", S), said("3", S)], PAPERS)
    assert [(r.number, r.position) for r in rows] == [("77.1", S), ("78.1", N), ("78.2", S)]


def test_numbers_of_the_draft_report_find_their_row_and_are_told() -> None:
    (row,) = merge([claim(REPORT, "118.4", SHELTERS)], [said("6.4", S)], PAPERS)
    assert (row.position, row.conflicts) == (S, (f"{ADDENDUM} numbers it 6.4.",))


def test_all_means_those_left_pending_and_not_named() -> None:
    claims = [claim(REPORT, "1.1", SHELTERS), claim(REPORT, "1.2", PRISON), claim(REPORT, "2.1", WATER, N)]
    rows = merge(claims, [said("*", S), said("1.2", N)], PAPERS)
    assert [r.position for r in rows] == [S, N, N]


def test_implemented_is_kept_with_a_position() -> None:
    (row,) = merge([claim(REPORT, "1.1", SHELTERS)], [said("1.1", S, implemented=True)], PAPERS)
    assert row.implemented


def test_a_corrigendum_corrects_what_it_names() -> None:
    papers = PAPERS | {f"{REPORT}/Corr.1": paper(f"{REPORT}/Corr.1", Kind.UPR_OUTCOME)}
    claims = [
        claim(REPORT, "1.1", SHELTERS, S),
        claim(REPORT, "1.2", PRISON, S),
        claim(f"{REPORT}/Corr.1", "1.1", SHELTERS.replace("safe", "warm"), N),
    ]
    rows = merge(claims, [], papers)
    assert [(r.position, "warm" in r.text) for r in rows] == [(N, True), (S, False)]
    assert [s.position for s in rows[0].history] == [N]


def test_rows_without_official_number_join_by_text_only_where_one_candidate_remains() -> None:
    report = [
        claim(REPORT, "1.1", SHELTERS, recommenders=("CHL", "PER")),
        claim(REPORT, "1.2", PRISON, recommenders=("FRA",)),
        claim(REPORT, "1.3", WATER, recommenders=("TGO",)),
        claim(REPORT, "1.4", WATER, recommenders=("TGO",)),
    ]
    tags = Tags(action=4, action_score=1.0, origin=EXPORT)
    export = [
        claim(
            EXPORT,
            "UI-20-1",
            "Build safe shelters for women in every district",
            S,
            recommenders=("PER",),
            tags=tags,
        ),
        claim(EXPORT, "UI-20-2", "Plant trees along all the roads of the north", S, recommenders=("FRA",)),
        claim(
            EXPORT,
            "UI-20-3",
            "Give every village clean water before the next review",
            S,
            recommenders=("TGO",),
        ),
        claim(
            EXPORT,
            "UI-20-4",
            "Close the old prison and publish the reports of inspectors",
            S,
            recommenders=("PER",),
        ),
    ]
    rows = {r.number: r for r in merge(report + export, [], PAPERS)}
    assert list(rows) == ["1.1", "1.2", "1.3", "1.4", "UI-20-2", "UI-20-3", "UI-20-4"]
    assert (rows["1.1"].position, rows["1.1"].tags, rows["1.1"].conflicts) == (S, tags, ())
    assert rows["1.2"].position is WAIT  # the same words, but of another State


def test_tags_of_several_sources_complete_each_other() -> None:
    themes = Tags(themes=(Tag("Housing", 1.0, "m"),), origin=MATRIX)
    sdgs = Tags(themes=(Tag("Shelter", 1.0, "e"),), sdgs=(SdgLink(11, None, 1.0, "e"),), origin=EXPORT)
    (row,) = merge(
        [claim(MATRIX, "1.1", SHELTERS, tags=themes), claim(EXPORT, "1.1", SHELTERS, tags=sdgs)], [], PAPERS
    )
    assert row.tags is not None
    assert ([t.name for t in row.tags.themes], [s.goal for s in row.tags.sdgs]) == (["Housing"], [11])
    assert row.tags.origin == f"{MATRIX}, {EXPORT}"


def test_reviews_do_not_mix() -> None:
    claims = [
        claim(REPORT, "1.1", SHELTERS),
        claim(EXPORT, "1.1", SHELTERS, N, cycle=3),
        claim(EXPORT, "1.1", SHELTERS, N, state="CHL"),
    ]
    assert [(r.state, r.cycle) for r in merge(claims, [], PAPERS)] == [("BTN", 2), ("BTN", 3), ("CHL", 2)]


@given(st.randoms(use_true_random=False), st.lists(st.integers(1, 12), max_size=12, unique=True))
def test_the_order_of_arguments_does_not_matter(chance: random.Random, numbers: list[int]) -> None:
    claims = [claim(d, f"1.{n}", f"{SHELTERS} {n}") for n in numbers for d in (REPORT, MATRIX)]
    statements = [said(f"1.{n}", S) for n in numbers]
    wanted = merge(claims, statements, PAPERS)
    chance.shuffle(claims)
    chance.shuffle(statements)
    assert merge(claims, statements, PAPERS) == wanted
    assert [r.number for r in wanted] == [f"1.{n}" for n in sorted(numbers)]


CYCLES = {
    1: ("g1012049", "g1012465", None, {"supported": 89, "noted": 5, "partially_supported": 3}),
    2: (
        "g1423930",
        "g1504261",
        "UPR20__Slovenia_ThematicListRecommendations_E.docx",
        {"supported": 142, "noted": 21},
    ),
    3: (
        "g1934994",
        "g2004192",
        "UPR34_Slovenia_Thematic_list_of_Recommendations.docx",
        {"supported": 182, "noted": 33},
    ),
    4: ("g2502644", "g2505828", None, {"supported": 217, "noted": 37}),
}


@pytest.mark.realdata
@pytest.mark.parametrize("cycle", CYCLES)
def test_slovenia_adds_up_and_equals_ohchrs_matrix(data_folder: Path, cycle: int) -> None:
    report, addendum, matrix, totals = CYCLES[cycle]
    folder = data_folder / "slovenia" / f"cycle-{cycle}"
    documents = [parse(folder / f"{name}.pdf") for name in (report, addendum)]
    rows = merge(
        [r for d in documents for r in d.recommendations],
        [p for d in documents for p in d.positions],
        {d.key: d for d in documents},
    )
    assert Counter(str(r.position) for r in rows) == totals
    assert all(not r.conflicts for r in rows)
    if matrix:
        official = parse(folder / matrix)
        assert {r.number: r.position for r in rows} == {
            r.number: r.position for r in official.recommendations
        }
        documents.append(official)
        merged = merge(
            [r for d in documents for r in d.recommendations],
            [p for d in documents for p in d.positions],
            {d.key: d for d in documents},
        )
        assert len(merged) == len(rows)
        assert all(not r.conflicts and r.tags and r.tags.origin == official.key for r in merged)


@pytest.mark.realdata
def test_upr_infos_rows_find_slovenias_first_report(data_folder: Path) -> None:
    report = parse(data_folder / "slovenia" / "cycle-1" / "g1012049.pdf")
    export = open_export(data_folder / "upr-info" / "sessions-01-16.csv")
    theirs = [r for r in export.recommendations if (r.state, r.cycle) == ("SVN", 1)]
    rows = merge(
        [*report.recommendations, *theirs], [], {report.key: report, export.document.key: export.document}
    )
    alone = [r for r in rows if r.number.startswith("UI-")]
    assert len(rows) - len(alone) == 97
    assert len(alone) <= 0.03 * len(theirs)


REVIEW = Path(__file__).parent / "reviews"


def test_a_review_merges_alike_in_every_order() -> None:
    papers = [parse(REVIEW / f"{name}-2025.txt") for name in ("report", "addendum", "corrigendum")]
    wanted = {"6.1": S, "6.2": S, "7.1": N, "7.2": N, "7.3": PART, "8.1": N}
    for order in permutations(papers):
        rows = merge(
            [r for d in order for r in d.recommendations],
            [p for d in order for p in d.positions],
            {d.key: d for d in order},
        )
        assert {r.number: r.position for r in rows} == wanted


def test_lists_and_ranges_hold_for_what_is_not_named_more_closely() -> None:
    numbers = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2")
    claims = [claim(REPORT, n, f"{SHELTERS} {n}") for n in numbers]
    spoken = [said("*", N), said("1.2>2.1", S), said("2.*", PART), said("1.3", N)]
    rows = {r.number: r.position for r in merge(claims, spoken, PAPERS)}
    assert rows == {"1.1": N, "1.2": S, "1.3": N, "2.1": S, "2.2": PART, "3.1": N, "3.2": N}


def test_a_recommendation_repeated_in_an_addendum_joins_the_one_row_with_its_words() -> None:
    answer = PositionStatement("UA-98-1", N, Source(ADDENDUM, ADDENDUM, "3", 2))
    stray = replace(answer, number="UA-98-2", position=S)
    claims = [
        claim(REPORT, "1.1", SHELTERS),
        claim(REPORT, "1.2", PRISON),
        claim(ADDENDUM, "UA-98-1", PRISON, N, history=(answer,)),
        claim(ADDENDUM, "UA-98-2", WATER, S, history=(stray,)),
    ]
    rows = merge(claims, [said("*", S)], PAPERS)
    assert [(r.number, r.position) for r in rows] == [("1.1", S), ("1.2", N)]
    assert [(s.number, s.position) for s in rows[1].history] == [("1.2", WAIT), ("1.2", N)]
