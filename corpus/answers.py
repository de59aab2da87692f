"""Answers to recommendations in running text: which numbers a State speaks of, and what it says of them.

Three ways of answering are read, and often stand together in one addendum: a sentence that takes a position
on a list of numbers (a group), numbers that are answered one after the other (items), and headings or
introductions that hold for the numbers under them (context). The more explicit one decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus import mentions, numbering, selectors
from corpus.joining import Span, joined
from corpus.model import Position
from corpus.positions import Answer, Sense, Verdict, Weight, Wording, both, decide

_SENTENCE = re.compile(
    r"(?<!\bNos\.)(?<!\bNo\.)(?<!\bRecs\.)(?<!\bRec\.)(?<!\bparas\.)(?<!\bpara\.)(?<!\bart\.)(?<=[.!?؟])[\"”»’)]*\s+(?=[\"“«‘(\x00]*[^\s\da-zà-ÿа-я])|(?<=[。；！？])|(?<=;)\s+|\n{2,}"
)
_OWN_NUMBER = re.compile(r"\s*(\d{1,3})\s*[.．、)]\s*(?=\D)")
_ENUMERATOR = re.compile(r"[\s\W]*(?:\(?[a-zA-Z]\)|\(?[ivxIVX]{1,4}[.)]|[A-Z][.)])?[\s\W]*")
_LOOSE_RUN = re.compile(r"(?<!\S)(?:\d{1,3}\.,?\s+)*\d{1,3}\.,(?:\s*\d{1,3}\.,?)*|(?<!\S)\d{1,3}\.,?\s*$")
_HEADING_MARK = re.compile(r"\W*(?:\(?[a-zA-Z]\)|[IVX]{1,5}\.|[A-Z]\.)\s")
_LONGEST_HEADING = 300
_LONGEST_QUOTE = 2500
_FEWEST_WORDS = 5
_QUOTE_OPENS = re.compile(r"[\s\W]*(?:\(?[a-zA-Z]\)|[ivxIVX]{1,4}[.)])?[\s\W]*")


@dataclass(slots=True)
class _Item:
    numbers: tuple[str, ...]
    at: int
    body: int
    open_end: bool
    context: Verdict
    quote: bool = False


@dataclass(slots=True)
class _Scan:
    text: str
    wording: Wording
    recommenders: Callable[[str], bool]
    self_numbered: bool = False
    bases: frozenset[str] = frozenset()
    context: Verdict = field(default_factory=lambda: Verdict(None))
    item: _Item | None = None
    answers: list[Answer] = field(default_factory=list)
    see: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unfinished: Answer | None = None
    listed: bool = False
    carried: Verdict = field(default_factory=lambda: Verdict(None))
    headings_first: bool | None = None


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
    scan = _Scan(text, wording, recommenders)
    scan.bases = mentions.bases(text, wording)
    scan.self_numbered = not scan.bases and _is_self_numbered(scan, spans)
    spans = joined(text, spans, wording)
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        listed, scan.listed = scan.listed, False
        _block(scan, span, following, listed)
    _close(scan, len(text))
    return tuple(scan.answers) + _referred(scan)


def _is_self_numbered(scan: _Scan, spans: Sequence[Span]) -> bool:
    """True where the addendum's own paragraph numbers are those of the recommendations it answers, one a
    paragraph.
    """
    numbered = [i for i, s in enumerate(spans) if _OWN_NUMBER.match(scan.text[s.start : s.end])]
    answered = 0
    repeated: list[bool] = []
    for position, i in enumerate(numbered):
        until = numbered[position + 1] if position + 1 < len(numbered) else min(i + 4, len(spans))
        body = _unquoted(scan, scan.text[spans[i].start : spans[max(i, until - 1)].end])
        match = _OWN_NUMBER.match(body)
        repeated.append(not match)
        first = _sentences(body[match.end() if match else 0 :].lstrip("0123456789., "))[:2]
        verdicts = [scan.wording.judge(s, elliptic=True) for s in first]
        names_others = re.search(
            rf"{scan.wording.recommendation.pattern}\s+(?:nos?\.?\s*)?\d", body, re.IGNORECASE
        )
        answered += any(verdicts) and not names_others
    if any(repeated) and not repeated[0]:
        # an introduction is counted with the answers, so that the numbers are the addendum's own
        return False
    return answered >= 3 and answered >= 0.6 * len(numbered)


def _sentences(text: str) -> list[str]:
    return [s for s in (p.strip() for p in _SENTENCE.split(text)) if s]


def _block(scan: _Scan, span: Span, following: Span | None, listed: bool) -> None:
    block = scan.text[span.start : span.end]
    own = _OWN_NUMBER.match(block)
    offset = own.end() if own and not scan.self_numbered else 0
    runs = mentions.named(block, offset, scan.wording, scan.bases, scan.self_numbered)
    if not _introduces(scan, block, following):
        runs = sorted([*runs, *mentions.collective(block, runs, scan.wording)], key=lambda r: r.start)
    if not runs:
        _plain(scan, span, block[offset:], bool(offset), following)
        return
    if listed and not re.search(r"\w{2}", _without(scan, block, runs)):
        _close(scan, span.start)
        for run in runs:
            _group(scan, run, scan.context, span.start + run.start)
        return
    masked = list(block)
    for run in runs:
        masked[run.start : run.end] = "\x00" * (run.end - run.start)
        if re.match(r"\.,?\s", block[run.end : run.end + 3]):
            masked[run.end] = ","
    _sentences_with_runs(scan, span.start, "".join(masked), offset, runs)


def _sentences_with_runs(scan: _Scan, base: int, masked: str, offset: int, runs: list[numbering.Run]) -> None:
    starts = [offset, *(m.end() for m in _SENTENCE.finditer(masked, offset))]
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
    scan: _Scan, base: int, masked: str, bounds: tuple[int, int], runs: list[numbering.Run], first: bool
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
            _close(scan, base + start)
            if first and _HEADING_MARK.match(lead) and not masked[runs[-1].end :].strip(" .;,"):
                scan.context = last  # a heading that a list runs on from
        # what is said "as regards" a number may be of its subject: a plain list of positions decides
        weight = Weight.OWN if scan.wording.refers(lead) else Weight.GROUP
        _group(scan, run, _qualified(scan, last, tail), at, weight)
        scan.carried = last


def _without(scan: _Scan, block: str, runs: list[numbering.Run]) -> str:
    """A block without its numbers and the word "recommendation"."""
    kept = [block[a.end : b.start] for a, b in pairwise([numbering.Run(0, 0, ()), *runs])]
    rest = " ".join([*kept, block[runs[-1].end :]])
    return scan.wording.recommendation.sub(" ", re.sub(r"\b(?:and|et|y)\b", " ", rest))


def _introduces(scan: _Scan, block: str, following: Span | None) -> bool:
    """True for a heading or introduction over a list, or a repeated recommendation: it takes no position itself."""
    if block.rstrip().endswith((":", "：")) or len(_unquoted(scan, block)) < len(block):
        return True
    if not following or block.rstrip().endswith((".", "。")):
        return False
    below = scan.text[following.start : following.end]
    runs = mentions.named(below, 0, scan.wording, scan.bases, scan.self_numbered)
    return bool(runs) and not re.search(r"\w{2}", below[: runs[0].start])


def _only_implemented(scan: _Scan, run: numbering.Run, lead: str, tail: str, at: int) -> None:
    if scan.wording.implemented(lead + tail) and not scan.wording.refers(lead):
        _group(scan, run, Verdict(Position.SUPPORTED, True), at, Weight.CONTEXT)


def _qualified(scan: _Scan, said: Verdict, tail: str) -> Verdict:
    """A position with what follows the numbers: "… partially", "…, which are already implemented"."""
    clause = re.split(r"[.。;；]\s|\b(?:and|but|while|whereas|et|y|и)\b", tail, maxsplit=1)[0]
    if said.position is Position.SUPPORTED and scan.wording.short(clause) is Sense.PARTIAL:
        said = Verdict(Position.PARTIALLY_SUPPORTED, said.implemented)
    if not said.implemented and scan.wording.implemented(clause) and not scan.wording.phrases(clause):
        return Verdict(said.position, True)
    return said


def _is_bare(scan: _Scan, lead: str) -> bool:
    """True where nothing but the word "recommendation" or a list's letter stands before a number."""
    rest = scan.wording.recommendation.sub(" ", lead)
    rest = re.sub(
        r"\b(?:nos?|n[o°]s?|numbers?|paragraphs?|paras?|the|la|les?|las?|los|№+|第|رقم)\b\.?",
        " ",
        rest,
        flags=re.I,
    )
    return not re.sub(r"^\s*\(?[a-zA-Zivx]{1,4}[.)]\s", "", rest).strip(' \t\n\x00.,:;()[]•·-–—*°№#"“”«»')


