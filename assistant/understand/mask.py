"""Finding the States a question names and the role each plays: under review, recommending, or paying."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.understand.cues import BLOCK, CASES, FIRST, Cues
from assistant.understand.text import blank, fold, only
from corpus.model import Language


class Named(Protocol):
    """A State found in a text (`corpus.states.Mention`)."""

    @property
    def alpha3(self) -> str:
        """The code of the State."""
        ...

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


@dataclass(frozen=True, slots=True)
class Masked:
    """The folded question with every State as one character; `unfolded` is the same with its accents kept.

    `written` is how each State was written.
    """

    text: str
    states: dict[str, str]
    unfolded: str = ""
    written: Mapping[str, str] = field(default_factory=dict)

    def blank(self, spans: Sequence[tuple[int, int]]) -> Masked:
        """The question with these stretches as spaces."""
        return replace(self, text=blank(self.text, spans), unfolded=blank(self.unfolded, spans))

    def only(self, spans: Sequence[tuple[int, int]]) -> Masked:
        """The question with all but these stretches as spaces."""
        return replace(self, text=only(self.text, spans), unfolded=only(self.unfolded, spans))

    def unmasked(self) -> str:
        """The unfolded text with every State as it was written."""
        return "".join(self.written.get(character, character) for character in self.unfolded)

    def plain(self) -> str:
        """The masked text with States as spaces: for finding everything else."""
        return "".join(" " if character in self.states else character for character in self.text)


_INSTRUMENTAL = ("ой", "ей", "ом", "ем", "ью", "ами", "ями", "ею", "ою")
_DATIVE = ("е", "у", "ю", "ам", "ям")
_GENITIVE = ("ы", "а", "я", "ов", "ев", "их", "ых", "ого", "его")


_NAMES = frozenset({"name", "cldr", "alias", "former", "formal", "abbreviation"})
_UNCHANGED = ("о", "е", "и", "у", "ю", "э")  # a name in one of these has no cases (Чили, Перу, Того)
_AGREEING = re.compile(
    r"(?:ск|н|в|т)(?:ой|ого|ому|ым|им|ых|их|ыми|ими|ую)$"
)  # "Новой Зеландии": see the noun


def case(surface: str, listed: frozenset[str], language: Language) -> str:
    """Whether a State is named by an adjective, and the case of a Russian name as far as its ending tells.

    `listed` is as what the name is known.
    """
    if listed == {"adjective"}:
        return "adjective"
    if language is not Language.RUSSIAN:
        return "nominative"
    parts = fold(surface).split()
    if "abbreviation" in listed or (listed & _NAMES and len(parts) == 1 and parts[0].endswith(_UNCHANGED)):
        return "unchanged"
    if listed & _NAMES or not listed:
        return "nominative"
    word = parts[1] if len(parts) > 1 and _AGREEING.search(parts[0]) else parts[0]
    for case, endings in (
        ("instrumental", _INSTRUMENTAL),
        ("oblique", ("и",)),
        ("dative", _DATIVE),
        ("genitive", _GENITIVE),
    ):
        if word.endswith(endings):
            return case
    return "genitive"  # "Филиппин", "Нидерланд": no ending at all


def _particle(surface: str, alpha3: str, resolve: Callable[[str], str | None]) -> str:
    """The particle that Arabic writes onto a name ("to", "by", "and"), which tells the State's role.

    `resolve` knows names with particles too, so that the longest particle behind which a name is left is it.
    """
    if not "\u0600" <= surface[0] <= "\u06ff":
        return ""
    for length in (2, 1):
        particle, bare = surface[:length], surface[length:]
        # "للسويد" is "ل" and "السويد" with its alef dropped; "لليبيا" is "ل" and "ليبيا".
        names = (bare, "ا" + bare) if particle[-1] == "ل" else (bare,)
        if set(particle) <= set("ولبفك") and any(resolve(name) == alpha3 for name in names):
            return particle
    return surface[0] if surface[0] in "ولبفك" and resolve(surface) != alpha3 else ""


def mask(
    question: str,
    mentions: Sequence[Named],
    kinds: Callable[[str], frozenset[str]],
    language: Language,
    resolve: Callable[[str], str | None],
) -> Masked:
    """The question with every mention of a State as one private-use character.

    `kinds` tells as what a form is listed, by which a Russian one's case is told; `resolve` tells a name from
    a name with an Arabic particle before it.
    """
    folded = fold(question)
    pieces: list[str] = []
    written: list[str] = []
    states: dict[str, str] = {}
    surfaces: dict[str, str] = {}
    last = 0
    for index, mention in enumerate(sorted(mentions, key=lambda item: item.start)[:BLOCK]):
        if mention.start < last:
            continue
        surface = question[mention.start : mention.end]
        block = CASES[case(surface, kinds(surface), language)]
        mark = chr(FIRST + BLOCK * block + index)
        states[mark] = mention.alpha3
        surfaces[mark] = surface
        particle = _particle(surface, mention.alpha3, resolve)
        pieces += [folded[last : mention.start], particle, mark]
        written += [question[last : mention.start], particle, mark]
        last = mention.end
    pieces.append(folded[last:])
    written.append(question[last:])
    return Masked("".join(pieces), states, "".join(written), surfaces)


def _unique(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


@dataclass(frozen=True, slots=True)
class Roles:
    """States by role, each in the question's order; `free` are those no pattern gave a role.

    `topical` States only say where the topic is; `speaking` are those whose own words are asked for, and not their
    recommendations.
    """

    under_review: tuple[str, ...] = ()
    recommending: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    topical: tuple[str, ...] = ()
    speaking: tuple[str, ...] = ()


_WORD = re.compile(r"\w{4,}")  # more than an article
_CHOICE = 2  # States at least from which one is to be chosen
_MARK = f"[{chr(FIRST)}-{chr(FIRST + BLOCK * len(CASES) - 1)}]"
_HEADED = re.compile(rf"^\W*({_MARK})(?:[\s,]*\(?\d{{4}}\)?)?\s*:")
_HEADING = re.compile(rf"^\W*(?:\w{{1,4}}['\s])?({_MARK})\s*[:,\-]")


def _topical(masked: Masked, cues: Cues) -> list[str]:
    """Marks of States that only say where a topic is, under another State that heads the question.

    "Bhutan: refugees in Nepal" is about Bhutan.
    """
    heading = _HEADING.match(masked.text)
    if not heading:
        return []
    before = {match.end() for match in cues.spans("clauses.within", masked.text)}
    return [
        character
        for place, character in enumerate(masked.text)
        if character in masked.states and place > heading.end()
        and any(not masked.text[end:place].strip() for end in before if end <= place)
    ]  # fmt: skip


def votes(masked: Masked, patterns: Sequence[re.Pattern[str]]) -> dict[str, str]:
    """The role that the first pattern to speak of each State gives it."""
    given: dict[str, str] = {}
    for pattern in patterns:
        for match in pattern.finditer(masked.text):
            for group, value in match.groupdict().items():
                for mark in value or "":
                    if mark in masked.states:
                        given.setdefault(mark, group.rstrip("0123456789"))
    return given


def _of_organ(masked: Masked, cues: Cues) -> bool:
    """Whether it is a State's delegation or another organ that spoke: "gave", "wants" are then no recommending."""
    return any(
        cues.has("intent.organ", match.group())
        for pattern in cues.speech
        for match in pattern.finditer(masked.text)
    )


