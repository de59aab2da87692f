"""What a question is about: themes, groups, goals, agencies, instruments, and the words that remain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from assistant.understand.cues import FIRST, Cues, load
from assistant.understand.text import blank, fold
from corpus.model import Language
from index import analyse, glossary
from index.question import terms_named

_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_BLANKED = (
    "intent.count", "intent.who", "intent.who_count", "intent.received", "intent.compare", "intent.changed",
    "intent.group", "intent.most", "intent.text", "intent.position", "intent.why", "intent.table", "intent.says",
    "intent.sdg", "position.noted", "position.partially_supported", "position.pending", "position.supported",
    "position.implemented", "facet.recommender", "facet.state", "facet.cycle", "facet.position", "facet.theme",
    "facet.group", "facet.sdg", "facet.agency", "words.recommendation", "words.recommend", "words.report",
    "words.cycle", "words.session", "words.recommendation_about", "intent.parliament", "intent.mandate",
    "intent.group_by", "facet.region", "facet.instrument", "facet.year", "facet.session", "facet.target",
    "words.paragraph", "intent.documents", "words.took", "intent.raised", "money.share", "intent.figures",
    "intent.first",
)  # fmt: skip


_PLACES = ("words.paragraph", "words.report", "kinds.upr_outcome")  # say where to look, and are no topic


class Topical(Protocol):
    """A term of the taxonomy found in a text (`corpus.tag.taxonomy.Mention`)."""

    @property
    def kind(self) -> str:
        """The taxonomy."""
        ...

    @property
    def id(self) -> str:
        """The name of the entry."""
        ...

    @property
    def start(self) -> int:
        """Where it begins."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...


Label = tuple[str, str]

# Where one stretch of a question names entries of several taxonomies, the first of these speaks for it alone:
# "OP-CAT" is the protocol, not everything on torture. A theme and a group of the same words are alternatives.
_ALONE = ("instrument", "agency", "target", "goal")
# Said of every question here, so that they tell nothing about its topic.
_EVERYWHERE = frozenset({"UPR", "UPR process", "General", "Other"})
_PHRASE = 6  # words of the longest term of the glossary that a topic is widened to
_STEM, _SHORTEST = 5, 3  # letters of a stem, and of the shortest word that has one
_PARTICLES = "وفبلك"
# Kinds of term that recommendations are about; a body or a step of the review ("troika") is no topic of theirs.
_TOPICAL = frozenset({"right", "group", "issue", "instrument", "goal"})
# Where none of these is said, nothing is asked: a heading or a search.
_ASKING = (
    "intent.count", "intent.list", "intent.who", "intent.compare", "intent.most", "intent.group", "intent.yes_no",
    "intent.why", "intent.position", "words.recommendation", "words.recommend",
)  # fmt: skip
_CLAUSE = re.compile(r"[,;:?!()]|\.(?=\s|$)|[，；：。？！（）]")
_LINK_WORDS = 2  # words that tie an agency to the instrument it made ("de la")
_ACCENTED = (Language.FRENCH, Language.SPANISH)
RATIFYING = frozenset({"International instruments", "Treaty bodies"})


@dataclass(frozen=True, slots=True)
class Topics:
    """Labels by facet, and `text`: the content words that no label covers.

    `units` are alternatives by the words that name them: a row must bear a label of each unit, or its words.
    `known` says that `text` is a term of the glossary for what recommendations are about, `placed` that it stands
    where a topic does; `aside` are words that do not, which narrow nothing.
    """

    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    goals: tuple[int, ...] = ()
    targets: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    units: tuple[tuple[Label, ...], ...] = ()
    text: str = ""
    pointed: bool = False
    known: bool = False
    placed: bool = False
    aside: str = ""


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of the question that names a topic; `phrase` says that a term of the glossary made it longer."""

    start: int
    end: int
    mentions: tuple[Topical, ...]
    phrase: bool = False


def _spans(mentions: Sequence[Topical], text: str, language: Language) -> list[_Span]:
    """Mentions that overlap as one stretch each, widened to the glossary's terms ("prison overcrowding")."""
    spans: list[_Span] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if spans and mention.start < spans[-1].end:
            last = spans[-1]
            spans[-1] = _Span(last.start, max(last.end, mention.end), (*last.mentions, mention))
        else:
            spans.append(_Span(mention.start, mention.end, (mention,)))
    return _widened(spans, text, language)