def _further(scan: _Scan, base: int, run: numbering.Run, lead: str, tail: str) -> None:
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


def _answers_item(scan: _Scan, lead: str) -> bool:
    """True where the few words between two numbers answer the first ("118.1 Supported 118.2 Noted")."""
    words = lead.strip(" ,.;:\n\t")
    if last := re.search(rf"(?:{scan.wording.recommendation.pattern})\W*(?:nos?\.?)?$", words, re.IGNORECASE):
        words = words[: last.start()]
    return (
        len(words) < 60 and not scan.wording.recommendation.search(words) and bool(scan.wording.short(words))
    )


def _lead_verdict(scan: _Scan, lead: str, tail: str, last: Verdict, from_tail: bool) -> tuple[Verdict, bool]:
    """What is said of the numbers between `lead` and `tail`, and whether the tail says it ("… are accepted")."""
    after = scan.wording.judge(tail)
    if scan.wording.refers(lead):
        return (after, True) if after and not last else (Verdict(None), False)
    if from_tail and after:
        return after, True
    said = scan.wording.nearest(lead)
    if not said:
        said = scan.wording.judge(_ENUMERATOR.sub("", lead, count=1), elliptic=True)
    if said and not from_tail:
        return said, False
    return (after, True) if after else (last, from_tail)


