"""Every example of the OpenAPI description is true over the starter corpus: asked as it stands, it finds something."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.ask import Assistant
from corpus.settings import Settings
from index.library import Library
from ui.app import create_app

# What stands for "something": the part of the answer that must not be empty.
FOUND = {
    "/api/search": "hits",
    "/api/recommendations": "total",
    "/api/recommendations/{state}/{cycle}/{number}": "text",
    "/api/sdgs": "goals",
    "/v1/models/{model}": "id",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    chosen = Settings(home=tmp_path_factory.mktemp("starter"), workers=1)
    with Library.open(chosen) as library:
        library.fill_from_starter()
        app = create_app(library, Assistant(library, chosen), chosen, pages=False)
        with TestClient(app, base_url="http://127.0.0.1") as opened:
            yield opened


@pytest.fixture(scope="module")
def schema(client: TestClient) -> dict[str, Any]:
    described: dict[str, Any] = client.get("/openapi.json").json()
    return described


def _example(parameter: dict[str, Any]) -> Any:
    examples = parameter["schema"].get("examples")
    return examples[0] if examples else None


@pytest.mark.parametrize("path", FOUND)
def test_examples_of_parameters_find_something(path: str, client: TestClient, schema: dict[str, Any]) -> None:
    parameters = schema["paths"][path]["get"]["parameters"]
    needed = {one["name"]: _example(one) for one in parameters if one["required"]}
    address = path.format(**needed)
    asked = {name: value for name, value in needed.items() if f"{{{name}}}" not in path}
    optional = {one["name"]: value for one in parameters if not one["required"] and (value := _example(one))}
    tried = [asked, *({**asked, name: value} for name, value in optional.items())]
    for query in tried:
        response = client.get(address, params=query)
        assert response.status_code == 200, (query, response.text)
        assert response.json()[FOUND[path]], query
    assert len(tried) > len(optional)


def test_examples_of_bodies_are_answered(client: TestClient, schema: dict[str, Any]) -> None:
    shapes = schema["components"]["schemas"]
    asked = {"question": shapes["Question"]["properties"]["question"]["examples"][0]}
    answer = client.post("/api/ask", json=asked).json()
    assert not answer["abstained"]
    assert answer["citations"]
    (messages,) = shapes["ChatRequest"]["properties"]["messages"]["examples"]
    said = client.post("/v1/chat/completions", json={"messages": messages}).json()
    assert "[1]" in said["choices"][0]["message"]["content"]
    text = shapes["TextBody"]["properties"]["text"]["examples"][0]
    assert client.post("/api/tag", json={"text": text}).json()["themes"]


def test_the_example_of_an_error_is_what_is_said(client: TestClient, schema: dict[str, Any]) -> None:
    problem = schema["components"]["schemas"]["Problem"]["properties"]
    expected = {name: shape["examples"][0] for name, shape in problem.items()}
    assert client.get("/api/recommendations", params={"state": "Slovania"}).json() == {"error": expected}
