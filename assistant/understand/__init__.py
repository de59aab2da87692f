"""A question to a plan: `understand(question, language)`, in six languages, by grammar and data files."""

from __future__ import annotations

from dataclasses import replace

from assistant.plan import Decline, Intent, Plan
from assistant.understand import (
    bodies,
    clauses,
    dimensions,
    finance,
    mask,
    misspelt,
    opening,
    rules,
    strangers,
    topics,
)
from assistant.understand import cues as cue_files
from assistant.understand.intent import (
    Excepted,
    Reading,
    asks_place,
    decided_later,
    facet,
    intent,
    kinds,
    positions,
    sources,
    without_instructions,
)
from assistant.understand.shape import ON_TOPICS, shaped
from assistant.understand.text import blank, fold, prepare
from corpus import states
from corpus.language import detect
from corpus.model import Kind, Language, Position

__all__ = ["asks_whether", "core", "read", "understand", "wanted_language"]

_PAIR = 2  # States of which each may have its own year


def read(question: str, language: Language, known: frozenset[str] = frozenset()) -> Reading:
    """Everything found in a prepared question, before its intent is decided; `known` as in `understand`."""
    cues = cue_files.load(language)
    spoken = [
        match.span()
        for key in cues.keys("languages")
        for match in cues.spans(f"languages.{key}", fold(question))
    ]
    spoken += dimensions.symbols(question)  # the code of a State inside a symbol is part of the symbol
    mentions = [
        m
        for m in clauses.named(question, cues)
        if not any(start < m.end and m.start < end for start, end in spoken)
    ]
    opened = opening.apart(mask.mask(question, mentions, states.kinds, language, states.resolve), cues)
    masked = opening.resolved(opened.proper, cues)
    parts = clauses.apart(masked, cues)
    found = dimensions.read(parts.main.text, cues)
    left = dimensions.read(parts.filters.text, cues).rest
    named = kinds(parts.main.text, cues)
    if cues.has("words.ngos", parts.main.text) and cues.has("intent.speaks", parts.main.text):
        named = tuple(dict.fromkeys((*named, Kind.STAKEHOLDER_SUMMARY)))
    said = bodies.speaking(parts.main, named, cues)
    roles = (
        _reviewed(masked) if said else opening.paired(parts.main, cues) or mask.roles(parts.main, cues, known)
    )
    roles = _of_asker(roles, opened.states)
    topic = _placed(topics.find(parts.filters.text, left, parts.filters.unfolded, cues), roles)
    subject = _subject(masked, found, cues)
    read_in = sources(parts.main.text, cues)
    if said or roles.speaking or read_in:
        subject = _told(said.rest if said else masked, found, cues)
    if said or roles.speaking:
        # Words on something, and not all that was said.
        topic = replace(
            topic, pointed=bool(topics.remaining(cues.without("intent.speaks", fold(subject)), cues))
        )
    return Reading(
        text=parts.main.text,
        cues=cues,
        roles=roles,
        dimensions=found,
        topics=topic,
        positions=() if parts.totalled else positions(parts.filters.text, cues),
        kinds=kinds(said.rest.text, cues) if said else named,  # a body may be a fund by its name
        concepts=_concepts(parts.main, cues),
        splits=parts.splits,
        excepted=_excepted(parts.excepted, cues),
        stranger=strangers.find(parts.main, f"{topic.text} {topic.aside}", roles, cues),
        subject=subject,
        bodies=said.bodies if said else (),
        sources=read_in,
        decided=not parts.totalled and decided_later(parts.filters.text, cues),
        pairs=_pairs(parts.main, roles, found),
        left=topics.beside(left, topic, cues),
        read_as=opened.read_as,
        proper=masked.unmasked().strip(" ,;:،，.!！") if opened.found else "",
        unused=_unused(opened, topic, cues),
    )


def _pairs(
    masked: mask.Masked, roles: mask.Roles, found: dimensions.Dimensions
) -> tuple[tuple[str, int], ...]:
    """Each State under review with the year or cycle beside it ("Kenya (2010) or Chad (2014)").

    Empty unless each State has one.
    """
    reviewed = {*roles.under_review, *roles.free}
    marks = [
        (at, masked.states[one]) for at, one in enumerate(masked.text) if masked.states.get(one) in reviewed
    ]
    if len(reviewed) < _PAIR or len(marks) != len(reviewed) or len(found.dated) != len(marks):
        return ()
    behind = all(at < when for (at, _), (when, _) in zip(marks, found.dated, strict=True))
    before = all(when < at for (at, _), (when, _) in zip(marks, found.dated, strict=True))
    steps = sorted([*(at for at, _ in marks), *(when for when, _ in found.dated)])
    apart = all(
        {one, other} & {at for at, _ in marks} for one, other in zip(steps[::2], steps[1::2], strict=True)
    )
    if not (behind or before) or not apart:
        return ()
    return tuple((state, value) for (_, state), (_, value) in zip(marks, found.dated, strict=True))


