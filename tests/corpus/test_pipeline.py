"""The steps of reading import one way: a step knows those before it, never those after it."""

import ast
from pathlib import Path

import pytest

CORPUS = Path(__file__).parents[2] / "corpus"
STEPS = ("load", "layout", "identity", "outcome", "positions", "matrix", "money", "merge")


def _steps_imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "corpus":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("corpus."):
            found.add((node.module or "").split(".")[1])
    return found & set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_imports_only_earlier_steps(step: str) -> None:
    files = list((CORPUS / step).rglob("*.py")) or [CORPUS / f"{step}.py"]
    allowed = set(STEPS[: STEPS.index(step) + 1])
    for path in files:
        assert _steps_imported(path) <= allowed, f"{path.relative_to(CORPUS)} imports a later step"
