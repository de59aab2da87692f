"""Parts of the search that can be taken off: what is off is off, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Language
from eval.ablations import ABLATIONS, Ablation
from eval.context import Context
from eval.retrieval import as_document
from index.question import Lists
from index.rank import Fusion

TEXTS = ("Abolish the death penalty", "Build more roads to the villages of the north", "Pay teachers better")
FULL_TEXT = replace(Fusion().question, vectors=0)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    made = Context(tmp_path)
    with made.library("ablations") as library:
        library.add_documents([as_document("en", TEXTS)])
    return made


def _found(context: Context, query: str, ablation: Ablation) -> list[str]:
    with context.library("ablations", parts=ablation.parts) as library:
        return [hit.text for hit in library.search(query, scope="paragraphs", language=Language.FRENCH)]


def test_by_full_text_another_language_is_found_through_the_glossary_only(context: Context) -> None:
    words = Fusion(question=FULL_TEXT)
    assert _found(context, "peine de mort", Ablation("words", words)) == [TEXTS[0]]
    assert _found(context, "peine de mort", Ablation("own words", words, Lists(False, False))) == []


def test_vectors_find_what_shares_no_word(context: Context) -> None:
    vectors = Fusion(question=replace(Fusion().question, full_text=0, focused=0))
    assert _found(context, "salaires des enseignants", Ablation("vectors", vectors))[0] == TEXTS[2]


@pytest.mark.parametrize("ablation", ABLATIONS, ids=lambda one: one.name)
def test_every_ablation_takes_something_off(ablation: Ablation) -> None:
    assert (ablation.fusion, ablation.lists) != (Fusion(), Lists())


def test_ablations_are_told_apart_by_their_names() -> None:
    assert len({ablation.name for ablation in ABLATIONS}) == len(ABLATIONS)
