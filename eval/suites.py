"""The suites by name, in the order they run."""

from __future__ import annotations

from eval.context import Context, SuiteFunction
from eval.errors import EvaluationError
from eval.model import Metric, SuiteResult
from eval.reading import compare, truth
from eval.retrieval import retrieval
from eval.speed import speed

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


SUITES: dict[str, SuiteFunction] = {
    "reading": reading,
    "retrieval": retrieval,
    "speed": speed,
}
