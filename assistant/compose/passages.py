"""Answers made of quotes: the best passages, a paragraph asked for, what a resolution decides, the Fund's questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.compose import numerals, words
from assistant.compose.context import Context
from assistant.draft import Draft, Figure, Operation, Part, Quote, Statement
from assistant.plan import Decline
from assistant.run import passages as run
from assistant.run import rules
from assistant.run.passages import ENOUGH
from assistant.run.weighing import PLACE, Passage, twins, weigh
from assistant.understand import bodies
from assistant.understand.cues import load
from assistant.understand.text import fold
from corpus.model import Citation, Kind, Language, Paragraph
from index.records import DocumentRef

CLOSE = 0.99  # a second passage is quoted when it weighs at least this share of the best
_TOPICAL = 0.85  # a statement is on the topic when it weighs at least this share of the best
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}\s*月")
_HELD = 0.4  # the share of the question's words that a passage with the date asked for holds
_NEAREST = 2
_WHOLE = 1500  # characters up to which a paragraph is quoted whole
_KINDS = {
    Kind.NATIONAL_REPORT: "national report",
    Kind.UN_COMPILATION: "compilation of United Nations information",
    Kind.STAKEHOLDER_SUMMARY: "summary of stakeholders' submissions",
}


def citation(passage: Passage) -> Citation:
    """The citation of a passage."""
    hit = passage.hit
    return Citation(
        hit.key,
        hit.symbol,
        hit.paragraph,
        hit.page,
        passage.quote,
        passage.start,
        passage.end,
        hit.url,
        hit.digest,
    )


def where(context: Context, document: str, paragraph: str | None) -> str:
    """Where a quote stands, in words."""
    named = context.name(document)
    return f"{named}, {context.phrases.say('para. {number}', number=paragraph)}" if paragraph else named


def confidence(best: Passage) -> float:
    """A passage's weight as the chance that it answers, by the calibration that set `ENOUGH`."""
    return min(0.97, max(0.03, 0.5 + (best.score - ENOUGH)))


def answer(context: Context) -> Draft:
    """The best passages, quoted; below the threshold, that nothing answers, with the nearest sources."""
    if context.plan.rules:
        return rule(context)
    best = _found(context)
    found = best.passages
    if best.unheld:
        return _unheld(context, best.unheld)
    if best.unnamed and not found:
        return _unnamed(context, best.unnamed)
    if best.said:
        return _statements(context, found)
    if not found or found[0].score < ENOUGH:
        return nothing(context, found)
    kept = _kept(found)
    without = _countless(context, kept)
    if without and context.plan.numbered and not context.plan.documents:
        return nothing(context, found)
    if context.plan.timed and context.plan.states and not any(map(_dates, kept)):
        return nothing(context, found)
    parts = tuple(_quoted(context, passage) for passage in kept)
    lead = Statement(context.phrases.say("The sources say:"), factual=False)
    return Draft(
        (lead, *parts),
        _figures(context, parts),
        confidence=confidence(found[0]),
        notes=_numberless(context) if without and context.plan.speakers else (),
    )


def _unheld(context: Context, kinds: Sequence[Kind]) -> Draft:
    """The documents that the question says to read are not stored for its States."""
    phrases = context.phrases
    text = phrases.say(
        "Not in this corpus for {states}: {documents}.",
        states=words.listed(context.plan.states, phrases),
        documents=phrases.listing([phrases.say(_KINDS[kind]) for kind in kinds]),
    )
    return Draft((Statement(text, factual=False),), decline=Decline.NO_DOCUMENT, confidence=0.1)


def _unnamed(context: Context, names: Sequence[str]) -> Draft:
    """Nothing within reach names the bodies whose words are asked for."""
    phrases = context.phrases
    named = phrases.listing([bodies.shown(one, phrases.language) for one in names])
    text = phrases.say("No passage of the documents asked about gives words of: {names}.", names=named)
    return Draft((Statement(text, factual=False),), decline=Decline.NO_PASSAGE, confidence=0.1)


