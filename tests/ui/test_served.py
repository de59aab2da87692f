"""The whole service as it runs: pages, what of Gradio is open, headers."""

import httpx
import pytest


@pytest.mark.parametrize("path", ["/", "/recommendations", "/ar/", "/zh/documents", "/ru/sdgs"])
def test_every_page_is_there_with_its_headers(client: httpx.Client, path: str) -> None:
    response = client.get(path, follow_redirects=True)
    assert response.status_code == 200
    assert "uprPage" in response.text
    policy = response.headers["content-security-policy"]
    assert "connect-src 'self'" in policy
    assert "object-src 'none'" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=https://example.org/",
        "/ar/gradio_api/proxy=http://x/",
        "/monitoring",
    ],
)
def test_no_file_and_no_address_is_fetched_for_a_caller(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


def test_gradio_takes_no_upload(client: httpx.Client) -> None:
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 404


def test_the_api_answers_beside_the_pages(client: httpx.Client) -> None:
    assert client.get("/api/health").json()["documents"] == 3
    assert client.get("/api/nowhere").status_code == 404
    assert client.put("/api/ask").status_code == 405
    assert "POST /api/ask" in client.get("/docs").text
    assert client.get("/openapi.json").json()["info"]["title"] == "upr"
