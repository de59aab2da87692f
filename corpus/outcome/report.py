"""Reports of the Working Group: every recommendation with its number, States, position at the review and page.

layout -> sections (numbered paragraphs and the items under them) -> recommendations, problems
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus import numbering, states
from corpus.draft import Draft, Reading
from corpus.layout import Layout
from corpus.model import Paragraph, Position, PositionStatement, Recommendation, Source
from corpus.outcome.cues import Cues, Verdict, cues
from corpus.outcome.items import sections
from corpus.outcome.marks import is_note
from corpus.outcome.recommenders import groups, split
from corpus.outcome.scan import Item, Section

_SENTENCE = re.compile(r"(?<=[.;。；])\s+(?=[^\d\s])|(?<=[。；])")
_PARAGRAPH = re.compile(
    r"(?:paragraph|paragraphe|párrafo|пункт[а-я]*|para\.?|الفقرة|第)\s*(\d{2,3})(?![.\d])", re.IGNORECASE
)
_PENDING = Verdict(Position.PENDING)
_MOST_LISTED = 12
_LEAD = 200


@dataclass(slots=True)
class _Decision:
    verdict: Verdict
    paragraph: str | None
    offset: int


@dataclass(slots=True)
class _Work:
    draft: Draft
    cues: Cues
    sections: tuple[Section, ...]
    decisions: dict[int, _Decision] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(draft: Draft) -> Reading:
    """The recommendations of a Working Group report.

    `paragraphs` of the result has the draft's paragraphs outside the lists, and one for each lead and
    recommendation inside them. `problems` names numbers that the layout announces and that were not found.
    """
    wording = cues(draft.identity.language)
    work = _Work(draft, wording, tuple(s for s in sections(draft.layout, wording)))
    lists = [section for section in work.sections if _is_list(work, section)]
    _decide(work, lists)
    recommendations = tuple(
        _recommendation(work, section, item) for section in lists for item in section.items
    )
    _check(work, lists, recommendations)
    return Reading(
        paragraphs=_paragraphs(work, lists),
        recommendations=recommendations,
        problems=tuple(work.problems),
    )


def split_recommenders(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A recommendation's own words, its recommending States (alpha-3, printed order), names not resolved."""
    parts = split(text)
    return parts.body, parts.recommenders, parts.unresolved


def _is_list(work: _Work, section: Section) -> bool:
    """False where the items comment on recommendations that stand elsewhere, or are pledges."""
    if not section.items:
        return False
    text = work.draft.text
    comments = [item for item in section.items if work.cues.says("comment", text[item.body : item.end][:200])]
    if len(comments) * 2 > len(section.items):
        return False
    lead = text[section.body : section.lead_end]
    if work.cues.says("comments", lead) or not work.cues.recommendation.search(lead):
        named = sum(bool(groups(text[item.body : item.end])) for item in section.items)
        if named * 2 < len(section.items):
            return False
    replies = [item for item in section.items if _replies(work, text[item.body : item.end])]
    section.left_out = replies
    section.items = [item for item in section.items if item not in replies]
    return bool(section.items)


def _replies(work: _Work, text: str) -> bool:
    """True for an item in which the State answers: it names no State that recommends, and says so."""
    return work.cues.says("reply", text[:200]) and not groups(text)


def _decide(work: _Work, lists: Sequence[Section]) -> None:
    """The position of every item: from its list's lead, from later paragraphs on lists, or on numbers."""
    for section in lists:
        verdict = section.verdict or _PENDING
        for item in section.items:
            verdict = item.verdict or verdict
            work.decisions[item.start] = _Decision(verdict, section.number, section.start)
    before: list[Section] = []
    for section in work.sections:
        if section in lists:
            before.append(section)
            continue
        _statement(work, section, before)


