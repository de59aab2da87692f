"""The starter corpus printed as Working Group reports, so that reading can be measured without a real document.

The lists of recommendations of each digest are laid out as such reports lay them out: a masthead, a section of
conclusions, a paragraph that states the position, numbered recommendations with their States in brackets, page
breaks where the report has them. What was printed is known exactly, so every difference is an error of reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from corpus import starter, states
from corpus.model import Document, Language, Position
from corpus.starter.recommendations import Line, lines

_LEAD = {
    (Position.SUPPORTED, False): "The recommendations listed below enjoy the support of {state}:",
    (Position.SUPPORTED, True): "The following recommendations enjoy the support of {state}, which considers "
    "that they are already implemented or in the process of implementation:",
    (Position.NOTED, False): "The recommendations below did not enjoy the support of {state} and are noted:",
    (
        Position.PENDING,
        False,
    ): "The following recommendations will be examined by {state}, which will provide "
    "responses in due time, but no later than the next session of the Human Rights Council:",
}
# Of recommendations that an earlier list holds; the only later word on a list that the digests record.
_DONE = "{state} considers that recommendations {numbers} are already implemented or in the process of implementation."
_FIRST_PAGE = """United Nations

General Assembly

Human Rights Council

{symbol}

Distr.: General

Original: English

Report of the Working Group on the Universal Periodic Review

{state}
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed report: its file, the digest it was made from, and the lines that were printed."""

    path: Path
    document: Document
    lines: tuple[Line, ...]

    def position(self, line: Line) -> tuple[Position, bool]:
        """What the printed report says of a line: its paragraph's position, and whether all there are done."""
        own = [one for one in self.lines if one.paragraph == line.paragraph]
        return line.at_review, all(one.implemented for one in own)


def print_reports(folder: Path) -> list[Printed]:
    """Print every outcome of the starter corpus into `folder`, in reading order."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for source in starter.files():
        sheet = source.with_suffix(".csv")
        if sheet.exists():
            made.append(_print(starter.read(source), tuple(lines(sheet)), folder / f"{source.stem}.txt"))
    return made


def _print(document: Document, found: tuple[Line, ...], path: Path) -> Printed:
    printed = Printed(path, document, found)
    state = states.name(document.state or "", Language.ENGLISH)
    text = _FIRST_PAGE.format(symbol=document.symbol, state=state)
    page = 1
    text += _turned(page, found[0].page) + "\nII. Conclusions and/or recommendations\n"
    page = found[0].page
    for base, group in groupby(found, key=lambda line: line.number.partition(".")[0]):
        some = list(group)
        first = next((line for line in some if line.paragraph == base), some[0])
        said = printed.position(first)
        text += _turned(page, some[0].page) + f"\n{base}. {_LEAD[said].format(state=state)}\n"
        page = some[0].page
        for place, line in enumerate(some):
            text += _turned(page, line.page) + f"\n{_item(line, last=place == len(some) - 1)}\n"
            page = line.page
        done = [line for line in some if printed.position(line) != said]
        if done:
            numbers = ", ".join(line.number for line in done)
            text += f"\n{done[0].paragraph}. {_DONE.format(state=state, numbers=numbers)}\n"
    number = int(found[-1].paragraph) + 1
    text += (
        f"\n{number}. All conclusions and/or recommendations contained in the present report reflect the position "
        "of the submitting States and the State under review; they have no other endorsement.\n"
    )
    path.write_text(text, encoding="utf-8")
    return printed


def _item(line: Line, *, last: bool) -> str:
    by = ", ".join(states.name(code, Language.ENGLISH) for code in line.recommenders)
    return f"{line.number}. {line.digest.rstrip('.')} ({by}){'.' if last else ';'}"


def _turned(page: int, wanted: int) -> str:
    """The page breaks between two pages."""
    return "\f" * max(0, wanted - page)
