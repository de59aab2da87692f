"""Tables of money: every row, its sign, its period and its State."""

import io
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Amount
from corpus.money import amounts, currency, period, read
from corpus.parse import draft


def _of(path: Path) -> tuple[Amount, ...]:
    made = draft(path)
    found = amounts(made)
    for amount in found:
        assert 0 <= amount.start < amount.end <= len(made.text)
        assert amount.row[:12] in made.text[amount.start : amount.end] or " " in amount.row
    return found


ENGLISH = """I. Finances

1. The fund's income and expenditure are shown below in the tables of this report.

Table 1
Statement of income and expenditure, 2031
(United States dollars)

Income
Contributions received 1 250 400
Pledge of Norway (not yet paid) 20 000
Exchange loss (3 450)
Staff costs —
Total income 1 266 950

Table 2
Contributions since 2028
(United States dollars)

Donor Contribution
2028-2029 biennium
Germany 100 000
Republic of Korea 45 500
2030
Germany 12 000
Total 157 500

2. After the tables the report goes on with a paragraph that is long enough to be one.
"""


def test_a_table_in_text_gives_every_row(make_text):
    found = _of(make_text(ENGLISH))
    first = [a for a in found if a.paragraph == "Table 1"]
    assert [(a.row, a.value) for a in first] == [
        ("Contributions received", Decimal(1250400)),
        ("Pledge of Norway (not yet paid)", Decimal(20000)),
        ("Exchange loss", Decimal(-3450)),
        ("Staff costs", Decimal(0)),
        ("Total income", Decimal(1266950)),
    ]
    assert [a.row for a in first if a.unpaid] == ["Pledge of Norway (not yet paid)"]
    assert [a.row for a in found if a.is_total] == ["Total income", "Total"]
    assert {a.currency for a in found} == {"USD"}
    assert {a.period for a in first} == {"2031"}


def test_periods_come_from_sub_headings_and_a_grand_total_has_none(make_text):
    found = [a for a in _of(make_text(ENGLISH)) if a.paragraph == "Table 2"]
    assert [(a.row, a.state, a.period, int(a.value)) for a in found] == [
        ("Germany", "DEU", "2028-2029", 100000),
        ("Republic of Korea", "KOR", "2028-2029", 45500),
        ("Germany", "DEU", "2030", 12000),
        ("Total", None, None, 157500),
    ]


def test_columns_of_a_word_table_are_periods(tmp_path):
    document = docx.Document()
    document.add_paragraph("Table 3")
    document.add_paragraph("Dépenses (en milliers d'euros)")
    rows = [
        ("Rubrique", "2030", "2031", "Total"),
        ("Personnel", "1 200,5", "—", "1 200,5"),
        ("Voyages", "(30)", "45", "15"),
    ]
    table = document.add_table(rows=3, cols=4)
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    path = tmp_path / "x.docx"
    path.write_bytes(out.getvalue())
    found = _of(path)
    assert [(a.row, a.period, a.value, a.is_total) for a in found] == [
        ("Personnel", "2030", Decimal(1200500), False),
        ("Personnel", "2031", Decimal(0), False),
        ("Personnel", "Total", Decimal(1200500), True),
        ("Voyages", "2030", Decimal(-30000), False),
        ("Voyages", "2031", Decimal(45000), False),
        ("Voyages", "Total", Decimal(15000), True),
    ]
    assert {(a.currency, a.paragraph) for a in found} == {("EUR", "Table 3")}


def test_an_html_table_and_its_caption(make_text):
    page = (
        "<html><body><table><caption>Contributions (in Swiss francs)</caption><tr><th>Donor</th><th>Amount</th></tr>"
        "<tr><td>Japan</td><td>1,500.25</td></tr><tr><td>Total</td><td>1,500.25</td></tr></table></body></html>"
    )
    found = _of(make_text(page, "x.html"))
    assert [(a.row, a.state, a.value, a.currency, a.is_total) for a in found] == [
        ("Japan", "JPN", Decimal("1500.25"), "CHF", False),
        ("Total", None, Decimal("1500.25"), "CHF", True),
    ]


def test_a_printed_table(make_pdf):
    rows = [("Salaries", "77 333"), ("Travel of staff", "—"), ("Losses", "(4 506)"), ("Total", "72 827")]
    page = [
        (100, 740, "Table 1", 10),
        (100, 724, "Expenditure in 2030", 10, "B"),
        (100, 708, "(US dollars)", 10, "I"),
    ]
    for number, (label, value) in enumerate(rows):
        page += [(100, 690 - 14 * number, label, 10), (400, 690 - 14 * number, value, 10)]
    found = _of(make_pdf(page))
    assert [(a.row, int(a.value), a.page) for a in found] == [
        ("Salaries", 77333, 1), ("Travel of staff", 0, 1), ("Losses", -4506, 1), ("Total", 72827, 1),
    ]  # fmt: skip


def test_figures_without_a_currency_are_no_money(make_text):
    assert _of(make_text(ENGLISH.replace("(United States dollars)", "(number of persons)"))) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(United States dollars)", "USD"),
        ("(en dollars des États-Unis)", "USD"),
        ("(en dólares de los Estados Unidos)", "USD"),
        ("(в долл. США)", "USD"),
        ("(美元)", "USD"),
        ("(بدولارات الولايات المتحدة)", "USD"),
        ("in euros", "EUR"),
        ("Canadian dollars", "CAD"),
        ("Number of persons", None),
    ],
)
def test_currencies_in_six_languages(text, code):
    assert currency(text) == code


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2008-2009 两年期", "2008-2009"),
        ("Biennium 2016–17", "2016-2017"),
        ("Exercice 2018", "2018"),
        ("1 January 2018 to 31 December 2018", "2018"),
        ("between 2016 and 2018", None),
        ("no year", None),
    ],
)
def test_periods_are_years(text, years):
    assert period(text) == years


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=9), st.integers(1, 10**9)
        ),
        min_size=3,
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_figure_of_a_table_comes_back(tmp_path_factory, rows):
    printed = "\n".join(f"{label.capitalize()}x {value:,}".replace(",", " ") for label, value in rows)
    path = tmp_path_factory.mktemp("money") / "t.txt"
    path.write_text(f"Table 1\nIncome\n(euros)\n\n{printed}\n", encoding="utf-8")
    assert [int(a.value) for a in amounts(draft(path))] == [value for _, value in rows]


@pytest.mark.realdata
def test_both_tables_of_the_fund_report(data_folder: Path):
    found = read(draft(next((data_folder / "fund-report").glob("*.txt"))))
    assert any("6,211,758" in problem for problem in found.problems)
    found = found.amounts
    first, second = (tuple(a for a in found if a.paragraph == f"表 {n}") for n in (1, 2))
    assert len(first) == 20
    costs = {a.row: int(a.value) for a in first}
    parts = [row.value for row in first[5:14]]
    assert sum(parts) == costs["总支出"] == 222828
    assert costs["汇兑损益"] == -4506
    assert {(a.state, int(a.value)) for a in first if a.unpaid} == {("SGP", 5000), ("SGP", -5000)}
    donors = [a for a in second if not a.is_total]
    # The document's own rows add up to 600 more than the total it prints.
    assert (sum(a.value for a in donors), second[-1].value) == (6211758, 6211158)
    assert second[-1].period is None
    assert all(a.state for a in donors)
    assert {a.period for a in donors} == {
        "2008-2009",
        "2010-2011",
        "2012-2013",
        "2014-2015",
        "2016-2017",
        "2018",
    }
