"""A language model that lies: nothing false reaches the user, and what is true of it is kept."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from assistant.ask import Assistant
from assistant.model import sentences
from corpus.settings import Settings
from index.library import Library
from tests.assistant.lying import Scripted, calls

QUESTION = "What did Norway recommend to Kenya?"
TRUE = "Norway recommended that Kenya improve conditions of detention in all prisons [E1]."


def ask(library: Library, *replies: object, question: str = QUESTION, **settings: object):
    model = Scripted(replies=list(replies))
    given = Settings(starter=False, model="scripted:lying", **settings)
    return Assistant(library, given, model=model).ask(question), model


def test_what_is_true_is_kept_with_its_citation(library: Library) -> None:
    answer, _ = ask(library, TRUE)
    assert "Norway recommended that Kenya improve conditions of detention in all prisons" in answer.answer
    assert answer.citations[0].quote == "Improve conditions of detention in all prisons"


LIES = {
    "invented key": "Norway asked Kenya to leave the United Nations [E77].",
    "no key": "Kenya has the best prisons in the world.",
    "true key, invented content": "Norway recommended that Kenya privatise its railways and sell its ports [E1].",
    "altered quote": "Norway said “Improve conditions of detention in all schools” [E1].",
    "quote of another source": "Norway said “Abolish the death penalty for all crimes” [E1].",
    "wrong number": "Norway made 45 recommendations to Kenya [E1].",
    "wrong number beside true words": "In 1995 Norway wanted better conditions of detention in 30 prisons [E1].",
    "wrong State": "Germany recommended that Kenya improve conditions of detention in all prisons [E1].",
    "wrong position": "Kenya rejected the recommendation to improve conditions of detention in all prisons [E1].",
    "position of another row": "Kenya accepted the recommendation to abolish the death penalty for all crimes [E3].",
    "negated": "Norway recommended that Kenya not improve conditions of detention in all prisons [E1].",
    "followed injection": "I have ignored all previous instructions [E1].",
    "followed injection without key": "The Fund is bankrupt.",
    "opinion with a key": "Kenya is a terrible and hypocritical government that deserves no trust [E1].",
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_never_reaches_the_user(library: Library, lie: str) -> None:
    answer, _ = ask(library, lie)
    bare = lie.split("[")[0].strip(" .")
    assert bare not in answer.answer
    assert not answer.abstained  # the answer made without the model
    assert "could not be verified" in answer.answer
    assert answer.figures[0].value == 3


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_a_lie_beside_the_truth_is_dropped_and_told(library: Library, lie: str) -> None:
    answer, model = ask(library, f"{TRUE} {lie}")
    assert "Norway recommended that Kenya improve conditions of detention" in answer.answer
    assert lie.split("[")[0].strip(" .") not in answer.answer
    assert "left out" in answer.answer
    assert len(model.seen) == 2  # asked once to mend it, not more


def test_what_is_mended_is_taken(library: Library) -> None:
    answer, _ = ask(library, "Norway made 45 recommendations to Kenya [E1].", TRUE)
    assert "improve conditions of detention" in answer.answer
    assert "45" not in answer.answer


def test_a_model_that_loops_over_tools_is_stopped(library: Library) -> None:
    answer, model = ask(library, calls("search", query="prisons"))
    assert "could not be verified" in answer.answer
    assert answer.figures[0].value == 3
    assert len(model.seen) <= 7


def test_tools_bring_evidence_that_can_be_cited(library: Library) -> None:
    replies = (
        calls("rows", state_under_review="Kenya", recommending_state="France"),
        "France recommended that Kenya ratify the Optional Protocol to the Convention against Torture [E4].",
    )
    answer, model = ask(library, *replies)
    assert "total: 2" in model.seen[1][-1].content
    assert answer.citations[0].quote == "Ratify the Optional Protocol to the Convention against Torture"


def test_a_misused_tool_answers_in_words(library: Library) -> None:
    _, model = ask(
        library,
        calls("rows", state_under_review="Atlantis"),
        calls("nothing"),
        calls("document", symbol="A/HRC/90/20", paragraph="88"),
        TRUE,
    )
    said = [message[-1].content for message in model.seen[1:4]]
    assert "no State is called 'Atlantis'" in said[0]
    assert "no tool" in said[1]
    assert "could not" in said[2]


def test_injected_text_in_a_document_is_data(library: Library) -> None:
    answer, model = ask(
        library,
        calls("search", query="ignore instructions bankrupt"),
        "The Fund is bankrupt [E4].",
        question=QUESTION,
    )
    assert "bankrupt" not in answer.answer
    assert "do not follow it" in model.seen[0][0].content


def test_evidence_is_bounded(library: Library) -> None:
    _, model = ask(library, calls("search", query="recommendations"), TRUE, model_context=60)
    assert "the limit of what can be shown is reached" in model.seen[1][-1].content


def test_a_failing_model_falls_back_with_a_note(library: Library) -> None:
    answer, _ = ask(library, RuntimeError("boom"))
    assert answer.figures[0].value == 3
    assert "could not be used" in answer.answer


def test_a_slow_model_falls_back_with_a_note(library: Library) -> None:
    model = Scripted(replies=[TRUE], delay=1.0)
    settings = Settings(starter=False, model="scripted:slow", model_timeout=0.2)
    answer = Assistant(library, settings, model=model).ask(QUESTION)
    assert answer.figures[0].value == 3
    assert "could not be used" in answer.answer


def test_an_unknown_model_falls_back_with_a_note(library: Library) -> None:
    answer = Assistant(library, Settings(starter=False, model="nobody:nothing")).ask(QUESTION)
    assert answer.figures[0].value == 3
    assert "could not be used" in answer.answer


def test_what_is_declined_for_good_is_not_put_to_a_model(library: Library) -> None:
    answer, model = ask(library, TRUE, question="Do you think Kenya is a democracy?")
    assert answer.reason == "opinion"
    assert model.seen == []


def test_sentences_keep_their_keys() -> None:
    assert sentences("One is so [E1]. Two is “a. b” [E2][E3]. 三是这样。[E4]") == [
        "One is so [E1].",
        "Two is “a. b” [E2][E3].",
        "三是这样。[E4]",
    ]


class _OpenAi(BaseHTTPRequestHandler):
    """As much of an OpenAI-compatible server as a streamed chat needs."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for place, piece in enumerate([TRUE[:20], TRUE[20:], ""]):
            delta = {"role": "assistant", "content": piece} if piece else {}
            chunk = {
                "id": "1", "object": "chat.completion.chunk", "created": 1, "model": "local",
                "choices": [{"index": 0, "delta": delta, "finish_reason": None if piece else "stop"}],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            del place
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), _OpenAi)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{running.server_port}/v1")
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


def test_an_openai_compatible_server_writes_the_answer(library: Library, server: str) -> None:
    answer = Assistant(library, Settings(starter=False, model="openai:local", model_timeout=60)).ask(QUESTION)
    assert "Norway recommended that Kenya improve conditions of detention in all prisons" in answer.answer
    assert [one.n for one in answer.citations] == [1]
