"""Answers to recommendations in running text: which numbers a State speaks of, and what it says of them.

Three ways of answering are read, and often stand together in one addendum: a sentence that takes a position
on a list of numbers (a group), numbers that are answered one after the other (items), and headings or
introductions that hold for the numbers under them (context). The more explicit one decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from corpus import numbering
from corpus.model import Position
from corpus.positions import mentions, selectors
from corpus.positions.cues import Answer, Sense, Verdict, Weight, Wording, decide
from corpus.positions.items import (
    ENUMERATOR,
    SENTENCE,
    block_without_numbers,
    close_item,
    loose_numbers,
    sentences_of,
    unquoted,
)
from corpus.positions.joining import Span, joined
from corpus.positions.scan import Item, Scan

_OWN_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.．、)]\s*(?=\D)")


_HEADING_MARK = re.compile(r"\W*(?:\(?[a-zA-Z]\)|[IVX]{1,5}\.|[A-Z]\.)\s")


def answers(
    text: str,
    spans: Sequence[Span],
    wording: Wording,
    recommenders: Callable[[str], bool] = lambda _: False,
) -> tuple[Answer, ...]:
    """Every answer in `text`, several to a number where it is answered several times; see `decide`.

    `recommenders` tells whether what stands in brackets names recommending States, so that a recommendation
    that the addendum repeats is not mistaken for the State's own words.
    """
    scan = Scan(text, wording, recommenders)
    scan.bases = mentions.bases(text, wording)
    scan.self_numbered = not scan.bases and _is_self_numbered(scan, spans)
    spans = joined(text, spans, wording)
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        listed, scan.listed = scan.listed, False
        _block(scan, span, following, listed)
    close_item(scan, len(text))
    return tuple(scan.answers) + _referred(scan)


def _is_self_numbered(scan: Scan, spans: Sequence[Span]) -> bool:
    """True where the addendum's own paragraph numbers are those of the recommendations it answers, one a
    paragraph.
    """
    numbered = [i for i, s in enumerate(spans) if _OWN_NUMBER.match(scan.text[s.start : s.end])]
    answered = 0
    repeated: list[bool] = []
    for position, i in enumerate(numbered):
        until = numbered[position + 1] if position + 1 < len(numbered) else min(i + 4, len(spans))
        body = unquoted(scan, scan.text[spans[i].start : spans[max(i, until - 1)].end])
        match = _OWN_NUMBER.match(body)
        repeated.append(not match)
        first = sentences_of(body[match.end() if match else 0 :].lstrip("0123456789., "))[:2]
        verdicts = [scan.wording.judge(s, elliptic=True) for s in first]
        names_others = re.search(
            rf"{scan.wording.recommendation.pattern}\s+(?:nos?\.?\s*)?\d", body, re.IGNORECASE
        )
        answered += any(verdicts) and not names_others
    if any(repeated) and not repeated[0]:
        # an introduction is counted with the answers, so that the numbers are the addendum's own
        return False
    return answered >= 3 and answered >= 0.6 * len(numbered)


def _block(scan: Scan, span: Span, following: Span | None, listed: bool) -> None:
    block = scan.text[span.start : span.end]
    own = _OWN_NUMBER.match(block)
    offset = own.end() if own and not scan.self_numbered else 0
    runs = mentions.named(block, offset, scan.wording, scan.bases, scan.self_numbered)
    if not _introduces(scan, block, following):
        runs = sorted([*runs, *mentions.collective(block, runs, scan.wording)], key=lambda r: r.start)
    if not runs:
        block_without_numbers(scan, span, block[offset:], bool(offset), following)
        return
    if listed and not re.search(r"\w{2}", _without(scan, block, runs)):
        close_item(scan, span.start)
        for run in runs:
            _group(scan, run, scan.context, span.start + run.start)
        return
    masked = list(block)
    for run in runs:
        masked[run.start : run.end] = "\x00" * (run.end - run.start)
        if re.match(r"\.,?\s", block[run.end : run.end + 3]):
            masked[run.end] = ","
    _sentences_with_runs(scan, span.start, "".join(masked), offset, runs)


def _sentences_with_runs(scan: Scan, base: int, masked: str, offset: int, runs: list[numbering.Run]) -> None:
    starts = [offset, *(m.end() for m in SENTENCE.finditer(masked, offset))]
    ends = [*starts[1:], len(masked)]
    first_block_run = True
    scan.carried = Verdict(None)
    for start, end in zip(starts, ends, strict=True):
        here = [r for r in runs if start <= r.start < end or (r.start == end == len(masked))]
        if here:
            _sentence(scan, base, masked, (start, end), here, first_block_run)
            first_block_run = False
        if not masked[start:end].rstrip().endswith((";", "；")):
            scan.carried = Verdict(None)


def _sentence(
    scan: Scan, base: int, masked: str, bounds: tuple[int, int], runs: list[numbering.Run], first: bool
) -> None:
    start, end = bounds
    passive = from_tail = False
    last = Verdict(None)
    for index, run in enumerate(runs):
        lead = masked[(runs[index - 1].end if index else start) : run.start]
        tail = masked[run.end : (runs[index + 1].start if index + 1 < len(runs) else end)]
        at = base + run.start
        if not index and _is_bare(scan, lead):
            passive = True
            if scan.carried and not scan.wording.judge(tail, elliptic=True):
                _group(scan, run, scan.carried, at)
                passive = False
                last = scan.carried
                continue
            if first and scan.unfinished and run.start <= start + 3 and not tail.strip(" .,;:"):
                _give(scan, run, scan.unfinished)
                continue
            _open(scan, base, run)
            continue
        if passive:
            if not selectors.is_selector(run.numbers[0]):
                _further(scan, base, run, lead, tail)
            continue
        if last and scan.wording.excepts(lead):
            refused = Verdict(Position.NOTED if last.position is Position.SUPPORTED else None)
            apart = scan.wording.judge(tail) or scan.wording.nearest(tail)
            _group(scan, run, apart or refused, at)
            continue
        last, from_tail = _lead_verdict(scan, lead, tail, last, from_tail)
        if not last:
            _only_implemented(scan, run, lead, tail, at)
            continue
        if not index:
            close_item(scan, base + start)
            if first and _HEADING_MARK.match(lead) and not masked[runs[-1].end :].strip(" .;,"):
                scan.context = last  # a heading that a list runs on from
        # what is said "as regards" a number may be of its subject: a plain list of positions decides
        weight = Weight.OWN if scan.wording.refers(lead) else Weight.GROUP
        _group(scan, run, _qualified(scan, last, tail), at, weight)
        scan.carried = last


def _without(scan: Scan, block: str, runs: list[numbering.Run]) -> str:
    """A block without its numbers and the word "recommendation"."""
    kept = [block[a.end : b.start] for a, b in pairwise([numbering.Run(0, 0, ()), *runs])]
    rest = " ".join([*kept, block[runs[-1].end :]])
    return scan.wording.recommendation.sub(" ", re.sub(r"\b(?:and|et|y)\b", " ", rest))


def _introduces(scan: Scan, block: str, following: Span | None) -> bool:
    """True for a heading or introduction over a list, or a repeated recommendation: it takes no position itself."""
    if block.rstrip().endswith((":", "：")) or len(unquoted(scan, block)) < len(block):
        return True
    if not following or block.rstrip().endswith((".", "。")):
        return False
    below = scan.text[following.start : following.end]
    runs = mentions.named(below, 0, scan.wording, scan.bases, scan.self_numbered)
    return bool(runs) and not re.search(r"\w{2}", below[: runs[0].start])


def _only_implemented(scan: Scan, run: numbering.Run, lead: str, tail: str, at: int) -> None:
    if scan.wording.implemented(lead + tail) and not scan.wording.refers(lead):
        _group(scan, run, Verdict(Position.SUPPORTED, True), at, Weight.CONTEXT)


def _qualified(scan: Scan, said: Verdict, tail: str) -> Verdict:
    """A position with what follows the numbers: "… partially", "…, which are already implemented"."""
    clause = re.split(r"[.。;；]\s|\b(?:and|but|while|whereas|et|y|и)\b", tail, maxsplit=1)[0]
    if said.position is Position.SUPPORTED and scan.wording.short(clause) is Sense.PARTIAL:
        said = Verdict(Position.PARTIALLY_SUPPORTED, said.implemented)
    if not said.implemented and scan.wording.implemented(clause) and not scan.wording.phrases(clause):
        return Verdict(said.position, True)
    return said


def _is_bare(scan: Scan, lead: str) -> bool:
    """True where nothing but the word "recommendation" or a list's letter stands before a number."""
    rest = scan.wording.recommendation.sub(" ", lead)
    rest = re.sub(
        r"\b(?:nos?|n[o°]s?|numbers?|paragraphs?|paras?|the|la|les?|las?|los|№+|第|رقم)\b\.?",
        " ",
        rest,
        flags=re.I,
    )
    return not re.sub(r"^\s*\(?[a-zA-Zivx]{1,4}[.)]\s", "", rest).strip(' \t\n\x00.,:;()[]•·-–—*°№#"“”«»')