@cache
def _han_terms() -> tuple[str, ...]:
    """The glossary's Chinese terms of issues, the longest first."""
    terms = {
        term
        for entry in glossary.entries()
        if entry.kind == "issue"
        for term in entry.terms[Language.CHINESE]
    }
    return tuple(sorted(terms, key=lambda term: (-len(term), term)))


def _written_whole(spans: Sequence[_Span], text: str) -> list[tuple[int, int]]:
    """Where Chinese, which parts no words, has a term that holds a mention and more ("切割女性生殖器" holds "女性")."""
    found: list[tuple[int, int]] = []
    for term in _han_terms():
        start = text.find(term)
        end = start + len(term)
        inside = [span for span in spans if start <= span.start and span.end <= end]
        free = all(end <= other or stop <= start for other, stop in found)
        if start >= 0 and free and any(span.end - span.start < len(term) for span in inside):
            found.append((start, end))
    return found


def _phrases(spans: Sequence[_Span], text: str, language: Language) -> list[tuple[int, int]]:
    """Where a term of the glossary of several words holds a mention."""
    if language is Language.CHINESE:
        return _written_whole(spans, text)
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    content = [bool(analyse.tokens(text[start:end], language)) for start, end in words]
    found: list[tuple[int, int]] = []
    for size in range(_PHRASE, 0, -1):
        for place in range(len(words) - size + 1):
            if not (content[place] and content[place + size - 1]):
                continue
            start, end = words[place][0], words[place + size - 1][1]
            free = all(end <= other or stop <= start for other, stop in found)
            touched = [span for span in spans if span.start < end and start < span.end]
            whole = all(start <= span.start and span.end <= end for span in touched)
            if free and whole and (size > 1 or not touched) and _issues(text[start:end], language):
                found.append((start, end))
    return found


def _widened(spans: list[_Span], text: str, language: Language) -> list[_Span]:
    for start, end in _phrases(spans, text, language):
        inside = [span for span in spans if start <= span.start and span.end <= end]
        if [(span.start, span.end) for span in inside] != [(start, end)]:
            held = tuple(mention for span in inside for mention in span.mentions)
            spans = [span for span in spans if span not in inside] + [_Span(start, end, held, phrase=True)]
    return sorted(spans, key=lambda span: span.start)


def _issues(text: str, language: Language) -> tuple[glossary.Entry, ...]:
    bare = _bare(text, language)
    return tuple(entry for entry in terms_named(bare, language) if entry.kind == "issue")


def _bare(text: str, language: Language) -> str:
    """A term without the particle that Arabic writes onto it, where only so the glossary knows it."""
    particle = language is Language.ARABIC and text[:1] in _PARTICLES and len(text) > _SHORTEST
    if particle and not terms_named(text, language) and terms_named(text[1:], language):
        return text[1:]
    return text


def _stems(text: str) -> set[str]:
    """The stems of a name's words by which two names are compared; of Chinese, its pairs of characters."""
    folded = fold(text)
    pairs = {run[place : place + 2] for run in _HAN.findall(folded) for place in range(len(run) - 1)}
    words = (word.removeprefix("ال") for word in _WORD.findall(_HAN.sub(" ", folded)))
    return pairs | {word[:_STEM] for word in words if len(word) >= _SHORTEST}


def _held(term: set[str], name: set[str]) -> bool:
    """Whether a name holds all the words of a term."""
    return bool(term) and all(_share({stem}, name) for stem in term)


