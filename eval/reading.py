"""How exactly Working Group reports are read: numbers, positions, recommending States, pages, paragraph numbers.

On real reports the truth is people's reading, `wg-reports-truth.csv` beside `wg-reports/`. It has slips of its own;
each was looked at on its page and is listed in `data/reading_slips.csv`, so that figures come raw and without them.
On the starter corpus the truth is what was printed (`eval.printed`).
Pages and paragraph numbers are compared with the file's own pages, as the PDF library gives their text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus import states
from corpus.model import Document, Paragraph, Position, Recommendation
from corpus.parse import parse
from eval.context import Context
from eval.model import Case, Evaluator, Score, Suite, SuiteResult
from eval.pages import is_on_page, pages_of
from eval.printed import Printed, print_reports

TRUTH = "wg-reports-truth.csv"
REPORTS = "wg-reports"
_FAST_STRIDE = 12  # every twelfth report
_POSITIONS = {
    "support": (Position.SUPPORTED, False),
    "implemented": (Position.SUPPORTED, True),
    "consider": (Position.PENDING, False),
    "reject": (Position.NOTED, False),
    "noted": (Position.NOTED, False),
}
_NUMBER = re.compile(r"\s*(\d+)\.\s*(\d+)")
_OWN_NUMBER = re.compile(r"\s*[\d.]+\s+(\d+)\.(\d+)\.?\s")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(slots=True)
class Expected:
    """What people read of one recommendation; a joined one is several lines of the truth."""

    positions: set[tuple[Position, bool]] = field(default_factory=set)
    states: set[str] = field(default_factory=set)


Truth = dict[str, Expected]
"""A report's recommendations by number ("64.1")."""
ReportCase = Case[Path, Truth]


def truth(data_folder: Path) -> dict[str, Truth]:
    """What people read, by file and number; the parts of a joined recommendation are put together."""
    out: dict[str, Truth] = {}
    with (data_folder / TRUTH).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            number = _number(row["text"])
            if number is None:
                continue
            expected = out.setdefault(row["file"], {}).setdefault(number, Expected())
            expected.positions.add(_POSITIONS[row["position_at_review"]])
            code = states.resolve(row["recommending_state"])
            if code:
                expected.states.add(code)
    return out


def _number(text: str) -> str | None:
    """The number that a line of the truth begins with; "108.91.1 108.92 …" is 108.92."""
    match = _NUMBER.match(text)
    if match is None:
        return None
    own = _OWN_NUMBER.match(text)
    if own and own.group(1) == match.group(1):
        match = own
    return f"{match.group(1)}.{int(match.group(2))}"


def printed_truth(printed: Printed) -> Truth:
    """What was printed, by number."""
    return {line.number: Expected({printed.position(line)}, set(line.recommenders)) for line in printed.lines}


@cache
def _slips() -> tuple[tuple[str, str, str], ...]:
    with files("eval").joinpath("data", "reading_slips.csv").open(encoding="utf-8") as file:
        return tuple((row["file"], row["number"], row["kind"]) for row in csv.DictReader(file))


def is_slip(file: str, number: str, kinds: Iterable[str]) -> bool:
    """True where the truth is known to be wrong about this number, in one of these kinds."""
    wanted = {*kinds, "numbers"}
    return any(
        name == file and kind in wanted and _covers(pattern, number) for name, pattern, kind in _slips()
    )


def _covers(pattern: str, number: str) -> bool:
    if pattern.endswith(".*"):
        return number.startswith(pattern[:-1])
    first, _, last = pattern.partition("-")
    if not last:
        return number == first
    base, _, place = number.rpartition(".")
    low, high = first.rpartition("."), last.rpartition(".")
    return base == low[0] and int(low[2]) <= int(place) <= int(high[2])


@dataclass(frozen=True, slots=True)
class Compared:
    """A report's recommendations beside the truth's; `slips` leaves out what the truth is known to have wrong."""

    case: ReportCase
    found: dict[str, Recommendation]
    wanted: frozenset[str]
    got: frozenset[str]
    slips: bool

    @classmethod
    def of(cls, case: ReportCase, document: Document, *, slips: bool) -> Compared:
        """Compare a document with the truth."""
        found = {r.number: r for r in document.recommendations}
        wanted = frozenset(n for n in case.expected if not (slips and is_slip(case.id, n, ("extra",))))
        got = frozenset(n for n in found if not (slips and is_slip(case.id, n, ("missing",))))
        return cls(case, found, wanted, got, slips)

    @property
    def both(self) -> list[str]:
        """Numbers that both have."""
        return sorted(self.wanted & self.got)

    def states(self, number: str) -> tuple[set[str], set[str]]:
        """The truth's recommending States of a number, and those that were read."""
        read = set(self.found[number].recommenders)
        known = self.slips and is_slip(self.case.id, number, ("states",))
        return (read if known else self.case.expected[number].states), read

    def position_right(self, number: str) -> bool:
        """Whether the position was read as people read it."""
        found = self.found[number]
        return self.case.expected[number].positions == {(found.position, found.implemented)}


