"""The guard before every request."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from corpus.settings import Settings
from ui.errors import ServiceError
from ui.security import Guard, check_binding, gradio_refused, is_loopback

TOKEN = "a-long-secret"


def _client(settings: Settings, base_url: str = "http://127.0.0.1") -> TestClient:
    app = FastAPI()

    @app.get("/api/health")
    def health() -> dict[str, bool]:
        return {"ok": True}

    @app.get("/api/things")
    def things() -> list[int]:
        return [1]

    @app.post("/api/things")
    def change() -> dict[str, bool]:
        return {"changed": True}

    app.add_middleware(Guard, settings=settings)
    return TestClient(app, base_url=base_url, follow_redirects=False)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
     ("example.org", False), ("192.168.1.4", False)],
)  # fmt: skip
def test_loopback_is_told_from_the_rest(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_listening_beyond_this_machine_needs_a_token() -> None:
    with pytest.raises(ServiceError, match="UPR_TOKEN"):
        check_binding("0.0.0.0", Settings())
    check_binding("0.0.0.0", Settings(token=SecretStr(TOKEN)))
    check_binding("127.0.0.1", Settings())


def test_with_a_token_everything_but_health_needs_it() -> None:
    client = _client(Settings(token=SecretStr(TOKEN)))
    assert client.get("/api/health").status_code == 200
    refused = client.get("/api/things")
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "no_token"
    assert client.get("/api/things", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/api/things", headers={"Authorization": f"Bearer {TOKEN}"}).json() == [1]


def test_a_token_in_the_address_becomes_a_cookie_and_leaves_the_address() -> None:
    client = _client(Settings(token=SecretStr(TOKEN)))
    response = client.get(f"/api/things?token={TOKEN}")
    assert response.status_code == 303
    assert response.headers["location"] == "/api/things"
    assert "HttpOnly" in response.headers["set-cookie"]
    assert client.get("/api/things").json() == [1]


def test_another_sites_page_may_not_change_anything() -> None:
    client = _client(Settings())
    refused = client.post("/api/things", headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert client.post("/api/things", headers={"Origin": "http://127.0.0.1"}).status_code == 200


def test_a_rebound_host_name_is_refused() -> None:
    refused = _client(Settings(), base_url="http://evil.example").get("/api/things")
    assert refused.status_code == 421


def test_more_requests_than_the_limit_are_told_to_wait() -> None:
    client = _client(Settings(rate_limit=3))
    assert [client.get("/api/things").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert int(client.get("/api/things").headers["retry-after"]) >= 1
    assert client.get("/api/health").status_code == 200


def test_every_response_carries_the_security_headers() -> None:
    for path in ("/api/things", "/nowhere"):
        headers = _client(Settings()).get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src" in headers["content-security-policy"]


def test_asking_on_a_page_counts_and_what_a_page_is_made_of_does_not() -> None:
    client = _client(Settings(rate_limit=2))
    for path in ("/assets/page.js", "/gradio_api/queue/data", "/"):
        assert [client.get(path).status_code for _ in range(3)] == [404] * 3
    assert [client.post("/fr/gradio_api/queue/join").status_code for _ in range(3)] == [404, 404, 429]


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/gradio_api/file=/etc/passwd", True), ("/gradio_api/file=https://example.org/x", True),
        ("/ar/gradio_api/file/etc/passwd", True), ("/gradio_api/upload", True), ("/fr/gradio_api/proxy=http://x", True),
        ("/gradio_api/vibe-code", True), ("/gradio_api/queue/join/../upload", True), ("/x/y/gradio_api/info", True),
        ("/recommendations/gradio_api/upload", True), ("/monitoring", True), ("/gradio_api/queue/join", False),
        ("/ar/gradio_api/queue/data", False), ("/gradio_api/heartbeat/abc", False), ("/", False), ("/ar/sdgs", False),
    ],
)  # fmt: skip
def test_of_gradios_own_endpoints_only_what_the_pages_call_is_open(path: str, refused: bool) -> None:
    assert gradio_refused(path) is refused
