"""Floors: what is below is named, and no floor moves down."""

from pathlib import Path

import pytest

from eval.errors import EvaluationError
from eval.floors import below, floors
from eval.model import Metric, Report, SuiteResult, crashed

STEP = '{on = 2026-01-0%d, at_least = %s, reason = "measured"}'


def _file(folder: Path, *steps: str, metric: str = "correct") -> Path:
    path = folder / "floors.toml"
    path.write_text(f"[data.doubling]\n{metric} = [{', '.join(steps)}]\n", encoding="utf-8")
    return path


def test_the_last_step_holds_and_what_is_below_is_named(tmp_path: Path) -> None:
    wanted = floors(real=True, path=_file(tmp_path, STEP % (1, 0.5), STEP % (2, 0.9)))
    assert [floor.at_least for floor in wanted] == [0.9]
    report = Report((SuiteResult("doubling", {"correct": Metric(0.6667)}),))
    assert below(report, wanted) == ["doubling/correct: 0.6667 is below 0.9 (measured)"]
    assert below(Report((SuiteResult("doubling", {"correct": Metric(0.9)}),)), wanted) == []


def test_a_floor_that_was_not_measured_is_missed_and_a_suite_that_did_not_run_is_not_judged(
    tmp_path: Path,
) -> None:
    wanted = floors(real=True, path=_file(tmp_path, STEP % (1, 0.5), metric="speed"))
    assert "not measured" in below(Report((SuiteResult("doubling", {}),)), wanted)[0]
    assert below(Report((SuiteResult("another", {}),)), wanted) == []


def test_a_crash_is_below_every_floor() -> None:
    assert "boom" in below(Report((crashed("doubling", ValueError("boom")),)), [])[0]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((STEP % (1, 0.9), STEP % (2, 0.8)), "only move up"),
        ((STEP % (2, 0.8), STEP % (1, 0.9)), "only move up"),
        (("{on = 2026-01-01, at_least = 0.9}",), "Give on, at_least and reason"),
        ((), "has no step"),
    ],
    ids=["down", "back in time", "without a reason", "empty"],
)
def test_a_floor_that_moves_down_or_gives_no_reason_is_refused(
    tmp_path: Path, steps: tuple[str, ...], said: str
) -> None:
    with pytest.raises(EvaluationError, match=said):
        floors(real=True, path=_file(tmp_path, *steps))


@pytest.mark.parametrize("real", [True, False], ids=["real documents", "starter corpus"])
def test_every_suite_but_speed_has_floors(real: bool) -> None:
    suites = {floor.suite for floor in floors(real=real)}
    assert suites == {"reading", "retrieval", "tags", "answers", "citations", "abstention"}