def _figures(context: Context, parts: Sequence[Quote]) -> tuple[Figure, ...]:
    """The numbers of the quotes as figures, where a figure is asked for."""
    if not context.plan.figures:
        return ()
    found: dict[tuple[Decimal, str], Figure] = {}
    for part in parts:
        document = context.shelf.document(part.cite.document)
        place = where(context, part.cite.document, part.cite.paragraph)
        how = context.phrases.say("given in {place}", place=place)
        language = document.language if document else context.plan.language
        for value, unit in numerals.find(part.cite.quote, Language(language)):
            found.setdefault((value, unit), Figure(value, unit, how, Operation.GIVEN, (value,)))
    return tuple(found.values())


def _found(context: Context) -> run.Found:
    """The passages for a question; what something is, is not told by a document on one State where another tells."""
    plan = context.plan
    apart = plan.states or plan.recommenders or plan.speakers or plan.documents or plan.kinds
    if plan.defines and not apart:
        general = rules.general(plan, context.library)
        if general and general[0].score >= ENOUGH:
            return run.Found(general)
    return run.find(plan, context.library, context.shelf)


def rule(context: Context) -> Draft:
    """What lays a rule down, from the first shelf that does; which text it is, with its title, where that is asked."""
    nearest: tuple[Passage, ...] = ()
    for found in rules.shelves(context.plan, context.library):
        if found and found[0].score >= ENOUGH:
            lead = Statement(context.phrases.say("The sources say:"), factual=False)
            parts = tuple(_quoted(context, passage) for passage in _kept(found))
            return Draft((lead, *parts), confidence=confidence(found[0]))
        nearest = nearest or found
    return nothing(context, nearest)


def _statements(context: Context, found: Sequence[Passage]) -> Draft:
    """What a State said, in its own paragraphs; on a topic, only those that speak of it."""
    pointed = context.plan.pointed
    if not found or (pointed and found[0].score < ENOUGH):
        return nothing(context, found)
    kept = [one for one in found if not pointed or one.score >= _TOPICAL * found[0].score]
    if context.plan.figures:
        kept = [_whole(one) for one in kept]
    without = _countless(context, kept)
    if without and context.plan.numbered:
        return nothing(context, found)
    if context.plan.bodies:
        said = context.phrases.say("The documents report of {names}:", names=_speakers(context))
    else:
        said = context.phrases.say("The reports give these words of {states}:", states=_speakers(context))
    parts = tuple(_quoted(context, one) for one in kept)
    return Draft(
        (Statement(said, factual=False), *parts),
        _figures(context, parts),
        confidence=0.9 if not pointed else confidence(found[0]),
        notes=_numberless(context) if without else (),
    )


def _dates(passage: Passage) -> bool:
    """Whether a passage gives a date, and of something near to what is asked."""
    return passage.lexical >= _HELD and _DATE.search(passage.quote) is not None


def _countless(context: Context, kept: Sequence[Passage]) -> bool:
    """Whether "how many" is asked and no quote has a number, in digits or in words."""
    if not (context.plan.counts or context.plan.numbered):
        return False
    for one in kept:
        language = Language(one.hit.language)
        if any(numerals.find(one.quote, language)) or load(language).has("words.numeral", fold(one.quote)):
            return False
    return True


def _numberless(context: Context) -> tuple[str, ...]:
    return (context.phrases.say("The passages quoted give no number."),)


def _whole(passage: Passage) -> Passage:
    """The passage with its whole paragraph, unless that is long: what else is asked may stand in another sentence."""
    hit = passage.hit
    if len(hit.text) > _WHOLE:
        return passage
    return replace(passage, start=hit.start, end=hit.start + len(hit.text), quote=hit.text)


def _speakers(context: Context) -> str:
    return words.speakers(context.plan, context.phrases)


def _kept(found: Sequence[Passage]) -> list[Passage]:
    best = found[0]
    kept = [best]
    for passage in found[1:]:
        same = any(passage.quote == other.quote or twins(passage.hit, other.hit) for other in kept)
        if passage.score >= CLOSE * best.score and passage.score >= ENOUGH and not same:
            kept.append(passage)
    return kept[:2]


def _quoted(context: Context, passage: Passage) -> Quote:
    return Quote(
        citation(passage), f"{where(context, passage.hit.key, passage.hit.paragraph)}{context.phrases.colon}"
    )