def _of_asker(roles: mask.Roles, said: tuple[str, ...]) -> mask.Roles:
    """The roles with the States of the asker under review, where the question itself gives none."""
    if not said or roles.under_review or roles.free or roles.speaking:
        return roles
    return replace(roles, under_review=tuple(code for code in said if code not in roles.recommending))


def _unused(opened: opening.Opened, topic: topics.Topics, cues: cue_files.Cues) -> str:
    """The words that narrow nothing, with the topics that an asker says he works on where the question has none."""
    written = {fold(word) for name, _ in opened.read_as for word in name.split()}
    aside = " ".join(word for word in topic.aside.split() if fold(word) not in written)
    if topic.units or topic.text or not opened.found:
        return aside
    found = topics.find(opened.before.text, opened.before.text, opened.before.unfolded, cues)
    named = [name for unit in found.units for kind, name in unit if kind == "words"]
    return ", ".join(filter(None, [*named, aside]))


def _reviewed(masked: mask.Masked) -> mask.Roles:
    """The roles in a question on what a body said: every State named is one that it spoke of."""
    return mask.Roles(
        under_review=tuple(
            dict.fromkeys(masked.states[mark] for mark in masked.text if mark in masked.states)
        )
    )


def _told(masked: mask.Masked, found: dimensions.Dimensions, cues: cue_files.Cues) -> str:
    """What words are asked for on: the question also without who spoke, the verb, the occasion and the document."""
    spans = [match.span() for key in cues.keys("kinds") for match in cues.spans(f"kinds.{key}", masked.text)]
    spans += [match.span() for match in cues.spans("words.frame", masked.text)]
    for pattern in cues.speech:
        for match in pattern.finditer(masked.text):
            if cues.language is Language.CHINESE:
                told = cues.spans("intent.speaks", match.group())
                spans += [(match.start() + one.start(), match.start() + one.end()) for one in told]
            else:
                spans.append(match.span())
    return _subject(bodies.blanked(masked, spans), found, cues)


def _placed(found: topics.Topics, roles: mask.Roles) -> topics.Topics:
    """The topics with the States that only say where they are, by the words of the rows' language."""
    places = " ".join(states.name(code) for code in roles.topical if not clauses.is_region(code))
    return replace(found, text=f"{found.text} {places}".strip()) if places else found


def _concepts(part: mask.Masked, cues: cue_files.Cues) -> tuple[str, ...]:
    """The lines of financial tables that a question names, outside the Fund's own name ("of contributions")."""
    text = part.plain()
    names = [match.span() for match in cues.spans("kinds.fund_report", text)]
    return tuple(
        dict.fromkeys(
            item.concept
            for item in finance.find(text)
            if not any(start <= item.start and item.end <= end for start, end in names)
        )
    )


def _excepted(part: mask.Masked | None, cues: cue_files.Cues) -> Excepted | None:
    if part is None:
        return None
    found = dimensions.read(part.text, cues)
    return Excepted(
        positions(part.text, cues),
        topics.find(part.text, found.rest, part.unfolded, cues).units,
        tuple(part.states[mark] for mark in part.text if mark in part.states),
    )


def _subject(masked: mask.Masked, found: dimensions.Dimensions, cues: cue_files.Cues) -> str:
    """The question without its States, times and documents: what is left once these say where to look."""
    letters = "".join(" " if one in masked.states else one for one in masked.unfolded)
    nouns = cues.spans("intent.resolution", masked.text) if found.named else ()
    told = blank(letters, (*found.times, *found.named, *(match.span() for match in nouns)))
    return " ".join(told.split())


