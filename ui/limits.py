"""How much one request may send and for how long, and the count of what was served.

Bodies without a stated length are counted as they arrive; a body that trickles is cut off.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.security import error_response

if TYPE_CHECKING:
    from corpus.settings import Settings
    from ui.service import Metrics

SMALL_BODY = 1_000_000
_FILES_TOGETHER = 5
_ROOM_FOR_HEADERS = 1_050_000
_SECONDS = 30.0


def prefix(path: str) -> str | None:
    """The part of the service that a path belongs to; None for the pages."""
    return next((one for one in ("/api", "/v1") if path == one or path.startswith(f"{one}/")), None)


class Limits:
    """ASGI middleware: size and time of the body; counts and seconds by route of the API."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._upload = settings.max_upload_mb * _FILES_TOGETHER * _ROOM_FOR_HEADERS
        self._upload_seconds = settings.read_timeout
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on within its limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        upload = path.rstrip("/") == "/api/documents"
        most = self._upload if upload else SMALL_BODY
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            said = f"The body has {length} bytes, over {most}."
            await error_response(413, "too_large", said, "Send less at once.")(scope, receive, send)
            return
        began = time.perf_counter()
        until = time.monotonic() + (self._upload_seconds if upload else _SECONDS)
        await self._app(scope, _limited(receive, most, until), send)
        route = scope.get("route")
        if route is not None and (own := prefix(path)):
            named = f"{own}{route.path.removeprefix(own)}"
            self._metrics.seen(f"{scope['method']} {named}", time.perf_counter() - began)


def _limited(receive: Receive, most: int, until: float) -> Receive:
    """`receive` that raises HTTP errors 413 and 408 while the body is still arriving."""
    seen = 0
    complete = False

    async def limited() -> Message:
        nonlocal seen, complete
        if complete:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
        except TimeoutError as error:
            raise HTTPException(408, "The body took too long to arrive") from error
        seen += len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if seen > most:
            raise HTTPException(413, f"The body is over {most} bytes")
        return message

    return limited
