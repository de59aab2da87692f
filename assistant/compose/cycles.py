"""What changed between cycles, connections to SDGs, mandates of agencies, and what asks for parliament's action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.compose import counts, words
from assistant.compose import rows as tables
from assistant.compose.context import Context
from assistant.draft import Draft, Figure, Operation, Part, Row, Statement, Table
from assistant.run import rows as run
from assistant.understand.legislature import reason
from corpus.model import Position, Recommendation
from index.filters import Facet

_REASONS = 20


def changed(context: Context) -> Draft:
    """The reviews of a State side by side: counts, positions, and the themes that came or went."""
    plan, phrases = context.plan, context.phrases
    found = run.find(replace(plan, compare=Facet.CYCLE), context.library)
    if not found.total:
        return tables.nothing(context, found)
    cycles = sorted({row.cycle for row in found.rows if row.cycle})
    if len(cycles) < 2:
        draft = counts.counting(context)
        text = phrases.say("Only one cycle is in the corpus, so that nothing can be compared.")
        return replace(draft, parts=(*draft.parts, Statement(text, factual=False)), confidence=0.4)
    header = (
        words.titled(Facet.CYCLE, phrases),
        phrases.say("Recommendations"),
        phrases.say("supported"),
        phrases.say("noted"),
        "",
    )
    made: list[Row] = []
    figures: list[Figure] = [tables.count_figure(context, found.total)]
    for cycle in cycles:
        some = [row for row in found.rows if row.cycle == cycle]
        numbers = [
            len(some),
            *(sum(row.position is p for row in some) for p in (Position.SUPPORTED, Position.NOTED)),
        ]
        made.append(Row((str(cycle), *map(phrases.number, numbers), ""), context.of(some[0])))
        figures += [
            Figure(Decimal(n), "recommendations", f"{phrases.say('cycle')} {cycle}", Operation.COUNT, rows=n)
            for n in numbers
        ]
    parts: list[Part] = [tables.lead(context, found), Table(header, tuple(made), computed=True)]
    parts += _themes(context, found.rows, cycles[-2], cycles[-1], figures)
    return Draft((*parts, *tables.remarks(context, found)), tuple(figures), tables.keys(found.rows))


def _themes(
    context: Context, rows: Sequence[Recommendation], before: int, after: int, figures: list[Figure]
) -> list[Part]:
    phrases = context.phrases
    counts = {
        cycle: Counter(name for row in rows if row.cycle == cycle for name in run.labels(row, Facet.THEME))
        for cycle in (before, after)
    }
    moved = sorted(
        set(counts[before]) | set(counts[after]),
        key=lambda name: (-abs(counts[after][name] - counts[before][name]), name),
    )[:8]
    if not moved:
        return []
    made: list[Row] = []
    for name in moved:
        row = next((row for row in rows if name in run.labels(row, Facet.THEME)), None)
        numbers = (counts[before][name], counts[after][name])
        made.append(
            Row(
                (words.label(name, Facet.THEME, phrases), *map(phrases.number, numbers)),
                context.of(row) if row else None,
            )
        )
        figures += [
            Figure(
                Decimal(n),
                "recommendations",
                words.label(name, Facet.THEME, phrases),
                Operation.COUNT,
                rows=n,
            )
            for n in numbers
        ]
    header = (
        words.titled(Facet.THEME, phrases),
        f"{phrases.say('cycle')} {before}",
        f"{phrases.say('cycle')} {after}",
    )
    return [
        Statement(phrases.say("Themes that changed most:"), factual=False),
        Table(header, tuple(made), computed=True),
    ]


def sdgs(context: Context) -> Draft:
    """The goals that the rows connect to, with counts, and for the first rows the reason of each link."""
    draft = counts.grouping(replace_plan(context, Facet.SDG))
    found = run.find(context.plan, context.library)
    if draft.decline or not found.rows:
        return draft
    phrases = context.phrases
    made: list[Row] = []
    for row in found.rows[:_REASONS]:
        if row.tags and row.tags.sdgs:
            links = "; ".join(f"{link.target or link.goal} ({link.why})" for link in row.tags.sdgs[:3])
            made.append(Row((row.number, None, links), context.of(row)))
    if not made:
        return draft
    header = (phrases.say("No."), phrases.say("Recommendation"), phrases.say("SDG and reason"))
    return replace(draft, parts=(*draft.parts, Table(header, tuple(made))))


def replace_plan(context: Context, facet: Facet) -> Context:
    """The context with another facet to group by."""
    return replace(context, plan=replace(context.plan, facet=facet))


def mandate(context: Context) -> Draft:
    """Recommendations within an agency's mandate, with their split by SDG."""
    draft = tables.listing(context)
    if draft.decline or not draft.recommendations:
        return draft
    found = run.find(context.plan, context.library)
    counts = dict(list(run.counted(found, Facet.SDG, context.library).items())[:10])
    if not counts:
        return draft
    line = tables.counts_line(context, counts, Facet.SDG, found.rows)
    figures = tables.counted_figures(context, counts, Facet.SDG)
    return replace(draft, parts=(draft.parts[0], line, *draft.parts[1:]), figures=(*draft.figures, *figures))


def parliament(context: Context) -> Draft:
    """Recommendations that call for law, budget or ratification (Council resolution 35/29), and which of them."""
    found = run.find(replace(context.plan, text=""), context.library)
    phrases = context.phrases
    kept = [(row, why) for row in found.rows if (why := reason(row.text))]
    if not kept:
        return tables.nothing(context, replace(found, total=0, rows=()))
    rows = tuple(row for row, _ in kept)
    narrowed = replace(found, total=len(rows), rows=rows)
    header = (
        phrases.say("No."),
        phrases.say("Recommendation"),
        phrases.say("Calls for"),
        phrases.say("Position"),
    )
    made = tuple(
        Row((row.number, None, phrases.say(why), words.position(row.position, phrases)), context.of(row))
        for row, why in kept[: tables.SHOWN]
    )
    by_kind = Counter(why for _, why in kept)
    said = "; ".join(f"{phrases.say(why)} {phrases.number(n)}" for why, n in by_kind.most_common())
    cites = tuple(
        context.of(next(row for row, other in kept if other == why)) for why, _ in by_kind.most_common()
    )
    figures = (
        tables.count_figure(context, len(rows)),
        *(
            Figure(Decimal(n), "recommendations", phrases.say(why), Operation.COUNT, rows=n)
            for why, n in by_kind.most_common()
        ),
    )
    split = Statement.cited(f"{phrases.say('Calls for')}{phrases.colon}{said}.", cites)
    rule = Statement(
        phrases.say(
            "Counted as parliament's work: recommendations whose words call for law, budget or ratification "
            "(Council resolution 35/29)."
        ),
        factual=False,
    )
    return Draft(
        (
            tables.lead(context, narrowed),
            split,
            Table(header, made),
            rule,
            *tables.remarks(context, narrowed),
        ),
        figures,
        tables.keys(rows),
    )
