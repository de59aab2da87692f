"""How exactly Working Group reports are read: numbers, positions and recommending States against people's reading.

The truth is `wg-reports-truth.csv` beside `wg-reports/`. It has slips of its own; each was looked at on its page and
is listed in `data/reading_slips.csv`, so that figures come raw and without them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus import states
from corpus.model import Document, Position, Recommendation
from corpus.parse import parse

TRUTH = "wg-reports-truth.csv"
REPORTS = "wg-reports"
_POSITIONS = {
    "support": (Position.SUPPORTED, False),
    "implemented": (Position.SUPPORTED, True),
    "consider": (Position.PENDING, False),
    "reject": (Position.NOTED, False),
    "noted": (Position.NOTED, False),
}
_NUMBER = re.compile(r"\s*(\d+)\.\s*(\d+)")
_OWN_NUMBER = re.compile(r"\s*[\d.]+\s+(\d+)\.(\d+)\.?\s")


@dataclass(slots=True)
class Expected:
    """What people read of one recommendation; a joined one is several lines of the truth."""

    positions: set[tuple[Position, bool]] = field(default_factory=set)
    states: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Tally:
    """Counts of a comparison, and every difference in words."""

    truth: int = 0
    found: int = 0
    both: int = 0
    positions: int = 0
    states_truth: int = 0
    states_found: int = 0
    states_both: int = 0
    states_equal: int = 0
    differences: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The metrics: shares in [0, 1]."""
        return {
            "recall": _share(self.both, self.truth),
            "precision": _share(self.both, self.found),
            "position": _share(self.positions, self.both),
            "states": _share(self.states_both, self.states_truth),
            "states_precision": _share(self.states_both, self.states_found),
            "states_exact": _share(self.states_equal, self.both),
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def truth(data_folder: Path) -> dict[str, dict[str, Expected]]:
    """What people read, by file and number ("64.1"); the parts of a joined recommendation are put together."""
    out: dict[str, dict[str, Expected]] = {}
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


def compare(
    data_folder: Path,
    names: Iterable[str] | None = None,
    read: Callable[[Path], Document] = parse,
) -> dict[str, object]:
    """Recall and precision of numbers, positions and States right, on the reports of `data_folder`.

    `names` limits it to some files. Without the truth's known slips at the top level, with them under `raw`;
    `differences` lists what remains, in words.
    """
    expected = truth(data_folder)
    chosen = sorted(expected) if names is None else sorted(set(names) & set(expected))
    raw, clean = Tally(), Tally()
    for name in chosen:
        found = {r.number: r for r in read(data_folder / REPORTS / name).recommendations}
        _count(raw, name, expected[name], found, slips=False)
        _count(clean, name, expected[name], found, slips=True)
    return {
        **clean.figures(),
        "reports": len(chosen),
        "recommendations": clean.truth,
        "raw": raw.figures(),
        "differences": clean.differences,
    }


def _count(
    tally: Tally,
    name: str,
    expected: Mapping[str, Expected],
    found: Mapping[str, Recommendation],
    *,
    slips: bool,
) -> None:
    wanted = {n for n in expected if not (slips and is_slip(name, n, ("extra",)))}
    got = {n for n in found if not (slips and is_slip(name, n, ("missing",)))}
    tally.truth += len(wanted)
    tally.found += len(got)
    tally.differences.extend(f"{name} {n}: not found" for n in sorted(wanted - got))
    tally.differences.extend(f"{name} {n}: not in the truth" for n in sorted(got - wanted))
    for number in sorted(wanted & got):
        tally.both += 1
        _count_one(
            tally,
            f"{name} {number}",
            expected[number],
            found[number],
            is_slip(name, number, ("states",)) and slips,
        )


def _count_one(tally: Tally, label: str, expected: Expected, found: Recommendation, known: bool) -> None:
    position = (found.position, found.implemented)
    tally.positions += expected.positions == {position}
    if expected.positions != {position}:
        tally.differences.append(f"{label}: read as {found.position}")
    right, read = expected.states, set(found.recommenders)
    if known:
        right = read
    tally.states_truth += len(right)
    tally.states_found += len(read)
    tally.states_both += len(right & read)
    tally.states_equal += right == read
    if right - read:
        tally.differences.append(f"{label}: without {', '.join(sorted(right - read))}")
    if read - right:
        tally.differences.append(f"{label}: also {', '.join(sorted(read - right))}")
