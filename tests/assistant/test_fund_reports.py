"""Questions of money asked of a fund report in another language: Arabic, French and English, of the same figures."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.ask import Assistant
from corpus.settings import Settings
from index.library import Library

FUNDS = Path(__file__).parents[1] / "corpus" / "funds"


@pytest.fixture(scope="module", params=["ar", "fr", "en"])
def fund(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    library = Library.open(Settings(home=tmp_path_factory.mktemp(request.param), starter=False))
    assert [one.status for one in library.add([FUNDS / f"{request.param}.txt"])] == ["added"]
    yield Assistant(library)
    library.close()


ASKED = [
    ("كم بلغ مجموع تبرعات ألمانيا؟", "180000"),
    ("من أكبر مانح للصندوق؟", "450900"),
    ("كم تبرعت النرويج في عام ٢٠٢١؟", "200400"),
    ("ما مجموع نفقات الصندوق في ٢٠٢١؟", "160000"),
    ("أي دولة لم تدفع تعهدها وكم قيمته؟", "8000"),
    ("كم كانت خسائر أسعار الصرف؟", "-2150"),
    ("كم تبرعت النرويج حتى نهاية ٢٠٢٠؟", "250500"),
    ("ما الفرق بين تبرعات ألمانيا والنرويج؟", "270900"),
    ("德国一共捐了多少钱？", "180000"),
    ("截至2021年底基金结余是多少？", "1070000"),
    ("哪笔认捐还没交？", "8000"),
    ("工作人员费用占总支出的百分之几？", "56.2"),
    ("2018-2019两年期捐款合计多少？", "235000"),
    ("挪威2020年和2021年的捐款相差多少？", "50100"),
    ("How many States contributed?", "6"),
    ("What was the loss on exchange?", "-2150"),
]


@pytest.mark.parametrize(("question", "value"), ASKED, ids=[row[0] for row in ASKED])
def test_the_figure_leads_whatever_the_languages(fund: Assistant, question: str, value: str) -> None:
    answer = fund.ask(question)
    assert not answer.abstained
    assert answer.figures[0].value == Decimal(value)
    assert answer.citations