def _share(one: set[str], other: set[str]) -> bool:
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _labels(span: _Span, text: str, language: Language) -> list[Label]:
    """The labels that a stretch of the question stands for.

    A label that is named so itself is meant; one of which this is only a case is not, beside it: "Roma" is the
    group, not all minorities. Where all labels are wider than the glossary's term that was written ("FGM" among
    women's rights), none is meant, and the words decide.
    """
    surface = text[span.start : span.end]
    labels = list(dict.fromkeys((str(one.kind), one.id) for one in span.mentions))
    issues = _issues(surface, language)
    same = [label for label in labels if _is_concept(label, issues, language)]
    if span.phrase and issues and not same:
        return []
    own = [label for label in labels if _share(_stems(surface), _named(label, language))]
    if own or same:
        labels = own or same
    if not issues or same:
        return labels
    terms = [_stems(term) for entry in issues for spoken in Language for term in entry.terms[spoken]]
    return [label for label in labels if any(_held(term, _named(label, language)) for term in terms)]


def _named(label: Label, language: Language) -> set[str]:
    return _stems(f"{label[1]} {_name(label, language)}")


def _is_concept(label: Label, issues: Sequence[glossary.Entry], language: Language) -> bool:
    """Whether a label is named by a term of one of the glossary's entries, word for word and in any order."""
    name = _stems(_name(label, language))
    terms = [_stems(term) for entry in issues for term in entry.terms[language]]
    return any(_held(term, name) and _held(name, term) for term in terms)


def _name(label: Label, language: Language) -> str:
    from corpus.tag import taxonomy  # its lists are read on import

    return taxonomy.entries(taxonomy.EntryKind(label[0]))[label[1]].name(language)


def _units(spans: Sequence[_Span], text: str, cues: Cues) -> list[tuple[Label, ...]]:
    """A unit for each stretch, with the words of a theme or group as a further alternative.

    Stretches of one kind that are only joined ("health and education", "migrants or refugees") are alternatives,
    unless both are asked for; a group and a theme ("Roma and housing") narrow each other.
    """
    units: list[tuple[Label, ...]] = []
    last: _Span | None = None
    both = cues.has("clauses.both", fold(text))
    for span in spans:
        unit = _unit(span, text, cues.language)
        between = fold(text[last.end : span.start]) if last else ""
        joined = _joined(between, cues) and (not both or cues.has("clauses.either", between))
        if joined and units and _kind(unit) == _kind(units[-1]):
            units[-1] = tuple(dict.fromkeys((*units[-1], *unit)))
        else:
            units.append(unit)
        last = span
    if any(label[0] == "instrument" for unit in units for label in unit):
        units = [unit for unit in units if not any(name in RATIFYING for _, name in unit)]
    return list(dict.fromkeys(units))


def _unit(span: _Span, text: str, language: Language) -> tuple[Label, ...]:
    alone = next((kind for kind in _ALONE if any(one.kind == kind for one in span.mentions)), None)
    if alone is None:
        labels = _labels(span, text, language)
    else:
        labels = list(dict.fromkeys((alone, one.id) for one in span.mentions if one.kind == alone))
    if alone in {None, "instrument"} and not (
        labels and _differs_in_accents(text[span.start : span.end], language)
    ):
        labels.append(("words", _bare(text[span.start : span.end], language)))
    return tuple(labels)


def _differs_in_accents(written: str, language: Language) -> bool:
    """Whether the glossary has the written word only with other accents ("traite", of which it has "traité")."""
    if language not in _ACCENTED:
        return False
    plain = fold(written).rstrip("s")
    alike = [
        term.casefold().rstrip("s")
        for entry in terms_named(written, language)
        for term in entry.terms[language]
        if fold(term).rstrip("s") == plain
    ]
    return bool(alike) and written.casefold().rstrip("s") not in alike


