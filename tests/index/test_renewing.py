"""A mix of embedding models is refused; vectors and tags are made anew, also after a kill."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest

from corpus.model import Tag, Tags
from corpus.settings import Settings
from index.errors import WrongModel
from index.filters import Facet, RecommendationFilters
from index.library import Library
from index.seams import Parts
from tests.factories import document, many


@dataclass
class OtherModel(Parts):
    """Another embedding model, of another width, that depends on its input."""

    fail_after: int = 10**9

    @cached_property
    def model(self) -> str:
        return "letters 32"

    def embed(self, texts):
        self.fail_after -= 1
        if self.fail_after < 0:
            raise KeyboardInterrupt
        rows = np.zeros((len(texts), 32), np.float32)
        for row, one in zip(rows, texts, strict=True):
            for letter in one.lower():
                row[ord(letter) % 32] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class OtherTagger:
    VERSION = "other"

    def tag(self, texts, language=None):
        return [Tags(themes=(Tag("Only", 1.0, "word"),), origin="tagger:other") for _ in texts]


@pytest.fixture
def home(settings: Settings) -> Settings:
    with Library.open(settings) as library:
        library.add_documents(many(["SVN", "KHM"], 10))
    return settings


def test_a_mix_of_models_is_refused_with_the_command(home: Settings):
    with Library.open(home, OtherModel(home)) as library:
        with pytest.raises(WrongModel, match="upr doctor --reembed"):
            library.search("water")
        with pytest.raises(WrongModel, match="letters 32"):
            library.add_documents([document()])
        assert library.recommendations(RecommendationFilters(state=("SVN",))).total == 10
        assert library.check().problems[0].code == "wrong_model"


def test_vectors_are_made_anew_and_searching_works(home: Settings):
    with Library.open(home, OtherModel(home)) as library:
        assert library.reembed() == library.check().vectors
        assert library.check().problems == ()
        assert library.search("access to water in KHM", k=1)[0].state == "KHM"
        library.warm()
        assert library.search("access to water in KHM", k=1)[0].state == "KHM"
    with Library.open(home) as library, pytest.raises(WrongModel, match="letters 32"):
        library.search("water")


def test_a_killed_renewal_is_taken_up(home: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.renewing._BATCH", 7)
    with Library.open(home, OtherModel(home, fail_after=2)) as library:
        total = library.check().vectors
        with pytest.raises(KeyboardInterrupt):
            library.reembed()
    with Library.open(home) as library, pytest.raises(WrongModel, match="--reembed"):
        library.search("water")
    with Library.open(home, OtherModel(home)) as library:
        assert library.reembed() == total - 14
        assert library.check().problems == ()


def test_tags_are_made_anew_once(home: Settings):
    parts = Parts(home)
    parts.tagger = OtherTagger()
    with Library.open(home, parts) as library:
        assert library.retag() == 20
        assert library.retag() == 0
        assert library.count(None, Facet.THEME) == {"Only": 20}
        assert library.check().problems == ()
