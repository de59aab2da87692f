"""The command line as people meet it: one line an error, exit codes, output that fits a terminal and a pipe."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from corpus.settings import Settings
from index.library import Library
from tests.ui.conftest import fill
from ui import cli


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("cli")
    with Library.open(Settings(home=made, workers=1, starter=False)) as library:
        fill(library)
    return made


@pytest.fixture
def upr(home: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]):
    """Runs `upr` with these words; gives exit code, stdout and stderr."""
    monkeypatch.setenv("UPR_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "80")

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["upr", *words])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capfdbinary.readouterr()
        return int(left.value.code or 0), said.out.decode("utf-8-sig"), said.err.decode()

    return run


def test_a_line_on_standard_input_that_is_no_utf8_is_told(upr, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\n"), encoding="utf-8"))
    left, _, err = upr("tag")
    assert (left, err) == (1, "upr: '\\udcff' is no UTF-8. Give it in that encoding.\n")


def test_a_name_with_a_line_break_stays_on_its_line(upr, tmp_path: Path) -> None:
    named = tmp_path / "two\nlines.txt"
    named.touch()
    _, out, _ = upr("add", str(named))
    assert out.startswith("failed     'two\\nlines.txt': ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["recs", "--state", "Slovania"], 1, "upr: 'Slovania' is no State. Did you mean Slovenia"),
        (["recs", "--cycle", "ninth"], 1, "upr: 'ninth' is no cycle."),
        (["recs", "--sdg", "18"], 1, "upr: '18' is no goal and no target."),
        (["recs", "--language", "xx"], 1, "upr: 'xx' is no language."),
        (["recs", "--state", "SVN", "--format", "csv", "-o", "/nowhere/x.csv"], 1, "upr: '/nowhere/x.csv' cannot be"),
        (["recs", "--json", "-o", "/nowhere/x.json"], 1, "upr: '/nowhere/x.json' cannot be written: No such file"),
        (["search", " "], 1, "upr: There is no query in ' '."),
        (["ask", ""], 1, "upr: There is no question in ''."),
        (["tag", "a\udcff"], 1, "upr: 'a\\udcff' is no UTF-8."),
        (["parse", "/nowhere.pdf"], 1, "upr: '/nowhere.pdf' cannot be opened"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_an_error_is_one_line_with_value_reason_and_remedy(
    upr, words: list[str], code: int, said: str
) -> None:
    left, out, err = upr(*words)
    assert (left, out) == (code, "")
    assert err.startswith(said)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["recs", "--format", "pdf"], ["search"], ["parse"], ["nothing"]], ids=" ".join
)
def test_wrong_usage_leaves_with_2(upr, words: list[str]) -> None:
    assert upr(*words)[0] == 2


def test_recommendations_fit_the_terminal(upr) -> None:
    code, out, _ = upr("recs", "--state", "SVN", "--cycle", "3")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "SVN 3  6.1  supported  Norway, France"
    assert lines[1] == "    Improve conditions in places of detention"
    assert lines[2] == "SVN 3  6.2  noted      Chile"
    assert lines[-1] == "4 recommendations"
    assert all(len(line) <= 80 and line == line.rstrip() for line in lines)


def test_hits_say_where_they_stand(upr) -> None:
    _, out, _ = upr(
        "search", "rural schools", "-k", "1", "--state", "SVN", "--cycle", "3", "--scope", "recommendations"
    )
    head, text = out.splitlines()
    assert head.startswith("A/HRC/90/1, 6.3")
    assert text == "    Keep rural schools open"


def test_csv_goes_into_a_pipe_and_into_a_file(upr, tmp_path: Path) -> None:
    _, out, _ = upr("recs", "--state", "SVN", "--position", "noted", "--format", "csv")
    assert [row["Number"] for row in csv.DictReader(io.StringIO(out))] == ["6.2", "6.2"]
    target = tmp_path / "noted.csv"
    _, out, err = upr("recs", "--state", "SVN", "--format", "csv", "--language", "fr", "-o", str(target))
    assert (out, err) == ("", f"8 written to {target}\n")
    assert target.read_text(encoding="utf-8-sig").startswith("État examiné,")


def test_json_is_one_value_on_stdout(upr) -> None:
    code, out, err = upr("recs", "--state", "FJI", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["total"] == 3


def test_a_stopped_command_says_so_and_leaves_with_130(upr, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "recommendations", interrupted)
    assert upr("recs") == (
        130,
        "",
        "upr: Stopped. What was done stays; run the command again for the rest.\n",
    )
