"""Topics, rare words, labels, published figures, what a run does with a suite that cannot run, and the command."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from threadpoolctl import threadpool_info

from corpus.model import Kind, Language
from corpus.settings import Settings
from eval import rivals, suites
from eval.__main__ import Format, _sizes, evaluate
from eval.building import Builder, build, texts_of
from eval.context import Context, Measure
from eval.errors import EvaluationError
from eval.model import Case, Evaluator, Metric, Report, Score, Suite, SuiteResult
from eval.pictures import draw
from eval.published import beside, published
from eval.questions import short, six_languages
from eval.report import label, to_json, together
from eval.retrieval import as_document, rare_words, read_topics, starter_topics
from eval.tags import Labelled, f1
from index.library import Library


def test_topics_are_a_sample_with_the_texts_that_carry_them(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    rows = [f'Keep well {i} clean,"Right to water{", Environment" if i < 3 else ""}"' for i in range(9)]
    path.write_text("Text,Issue\n" + "\n".join(rows) + "\n", encoding="utf-8")
    found = read_topics(path, 8)
    assert len(found.texts) == 8
    assert list(found.relevant) == ["Right to water"], "an issue of fewer than five texts is left out"
    assert found == read_topics(path, 8)


def test_the_starter_corpus_has_topics() -> None:
    found = starter_topics()
    assert len(found.texts) > 200
    assert len(found.relevant) > 20


def test_rare_words_are_the_ones_that_fewest_texts_have() -> None:
    texts = ["The village well needs a new pump", "The village school needs a new roof"]
    assert rare_words(texts, 2) == ["pump well", "school roof"]
    assert rare_words(["保护移徙工人的权利"], 1) == ["保护移徙"]


def test_texts_become_paragraphs_at_their_places() -> None:
    document = as_document("some", ["First.", "Second."], Language.FRENCH)
    assert document.kind is Kind.OTHER
    assert [document.text[one.start : one.end] for one in document.paragraphs] == ["First.", "Second."]


def test_the_sets_in_six_languages_are_of_one_length() -> None:
    assert {len(texts) for texts in six_languages().values()} == {200}
    assert {one.language for one in short()} == {language.value for language in Language}


def test_labels_are_weighed_by_how_many_there_are() -> None:
    rows = [
        Labelled("a", frozenset("xy"), frozenset("xy")),
        Labelled("b", frozenset("x"), frozenset("z")),
        Labelled("c", frozenset(), frozenset()),
    ]
    metric = f1("some_f1", rows).metrics["some_f1"]
    assert metric.value == pytest.approx(2 * 2 / 6)


def test_published_figures_stand_beside_only_the_metrics_that_they_are_of() -> None:
    assert all(one.source for one in published())
    ours = SuiteResult("tags", {"benchmark_accuracy_by_goal": Metric(0.9)})
    found = beside(ours)
    assert found
    assert all(one.system.endswith(", published") and "not run here" in one.notes[0] for one in found)
    assert beside(SuiteResult("tags", {"other": Metric(1.0)})) == []


def test_a_suite_that_cannot_run_is_recorded_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(context: Context) -> list[SuiteResult]:
        raise RuntimeError("no such thing")

    def fine(context: Context) -> list[SuiteResult]:
        return [SuiteResult("tags", {"found": Metric(1.0)})]

    monkeypatch.setattr(suites, "MEASURES", (Measure(broken, ("reading",)), Measure(fine, ("tags",))))
    report = suites.run(Context(tmp_path, say=lambda line: None), ["reading", "tags"])
    assert [(r.suite, "crashed" in r.metrics) for r in report.results] == [("reading", True), ("tags", False)]
    assert "no such thing" in report.results[0].notes[0]


def test_a_name_that_is_no_suite_is_refused() -> None:
    with pytest.raises(EvaluationError, match="'redaing' is no suite"):
        suites.check(["redaing"])
    assert suites.check([]) == suites.SUITES
    assert set(suites.SUITES) - set(suites.FLOORED) == {"speed"}


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rivals, "find_spec", lambda name: None)
    assert any("txtai was not measured" in line for line in rivals.skipped())
    with pytest.raises(EvaluationError, match=r"pip install '\.\[test\]'"):
        rivals.stack()


def test_while_another_core_builds_numerical_libraries_keep_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[int]] = []

    def look(context: Context) -> list[SuiteResult]:
        seen.append({one["num_threads"] for one in threadpool_info()})
        return [SuiteResult("reading", {}), SuiteResult("speed", {})]

    monkeypatch.setattr(suites, "MEASURES", (Measure(look, ("reading",)), Measure(look, ("speed",))))
    with closing(Builder(tmp_path, None, [40])) as builder:
        assert builder.is_running
        suites._run(Context(tmp_path, say=lambda line: None, builder=builder), ("reading", "speed"))
        free = {one["num_threads"] for one in threadpool_info()}
        (built,) = builder.built()
    assert seen == [{1}, free], "what is timed has every core"
    assert built.size == 40
    assert not builder.is_running


def test_an_export_is_built_into_a_home_of_its_own(tmp_path: Path) -> None:
    built = build(tmp_path, 40, ["Keep the wells clean", "Build a school in every village"])
    with Library.open(Settings(home=Path(built.home), starter=False)) as library:
        found = library.recommendations(limit=None)
    assert found.total == built.size == 40
    assert len({one.text for one in found.recommendations}) == 40, "no two are the same"
    assert texts_of(None) == texts_of(tmp_path) == []


def _report() -> Report:
    judge = Evaluator[int, None, int]("right", lambda case, output: Score(output > 0))
    cases = [Case(f"{code} {i}", i, None, (code,)) for code in ("en", "fr") for i in range(3)]
    answers = Suite("answers", cases, lambda case: case.given, [judge]).run()
    sizes = {
        "warm_ask_ms/1000": Metric(5.0, 9, 4.0, 8.0, "ms"),
        "warm_ask_ms/40000": Metric(9.0, 9, 6.0, 20.0, "ms"),
    }
    twins = SuiteResult("retrieval", {"first_hit/fr": Metric(0.9), "first_hit/zh": Metric(0.8)})
    speed = SuiteResult("speed", {**sizes, "counts_right/1000": Metric(1.0)})
    return Report((answers, twins, SuiteResult("tags", {}), speed), {"cores": "2"})


def test_pictures_are_drawn_from_what_there_is_and_the_same_every_time(tmp_path: Path) -> None:
    first, again = draw(_report(), tmp_path / "a"), draw(_report(), tmp_path / "b")
    assert [path.name for path in first] == [
        "latency-by-size.svg",
        "quality-by-size.svg",
        "quality-by-language.svg",
        "twins-by-language.svg",
    ]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    words = "".join(ElementTree.parse(first[0]).getroot().itertext())
    assert "a question answered" in words
    assert "40,000" in words


def test_a_report_is_shown_again_written_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, table = tmp_path / "before.json", tmp_path / "table.md"
    before.write_text(json.dumps(to_json(_report())), encoding="utf-8")
    evaluate(read=[before], against=before, output=table, form=Format.README)
    assert "| right | 6 | 0.667" in table.read_text(encoding="utf-8")
    assert "right, en" not in table.read_text(encoding="utf-8")
    said = capsys.readouterr()
    assert "right, en" in said.out
    assert "0 losses, 0 gains" in said.err
    evaluate(read=[before], as_json=True)
    assert json.loads(capsys.readouterr().out)["answers"]["right"] == 0.6667


def test_metrics_are_shown_in_words() -> None:
    assert label("right/fr") == "right, fr"
    assert label("warm_ask_ms/40000") == "warm question, at 40,000"
    assert label("recall/slips_counted") == "found of what is there, slips counted"
    assert label("unknown") == "unknown"


def test_reports_of_suites_run_apart_are_shown_as_one() -> None:
    tags = Report((SuiteResult("tags", {"found": Metric(1.0)}),), {"cores": "2", "date": "2026-01-02"})
    both = together([_report(), tags])
    assert [result.suite for result in both.results] == ["answers", "retrieval", "tags", "speed"]
    assert both.environment == {"cores": "2", "date": "2026-01-02"}
    assert (
        together([tags, Report((), {"date": "2026-01-03"})]).environment["date"] == "2026-01-02; 2026-01-03"
    )


def test_what_is_no_report_no_folder_and_no_size_is_said_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="is no report"):
        evaluate(read=[tmp_path / "nothing.json"])
    with pytest.raises(EvaluationError, match="is no folder"):
        evaluate(data=tmp_path / "nothing")
    with pytest.raises(EvaluationError, match="'many' are no sizes"):
        _sizes("many")


def test_a_metric_without_an_interval_holds_only_itself() -> None:
    assert Metric(0.5).holds(0.5)
    assert not Metric(0.5).holds(0.51)
    assert replace(Metric(0.5), low=0.4, high=0.6).holds(0.51)
