"""Words of a text as full-text search keeps them: the same analysis for what is stored and what is asked.

A token is made of letters and digits only, so that SQLite's own tokenizer never splits it again: "/" inside a
document symbol becomes "ǀ" and "." inside a number "ǃ" (both are letters of Unicode).

- words: lower case, stemmed by their script and language (Snowball), accents off; stop words left out
- "A/HRC/RES/16/21" stays whole, and its "16/21" can be found alone; "118.4" and "OP-CAT" (as "opcat") stay whole
- Chinese: pairs of neighbouring characters, which need no dictionary and stay right where two words meet. A
  dictionary segmenter (rjieba) did about as well or a little better: figures in `corpus/static/README.md`
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import snowballstemmer  # type: ignore[import-untyped]

from corpus.model import Language

_STOP_WORDS = Path(__file__).parent / "stopwords.toml"
_STEMS = Path(__file__).parent / "stems.toml"
_PIECE = re.compile(
    r"[A-Za-z]+(?:/[A-Za-z0-9.-]*[A-Za-z0-9])+"  # a symbol, or words with a slash between
    r"|\d+(?:[.,/]\d+)+"  # a number with something inside
    r"|[\u3400-\u9fff]+"  # Chinese
    r"|[^\W_\u3400-\u9fff]+(?:['’‐‑-][^\W_\u3400-\u9fff]+)*"  # a word with elisions and hyphens
)
_RUNS = re.compile(r"[\u3400-\u9fff]+|\d+|[^\W\d_\u3400-\u9fff]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAIR_AT_END = re.compile(r"/(\d+/\d+)(?:/[A-Za-z]+\.\d+)?$")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
_ABBREVIATION = re.compile(r"[A-Z]{2,}\d*(?:-[A-Z0-9]+)+")
_ELISION = re.compile(r"^(?:l|d|qu|j|n|s|t|c|m|jusqu|lorsqu|puisqu|quelqu)['’]", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0640\u064b-\u065f\u0670]")
_ARABIC = re.compile(r"[\u0620-\u06d3]")
_ARABIC_FORMS = str.maketrans("أإآٱىةؤئ", "اااايهوي")
# Light stemming of Arabic (Larkey, Ballesteros and Connell, 2007): article and particles, then endings, each only
# where enough letters are left. Snowball's stemmer gives a noun two stems, with the article and without.
_ARABIC_ARTICLE = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل(?!جن|جان))(?=\w{2})")
# "للجنة" (to the committee) is not لل + جنة.
_ARABIC_TO_COMMITTEE = re.compile(r"^لل(?=جن|جان)")
_ARABIC_AND = re.compile(r"^و(?=\w{3})")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_ARABIC_LEFT = 3
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# A pair with one of these particles in it joins two words by accident.
_HAN_PARTICLES = frozenset("的了吗呢")
_LATIN = (Language.ENGLISH, Language.FRENCH, Language.SPANISH)
# Shorter words of one Latin language are too often another word of the next.
_COGNATE = 4
# One process meets about 60,000 different pieces in a hundred reports.
_CACHE = 400_000

_STEMMERS = {
    Language.ENGLISH: "english",
    Language.FRENCH: "french",
    Language.SPANISH: "spanish",
    Language.RUSSIAN: "russian",
}


def tokens(text: str, language: Language) -> list[str]:
    """Return the tokens of a text in its order, without stop words."""
    return list(_tokens(text, language))


# A heading comes with each of its passages, a recommendation also as a passage a few documents before.
@lru_cache(maxsize=10_000)
def _tokens(text: str, language: Language) -> tuple[str, ...]:
    found: list[str] = []
    known = _known(language)
    for piece in _PIECE.findall(_prepared(text)):
        made = known.get(piece)
        if made is None:
            made = _piece(piece, language)
            if not _HAN.match(piece):  # a Chinese clause seldom comes twice
                if len(known) > _CACHE:
                    known.clear()
                known[piece] = made
        found += made
    return tuple(found)


def plain_words(text: str) -> list[str]:
    """Return the words of a text with stop words and unstemmed: a question of them alone ("Who?") still asks."""
    words = [run.lower() for run in _RUNS.findall(_prepared(text))]
    return [_plain(word) for word in words]


def cognates(text: str, language: Language) -> list[str]:
    """Return the stems that a name or an international word ("discrimination") has in the other Latin languages."""
    words = [word for word in _PIECE.findall(_prepared(text)) if len(word) >= _COGNATE and word.isalpha()]
    home = language if language in _LATIN else Language.ENGLISH
    latin = [word.lower() for word in words if _language_of(word, home) in _LATIN and not _HAN.search(word)]
    kept = [word for word in latin if word not in stop_words(home)]
    others = [other for other in _LATIN if other is not home]
    return [stem for word in kept for other in others if (stem := _stem(word, other))]


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the words that are not indexed, as written in `stopwords.toml`."""
    with _STOP_WORDS.open("rb") as file:
        lists: dict[str, str] = tomllib.load(file)
    return frozenset(lists[language.value].split())


