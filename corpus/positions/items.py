"""Recommendations answered one after the other: what opens an item, what closes it, and what the State says in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus import numbering
from corpus.model import Position
from corpus.positions import selectors
from corpus.positions.cues import Answer, Verdict, Weight, both
from corpus.positions.joining import Span
from corpus.positions.scan import Item, Scan

SENTENCE = re.compile(
    r"(?<!\bNos\.)(?<!\bNo\.)(?<!\bRecs\.)(?<!\bRec\.)(?<!\bparas\.)(?<!\bpara\.)(?<!\bart\.)(?<=[.!?؟])[\"”»’)]*\s+(?=[\"“«‘(\x00]*[^\s\da-zà-ÿа-я])|(?<=[。；！？])|(?<=;)\s+|\n{2,}"
)


ENUMERATOR = re.compile(r"[\s\W]*(?:\(?[a-zA-Z]\)|\(?[ivxIVX]{1,4}[.)]|[A-Z][.)])?[\s\W]*")


_LOOSE_RUN = re.compile(r"(?<!\S)(?:\d{1,3}\.,?\s+)*\d{1,3}\.,(?:\s*\d{1,3}\.,?)*|(?<!\S)\d{1,3}\.,?\s*$")


_LONGEST_HEADING = 300


_LONGEST_QUOTE = 2500


_FEWEST_WORDS = 5


_QUOTE_OPENS = re.compile(r"[\s\W]*(?:\(?[a-zA-Z]\)|[ivxIVX]{1,4}[.)])?[\s\W]*")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, blanks cut off."""
    return [s for s in (p.strip() for p in SENTENCE.split(text)) if s]


def block_without_numbers(scan: Scan, span: Span, block: str, numbered: bool, following: Span | None) -> None:
    """A block without numbers of recommendations: a heading or introduction, or more of the answer before it."""
    if quote := _quote(scan, block):
        close_item(scan, span.start)
        begin = span.end - len(block)
        number = selectors.quoted(begin + quote[0], begin + quote[1])
        body = begin + quote[1]
        scan.item = Item((number,), begin + quote[0], body, False, scan.context, quote=True)
        return
    said = scan.wording.judge(ENUMERATOR.sub("", block, count=1), elliptic=True)
    repeats = len(unquoted(scan, block)) < len(block)
    if said and not repeats and len(block) <= _LONGEST_HEADING and _is_heading(scan, block, following):
        close_item(scan, span.start)
        scan.context = said
        scan.listed = block.rstrip().endswith((":", "：")) or bool(scan.wording.recommendation.search(block))
    elif numbered:
        close_item(scan, span.start)


def _quote(scan: Scan, block: str) -> tuple[int, int] | None:
    """Where a block repeats a recommendation without its number, up to the States that made it; None if it does not."""
    if scan.self_numbered or (scan.item and not scan.item.quote):
        return None
    rest = len(block) - len(unquoted(scan, block))
    opening = _QUOTE_OPENS.match(block)
    begin = opening.end() if opening else 0
    words = block[begin:rest].rstrip(' .,:;\n\t-–—"”»')
    return (begin, begin + len(words)) if len(words.split()) >= _FEWEST_WORDS else None


def _is_heading(scan: Scan, block: str, following: Span | None) -> bool:
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


def close_item(scan: Scan, end: int) -> None:
    """Ends the open item at `end` and files what the State says in it."""
    item, scan.item = scan.item, None
    if not item:
        return
    body = scan.text[item.body : end]
    numbers = item.numbers
    if item.open_end and (match := next(loose_numbers(body, numbers[-1]), None)):
        numbers += match
    words = re.sub(r"^[\W\d]+|[\W\d]+$", "", unquoted(scan, body)) and unquoted(scan, body).strip(
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


def loose_numbers(body: str, last: str) -> Iterator[tuple[str, ...]]:
    """Numbers of an item's list that a narrow column broke into the next line, among the words of the answer."""
    for match in _LOOSE_RUN.finditer(body):
        found = tuple(re.findall(r"\d{1,3}", match.group()))
        if found and int(found[0]) > int(last.rpartition(".")[2]):
            yield found


def _own_words(scan: Scan, words: str) -> Verdict:
    sentences = sentences_of(words)
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


def unquoted(scan: Scan, body: str) -> str:
    """The body without the recommendation that it repeats: all up to the recommending States in brackets."""
    cut = 0
    for match in re.finditer(r"[(\[（]([^()\[\]（）]{2,600})[)\]）]\W{0,3}", body[:_LONGEST_QUOTE]):
        if scan.recommenders(match.group(1)):
            cut = match.end()
    return body[cut:]
