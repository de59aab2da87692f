"""The one web application: guard, API, pages."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from corpus.errors import BadSetting, CorpusError, TooLarge, UprError
from ui.api import ask, completions, conversations, documents, health, records
from ui.api.ask import Conversations
from ui.api.schemas import ErrorBody
from ui.errors import NotFound, ServiceError, TooLargeUpload
from ui.jobs import Jobs
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
    (ServiceError, 400),
    (CorpusError, 422),
    (BadSetting, 500),
)
_SMALL_BODY = 1_000_000
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody, "description": text}
    for status, text in (
        (400, "A value that nothing answers to."),
        (401, "No token, or a wrong one."),
        (403, "Asked by another site's page."),
        (404, "Not here."),
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
        where = (
            ".".join(str(part) for part in first["loc"] if part not in {"body", "query", "path"}) or "body"
        )
        return error_response(422, "invalid_request", f"{where}: {first['msg']}.", "The shapes are at /docs.")

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> Response:
        response = error_response(
            error.status_code, "http_error", f"{error.detail}.", "The paths are at /docs."
        )
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    async def unknown(_: Request, error: Exception) -> Response:
        log.error("unexpected error", exc_info=error)
        return error_response(
            500, "internal", "Something failed here; the log says what.", "Try again, or report it."
        )


def _prefix(path: str) -> str | None:
    """The part of the service that a path belongs to; None for the pages."""
    return next(
        (prefix for prefix in ("/api", "/v1") if path == prefix or path.startswith(f"{prefix}/")), None
    )


def create_app(library: Library, assistant: Assistant, settings: Settings, *, pages: bool = True) -> FastAPI:
    """The service over `library`, with the pages at `/` unless told otherwise."""
    running = Service(settings, library, assistant, Jobs(library, settings.home / "inbox"))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        running.jobs.close()

    app = FastAPI(
        title="upr",
        version=version("upr"),
        summary="Cited, verified answers over Universal Periodic Review documents.",
        lifespan=lifespan,
        responses=_ERRORS,
    )
    app.state.service = running
    app.state.conversations = Conversations()
    _handlers(app)

    @app.middleware("http")
    async def counted(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        length = request.headers.get("content-length", "0")
        most = settings.max_upload_mb * 1_050_000 if request.url.path == "/api/documents" else _SMALL_BODY
        if _prefix(request.url.path) and length.isdigit() and int(length) > most:
            return error_response(
                413, "too_large", f"The body has {length} bytes, over {most}.", "Send less at once."
            )
        began = time.perf_counter()
        response = await call_next(request)
        route = request.scope.get("route")
        if route is not None and (prefix := _prefix(request.url.path)):
            path = f"{prefix}{route.path.removeprefix(prefix)}"
            running.metrics.seen(f"{request.method} {path}", time.perf_counter() - began)
        return response

    for router in (ask.router, conversations.router, records.router, documents.router, health.router):
        app.include_router(router, prefix="/api")
    app.include_router(completions.router)

    @app.api_route(
        "/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    @app.api_route(
        "/v1/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    def nowhere(path: str) -> None:
        raise NotFound(f"Nothing answers at {path!r}.", "The paths are at /docs.")

    if pages:
        from ui.pages import mount

        app = mount(app, running)
    app.add_middleware(Guard, settings=settings)
    return app