def _group(scan: _Scan, run: numbering.Run, verdict: Verdict, at: int, weight: Weight = Weight.GROUP) -> None:
    implied = scan.context.implemented and scan.context.position == verdict.position
    for number in run.numbers:
        scan.answers.append(Answer(number, verdict.position, verdict.implemented or implied, at, weight))
    scan.unfinished = scan.answers[-1] if run.open_end else None


def _give(scan: _Scan, run: numbering.Run, like: Answer) -> None:
    for number in run.numbers:
        scan.answers.append(Answer(number, like.position, like.implemented, like.at, like.weight))
    scan.unfinished = like if run.open_end else None


def _open(scan: _Scan, base: int, run: numbering.Run) -> None:
    item = scan.item
    broken = item and item.open_end and scan.self_numbered
    if item and broken and not any(_loose(scan.text[item.body : base + run.start], item.numbers[-1])):
        item.numbers += run.numbers
        item.open_end = run.open_end
        return
    _close(scan, base + run.start)
    scan.item = _Item(run.numbers, base + run.start, base + run.end, run.open_end, scan.context)
    scan.unfinished = None


def _plain(scan: _Scan, span: Span, block: str, numbered: bool, following: Span | None) -> None:
    """A block without numbers of recommendations: a heading or introduction, or more of the answer before it."""
    if quote := _quote(scan, block):
        _close(scan, span.start)
        begin = span.end - len(block)
        number = selectors.quoted(begin + quote[0], begin + quote[1])
        body = begin + quote[1]
        scan.item = _Item((number,), begin + quote[0], body, False, scan.context, quote=True)
        return
    said = scan.wording.judge(_ENUMERATOR.sub("", block, count=1), elliptic=True)
    repeats = len(_unquoted(scan, block)) < len(block)
    if said and not repeats and len(block) <= _LONGEST_HEADING and _is_heading(scan, block, following):
        _close(scan, span.start)
        scan.context = said
        scan.listed = block.rstrip().endswith((":", "：")) or bool(scan.wording.recommendation.search(block))
    elif numbered:
        _close(scan, span.start)


def _quote(scan: _Scan, block: str) -> tuple[int, int] | None:
    """Where a block repeats a recommendation without its number, up to the States that made it; None if it does not."""
    if scan.self_numbered or (scan.item and not scan.item.quote):
        return None
    rest = len(block) - len(_unquoted(scan, block))
    opening = _QUOTE_OPENS.match(block)
    begin = opening.end() if opening else 0
    words = block[begin:rest].rstrip(' .,:;\n\t-–—"”»')
    return (begin, begin + len(words)) if len(words.split()) >= _FEWEST_WORDS else None