def _joined(between: str, cues: Cues) -> bool:
    """Whether nothing but a conjunction stands between two stretches, or an alternative begins there."""
    if cues.has("clauses.either", between) and len(between.split()) <= _PHRASE:
        return True
    return bool(between.strip()) and not _WORD.search(cues.without("clauses.join", between))


def _kind(unit: tuple[Label, ...]) -> str:
    kinds = {kind for kind, _ in unit}
    return next((kind for kind in (*_ALONE, "group") if kind in kinds), "theme")


def _without_makers(spans: list[_Span], text: str) -> list[_Span]:
    """Without the agency that is part of an instrument's name ("Convention No. 189 of the ILO")."""
    kept: list[_Span] = []
    for span in spans:
        last = kept[-1] if kept else None
        made = last is not None and any(one.kind == "instrument" for one in last.mentions)
        maker = all(one.kind == "agency" for one in span.mentions)
        if last and made and maker and len(text[last.end : span.start].split()) <= _LINK_WORDS:
            kept[-1] = _Span(last.start, span.end, last.mentions)
        else:
            kept.append(span)
    return kept


def _telling(mentions: Sequence[Topical], text: str, cues: Cues) -> list[Topical]:
    """The mentions that narrow a question.

    Goals and targets count only by number; what every question here says (recommendations, the review) counts
    not at all; and an accent that is written must be the term's ("traité" is no "traite").
    """
    said = [(one.start, one.end) for one in mentions if one.id in _EVERYWHERE and one.kind == "instrument"]
    said += [match.span() for match in cues.spans("words.recommendation", fold(text))]
    kept: list[Topical] = []
    for one in mentions:
        numbered = any(character.isdigit() for character in text[one.start : one.end])
        general = one.id in _EVERYWHERE or any(one.start < end and start < one.end for start, end in said)
        if (
            not general
            and (one.kind not in {"goal", "target"} or numbered)
            and _spelt(one, text, cues.language)
        ):
            kept.append(one)
    return kept


def _spelt(mention: Topical, text: str, language: Language) -> bool:
    """Whether the accents that are written are those of a term; who writes none is not asked for them."""
    written = text[mention.start : mention.end].casefold()
    if language not in _ACCENTED or fold(written) == written:
        return True
    from corpus.tag import taxonomy  # its lists are read on import

    entry = taxonomy.entries(taxonomy.EntryKind(str(mention.kind)))[mention.id]
    words = written.split()
    for term in entry.terms.get(language, ()):
        parts = [part.rstrip("*") for part in term.casefold().split()]
        if len(parts) == len(words) and all(map(str.startswith, words, parts)):
            return True
    return not any(
        all(map(str.startswith, fold(written).split(), [fold(part.rstrip("*")) for part in term.split()]))
        for term in entry.terms.get(language, ())
        if len(term.split()) == len(words)
    )


def remaining(rest: str, cues: Cues, covered: Sequence[tuple[int, int]] = ()) -> str:
    """The content words of a question, without names, numbers, cues and filler words.

    Beside topics (`covered`) only words that stand next to one belong to it ("rural women").
    """
    return _said(_left(rest, cues, covered))


def _left(rest: str, cues: Cues, covered: Sequence[tuple[int, int]] = ()) -> list[Placed]:
    asking = [match.span() for key in _BLANKED for match in cues.spans(key, rest)]
    text = blank(rest, [*asking, *covered])
    text = "".join(" " if ord(c) >= FIRST and ord(c) < FIRST + 0x800 else c for c in text)
    if cues.language is Language.CHINESE:
        terms = _terms_in(text)
        for filler in sorted(cues.fillers, key=len, reverse=True):
            text = text.replace(filler, " " * len(filler))
        for place, term in terms:
            text = text[:place] + term + text[place + len(term) :]
        return [(*match.span(), match.group()) for match in _HAN.finditer(text) if len(match.group()) > 1]
    found = [(match.start(), match.end(), _content(match.group(), cues)) for match in _WORD.finditer(text)]
    if covered:
        starts = [match.end() for match in cues.spans("words.recommendation_about", rest)]
        return _beside(found, [*covered, *((start, start) for start in starts)], rest)
    return found


