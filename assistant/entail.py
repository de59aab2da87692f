"""Whether a sentence in free prose is supported by the passages it cites.

No model of entailment is shipped; the score is what can be checked without one: how many of the sentence's content
words the passages hold (with the glossary's equivalents in the other languages) and how near the two are in
meaning. The threshold was set so that fewer than five in a hundred sentences pass with the wrong paragraph
cited: true pairs are sentences of the project's digests with the paragraph they digest, false ones the same
sentences with the paragraphs around it (`python -m eval.entailment` measures both again).

What words and vectors cannot tell is checked exactly: numbers, quotes, the States named, positions, negations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.evidence import Item
from assistant.understand.cues import load
from assistant.understand.intent import positions
from assistant.understand.text import blank, fold
from assistant.verify import unsupported
from corpus import states
from corpus.language import detect
from corpus.model import Language, Position

SAME, ACROSS = 0.56, 0.505
_QUOTED = re.compile(r"[“\"«„「](.+?)[”\"»“」]")
_SPACES = re.compile(r"\s+")
_SHORTEST_QUOTE = 3  # words; a shorter stretch in quotation marks is a name, not a quote
_NEGATIONS = {
    Language.ENGLISH: r"\b(?:not|no|never|none|without|n't|refus\w+|reject\w+)\b|n't\b",
    Language.FRENCH: r"\b(?:ne|n|pas|jamais|aucune?|sans|refus\w+|rejet\w+)\b",
    Language.SPANISH: r"\b(?:no|nunca|ningun\w*|sin|rechaz\w+)\b",
    Language.RUSSIAN: r"\b(?:не|нет|никогда|без|отказ\w+|отклон\w+)\b",
    Language.ARABIC: r"\b(?:لا|لم|لن|ليس|غير|دون|رفض\w*)\b",
    Language.CHINESE: r"不|没|未|无|拒绝",
}


def score(sentence: str, quotes: Sequence[str]) -> float:
    """Support of a sentence by quotes, in [0, 1]: the share of its words held, and its nearness in meaning."""
    from assistant.run.weighing import asked, covered

    if not quotes:
        return 0.0
    language = detect(sentence)
    text = " ".join(quotes)
    wanted = asked(sentence, language)
    from corpus.static import encode

    pieces = [text, *quotes]
    meaning = max(float(vector @ wanted.vector) for vector in encode(pieces))
    foreign = detect(text) is not language
    words = covered(wanted, text, detect(text), foreign=foreign)
    return max(0.0, min(1.0, 0.5 * words + 0.5 * meaning))


def threshold(sentence: str, quotes: Sequence[str]) -> float:
    """The least score that passes; across languages words say less."""
    return SAME if detect(sentence) is detect(" ".join(quotes)) else ACROSS


def faults(sentence: str, items: Sequence[Item], figures: Sequence[object], language: Language) -> list[str]:
    """What speaks against a sentence that cites these items, in words; nothing when it holds."""
    found: list[str] = []
    if not items:
        return ["it cites nothing"]
    quotes = [item.citation.quote for item in items]
    found += [f"the quote «{quote[:60]}» is not in what it cites" for quote in altered(sentence, quotes)]
    known = [item.facts for item in items] + [item.citation.paragraph or "" for item in items]
    known += [item.citation.symbol or "" for item in items]
    numbers = unsupported(sentence, quotes, figures, known)  # type: ignore[arg-type]
    if numbers:
        found.append(f"the number {', '.join(numbers)} is not in what it cites")
    found += _planted(sentence, quotes)
    found += _states(sentence, items)
    found += _positions(sentence, items, language)
    if not _figured(sentence, figures):
        found += _negated(sentence, quotes, language)
        support = score(sentence, [*quotes, *(item.facts for item in items if item.facts)])
        if support < threshold(sentence, quotes):
            found.append("what it cites does not support it")
    return found


def altered(sentence: str, quotes: Sequence[str]) -> list[str]:
    """Quotations in a sentence that no quote holds word for word."""
    plain = [_SPACES.sub(" ", quote) for quote in quotes]
    wrong = []
    for match in _QUOTED.finditer(sentence):
        said = _SPACES.sub(" ", match.group(1)).strip(" .…")
        long_enough = len(said.split()) >= _SHORTEST_QUOTE or len(said) > 12
        if long_enough and not any(said in quote for quote in plain):
            wrong.append(said)
    return wrong


def _figured(sentence: str, figures: Sequence[object]) -> bool:
    """A sentence that only tells a computed figure is supported by the computation."""
    from assistant.verify import numbers, readings

    values = {getattr(figure, "value", None) for figure in figures}
    return any(value in values for token in numbers(sentence) for value in readings(token))


def _planted(sentence: str, quotes: Sequence[str]) -> list[str]:
    """What a document plants as an instruction may be quoted, never said in the program's own voice."""
    planted = [quote for quote in quotes if load(detect(quote)).has("decline.injection", fold(quote))]
    quoted = _QUOTED.search(sentence)
    return ["what it cites is an instruction planted in a document"] if planted and not quoted else []


def _states(sentence: str, items: Sequence[Item]) -> list[str]:
    said = {mention.alpha3 for mention in states.find(sentence)}
    held: set[str] = set()
    for item in items:
        held |= {mention.alpha3 for mention in states.find(item.citation.quote)}
        held |= {mention.alpha3 for mention in states.find(item.facts)}
        if item.row:
            held |= {*item.row.recommenders, item.row.state or ""}
    return [f"{states.name(code)} is not in what it cites" for code in sorted(said - held)]


def _positions(sentence: str, items: Sequence[Item], language: Language) -> list[str]:
    """A position that a sentence gives to recommendations must be theirs."""
    rows = [item.row for item in items if item.row]
    if not rows:
        return []
    spoken = detect(sentence, language)
    bare = _QUOTED.sub(" ", sentence)
    said = set(positions(fold(bare), load(spoken)))
    held = {row.position for row in rows}
    if said and not held <= said | ({Position.PARTIALLY_SUPPORTED} if len(said) > 1 else set()):
        return [f"the position is {', '.join(sorted(map(str, held)))}"]
    return []


def _negated(sentence: str, quotes: Sequence[str], language: Language) -> list[str]:
    """A sentence that negates, or does not, against all it cites."""
    spoken = detect(sentence, language)
    bare = fold(_QUOTED.sub(" ", sentence))
    for key in ("noted", "partially_supported", "pending"):
        bare = blank(bare, [match.span() for match in load(spoken).spans(f"position.{key}", bare)])
    own = re.search(_NEGATIONS[spoken], bare)
    text = " ".join(quotes)
    theirs = re.search(_NEGATIONS[detect(text)], fold(text))
    return ["it negates what it cites"] if own and not theirs else []
