"""The HTTP API over a small library: answers, streams, rows, one error shape."""

import csv
import io
import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from index.library import Library
from tests.ui.conftest import QUESTION
from ui.threads import Turn


@pytest.fixture
def asked(api: FastAPI) -> Iterator[TestClient]:
    with TestClient(api, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def test_a_question_is_answered_with_citations_that_stand_in_the_stored_text(
    asked: TestClient, service_library: Library
) -> None:
    answer = asked.post("/api/ask", json={"question": QUESTION}).json()
    assert not answer["abstained"]
    named = {(r["key"], r["number"]) for r in answer["recommendations"]}
    assert named == {("A/HRC/90/1", "6.1"), ("A/HRC/90/1", "6.4")}
    for cited in answer["citations"]:
        assert service_library.document(cited["key"]).text[cited["start"] : cited["end"]] == cited["quote"]


def test_the_stream_joins_to_the_answer(asked: TestClient) -> None:
    response = asked.post("/api/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [
        (lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: ")))
        for block in response.text.strip().split("\n\n")
        if (lines := block.split("\n"))
    ]
    assert "".join(data for name, data in events if name == "text") == events[-1][1]["answer"]
    assert events[-1][0] == "answer"


def test_a_conversation_carries_the_question_on(asked: TestClient) -> None:
    first = asked.post("/api/ask", json={"question": QUESTION}).json()
    then = asked.post(
        "/api/ask", json={"question": "And the noted ones?", "conversation": first["conversation"]}
    )
    assert then.json()["conversation"] == first["conversation"]
    assert then.json()["filters"].get("states") == ["SVN"]
    assert {r["number"] for r in then.json()["recommendations"]} == {"6.2"}


def test_an_openai_client_can_ask(asked: TestClient) -> None:
    body = {"model": "upr", "messages": [{"role": "user", "content": QUESTION}]}
    whole = asked.post("/v1/chat/completions", json=body).json()
    text = whole["choices"][0]["message"]["content"]
    assert "A/HRC/90/1" in text
    streamed = asked.post("/v1/chat/completions", json=body | {"stream": True}).text
    events = [line.removeprefix("data: ") for line in streamed.split("\n\n") if line]
    assert events[-1] == "[DONE]"
    pieces = [json.loads(one)["choices"][0]["delta"].get("content", "") for one in events[:-1]]
    assert "".join(pieces) == text
    assert asked.get("/v1/models").json()["data"][0]["id"] == "upr"


def test_rows_counts_and_pages_add_up(asked: TestClient) -> None:
    everything = asked.get("/api/recommendations", params={"state": "Slovenia"}).json()
    assert everything["total"] == 8 == len(everything["recommendations"])
    page = asked.get("/api/recommendations", params={"state": "SVN", "offset": 6, "limit": 5}).json()
    assert page["recommendations"] == everything["recommendations"][6:]
    counts = asked.get("/api/recommendations", params={"state": "SVN", "count_by": "position"}).json()
    assert counts == {"total": 8, "counts": {"supported": 6, "noted": 2}}
    goals = asked.get("/api/sdgs", params={"state": "SVN", "cycle": 3}).json()
    assert {row["goal"]: row["total"] for row in goals["goals"]} == {4: 1, 16: 3}


def test_one_recommendation_in_full(asked: TestClient) -> None:
    found = asked.get("/api/recommendations/Slovenia/3/6.1").json()
    assert found["recommenders"] == ["NOR", "FRA"]
    assert found["history"][0]["source"]["key"] == "A/HRC/90/1"
    assert "Detention" in found["themes"]
    assert all(tag["why"] for tag in found["tags"]["themes"])


def test_an_export_holds_the_rows_of_the_filters(asked: TestClient) -> None:
    response = asked.get("/api/recommendations/export", params={"state": "SVN", "cycle": 4, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row["Number"] for row in rows] == ["6.1", "6.2", "6.3", "6.4"]
    assert "attachment" in response.headers["content-disposition"]


def test_a_conversation_of_the_pages_can_be_taken_away(asked: TestClient, api: FastAPI) -> None:
    service = api.state.service
    conversation = "c" * 24
    service.threads.keep(conversation, [Turn(QUESTION, service.assistant.ask(QUESTION))])
    word = asked.get(f"/api/conversations/{conversation}/export")
    assert word.content[:2] == b"PK"
    rows = asked.get(f"/api/conversations/{conversation}/answers/0/recommendations", params={"format": "csv"})
    numbers = [row["Number"] for row in csv.DictReader(io.StringIO(rows.content.decode("utf-8-sig")))]
    assert numbers == ["6.1", "6.4"]
    assert asked.get(f"/api/conversations/{'d' * 24}/export").status_code == 404
    assert asked.get(f"/api/conversations/{conversation}/answers/7/recommendations").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/api/nowhere", None, 404, "not_found"),
        ("GET", "/v1/nowhere", None, 404, "not_found"),
        ("PUT", "/api/ask", None, 405, "method_not_allowed"),
        ("DELETE", "/api/health", None, 405, "method_not_allowed"),
        ("POST", "/api/ask", {"question": ""}, 422, "invalid_request"),
        ("POST", "/api/ask", {"question": "x", "other": 1}, 422, "invalid_request"),
        ("POST", "/api/ask", {"question": "   "}, 400, "empty_question"),
        ("GET", "/api/recommendations?state=Slovania", None, 400, "unknown_value"),
        ("GET", "/api/recommendations?sdg=18", None, 400, "unknown_value"),
        ("GET", "/api/recommendations/SVN/3/99.9", None, 404, "not_found"),
        ("GET", "/api/search?q=", None, 422, "invalid_request"),
        ("GET", "/api/search?q=%20", None, 400, "bad_request"),
        ("GET", "/api/documents/none/of/these", None, 405, "method_not_allowed"),
        ("DELETE", "/api/documents/none/of/these", None, 404, "not_found"),
        ("GET", "/api/jobs/none", None, 404, "not_found"),
        ("POST", "/v1/chat/completions", {"messages": []}, 422, "invalid_request"),
        (
            "POST",
            "/v1/chat/completions",
            {"messages": [{"role": "system", "content": "x"}]},
            400,
            "bad_request",
        ),
    ],
)
def test_every_refusal_has_one_shape_and_says_what_to_do(
    asked: TestClient, method: str, path: str, body: object, status: int, code: str
) -> None:
    response = asked.request(method, path, json=body)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"code", "message", "remedy"}
    assert error["code"] == code
    assert error["message"]
    assert error["remedy"]


def test_a_body_without_a_length_is_bounded_too(asked: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 100_000

    response = asked.post("/api/ask", content=endless(), headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_large"


def test_every_operation_is_described_with_an_example(api: FastAPI) -> None:
    schema = api.openapi()
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert operation["description"], (method, path)
            assert "422" in operation["responses"], (method, path)
    ask = schema["components"]["schemas"]["Question"]["properties"]["question"]
    assert ask["examples"]


def test_the_docs_are_one_plain_page_that_asks_nobody(asked: TestClient) -> None:
    page = asked.get("/docs")
    assert page.status_code == 200
    assert "POST /api/ask" in page.text
    assert "<script" not in page.text
    assert "https://" not in page.text
