"""Answers that count recommendations: totals, shares, groups, and comparisons side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.compose import words
from assistant.compose.context import Context
from assistant.compose.rows import (
    Composed,
    body,
    by_position,
    count_figure,
    counted_figures,
    counts_line,
    given,
    lead,
    listed,
    of_firsts,
    over,
    remarks,
    states_figure,
    values_of,
    who_of,
)
from assistant.draft import Draft, Figure, Operation, Part, Row, Statement, Table
from assistant.plan import Plan
from assistant.run import rows as run
from corpus.model import Position, Recommendation
from index.filters import Facet

_PAIR = 2  # what is compared two and two has a difference


def counting(context: Context) -> Draft:
    """A count: of recommendations, of States, or a share of them."""
    return over(context, _counted)


def _counted(context: Context, found: run.Found) -> Composed:
    if context.plan.share and context.plan.positions:
        return _share(context, found)
    if context.plan.distinct and context.plan.facet:
        return _distinct(context, found, context.plan.facet)
    parts: list[Part] = [lead(context, found)]
    split = by_position(context, found)
    figures: tuple[Figure, ...] = (count_figure(context, found.total),)
    if split:
        parts.append(split)
        figures += counted_figures(
            context, run.counted(found, Facet.POSITION, context.library), Facet.POSITION
        )
    axis = context.plan.compare
    if axis:
        divided, each = divide(context, found, axis)
        parts += (
            divided if _columns(context.plan, axis, found.rows) else divided[:-1]
        )  # a table of one column
        figures += tuple(each)
    reviews = Counter((row.state, row.cycle) for row in found.rows)
    one = len(context.plan.states) == 1 and len(context.plan.cycles) != 1
    if len(reviews) > 1 and one and axis is not Facet.CYCLE:
        counts = run.counted(found, Facet.CYCLE, context.library)
        parts.append(counts_line(context, counts, Facet.CYCLE, found.rows))
        figures += counted_figures(context, counts, Facet.CYCLE)
    parts += [*remarks(context, found), *body(context, found.rows[:5] if found.total > 5 else found.rows)[:1]]
    return parts, figures


def _share(context: Context, found: run.Found) -> Composed:
    phrases = context.phrases
    everything = run.find(replace(context.plan, positions=()), context.library)
    figure = _share_figure(context, found, everything)
    text = f"{phrases.percent(figure.value)}{phrases.colon}{figure.how} — {context.described()}."
    parts = (of_firsts(context, text, found.rows, given(context.plan)), *remarks(context, found))
    figures = (figure, count_figure(context, found.total))
    axis = context.plan.compare or Facet.CYCLE
    names = values_of(context.plan, axis)
    if axis is Facet.POSITION or len(names) < _PAIR:
        return parts, figures
    each = [_share_of(context, axis, name) for name in names]
    return (*(part for part, _ in each), *parts), (*(one for _, one in each), *figures)


def _share_of(context: Context, axis: Facet, name: str) -> tuple[Statement, Figure]:
    """The share within one of the cycles, States or recommending States asked about."""
    phrases, plan = context.phrases, _of_value(context.plan, axis, name)
    part, whole = run.find(plan, context.library), run.find(replace(plan, positions=()), context.library)
    figure = _share_figure(context, part, whole)
    label = words.label(name, axis, phrases)
    text = f"{label}{phrases.colon}{phrases.percent(figure.value)} ({figure.how})."
    return of_firsts(context, text, part.rows or whole.rows, given(plan)), figure


def _of_value(plan: Plan, axis: Facet, name: str) -> Plan:
    """The plan with one of the values of a dimension."""
    if axis is Facet.CYCLE:
        return replace(plan, cycles=(int(name),))
    if axis is Facet.STATE:
        return replace(plan, states=(name,))
    if axis is Facet.REGION:
        return replace(plan, by_regions=(name,))
    return replace(plan, recommenders=(name,))


def _share_figure(context: Context, part: run.Found, whole: run.Found) -> Figure:
    """The share of one count in another, in per cent to one digit; of nothing it is 0."""
    counts = Decimal(part.total), Decimal(whole.total)
    share = (counts[0] / max(counts[1], Decimal(1)) * 100).quantize(Decimal("0.1"))
    how = context.phrases.say("{part} of {whole} recommendations", part=part.total, whole=whole.total)
    return Figure(share, "%", how, Operation.SHARE, counts)


def _distinct(context: Context, found: run.Found, facet: Facet) -> Composed:
    counts = run.counted(found, facet, context.library)
    parts = (who_of(context, counts, found.rows, facet), *remarks(context, found))
    return parts, (states_figure(context, len(counts)), count_figure(context, found.total))


def grouping(context: Context) -> Draft:
    """Counts by a facet as a table that says its total."""
    return over(context, _grouped)


def _grouped(context: Context, found: run.Found) -> Composed:
    facet = context.plan.facet or Facet.THEME
    counts = run.counted(found, facet, context.library)
    if not counts:
        return listed(context, found)
    shown = dict(list(counts.items())[: context.plan.top or 20])
    phrases = context.phrases
    most = _most(context, counts, found, facet) if context.plan.most else ()
    header = (words.titled(facet, phrases), phrases.say("Recommendations"), "")
    made: list[Row] = []
    for name, n in shown.items():
        row = next((row for row in found.rows if name in run.labels(row, facet)), None)
        made.append(
            Row((words.label(name, facet, phrases), phrases.number(n), ""), context.of(row) if row else None)
        )
    parts: list[Part] = [*most, lead(context, found), Table(header, tuple(made), computed=True)]
    if len(shown) < len(counts):
        text = phrases.say("The first {shown} of {total} are shown.", shown=len(shown), total=len(counts))
        parts.append(Statement(text, factual=False))
    if facet not in {Facet.POSITION, Facet.CYCLE, Facet.STATE, Facet.ACTION}:
        text = phrases.say(
            "A recommendation can count under several labels, so that the counts add up to more than the total."
        )
        parts.append(Statement(text, factual=False))
    figures = [count_figure(context, found.total), *counted_figures(context, shown, facet)]
    if most:
        figures.insert(0, figures.pop(1))
    return [*parts, *remarks(context, found)], figures


def _most(context: Context, counts: dict[str, int], found: run.Found, facet: Facet) -> tuple[Statement, ...]:
    """Who or what comes first, and all that share the place."""
    highest = max(counts.values())
    first = {name: n for name, n in counts.items() if n == highest}
    return (counts_line(context, first, facet, found.rows),)


def comparing(context: Context) -> Draft:
    """The same question over several cycles, States, positions or recommending States, side by side."""
    return over(context, _compared)


def _compared(context: Context, found: run.Found) -> Composed:
    if context.plan.contrast:
        return _contrasted(context, found)
    parts, figures = divide(context, found, context.plan.compare or Facet.CYCLE)
    return [*parts, *remarks(context, found)], [*figures, count_figure(context, found.total)]


def _contrasted(context: Context, found: run.Found) -> Composed:
    """The rows on each of the topics that are asked about side by side; a row may be on several."""
    phrases, plan = context.phrases, context.plan
    counts: list[int] = []
    figures: list[Figure] = []
    parts: list[Part] = []
    for unit in plan.contrast:
        rows = run.on_topic(found.rows, unit, plan)
        name = next((name for kind, name in unit if kind == "words"), unit[0][1])
        how = phrases.say(
            "counted over the rows that match: {filters}", filters=phrases.say("words") + phrases.colon + name
        )
        figures.append(Figure(Decimal(len(rows)), "recommendations", how, Operation.COUNT, rows=len(rows)))
        counts.append(len(rows))
        cited = rows or found.rows[:1]
        text = f"{name}{phrases.colon}{phrases.many('{count} recommendation', '{count} recommendations', len(rows))}."
        parts.append(of_firsts(context, text, cited, (*given(plan), name, str(len(rows)))))
    if len(counts) == _PAIR:
        parts.append(_difference(context, counts[0], counts[1], found.rows, figures))
    figures.append(count_figure(context, found.total))
    return [*parts, lead(context, found), *remarks(context, found)], figures


def divide(context: Context, found: run.Found, facet: Facet) -> tuple[list[Part], list[Figure]]:
    """How the rows divide by the values that are asked for: in a sentence, their difference if two, and a table."""
    phrases = context.phrases
    counts = run.counted(found, facet, context.library)
    wanted = values_of(context.plan, facet) or tuple(sorted(counts))
    columns = _columns(context.plan, facet, found.rows)
    header = (
        words.titled(facet, phrases), phrases.say("Recommendations"),
        *(words.position(column, phrases) for column in columns), "",
    )  # fmt: skip
    made: list[Row] = []
    figures: list[Figure] = []
    for name in wanted:
        rows = [row for row in found.rows if name in run.labels(row, facet)]
        label = words.label(name, facet, phrases)
        numbers = [(counts.get(name, 0), label)]
        for column in columns:
            told = f"{label}, {words.position(column, phrases)}"
            numbers.append((sum(row.position is column for row in rows), told))
        cells = (label, *(phrases.number(n) for n, _ in numbers), "")
        made.append(Row(cells, context.of(rows[0]) if rows else None))
        figures += [Figure(Decimal(n), "recommendations", how, Operation.COUNT, rows=n) for n, how in numbers]
    line = counts_line(context, {name: counts.get(name, 0) for name in wanted}, facet, found.rows)
    parts: list[Part] = [line]
    if len(wanted) == _PAIR:
        one, other = (counts.get(name, 0) for name in wanted)
        parts.append(_difference(context, one, other, found.rows, figures))
    parts.append(Table(header, tuple(made), computed=True))
    return parts, figures


def _columns(plan: Plan, facet: Facet, rows: Sequence[Recommendation]) -> tuple[Position, ...]:
    """The positions that a comparison is split by: those it names, if several; if none, those that occur."""
    if facet is Facet.POSITION or len(plan.positions) == 1:
        return ()
    if plan.positions:
        return plan.positions
    return tuple(position for position in Position if any(row.position is position for row in rows))


def _difference(
    context: Context, one: int, other: int, rows: Sequence[Recommendation], figures: list[Figure]
) -> Statement:
    """The difference of the two counts that are compared."""
    phrases = context.phrases
    difference = abs(one - other)
    how = f"{phrases.number(max(one, other))} \u2212 {phrases.number(min(one, other))}"
    values = (Decimal(max(one, other)), Decimal(min(one, other)))
    figures.append(Figure(Decimal(difference), "recommendations", how, Operation.DIFFERENCE, values))
    text = f"{phrases.say('Difference')}{phrases.colon}{phrases.number(difference)} ({how})."
    return Statement.cited(text, (context.of(rows[0]),), (str(difference), how))
