"""The whole service as it runs: pages, what of Gradio is open, headers."""

from collections.abc import Iterator

import httpx
import openai
import pytest
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tests.ui.conftest import QUESTION, Served


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


@pytest.fixture
def model_clients(served: Served) -> Iterator[tuple[openai.OpenAI, ChatOpenAI]]:
    """The two clients most programs use, pointed at the service."""
    address = f"{served.address}/v1"
    with httpx.Client(trust_env=False, timeout=60) as plain:
        yield (
            openai.OpenAI(base_url=address, api_key="none", http_client=plain),
            ChatOpenAI(model="upr", base_url=address, api_key=SecretStr("none"), http_client=plain),
        )


def test_openais_own_client_uses_the_service_as_a_model(
    model_clients: tuple[openai.OpenAI, ChatOpenAI],
) -> None:
    client, _ = model_clients
    assert [one.id for one in client.models.list()] == ["upr"]
    assert client.models.retrieve("upr").id == "upr"
    first = {"role": "user", "content": QUESTION}
    whole = client.chat.completions.create(model="upr", messages=[first])
    said = whole.choices[0].message.content or ""
    assert "A/HRC/90/1" in said
    assert whole.choices[0].finish_reason == "stop"
    stream = client.chat.completions.create(
        model="upr", messages=[first], stream=True, stream_options={"include_usage": True}
    )
    pieces = list(stream)
    assert "".join(one.choices[0].delta.content or "" for one in pieces if one.choices) == said
    assert pieces[-1].usage is not None
    then = [first, {"role": "assistant", "content": said}, {"role": "user", "content": "And the noted ones?"}]
    noted = client.chat.completions.create(model="upr", messages=then).choices[0].message.content or ""
    assert "Shorten pretrial detention" in noted
    with pytest.raises(openai.BadRequestError, match="No message of the role"):
        client.chat.completions.create(model="upr", messages=[{"role": "system", "content": "x"}])
    with pytest.raises(openai.NotFoundError, match="No model 'other'"):
        client.models.retrieve("other")


def test_langchain_uses_the_service_as_a_model(model_clients: tuple[openai.OpenAI, ChatOpenAI]) -> None:
    _, chat = model_clients
    said = chat.invoke(QUESTION).text
    assert "A/HRC/90/1" in said
    assert "".join(one.text for one in chat.stream(QUESTION)) == said


def test_gradio_takes_no_upload(client: httpx.Client) -> None:
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 404


def test_the_api_answers_beside_the_pages(client: httpx.Client) -> None:
    assert client.get("/api/health").json()["documents"] == 3
    assert client.get("/api/nowhere").status_code == 404
    assert client.put("/api/ask").status_code == 405
    assert "POST /api/ask" in client.get("/docs").text
    assert client.get("/openapi.json").json()["info"]["title"] == "upr"