def understand(question: str, language: Language | None = None, known: frozenset[str] = frozenset()) -> Plan:
    """The plan of a question that stands alone, in its own language unless `language` is given for the answer.

    `known` are the States of the corpus: a name that several States bear means the only one of them there.

    Raises `QuestionError` for an empty or over-long question.
    """
    prepared = prepare(question)
    asked_in = detect(prepared, language)
    cues = cue_files.load(asked_in)
    kept, planted = without_instructions(prepared, fold(prepared), cues)
    answer_in = wanted_language(prepared, cues) or language or asked_in
    if planted and not any(character.isalnum() for character in kept):
        return Plan(Intent.DECLINE, answer_in, prepared, decline=Decline.INJECTION)
    unclear, kept_clear = _unclear(kept, known)
    if unclear:
        return Plan(Intent.DECLINE, answer_in, prepared, decline=Decline.AMBIGUOUS_STATE, missing=unclear)
    reading = read(kept_clear, asked_in, known)
    wrong = _wrong(reading, kept_clear, cues)
    if wrong and len(wrong.meant) > 1:
        codes = tuple(alpha3 for _, alpha3 in wrong.meant)
        return Plan(Intent.DECLINE, answer_in, prepared, decline=Decline.AMBIGUOUS_STATE, missing=codes)
    if wrong:
        right, alpha3 = wrong.meant[0]
        kept_clear = kept_clear.replace(wrong.written, right, 1)
        reading = replace(read(kept_clear, asked_in, known), read_as=((wrong.written, alpha3),))
    name = _nameless(reading, kept_clear, cues)
    if name:
        meant = _misspelt(name, asked_in)
        if not meant:
            return Plan(Intent.DECLINE, answer_in, prepared, decline=Decline.UNKNOWN_STATE, missing=(name,))
        alpha3 = states.resolve(meant) or ""
        reading = replace(read(kept_clear.replace(name, meant), asked_in, known), read_as=((name, alpha3),))
    plan = _plan(reading, kept, asked_in)
    notes = (*plan.notes, "injection") if planted else plan.notes
    notes += tuple(f"read:{written}:{alpha3}" for written, alpha3 in reading.read_as)
    asked = reading.proper or kept
    return replace(plan, language=answer_in, question=prepared, asked=asked, asked_in=asked_in, notes=notes)


def _wrong(reading: Reading, question: str, cues: cue_files.Cues) -> misspelt.Misspelt | None:
    """A State's name with a wrong letter; where a State is named, only in a question on recommendations."""
    recommends = reading.has("words.recommend") or reading.has("words.recommendation")
    if reading.states and not recommends and intent(reading) not in ON_TOPICS:
        return None
    return misspelt.find(question, reading.left, cues, adjectives=not reading.states)


def _misspelt(name: str, language: Language) -> str:
    """The State whose name was written with a wrong letter, the first being right; empty if there is none."""
    meant = states.resolve(name, lenient=True)
    right = states.name(meant, language) if meant else ""
    return right if fold(name)[:1] == fold(right)[:1] else ""


def _nameless(reading: Reading, question: str, cues: cue_files.Cues) -> str:
    """A name in a State's place that no State bears; empty if there is none."""
    if reading.stranger and intent(reading) in ON_TOPICS:
        return reading.stranger
    if _named(reading) and not reading.states:
        return ""
    place = clauses.unknown(question, cues, beside=reading.states)
    return question[slice(*place)] if place else ""


def _named(reading: Reading) -> bool:
    """Whether a question names a State, a document or a topic, so that no word needs to be taken for a State."""
    return reading.states or reading.topical or bool(reading.dimensions.documents or reading.kinds)


def _unclear(question: str, known: frozenset[str]) -> tuple[tuple[str, ...], str]:
    """States that an ambiguous name may mean, and the question with such names made clear where the corpus decides."""
    clear = question
    for mention in reversed(states.unclear(question)):
        if mention.alpha3:
            continue
        stored = [code for code in mention.candidates if code in known]
        if len(stored) != 1:
            return mention.candidates, question
        clear = clear[: mention.start] + states.name(stored[0]) + clear[mention.end :]
    return (), clear


def wanted_language(question: str, cues: cue_files.Cues) -> Language | None:
    """The language a question asks to be answered in ("in French")."""
    text = fold(question)
    for language in Language:
        if cues.has(f"languages.{language}", text):
            return language
    return None


def _decline(reading: Reading) -> Decline | None:
    told = reading.bodies or reading.roles.speaking  # whose opinion is asked for is in the documents
    if reading.has("decline.opinion") and not told:
        return Decline.OPINION
    if reading.has("decline.future") or (reading.dimensions.next and not reading.opens("intent.procedure")):
        return Decline.FUTURE
    if reading.has("decline.outside") and not rules.asked(reading):
        return Decline.OUTSIDE
    return None


