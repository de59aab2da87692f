"""What documents say about themselves, in six languages; what they only cite is not theirs."""

from pathlib import Path

import docx
import pytest

from corpus.identity.dates import first
from corpus.identity.sessions import cycle_of
from corpus.identity.symbols import find
from corpus.model import Kind, Language
from corpus.ordinals import value
from corpus.parse import draft

BODY = {
    "en": "1. The Working Group held its eighteenth session in the spring. The review of the State was held at the 4th meeting.",
    "fr": "1. Le Groupe de travail a tenu sa dix-huitième session au printemps. L’examen de l’État a eu lieu à la 4e séance.",
    "es": "1. El Grupo de Trabajo celebró su 18º período de sesiones en primavera. El examen del Estado se llevó a cabo ese día.",
    "ru": "1. Рабочая группа провела свою восемнадцатую сессию весной. Обзор по государству состоялся на четвертом заседании.",
    "zh": "1. 普遍定期审议工作组于春季举行了第十八届会议。对该国的审议在第四次会议上进行，代表团由部长率领。",
    "ar": "1- عقد الفريق العامل المعني بالاستعراض الدوري الشامل دورته الثامنة عشرة في الفترة من شباط إلى آذار، وأُجري الاستعراض.",
}
MASTHEADS = {
    "en": ("United Nations A/HRC/26/77", "General Assembly", "Distr.: General", "27 March 2014", "Original: English", "Human Rights Council",
           "Twenty-sixth session", "Agenda item 6", "Universal Periodic Review",
           "Report of the Working Group on the Universal Periodic Review*", "Cambodia"),
    "fr": ("Nations Unies A/HRC/26/77", "Assemblée générale", "Distr. générale", "27 mars 2014", "Français", "Original : anglais",
           "Conseil des droits de l’homme", "Vingt-sixième session", "Point 6 de l’ordre du jour", "Examen périodique universel",
           "Rapport du Groupe de travail sur l’Examen périodique universel*", "Cambodge"),
    "es": ("Naciones Unidas A/HRC/26/77", "Asamblea General", "Distr. general", "27 de marzo de 2014", "Español", "Original: inglés",
           "Consejo de Derechos Humanos", "26º período de sesiones", "Tema 6 de la agenda", "Examen periódico universal",
           "Informe del Grupo de Trabajo sobre el Examen Periódico Universal*", "Camboya"),
    "ru": ("Организация Объединенных Наций A/HRC/26/77", "Генеральная Ассамблея", "Distr.: General", "27 March 2014", "Russian",
           "Original: English", "Совет по правам человека", "Двадцать шестая сессия", "Пункт 6 повестки дня",
           "Универсальный периодический обзор", "Доклад Рабочей группы по универсальному периодическому обзору*", "Камбоджа"),
    "zh": ("联 合 国 A/HRC/26/77", "大 会", "Distr.: General", "27 March 2014", "Chinese", "Original: English", "人权理事会", "第二十六届会议",
           "议程项目 6", "普遍定期审议", "普遍定期审议工作组报告*", "柬埔寨"),
    "ar": ("الأمم المتحدة A/HRC/26/77", "الجمعية العامة", "Distr.: General", "27 March 2014", "Arabic", "Original: English",
           "مجلس حقوق الإنسان", "الدورة السادسة والعشرون", "البند 6 من جدول الأعمال", "الاستعراض الدوري الشامل",
           "تقرير الفريق العامل المعني بالاستعراض الدوري الشامل*", "كمبوديا"),
}  # fmt: skip


@pytest.mark.parametrize("code", MASTHEADS)
def test_a_report_of_the_working_group_in_six_languages(make_text, code):
    made = draft(make_text("\n\n".join((*MASTHEADS[code], BODY[code]))))
    found = made.identity
    assert (made.key, found.symbol, found.kind, found.state) == (
        "A/HRC/26/77",
        "A/HRC/26/77",
        Kind.UPR_OUTCOME,
        "KHM",
    )
    assert (found.session, found.cycle, found.date) == ("18", 2, "2014-03-27")
    assert found.language is Language(code)
    assert found.url == f"https://docs.un.org/{code}/A/HRC/26/77"
    assert [paragraph.number for paragraph in made.paragraphs] == ["1"]


def _english(
    symbol: str, *title: str, body: str = "1. A paragraph of the document that is long enough to be one."
) -> str:
    head = (
        f"United Nations {symbol}",
        "General Assembly",
        "Distr.: General",
        "4 May 2015",
        "Original: English",
        "Human Rights Council",
    )
    return "\n\n".join((*head, *title, body))


