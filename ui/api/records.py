"""`/api/search`, `/api/recommendations`, `/api/sdgs`, `/api/tag`: rows and passages, exactly as stored."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from corpus.model import Language
from corpus.tag import tag
from ui import service
from ui.api.schemas import (
    FullRecommendation,
    Hits,
    Recommendations,
    SdgTable,
    TagsBody,
    TextBody,
)
from ui.errors import NotFound
from ui.export import FORMATS, MEDIA_TYPES
from ui.records import hit, recommendation, recommendation_in_full, tags
from ui.words import facet_of, recommendation_filters, scope_of, search_filters, state_of, text_of

router = APIRouter(tags=["records"])

_LONGEST_VALUE = 200
_LONGEST_QUERY = 2_000

Word = Annotated[str, Query(max_length=_LONGEST_VALUE)]
_MOST_VALUES = 50
States = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["Mongolia"]])]
Cycles = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["1"]])]
Positions = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["accepted"]])]
Recommenders = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["France"]])]
Themes = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["Detention"]])]
Groups = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["children"]])]
Goals = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["16.3"]])]
Agencies = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["UNICEF"]])]
Actions = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["5"]])]
Instruments = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["CEDAW"]])]
Kinds = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["upr_outcome"]])]
Languages = Annotated[list[Word] | None, Query(max_length=_MOST_VALUES, examples=[["en"]])]


class RecommendationQuery:
    """The filters that every view of recommendations takes; each may be given several times."""

    def __init__(
        self,
        state: States = None,
        cycle: Cycles = None,
        position: Positions = None,
        by: Recommenders = None,
        theme: Themes = None,
        group: Groups = None,
        sdg: Goals = None,
        agency: Agencies = None,
        action: Actions = None,
        instrument: Instruments = None,
        text: Annotated[str | None, Query(max_length=_LONGEST_QUERY, examples=["children"])] = None,
    ) -> None:
        self.filters = recommendation_filters(
            state=state, cycle=cycle, position=position, by=by, theme=theme, group=group,
            sdg=sdg, agency=agency, action=action, instrument=instrument, text=text,
        )  # fmt: skip


@router.get("/search", response_model=Hits, summary="Find passages and recommendations")
def search(
    request: Request,
    q: Annotated[
        str, Query(min_length=1, max_length=_LONGEST_QUERY, examples=["national preventive mechanism"])
    ],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    state: States = None,
    cycle: Cycles = None,
    kind: Kinds = None,
    language: Languages = None,
    scope: Annotated[str, Query(max_length=20, examples=["recommendations"])] = "all",
) -> dict[str, Any]:
    """Hits, best first, in any of the six languages."""
    filters = search_filters(kind=kind, state=state, cycle=cycle, language=language)
    found = service.of(request).library.search(
        text_of(q, "query"), k=k, filters=filters, scope=scope_of(scope)
    )
    return {"hits": [hit(one) for one in found]}


def _symbols(running: service.Service) -> dict[str, str]:
    """The symbol of each document that has one, by key."""
    return {one.key: one.symbol for one in running.library.documents() if one.symbol}


@router.get(
    "/recommendations",
    response_model=Recommendations,
    response_model_exclude_unset=True,
    summary="List or count recommendations, exactly",
)
def recommendations(
    request: Request,
    query: Annotated[RecommendationQuery, Depends()],
    count_by: Annotated[str | None, Query(max_length=40, examples=["theme"])] = None,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=0, le=1_000)] = 50,
) -> dict[str, Any]:
    """Rows in the order of State, cycle and number; with `count_by`, counts by that facet instead."""
    running = service.of(request)
    library = running.library
    if count_by:
        total = library.recommendations(query.filters, limit=0).total
        return {"total": total, "counts": library.count(query.filters, facet_of(count_by))}
    rows = library.recommendations(query.filters, offset=offset, limit=limit)
    named = _symbols(running)
    return {
        "total": rows.total,
        "recommendations": [recommendation(rec, named.get(rec.document)) for rec in rows.recommendations],
    }


@router.get("/recommendations/export", summary="The same rows as a file", response_class=Response)
def export(
    request: Request,
    query: Annotated[RecommendationQuery, Depends()],
    file_format: Annotated[Literal["csv", "xlsx", "docx"], Query(alias="format")] = "xlsx",
    language: Annotated[Language, Query(description="Of headings, names and labels.")] = Language.ENGLISH,
) -> Response:
    """csv, xlsx (with a sheet a theme and SDGs by position) or docx in the layout of OHCHR's matrix."""
    running = service.of(request)
    rows = running.library.recommendations(query.filters)
    content = FORMATS[file_format](rows.recommendations, _symbols(running), language)
    named = {"Content-Disposition": f'attachment; filename="recommendations.{file_format}"'}
    return Response(content, media_type=MEDIA_TYPES[file_format], headers=named)


@router.get(
    "/recommendations/{state}/{cycle}/{number}",
    response_model=FullRecommendation,
    summary="One recommendation with the history of its position and the reasons of its tags",
)
def one_recommendation(
    request: Request,
    state: Annotated[str, Path(max_length=100, examples=["MNG"])],
    cycle: Annotated[int, Path(ge=1, le=20, examples=[1])],
    number: Annotated[str, Path(max_length=40, examples=["84.1"])],
) -> dict[str, Any]:
    """A recommendation's own page."""
    running = service.of(request)
    found = running.library.recommendation(state_of(state), cycle, number)
    if found is None:
        raise NotFound(f"No recommendation {number!r} to {state!r} in cycle {cycle}.", "List them first.")
    return recommendation_in_full(found, _symbols(running).get(found.document))


@router.get("/sdgs", response_model=SdgTable, summary="Recommendations by goal and position")
def sdgs(request: Request, query: Annotated[RecommendationQuery, Depends()]) -> dict[str, Any]:
    """A row a goal; a recommendation linked to several goals counts once in each."""
    library = service.of(request).library
    total = library.recommendations(query.filters, limit=0).total
    goals = library.count_by_position(query.filters, facet_of("sdg"))
    rows = [
        {"goal": int(goal), "positions": positions, "total": sum(positions.values())}
        for goal, positions in goals.items()
    ]
    return {"total": total, "goals": rows}


@router.post("/tag", response_model=TagsBody, summary="Tell what a text is about")
def tag_text(body: TextBody) -> dict[str, Any]:
    """Themes, SDGs, groups, action category, agencies and instruments, with reasons."""
    (found,) = tag([body.text])
    return tags(found)