def _further(scan: Scan, base: int, run: numbering.Run, lead: str, tail: str) -> None:
    """Numbers later in a sentence that begins with numbers: answered after them, referred to, or a next item."""
    if scan.item and _answers_item(scan, lead):
        _open(scan, base, run)
        return
    said = scan.wording.judge(tail) if scan.wording.recommendation.search(lead) else Verdict(None)
    if said and not scan.wording.refers(lead):
        _group(scan, run, said, base + run.start)
    elif scan.item and scan.wording.refers(lead):
        for number in scan.item.numbers:
            scan.see.setdefault(number, run.numbers)


def _answers_item(scan: Scan, lead: str) -> bool:
    """True where the few words between two numbers answer the first ("118.1 Supported 118.2 Noted")."""
    words = lead.strip(" ,.;:\n\t")
    if last := re.search(rf"(?:{scan.wording.recommendation.pattern})\W*(?:nos?\.?)?$", words, re.IGNORECASE):
        words = words[: last.start()]
    return (
        len(words) < 60 and not scan.wording.recommendation.search(words) and bool(scan.wording.short(words))
    )


def _lead_verdict(scan: Scan, lead: str, tail: str, last: Verdict, from_tail: bool) -> tuple[Verdict, bool]:
    """What is said of the numbers between `lead` and `tail`, and whether the tail says it ("… are accepted")."""
    after = scan.wording.judge(tail)
    if scan.wording.refers(lead):
        return (after, True) if after and not last else (Verdict(None), False)
    if from_tail and after:
        return after, True
    said = scan.wording.nearest(lead)
    if not said:
        said = scan.wording.judge(ENUMERATOR.sub("", lead, count=1), elliptic=True)
    if said and not from_tail:
        return said, False
    return (after, True) if after else (last, from_tail)


