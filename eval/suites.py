"""The suites by name, in the order they run."""

from __future__ import annotations

from eval.answering import abstention, answers, citations
from eval.context import Context, SuiteFunction
from eval.errors import EvaluationError
from eval.model import Metric, SuiteResult
from eval.reading import compare, truth
from eval.retrieval import retrieval
from eval.speed import speed
from eval.tags import RIVALS, agreement
from eval.tags import measure as measure_tags

_FAST_STRIDE = 12  # every twelfth report


def reading(context: Context) -> list[SuiteResult]:
    """Numbers, positions and recommending States of Working Group reports against people's reading."""
    if context.data is None:
        return []
    names = sorted(truth(context.data))[::_FAST_STRIDE] if context.fast else None
    found = compare(context.data, names)
    raw = found["raw"]
    if not isinstance(raw, dict):
        raise EvaluationError("The comparison gives no raw figures.", "See eval.reading.compare.")
    metrics = {name: Metric(float(str(found[name]))) for name in raw}
    metrics |= {f"{name}/slips_counted": Metric(float(value)) for name, value in raw.items()}
    return [SuiteResult("reading", metrics)]


def tags(context: Context) -> list[SuiteResult]:
    """Themes, action, SDGs and agreement over languages; training is repeated where a figure needs it."""
    if context.fast or context.data is None:
        return [SuiteResult("tags", {name: Metric(value) for name, value in agreement().items()})]
    found = measure_tags(context.data)
    rivals = [
        SuiteResult("tags", {metric: Metric(figure, note="published or reported, not run here")}, system=name)
        for metric, others in RIVALS.items()
        for name, figure in others.items()
    ]
    ours = SuiteResult("tags", {name: Metric(value) for name, value in found.items()})
    return [ours, *(rivals if context.baselines else ())]


SUITES: dict[str, SuiteFunction] = {
    "reading": reading,
    "retrieval": retrieval,
    "tags": tags,
    "answers": answers,
    "citations": citations,
    "abstention": abstention,
    "speed": speed,
}
