"""A library that holds an export and no report: its reviews are known by their rows."""

from collections.abc import Iterator

import pytest

from assistant.ask import Assistant
from corpus.settings import Settings
from index.library import Library

ROWS = (
    "Recommendation,To,From,Response,Action,Issue,Session",
    "Ratify the Convention on enforced disappearances,Chile,France,Accepted,5,International instruments,18",
    "Improve the conditions of detention,Chile,Norway,Noted,4,Detention,18",
    "Continue the policies for children,Chile,Ghana,Accepted,2,Rights of the Child,5",
    "Build more schools,Kenya,Norway,Accepted,5,Right to education,21",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("export")
    (folder / "export.csv").write_text("\n".join(ROWS) + "\n", encoding="utf-8")
    settings = Settings(home=folder / "home", starter=False, workers=1)
    with Library.open(settings) as opened:
        assert [one.status for one in opened.add([folder / "export.csv"])] == ["added"]
        yield Assistant(opened, settings)


# question, leading figure
COUNTS = {
    "of a State": ("How many recommendations did Chile receive?", 3),
    "of a cycle": ("How many recommendations did Chile receive in the second cycle?", 2),
    "of the year of its session": ("How many recommendations did Chile receive in 2014?", 2),
    "by position": ("Combien de recommandations le Chili a-t-il acceptées ?", 2),
    "the last review": ("How many recommendations did Chile receive in its last review?", 2),
}


@pytest.mark.parametrize(("question", "figure"), COUNTS.values(), ids=COUNTS)
def test_rows_of_an_export_are_counted(asked: Assistant, question: str, figure: int) -> None:
    answer = asked.ask(question)
    assert not answer.abstained
    assert float(answer.figures[0].value) == figure


def test_a_cycle_that_no_row_is_of_is_declined(asked: Assistant) -> None:
    answer = asked.ask("How many recommendations did Kenya receive in the first cycle?")
    assert (answer.abstained, answer.reason) == (True, "no_cycle")
