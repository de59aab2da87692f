"""Evidence that a language model may write from: opaque keys to citations and figures, bounded in size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.draft import Figure
from corpus.model import Citation, Recommendation

_CHARACTERS_A_TOKEN = 3  # cautious for scripts whose tokens are short


@dataclass(frozen=True, slots=True)
class Item:
    """What one key stands for: a citation, what is known of it beside its words, and the row it is, if one."""

    key: str
    citation: Citation
    facts: str = ""
    row: Recommendation | None = None


@dataclass
class Evidence:
    """Everything shown to the model so far. Keys are given in order and mean nothing outside of this answer."""

    budget: int
    items: dict[str, Item] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    spent: int = 0

    def add(self, citation: Citation, facts: str = "", row: Recommendation | None = None) -> str:
        """The key of a citation, the same one when it was shown before."""
        for item in self.items.values():
            if (item.citation.document, item.citation.start, item.citation.end) == (
                citation.document,
                citation.start,
                citation.end,
            ):
                return item.key
        key = f"E{len(self.items) + 1}"
        self.items[key] = Item(key, citation, facts, row)
        return key

    def shown(self, keys: Iterable[str]) -> str:
        """The items as text for the model, as far as the budget reaches; what does not fit is not shown."""
        lines: list[str] = []
        for key in keys:
            item = self.items[key]
            line = f"[{key}] {_where(item.citation)}{' ' + item.facts if item.facts else ''}: «{item.citation.quote}»"
            cost = len(line) // _CHARACTERS_A_TOKEN
            if self.spent + cost > self.budget:
                lines.append("(more was found, but the limit of what can be shown is reached)")
                break
            self.spent += cost
            lines.append(line)
        return "\n".join(lines) or "nothing found"

    def named(self, keys: Sequence[str]) -> list[Item] | None:
        """The items of the keys, or None when one of them was never given."""
        found = [self.items.get(key) for key in keys]
        return None if any(item is None for item in found) else [item for item in found if item is not None]


def _where(citation: Citation) -> str:
    paragraph = f", para. {citation.paragraph}" if citation.paragraph else ""
    return f"{citation.symbol or citation.document}{paragraph}"
