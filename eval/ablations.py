"""Our own search with parts of it off: what each part brings. `upr eval retrieval --ablations` measures them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.model import Language
from corpus.settings import Settings
from index import question
from index.question import Focus, Lists
from index.rank import Fusion
from index.seams import Parts


@dataclass(frozen=True, slots=True)
class _Asker:
    """As `index.question` asks, by some of its lists."""

    lists: Lists

    def query(self, text: str, language: Language) -> str:
        return question.query(text, language, lists=self.lists)

    def focused(self, text: str, language: Language) -> Sequence[Focus]:
        return question.focused(text, language, lists=self.lists)

    def content(self, text: str, language: Language) -> str:
        return question.content(text, language)


@dataclass(frozen=True, slots=True)
class Ablation:
    """A search that lacks something."""

    name: str
    fusion: Fusion = field(default_factory=Fusion)
    lists: Lists = question.ALL

    def parts(self, settings: Settings) -> Parts:
        """The parts that a library is opened with."""
        parts = Parts(settings, self.fusion)
        parts.asker = _Asker(self.lists)
        return parts


def _each(**off: float) -> Fusion:
    """The usual weights but these, of questions and of passages."""
    usual = Fusion()
    return Fusion(replace(usual.question, **off), replace(usual.passage, **off))


ABLATIONS = (
    Ablation("full text only", _each(vectors=0)),
    Ablation("vectors only", _each(full_text=0, focused=0)),
    Ablation("glossary off", lists=Lists(glossary=False)),
    Ablation("word lists off", lists=Lists(lexicon=False)),
    Ablation("both off", lists=Lists(glossary=False, lexicon=False)),
    Ablation("States not preferred", _each(focused=0)),
    Ablation("passages as questions", Fusion(passage=Fusion().question)),
)
