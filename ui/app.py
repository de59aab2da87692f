"""The one web application: guard, API, pages."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import Route, compile_path

from assistant.errors import ModelError, QuestionError
from corpus.errors import BadSetting, CorpusError, TooLarge, UprError
from index.errors import NotStored
from ui.api import ask, completions, conversations, docs, documents, health, records
from ui.api.ask import Conversations
from ui.api.schemas import ErrorBody
from ui.errors import NotFound, ServiceError, TooLargeUpload
from ui.jobs import Jobs
from ui.limits import Limits
from ui.security import Guard, error_response
from ui.service import Service

if TYPE_CHECKING:
    from assistant.ask import Assistant
    from corpus.settings import Settings
    from index.library import Library

log = logging.getLogger("upr")

_STATUS: tuple[tuple[type[UprError], int], ...] = (
    (NotFound, 404),
    (TooLargeUpload, 413),
    (TooLarge, 413),
    (NotStored, 404),
    (ServiceError, 400),
    (QuestionError, 400),
    (ModelError, 502),
    (CorpusError, 422),
    (BadSetting, 500),
)
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"]
_CODES = {404: "not_found", 405: "method_not_allowed", 408: "too_slow", 413: "too_large"}
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": text}
    for status, text in (
        (400, "A value that nothing answers to."),
        (401, "No token, or a wrong one."),
        (403, "Asked by another site's page."),
        (404, "Not here."),
        (405, "Not by this method."),
        (408, "The body took too long to arrive."),
        (413, "Too large."),
        (422, "Not of the right shape."),
        (429, "Too many requests."),
        (500, "Something failed here."),
        (503, "The index is busy."),
    )
}


def status_of(error: UprError) -> int:
    """The HTTP status that says what kind of error it is."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 503)


def _handlers(app: FastAPI) -> None:
    @app.exception_handler(UprError)
    async def known(_: Request, error: UprError) -> Response:
        return error_response(status_of(error), error.code, error.message, error.remedy)

    @app.exception_handler(RequestValidationError)
    async def invalid(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            said = f"The body is no JSON: {first['ctx']['error']} at character {first['loc'][-1]}."
            return error_response(422, "invalid_request", said, "The shapes are at /docs.")
        where = (
            ".".join(str(part) for part in first["loc"] if part not in {"body", "query", "path"}) or "body"
        )
        return error_response(422, "invalid_request", f"{where}: {first['msg']}.", "The shapes are at /docs.")

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> Response:
        code = _CODES.get(error.status_code, "http_error")
        response = error_response(
            error.status_code, code, f"{error.detail.rstrip('.')}.", "The paths are at /docs."
        )
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    async def unknown(_: Request, error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return error_response(
            500, "internal", "Something failed here; the log says what.", "Try again, or report it."
        )


def _refuse_the_rest(app: FastAPI, routers: Sequence[tuple[str, APIRouter]]) -> None:
    """Answer for what no route of the API takes; the pages, mounted at the root, would otherwise."""
    known = [
        (compile_path(f"{prefix}{route.path}")[0], route.methods or set())
        for prefix, router in routers
        for route in router.routes
        if isinstance(route, Route)
    ]

    def nowhere(request: Request) -> None:
        path = request.url.path
        allowed = ", ".join(
            sorted({method for regex, methods in known if regex.match(path) for method in methods})
        )
        if allowed:
            raise HTTPException(405, f"{request.method} is not among {allowed}", {"Allow": allowed})
        raise NotFound(f"Nothing answers at {path!r}.", "The paths are at /docs.")

    for path in ("/api", "/api/{path:path}", "/v1", "/v1/{path:path}"):
        app.add_api_route(path, nowhere, methods=_METHODS, include_in_schema=False)


def create_app(library: Library, assistant: Assistant, settings: Settings, *, pages: bool = True) -> FastAPI:
    """The service over `library`, with the pages at `/` unless told otherwise."""
    running = Service(settings, library, assistant, Jobs(library, settings.home / "inbox"))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        running.jobs.resume()
        yield
        running.jobs.close()

    app = FastAPI(
        title="upr",
        version=version("upr"),
        summary="Cited, verified answers over Universal Periodic Review documents.",
        lifespan=lifespan,
        responses=_ERRORS,
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = running
    app.state.conversations = Conversations()
    _handlers(app)

    under_api = (ask.router, conversations.router, records.router, documents.router, health.router)
    routers = [*(("/api", router) for router in under_api), ("", completions.router)]
    for prefix, router in routers:
        app.include_router(router, prefix=prefix)
    app.include_router(docs.router)
    _refuse_the_rest(app, routers)
    if pages:
        from ui.pages.site import mount

        app = mount(app, running)
    app.add_middleware(Limits, settings=settings, metrics=running.metrics)
    app.add_middleware(Guard, settings=settings)
    return app
