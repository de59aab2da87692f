"""States: names as the UN prints and misprints them and as people ask for them, in six languages."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import states

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")

NAMES = [
    # UN short and formal names
    ("Bolivia (Plurinational State of)", "BOL"),
    ("Plurinational State of Bolivia", "BOL"),
    ("the United Kingdom of Great Britain and Northern Ireland", "GBR"),
    ("Lao People's Democratic Republic", "LAO"),
    ("Lao People’s Democratic Republic", "LAO"),
    ("Republic of Korea", "KOR"),
    ("Democratic People’s Republic of Korea", "PRK"),
    ("United Republic of Tanzania", "TZA"),
    ("Holy See", "VAT"),
    ("State of Palestine", "PSE"),
    # close to each other
    ("Niger", "NER"),
    ("Nigeria", "NGA"),
    ("Guinea", "GIN"),
    ("Equatorial Guinea", "GNQ"),
    ("Guinea-Bissau", "GNB"),
    ("Papua New Guinea", "PNG"),
    ("Dominica", "DMA"),
    ("Dominican Republic", "DOM"),
    ("Congo", "COG"),
    ("Republic of the Congo", "COG"),
    ("Democratic Republic of the Congo", "COD"),
    ("Sudan", "SDN"),
    ("South Sudan", "SSD"),
    ("Ireland", "IRL"),
    # former names and aliases
    ("Swaziland", "SWZ"),
    ("the former Yugoslav Republic of Macedonia", "MKD"),
    ("Libyan Arab Jamahiriya", "LBY"),
    ("Cape Verde", "CPV"),
    ("Turkey", "TUR"),
    ("Türkiye", "TUR"),
    ("Burma", "MMR"),
    ("Czech Republic", "CZE"),
    ("Cote d'Ivoire", "CIV"),
    ("Côte d’Ivoire", "CIV"),
    ("Brunei", "BRN"),
    ("UAE", "ARE"),
    ("DRC", "COD"),
    # misprints
    ("Kyrgysztan", "KGZ"),
    ("Azerbaidjan", "AZE"),
    ("Morroco", "MAR"),
    # codes
    ("svn", "SVN"),
    ("SI", "SVN"),
    # other languages
    ("Slovénie", "SVN"),
    ("la Slovénie", "SVN"),
    ("Eslovenia", "SVN"),
    ("Словения", "SVN"),
    ("Словении", "SVN"),
    # Russian: a vowel that falls out, a noun that ends like an adjective, a plural of towns and lands
    ("Египта", "EGY"),
    ("Египту", "EGY"),
    ("Маврикия", "MUS"),
    ("Нидерландов", "NLD"),
    # Russian cases of adjectives, pairs and plurals in names
    ("Кыргызстаном", "KGZ"),
    ("Новой Зеландии", "NZL"),
    ("Южной Корее", "KOR"),
    ("Южной Африкой", "ZAF"),
    ("Папуа-Новой Гвинее", "PNG"),
    ("Боснией и Герцеговиной", "BIH"),
    ("Сейшельских Островов", "SYC"),
    ("Святым Престолом", "VAT"),
    ("Объединенными Арабскими Эмиратами", "ARE"),
    ("سلوفينيا", "SVN"),
    ("لسلوفينيا", "SVN"),
    ("斯洛文尼亚", "SVN"),
    ("大韩民国", "KOR"),
    ("Соединенные Штаты Америки", "USA"),
    ("Países Bajos (Reino de los)", "NLD"),
    ("المملكة المتحدة", "GBR"),
    # nobody, or several
    ("Korea", None),
    ("Gambia (the)", "GMB"),
    ("Korea, Republic of", "KOR"),
    ("Atlantis", None),
    ("", None),
    ("European Union", None),
]


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_resolve(name: str, code: str | None) -> None:
    assert states.resolve(name) == code


def test_every_name_of_every_language_resolves_to_its_state() -> None:
    wrong = [
        (state.alpha3, language)
        for state in states.states()
        for language in LANGUAGES
        if states.resolve(states.name(state.alpha3, language)) != state.alpha3
    ]
    assert wrong == []


def test_there_are_193_members_and_two_observers_each_in_a_group() -> None:
    found = states.states()
    assert len([s for s in found if s.status == "member"]) == 193
    assert [s.alpha3 for s in found if s.status == "observer"] == ["PSE", "VAT"]
    assert len({s.group for s in found}) == 5
    assert states.group("SVN") == "Eastern European States"
    assert states.group("XXX") is None


def test_ambiguous_names_their_candidates() -> None:
    assert states.ambiguous("Korea") == ("KOR", "PRK")
    assert states.ambiguous("Congo") == ("COD", "COG")
    assert states.ambiguous("Dominican") == ("DMA", "DOM")
    assert states.ambiguous("Slovenia") == ()


TYPOS = [
    ("Slovinia", "SVN"),
    ("Neterlands", "NLD"),
    ("United Sates of America", "USA"),
    ("Slovania", None),  # Slovenia or Slovakia
    ("Korea", None),
    ("Peri", None),  # too short to guess
]


@pytest.mark.parametrize(("name", "code"), TYPOS)
def test_a_typing_slip_is_only_taken_where_asked_for_and_certain(name: str, code: str | None) -> None:
    assert states.resolve(name) is None
    assert states.resolve(name, lenient=True) == code


QUESTIONS = [
    # (a question, the States it names, in order)
    ("What did Slovenia's government accept from Norwegian recommendations?", "SVN NOR"),
    ("the Maldives’ answers to the Swiss and the Dutch", "MDV CHE NLD"),
    (
        "Niger and Nigeria, Guinea and Equatorial Guinea, Dominica and the Dominican Republic",
        "NER NGA GIN GNQ DMA DOM",
    ),
    ("Iran (Islamic Republic of) and Bolivia (Plurinational State of)", "IRN BOL"),
    ("US and UK, not us", "USA GBR"),
    ("WHAT DID US RECOMMEND", ""),
    ("Latin American States, the American Convention and Northern Ireland", ""),
    ("What did Malta and the Order of Malta say?", "MLT"),
    ("Korea and Korean recommendations", ""),
    ("recommendations made to SVN and by NOR", "SVN NOR"),
    ("CAN we ARE PER", ""),
    ("polish the Polish report", "POL"),
    ("les recommandations de la Slovénie, de l'Angola et des Pays-Bas", "SVN AGO NLD"),
    ("les recommandations norvégiennes et suisses", "NOR CHE"),
    ("¿qué recomendó España a México y a los Estados Unidos?", "ESP MEX USA"),
    ("las recomendaciones noruegas", "NOR"),
    ("словенский доклад и рекомендации Норвегии, России и Соединенных Штатов Америки", "SVN NOR RUS USA"),
    ("для того чтобы Того приняло", "TGO"),
    ("ما التوصيات التي قدمتها النرويج لسلوفينيا؟ والتوصيات المصرية", "NOR SVN EGY"),
    ("للسودان وجنوب السودان", "SDN SSD"),
    ("الدعم المالي", ""),
    ("ما قبلته مالي", "MLI"),
    ("斯洛文尼亚接受了挪威的哪些建议？", "SVN NOR"),
    ("巴布亚新几内亚和赤道几内亚", "PNG GNQ"),
    ("拉美国家和发展中国家", ""),
    ("法國和斯洛文尼亞", "FRA SVN"),
    ("sobre la antigua cárcel de Antigua", "ATG"),
    ("Коста-Рики и Самоа, самое важное", "CRI WSM"),
]


@pytest.mark.parametrize(("question", "codes"), QUESTIONS)
def test_find(question: str, codes: str) -> None:
    found = states.find(question)
    assert " ".join(m.alpha3 for m in found) == codes
    assert all(question[m.start : m.end].strip() == question[m.start : m.end] != "" for m in found)


def test_unclear_mentions_are_told_with_their_candidates() -> None:
    text = "What did Korea and the Congo say?"
    assert [(text[m.start : m.end], m.candidates) for m in states.unclear(text)] == [
        ("Korea", ("KOR", "PRK")),
        ("Congo", ("COD", "COG")),
    ]


def test_adjectives_can_be_left_out() -> None:
    assert [m.alpha3 for m in states.find("Norwegian aid to Chad", adjectives=False)] == ["TCD"]


@given(st.text(max_size=80))
def test_any_text_is_searched(text: str) -> None:
    last = 0
    for mention in states.find(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
    states.resolve(text)
    states.ambiguous(text)


def test_loading_is_quick() -> None:
    code = (
        "import time; from corpus import states; t = time.process_time(); states.resolve('Slovenia');"
        "print(time.process_time() - t)"
    )
    started = time.perf_counter()
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(out.stdout) < 0.2, f"process took {time.perf_counter() - started:.1f} s"


def test_the_table_of_names_is_what_its_script_makes(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "scripts" / "build_states.py"
    spec = importlib.util.spec_from_file_location("build_states", script)
    assert spec
    assert spec.loader
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    build.write(tmp_path / "names.tsv")
    shipped = files("corpus").joinpath("data", "state_names.tsv").read_text("utf-8")
    assert (tmp_path / "names.tsv").read_text("utf-8") == shipped


def test_no_word_is_listed_for_two_states_by_accident() -> None:
    clashes: dict[str, set[str]] = {}
    for alpha3, _, kind, _, _, key in states._listed():
        if kind not in {"ambiguous", "blocker", "form", "adjective"}:
            clashes.setdefault(key, set()).add(alpha3)
    assert {word: codes for word, codes in clashes.items() if len(codes) > 1} == {}


MISSPELT = [
    ("Belgum", "en", ["BEL"]),
    ("Filippines", "en", ["PHL"]),
    ("Eslobenia", "es", ["SVN"]),
    ("Туркминистану", "ru", ["TKM"]),
    ("瓦奴阿图", "zh", ["VUT"]),
    ("Narnia", "en", []),  # near none
    ("Mali", "en", []),  # right as it is
    ("Chade", "fr", []),  # the first four letters alone are a name, and short
]


@pytest.mark.parametrize(("written", "language", "codes"), MISSPELT, ids=[row[0] for row in MISSPELT])
def test_a_misspelt_name_is_near_its_state(written: str, language: str, codes: list[str]) -> None:
    assert [alpha3 for _, alpha3 in states.nearest(written, language)] == codes
