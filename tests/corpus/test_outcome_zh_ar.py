"""Short reports of the Working Group in Chinese and Arabic, in our own words: what each lead says of the list below it.

Arabic words its verbs by the gender of the State: masculine here, feminine elsewhere.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Position
from corpus.parse import parse

FACE = {
    "ar": "الأمم المتحدة\nA/HRC/55/9\nالجمعية العامة\nDistr.: General\n٥ كانون الثاني/يناير ٢٠٢٤\nمجلس حقوق الإنسان\nالدورة الخامسة والخمسون\n"
    "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل\nالأردن\n\nثانيا - الاستنتاجات و/أو التوصيات\n",
    "zh": "联合国\nA/HRC/55/9\n大会\nDistr.: General\n5 January 2024\n人权理事会\n第五十五届会议\n普遍定期审议工作组报告\n约旦\n\n二. 结论和/或建议\n",
}
LIST = {
    "ar": "١٣٦-١ تدريب القضاة كل سنة (مصر)؛\n١٣٦-٢ نشر القوانين بلغة سهلة (فرنسا) (ألمانيا)؛\n",
    "zh": "136.1 每年培训法官(埃及)；\n136.2 用通俗语言公布法律(法国)(德国)；\n",
}
LEADS = [
    ("ar", "١٣٦- نظر الأردن في التوصيات الواردة أدناه وهي تحظى بتأييده:", Position.SUPPORTED),
    ("ar", "١٣٦- نظر الأردن في التوصيات الواردة أدناه وقبلها:", Position.SUPPORTED),
    ("ar", "١٣٦- نظر الأردن في التوصيات الواردة أدناه وأحاط علما بها:", Position.NOTED),
    ("ar", "١٣٦- نظر الأردن في التوصيات الواردة أدناه ولم يؤيدها:", Position.NOTED),
    ("ar", "١٣٦- سينظر الأردن في التوصيات التالية ويرد عليها لاحقا:", Position.PENDING),
    ("zh", "136. 约旦审议了下列建议，并表示支持：", Position.SUPPORTED),
    ("zh", "136. 下列建议得到约旦的支持：", Position.SUPPORTED),
    ("zh", "136. 约旦审议了下列建议，并注意到这些建议：", Position.NOTED),
    ("zh", "136. 约旦审议了下列建议，但不能予以支持：", Position.NOTED),
    ("zh", "136. 约旦将审议下列建议，并将在适当时候作出答复：", Position.PENDING),
]


@pytest.mark.parametrize(("language", "lead", "position"), LEADS, ids=[row[1] for row in LEADS])
def test_the_lead_gives_the_position(
    make_text: Callable[[str], Path], language: str, lead: str, position: Position
) -> None:
    document = parse(make_text(f"{FACE[language]}{lead}\n{LIST[language]}"))
    assert (document.state, str(document.language)) == ("JOR", language)
    assert [(row.number, row.recommenders, row.position) for row in document.recommendations] == [
        ("136.1", ("EGY",), position),
        ("136.2", ("FRA", "DEU"), position),
    ]
