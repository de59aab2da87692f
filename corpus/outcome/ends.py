"""Where the leads and items of the lists end, what leads say, and lists whose items bear no figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.layout import Block, BlockKind, Layout
from corpus.outcome.cues import Verdict
from corpus.outcome.marks import index_at, is_note, skip
from corpus.outcome.recommenders import groups
from corpus.outcome.scan import CAPITAL, LEAD, Item, Scan, Section, names_states

_LETTERED = re.compile(r"\(\s?([a-z])\s?\)\s+|([a-z])\)\s+")


def finish(scan: Scan) -> None:
    """Sets where every item, lead and section ends, and what each lead says."""
    stop = scan.closed if scan.closed is not None else scan.high
    for index, section in enumerate(scan.sections):
        section.end = scan.sections[index + 1].start if index + 1 < len(scan.sections) else stop
        if not section.items:
            section.items = _unnumbered(scan, section)
        section.lead_end = section.items[0].start if section.items else section.end
        section.verdict = scan.cues.judge_lead(scan.text[section.body : section.lead_end])
        for place, item in enumerate(section.items):
            following = section.items[place + 1] if place + 1 < len(section.items) else None
            end = following.start if following else section.end
            item.end = _item_end(scan.layout, scan.text, item, end)
            if following:
                following.verdict = _turn(scan, item.end, following.start)


def _turn(scan: Scan, start: int, end: int) -> Verdict | None:
    """What a heading or a sentence between two items says of those that follow."""
    for block in scan.layout.blocks[index_at(scan.layout, start) + 1 :]:
        if block.start >= end:
            break
        text = scan.text[block.start : min(block.end, end)]
        if is_note(scan.layout, block) or groups(text) or not scan.cues.says("list", text):
            continue
        verdict = scan.cues.judge_lead(text)
        if verdict:
            return verdict
    return None


def _unnumbered(scan: Scan, section: Section) -> list[Item]:
    """The items of a list without figures: "(a)", "(b)", or one paragraph each, ended by their States."""
    lead = scan.text[section.body : min(section.end, section.body + LEAD)]
    if not scan.cues.says("list", lead) or scan.cues.says("elsewhere", lead[:300]):
        return []
    blocks = [
        block
        for block in scan.layout.blocks
        if section.body < block.start < section.end and not is_note(scan.layout, block)
    ]
    return _lettered(scan, section, blocks) or _plain(scan, section, blocks)


def _lettered(scan: Scan, section: Section, blocks: Sequence[Block]) -> list[Item]:
    found: list[Item] = []
    for block in blocks:
        match = _LETTERED.match(scan.text, block.start, block.end)
        letter = (match.group(1) or match.group(2)) if match else ""
        if match and letter == chr(ord("a") + len(found)):
            number = f"{section.number} ({letter})"
            found.append(Item(number, len(found) + 1, number, block.start, match.end()))
    named = sum(bool(groups(scan.text[item.body : item.body + 1200])) for item in found)
    return found if len(found) > 1 and named * 2 > len(found) else []


def _plain(scan: Scan, section: Section, blocks: Sequence[Block]) -> list[Item]:
    """Paragraphs that each end with States, counted by us as the first cycle's are."""
    own = [block for block in blocks if names_states(scan.text[block.start : block.end])]
    announced = scan.text[section.body : blocks[0].start].rstrip().endswith((":", "：")) if blocks else False
    if len(own) < (1 if announced else 2) or len(own) * 3 < len(blocks) * 2:
        return []
    return [
        Item(f"{section.number}.{place}", place, str(place), block.start, skip(scan.text, block.start))
        for place, block in enumerate(own, 1)
    ]


def _item_end(layout: Layout, text: str, item: Item, end: int) -> int:
    """Where an item's own text ends: before headings, footnotes and comments that follow it."""
    index = index_at(layout, item.start)
    stop = min(end, layout.blocks[index].end)
    own = text[item.body : stop]
    following: list[Block] = []
    for block in layout.blocks[index + 1 :]:
        if block.start >= end:
            break
        if not is_note(layout, block):
            following.append(block)
    for place, block in enumerate(following):
        if _complete(own.rstrip()) and not _continues(text, following[place:], end):
            break
        stop = min(block.end, end)
        own = f"{own}\n{text[block.start : stop]}"
    return item.body + len(text[item.body : stop].rstrip(" \n;,；،*|"))


def _continues(text: str, blocks: Sequence[Block], end: int) -> bool:
    """True where what follows a whole recommendation still belongs to it: it goes on, or names States again."""
    first = blocks[0]
    if first.kind is BlockKind.TEXT and not CAPITAL.match(text, first.start, first.end):
        return True
    rest: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING and CAPITAL.match(text, block.start, block.end):
            break
        rest.append(text[block.start : min(block.end, end)])
    return names_states("\n".join(rest)) or (len(rest) > 0 and bool(groups(rest[0])))


def _complete(own: str) -> bool:
    """True where a recommendation may be over: it ends with its States, or with a full stop."""
    return own[-1:] not in ",(" and (names_states(own) or bool(re.search(r"[.;:。；]\W*$", own)))