def nothing(context: Context, found: Sequence[Passage]) -> Draft:
    """Nothing supports an answer: said so, with the nearest sources."""
    phrases = context.phrases
    parts: list[Part] = [
        Statement(phrases.say("The documents of this corpus do not answer this."), factual=False)
    ]
    near = [passage for passage in found[:_NEAREST] if passage.score > ENOUGH / 2]
    if near:
        parts.append(Statement(phrases.say("The nearest sources:"), factual=False))
        parts += [_quoted(context, passage) for passage in near]
    sure = confidence(found[0]) if found else 0.03
    return Draft(tuple(parts), decline=Decline.NO_PASSAGE, confidence=min(sure, 0.45))


def paragraph(context: Context) -> Draft:
    """The paragraphs asked for by number, from the document named or the only one that can be meant."""
    plan = context.plan
    documents = _documents(context)
    if not documents:
        return _which(context)
    parts: list[Part] = []
    lacking: list[str] = []
    for document in documents[:2]:
        by_number: dict[str, list[Paragraph]] = {}
        for one in context.library.paragraphs(document.key):
            if one.number:
                by_number.setdefault(_plain(one.number), []).append(one)
        for number in plan.paragraphs:
            found = by_number.get(_plain(number), [])
            letters = [
                one for key, some in by_number.items() if key.startswith(f"{_plain(number)}(") for one in some
            ]
            if not found and not letters:
                lacking.append(number)
            for one in [*found, *letters]:
                lead = f"{where(context, document.key, one.number)}{context.phrases.colon}"
                parts.append(Quote(context.of_span(document, one), lead))
    if not parts:
        text = context.phrases.say(
            "{document} has no paragraph {number}.",
            document=context.name(documents[0].key),
            number=", ".join(lacking),
        )
        return Draft((Statement(text, factual=False),), decline=Decline.NO_PARAGRAPH, confidence=0.05)
    return Draft(tuple(parts))


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", number).lower()


def _documents(context: Context) -> tuple[DocumentRef, ...]:
    plan, shelf = context.plan, context.shelf
    if plan.documents:
        return tuple(filter(None, (shelf.document(key) for key in plan.documents)))
    kinds = plan.kinds or ((Kind.UPR_OUTCOME,) if plan.states else ())
    cycles = plan.cycles
    found = (
        shelf.of_kind(kinds, plan.states if Kind.FUND_REPORT not in kinds else (), cycles) if kinds else ()
    )
    if plan.years:
        held = {
            review.document.key
            for state in plan.states
            for review in shelf.reviews(state)
            if set(review.years) & set(plan.years)
        }
        dated = tuple(
            d
            for d in found
            if d.key in held or any(str(year) in f"{d.date} {d.title}" for year in plan.years)
        )
        found = dated or found
    found = tuple(sorted(found, key=lambda d: (d.digest, -(d.cycle or 0))))
    if not found and len(shelf.documents) == 1:
        found = shelf.documents
    originals = tuple(d for d in found if not d.digest)
    return (originals or found)[:1]


def _which(context: Context) -> Draft:
    text = context.phrases.say("Which document is meant? Name it by its symbol, or by its kind and State.")
    return Draft((Statement(text, factual=False),), decline=Decline.NO_SYMBOL, confidence=0.1)


def resolution(context: Context) -> Draft:
    """What a resolution, decision or other named document says to the question: the best of its paragraphs."""
    plan = context.plan
    if plan.rules:
        return rule(context)
    if plan.paragraphs:
        return paragraph(context)
    found = run.find(plan, context.library, context.shelf, k=6).passages
    if not found:
        return nothing(context, found)
    operative = [passage for passage in found if _operative(passage)] or list(found)
    if not plan.documents and operative[0].score < ENOUGH:
        return nothing(context, found)
    best = operative[0].score
    kept = [passage for passage in operative if passage.score >= best - 0.2 * abs(best)][:4]
    return Draft(
        tuple(_quoted(context, passage) for passage in kept), confidence=max(0.6, confidence(operative[0]))
    )


def _operative(passage: Passage) -> bool:
    return bool(passage.hit.paragraph and PLACE.search(passage.hit.paragraph))