def _statement(work: _Work, section: Section, before: Sequence[Section]) -> None:
    """Applies what a paragraph without items says of the lists above it."""
    text = work.draft.text[section.body : section.lead_end]
    if not before or not work.cues.recommendation.search(text):
        return
    numbered = False
    for sentence in _SENTENCE.split(text):
        verdict = work.cues.judge(sentence)
        if verdict is None or work.cues.says("explains", sentence):
            continue
        named, unknown = _named(sentence, before, work.cues)
        if unknown:
            work.problems.append(
                f"Paragraph {section.number} speaks of {', '.join(unknown)}, which was not found."
            )
        numbered = numbered or bool(named)
        for item in named:
            _apply(work, item, verdict, section)
    if numbered or work.cues.says("elsewhere", text) or work.cues.says("explains", text):
        return
    verdicts = [work.cues.judge(s) for s in _SENTENCE.split(text) if work.cues.says("whole", s)]
    verdict = next((v for v in reversed(verdicts) if v), None)
    if verdict is None:
        return
    for target in before:
        if target.verdict is None and not any(item.verdict for item in target.items):
            target.verdict = verdict
            for item in target.items:
                _apply(work, item, verdict, section)


def _apply(work: _Work, item: Item, verdict: Verdict, section: Section) -> None:
    old = work.decisions[item.start].verdict
    if verdict.implemented and old.position is Position.NOTED:
        verdict = Verdict(Position.NOTED, True)
    work.decisions[item.start] = _Decision(verdict, section.number, section.start)


def _named(sentence: str, before: Sequence[Section], wording: Cues) -> tuple[list[Item], list[str]]:
    """The items above that a sentence names ("recommendations 84.5 and 84.19", "Nos. 1, 4"), and numbers of none."""
    if not wording.recommendation.search(sentence):
        return [], []
    by_number = {item.number: item for section in before for item in section.items}
    elsewhere = wording.says("elsewhere", sentence)
    sentence = re.sub(r"(?<=\d)\.\s(?=\d)", ".", sentence)
    found: list[Item] = []
    unknown: list[str] = []
    base = before[-1]
    if paragraph := _PARAGRAPH.search(sentence):
        own = [section for section in before if section.number == paragraph.group(1)]
        base, elsewhere = (own[0], False) if own else (base, elsewhere)
        sentence = sentence[: paragraph.start(1)] + sentence[paragraph.end(1) :]
    for run in numbering.find(sentence):
        if elsewhere and not run.dotted:
            continue
        for number in run.numbers:
            item = by_number.get(number if "." in number else f"{base.number}.{number}")
            if item and item not in found:
                found.append(item)
            elif not item and number.partition(".")[0] in {section.number for section in before}:
                unknown.append(number)
    return found, unknown


def _recommendation(work: _Work, section: Section, item: Item) -> Recommendation:
    draft, identity = work.draft, work.draft.identity
    text = draft.text[item.body : item.end]
    parts = split(_without_notes(draft.layout, item), state=identity.state)
    recommenders = parts.recommenders or _in_words(work, text)
    decision = work.decisions[item.start]
    source = Source(draft.key, identity.symbol, decision.paragraph, draft.layout.page_at(decision.offset))
    statement = PositionStatement(
        item.number, decision.verdict.position, source, decision.verdict.implemented, identity.date
    )
    return Recommendation(
        document=draft.key,
        number=item.number,
        text=text,
        state=identity.state,
        recommenders=recommenders,
        position=decision.verdict.position,
        implemented=decision.verdict.implemented,
        position_source=source,
        cycle=identity.cycle,
        session=identity.session,
        page=draft.layout.page_at(item.start),
        paragraph=_printed(item),
        start=item.body,
        end=item.end,
        unresolved=parts.unresolved,
        history=(statement,),
    )


def _without_notes(layout: Layout, item: Item) -> str:
    """An item's words without the footnotes that the page put between them."""
    text, blocks = layout.text, layout.blocks
    low = bisect_right(blocks, item.start, key=lambda block: block.start)
    high = bisect_left(blocks, item.end, key=lambda block: block.start)
    parts = [
        " " * (min(block.end, item.end) - block.start)
        if is_note(layout, block)
        else text[block.start : block.end]
        for block in blocks[low:high]
    ]
    first = blocks[low].start if low < high else item.end
    return "\n".join([text[item.body : first].rstrip("\n"), *parts])[: item.end - item.body]


