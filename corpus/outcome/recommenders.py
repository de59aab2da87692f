"""Who recommended: the States named in brackets within and at the end of a recommendation.

Joined recommendations name States part by part ("… ratify (Spain)/consider ratifying (Argentina) …"); all of
them are its recommending States, in the printed order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import states

_SEPARATORS = re.compile(r"\s*(?:[,;،؛、，；&|]|/|\n|\s[-–]\s)\s*")
_NOISE = re.compile(r"[\d*†‡.:\[\](){}\"“”«»'’`–—-]+")
_JOINERS = re.compile(
    r"^(?:(?:and|the|by|as\s+well\s+as|also|et|la|le|les|l|ainsi\s+que|y|e|el|los|las|así\s+como|и|а\s+также|"
    r"و|和|及|以及|与|as|of|recommended|on\s+behalf\s+of|au\s+nom\s+de|en\s+nombre\s+de|от\s+имени|代表|"
    r"نيابة\s+عن|باسم)\b\s*)+|^[和及与]+|^و(?=\s*$)",
    re.IGNORECASE,
)
_WIDE = {ord("（"): "(", ord("）"): ")", ord("［"): "[", ord("］"): "]"}
_LOOKS_LIKE_NAME = re.compile(r"[^\W\d_]")
_WORDS_IN_A_NAME = 6
_INSIDE, _AT_END = 0.75, 0.45


@dataclass(frozen=True, slots=True)
class Group:
    """One bracket that names States: its span, their codes in order, and names that no State answers to."""

    start: int
    end: int
    codes: tuple[str, ...]
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A recommendation without its last bracket of States; the States in printed order; unresolved names."""

    body: str
    recommenders: tuple[str, ...]
    unresolved: tuple[str, ...]

    def __iter__(self) -> Iterator[object]:
        yield from (self.body, self.recommenders, self.unresolved)


def split(text: str, *, state: str | None = None) -> Split:
    """Body, recommending States and unresolved names of one recommendation; `state` is the State under review."""
    found = groups(text)
    codes = dict.fromkeys(code for group in found for code in group.codes if code != state)
    unresolved = dict.fromkeys(name for group in found for name in group.unresolved)
    unresolved |= dict.fromkeys(_strangers(text, found))
    body = text
    if found and not re.search(r"[^\W\d]", re.sub(r"\b(?:and|et|y|и|و|和)\b", "", text[found[-1].end :])):
        body = text[: found[-1].start]
        for group in reversed(found[:-1]):  # "(Maldives) (Portugal)"
            if body[group.end :].strip(" ;,"):
                break
            body = body[: group.start]
    return Split(body.rstrip(" \n;,."), tuple(codes), tuple(unresolved))


def _strangers(text: str, found: tuple[Group, ...]) -> tuple[str, ...]:
    """The names in the bracket that ends a recommendation, where none of them is a State's ("European Union").

    Capitals tell a name from other words, so that none is found in scripts without them; a bracket with figures, or
    with an abbreviation alone, refers to an instrument ("CAT", "Article 4").
    """
    text = text.translate(_WIDE)
    *_, (start, end) = [(0, 0), *_brackets(text)]
    if any(group.end > start for group in found) or re.search(r"\w{3}", text[end:]):
        return ()
    inner = text[start:end].strip("()[] \n")
    names = [name for _, part in _parts(inner, []) for _, name in _rest(part, [])]
    told = not re.search(r"\d", inner) and all(_is_name(name) and not name.isupper() for name in names)
    return tuple(names) if told else ()