def _plan(reading: Reading, question: str, language: Language) -> Plan:
    wanted = intent(reading)
    roles, numbers = reading.roles, reading.dimensions
    has = reading.has
    counts = has("intent.count") or has("intent.who_count")
    plan = Plan(
        intent=wanted,
        language=language,
        question=question,
        states=_states(*roles.under_review, *roles.free),
        recommenders=_states(*roles.recommending),
        regions=_regions(*roles.under_review, *roles.free),
        by_regions=_regions(*roles.recommending),
        speakers=_states(*roles.speaking),
        bodies=reading.bodies,
        cycles=numbers.cycles,
        years=numbers.years,
        periods=numbers.periods,
        sessions=numbers.sessions,
        latest=numbers.latest and not numbers.cycles,
        since=numbers.since,
        positions=() if reading.bodies or roles.speaking else _positions(reading),
        not_by=_states(*reading.excepted.states) if reading.excepted else (),
        not_on=reading.excepted.units if reading.excepted else (),
        split=reading.splits,
        pairs=reading.pairs,
        rules=rules.asked(reading) is not None,
        implemented=has("position.implemented"),
        decided=reading.decided,
        themes=reading.topics.themes,
        groups=reading.topics.groups,
        goals=tuple(dict.fromkeys((*numbers.goals, *reading.topics.goals))),
        targets=tuple(dict.fromkeys((*numbers.targets, *reading.topics.targets))),
        agencies=reading.topics.agencies,
        instruments=reading.topics.instruments,
        documents=numbers.documents,
        kinds=reading.kinds,
        sources=reading.sources,
        paragraphs=numbers.paragraphs,
        numbers=numbers.numbers,
        units=reading.topics.units,
        text=reading.topics.text,
        subject=reading.subject,
        core=core(reading.subject, reading.cues),
        pointed=reading.topics.pointed or (reading.topics.placed and wanted in ON_TOPICS),
        unused=reading.unused if wanted in ON_TOPICS else "",
        facet=facet(reading.text, reading.cues),
        distinct=has("intent.who_count"),
        yes_no=asks_whether(reading),
        exists=has("intent.exists"),
        who=has("intent.who"),
        dated=has("intent.when"),
        timed=_asks_date(reading),
        counts=counts,
        figures=counts or has("intent.figure"),
        numbered=reading.opens("intent.count") or reading.opens("intent.number"),
        person=has("intent.person"),
        place=asks_place(reading),
        defines=reading.opens("intent.definition"),
        manner=reading.opens("intent.manner"),
        top=numbers.top,
        table=has("intent.table"),
        decline=_decline(reading),
    )
    if plan.paragraphs and plan.intent in ON_TOPICS and plan.text:
        # Where the rows are listed is said: other words tell of asking, and are told where they are left.
        plan = replace(plan, text="", unused=", ".join(filter(None, (plan.unused, plan.text))))
    return shaped(_whether(plan), reading)


def _whether(plan: Plan) -> Plan:
    """Whether something was recommended is asked of a topic: what is left of the question is it."""
    if not (plan.yes_no and plan.unused) or plan.units or plan.text or plan.positions:
        return plan
    return replace(plan, text=plan.unused, unused="", pointed=True)


def asks_whether(reading: Reading) -> bool:
    """Whether yes or no is asked: nothing that asks which, who or how many comes before the inverted verb."""
    match = next(iter(reading.cues.spans("intent.yes_no", reading.text)), None)
    if match is None:
        return False
    before = reading.text[: match.start()]
    return not any(
        reading.cues.has(f"intent.{key}", before) for key in ("list", "count", "who", "why", "procedure")
    )


def core(subject: str, cues: cue_files.Cues) -> str:
    """The content words of a subject that say what it is about: no reports, delegations or verbs of speaking."""
    text = fold(subject)
    for key in ("words.mentions", "words.frame", "intent.speaks", "intent.exists", "intent.when"):
        text = cues.without(key, text)
    return topics.remaining(text, cues)


def _asks_date(reading: Reading) -> bool:
    """Whether a date is asked for: "when" opens the question, or a date or year is named; it may be a conjunction."""
    if reading.opens("intent.when") or reading.cues.language is Language.CHINESE:
        return reading.has("intent.when")
    return any(" " in match.group().strip() for match in reading.cues.spans("intent.when", reading.text))


def _states(*codes: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if not clauses.is_region(code)))


def _regions(*codes: str) -> tuple[str, ...]:
    return tuple(code for code in codes if clauses.is_region(code))


def _positions(reading: Reading) -> tuple[Position, ...]:
    """The positions asked for: those named, or all but those excepted."""
    out = reading.excepted.positions if reading.excepted else ()
    named = reading.positions or (tuple(Position) if out else ())
    out = (*out, Position.PENDING) if reading.decided else out
    return tuple(position for position in named if position not in out)
