"""Reports of a fund in Spanish and Russian, in our own words and the layout of the real one, asked about their money."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.ask import Assistant
from corpus.model import Kind
from corpus.settings import Settings
from index.library import Library

REPORTS = Path(__file__).parent / "fund"


@pytest.fixture(scope="module", params=["es", "ru"])
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over one report only, in the parameter's language."""
    settings = Settings(home=tmp_path_factory.mktemp(request.param), starter=False)
    library = Library.open(settings)
    [added] = library.add([REPORTS / f"report.{request.param}.txt"])
    assert not added.error
    yield Assistant(library, settings)
    library.close()


def test_the_kind_and_every_amount(reader: Assistant) -> None:
    library = reader._library
    [document] = library.documents()
    amounts = library.amounts()
    assert document.kind is Kind.FUND_REPORT
    donors = [one for one in amounts if one.state and not one.is_total and one.table.endswith("2019 года")]
    donors = donors or [one for one in amounts if one.state and not one.is_total and " 2 " in one.table]
    assert {(one.state, one.period, int(one.value)) for one in donors} == {
        ("DEU", "2016-2017", 210_500), ("NOR", "2016-2017", 430_000), ("GBR", "2016-2017", 12_000),
        ("SAU", "2018", 60_000), ("NOR", "2018", 300_120),
        ("DEU", "2019", 120_340), ("RUS", "2019", 190_000), ("QAT", "2019", 15_000),
    }  # fmt: skip
    assert min(one.value for one in amounts) == -3_120
    assert [(one.state, int(one.value)) for one in amounts if one.unpaid] == [("QAT", 15_000)]


QUESTIONS = [
    ("¿Cuánto aportó Alemania en 2019?", 120_340),
    ("¿Cuánto ha dado Noruega en total al Fondo?", 730_120),
    ("¿Quién es el mayor donante del Fondo?", 730_120),
    ("¿Cuál fue el total de gastos en 2019?", 166_939),
    ("¿Cuánto se gastó en consultores?", 22_410),
    ("¿Cuál era el saldo del Fondo al 31 de diciembre de 2019?", 2_588_288),
    ("¿Qué promesa sigue sin pagar?", 15_000),
    ("¿Cuánto se perdió por el tipo de cambio en 2019?", -3_120),
    ("Сколько внесла Германия в 2019 году?", 120_340),
    ("Сколько всего внесла Норвегия в Фонд?", 730_120),
    ("Кто крупнейший донор Фонда?", 730_120),
    ("Какова общая сумма расходов в 2019 году?", 166_939),
    ("Сколько потрачено на консультантов?", 22_410),
    ("Каков остаток Фонда на 31 декабря 2019 года?", 2_588_288),
    ("Какой взнос остался невыплаченным?", 15_000),
    ("Сколько составили курсовые потери в 2019 году?", -3_120),
]


@pytest.mark.parametrize(("question", "value"), QUESTIONS)
def test_the_figure_leads_whatever_the_languages_of_report_and_question(
    reader: Assistant, question: str, value: int
) -> None:
    answer = reader.ask(question)
    assert not answer.abstained, answer.answer
    assert answer.figures[0].value == Decimal(value), answer.answer
    assert answer.citations
