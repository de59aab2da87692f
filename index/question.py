"""What full-text search looks for when a question is asked: its words, and how else they are said.

A question in one language finds texts in the others by three lists: the glossary's terms, the names of the States,
and, for the words between them, single words' translations (`lexicon.py`). All of them are searched as the analyser
keeps them; what a text says in more of these ways, and what is rarer, ranks higher (BM25).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from corpus import states
from corpus.model import Language
from index import glossary, lexicon
from index.analyse import cognates, plain_words, stop_words, tokens

_SPELT = re.compile(r"[^\W_]+(?:['’‐‑/.-][^\W_]+)*")
# Characters up to which a text is taken for a question.
_QUESTION = 160
# A State's name of one word, besides its usual ones, is too often something else ("America", "the States").
_ALIAS = 2
# In these, other names are other spellings.
_SPELLINGS = (Language.ARABIC, Language.CHINESE)

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """Which lists tell how other languages say a question: the glossary's terms, single words' translations."""

    glossary: bool = True
    lexicon: bool = True


ALL = Lists()


def query(text: str, language: Language, *, lists: Lists = ALL, related: bool | None = None) -> str:
    """Return an FTS5 MATCH expression for a question: any of its words, and how other languages say them.

    With `related` the words of narrower ideas are searched too; by
    default where a question is one term and nothing else ("Detention"): who names only a theme wants all of it.
    Empty when the text holds nothing to search for.
    """
    own = tokens(text, language) or plain_words(text)
    named = _named(text)
    parts = {part for name in named for part in name}
    said = [*_own(own), *_own(cognates(text, language)), *named]
    return _any(
        [*said, *_elsewhere([one for one in own if one not in parts], language, lists, related=related)]
    )


class Focus(NamedTuple):
    """Words looked for only among the texts that match all of `within` (FTS5 expressions, as `words` is)."""

    within: tuple[str, ...]
    words: str


def focused(text: str, language: Language, *, lists: Lists = ALL) -> list[Focus]:
    """Return the question of `query` among the texts that concern the States it names, the strictest first.

    A text concerns a State that it names or belongs to. Where several are named ("Norway on prisons in Benin"), texts
    that concern them all come before those that concern any. Empty where no State is named, or nothing besides.
    """
    mentioned = _mentioned(text)
    named = _named(text)
    parts = {part for name in named for part in name}
    own = [token for token in tokens(text, language) if token not in parts]
    rest = [phrase for phrase in (*_own(own), *_elsewhere(own, language, lists)) if phrase not in named]
    if not mentioned or not rest:
        return []
    each = tuple(_any(_names(code)) for code in mentioned)
    concerned = [each, (_any(named),)] if len(each) > 1 else [each]
    return [Focus(within, _any(rest)) for within in concerned]


def content(text: str, language: Language) -> str:
    """Return a question without the words that only ask, as it was spelt; itself where nothing else is left.

    A short question's vector is then the vector of what it asks about. A longer text stays as it is.
    """
    if len(text) > _QUESTION:
        return text
    stops = stop_words(language)
    if language is Language.CHINESE:
        kept = text
        for word in sorted(stops, key=lambda word: (-len(word), word)):
            kept = kept.replace(word, " ")
    else:
        kept = " ".join(word for word in _SPELT.findall(text) if word.lower() not in stops)
    return kept.strip() or text


class Named(NamedTuple):
    """What a question names by terms of several words, and what it asks of it.

    `rest` are the tokens outside the terms; `terms` tells how a term is said, in all languages, for each of its tokens;
    `parts` are all tokens of the terms.
    """

    rest: list[str]
    terms: dict[str, tuple[Phrase, ...]]

    @property
    def parts(self) -> frozenset[str]:
        """Every token of how the terms are said."""
        return frozenset(token for said in self.terms.values() for phrase in said for token in phrase)


def named_terms(own: list[str], language: Language) -> Named:
    """Part the tokens of a question into the glossary's terms of several words and the rest."""
    rest: list[str] = []
    terms: dict[str, tuple[Phrase, ...]] = {}
    for said, entries in _parted(own, language, shortest=2):
        if entries:
            terms.update(dict.fromkeys(said, tuple(_phrases_of(entries))))
        else:
            rest += said
    return Named(rest, terms)


def content_words(text: str, language: Language) -> int:
    """Return how many words tell something; Chinese is kept as overlapping pairs of characters, about two a word."""
    found = len(tokens(text, language))
    return found // 2 if language is Language.CHINESE else found


