"""Addenda (A/HRC/…/Add.1): the final position of the State under review on each recommendation.

Positions come from running text (`corpus.positions.answers`) and from tables. What is answered without being supported
is noted: Human Rights Council resolution 5/1, annex, paragraph 32.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import numbering, states
from corpus.draft import Draft, Reading
from corpus.layout import BlockKind
from corpus.model import Paragraph, Position, PositionStatement, Recommendation, Source
from corpus.outcome import split_recommenders
from corpus.positions import answers, selectors
from corpus.positions.cues import Answer, Verdict, Weight, Wording, decide, wording

_MARKS = frozenset("xX✓✔√☑●•*+") | {"yes", "oui", "sí", "да", "是", "نعم"}
_PARTS = re.compile(r"\s*(?:[,;/،、]|\)\s*\(|\band\b|\bet\b|\by\b|\bи\b|\bو)\s*")
_PASSED_OVER = frozenset({BlockKind.FOOTNOTE, BlockKind.CONTENTS})


def read(draft: Draft) -> Reading:
    """The positions an addendum takes, one a number; numbers are as printed ("118.4", or "4" where so
    numbered).
    """
    cues = wording(draft.identity.language)
    blocks = [b for b in draft.layout.blocks if b.kind not in _PASSED_OVER]
    found = [*_from_tables(draft, cues)]
    text = cues.corrected(draft.text) if "/Corr." in (draft.identity.symbol or "") else draft.text
    found += answers.answers(text, blocks, cues, names_states)
    kept, problems = decide(found)
    base = _list_paragraph(draft, cues, kept)
    starts = [p.start for p in draft.paragraphs]
    by_number = [answer for answer in kept if not selectors.quotation(answer.number)]
    positions = tuple(_statement(draft, answer, base, starts) for answer in by_number)
    quoted = [answer for answer in kept if selectors.quotation(answer.number)]
    repeated = tuple(_repeated(draft, answer, n, starts) for n, answer in enumerate(quoted, 1))
    if not kept:
        problems += ("No position on a recommendation was found in this addendum.",)
    return Reading(recommendations=repeated, positions=positions, problems=problems)


def names_states(bracketed: str) -> bool:
    """True where the words in brackets are names of States, as after a recommendation."""
    parts = [p for p in _PARTS.split(bracketed.strip()) if p]
    return bool(parts) and states.resolve(parts[0]) is not None and states.resolve(parts[-1]) is not None


def _list_paragraph(draft: Draft, cues: Wording, kept: Sequence[Answer]) -> str | None:
    """The paragraph of the report that bare numbers are counted under, where the addendum names exactly one."""
    if not any("." not in a.number and not selectors.is_selector(a.number) for a in kept):
        return None
    named = cues.list_paragraphs(draft.text)
    return named[0] if len(named) == 1 else None


def _statement(draft: Draft, answer: Answer, base: str | None, starts: Sequence[int]) -> PositionStatement:
    number = answer.number
    if base and "." not in number and not selectors.is_selector(number):
        number = f"{base}.{number}"
    paragraph = _paragraph_at(draft.paragraphs, starts, answer.at)
    return PositionStatement(
        number=number,
        position=answer.position or Position.NOTED,
        source=Source(
            draft.key,
            draft.identity.symbol,
            paragraph.number if paragraph else None,
            draft.layout.page_at(answer.at),
        ),
        implemented=answer.implemented,
        date=draft.identity.date,
    )


def _repeated(draft: Draft, answer: Answer, count: int, starts: Sequence[int]) -> Recommendation:
    """A recommendation answered under its words, not its number: the merge finds the row that has these words."""
    start, end = selectors.quotation(answer.number) or (0, 0)
    identity = draft.identity
    text = draft.text[start:end]
    said = _statement(draft, replace(answer, number=f"UA-{identity.session or 0}-{count}"), None, starts)
    _, recommenders, unresolved = split_recommenders(text)
    return Recommendation(
        document=draft.key,
        number=said.number,
        text=text,
        state=identity.state,
        recommenders=recommenders,
        position=said.position,
        implemented=said.implemented,
        position_source=said.source,
        cycle=identity.cycle,
        session=identity.session,
        page=said.source.page,
        paragraph=said.source.paragraph,
        start=start,
        end=end,
        unresolved=unresolved,
        history=(said,),
    )


def _paragraph_at(paragraphs: Sequence[Paragraph], starts: Sequence[int], offset: int) -> Paragraph | None:
    """The last numbered paragraph that begins at or before `offset`."""
    for index in range(bisect_right(starts, offset) - 1, -1, -1):
        if paragraphs[index].number:
            return paragraphs[index]
    return None


def _from_tables(draft: Draft, cues: Wording) -> Iterator[Answer]:
    """Answers in tables: a column of positions, a column for each position, or headings between the rows."""
    for table in draft.loaded.tables:
        rows = [tuple(cell.strip() for cell in row) for row in table.rows]
        columns = _columns(rows, cues)
        if not columns:
            continue
        cursor = 0
        context = Verdict(None)
        for row in rows:
            heading = set(filter(None, row))
            alone = next(iter(heading)) if len(heading) == 1 and not _numbers(row[0], cues) else ""
            if said := cues.judge(alone, elliptic=True):
                context = said
                continue
            for answer in _row(row, columns, cues, context):
                at = _find(draft.text, row[columns.get("at", 0)], cursor)
                cursor = max(cursor, at)
                yield replace(answer, at=at)


def _columns(rows: Sequence[Sequence[str]], cues: Wording) -> dict[str, int]:
    """Where the numbers ("at") and the positions are, told by the column heads or, without them, by the
    content.
    """
    if not rows or len(rows[0]) < 2:
        return {}
    heads = {cues.column(cell): i for i, cell in reversed(list(enumerate(rows[0]))) if cell}
    by_content = [sum(bool(_numbers(r[i], cues)) for r in rows if i < len(r)) for i in range(len(rows[0]))]
    at = by_content.index(max(by_content))
    if not max(by_content):
        return {}
    columns = {"at": at}
    if "position" in heads and heads["position"] != at:
        columns["position"] = heads["position"]
        return columns
    for i, cell in enumerate(rows[0]):
        if i != at and cell and len(cell) < 60 and (said := cues.judge(cell, elliptic=True)):
            columns[str(said.position)] = i
    if len(columns) == 1:
        said_in = {
            i: sum(bool(cues.short(r[i])) for r in rows if i < len(r)) for i in range(len(rows[0])) if i != at
        }
        best = max(said_in, key=lambda i: said_in[i])
        if said_in[best] >= max(1, len(rows) // 3):
            columns["position"] = best
    return columns


def _numbers(cell: str, cues: Wording) -> tuple[str, ...]:
    """The numbers a cell begins with."""
    rest = re.sub(rf"^\W*(?:{cues.recommendation.pattern})?\s*(?:nos?\.?)?\s*", "", cell, flags=re.IGNORECASE)
    runs = numbering.find(rest)
    return runs[0].numbers if runs and runs[0].start == 0 else ()


def _row(row: Sequence[str], columns: dict[str, int], cues: Wording, context: Verdict) -> Iterator[Answer]:
    at = columns["at"]
    if at >= len(row):
        return
    numbers = _numbers(row[at], cues)
    if "position" in columns and columns["position"] < len(row):
        verdict = cues.judge(row[columns["position"]], elliptic=True)
        if not verdict and verdict.implemented:
            verdict = Verdict(Position.SUPPORTED, True)
    else:
        marked = [name for name, i in columns.items() if name != "at" and i < len(row) and _is_mark(row[i])]
        verdict = Verdict(Position(marked[0])) if len(marked) == 1 else Verdict(None)
        for name, i in columns.items():
            if name != "at" and i < len(row):
                for number in _numbers(row[i], cues):
                    yield Answer(number, Position(name), False, 0, Weight.GROUP)
    verdict = verdict or context
    for number in numbers:
        if verdict:
            yield Answer(number, verdict.position, verdict.implemented, 0, Weight.GROUP)


def _is_mark(cell: str) -> bool:
    return cell.strip().casefold() in _MARKS or cell.strip() in _MARKS


def _find(text: str, cell: str, cursor: int) -> int:
    """The offset of a cell's first words in the text, from `cursor` on; 0 where they are not found."""
    words = cell.split()[:6]
    if not words:
        return 0
    match = re.compile(r"\s+".join(map(re.escape, words))).search(text, cursor)
    return match.start() if match else 0