@cache
def _long_terms() -> tuple[str, ...]:
    entries = (entry for entry in glossary.entries() if entry.kind == "group")
    terms = {term for entry in entries for term in entry.terms[Language.CHINESE] if len(term) > _SHORTEST}
    return tuple(sorted(terms, key=lambda term: (-len(term), term)))


def _terms_in(text: str) -> list[tuple[int, str]]:
    """Where Chinese names a group of persons by a term that may hold words that only ask ("被" in "被抹除者")."""
    return [(text.find(term), term) for term in _long_terms() if term in text]


def _said(words: Iterable[Placed]) -> str:
    return " ".join(word for _, _, word in words if len(word) > 1)


def _parted(words: Sequence[Placed], rest: str, cues: Cues) -> tuple[list[Placed], list[Placed]]:
    """The words that are a topic, and those that stand where none does.

    A topic follows what points to it ("on ...") or what is asked for ("urged to ..."), within a clause, or is a term
    of the glossary. Where nothing is asked, as in a heading, every word is one.
    """
    content = [word for word in words if len(word[2]) > 1]
    if not _asked(rest, cues):
        return content, []
    places = _places(rest, cues)
    topic: list[Placed] = []
    for word in content:
        inside = any(start <= word[0] and word[1] <= end for start, end in places)
        if inside or _term(word[2], cues.language):
            topic.append(word)
    grown = _grown(topic, content, rest)
    return grown, [word for word in content if word not in grown]


def _asked(rest: str, cues: Cues) -> bool:
    return any(cues.has(key, rest) for key in _ASKING)


def _grown(topic: list[Placed], words: Sequence[Placed], rest: str) -> list[Placed]:
    """The words of a topic with those that stand right beside them."""
    while True:
        beside = [
            word for word in words
            if word not in topic and any(_touch(word, start, end, rest) for start, end, _ in topic)
        ]  # fmt: skip
        if not beside:
            return sorted(topic)
        topic = [*topic, *beside]


def _places(rest: str, cues: Cues) -> list[tuple[int, int]]:
    """The stretches in which a topic stands: from what introduces it to the end of its clause.

    Chinese puts what introduces a topic before it or behind, so that the whole clause is one.
    """
    ends = [match.start() for match in _CLAUSE.finditer(rest)] + [len(rest)]
    places: list[tuple[int, int]] = []
    for key in ("words.recommendation_about", "words.asks_that"):
        for match in cues.spans(key, rest):
            end = next(end for end in ends if end >= match.end())
            start = match.end()
            if cues.language is Language.CHINESE:
                start = max((stop for stop in ends if stop < match.start()), default=0)
            places.append((start, end))
    return places


def _term(word: str, language: Language) -> bool:
    return any(one.kind in _TOPICAL for one in terms_named(word, language))


def beside(rest: str, topics: Topics, cues: Cues) -> str:
    """The content words of a question that are in no topic of it, near one or not."""
    said = {
        fold(word) for unit in topics.units for kind, name in unit if kind == "words" for word in name.split()
    }
    if cues.language is Language.CHINESE:
        words = (word for word in remaining(rest, cues).split() if not any(word in name for name in said))
    else:
        words = (word for word in remaining(rest, cues).split() if fold(word) not in said)
    return " ".join(words)


def unexplained(words: str, cues: Cues) -> str:
    """Those of some words that tell anything: no grammar words, no months, no forms of words that only ask."""
    known = _asking_stems(cues.language)
    kept: list[str] = []
    for word in words.split():
        stems = analyse.tokens(word, cues.language)
        if stems and not all(stem in known for stem in stems):
            kept.append(word)
    return " ".join(kept)


@cache
def _asking_stems(language: Language) -> frozenset[str]:
    return frozenset(stem for word in load(language).fillers for stem in analyse.tokens(word, language))


