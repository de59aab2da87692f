"""Answers on single recommendations: their text, who made them, their position and its source, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.compose import rows as tables
from assistant.compose import words
from assistant.compose.context import Context
from assistant.draft import Draft, Part, Quote, Statement, cite
from assistant.plan import Decline, Plan
from assistant.run import reasons
from assistant.run import rows as run
from corpus.model import Citation, Kind, Recommendation

_REASONS = 4  # paragraphs quoted as reasons
_LONGEST = 700  # characters of one


def one(context: Context) -> Draft:
    """The text of each recommendation asked for, with who made it and the position."""
    found = run.find(_all_positions(context), context.library)
    if not found.rows:
        return _unknown(context)
    if len(found.rows) > tables.SHOWN or len({(row.state, row.cycle) for row in found.rows}) > 3:
        return tables.listing(context)
    parts: list[Part] = []
    for row in found.rows:
        parts += _told(context, row)
    return Draft((*parts, *tables.remarks(context, found)), (), tables.keys(found.rows))


def _all_positions(context: Context) -> Plan:
    return replace(
        context.plan, positions=(), implemented=False, text="", themes=(), groups=(), instruments=()
    )


def _told(context: Context, row: Recommendation) -> list[Part]:
    phrases = context.phrases
    named = words.state(row.state, phrases.language) if row.state else ""
    lead = (
        f"{row.number} — {named}, {phrases.say('cycle')} {row.cycle}{phrases.colon}"
        if row.cycle
        else f"{row.number}{phrases.colon}"
    )
    by = f" ({words.recommenders(row, phrases)})"
    parts: list[Part] = [Quote(context.of(row), lead, by)]
    source = row.position_source
    cites: list[Citation] = [context.of(row)]
    cited = context.of_source(source, row.number) if source else None
    if cited is not None and cited.document != row.document:
        cites.insert(0, cited)
    elif cited is not None:
        cites.append(cited)
    where = phrases.say(
        "Position: {position} (source: {document})",
        position=_shown(context, row),
        document=context.name(source.document if source else row.document),
    )
    parts.append(Statement.cited(f"{where}.", cites, (row.number, where)))
    for conflict in row.conflicts:
        parts.append(
            Statement(phrases.say("The documents differ: {conflict}.", conflict=conflict), factual=False)
        )
    return parts


def _shown(context: Context, row: Recommendation) -> str:
    named = words.position(row.position, context.phrases)
    return f"{named}, {context.phrases.say('implemented')}" if row.implemented else named


def _unknown(context: Context) -> Draft:
    text = context.phrases.say(
        "There is no recommendation {number} in: {filters}.",
        number=", ".join(context.plan.numbers),
        filters=context.described(),
    )
    return Draft((Statement(text, factual=False),), decline=Decline.NO_NUMBER, confidence=0.1)


def position(context: Context) -> Draft:
    """The position on recommendations named by number, answered yes or no where asked so."""
    found = run.find(_all_positions(context), context.library)
    if not found.rows:
        return _unknown(context)
    parts: list[Part] = []
    asked = context.plan.positions
    for row in found.rows[: tables.SHOWN]:
        told = _told(context, row)
        if context.plan.yes_no and asked:
            parts.append(_yes_or_no(context, row, row.position in asked))
        parts += [told[1], told[0], *told[2:]]
    return Draft(tuple(parts), (), tables.keys(found.rows))


def _yes_or_no(context: Context, row: Recommendation, agrees: bool) -> Statement:
    phrases = context.phrases
    word = phrases.say("Yes") if agrees else phrases.say("No")
    text = f"{word} — {row.number}{phrases.colon}{words.position(row.position, phrases)}"
    return Statement.cited(text, (context.of(row),), (row.number,))


def why(context: Context) -> Draft:
    """Why a State took a position: in its own words, or that the premise is false, or that nothing says."""
    plan, phrases = context.plan, context.phrases
    found = run.find(_keep_topic(context), context.library)
    if not found.rows:
        return _unknown(context) if plan.numbers else tables.nothing(context, found)
    rows = found.rows
    if not plan.numbers and run.unheard(plan, found):
        return _false_premise(context, list(rows))
    wrong = [row for row in rows if plan.positions and row.position not in plan.positions]
    right = [row for row in rows if row not in wrong]
    if wrong and not right:
        return _false_premise(context, wrong)
    right.sort(key=lambda row: -(row.cycle or 0))
    parts = _said(context, right)
    if not parts:
        text = phrases.say("The documents of this corpus give no reason for it.")
        held = phrases.say(
            "Reasons stand in the addendum to the report of the Working Group, in the State's own words."
        )
        cites = tuple(context.of(row) for row in right[: tables.LEAD])
        shown = Statement(f"{text} {held}", factual=False)
        numbers = ", ".join(row.number for row in right[:10])
        concerned = f"{phrases.say('Recommendations concerned')}{phrases.colon}{numbers}"
        told = Statement.cited(concerned, cites, tuple(row.number for row in right))
        return Draft((shown, told), (), tables.keys(right), decline=Decline.NO_REASON, confidence=0.3)
    lead = Statement(phrases.say("In the State's own words:"), factual=False)
    return Draft((lead, *parts, tables.table(context, right[:10])), (), tables.keys(right), confidence=0.8)


def _said(context: Context, rows: Sequence[Recommendation]) -> list[Part]:
    """The reasons of the rows, each once under the numbers it is given for."""
    under: dict[Citation, list[str]] = {}
    for row in rows:
        for reason in _reasons(context, row)[:2]:
            under.setdefault(reason, []).append(row.number)
    return [
        Quote(reason, f"{', '.join(numbers)}{context.phrases.colon}")
        for reason, numbers in list(under.items())[:_REASONS]
    ]


def _keep_topic(context: Context) -> Plan:
    return replace(context.plan, positions=(), implemented=False)


def _false_premise(context: Context, rows: list[Recommendation]) -> Draft:
    phrases = context.phrases
    cites = tuple(context.of(row) for row in rows[:5])
    said = "; ".join(
        f"{row.number}{phrases.colon}{words.position(row.position, phrases)} {cite(place)}"
        for place, row in enumerate(rows[:5])
    )
    text = phrases.say("The question supposes what the documents do not say.")
    parts: tuple[Part, ...] = (
        Statement(text, factual=False),
        Statement(said, cites, allowed=tuple(row.number for row in rows[:5])),
    )
    return Draft(parts, (), tables.keys(rows), decline=Decline.FALSE_PREMISE, confidence=0.9)


def _reasons(context: Context, row: Recommendation) -> list[Citation]:
    """Paragraphs of the State's addendum that speak of the recommendation by its number and say something."""
    documents = {said.source.document for said in row.history}
    if row.position_source:
        documents.add(row.position_source.document)
    if row.state:
        cycles = (row.cycle,) if row.cycle else ()
        documents |= {one.key for one in context.shelf.of_kind((Kind.UPR_ADDENDUM,), (row.state,), cycles)}
    found: list[Citation] = []
    for key in sorted(documents - {row.document}):
        document = context.shelf.document(key)
        if document is not None:
            found += [
                context.of_span(document, paragraph, 0, min(len(paragraph.text), _LONGEST))
                for paragraph in reasons.of(row, context.library, (key,))
            ]
    return found
