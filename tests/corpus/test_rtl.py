"""Arabic in drawn order is turned, Arabic in reading order is left alone."""

import pytest

from corpus.load.rtl import is_drawn, reading_order

READ = [
    "118- نظرت الدولة في التوصيات الواردة أدناه (فرنسا)",
    "وهي تحظى بتأييد الحكومة المعنية في هذه المسألة",
    "النظر في الانضمام إلى المعاهدات الدولية المتعلقة بالحماية",
]
DRAWN = [
    "(اسنرف) هاندأ ةدراولا تايصوتلا يف ةلودلا ترظن -118",
    "ةلأسملا هذه يف ةينعملا ةموكحلا دييأتب ىظحت يهو",
    "ةيامحلاب ةقلعتملا ةيلودلا تادهاعملا ىلإ مامضنلاا يف رظنلا",
]


def test_the_order_is_told_from_articles_and_endings():
    assert is_drawn(DRAWN)
    assert not is_drawn(READ)
    assert not is_drawn(["No Arabic at all"] * 9)


@pytest.mark.parametrize(("drawn", "read"), list(zip(DRAWN[:2], READ[:2], strict=True)))
def test_a_drawn_line_is_turned_and_figures_keep_their_order(drawn, read):
    assert reading_order(drawn) == read


def test_lines_without_arabic_stay():
    assert reading_order("A/HRC/26/16 (Egypt)") == "A/HRC/26/16 (Egypt)"