Placed = tuple[int, int, str]  # where a word stands, and its content ("" of a filler word)


def _beside(words: list[Placed], covered: Sequence[tuple[int, int]], rest: str) -> list[Placed]:
    """The content words next to a topic or to one another, and those right after "on", "about"."""
    kept: list[Placed] = []
    near = list(covered)
    left = list(words)
    while True:
        added = [one for one in left if any(_touch(one, start, end, rest) for start, end in near)]
        if not added:
            return sorted(one for one in kept if one[2])
        left = [one for one in left if one not in added]
        kept += added
        near += [(start, end) for start, end, word in added if word]
        near += [(end, end) for _, end, word in added if not word]


def _touch(word: Placed, start: int, end: int, rest: str) -> bool:
    """Whether a word stands right after a stretch, or, a content word, right before it."""
    after = end <= word[0] and not rest[end : word[0]].strip(" -")
    before = bool(word[2]) and start < end and word[1] <= start and not rest[word[1] : start].strip(" -")
    return (after and (bool(word[2]) or start == end)) or before


def _without_verbs(words: str, units: Sequence[object], language: Language) -> str:
    """Words without verbs that open recommendations ("abolish", "combat"), where a topic is left without them.

    Rows on a topic say what is to be done in many ways; a verb that is asked with narrows to one of them.
    """
    from corpus.tag import taxonomy  # its lists are read on import

    found = taxonomy.matcher(language).find(words)
    verbs = [(one.start, one.end) for one in found if one.kind == taxonomy.EntryKind.VERB]
    kept = [
        match.group()
        for match in re.finditer(r"\S+", words)
        if not any(start < match.end() and match.start() < end for start, end in verbs)
    ]
    return " ".join(kept) if kept or units else words


def _content(word: str, cues: Cues) -> str:
    """A word without the filler words written onto it ("donne-moi", "l'eau"); empty if nothing else is left."""
    if fold(word) in cues.fillers:
        return ""
    parts = re.split(r"['\-]", word)
    kept = [part for part in parts if len(part) > 1 and fold(part) not in cues.fillers]
    return word if len(kept) == len(parts) else " ".join(kept)


def find(text: str, rest: str, unfolded: str, cues: Cues) -> Topics:
    """The topics of a masked question; `rest` is the folded text without what its numbers number.

    Lower-cased forms of a term and its capitals are both known to the taxonomy, so it reads `unfolded`.
    """
    from corpus.tag import taxonomy  # its lists are read on import

    plain = "".join(" " if FIRST <= ord(c) < FIRST + 0x800 else c for c in unfolded)
    for key in _PLACES if cues.language is not Language.CHINESE else ():
        plain = cues.unsaid(plain, key)
    mentions = _telling(taxonomy.find(plain, cues.language), plain, cues)
    spans = _without_makers(_spans(mentions, plain, cues.language), plain)
    covered = [(span.start, span.end) for span in spans]
    units = _units(spans, plain, cues)
    found: dict[str, list[str]] = {}
    for unit in units:
        for kind, name in unit:
            found.setdefault(kind, []).append(name)

    def of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(found.get(name, ())))

    left = [word for word in _left(rest, cues, covered) if len(word[2]) > 1]
    kept, aside = (left, []) if covered else _parted(left, rest, cues)
    words = _without_verbs(_said(kept), units, cues.language)
    return Topics(
        themes=of("theme"),
        groups=of("group"),
        goals=tuple(int(goal) for goal in of("goal")),
        targets=of("target"),
        agencies=of("agency"),
        instruments=of("instrument"),
        units=tuple(units),
        text=words,
        known=bool(words) and any(one.kind in _TOPICAL for one in terms_named(words, cues.language)),
        pointed=cues.has("words.recommendation_about", rest),
        placed=bool(kept) and not covered and _asked(rest, cues),
        aside=unexplained(_said(aside), cues),
    )
