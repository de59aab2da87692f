"""Answers made of recommendations: lists and who asked; the parts that every answer with rows is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.compose import passages, words
from assistant.compose.context import Context
from assistant.draft import Draft, Figure, Operation, Part, Row, Statement, Table, cite
from assistant.plan import Decline, Intent, Plan
from assistant.run import rows as run
from corpus.model import Citation, Position, Recommendation
from index.filters import Facet, RecommendationFilters

Composed = tuple[Sequence[Part], Sequence[Figure]]

SHOWN = 25  # rows quoted in an answer; `recommendations` names them all
LEAD = 3  # rows cited at a figure


def count_figure(context: Context, total: int, unit: str = "recommendations") -> Figure:
    """The figure of a count of rows."""
    how = context.phrases.say(
        "counted over the rows that match: {filters}", filters=context.described() or "—"
    )
    return Figure(Decimal(total), unit, how, Operation.COUNT, rows=total)


def keys(rows: Sequence[Recommendation]) -> tuple[tuple[str, str], ...]:
    """Document and number of each row."""
    return tuple((row.document, row.number) for row in rows)


def over(context: Context, compose: Callable[[Context, run.Found], Composed]) -> Draft:
    """An answer over the rows that the plan leaves, with their keys; that nothing matches, where there are none."""
    found = run.find(context.plan, context.library)
    if not found.total:
        return nothing(context, found)
    context = context.hearing(found.heard)
    parts, figures = compose(context, found)
    return Draft(tuple(parts), tuple(figures), keys(found.rows), heard=context.plan.text)


def of_firsts(
    context: Context, text: str, rows: Sequence[Recommendation], allowed: tuple[str, ...]
) -> Statement:
    """A sentence about rows, with the first of them as its sources."""
    return Statement.cited(text, [context.of(row) for row in rows[:LEAD]], allowed)


def lead(context: Context, found: run.Found, verdict: str = "") -> Statement:
    """The figure first: how many recommendations, under which filters, with the first rows as sources.

    `verdict` is the yes or no before it, where the question can be answered so.
    """
    phrases = context.phrases
    text = phrases.many("{count} recommendation", "{count} recommendations", found.total)
    narrowed = " ".join(word for word in context.plan.text.split() if word not in found.loose.split())
    described = words.filtered(replace(context.plan, text=narrowed), phrases)
    body = f"{text} — {described}" if described else text
    return of_firsts(context, f"{verdict}{body}.", found.rows, (*given(context.plan), verdict))


def verdict(context: Context, found: run.Found) -> str:
    """Yes, no or how far, where that is asked of the rows; else nothing."""
    plan, phrases = context.plan, context.phrases
    if not plan.yes_no:
        return ""
    if plan.positions and found.total and not plan.exists:
        everything = run.find(replace(plan, positions=(), implemented=False), context.library)
        if everything.total > found.total:
            said = phrases.say(
                "In part, {part} of {whole}",
                part=phrases.number(found.total),
                whole=phrases.number(everything.total),
            )
            return f"{said}. "
    return f"{phrases.say('Yes' if found.total else 'No')}. "


def given(plan: Plan) -> tuple[str, ...]:
    """The numbers that the question itself gives."""
    numbers = (*plan.cycles, *plan.years, *plan.sessions, *plan.goals)
    texts = (
        *plan.targets,
        *plan.numbers,
        *plan.paragraphs,
        *plan.periods,
        *plan.documents,
        *plan.instruments,
    )
    return (*map(str, numbers), *texts, *plan.themes, *plan.groups, plan.text)


def table(context: Context, rows: Sequence[Recommendation], *, positions: bool = True) -> Table:
    """Rows as a table: number, text, who recommended, position, and cycle where there are several."""
    phrases = context.phrases
    several = len({(row.state, row.cycle) for row in rows}) > 1
    header = [phrases.say("No."), phrases.say("Recommendation"), phrases.say("Recommended by")]
    header += [phrases.say("Position")] if positions else []
    header += [phrases.say("Review")] if several else []
    made: list[Row] = []
    for row in rows:
        cells: list[str | None] = [row.number, None, words.recommenders(row, phrases)]
        cells += [_position(context, row)] if positions else []
        if several:
            named = words.state(row.state, phrases.language) if row.state else "—"
            cells.append(f"{named}, {phrases.say('cycle')} {row.cycle}" if row.cycle else named)
        made.append(Row(tuple(cells), context.of(row)))
    return Table(tuple(header), tuple(made))


def _position(context: Context, row: Recommendation) -> str:
    named = words.position(row.position, context.phrases)
    return f"{named} ({context.phrases.say('implemented')})" if row.implemented else named


def body(context: Context, rows: Sequence[Recommendation]) -> tuple[Part, ...]:
    """The first rows as quotes or, when many or asked for, as a table; and what was left out."""
    shown = rows[:SHOWN]
    parts: list[Part] = [table(context, shown)] if shown else []
    if len(rows) > len(shown):
        text = context.phrases.say(
            "The first {shown} of {total} are shown; the others are in the list of recommendations of this answer.",
            shown=context.phrases.number(len(shown)),
            total=context.phrases.number(len(rows)),
        )
        parts.append(Statement(text, factual=False))
    return tuple(parts)


def remarks(context: Context, found: run.Found) -> tuple[Part, ...]:
    """What stands beside the figure: partial support, States and cycles that the corpus lacks."""
    phrases = context.phrases
    parts: list[Part] = []
    if found.loose:
        text = phrases.say(
            "No recommendation on this topic holds the words “{words}”; these are on the topic.",
            words=found.loose,
        )
        parts.append(Statement(text, factual=False))
    if found.meant:
        text = phrases.say("The rows hold “{words}” in other words or in translation.", words=found.meant)
        parts.append(Statement(text, factual=False))
    if found.partial:
        text = phrases.many(
            "{count} more was supported in part and is not counted here.",
            "{count} more were supported in part and are not counted here.",
            found.partial,
        )
        parts.append(Statement(text, factual=False))
    if context.plan.missing:
        named = words.listed(context.plan.missing, phrases)
        parts.append(
            Statement(
                phrases.say("No document of this corpus holds a review of {states}.", states=named),
                factual=False,
            )
        )
    for note in context.plan.notes:
        kind, _, value = note.partition(":")
        if kind == "cycle":
            parts.append(
                Statement(phrases.say("Cycle {cycle} is not in the corpus.", cycle=value), factual=False)
            )
        elif kind == "year":
            parts.append(
                Statement(phrases.say("No review of {year} is in the corpus.", year=value), factual=False)
            )
    if context.plan.latest and context.plan.cycles:
        cycle = ", ".join(map(str, context.plan.cycles))
        text = phrases.say(
            "“The last review” is read as the latest in the corpus: cycle {cycle}.", cycle=cycle
        )
        parts.append(Statement(text, factual=False))
    return tuple(parts)


def nothing(context: Context, found: run.Found) -> Draft:
    """No row matches: said with the reviews that were looked through; a position not yet taken is not a zero."""
    plan, phrases = context.plan, context.phrases
    if plan.paragraphs and not plan.positions:
        return passages.paragraph(context)
    if plan.positions and Position.PENDING not in plan.positions:
        others = run.find(replace(plan, positions=(), implemented=False), context.library)
        if others.total and all(row.position is Position.PENDING for row in others.rows):
            return _undecided(context, others)
        if others.total and (plan.units or not others.loose):
            return _otherwise(context, others)
    cites = _looked_through(context, found)
    if found.bare:
        context = context.hearing("")
    text = verdict(context, found) + phrases.say(
        "No recommendation matches: {filters}.", filters=context.described()
    )
    if not cites:
        return Draft((Statement(text, factual=False),), decline=Decline.NO_PASSAGE, confidence=0.2)
    searched = phrases.listing([context.name(citation.document) for citation in cites])
    looked = phrases.say("Looked through: {documents}.", documents=searched)
    said = Statement.cited(f"{text} {looked}", cites, (*given(plan), text))
    # A count of zero over a review that is in the corpus is an answer; words that nothing holds are none.
    zero = (
        (not plan.text or (found.bare and not plan.units))
        and not plan.numbers
        and plan.intent is not Intent.WHY
    )
    figures = (count_figure(context, 0),) if zero else ()
    return Draft(
        (said, *_nearest(context)),
        figures,
        decline=None if zero else Decline.NO_PASSAGE,
        confidence=0.8 if zero else 0.2,
    )


def _nearest(context: Context) -> tuple[Part, ...]:
    """The rows nearest to words that no row holds."""
    rows = run.nearest(context.plan, context.library)
    if not rows:
        return ()
    return (Statement(context.phrases.say("The nearest sources:"), factual=False), table(context, rows))


def _otherwise(context: Context, others: run.Found) -> Draft:
    """None of the position asked for: the zero, and what became of the recommendations that are there.

    Only where it was asked whether they were taken are they what the answer is about.
    """
    phrases = context.phrases
    none = run.Found(0, (), others.filters)
    text = verdict(context, none) + phrases.say(
        "No recommendation matches: {filters}.", filters=context.described()
    )
    told = Statement(text, factual=False)
    counts = run.counted(others, Facet.POSITION, context.library)
    split = counts_line(context, counts, Facet.POSITION, others.rows)
    figures = (count_figure(context, 0), *counted_figures(context, counts, Facet.POSITION))
    parts: tuple[Part, ...] = (told, split, *remarks(context, others))
    if context.plan.yes_no:
        return Draft((*parts, *body(context, others.rows)), figures, keys(others.rows))
    return Draft(parts, figures, confidence=0.8)


def _looked_through(context: Context, found: run.Found) -> list[Citation]:
    """One row of each review that was looked through, as its citation."""
    plan = context.plan
    cites: list[Citation] = []
    for state in plan.states[:3]:
        for review in context.shelf.reviews(state):
            if plan.cycles and review.cycle not in plan.cycles:
                continue
            whole = RecommendationFilters(state=(state,), cycle=(review.cycle,))
            cites += [
                context.of(row) for row in context.library.recommendations(whole, limit=1).recommendations
            ]
    return cites


def _undecided(context: Context, found: run.Found) -> Draft:
    """The reports leave the position open, and no document with the final one is stored."""
    phrases = context.phrases
    text = phrases.many(
        "{count} recommendation is pending in the documents of this corpus.",
        "{count} recommendations are pending in the documents of this corpus.",
        found.total,
    )
    held = phrases.say(
        "The final position would be in the addendum to the report of the Working Group, which is not stored."
    )
    said = of_firsts(context, text, found.rows, given(context.plan))
    figure = count_figure(context, found.total, "pending recommendations")
    return Draft(
        (said, Statement(held, factual=False)),
        (figure,),
        keys(found.rows),
        decline=Decline.NO_POSITION,
        confidence=0.3,
    )


def by_position(context: Context, found: run.Found) -> Part | None:
    """How the rows divide by position, when the question names none."""
    if context.plan.positions or not (found.total > 1 or context.plan.split):
        return None
    counts = run.counted(found, Facet.POSITION, context.library)
    several = len(counts) > 1 or context.plan.split
    return counts_line(context, counts, Facet.POSITION, found.rows) if several else None


def counts_line(
    context: Context, counts: dict[str, int], facet: Facet, rows: Sequence[Recommendation]
) -> Statement:
    """Counts by label in one sentence."""
    phrases = context.phrases
    said = [f"{words.label(name, facet, phrases)} ({phrases.number(n)})" for name, n in counts.items()]
    firsts = {name: next((row for row in rows if name in run.labels(row, facet)), None) for name in counts}
    cites = tuple(context.of(row) for row in firsts.values() if row is not None) or tuple(
        map(context.of, rows[:1])
    )
    text = f"{words.titled(facet, phrases)}{phrases.colon}{'; '.join(said)}."
    return Statement.cited(text, cites, tuple(counts))


def counted_figures(context: Context, counts: dict[str, int], facet: Facet) -> tuple[Figure, ...]:
    """A figure for every label."""
    how = context.phrases.say(
        "rows with {facet} “{label}”", facet=words.facet(facet, context.phrases), label="{label}"
    )
    return tuple(
        Figure(
            Decimal(n),
            "recommendations",
            how.replace("{label}", words.label(name, facet, context.phrases)),
            Operation.COUNT,
            rows=n,
        )
        for name, n in counts.items()
    )


def listing(context: Context) -> Draft:
    """A list: the figure, the rows, what was left out."""
    return over(context, listed)


def listed(context: Context, found: run.Found) -> Composed:
    """The figure of a list, its rows, what was left out; who recommended them and how they divide, where asked."""
    parts: list[Part] = [lead(context, found, verdict(context, found))]
    figures: tuple[Figure, ...] = (count_figure(context, found.total),)
    if context.plan.split:
        counts = run.counted(found, Facet.POSITION, context.library)
        parts.append(counts_line(context, counts, Facet.POSITION, found.rows))
        figures += counted_figures(context, counts, Facet.POSITION)
    axis = context.plan.compare
    if axis:
        counts = run.counted(found, axis, context.library)
        counts = {name: counts.get(name, 0) for name in values_of(context.plan, axis) or counts}
        parts.append(counts_line(context, counts, axis, found.rows))
        figures += counted_figures(context, counts, axis)
    parts += [*remarks(context, found), *body(context, found.rows)]
    if context.plan.who:
        counts = _recommenders(found.rows)
        parts.insert(1, who_of(context, counts, found.rows))
        figures += (states_figure(context, len(counts)),)
    return parts, figures


def values_of(plan: Plan, facet: Facet) -> tuple[str, ...]:
    """The values of a dimension that the question names, as labels of its rows."""
    return {
        Facet.CYCLE: tuple(map(str, plan.cycles)),
        Facet.STATE: plan.states,
        Facet.POSITION: tuple(map(str, plan.positions)),
        Facet.RECOMMENDER: plan.recommenders,
        Facet.REGION: plan.by_regions,
    }.get(facet, ())


def states_figure(context: Context, total: int) -> Figure:
    """How many different States the rows name, as a figure."""
    how = context.phrases.say(
        "different States named by the rows that match: {filters}", filters=context.described() or "—"
    )
    return Figure(Decimal(total), "States", how, Operation.COUNT, rows=total)


def _recommenders(rows: Sequence[Recommendation]) -> dict[str, int]:
    counter: Counter[str] = Counter(code for row in rows for code in row.recommenders)
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def who_of(
    context: Context, counts: dict[str, int], rows: Sequence[Recommendation], facet: Facet = Facet.RECOMMENDER
) -> Statement:
    """The States behind the rows, each with a row of its own as its source."""
    phrases = context.phrases
    cites: list[Citation] = []
    named: list[str] = []
    for code, n in counts.items():
        row = next((row for row in rows if code in run.labels(row, facet)), None)
        mark = ""
        if row is not None and len(cites) < 2 * SHOWN:
            citation = context.of(row)
            if citation not in cites:
                cites.append(citation)
            mark = f" {cite(cites.index(citation))}"
        named.append(f"{words.state(code, phrases.language)} ({phrases.number(n)}){mark}")
    text = phrases.many("{count} State", "{count} States", len(counts))
    return Statement(
        f"{text}{phrases.colon}{'; '.join(named)}.",
        tuple(cites),
        allowed=tuple(str(n) for n in counts.values()),
    )


def who(context: Context) -> Draft:
    """Who recommended: the States with the number of rows each, then the rows."""
    return over(context, _who)


def _who(context: Context, found: run.Found) -> Composed:
    facet = context.plan.facet or Facet.RECOMMENDER
    counts = run.counted(found, facet, context.library)
    parts = (
        who_of(context, counts, found.rows, facet),
        lead(context, found),
        *remarks(context, found),
        *body(context, found.rows),
    )
    return parts, (states_figure(context, len(counts)), count_figure(context, found.total))