def _speaking(masked: Masked, cues: Cues) -> Roles | None:
    """The roles in a question on what a State said; every other State is the one that was reviewed."""
    asks = cues.has("words.recommend", masked.text) and not _of_organ(masked, cues)
    if asks or cues.has("words.recommendation", masked.text):
        return None
    voices = votes(masked, cues.speech)
    if not voices:
        named = _unique(list(masked.states.values()))
        return (
            Roles(speaking=named) if len(named) == 1 and cues.has("intent.delegation", masked.text) else None
        )
    said = _unique([masked.states[mark] for mark in masked.text if mark in voices])
    rest = [masked.states[mark] for mark in masked.text if mark in masked.states and mark not in voices]
    return Roles(under_review=tuple(code for code in _unique(rest) if code not in said), speaking=said)


def _measured(
    named: dict[str, list[str]], loose: list[str], masked: Masked, cues: Cues
) -> tuple[dict[str, list[str]], list[str]]:
    """The roles where a State behind "than" has that of the State it is measured by, the first that is named."""
    first = next((one for one in masked.text if one in masked.states), "")
    role = next((role for role, marks in named.items() if first in marks), None)
    ends = {match.end() for match in cues.spans("time.than", masked.text)}
    if role is None or not cues.has("intent.more", masked.text):
        return named, loose
    behind = [
        mark
        for mark in loose
        if any(
            end <= (at := masked.text.index(mark)) and not _WORD.search(masked.text[end:at]) for end in ends
        )
    ]
    kept = [mark for mark in loose if mark not in behind]
    return {**named, role: [*named[role], *behind]}, kept


