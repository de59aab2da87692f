"""The OpenAPI contract holds under attack: no server error, no answer of another shape than the described one."""

import os
from collections.abc import Iterator

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi import checks

from assistant.ask import Assistant
from corpus.settings import Settings
from index.library import Library
from tests.ui.conftest import fill
from ui.app import create_app

# More for a thorough run by hand: CONTRACT_EXAMPLES=300 pytest tests/ui/test_contract.py
EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "6"))

HERE = {"Host": "127.0.0.1"}  # by another name the service is not this machine, and answers nobody

# Any string is of the right shape for a State; which strings name one is the service's to say: 400 with the nearest.
NOT_ASKED = [checks.positive_data_acceptance]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A service of its own: what is uploaded and removed here is missed nowhere."""
    chosen = Settings(home=tmp_path_factory.mktemp("attacked"), workers=1, starter=False, rate_limit=0)
    with Library.open(chosen) as library:
        fill(library)
        yield create_app(library, Assistant(library, chosen), chosen, pages=False)


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_operation_keeps_its_contract(attacked: FastAPI, mode: str) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", attacked, headers=HERE)
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        data = operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode))

        @settings(
            max_examples=EXAMPLES, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck), database=None,
        )  # fmt: skip
        @given(case=data)
        def attack(case: schemathesis.Case) -> None:
            # In a form every part is bytes: a file of any content is of the right shape.
            files = case.operation.path == "/api/documents" and case.operation.method == "post"
            case.call_and_validate(
                headers=HERE,
                excluded_checks=[*NOT_ASKED, *([checks.negative_data_rejection] if files else [])],
            )

        try:
            attack()
        except Unsatisfiable:
            continue  # an operation that takes nothing cannot be asked wrongly
        except Exception as error:
            error.add_note(f"{operation.method} {operation.path}")
            raise
        tried += 1
    assert tried >= 9
