"""What an asker says of himself before the question: a greeting, who asks, for what; and what then points back to it.

"We are an NGO in Kenya working on torture. What was the country asked about prisons?" asks about prisons. Who asks
gives no theme, no position and no intent; it may give the State that the question calls "we" or "the country".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.understand.cues import BLOCK, CASES, FIRST, Cues
from assistant.understand.mask import Masked, Roles
from corpus import capitals, states
from corpus.model import Language

_SENTENCE = re.compile(r"[.!?;:。！？；：](?=\s|$|[^\w\s.])|(?<=[\u3400-\u9fff])[.!?;:。！？；：]|[\n]")
_FULL_STOP = re.compile(r"[.!?。！？؟](?=\s|$|[^\w\s.])|(?<=[\u3400-\u9fff])[.!?。！？]|[\n]")
_SAID = re.compile(rf"[\w{chr(FIRST)}-\uf8ff]")  # a word, or the mark of a State
_COMMA = re.compile(r"[,،，]|\s[-–—]+\s")
_ASKING = (
    "count", "list", "who", "who_count", "why", "says", "most", "recommended", "list_head", "compare", "procedure",
)  # fmt: skip
_NEAR = 12  # characters behind a comma within which a question begins
_PAIR = 2
_FIRST_WORDS = 4  # characters of a question proper, at least
_LAST = 0xF0  # marks of States that are pointed back to, behind those that are named


@dataclass(frozen=True, slots=True)
class Opened:
    """The question proper in its place, with what pointed back as a State, and what was said before it."""

    proper: Masked
    before: Masked
    states: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()

    @property
    def found(self) -> bool:
        """Whether anything was said before the question."""
        return bool(self.before.text)


def apart(masked: Masked, cues: Cues) -> Opened:
    """The question without its introduction. A text that is nothing else is left as it is."""
    masked = _dropped(masked, "clauses.adverb", cues)
    stretches = _introductions(masked, cues)
    proper = masked.blank(stretches)
    if not stretches or len(re.findall(r"\w", proper.text)) < _FIRST_WORDS:
        return _of_capital(masked, cues)
    told = [(start, end) for start, end in stretches if start or not cues.has("asker.greeting", masked.text)]
    before = masked.only(told)
    said = tuple(dict.fromkeys(before.states[mark] for mark in before.text if mark in before.states))
    read_as = () if said else _capitals(before, cues)
    said = said or tuple(dict.fromkeys(code for _, code in read_as))
    if len(said) != 1:
        return Opened(proper, before, said)
    return Opened(_meant(proper, said[0], cues), before, said, read_as)


def _capitals(masked: Masked, cues: Cues) -> tuple[tuple[str, str], ...]:
    """The capitals of a text as they are written, each with its State."""
    text = masked.unmasked()
    found = capitals.find(text, cues.language)
    return tuple(dict.fromkeys((text[one.start : one.end], one.alpha3) for one in found))


def _of_capital(masked: Masked, cues: Cues) -> Opened:
    """A question without an introduction, in which "we in Paris" says who asks."""
    nobody = replace(masked, text="", unfolded="")
    read_as = _capitals(masked, cues) if cues.has("asker.we", masked.text) else ()
    if len(read_as) != 1:
        return Opened(masked, nobody)
    return Opened(_meant(masked, read_as[0][1], cues), nobody, (), read_as)


def _introductions(masked: Masked, cues: Cues) -> list[tuple[int, int]]:
    text = masked.text
    found: list[tuple[int, int]] = []
    greeting = next(cues.spans("asker.greeting", text), None)
    start = greeting.end() if greeting else 0
    if start:
        found.append((0, start))
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    for end in [*(one for one in ends if one > start), len(text)]:
        told = not any(character in masked.states for character in text[end:])
        stop = _introduced(text, start, end, told, cues)
        if stop > start:
            found.append((start, stop))
        start = end
    return found


def _introduced(text: str, start: int, end: int, told: bool, cues: Cues) -> int:
    """Where the introduction ends with which a sentence begins; `start` if it begins with none.

    Where only this sentence names States (`told`), one on recommendations is what the question goes on about.
    """
    said = text[start:end]
    opener = next((one for one in cues.spans("asker.opens", said) if _is_first(one, said)), None)
    if opener is None:
        return start
    rest = text[end:]
    wish = next((one for one in cues.spans("asker.wishes", said) if one.start() >= opener.end()), None)
    later = _asks(rest, cues)
    recommends = cues.has("words.recommendation", said) or cues.has("words.recommend", said)
    if wish and (recommends or not later):
        return start + wish.start()
    if later and not said.rstrip().endswith(("?", "؟", "？")) and not (recommends and (wish or told)):
        return end
    for comma in _COMMA.finditer(said):
        if comma.start() >= opener.end() - 1 and _asks(said[comma.end() : comma.end() + _NEAR], cues):
            return start + comma.end()
    return start


def _is_first(opener: re.Match[str], said: str) -> bool:
    """Whether nothing is said before what opens, and no State named ("Chad as the recommending State")."""
    first = re.search(r"\w", opener.group())
    return not _SAID.search(said[: opener.start() + (first.start() if first else 0)])


def _asks(text: str, cues: Cues) -> bool:
    return any(mark in text for mark in "?؟？¿") or any(cues.has(f"intent.{key}", text) for key in _ASKING)


def _meant(proper: Masked, code: str, cues: Cues) -> Masked:
    """The question with "we", "us" and "the country" as the State of the asker.

    A pronoun that leans on the verb ("nous a recommandé") is left out: who is under review is known.
    """
    proper = _dropped(proper, "asker.clitic", cues)
    for match in reversed(list(cues.spans("asker.verb", proper.text))):
        mark = chr(FIRST + BLOCK * CASES["nominative"] + _LAST)
        proper = _meaning(proper, (match.start(), match.start()), mark, code, cues.language)
    for key, case in (("asker.we", "nominative"), ("asker.us", "dative"), ("asker.country", "dative")):
        mark = chr(FIRST + BLOCK * CASES[case] + _LAST)
        for match in reversed(list(cues.spans(key, proper.text))):
            proper = _meaning(proper, match.span(), mark, code, cues.language)
    return proper


def _meaning(masked: Masked, place: tuple[int, int], mark: str, code: str, language: Language) -> Masked:
    """The question with a State in a place; before a verb that holds "we" itself it is put in."""
    start, end = place
    masked = _put(masked, start, end, mark if end > start else f"{mark} ")
    written = {**masked.written, mark: states.name(code, language)}
    return replace(masked, states={**masked.states, mark: code}, written=written)


def _dropped(masked: Masked, key: str, cues: Cues) -> Masked:
    """The question without the matches of a key, each with the space behind it."""
    for match in reversed(list(cues.spans(key, masked.text))):
        space = masked.text[match.end() : match.end() + 1] == " "
        masked = _put(masked, match.start(), match.end() + space, "")
    return masked


def _put(masked: Masked, start: int, end: int, sign: str) -> Masked:
    def put(text: str) -> str:
        return text[:start] + sign + text[end:]

    return replace(masked, text=put(masked.text), unfolded=put(masked.unfolded))


def resolved(masked: Masked, cues: Cues) -> Masked:
    """The question with a pronoun as the State it means: beside the State that acts, the only other one."""
    marks = [character for character in masked.text if character in masked.states]
    codes = tuple(dict.fromkeys(masked.states[mark] for mark in marks))
    match = next(cues.spans("asker.it", masked.text), None)
    if match is None or len(codes) != _PAIR:
        return masked
    before = [character for character in masked.text[: match.start()] if character in masked.states]
    if not before:
        return masked
    other = next(code for code in codes if code != masked.states[before[-1]])
    mark = chr(FIRST + BLOCK * CASES["dative"] + _LAST)
    return _meaning(masked, match.span(), mark, other, cues.language)


def paired(masked: Masked, cues: Cues) -> Roles | None:
    """The roles of two States named in sentences before a question that names none ("... How many did it make?").

    The State named first is the one that the question goes on about.
    """
    sentences = [one for one in _sentences(masked.text) if _SAID.search(one)]
    if len(sentences) < _PAIR or not cues.has("words.recommend", sentences[-1]):
        return None
    last = sentences[-1]
    before = [mark for one in sentences[:-1] for mark in one if mark in masked.states]
    codes = tuple(dict.fromkeys(masked.states[mark] for mark in before))
    if len(codes) != _PAIR or any(mark in masked.states for mark in last):
        return None
    first, second = codes
    if cues.has("asker.gets", last):
        return Roles(under_review=(first,), recommending=(second,))
    return Roles(under_review=(second,), recommending=(first,))


def _sentences(text: str) -> list[str]:
    ends = [0, *(match.end() for match in _FULL_STOP.finditer(text)), len(text)]
    return [text[start:end] for start, end in pairwise(ends)]