def _group(scan: Scan, run: numbering.Run, verdict: Verdict, at: int, weight: Weight = Weight.GROUP) -> None:
    implied = scan.context.implemented and scan.context.position == verdict.position
    for number in run.numbers:
        scan.answers.append(Answer(number, verdict.position, verdict.implemented or implied, at, weight))
    scan.unfinished = scan.answers[-1] if run.open_end else None


def _give(scan: Scan, run: numbering.Run, like: Answer) -> None:
    for number in run.numbers:
        scan.answers.append(Answer(number, like.position, like.implemented, like.at, like.weight))
    scan.unfinished = like if run.open_end else None


def _open(scan: Scan, base: int, run: numbering.Run) -> None:
    item = scan.item
    broken = item and item.open_end and scan.self_numbered
    if item and broken and not any(loose_numbers(scan.text[item.body : base + run.start], item.numbers[-1])):
        item.numbers += run.numbers
        item.open_end = run.open_end
        return
    close_item(scan, base + run.start)
    scan.item = Item(run.numbers, base + run.start, base + run.end, run.open_end, scan.context)
    scan.unfinished = None


def _referred(scan: Scan) -> tuple[Answer, ...]:
    """Answers that only point at another one ("See recommendation 71"), which then holds for them too."""
    decided = {a.number: a for a in decide(scan.answers)[0]}
    explicit = {a.number for a in decided.values() if a.weight > Weight.DEFAULT}
    found = []
    for number, others in scan.see.items():
        target = next((decided[o] for o in others if o in explicit), None)
        if number not in explicit and target:
            found.append(Answer(number, target.position, target.implemented, target.at, Weight.CONTEXT))
    return tuple(found)