@cache
def _exceptions(language: Language) -> dict[str, str]:
    with _STEMS.open("rb") as file:
        lists: dict[str, dict[str, str]] = tomllib.load(file)
    return lists.get(language.value, {})


@cache
def _known(language: Language) -> dict[str, tuple[str, ...]]:
    return {}


def _prepared(text: str) -> str:
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", text)


def _piece(piece: str, language: Language) -> tuple[str, ...]:
    if "/" in piece:
        return _with_slash(piece, language)
    if piece[0].isdigit() and not piece.isalnum() and not _has_letters(piece):
        return (_number(piece),)
    if _ABBREVIATION.fullmatch(piece):
        return (piece.replace("-", "").lower(),)
    parts = [part for part in re.split(r"[‐‑-]", piece) if part]
    made = [token for part in parts for token in _word(part, language)]
    if len(parts) > 1:
        made += [_plain("".join(re.findall(r"\w+", piece)))]
    return tuple(made)


def _with_slash(piece: str, language: Language) -> tuple[str, ...]:
    if piece[0].isdigit():
        return (piece.replace("/", "ǀ").replace(".", "ǃ").replace(",", "ǃ"),)
    if not piece.isupper() and not re.search(r"\d", piece):
        return tuple(token for word in piece.split("/") for token in _piece(word, language))
    whole = piece.lower().replace("/", "ǀ").replace(".", "ǃ").replace("-", "")
    pair = _PAIR_AT_END.search(piece)
    return (whole, pair[1].replace("/", "ǀ")) if pair else (whole,)


def _number(piece: str) -> str:
    if _THOUSANDS.fullmatch(piece):
        return re.sub(r"\D", "", piece)
    return re.sub(r"\D", "ǃ", piece)


def _word(word: str, language: Language) -> list[str]:
    word = _POSSESSIVE.sub("", _ELISION.sub("", word))
    made: list[str] = []
    for run in _RUNS.findall(word.lower()):
        if _HAN.match(run):
            made += _pairs(run)
        elif run.isdigit():
            made.append(run)
        else:
            stem = _stem(run, _language_of(run, language))
            if stem:
                made.append(stem)
    return made


def _pairs(run: str) -> Iterable[str]:
    if len(run) == 1:
        return [] if run in _HAN_PARTICLES else [run]
    stops = stop_words(Language.CHINESE)
    pairs = (first + second for first, second in pairwise(run))
    return [pair for pair in pairs if pair not in stops and _HAN_PARTICLES.isdisjoint(pair)]


def _language_of(run: str, language: Language) -> Language:
    if _ARABIC.search(run):
        return Language.ARABIC
    if _CYRILLIC.search(run):
        return Language.RUSSIAN
    return language if language in _LATIN else Language.ENGLISH


def _stem(run: str, language: Language) -> str:
    if run in stop_words(language):
        return ""
    if language is Language.ARABIC:
        return _arabic(run)
    if language is Language.RUSSIAN:
        run = run.replace("ё", "е")
    return _exceptions(language).get(run) or _plain(_stemmer(language)(run))


def _arabic(run: str) -> str:
    run = _ARABIC_TO_COMMITTEE.sub("ل", run.translate(_ARABIC_FORMS))
    bare = _ARABIC_ARTICLE.sub("", run)
    run = bare if bare != run else _ARABIC_AND.sub("", run)
    for ending in _ARABIC_ENDINGS:
        if run.endswith(ending) and len(run) - len(ending) >= _ARABIC_LEFT:
            run = run.removesuffix(ending)
    return run


def _plain(word: str) -> str:
    word = word.lower()
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    return unicodedata.normalize(
        "NFC", "".join(c for c in letters if c == "\u0306" or not unicodedata.combining(c))
    )


def _has_letters(piece: str) -> bool:
    return any(character.isalpha() for character in piece)


@cache
def _stemmer(language: Language) -> Callable[[str], str]:
    stem: Callable[[str], str] = snowballstemmer.stemmer(_STEMMERS[language]).stemWord
    return stem
