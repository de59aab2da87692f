"""The floors that the tagger promises, on real data and on the six-language set."""

import pytest

from corpus.tag import train_head, train_sdg
from eval import tags


def test_translations_are_tagged_like_the_english():
    metrics = {
        name: metric for result in tags.agreement() for name, metric in result.metrics.items() if "/" in name
    }
    assert len(metrics) == 10
    for name, metric in metrics.items():
        assert metric.value >= 0.8, name


@pytest.mark.realdata
def test_goals_agree_with_ohchr_and_the_benchmark(data_folder):
    figures = train_sdg.check(data_folder)
    assert figures["sdg_goals_micro_f1"] >= 0.72
    assert figures["sdg_goals_micro_f1_by_blocks"] >= 0.72
    assert figures["benchmark_f1"] >= 0.83


@pytest.mark.realdata
@pytest.mark.slow
def test_themes_and_actions_of_later_sessions(data_folder):
    figures = train_head.check(data_folder)
    assert figures["themes_micro_f1"] >= 0.91
    assert figures["action_accuracy"] >= 0.89


@pytest.mark.realdata
def test_the_matrix_is_read_with_its_goals(data_folder):
    found = train_sdg.matrices(data_folder)
    assert len(found) == 215
    assert sum(bool(one.goals) for one in found) == 202
    assert all(one.goals <= set(range(1, 18)) for one in found)


def test_an_empty_folder_has_no_matrices(tmp_path):
    assert train_sdg.matrices(tmp_path) == []
