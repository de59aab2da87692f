"""The shipped embedding model: shape, meaning across languages, speed and size."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import static
from corpus.static.model import StaticModel, quantise

TRANSLATIONS = {
    "torture": ("la torture", "la tortura", "التعذيب", "пытки", "酷刑"),
    "education of children": (
        "éducation des enfants",
        "educación de los niños",
        "تعليم الأطفال",
        "образование детей",
        "儿童教育",
    ),
    "safe drinking water": ("eau potable", "agua potable", "مياه الشرب", "питьевая вода", "饮用水"),
    "migrant workers": (
        "travailleurs migrants",
        "trabajadores migrantes",
        "العمال المهاجرين",
        "трудящиеся-мигранты",
        "移徙工人",
    ),
    "press freedom": ("liberté de la presse", "libertad de prensa", "حرية الصحافة", "свобода прессы", "新闻自由"),
    "death penalty": ("peine de mort", "pena de muerte", "عقوبة الإعدام", "смертная казнь", "死刑"),
    "contributions of donors to the fund": (
        "contributions des donateurs au fonds",
        "contribuciones de los donantes al fondo",
        "تبرعات المانحين للصندوق",
        "взносы доноров в фонд",
        "捐助方向基金的捐款",
    ),
    "climate change": ("changements climatiques", "cambio climático", "تغير المناخ", "изменение климата", "气候变化"),
}  # fmt: skip


def test_vectors_have_the_promised_shape_and_length() -> None:
    vectors = static.encode(["Ratify the convention", "批准公约", "مرحبا"])
    assert vectors.shape == (3, static.DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_nothing_in_nothing_out() -> None:
    assert static.encode([]).shape == (0, static.DIMENSIONS)


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_a_text_of_nothing_is_the_zero_vector_and_harms_no_neighbour(text: str) -> None:
    vectors = static.encode(["rights of women", text, "rights of women"])
    assert not vectors[1].any()
    assert np.array_equal(vectors[0], vectors[2])
    assert vectors[0].any()


@pytest.mark.parametrize("column", range(5), ids=["fr", "es", "ar", "ru", "zh"])
def test_a_phrase_finds_its_translation(column: int) -> None:
    english = static.encode(list(TRANSLATIONS))
    others = static.encode([row[column] for row in TRANSLATIONS.values()])
    assert (others @ english.T).argmax(axis=1).tolist() == list(range(len(TRANSLATIONS)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éducation", "education"),
        ("ребёнок", "ребенок"),
        ("الأطفال", "الاطفال"),
        ("التَّعذيب", "التعذيب"),
        ("Ｗｏｍｅｎ", "women"),
        ("PRISON", "prison"),
    ],
)
def test_spellings_of_one_word_have_one_vector(one: str, other: str) -> None:
    a, b = static.encode([one, other])
    assert np.allclose(a, b, atol=1e-6)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_a_text_has_the_same_vector_alone_and_in_a_batch(texts: list[str]) -> None:
    together = static.encode(texts)
    assert np.isfinite(together).all()
    for text, vector in zip(texts, together, strict=True):
        assert np.allclose(static.encode([text])[0], vector, atol=1e-5)


def test_batches_are_cut_and_joined_in_order() -> None:
    texts = [f"paragraph {n} on housing" for n in range(1_000)]
    together = static.encode(texts)
    assert np.allclose(together[700], static.encode([texts[700]])[0], atol=1e-6)


def test_a_whole_document_given_by_mistake_stays_bounded() -> None:
    start = time.perf_counter()
    vector = static.encode(["women's rights and detention " * 200_000])[0]
    assert vector.any()
    assert time.perf_counter() - start < 1.0


def test_the_model_with_its_tokenizer_is_at_most_fifteen_megabytes() -> None:
    size = sum(file.stat().st_size for file in static.FOLDER.iterdir())
    assert size <= 15_000_000
    rows = static.load().rows
    assert rows.shape[1] == static.DIMENSIONS
    assert rows.shape[0] == static.load().tokenizer.get_vocab_size()


def test_quantising_keeps_directions() -> None:
    vectors = np.random.default_rng(0).normal(size=(200, 32)).astype(np.float32)
    rows, scales = quantise(vectors)
    back = rows * scales[:, None]
    cosines = (back * vectors).sum(1) / np.linalg.norm(back, axis=1) / np.linalg.norm(vectors, axis=1)
    assert cosines.min() > 0.999
    zero_rows, zero_scales = quantise(np.zeros((2, 4), dtype=np.float32))
    assert not zero_rows.any()
    assert np.isfinite(zero_scales).all()


def test_a_saved_model_encodes_as_before(tmp_path: Path) -> None:
    model = static.load()
    model.save(tmp_path)
    again = StaticModel.load(tmp_path)
    texts = ["Ratify OP-CAT", "批准公约", "التعذيب"]
    assert np.array_equal(model.encode(texts), again.encode(texts))


def test_running_it_imports_no_torch() -> None:
    code = "import sys; from corpus import static; static.encode(['x']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.realdata
def test_recommendations_are_encoded_by_the_thousands_a_second(data_folder: Path) -> None:
    with (data_folder / "upr-info" / "sessions-01-16.csv").open(encoding="utf-8", errors="replace") as file:
        texts = [row["Text"] for row in csv.DictReader(file)][:10_000]
    static.encode(texts[:100])
    fastest = min(_seconds(texts) for _ in range(3))
    # Promised: 10,000 a second on two free cores; half of that still passes on a busy machine.
    assert len(texts) / fastest >= 5_000


def _seconds(texts: list[str]) -> float:
    start = time.perf_counter()
    static.encode(texts)
    return time.perf_counter() - start


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("code", "floor"), [("fr", 0.96), ("es", 0.96), ("ar", 0.85), ("ru", 0.94), ("zh", 0.90)]
)
def test_sdg_wording_finds_its_english_twin(data_folder: Path, code: str, floor: float) -> None:
    with (data_folder / "sdg" / "sdg-wording-six-languages.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = {row["en"]: row[code] for row in rows if row["en"] and row[code] and len(row["en"]) > 50}
    english = static.encode(list(pairs))
    others = static.encode(list(pairs.values()))
    first = (others @ english.T).argmax(axis=1) == np.arange(len(pairs))
    assert first.mean() >= floor