def _apart(named: dict[str, list[str]], text: str, cues: Cues) -> dict[str, list[str]]:
    """The roles where the States to choose from follow the one of the other role as if it were of their list.

    "Who got more from Norway, Kenya or Chad?" asks of Kenya and Chad.
    """
    taken, other = ("by", "sur") if named["by"] else ("sur", "by")
    first, *rest = named[taken] or [""]
    if (
        named[other]
        or len(rest) < _CHOICE
        or not (cues.has("intent.more", text) or cues.has("intent.most", text))
    ):
        return named
    listed = text[text.find(first) + 1 : text.find(rest[0])].strip() in {",", ":", "、"}
    choice = cues.has("clauses.either", text[text.find(rest[-2]) + 1 : text.find(rest[-1])])
    return {taken: [first], other: rest} if listed and choice else named


def roles(masked: Masked, cues: Cues, known: frozenset[str] = frozenset()) -> Roles:
    """Which States are under review and which recommend.

    Strong patterns decide first. A State that only a weak one speaks of ("Norway's recommendations") takes
    the role that is still free when another State is named. Alone it is the one under review where the corpus
    holds a review of it (`known`), and else has the role that the weak pattern gives.
    """
    spoken = _speaking(masked, cues)
    if spoken is not None:
        return spoken
    strong = votes(masked, cues.roles)
    weak = votes(masked, cues.weak)
    topical = _topical(masked, cues)
    marks = [
        character for character in masked.text if character in masked.states and character not in topical
    ]
    named = {role: [mark for mark in marks if strong.get(mark) == role] for role in ("sur", "by")}
    loose = [mark for mark in marks if mark not in strong]
    authors = [mark for mark in named["sur"] if weak.get(mark) == "by"]
    if not named["by"] and 0 < len(authors) < len(named["sur"]):
        named = {"by": authors, "sur": [mark for mark in named["sur"] if mark not in authors]}
    named, loose = _measured(named, loose, masked, cues)
    named = _apart(named, masked.text, cues)
    recommends = cues.has("words.recommend", masked.text) or cues.has("words.recommendation", masked.text)
    if loose and named["by"] and not named["sur"]:
        named["sur"], loose = loose, []
    elif loose and named["sur"] and not named["by"] and recommends:
        taken = [
            mark for mark in loose if masked.states[mark] not in {masked.states[m] for m in named["sur"]}
        ]
        named["by"], loose = taken, []
    elif loose and not named["by"] and not named["sur"]:
        alone = len({masked.states[mark] for mark in loose}) == 1
        head = _HEADED.match(masked.text)
        if head and head.group(1) == loose[0] and recommends:
            named["sur"], named["by"], loose = loose[:1], loose[1:], []
        for mark in loose:
            # Only the State under review leaves an answer for later.
            reviewed = alone and (masked.states[mark] in known or cues.has("position.pending", masked.text))
            named["sur" if reviewed else weak.get(mark, "sur")].append(mark)
        loose = []
    state = masked.states.__getitem__
    return Roles(
        _unique([state(mark) for mark in named["sur"]]),
        _unique([state(mark) for mark in named["by"]]),
        _unique([state(mark) for mark in loose]),
        _unique([state(mark) for mark in topical]),
    )
