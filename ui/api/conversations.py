"""`/api/conversations/{id}`: what a conversation of the pages leaves with: a Word file, the rows behind an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from index.filters import RecommendationFilters
from ui import service
from ui.conversation_docx import conversation_docx
from ui.errors import NotFound
from ui.export import FORMATS, MEDIA_TYPES

if TYPE_CHECKING:
    from corpus.model import Recommendation
    from ui.threads import Turns

router = APIRouter(prefix="/conversations", tags=["conversations"])

_FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in MEDIA_TYPES.values()}, "description": "The file."}
}
_WORD: dict[int | str, dict[str, Any]] = {
    200: {"content": {MEDIA_TYPES["docx"]: {}}, "description": "The file."}
}
Conversation = Annotated[str, Path(max_length=64, examples=["a-conversation-of-this-browser"])]


def _file(content: bytes, name: str, kind: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="{name}.{kind}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPES[kind], headers=named)


def _turns(running: service.Service, conversation: str) -> Turns:
    turns = running.threads.get(conversation)
    if not turns:
        raise NotFound("Nothing was asked in this conversation.", "Ask first, then export.")
    return turns


@router.get("/{conversation}/export", summary="A conversation of the pages as a Word file", responses=_WORD)
def export(request: Request, conversation: Conversation) -> Response:
    """Questions and answers; every citation is a footnote."""
    turns = _turns(service.of(request), conversation)
    content = conversation_docx([(t.question, t.answer) for t in turns if t.answer is not None])
    return _file(content, "conversation", "docx")


def behind(running: service.Service, named: tuple[tuple[str, str], ...]) -> list[Recommendation]:
    """The recommendations that an answer names by key and number, in the answer's order."""
    keys, numbers = dict.fromkeys(key for key, _ in named), dict.fromkeys(number for _, number in named)
    rows = running.library.recommendations(
        RecommendationFilters(document=tuple(keys), number=tuple(numbers))
    ).recommendations
    place = {pair: n for n, pair in enumerate(named)}
    found = [rec for rec in rows if (rec.document, rec.number) in place]
    return sorted(found, key=lambda rec: place[rec.document, rec.number])


@router.get(
    "/{conversation}/answers/{n}/recommendations",
    summary="The recommendations behind an answer of the pages as a file",
    responses=_FILES,
)
def rows(
    request: Request,
    conversation: Conversation,
    n: Annotated[int, Path(ge=0, le=10_000)],
    file_format: Annotated[Literal["csv", "xlsx", "docx"], Query(alias="format")] = "xlsx",
) -> Response:
    """csv, xlsx or docx in the layout of OHCHR's matrix."""
    running = service.of(request)
    turns = _turns(running, conversation)
    given = turns[n].answer if n < len(turns) else None
    if given is None or not given.recommendations:
        raise NotFound(f"Answer {n} rests on no recommendation.", "Download those of another answer.")
    symbols = {one.key: one.symbol for one in running.library.documents() if one.symbol}
    recs = behind(running, tuple(given.recommendations))
    return _file(FORMATS[file_format](recs, symbols), "recommendations", file_format)