def expansions(own: list[str], language: Language) -> list[Phrase]:
    """Return what the glossary adds to a question: its terms' words in all languages."""
    entries, _ = _entries(own, language)
    return _phrases_of(entries)


def terms_named(text: str, language: Language) -> tuple[glossary.Entry, ...]:
    """Return the entries of the glossary of which the whole text is a term ("FGM", "prison overcrowding")."""
    _, table = _glossary(language)
    return tuple(table.get(tuple(tokens(text, language)), ()))


def _elsewhere(
    own: list[str], language: Language, lists: Lists, *, related: bool | None = False
) -> list[Phrase]:
    """How the terms and the words of a question are said in the other languages, or by other terms."""
    entries, words = _entries(own, language) if lists.glossary else ([], own)
    if related or (related is None and len(entries) == 1 and not words):
        entries += [glossary.entry(identifier) for entry in entries for identifier in entry.related]
    translated = [(said,) for word in words for said in lexicon.translations(word, language)]
    return [*_phrases_of(entries), *(translated if lists.lexicon else ())]


def _entries(own: list[str], language: Language) -> tuple[list[glossary.Entry], list[str]]:
    """The entries named by tokens, the longest term first, and the tokens that name none."""
    parted = list(_parted(own, language))
    found = [entry for _, entries in parted for entry in entries]
    return found, [token for said, entries in parted if not entries for token in said]


def _parted(
    own: list[str], language: Language, shortest: int = 1
) -> Iterator[tuple[list[str], tuple[glossary.Entry, ...]]]:
    """Tokens as terms of the glossary, the longest first, with their entries; single tokens of no term with none."""
    longest, table = _glossary(language)
    place = 0
    while place < len(own):
        lengths = range(min(longest, len(own) - place), shortest - 1, -1)
        length = next((one for one in lengths if tuple(own[place : place + one]) in table), 0)
        said = own[place : place + (length or 1)]
        yield said, table[tuple(said)] if length else ()
        place += len(said)


def _own(own: Iterable[str]) -> list[Phrase]:
    return [(token,) for token in own]


def _any(phrases: Iterable[Phrase]) -> str:
    return " OR ".join(f'"{" ".join(phrase)}"' for phrase in dict.fromkeys(phrases))


def _mentioned(text: str) -> list[str]:
    return list(dict.fromkeys(mention.alpha3 for mention in states.find(text)))


def _named(text: str) -> list[Phrase]:
    """The States that a question names ("Slovénie", "Argentine prisons"), as each language's tokens name them."""
    return [name for code in _mentioned(text) for name in _names(code)]


@cache
def _names(code: str) -> tuple[Phrase, ...]:
    """The names of a State in all languages; one that holds another is left out, for the other finds it too."""
    found: dict[Phrase, None] = {}
    for language in Language:
        for name, usual in states.names(code, language):
            phrase = tuple(tokens(name, language))
            if phrase and (usual or len(phrase) >= _ALIAS or language in _SPELLINGS):
                found.setdefault(phrase)
    return tuple(one for one in found if not any(_holds(one, other) for other in found if other != one))


def _holds(phrase: Phrase, part: Phrase) -> bool:
    size = len(part)
    return any(phrase[start : start + size] == part for start in range(len(phrase) - size + 1))


@cache
def _glossary(language: Language) -> tuple[int, dict[Phrase, tuple[glossary.Entry, ...]]]:
    """The glossary by the token sequences of its terms in one language; abbreviations count in every language."""
    table: dict[Phrase, tuple[glossary.Entry, ...]] = {}
    for entry in glossary.entries():
        for term in (*entry.terms[language], *entry.abbreviations):
            key = tuple(tokens(term, language))
            if key and entry not in table.get(key, ()):
                table[key] = (*table.get(key, ()), entry)
    return max(map(len, table), default=0), table


def _phrases_of(entries: Iterable[glossary.Entry]) -> list[Phrase]:
    return list(dict.fromkeys(phrase for entry in entries for phrase in _phrases(entry)))


@cache
def _phrases(entry: glossary.Entry) -> tuple[Phrase, ...]:
    found: dict[Phrase, None] = {}
    for language in Language:
        for term in (*entry.terms[language], *entry.abbreviations):
            phrase = tuple(tokens(term, language))
            if phrase:
                found.setdefault(phrase)
    return tuple(found)