def eligibility(context: Context) -> Draft:
    """The Fund's five questions, each with the evidence that the corpus holds for the proposal in the question.

    The questions are the lettered ones under the paragraph that introduces them (para. 15 of the 2018 report).
    """
    phrases = context.phrases
    found = _five(context)
    if not found:
        return nothing(context, ())
    document, questions = found
    subject = context.plan.asked or context.plan.question
    language = context.plan.asked_in or context.plan.language
    parts: list[Part] = [
        Statement(
            phrases.say(
                "The Fund weighs a proposal by these questions; the corpus holds this evidence for each:"
            ),
            factual=False,
        )
    ]
    filters = run.filters_of(context.plan, context.shelf)
    searched = (
        context.library.search(subject, k=12, filters=filters, scope="all", language=language)
        if len(subject) > 25
        else ()
    )
    others = [hit for hit in searched if hit.key != document.key]
    used: set[tuple[str, int]] = set()
    for one in questions:
        parts.append(Quote(context.of_span(document, one), f"{one.number}{phrases.colon}"))
        weighed = weigh(f"{subject} {one.text}", language, others) if others else ()
        evidence = next(
            (p for p in weighed if (p.hit.key, p.start) not in used and p.score >= ENOUGH * 0.6), None
        )
        if evidence is None:
            parts.append(Statement(phrases.say("→ No evidence for this in the corpus."), factual=False))
        else:
            used.add((evidence.hit.key, evidence.start))
            parts.append(
                Quote(
                    citation(evidence),
                    f"→ {where(context, evidence.hit.key, evidence.hit.paragraph)}{phrases.colon}",
                )
            )
    parts.append(
        Statement(
            phrases.say(
                "Whether it is eligible is for the Fund to decide; this shows what speaks to each question."
            ),
            factual=False,
        )
    )
    return Draft(tuple(parts), confidence=0.75)


def _five(context: Context) -> tuple[DocumentRef, tuple[Paragraph, ...]] | None:
    """A fund report with a run of lettered questions: the longest run of sub-paragraphs that end in a question mark."""
    reports = sorted(context.shelf.of_kind((Kind.FUND_REPORT,)), key=lambda d: (d.digest, d.key))
    for document in reports:
        runs: dict[str, list[Paragraph]] = {}
        for one in context.library.paragraphs(document.key):
            lettered = re.match(r"(\d+)\s*\([^\W\d_]\)", one.number or "")
            if lettered and re.search(r"[?？؟]", one.text):
                runs.setdefault(lettered.group(1), []).append(one)
        longest = max(runs.values(), key=len, default=[])
        if len(longest) >= 3:
            return document, tuple(longest)
    return None


def help_text(context: Context) -> Draft:
    """What can be asked, and what is stored."""
    phrases = context.phrases
    text = phrases.say(
        "Ask about recommendations (who recommended what to whom, the position, the theme, the SDG), "
        "about the text of documents, or about the money of the Voluntary Fund."
    )
    held = phrases.many(
        "{count} document is stored.", "{count} documents are stored.", len(context.shelf.documents)
    )
    return Draft((Statement(text, factual=False), Statement(held, factual=False)))


def documents(context: Context) -> Draft:
    """Which documents are stored, of the State, cycle and kind asked for; each cited by its opening."""
    plan, phrases = context.plan, context.phrases
    kinds = plan.kinds or tuple(Kind)
    found = [
        d
        for d in context.shelf.of_kind(kinds, plan.states, plan.cycles)
        if not plan.documents or d.key in plan.documents
    ]
    if not found:
        text = phrases.say(
            "No such document is in this corpus: {filters}.", filters=context.described() or plan.question
        )
        return Draft((Statement(text, factual=False),), decline=Decline.NO_DOCUMENT, confidence=0.2)
    count = phrases.many("{count} document", "{count} documents", len(found))
    figure = Figure(
        Decimal(len(found)),
        "documents",
        phrases.say("documents stored that match: {filters}", filters=context.described() or "—"),
        Operation.COUNT,
        rows=len(found),
    )
    parts: list[Part] = []
    for document in found[:20]:
        first = next((p for p in context.library.paragraphs(document.key) if len(p.text) > 20), None)
        named = f"{document.symbol or document.key} — {document.title}"
        if first is None:
            continue
        end = min(len(first.text), 120)
        parts.append(Quote(context.of_span(document, first, 0, end), f"{named}{phrases.colon}"))
    cites = tuple(part.cite for part in parts if isinstance(part, Quote))
    lead = Statement.cited(f"{count}.", cites, marks=3)
    return Draft((lead, *parts), (figure,))
