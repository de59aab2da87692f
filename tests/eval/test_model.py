"""The nouns of the evaluation: crashes are failures, intervals hold the mean, floors are judged."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from eval.model import Case, Metric, Report, Score, Suite, SuiteResult, bootstrap, mean
from eval.report import below_floors, compare, figures, from_json, to_json, to_markdown


@dataclass(frozen=True)
class Equal:
    name: str = "correct"

    def __call__(self, case: Case, output: int) -> Score:
        return Score(output == case.expected, f"{output} for {case.expected}")


@dataclass(frozen=True)
class Crashing:
    name: str = "correct"

    def __call__(self, case: Case, output: int) -> Score:
        raise ValueError("no judgement")


CASES = [Case("a", 1, 2, "en"), Case("b", 2, 4, "en"), Case("c", 3, 7, "fr")]


def _double(case: Case) -> int:
    return int(case.given) * 2


def test_scores_are_averaged_overall_and_by_group() -> None:
    metrics = Suite("doubling", CASES, _double, [Equal()]).run().metrics
    assert metrics["correct"].value == pytest.approx(2 / 3)
    assert metrics["correct/en"].value == 1.0
    assert metrics["correct/fr"].value == 0.0


def test_a_crashed_task_is_a_failure_with_its_error() -> None:
    def task(case: Case) -> int:
        if case.id == "b":
            raise RuntimeError("broken")
        return _double(case)

    result = Suite("doubling", CASES, task, [Equal()]).run()
    assert result.cases[1].error == "task: RuntimeError: broken"
    assert result.metrics["correct"].value == pytest.approx(1 / 3)
    assert result.metrics["crashed"].value == 1


def test_a_crashed_evaluator_is_a_failure_never_a_score() -> None:
    result = Suite("doubling", CASES, _double, [Crashing()]).run()
    assert all(case.scores == {} and "no judgement" in (case.error or "") for case in result.cases)
    assert result.metrics["correct"].value == 0.0


def test_the_interval_holds_the_mean_and_repeats() -> None:
    values = [1.0] * 80 + [0.0] * 20
    low, high = bootstrap(values)
    assert low < 0.8 < high
    assert bootstrap(values) == (low, high)
    assert mean([]) == Metric(0.0, 0)


def test_a_report_survives_json_and_shows_what_changed() -> None:
    before = Report((Suite("doubling", CASES, _double, [Equal()]).run(),))
    after = Report((Suite("doubling", CASES, lambda case: 7, [Equal()]).run(),))
    assert from_json(to_json(before)) == Report(
        tuple(
            SuiteResult(r.suite, r.metrics, tuple(_without_time(c) for c in r.cases), r.system, r.notes)
            for r in before.results
        ),
        before.environment,
    )
    changes = compare(before, after)
    assert [(c.case, c.before, c.after) for c in changes] == [
        ("a", True, False),
        ("b", True, False),
        ("c", False, True),
    ]
    assert figures(before) == {"doubling": {"correct": 0.6667, "correct/en": 1.0, "correct/fr": 0.0}}
    assert "| correct |" in to_markdown(before)


def _without_time(case):
    return type(case)(case.id, case.group, case.scores, case.error)


def test_floors_name_what_is_below_and_what_was_not_measured(tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(
        '[doubling]\ncorrect = {at_least = 0.9, reason = "first measured"}\nspeed = {at_least = 1, reason = "x"}\n'
        '[other]\ncorrect = {at_least = 1.0, reason = "not run"}\n',
        encoding="utf-8",
    )
    missed = below_floors(Report((Suite("doubling", CASES, _double, [Equal()]).run(),)), floors)
    assert len(missed) == 2
    assert "0.6667 is below 0.9" in missed[0]
    assert "not measured" in missed[1]
