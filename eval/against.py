"""Two reports compared: gains and losses case by case, and figures that left their interval."""

from __future__ import annotations

from dataclasses import dataclass

from eval.model import CaseResult, Report


@dataclass(frozen=True, slots=True)
class Change:
    """One case whose score changed between two reports."""

    suite: str
    system: str
    case: str
    metric: str
    before: float | bool | str
    after: float | bool | str
    reason: str

    @property
    def gain(self) -> float:
        """How much more the case scores now; 0 for labels."""
        if isinstance(self.before, str) or isinstance(self.after, str):
            return 0.0
        return float(self.after) - float(self.before)


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure outside the interval of the earlier report."""

    suite: str
    system: str
    metric: str
    before: float
    low: float | None
    high: float | None
    after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: losses first, then gains; and how many figures were compared at all."""

    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]
    compared: int

    def lines(self) -> list[str]:
        """The comparison in words."""
        losses = [one for one in self.changes if one.gain < 0]
        gains = [one for one in self.changes if one.gain > 0]
        others = [one for one in self.changes if one.gain == 0]
        said = [f"{len(losses)} losses, {len(gains)} gains, {len(others)} other changes, case by case"]
        for title, some in (("lost", losses), ("gained", gains), ("changed", others)):
            said += [
                f"{title}: {c.suite} ({c.system}) {c.case} {c.metric}: {c.before} -> {c.after} {c.reason}".rstrip()
                for c in some
            ]
        said.append(f"{len(self.moved)} of {self.compared} figures left their earlier interval")
        said += [
            f"moved: {m.suite} ({m.system}) {m.metric}: {m.before:.4g}"
            f"{f' ({m.low:.4g}-{m.high:.4g})' if m.low is not None and m.high is not None else ''} -> {m.after:.4g}"
            for m in self.moved
        ]
        return said


def compare(before: Report, after: Report) -> Comparison:
    """Every case and figure that both reports have."""
    changes: list[Change] = []
    moved: list[Moved] = []
    compared = 0
    for now in after.results:
        then = before.of(now.suite, now.system)
        if then is None:
            continue
        known = {case.id: case for case in then.cases}
        for case in now.cases:
            changes += _changed(now.suite, now.system, known.get(case.id), case)
        for name, metric in now.metrics.items():
            old = then.metrics.get(name)
            if old is None:
                continue
            compared += 1
            if not old.holds(metric.value):
                moved.append(Moved(now.suite, now.system, name, old.value, old.low, old.high, metric.value))
    changes.sort(key=lambda c: (c.gain, c.suite, c.system, c.case, c.metric))
    return Comparison(tuple(changes), tuple(moved), compared)


def _changed(suite: str, system: str, earlier: CaseResult | None, case: CaseResult) -> list[Change]:
    if earlier is None:
        return []
    found = []
    if case.error and not earlier.error:
        found.append(Change(suite, system, case.id, "ran", True, False, case.error))
    for name, score in case.scores.items():
        old = earlier.scores.get(name)
        if old is not None and old.value != score.value:
            found.append(Change(suite, system, case.id, name, old.value, score.value, score.reason))
    return found
