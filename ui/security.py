"""What stands before every request: who may ask, from where, how much, and the headers of every response.

Sources: OWASP's cheat sheets on CSRF (Origin check), DNS rebinding (Host check) and HTTP headers.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
import time
from collections import deque
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.settings import Settings
from ui.errors import ServiceError

TOKEN_COOKIE = "upr_token"
_OPEN_PATHS = frozenset({"/api/health"})
_UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_LIMITED_PREFIXES = ("/api/", "/v1/")
_MINUTE = 60.0
_MOST_CLIENTS = 10_000  # of whom requests are remembered before those of the last minute are sorted out
_GRADIO = re.compile(r"(?:/[a-z]{2})?/gradio_api/(?P<rest>.*)", re.DOTALL)
# What Gradio's own pages call. Everything else it would answer (files by path, addresses fetched for the caller,
# uploads, recordings, its editor) has no use here and is not reachable.
_GRADIO_ASK = "queue/join"
_GRADIO_OPEN = frozenset(
    {_GRADIO_ASK, "queue/data", "info", "info/", "startup-events", "theme.css", "cancel", "reset", "app_id"}
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_API_POLICY = "default-src 'none'; frame-ancestors 'none'"
_PAGE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_binding(host: str, settings: Settings) -> None:
    """Refuse to listen beyond this machine without a token.

    Raises `ServiceError` with the remedy.
    """
    if settings.token is None and not is_loopback(host):
        raise ServiceError(
            f"{host!r} is reachable from other machines and no token is set.",
            "Set UPR_TOKEN to a long secret, or listen on 127.0.0.1.",
        )


def error_response(status: int, code: str, message: str, remedy: str = "") -> JSONResponse:
    """The one error shape of the API."""
    return JSONResponse({"error": {"code": code, "message": message, "remedy": remedy}}, status)


def _counts(path: str) -> bool:
    """Whether a request is one of those that the rate limit counts: to the API, or a page's way to ask."""
    found = _GRADIO.fullmatch(path)
    return found["rest"] == _GRADIO_ASK if found else path.startswith(_LIMITED_PREFIXES)


def gradio_refused(path: str) -> bool:
    """Whether a path is one of Gradio's own that the pages do not need."""
    found = _GRADIO.fullmatch(path)
    if found is None:
        return any(part in path for part in ("gradio_api", "/monitoring", "/deep_link"))
    rest = found["rest"]
    return rest not in _GRADIO_OPEN and not rest.startswith("heartbeat/")


class Guard:
    """ASGI middleware: host and origin, token, rate, headers; in that order."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._token = settings.token.get_secret_value() if settings.token else None
        self._rate = settings.rate_limit
        self._seen: dict[str, deque[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the reason why not."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        path: str = scope["path"]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out.setdefault(name, value)
                out.setdefault(
                    "Content-Security-Policy",
                    _API_POLICY if path.startswith(_LIMITED_PREFIXES) else _PAGE_POLICY,
                )
            await send(message)

        if refusal is not None and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif refusal is not None:
            await refusal(scope, receive, send_with_headers)
        else:
            await self._app(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if self._token is None and not is_loopback(host):
            return error_response(
                421,
                "wrong_host",
                f"{host!r} is not this machine.",
                "Open http://127.0.0.1 instead, or set UPR_TOKEN.",
            )
        if gradio_refused(scope["path"]):
            return error_response(404, "not_found", "Nothing answers here.", "The paths are at /docs.")
        method = scope.get("method", "GET")
        origin = headers.get("origin")
        if origin and (method in _UNSAFE_METHODS or scope["type"] == "websocket"):
            asked = urlsplit(origin)
            if asked.netloc != headers.get("host"):
                return error_response(
                    403,
                    "wrong_origin",
                    f"A page of {origin!r} may not do this.",
                    "Use this service's own pages.",
                )
        return self._token_refusal(scope, headers) or self._rate_refusal(scope)

    def _token_refusal(self, scope: Scope, headers: Headers) -> Response | None:
        path: str = scope["path"]
        if self._token is None or path in _OPEN_PATHS:
            return None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(given.strip()):
            return None
        if self._is_token(_cookie(headers, TOKEN_COOKIE)):
            return None
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("token", [""])[0]
        if scope["type"] == "http" and scope["method"] == "GET" and self._is_token(asked):
            # A person opens the page once with ?token=…; the cookie carries it from then on.
            response = RedirectResponse(path, 303)
            response.set_cookie(TOKEN_COOKIE, asked, httponly=True, samesite="strict")
            return response
        refused = error_response(
            401,
            "no_token",
            "This service asks for a token.",
            "Send 'Authorization: Bearer …', or open /?token=…",
        )
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused

    def _is_token(self, given: str) -> bool:
        return self._token is not None and hmac.compare_digest(given.encode(), self._token.encode())

    def _rate_refusal(self, scope: Scope) -> Response | None:
        path: str = scope["path"]
        if not self._rate or path in _OPEN_PATHS or not _counts(path):
            return None
        client = (scope.get("client") or ("unknown", 0))[0]
        now = time.monotonic()
        if len(self._seen) > _MOST_CLIENTS:
            self._seen = {one: seen for one, seen in self._seen.items() if seen[-1] > now - _MINUTE}
        seen = self._seen.setdefault(client, deque())
        while seen and seen[0] <= now - _MINUTE:
            seen.popleft()
        if len(seen) < self._rate:
            seen.append(now)
            return None
        wait = max(1, round(_MINUTE - (now - seen[0])))
        refused = error_response(
            429,
            "too_many_requests",
            f"More than {self._rate} requests in a minute.",
            f"Wait {wait} s, or raise UPR_RATE_LIMIT.",
        )
        refused.headers["Retry-After"] = str(wait)
        return refused


def _cookie(headers: Headers, name: str) -> str:
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""
