"""Find terms of a taxonomy in a text, in six languages, without regular expressions in the data.

A term is words in a row. A word ending in `*` matches any word that begins so. Case and accents do not count, except
that an abbreviation of up to four letters must stand in capitals ("WHO", "CAT"). In Arabic the article and the
one-letter words written onto a word do not count. In Chinese a term matches anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_TOKEN = re.compile(rf"\d+|[{_HAN}]+|[^\W\d_{_HAN}]+")
_HAS_HAN = re.compile(f"[{_HAN}]")
_ARABIC = re.compile("[\u0621-\u064a]")
_STARRED = re.compile(rf"(?:\d+|[^\W\d_{_HAN}]+)\*?")
_FOLD_ARABIC = str.maketrans("أإآٱىةؤئ", "ااااي" + "هوي")
_CLITICS = ("وبال", "وال", "بال", "كال", "فال", "ولل", "لل", "ال", "و", "ف", "ب", "ك", "ل")
_MASK = "!"
_SHORTEST_STEM = 3
_CAPITALS_ONLY = 4


class Found(NamedTuple):
    """A term found: what it stands for (`kind`, `id`), the term as written in the text, and where."""

    kind: str
    id: str
    term: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """A word without case, accents and Arabic spelling variants."""
    if word.isascii():
        return word.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return plain.translate(_FOLD_ARABIC).replace("\u0640", "")


def _bare(word: str) -> list[str]:
    """A folded Arabic word, and what remains of it without what is written onto its head."""
    forms = [word]
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST_STEM:
            forms.append(word[len(clitic) :])
    return forms


@dataclass(slots=True)
class _Node:
    children: dict[int, _Node] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)


class Terms:
    """A set of terms, each standing for a (kind, id); `find` returns all that occur, longest first at each place."""

    def __init__(self) -> None:
        self._exact: dict[str, int] = {}
        self._prefix: dict[str, int] = {}
        self._capital: dict[str, int] = {}
        self._root = _Node()
        self._han: dict[str, list[tuple[str, str, str]]] = {}
        self._cache: dict[str, tuple[int, ...]] = {}
        self._openers: dict[str, tuple[_Node, ...]] = {}
        self._atoms = 0
        self._masked = False

    def add(self, term: str, kind: str, name: str) -> None:
        """Add one term as written in a data file."""
        if _HAS_HAN.search(term):
            self._han.setdefault(term[0], []).append((term, kind, name))
            return
        parts = _STARRED.findall(term)
        if not parts:
            return
        capital = (
            len(parts) == 1 and parts[0].rstrip("*").isupper() and len(parts[0].rstrip("*")) <= _CAPITALS_ONLY
        )
        capital = capital and not _ARABIC.search(term)
        node = self._root
        for part in parts:
            atom = self._atom(part, capital=capital)
            node = node.children.setdefault(atom, _Node())
        if (kind, name) not in node.ends:
            node.ends.append((kind, name))

    def exclude(self, phrase: str, kind: str, name: str) -> None:
        """Inside this phrase the terms of the entry do not count."""
        self._masked = True
        self.add(phrase, _MASK + kind, name)

    def extend(self, terms: Iterable[str], kind: str, name: str) -> None:
        """Add several terms for one entry."""
        for term in terms:
            self.add(term, kind, name)

    def _atom(self, part: str, *, capital: bool) -> int:
        stem = fold(part.rstrip("*"))
        if _ARABIC.search(stem) and stem.startswith("ال") and len(stem) - 2 >= _SHORTEST_STEM:
            stem = stem[2:]
        table = self._exact
        if capital:
            table, stem = self._capital, part
        elif part.endswith("*"):
            table = self._prefix
        if stem not in table:
            table[stem] = self._atoms
            self._atoms += 1
        return table[stem]

    def _atoms_of(self, token: str) -> tuple[int, ...]:
        if token in self._cache:
            return self._cache[token]
        found: list[int] = []
        folded = fold(token)
        for form in _bare(folded) if _ARABIC.search(folded) else [folded]:
            if form in self._exact:
                found.append(self._exact[form])
            found.extend(self._prefix[form[:n]] for n in range(1, len(form) + 1) if form[:n] in self._prefix)
        if token.isupper():
            if token in self._capital:
                found.append(self._capital[token])
            found.extend(
                self._capital[token[:n] + "*"]
                for n in range(2, len(token) + 1)
                if token[:n] + "*" in self._capital
            )
        self._cache[token] = tuple(dict.fromkeys(found))
        return self._cache[token]

    def _opened_by(self, token: str) -> tuple[_Node, ...]:
        """Where the terms go on that a token may open."""
        if token not in self._openers:
            after = self._root.children
            self._openers[token] = tuple(after[a] for a in self._atoms_of(token) if a in after)
        return self._openers[token]

    def find(self, text: str) -> list[Found]:
        """Every term in the text, in reading order; at one place the longest first."""
        spans = [match.span() for match in _TOKEN.finditer(text)]
        tokens = [text[start:end] for start, end in spans]
        found: list[Found] = []
        for i, token in enumerate(tokens):
            stack = [(node, i) for node in self._opened_by(token)]
            while stack:
                node, at = stack.pop()
                start, end = spans[i][0], spans[at][1]
                found += [Found(kind, name, text[start:end], start, end) for kind, name in node.ends]
                if node.children and at + 1 < len(tokens):
                    following = self._atoms_of(tokens[at + 1])
                    stack += [(node.children[a], at + 1) for a in following if a in node.children]
        if self._han and _HAS_HAN.search(text):
            found.extend(self._find_han(text))
        if self._masked:
            found = _unmasked(found)
        return sorted(set(found), key=lambda f: (f.start, -f.end, f.kind, f.id))

    def _find_han(self, text: str) -> Iterable[Found]:
        for start, character in enumerate(text):
            for term, kind, name in self._han.get(character, ()):
                if text.startswith(term, start):
                    yield Found(kind, name, term, start, start + len(term))


def _unmasked(found: list[Found]) -> list[Found]:
    masks = [f for f in found if f.kind.startswith(_MASK)]
    return [
        f
        for f in found
        if not f.kind.startswith(_MASK)
        and not any(
            m.kind == _MASK + f.kind and m.id == f.id and m.start <= f.start and f.end <= m.end for m in masks
        )
    ]


def longest(found: Iterable[Found]) -> list[Found]:
    """Of matches that overlap, the longest only (the first of equals); several entries of one span all stay."""
    kept: list[Found] = []
    for match in sorted(found, key=lambda f: (f.start - f.end, f.start, f.id)):
        same = any(k.start == match.start and k.end == match.end for k in kept)
        if same or all(match.end <= k.start or match.start >= k.end for k in kept):
            kept.append(match)
    return sorted(kept, key=lambda f: (f.start, f.end, f.kind, f.id))
