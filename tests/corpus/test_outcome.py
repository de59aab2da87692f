"""Working Group reports: every layout of lists and every wording of positions, in examples of our own wording."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import outcome
from corpus.draft import Draft, Identity, Reading
from corpus.layout import normalise
from corpus.layout.paragraphs import paragraphs
from corpus.load import from_bytes
from corpus.model import Kind, Language, Position

S, N, P, H = Position.SUPPORTED, Position.NOTED, Position.PENDING, Position.PARTIALLY_SUPPORTED

OPENING = {
    "en": "II. Conclusions and/or recommendations",
    "fr": "II. Conclusions et/ou recommandations",
    "es": "II. Conclusiones y/o recomendaciones",
    "ru": "II. Выводы и/или рекомендации",
    "zh": "二、结论和/或建议",
    "ar": "ثانيا - الاستنتاجات و/أو التوصيات",
}
CLOSING = {
    "en": "All conclusions and/or recommendations contained in the present report reflect the position of others.",
    "fr": "Toutes les conclusions et/ou recommandations figurant dans le présent rapport sont celles d’autrui.",
    "es": "Todas las conclusiones y/o recomendaciones que figuran en el presente informe son ajenas.",
    "ru": "Все выводы и/или рекомендации, содержащиеся в настоящем докладе, принадлежат другим.",
    "zh": "本报告所载的所有结论和/或建议只代表他国立场。",
    "ar": "جميع الاستنتاجات و/أو التوصيات الواردة في هذا التقرير تخص غيرها.",
}


def make(text: str, language: str = "en", state: str = "SVN") -> Draft:
    loaded = from_bytes(text.encode(), "report.txt")
    layout = normalise(loaded)
    identity = Identity("A/HRC/99/7", "Report", Kind.UPR_OUTCOME, Language(language), state=state, cycle=3)
    return Draft("A/HRC/99/7", identity, loaded, layout, paragraphs(layout, Language(language)))


def read(body: str, language: str = "en", closing: int = 0) -> Reading:
    """Reads a report whose conclusions are `body`; `closing` is the number of the paragraph that ends them."""
    body = textwrap.dedent(body).strip()
    parts = [
        "I. Summary",
        "15. Norway (thanked) the delegation.",
        OPENING[language],
        body,
    ]
    if closing:
        parts.append(f"{closing}. {CLOSING[language]}")
        parts.append(f"{closing + 1}. Norway (Norway); ")
    draft = make("\n\n".join(parts), language)
    reading = outcome.read(draft)
    for recommendation in reading.recommendations:
        assert draft.text[recommendation.start : recommendation.end] == recommendation.text
    for paragraph in reading.paragraphs or ():
        assert draft.text[paragraph.start : paragraph.end] == paragraph.text
    return reading


def rows(reading: Reading) -> list[tuple[str, str, str]]:
    return [(r.number, " ".join(r.recommenders), str(r.position)) for r in reading.recommendations]


# A comment a row: what the layout is.
LAYOUTS = {
    "dotted": (
        """
        77. The recommendations listed below enjoy the support of Slovenia:

        77.1. Build a library in every town (Spain);

        77.2. Keep the libraries open at night (Chile, Peru).
        """,
        [("77.1", "ESP", S), ("77.2", "CHL PER", S)],
    ),
    "dotted without a last point": (
        """
        118. The following recommendations will be examined by Slovenia, which will answer in due time:

        118.1 Build a library (Spain);

        118.2 Keep it open (Côte d’Ivoire);
        """,
        [("118.1", "ESP", P), ("118.2", "CIV", P)],
    ),
    "low paragraph numbers": (
        """
        6. The recommendations below did not enjoy the support of Slovenia:

        6.1 Build a library (Spain);

        6.2 Keep it open (Chile);
        """,
        [("6.1", "ESP", N), ("6.2", "CHL", N)],
    ),
    "counted within the paragraph": (
        """
        52. In the course of the discussion, the following recommendations were made to Slovenia:

        1. To build a library (Spain);

        2. To keep it open (Chile).

        53. The response of Slovenia to these recommendations will be included in the outcome report.
        """,
        [("52.1", "ESP", P), ("52.2", "CHL", P)],
    ),
    "inside one paragraph": (
        """
        52. The following recommendations enjoy the support of Slovenia: 1. To build a library (Spain); 2. To keep
        it open (Chile); 3. To lend books (Peru).
        """,
        [("52.1", "ESP", S), ("52.2", "CHL", S), ("52.3", "PER", S)],
    ),
    "dotted inside one paragraph": (
        """
        83. The recommendations listed below enjoy the support of Slovenia: 83.1 Build a library (Spain); 83.2 Keep
        it open (Chile);
        """,
        [("83.1", "ESP", S), ("83.2", "CHL", S)],
    ),
    "lettered": (
        """
        56. In the course of the discussion, the following recommendations were made:

        (a) To build a library (Spain);

        (b) To keep it open (Chile).
        """,
        [("56 (a)", "ESP", P), ("56 (b)", "CHL", P)],
    ),
    "without numbers": (
        """
        56. In the course of the discussion, the following recommendations were made:

        - To build a library (Spain);

        - To keep it open (Chile).
        """,
        [("56.1", "ESP", P), ("56.2", "CHL", P)],
    ),
    "a single one without a number": (
        """
        56. The following recommendation will be examined by Slovenia, which will respond in due time:

        Build a library, and keep it open (Spain).

        57. The recommendations noted in paragraphs 12 (a) and 13 did not enjoy the support of Slovenia.
        """,
        [("56.1", "ESP", P)],
    ),
    "a single paragraph that no colon announces is no recommendation": (
        """
        56. The following recommendations enjoy the support of Slovenia.

        The troika was made up of three delegations (Spain).
        """,
        [],
    ),
    "a reference to the dialogue is no list": (
        """
        56. The recommendations noted in the report in paragraphs 12 (a) and 13 did not enjoy the support of Slovenia.
        """,
        [],
    ),
    "parts with letters are one recommendation": (
        """
        52. In the course of the discussion, the following recommendations were made to Slovenia:

        1. (a) To build a library (Spain);

        (b) To keep it open (Chile);

        2. To lend books (Peru).
        """,
        [("52.1", "ESP CHL", P), ("52.2", "PER", P)],
    ),
    "a misprinted paragraph number": (
        """
        115. The recommendations listed below enjoy the support of Slovenia:

        115.1 Build a library (Holy See);

        155.2 Keep it open (Chile);

        115.3 Lend books (Peru);
        """,
        [("115.1", "VAT", S), ("115.2", "CHL", S), ("115.3", "PER", S)],
    ),
    "a misprinted number": (
        """
        115. The recommendations listed below enjoy the support of Slovenia:

        115.1 Build a library (Spain);

        115.12 Keep it open (Chile);

        115.3 Lend books (Peru);
        """,
        [("115.1", "ESP", S), ("115.2", "CHL", S), ("115.3", "PER", S)],
    ),
    "a misprinted first number": (
        """
        115. The recommendations listed below enjoy the support of Slovenia:

        115.8 Build a library (Spain);

        115.2 Keep it open (Chile);
        """,
        [("115.1", "ESP", S), ("115.2", "CHL", S)],
    ),
    "a number printed twice, with none left out": (
        """
        115. The recommendations listed below enjoy the support of Slovenia:

        115.1 Build a library (Spain);

        115.1 Keep it open (Chile);

        115.2 Lend books (Peru);
        """,
        [("115.1", "ESP", S), ("115.1 bis", "CHL", S), ("115.2", "PER", S)],
    ),
    "a number printed twice, with the next left out": (
        """
        115. The recommendations listed below enjoy the support of Slovenia:

        115.1 Build a library (Spain);

        115.1 Keep it open (Chile);

        115.3 Lend books (Peru);
        """,
        [("115.1", "ESP", S), ("115.2", "CHL", S), ("115.3", "PER", S)],
    ),
    "a forgotten full stop": (
        """
        82. The following recommendations enjoy the support of Slovenia:

        1. Build a library (Spain);

        2 Keep it open (Chile);

        3. Lend books (Peru).
        """,
        [("82.1", "ESP", S), ("82.2", "CHL", S), ("82.3", "PER", S)],
    ),
    "numbering goes on in the next list": (
        """
        82. The following recommendations enjoy the support of Slovenia:

        1. Build a library (Spain);

        2. Keep it open (Chile).

        83. The following recommendations did not enjoy the support of Slovenia:

        3. Lend books (Peru).
        """,
        [("82.1", "ESP", S), ("82.2", "CHL", S), ("83.3", "PER", N)],
    ),
    "a heading inside a list turns the position": (
        """
        82. Slovenia's answers stand below:

        Recommendations listed below that enjoy the support of Slovenia

        82.1 Build a library (Spain);

        82.2 Keep it open (Chile);

        The following recommendations could not be accepted by Slovenia

        82.3 Lend books (Peru);
        """,
        [("82.1", "ESP", S), ("82.2", "CHL", S), ("82.3", "PER", N)],
    ),
    "thematic headings belong to no recommendation": (
        """
        82. The following recommendations enjoy the support of Slovenia:

        82.1 Build a library (Spain);

        Theme: Reading

        82.2 Keep it open (Chile);
        """,
        [("82.1", "ESP", S), ("82.2", "CHL", S)],
    ),
    "the State's replies are no recommendations": (
        """
        92. The following recommendations did not enjoy the support of Slovenia, which offered these comments:

        1. Build a library (Spain);

        2. Slovenia explained that it has many.

        3. Keep it open (Chile).
        """,
        [("92.1", "ESP", N), ("92.3", "CHL", N)],
    ),
    "pledges among the lists": (
        """
        81. The following recommendations enjoy the support of Slovenia:

        1. Build a library (Spain).

        82. Slovenia made the following voluntary commitments:

        1. To build two more;

        2. To keep them open.
        """,
        [("81.1", "ESP", S)],
    ),
    "comments on what stands in the dialogue are no list": (
        """
        81. The following recommendations enjoy the support of Slovenia:

        1. Build a library (Spain).

        82. Slovenia takes note of the recommendations below, and offers the following comments:

        1. With regard to the recommendation to lend books (Peru), it lends them;

        2. With regard to the recommendation to print books (Chile), it prints them.
        """,
        [("81.1", "ESP", S)],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_reads_the_layout(layout: str) -> None:
    body, expected = LAYOUTS[layout]
    assert rows(read(body, closing=120)) == expected


POSITIONS = [
    ("The recommendations listed below have been examined by Slovenia and enjoy its support:", S, False),
    ("The recommendations formulated during the dialogue enjoy the full support of Slovenia:", S, False),
    ("Slovenia accepts the following recommendations:", S, False),
    (
        "The following recommendations enjoy the support of Slovenia, which considers that they have already been "
        "implemented or are in the process of implementation:",
        S,
        True,
    ),
    (
        "The following recommendations are noted, and Slovenia said that they are already being implemented:",
        S,
        True,
    ),
    (
        "The following recommendations enjoy the support of Slovenia, which considers them partly implemented:",
        S,
        True,
    ),
    ("Slovenia rejected the following recommendations:", N, False),
    ("Responses to the following recommendations will be provided later:", P, False),
    ("Slovenia has accepted the following recommendations:", S, False),
    ("The following recommendations have been noted by Slovenia:", N, False),
    ("Slovenia cannot support the following recommendations:", N, False),
    ("The recommendations below did not enjoy the support of Slovenia:", N, False),
    ("The recommendations listed below do not enjoy the support of Slovenia:", N, False),
    ("Slovenia considers that the recommendations below cannot be accepted:", N, False),
    ("The following recommendations could not be supported by Slovenia:", N, False),
    ("The recommendations listed below were rejected by Slovenia:", N, False),
    ("The following recommendations did not meet with the approval of Slovenia:", N, False),
    ("Slovenia is not in a position to accept the following recommendations:", N, False),
    ("The recommendations below were noted by Slovenia for further consideration at home:", N, False),
    ("Slovenia takes note of the following recommendations:", N, False),
    ("The following recommendations enjoy the support of Slovenia in part:", H, False),
    (
        "The following recommendations will be examined by Slovenia, which will provide responses in due time, but no "
        "later than the ninety-ninth session of the Council:",
        P,
        False,
    ),
    ("Slovenia notes the following recommendations and will give its answers in due course:", P, False),
    (
        "The response of Slovenia to the following recommendations will be included in the outcome report:",
        P,
        False,
    ),
    ("In the course of the discussion, the following recommendations were made to Slovenia:", P, False),
    # What is said of recommendations elsewhere does not count for the list.
    (
        "The recommendations listed below enjoy the support of Slovenia. Those noted in the report in "
        "paragraphs 12 (a) and 13 did not enjoy its support.",
        S,
        False,
    ),
]


@pytest.mark.parametrize(("lead", "position", "implemented"), POSITIONS, ids=[p[0][:60] for p in POSITIONS])
def test_takes_the_position_from_the_lead(lead: str, position: Position, implemented: bool) -> None:
    found = read(f"77. {lead}\n\n77.1 Build a library (Spain);\n\n77.2 Keep it open (Chile);", closing=78)
    assert [(r.position, r.implemented) for r in found.recommendations] == [(position, implemented)] * 2
    source = found.recommendations[0].position_source
    assert source is not None
    assert source.paragraph == "77"


LISTS = """
84. The recommendations listed below enjoy the support of Slovenia:

84.1 Build a library (Spain);

84.2 Keep it open (Chile);

84.3 Lend books (Peru);
"""
LATER = [
    ("Slovenia rejects what was said of its libraries by some.", "S S S"),
    # (the paragraph after the list, position and implementation of 84.1 to 84.3)
    ("Slovenia considers that recommendations 84.1 and 84.3 above have already been implemented.", "S+ S S+"),
    (
        "Slovenia considers that recommendations Nos. 2 and 3 in paragraph 84 above are in the process of "
        "implementation.",
        "S S+ S+",
    ),
    ("Recommendations 84.1 to 84.2 did not enjoy the support of Slovenia.", "N N S"),
    ("The recommendation contained in paragraph 84, No. 3, did not enjoy the support of Slovenia.", "S S N"),
    (
        "With regard to recommendation 84.2 above, Slovenia said that such plans were being implemented.",
        "S S S",
    ),
    (
        "Recommendations noted in paragraphs 1 (a), 2 and 3 (b) of the report will be examined by Slovenia.",
        "S S S",
    ),
]


@pytest.mark.parametrize(("later", "expected"), LATER, ids=[later[0][:50] for later in LATER])
def test_a_later_paragraph_speaks_of_numbers(later: str, expected: str) -> None:
    found = read(f"{LISTS}\n85. {later}", closing=86).recommendations
    short = {S: "S", N: "N", P: "P", H: "H"}
    assert " ".join(short[r.position] + ("+" if r.implemented else "") for r in found) == expected


def test_a_later_paragraph_speaks_of_all_when_the_list_took_no_position() -> None:
    body = """
    60. During the dialogue, countries have presented recommendations as follows:

    1. Build a library (Spain);

    2. Keep it open (Chile).

    61. All recommendations formulated have been examined by Slovenia and enjoy its support.
    """
    found = read(body, closing=62)
    assert rows(found) == [("60.1", "ESP", S), ("60.2", "CHL", S)]
    assert found.recommendations[0].position_source is not None
    assert found.recommendations[0].position_source.paragraph == "61"


LANGUAGES = {
    "fr": (
        """
        121. Les recommandations énumérées ci-après ont été examinées par la Slovénie et recueillent son appui :

        121.1 Construire une bibliothèque (Espagne, Norvège) ;

        122. Les recommandations ci-après n’ont pas recueilli l’appui de la Slovénie :

        122.1 Prêter des livres (Pays-Bas) ;

        123. Les recommandations ci-après seront examinées par la Slovénie, qui y répondra en temps voulu, au plus tard
        à la quarante-troisième session :

        123.1 Imprimer des livres (Royaume-Uni de Grande-Bretagne et d’Irlande du Nord) ;
        """,
        [("121.1", "ESP NOR", S), ("122.1", "NLD", N), ("123.1", "GBR", P)],
    ),
    "es": (
        """
        121. Las recomendaciones que figuran a continuación han sido examinadas por Eslovenia y cuentan con su apoyo:

        121.1 Construir una biblioteca (España, Noruega);

        122. Las recomendaciones que figuran a continuación no gozaron del apoyo de Eslovenia:

        122.1 Prestar libros (Países Bajos);

        123. Las siguientes recomendaciones serán examinadas por Eslovenia, que dará respuesta a su debido tiempo:

        123.1 Imprimir libros (Reino Unido de Gran Bretaña e Irlanda del Norte);
        """,
        [("121.1", "ESP NOR", S), ("122.1", "NLD", N), ("123.1", "GBR", P)],
    ),
    "ru": (
        """
        121. Рекомендации, перечисленные ниже, были рассмотрены Словенией и пользуются ее поддержкой:

        121.1 построить библиотеку (Испания, Норвегия);

        122. Нижеследующие рекомендации не пользуются поддержкой Словении:

        122.1 выдавать книги (Нидерланды);

        123. Следующие рекомендации будут рассмотрены Словенией, которая представит ответы в надлежащее время:

        123.1 печатать книги (Соединенное Королевство Великобритании и Северной Ирландии);
        """,
        [("121.1", "ESP NOR", S), ("122.1", "NLD", N), ("123.1", "GBR", P)],
    ),
    "zh": (
        """
        121. 斯洛文尼亚审议了下列建议，这些建议得到斯洛文尼亚的支持：

        121.1 修建一座图书馆(西班牙、挪威)；

        122. 下列建议未得到斯洛文尼亚的支持：

        122.1 出借图书(荷兰)；

        123. 斯洛文尼亚将审议下列建议，并将在适当时候作出答复：

        123.1 印刷图书（大不列颠及北爱尔兰联合王国）；
        """,
        [("121.1", "ESP NOR", S), ("122.1", "NLD", N), ("123.1", "GBR", P)],
    ),
    "ar": (
        """
        121- نظرت سلوفينيا في التوصيات المدرجة أدناه وهي تحظى بتأييدها:

        121-1 بناء مكتبة (إسبانيا، النرويج)؛

        122- التوصيات التالية لم تحظ بتأييد سلوفينيا:

        122-1 إعارة الكتب (هولندا)؛

        123- ستنظر سلوفينيا في التوصيات التالية وستقدم ردودا عليها في الوقت المناسب:

        123-1 طباعة الكتب (المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية)؛
        """,
        [("121.1", "ESP NOR", S), ("122.1", "NLD", N), ("123.1", "GBR", P)],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reads_the_languages(language: str) -> None:
    body, expected = LANGUAGES[language]
    assert rows(read(body, language, closing=124)) == expected


def test_pledges_are_no_recommendations() -> None:
    body = f"{LISTS}\nIII. Voluntary pledges and commitments\n\n85. Slovenia will:\n\n85.1 Build two (Spain);"
    assert [r.number for r in read(body).recommendations] == ["84.1", "84.2", "84.3"]


def test_nothing_after_the_closing_paragraph_is_read() -> None:
    assert [r.number for r in read(LISTS, closing=85).recommendations] == ["84.1", "84.2", "84.3"]


def test_a_reference_at_the_start_of_a_line_is_no_recommendation() -> None:
    body = """
    84. The recommendations listed below enjoy the support of Slovenia:

    84.1 Build a library (Spain);

    84.2 Keep it open, as is said in recommendation
    84.1 above, and in paragraph
    84.3 of the plan (Chile);

    84.3 Lend books (Peru);
    """
    assert rows(read(body, closing=85)) == [("84.1", "ESP", S), ("84.2", "CHL", S), ("84.3", "PER", S)]


def test_problems_name_what_is_missing() -> None:
    body = """
    84. The recommendations listed below enjoy the support of Slovenia:

    84.1 Build a library (Spain);

    84.4 Lend books (Atlantis, Peru);

    84.5 Read them;
    """
    found = read(body, closing=85)
    assert found.problems == (
        "Recommendations announced by their numbering but not found: 84.2, 84.3.",
        "Recommendation 84.4: no State answers to 'Atlantis'.",
        "Recommendation 84.5 names no State.",
    )


STRANGERS = [
    # (a recommendation, its recommending States, names that no State answers to)
    ("Build a library (European Union)", "", ("European Union",)),
    ("Build a library (Spain) and lend books (European Union);", "ESP", ("European Union",)),
    (
        "Build a library (Sovereign Military Order of Malta, Peru).",
        "PER",
        ("Sovereign Military Order of Malta",),
    ),
    ("Bâtir une bibliothèque (Ordre souverain de Malte) ;", "", ("Ordre souverain de Malte",)),
    ("Построить библиотеку (Европейский союз)", "", ("Европейский союз",)),
    ("Build a library (Spain) and ratify the covenant (ICCPR)", "ESP", ()),  # an instrument
    ("Build a library (Spain) by the end of the plan (2010-2015)", "ESP", ()),
    ("Build a library (Spain) under the law (Article 4)", "ESP", ()),
    ("Build a library (Spain) and another (in every town)", "ESP", ()),
]


@pytest.mark.parametrize(("text", "codes", "names"), STRANGERS, ids=[row[0] for row in STRANGERS])
def test_a_body_that_ends_a_recommendation_as_its_author_is_named_as_no_state(
    text: str, codes: str, names: tuple[str, ...]
) -> None:
    assert outcome.split_recommenders(text)[1:] == (tuple(codes.split()), names)


EMPTY = [
    (
        "85. The following recommendations will be examined by Slovenia:",
        "Paragraph 85 announces recommendations; none was found under it.",
    ),
    (
        "85. The recommendations noted in the report in paragraphs 12 (a) and 13 did not enjoy its support.",
        "Paragraph 85 takes a position on recommendations that stand only in the dialogue; they are not listed.",
    ),
    (
        "85. Slovenia considers that recommendations 84.2 and 84.9 have already been implemented.",
        "Paragraph 85 speaks of 84.9, which was not found.",
    ),
]


@pytest.mark.parametrize(("later", "problem"), EMPTY, ids=["empty", "elsewhere", "unknown"])
def test_problems_name_what_is_announced_and_not_there(later: str, problem: str) -> None:
    assert read(f"{LISTS}\n{later}", closing=86).problems == (problem,)


def test_a_misprint_is_told() -> None:
    body = LAYOUTS["a misprinted paragraph number"][0]
    found = read(str(body), closing=120)
    assert found.recommendations[1].paragraph == "155.2"
    assert "155.2" in [paragraph.number for paragraph in found.paragraphs or ()]
    assert found.problems == ("Recommendation 115.2 is printed as 155.2.",)


def test_every_recommendation_is_a_paragraph_of_its_number() -> None:
    found = read(LISTS, closing=85)
    assert found.paragraphs is not None
    numbers = [p.number for p in found.paragraphs]
    assert [n for n in numbers if n and n.startswith("84")] == ["84", "84.1", "84.2", "84.3"]
    assert "15" in numbers
    assert "85" in numbers
    assert {p.number: p.text for p in found.paragraphs}["84.2"] == "Keep it open (Chile)"
    assert {p.heading[-1:] for p in found.paragraphs if p.number in numbers[-4:]} == {(OPENING["en"],)}
    starts = [p.start for p in found.paragraphs]
    assert starts == sorted(starts)


@pytest.mark.parametrize("count", [1, 9, 40, 254])
@pytest.mark.parametrize("style", ["84.{} ", "84.{}. ", "{}. "])
def test_nothing_is_lost_between_text_and_row(count: int, style: str) -> None:
    items = "\n\n".join(
        f"{style.format(n)}Open library number {n + 500} (Spain, Chile);" for n in range(1, count + 1)
    )
    found = read(f"84. The following recommendations enjoy the support of Slovenia:\n\n{items}", closing=85)
    assert [r.number for r in found.recommendations] == [f"84.{n}" for n in range(1, count + 1)]
    assert found.problems == ()


PIECES = st.sampled_from(
    [
        "84. The following recommendations enjoy the support of Slovenia:",
        "84.1 ",
        "84.2. ",
        "1. ",
        "2. ",
        "85. ",
        "(a) ",
        "Build",
        " (Spain)",
        " (Chile; Peru",
        ");",
        "\n",
        "\n\n",
        "II. Conclusions and/or recommendations\n\n",
        "as in recommendation 84.1",
        "All conclusions and/or recommendations contained",
        "، ",
        "（挪威）",
        "٨٤-١ ",
        "Annex",
    ]
)


LETTERS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(PIECES | LETTERS, max_size=40).map("".join), st.sampled_from(sorted(OPENING)))
def test_any_text_is_read_without_error_and_offsets_hold(text: str, language: str) -> None:
    draft = make(f"Report\n\n{OPENING[language]}\n\n{text}\n", language)
    reading = outcome.read(draft)
    for row in reading.recommendations:
        assert draft.text[row.start : row.end] == row.text
    numbers = [row.number for row in reading.recommendations]
    assert all(
        a.end <= b.start for a, b in zip(reading.recommendations, reading.recommendations[1:], strict=False)
    )
    assert all(number for number in numbers)
    for paragraph in reading.paragraphs or ():
        assert draft.text[paragraph.start : paragraph.end] == paragraph.text


@given(st.text(max_size=300))
def test_split_recommenders_takes_any_text(text: str) -> None:
    body, recommenders, _ = outcome.split_recommenders(text)
    assert len(body) <= len(text)
    assert all(len(code) == 3 for code in recommenders)