def _share(right: int, whole: int, wrong: Iterable[str]) -> Score | None:
    if not whole:
        return None
    return Score(right / whole, ", ".join(list(wrong)[:6]), weight=whole)


def _recall(one: Compared) -> Score | None:
    return _share(len(one.both), len(one.wanted), sorted(one.wanted - one.got))


def _precision(one: Compared) -> Score | None:
    return _share(len(one.both), len(one.got), sorted(one.got - one.wanted))


def _position(one: Compared) -> Score | None:
    wrong = [f"{n} read as {one.found[n].position}" for n in one.both if not one.position_right(n)]
    return _share(len(one.both) - len(wrong), len(one.both), wrong)


def _states(one: Compared) -> Score | None:
    pairs = {n: one.states(n) for n in one.both}
    wrong = [f"{n} without {','.join(sorted(a - b))}" for n, (a, b) in pairs.items() if a - b]
    return _share(sum(len(a & b) for a, b in pairs.values()), sum(len(a) for a, _ in pairs.values()), wrong)


def _states_precision(one: Compared) -> Score | None:
    pairs = {n: one.states(n) for n in one.both}
    wrong = [f"{n} also {','.join(sorted(b - a))}" for n, (a, b) in pairs.items() if b - a]
    return _share(sum(len(a & b) for a, b in pairs.values()), sum(len(b) for _, b in pairs.values()), wrong)


def _states_exact(one: Compared) -> Score | None:
    wrong = [n for n in one.both if len(set(map(frozenset, one.states(n)))) > 1]
    return _share(len(one.both) - len(wrong), len(one.both), wrong)


_JUDGES: dict[str, Callable[[Compared], Score | None]] = {
    "recall": _recall,
    "precision": _precision,
    "position": _position,
    "states": _states,
    "states_precision": _states_precision,
    "states_exact": _states_exact,
}


def _judging(
    name: str, judge: Callable[[Compared], Score | None], *, slips: bool
) -> Evaluator[Path, Truth, Document]:
    return Evaluator(name, lambda case, document: judge(Compared.of(case, document, slips=slips)))


def _pages(case: ReportCase, document: Document) -> Score | None:
    """Whether each recommendation begins on the page that is given for it."""
    pages = pages_of(case.given)
    asked = [r for r in document.recommendations if r.page]
    wrong = [r.number for r in asked if not is_on_page(pages, r.page, r.text)]
    return _share(len(asked) - len(wrong), len(asked), wrong)


def _paragraph_numbers(case: ReportCase, document: Document) -> Score | None:
    """Whether each numbered paragraph's number stands before its text, on the page that is given for it.

    Items of a list are "89.1" or only "1." in print.
    """
    pages = pages_of(case.given)
    asked = [p for p in document.paragraphs if p.number and p.page and _PLAIN_NUMBER.fullmatch(p.number)]

    def printed(one: Paragraph) -> bool:
        number = str(one.number)
        ways = [number, number.rpartition(".")[2]]
        text = one.text.removeprefix(number)
        return any(is_on_page(pages, one.page, f"{way} {text}") for way in ways)

    wrong = [str(p.number) for p in asked if not printed(p)]
    return _share(len(asked) - len(wrong), len(asked), wrong)


EVALUATORS: tuple[Evaluator[Path, Truth, Document], ...] = (
    *(_judging(name, judge, slips=True) for name, judge in _JUDGES.items()),
    *(_judging(f"{name}/slips_counted", judge, slips=False) for name, judge in _JUDGES.items()),
    Evaluator("page", _pages),
    Evaluator("paragraph_number", _paragraph_numbers),
)


def measure(
    cases: Iterable[ReportCase], read: Callable[[Path], Document] | None = None, suite: str = "reading"
) -> SuiteResult:
    """Every figure of reading these reports; `read` is the reader, ours by default."""
    reader = read or parse
    return Suite(suite, list(cases), lambda case: reader(case.given), EVALUATORS).run()


def real_cases(data_folder: Path, names: Iterable[str] | None = None) -> list[ReportCase]:
    """The reports of the data folder that people read, or those of them that are named."""
    expected = truth(data_folder)
    chosen = sorted(expected) if names is None else sorted(set(names) & set(expected))
    return [Case(name, data_folder / REPORTS / name, expected[name]) for name in chosen]


def printed_cases(folder: Path) -> list[ReportCase]:
    """The starter corpus printed as reports into `folder`."""
    return [Case(one.path.name, one.path, printed_truth(one)) for one in print_reports(folder)]


def reading(context: Context) -> list[SuiteResult]:
    """Real reports where there is a data folder, else the starter corpus printed as reports."""
    if context.data is not None and (context.data / TRUTH).is_file():
        cases = real_cases(context.data)
        return [measure(cases[::_FAST_STRIDE] if context.fast else cases)]
    return [measure(printed_cases(context.scratch / "printed"))]