def groups(text: str) -> tuple[Group, ...]:
    """Every bracket of `text` that names States, in order."""
    text = text.translate(_WIDE)
    spans = list(_brackets(text))
    last = spans[-1][1] if spans else 0
    found: list[Group] = []
    for start, end in spans:
        if found and start < found[-1].end:
            continue
        inner = text[start:end].strip("()[] \n")
        offset = start + text[start:end].find(inner) if inner else start
        at_end = end >= last and not re.search(r"\w{3}", text[end:])
        group = _states_in(inner, at_end=at_end)
        if group:
            found.append(Group(start, end, *group))
        else:
            found.extend(
                Group(offset + g.start, offset + g.end, g.codes, g.unresolved)
                for g in (groups(inner) if "(" in inner else ())
            )
    return tuple(found)


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the outermost brackets; a bracket that was never opened or never closed is completed."""
    depth: list[int] = []
    loose = 0
    for match in re.finditer(r"[(\[)\];]", text):
        char, at = match.group(), match.start()
        if char in "([":
            depth.append(at)
        elif char == ";":
            # "(Spain; France)" goes on, "(Spain; to ratify …" was never closed
            if depth and not re.match(r"[^()\[\]]{0,120}[)\]]", text[at + 1 :]):
                yield depth[0], at
                loose = at + 1
                depth.clear()
        elif depth:
            start = depth.pop()
            if not depth:
                yield start, at + 1
                loose = at + 1
        else:
            unopened = _unopened(text, loose, at)
            if unopened is not None:
                yield unopened, at + 1
            loose = at + 1
    if depth:
        # never closed: what follows the first bracket, or, where that is text, the last one
        yield depth[0], len(text)


def _unopened(text: str, low: int, at: int) -> int | None:
    """Where the States begin that stand before a closing bracket without an opening one."""
    mentions = [m for m in states.find(text[low:at], adjectives=False) if m.alpha3]
    start: int | None = None
    end = at
    for mention in reversed(mentions):
        between = text[low + mention.end : end]
        if re.sub(r"\b(?:and|the|of|et|y)\b", "", between).strip(" ,/\n("):
            break
        start = end = low + mention.start
    return start


def _states_in(inner: str, *, at_end: bool) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The States a bracket names and the names that no State answers to; None where it is no list of States."""
    if not inner or len(inner) > 1500:
        return None
    placed: list[tuple[int, str]] = []
    unresolved: list[str] = []
    lost = 0
    found = states.find(inner, adjectives=False)
    for start, part in _parts(inner, [(m.start, m.end) for m in found]):
        mentions = [m for m in found if start <= m.start < start + len(part)]
        rest = list(_rest(part, [(m.start - start, m.end - start) for m in mentions]))
        if rest and (code := _misspelt(part, certain=bool(mentions) or at_end or bool(placed))):
            placed.append((start, code))
            continue
        placed.extend((mention.start, mention.alpha3) for mention in mentions)
        for at, piece in rest:
            if code := _misspelt(piece, certain=bool(mentions) or at_end):
                placed.append((start + at, code))
            else:
                lost += len(piece)
                unresolved.append(piece)
    if not placed:
        return ((), tuple(unresolved)) if at_end and unresolved and _unclear(unresolved) else None
    total = sum(char.isalpha() for char in inner) or 1
    if 1 - lost / total < (_AT_END if at_end else _INSIDE) and not (
        at_end and all(map(_is_name, unresolved))
    ):
        return None
    return tuple(code for _, code in sorted(placed)), tuple(unresolved)


def _parts(inner: str, named: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The parts of a list between commas and the like that belong to no name, with their offsets."""
    at = 0
    for match in _SEPARATORS.finditer(inner):
        if any(start < match.start() < end for start, end in named):
            continue
        yield at, inner[at : match.start()]
        at = match.end()
    yield at, inner[at:]


def _rest(part: str, named: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """The words of a part that belong to no recognised name, without joining words and figures."""
    position = 0
    for start, end in [*named, (len(part), len(part))]:
        word = _NOISE.sub(" ", part[position:start]).strip()
        word = _JOINERS.sub("", word).strip()
        if word and not _JOINERS.fullmatch(word + " ") and _LOOKS_LIKE_NAME.search(word):
            yield position, word
        position = end


def _misspelt(piece: str, *, certain: bool) -> str | None:
    """The State meant by a name that is spelt in no listed way, where the place leaves little doubt."""
    word = _NOISE.sub(" ", piece).strip()
    word = _JOINERS.sub("", re.sub(r"\s+", " ", word)).strip()
    if len(word) < 4 or word[0].islower() or len(word.split()) > _WORDS_IN_A_NAME:
        return None
    return states.resolve(word, lenient=certain)


def _is_name(piece: str) -> bool:
    return piece[0].isupper() and len(piece.split()) < _WORDS_IN_A_NAME


def _unclear(pieces: list[str]) -> bool:
    """True where every name could be one of several States ("Korea")."""
    return all(states.ambiguous(piece) for piece in pieces)
