"""Fund reports in the layout of the real ones, in our own words: kind, paragraphs and both tables, by language.

The three say the same, the Arabic one with Arabic-Indic digits.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.model import Kind, Language
from corpus.parse import parse

FUNDS = Path(__file__).parent / "funds"
LANGUAGES = [Language.ARABIC, Language.FRENCH, Language.ENGLISH]
GIVEN = [
    ("DEU", "2018-2019", 120000),
    ("SAU", "2018-2019", 75000),
    ("KOR", "2018-2019", 40000),
    ("DEU", "2020", 60000),
    ("NOR", "2020", 250500),
    ("NOR", "2021", 200400),
    ("OMN", "2021", 8000),
    ("GBR", "2021", 112000),
    (None, None, 865900),
]
STATED = [
    312400, -2150, 8000, 11750, 330000, 90000, 0, 21500, 10500, 18000, 20000, 160000, 170000, 900000, 1070000,
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_a_fund_report_is_known_by_its_title(language: Language) -> None:
    document = parse(FUNDS / f"{language}.txt")
    assert (document.kind, document.language, document.symbol) == (Kind.FUND_REPORT, language, "A/HRC/50/88")
    numbers = [paragraph.number for paragraph in document.paragraphs]
    assert {"1", "2", "3", "4", "5", "6", "7"} <= set(numbers)
    assert len([number for number in numbers if number and number.startswith("5 (")]) == 5


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_donors_have_their_state_and_period(language: Language) -> None:
    amounts = parse(FUNDS / f"{language}.txt").amounts
    donors = [amount for amount in amounts if amount.paragraph and amount.paragraph.endswith("2")]
    assert [(one.state, one.period, int(one.value)) for one in donors] == GIVEN
    assert [one.is_total for one in donors] == [False] * 8 + [True]


@pytest.mark.parametrize("language", LANGUAGES, ids=str)
def test_the_statement_has_its_signs_and_what_is_unpaid(language: Language) -> None:
    amounts = parse(FUNDS / f"{language}.txt").amounts
    stated = [amount for amount in amounts if amount.paragraph and amount.paragraph.endswith("1")]
    assert [one.value for one in stated] == [Decimal(value) for value in STATED]
    assert [(one.state, int(one.value)) for one in stated if one.unpaid] == [("OMN", 8000)]
    assert {one.period for one in stated} == {"2021"}
    assert {one.currency for one in amounts} == {"USD"}