def _is_heading(scan: _Scan, block: str, following: Span | None) -> bool:
    plural = scan.wording.recommendation.search(block)
    block = block.strip()
    enumerated = re.match(r"\W*(?:[a-zA-Z]\)|[ivxIVX]{1,4}[.)]|[A-Z][.)])\s", block)
    if not plural and scan.headings_first is None:
        scan.headings_first = scan.item is None
    if scan.item and not plural and not enumerated and not scan.headings_first:
        return False  # "Accepted." under a recommendation answers it
    if block.endswith((":", "：")):
        return True
    if not block.endswith((".", "。")):
        return bool(plural) or len(block) < 80
    if (
        not following
        or not plural
        or not re.search(r"\bfollowing\b|\bbelow\b|suivant|siguiente|следующ|下列|以下|التالية", block)
    ):
        return False
    runs = numbering.find(scan.text[following.start : following.end])
    return bool(runs) and runs[0].start < 3


def _close(scan: _Scan, end: int) -> None:
    item, scan.item = scan.item, None
    if not item:
        return
    body = scan.text[item.body : end]
    numbers = item.numbers
    if item.open_end and (match := next(_loose(body, numbers[-1]), None)):
        numbers += match
    words = re.sub(r"^[\W\d]+|[\W\d]+$", "", _unquoted(scan, body)) and _unquoted(scan, body).strip(
        " .,:;\n\t-–—"
    )
    verdict = _own_words(scan, words)
    for number in numbers:
        if verdict:
            implied = item.context.implemented and item.context.position == verdict.position
            answer = Answer(number, verdict.position, verdict.implemented or implied, item.at, Weight.OWN)
        elif item.context:
            implemented = verdict.implemented or item.context.implemented
            # a number alone under a heading is said by the heading, whatever comments follow elsewhere
            weight = Weight.CONTEXT if words else Weight.GROUP
            answer = Answer(number, item.context.position, implemented, item.at, weight)
        elif item.quote:
            continue
        elif words:
            position = Position.SUPPORTED if verdict.implemented else Position.NOTED
            answer = Answer(number, position, verdict.implemented, item.at, Weight.DEFAULT)
        else:
            continue
        scan.answers.append(answer)


def _loose(body: str, last: str) -> Iterator[tuple[str, ...]]:
    """Numbers of an item's list that a narrow column broke into the next line, among the words of the answer."""
    for match in _LOOSE_RUN.finditer(body):
        found = tuple(re.findall(r"\d{1,3}", match.group()))
        if found and int(found[0]) > int(last.rpartition(".")[2]):
            yield found


def _own_words(scan: _Scan, words: str) -> Verdict:
    sentences = _sentences(words)
    verdicts: list[Verdict] = []
    for index, sentence in enumerate(sentences):
        mentions = scan.wording.recommendation.search(sentence)
        brief = len(sentence) < 60
        if not index or mentions or brief:
            # a later sentence counts only where it speaks of the recommendation, or in a word
            verdicts.append(scan.wording.judge(sentence, elliptic=not index or brief))
        elif scan.wording.contrasts(sentence):
            verdicts.append(scan.wording.judge(sentence))
    return both(verdicts)


def _unquoted(scan: _Scan, body: str) -> str:
    """The body without the recommendation that it repeats: all up to the recommending States in brackets."""
    cut = 0
    for match in re.finditer(r"[(\[（]([^()\[\]（）]{2,600})[)\]）]\W{0,3}", body[:_LONGEST_QUOTE]):
        if scan.recommenders(match.group(1)):
            cut = match.end()
    return body[cut:]


def _referred(scan: _Scan) -> tuple[Answer, ...]:
    """Answers that only point at another one ("See recommendation 71"), which then holds for them too."""
    decided = {a.number: a for a in decide(scan.answers)[0]}
    explicit = {a.number for a in decided.values() if a.weight > Weight.DEFAULT}
    found = []
    for number, others in scan.see.items():
        target = next((decided[o] for o in others if o in explicit), None)
        if number not in explicit and target:
            found.append(Answer(number, target.position, target.implemented, target.at, Weight.CONTEXT))
    return tuple(found)