@pytest.mark.parametrize(
    ("symbol", "title", "kind", "state", "cycle"),
    [
        ("A/HRC/WG.6/20/SVN/1", ("National report submitted in accordance with a resolution", "Slovenia"), Kind.NATIONAL_REPORT, "SVN", 2),
        ("A/HRC/WG.6/34/SVN/2", ("Compilation on Slovenia",), Kind.UN_COMPILATION, "SVN", 3),
        ("A/HRC/WG.6/48/SVN/3", ("Summary of stakeholders’ submissions on Slovenia",), Kind.STAKEHOLDER_SUMMARY, "SVN", 4),
        ("A/HRC/WG.6/7/L.14", ("Report of the Working Group on the Universal Periodic Review", "Slovenia"), Kind.UPR_OUTCOME, "SVN", 1),
        ("A/HRC/28/15/Add.1", ("Report of the Working Group on the Universal Periodic Review", "Slovenia", "Addendum"), Kind.UPR_ADDENDUM, "SVN", 2),
        ("A/HRC/WG.6/7/SVN/2/Corr.1", ("Compilation prepared by the Office", "Slovenia", "Corrigendum"), Kind.UN_COMPILATION, "SVN", 1),
        ("A/HRC/RES/16/21", ("Resolution adopted by the Human Rights Council", "16/21 Review of the work of the Council"), Kind.RESOLUTION, None, None),
        ("A/HRC/DEC/17/119", ("Decision adopted by the Human Rights Council", "17/119 Follow-up"), Kind.DECISION, None, None),
        ("A/HRC/DEC/43/112", ("Decision adopted by the Human Rights Council", "43/112. Outcome of the universal periodic review: Slovenia"), Kind.DECISION, "SVN", 3),
        ("A/HRC/43/2", ("Report of the Human Rights Council on its forty-third session",), Kind.SESSION_REPORT, None, None),
        ("A/HRC/40/78", ("Operations of the Voluntary Fund for Financial and Technical Assistance", "Report of the Secretariat"), Kind.FUND_REPORT, None, None),
        ("A/HRC/40/79", ("Study on something else", "Report of the Secretariat"), Kind.OTHER, None, None),
    ],
)  # fmt: skip
def test_symbol_and_title_tell_the_kind(make_text, symbol, title, kind, state, cycle):
    found = draft(make_text(_english(symbol, *title))).identity
    assert (found.symbol, found.kind, found.state, found.cycle) == (symbol, kind, state, cycle)


def test_a_misprinted_earlier_symbol_does_not_change_the_state(make_text):
    body = "* Previously issued under document symbol A/HRC/WG.6/1/BRA/4; minor revisions have been added.\n\n1. It begins."
    title = ("Report of the Working Group on the Universal Periodic Review*", "Bahrain")
    found = draft(make_text(_english("A/HRC/8/19", *title, body=body))).identity
    assert (found.state, found.previous, found.session) == ("BHR", ("A/HRC/WG.6/1/BRA/4",), "1")


def test_a_cited_symbol_is_not_the_documents_own(make_text):
    text = "1. This report follows the previous one (A/HRC/38/27) and speaks of its activities in some detail.\n\n2. A second one."
    made = draft(make_text(text, "some notes.txt"))
    assert (made.identity.symbol, made.identity.url) == (None, None)
    assert made.key.startswith("some-notes-")


def test_questions_sent_in_advance_speak_of_the_state_in_their_title(make_text):
    made = draft(
        make_text(
            "ADVANCE QUESTIONS TO SLOVENIA\n\nDENMARK\n\nWhat will Slovenia do next? Generated on 22 Jan 2025"
        )
    )
    assert (made.identity.kind, made.identity.state) == (Kind.OTHER, "SVN")


def test_two_papers_with_one_title_have_two_keys(make_text):
    one, two = (
        draft(make_text(f"ADVANCE QUESTIONS TO SLOVENIA\n\n{text}", f"{text}.txt")).key
        for text in ("first", "second")
    )
    assert one != two


