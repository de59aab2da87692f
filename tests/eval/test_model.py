"""The nouns of the evaluation: crashes are failures, intervals hold the mean, reports survive JSON."""

from dataclasses import replace

import pytest

from eval.against import compare
from eval.model import (
    Case,
    CaseResult,
    Evaluator,
    Metric,
    Report,
    Score,
    Suite,
    SuiteResult,
    bootstrap,
    crashed,
    mean,
    median,
    merged,
)
from eval.report import figures, from_json, to_json, to_markdown

EQUAL = Evaluator[int, int, int]("correct", lambda case, output: Score(output == case.expected, f"{output}"))
CASES = [Case("a", 1, 2, ("en",)), Case("b", 2, 4, ("en", "even")), Case("c", 3, 7, ("fr",))]


def _no_judgement(case: Case[int, int], output: int) -> Score:
    raise ValueError("no judgement")


def _double(case: Case[int, int]) -> int:
    return case.given * 2


def _doubling() -> SuiteResult:
    return Suite("doubling", CASES, _double, [EQUAL]).run()


def test_scores_are_averaged_overall_and_by_group() -> None:
    metrics = _doubling().metrics
    assert metrics["correct"].value == pytest.approx(2 / 3)
    assert {name: metric.value for name, metric in metrics.items() if "/" in name} == {
        "correct/en": 1.0,
        "correct/even": 1.0,
        "correct/fr": 0.0,
    }


def test_shares_of_unequal_wholes_weigh_by_their_wholes() -> None:
    shares = Evaluator[int, int, int]("recall", lambda case, output: Score(1 / case.given, weight=case.given))
    metric = Suite("weighing", [Case("a", 1, 0), Case("b", 3, 0)], _double, [shares]).run().metrics["recall"]
    assert metric.value == pytest.approx(2 / 4)
    assert metric.low is not None
    assert metric.low < 0.5 < (metric.high or 0)


def test_a_metric_that_does_not_apply_is_left_out() -> None:
    sometimes = Evaluator[int, int, int](
        "sometimes", lambda case, output: Score(True) if case.given == 1 else None
    )
    assert Suite("some", CASES, _double, [sometimes]).run().metrics["sometimes"].n == 1


def test_a_crashed_task_is_a_failure_with_its_error() -> None:
    def task(case: Case[int, int]) -> int:
        if case.id == "b":
            raise RuntimeError("broken")
        return _double(case)

    result = Suite("doubling", CASES, task, [EQUAL]).run()
    assert result.cases[1].error == "task: RuntimeError: broken"
    assert result.metrics["correct"].value == pytest.approx(1 / 3)
    assert result.metrics["crashed"].value == 1


def test_a_crashed_evaluator_is_a_failure_never_a_score() -> None:
    result = Suite("doubling", CASES, _double, [Evaluator("correct", _no_judgement)]).run()
    assert all(case.scores == {} and "no judgement" in (case.error or "") for case in result.cases)
    assert result.metrics["correct"].value == 0.0
    assert result.metrics["crashed"].value == 3


def test_results_of_one_suite_and_system_become_one() -> None:
    part = SuiteResult("doubling", {"other": Metric(0.5)}, (CaseResult("z"),), notes=("said",))
    (one,) = merged([_doubling(), part])
    assert {"correct", "other"} <= set(one.metrics)
    assert [case.id for case in one.cases] == ["a", "b", "c", "z"]
    assert len(merged([part, replace(part, system="other")])) == 2
    both = merged([crashed("doubling", ValueError("x")), crashed("doubling", ValueError("y"))])
    assert both[0].metrics["crashed"].value == 2


def test_the_interval_holds_the_mean_and_repeats() -> None:
    values = [1.0] * 80 + [0.0] * 20
    low, high = bootstrap(values)
    assert low < 0.8 < high
    assert bootstrap(values) == (low, high)
    assert mean([]) == Metric(0.0, 0)
    assert mean([0.0], weights=[0.0]).n == 0


def test_of_times_the_range_of_single_measurements_is_given() -> None:
    metric = median([1.0, 2.0, 3.0, 4.0, 100.0], "ms")
    assert metric.value == 3.0
    assert metric.low is not None
    assert metric.high is not None
    assert metric.low < 2 < 4 < metric.high


def test_a_report_survives_json_and_markdown_shows_it() -> None:
    before = Report(
        (_doubling(), SuiteResult("doubling", {"correct": Metric(0.2)}, system="a rival")), {"cores": "2"}
    )
    read = from_json(to_json(before))
    assert read.environment == before.environment
    assert read.of("doubling", "a rival") == before.of("doubling", "a rival")
    assert read.of("doubling") == replace(
        before.results[0], cases=tuple(replace(case, seconds=0.0) for case in before.results[0].cases)
    )
    assert figures(before)["doubling"]["correct"] == 0.6667
    assert figures(before)["doubling@a rival"] == {"correct": 0.2}
    text = to_markdown(before)
    assert "| | cases | upr | a rival |" in text
    assert "| correct | 3 | 0.667 (" in text
    assert "cores 2" in text


def test_a_comparison_names_losses_gains_and_figures_that_left_their_interval() -> None:
    before = Report((_doubling(),))
    after = Report((Suite("doubling", CASES, lambda case: 7, [EQUAL]).run(),))
    found = compare(before, after)
    assert [(c.case, c.before, c.after, c.gain) for c in found.changes] == [
        ("a", True, False, -1.0),
        ("b", True, False, -1.0),
        ("c", False, True, 1.0),
    ]
    assert {m.metric for m in found.moved} == {"correct/en", "correct/even", "correct/fr"}
    assert found.lines()[0] == "2 losses, 1 gains, 0 other changes, case by case"
    again = compare(before, before)
    assert (again.changes, again.moved, again.compared) == ((), (), len(before.results[0].metrics))


def test_a_case_that_now_crashes_is_a_loss() -> None:
    def task(case: Case[int, int]) -> int:
        raise RuntimeError("broken")

    after = Report((Suite("doubling", CASES, task, [EQUAL]).run(),))
    assert all(change.gain == -1 for change in compare(Report((_doubling(),)), after).changes)