def _in_words(work: _Work, text: str) -> tuple[str, ...]:
    """The State of an item that names it in running words ("the recommendation of …")."""
    match = work.cues.named(text[:_LEAD])
    found = states.find(text[match.end() : match.end() + _LEAD], adjectives=False) if match else []
    start = next((mention for mention in found if mention.start < 8), None)
    return (start.alpha3,) if start and start.alpha3 != work.draft.identity.state else ()


def _printed(item: Item) -> str:
    """The number as printed where it names its paragraph, else the one we file it under."""
    return item.printed if "." in item.printed and "bis" not in item.number else item.number


def _check(work: _Work, lists: Sequence[Section], found: Sequence[Recommendation]) -> None:
    """Names what the layout announces and the reading lacks."""
    for section in lists:
        places = {item.place for item in (*section.items, *section.left_out)}
        first = 1 if min(places) <= _MOST_LISTED else min(places)
        missing = [f"{section.number}.{n}" for n in range(first, max(places)) if n not in places]
        if missing:
            shown = ", ".join(missing[:_MOST_LISTED]) + (" …" if len(missing) > _MOST_LISTED else "")
            work.problems.append(f"Recommendations announced by their numbering but not found: {shown}.")
        for item in section.items:
            if item.printed not in {item.number, str(item.place)}:
                work.problems.append(f"Recommendation {item.number} is printed as {item.printed}.")
    for recommendation in found:
        if not recommendation.recommenders and not recommendation.unresolved:
            work.problems.append(f"Recommendation {recommendation.number} names no State.")
        elif recommendation.unresolved:
            names = ", ".join(repr(name) for name in recommendation.unresolved)
            work.problems.append(f"Recommendation {recommendation.number}: no State answers to {names}.")
    for section in work.sections:
        if not section.items and not section.left_out:
            _check_empty(work, section)
    if not found:
        work.problems.append("No list of recommendations was found.")


def _check_empty(work: _Work, section: Section) -> None:
    """Names a list that seems empty, and positions on recommendations that stand only in the dialogue."""
    lead = work.draft.text[section.body : section.lead_end].rstrip()
    listed = {other.number for other in work.sections if other.items}
    if any(match.group(1) in listed for match in _PARAGRAPH.finditer(lead)):
        return
    if work.cues.says("elsewhere", lead) and section.verdict and not work.cues.says("explains", lead):
        work.problems.append(
            f"Paragraph {section.number} takes a position on recommendations that stand only in the dialogue; "
            "they are not listed."
        )
    elif work.cues.says("list", lead) and lead.endswith((":", "：")):
        work.problems.append(
            f"Paragraph {section.number} announces recommendations; none was found under it."
        )


def _paragraphs(work: _Work, lists: Sequence[Section]) -> tuple[Paragraph, ...] | None:
    """The draft's paragraphs with the lists cut into leads and recommendations."""
    if not lists:
        return None
    draft = work.draft
    low, high = lists[0].start, lists[-1].end
    inner: list[Paragraph] = []
    for section in work.sections:
        if not low <= section.start < high:
            continue
        inner.append(_paragraph(draft, section.number, section.body, section.lead_end))
        inner.extend(_paragraph(draft, _printed(item), item.body, item.end) for item in section.items)
    inner = sorted((p for p in inner if p.text), key=lambda p: p.start)
    outer = [p for p in draft.paragraphs if not _overlaps(p, inner)]
    return tuple(sorted((*outer, *inner), key=lambda p: p.start))


def _overlaps(paragraph: Paragraph, others: Sequence[Paragraph]) -> bool:
    """True where a paragraph shares text with one of `others`, which are in order and apart."""
    index = bisect_left(others, paragraph.end, key=lambda other: other.start) - 1
    return index >= 0 and others[index].end > paragraph.start


def _paragraph(draft: Draft, number: str, start: int, end: int) -> Paragraph:
    """One paragraph, under the headings that the draft has for its place."""
    end = start + len(draft.text[start:end].rstrip())
    index = bisect_left(draft.paragraphs, end, key=lambda paragraph: paragraph.start) - 1
    heading = draft.paragraphs[index].heading if index >= 0 else ()
    return Paragraph(number, draft.text[start:end], start, end, draft.layout.page_at(start), heading)
