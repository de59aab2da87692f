"""The suites by name, and one run over those that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.util import find_spec

from eval import answering, rivals
from eval.building import Builder
from eval.context import Context, Measure
from eval.errors import EvaluationError
from eval.model import Report, SuiteResult, crashed, merged
from eval.reading import reading
from eval.report import environment
from eval.retrieval import retrieval
from eval.speed import speed
from eval.tags import tags

MEASURES = (
    Measure(reading, ("reading",)),
    Measure(retrieval, ("retrieval",)),
    Measure(tags, ("tags",)),
    Measure(answering.answering, answering.SUITES),
    Measure(speed, ("speed",)),
)
SUITES = tuple(suite for measure in MEASURES for suite in measure.suites)

FLOORED = tuple(suite for suite in SUITES if suite != "speed")
"""The suites that floors judge: the clock of a shared machine is no judge."""


def check(names: Sequence[str]) -> tuple[str, ...]:
    """The suites to run, all where none is named. Raises EvaluationError for one that is not known."""
    for name in names:
        if name not in SUITES:
            raise EvaluationError(f"{name!r} is no suite.", f"Known are {', '.join(SUITES)}.")
    return tuple(dict.fromkeys(names)) or SUITES


def run(context: Context, names: Sequence[str] = (), sizes: Sequence[int] = ()) -> Report:
    """Every suite that is named; one that cannot run is recorded as crashed, and the others go on.

    `sizes` are the numbers of recommendations that speed is measured at.
    """
    wanted = check(names)
    with closing(Builder(context.scratch, context.data, sizes if "speed" in wanted else ())) as builder:
        return _run(replace(context, builder=builder), wanted)


@contextmanager
def _one_thread_while(builder: Builder | None) -> Iterator[None]:
    """Numerical libraries on one thread where another core is building: two there take as long, and the builder's time.

    Nothing is timed then; `speed` waits for the builder first.
    """
    if builder is None or not builder.is_running or find_spec("threadpoolctl") is None:
        yield
        return
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=1):
        yield


def _run(context: Context, wanted: Sequence[str]) -> Report:
    where = environment()
    results: list[SuiteResult] = []
    for measure in MEASURES:
        own = [suite for suite in measure.suites if suite in wanted]
        if not own:
            continue
        context.say(f"{', '.join(own)} …")
        try:
            with _one_thread_while(None if "speed" in own else context.builder):
                found = measure.run(context)
        except Exception as error:  # noqa: BLE001  a crash is a result here, and is reported as one
            found = [crashed(suite, error) for suite in own]
        results += [one for one in found if one.suite in own]
    if context.baselines:
        where |= {f"settings of {rival.name}": rival.settings for rival in rivals.chosen(context)}
        where |= {f"note {i}": said for i, said in enumerate(rivals.skipped(), 1)}
    return Report(tuple(merged(results)), where)