def test_symbol_of_a_word_file_is_read_from_its_running_head(tmp_path: Path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "A/HRC/WG.6/48/SVN/1"
    document.add_paragraph("1. The national report begins with this paragraph, which is long enough.")
    path = tmp_path / "x.docx"
    document.save(str(path))
    assert draft(path).identity.symbol == "A/HRC/WG.6/48/SVN/1"


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("see A/HRC/26/16, para. 3", "A/HRC/26/16"),
        ("(A/HRC/WG.6/20/SVN/1)", "A/HRC/WG.6/20/SVN/1"),
        ("A/HRC/RES/16/21.", "A/HRC/RES/16/21"),
        ("A/HRC/43/15/Add.1", "A/HRC/43/15/Add.1"),
        ("A/HRC/11/17/Rev.1*", "A/HRC/11/17/Rev.1"),
        ("A/HRC/WG.6/7L.14", "A/HRC/WG.6/7/L.14"),
        ("A / HRC / 26 / 16", "A/HRC/26/16"),
        ("A/72/351", "A/72/351"),
        ("CCPR/C/SVN/CO/3", "CCPR/C/SVN/CO/3"),
        ("and/or", None),
    ],
)
def test_symbols_in_every_form(text, symbol):
    assert find(text) == symbol


@pytest.mark.parametrize(("session", "cycle"), [(1, 1), (12, 1), (13, 2), (26, 2), (27, 3), (40, 3), (41, 4), (54, 4), (55, None), (0, None)])  # fmt: skip
def test_cycle_follows_from_the_session_of_the_working_group(session, cycle):
    assert cycle_of(session) == cycle


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("Forty-eighth", "en", 48), ("seventeenth", "en", 17), ("twentieth", "en", 20), ("thirty-first", "en", 31),
        ("vingt et unième", "fr", 21), ("dix-septième", "fr", 17), ("quarante-huitième", "fr", 48), ("première", "fr", 1),
        ("18º", "es", 18), ("trigésimo primer", "es", 31), ("decimoctavo", "es", 18),
        ("двадцать восьмая", "ru", 28), ("восемнадцатую", "ru", 18), ("сороковой", "ru", 40), ("пятнадцатая", "ru", 15),
        ("二十六", "zh", 26), ("四十", "zh", 40), ("十八", "zh", 18),
        ("الثامنة عشرة", "ar", 18), ("الثامنة والأربعون", "ar", 48), ("العشرين", "ar", 20), ("السابعة والعشرين", "ar", 27),
        ("plenary", "en", None),
    ],
)  # fmt: skip
def test_ordinals_in_six_languages(text, language, number):
    assert value(text, Language(language)) == number


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("27 March 2014", "2014-03-27"),
        ("1er février 2019", "2019-02-01"),
        ("3 de agosto de 2015", "2015-08-03"),
        ("14 июля 2025 года", "2025-07-14"),
        ("2014年3月27日", "2014-03-27"),
        ("27 آذار/مارس 2014", "2014-03-27"),
        ("2 تشرين الثاني/نوفمبر 2014", "2014-11-02"),
        ("22 Jan 2025 14:31", "2025-01-22"),
        ("Paragraph 15 of 2014", None),
        ("45 March 2014", None),
    ],
)
def test_dates_in_six_languages(text, date):
    assert first(text) == date


@pytest.mark.realdata
def test_every_document_of_slovenias_four_reviews_is_known(data_folder: Path):
    kinds = {"1": Kind.NATIONAL_REPORT, "2": Kind.UN_COMPILATION, "3": Kind.STAKEHOLDER_SUMMARY}
    for path in sorted((data_folder / "slovenia").rglob("*.*")):
        found = draft(path).identity
        cycle = int(path.parent.name[-1])
        if found.kind is Kind.SESSION_REPORT:
            assert (found.state, found.cycle) == (None, None)
            continue
        assert (path.name, found.state, found.cycle) == (path.name, "SVN", cycle)
        if found.symbol and "WG.6" in found.symbol:
            assert found.kind is kinds[found.symbol.split("/")[5]]
        assert (found.symbol is None) == (found.kind in {Kind.OTHER, Kind.UPR_MATRIX})


def test_a_resolution_without_its_masthead_is_known_by_its_number(make_text):
    text = "16/99 A review of something\n\nThe Human Rights Council,\n\nRecalling its work,\n\n1. Decides to go on."
    found = draft(make_text(text)).identity
    assert (found.symbol, found.kind, found.session) == ("A/HRC/RES/16/99", Kind.RESOLUTION, "16")


def test_a_letter_names_its_state_and_its_session(make_text):
    text = (
        "Excellency,\n\nI wish to welcome the constructive engagement of the Government of Kenya during the 35th session of the "
        "UPR Working Group in January 2020.\n\nPlease accept my assurances."
    )
    found = draft(make_text(text)).identity
    assert (found.kind, found.state, found.session, found.cycle) == (Kind.OTHER, "KEN", "35", 3)


def test_a_date_alone_makes_no_cycle(make_text):
    found = draft(
        make_text(_english("CRC/C/SVN/CO/5", "Concluding observations on the report of Slovenia"))
    ).identity
    assert (found.state, found.cycle) == ("SVN", None)
