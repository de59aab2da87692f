"""Search: both halves, filters, identifiers, and what a hit says of its place."""

import subprocess
import sys

import pytest

from corpus.model import Kind, Language
from corpus.settings import Settings
from index.filters import SearchFilters
from index.library import Library
from tests.factories import Rec, document, in_language

TEXTS = {
    "SVN": (
        "Prisons were overcrowded and two new wings were opened.",
        "Lower the number of prisoners in each cell",
    ),
    "KHM": ("Rice farmers lacked clean water in the dry season.", "Bring drinking water to every village"),
    "FJI": ("Cyclones destroyed schools on the outer islands.", "Rebuild the schools that storms destroyed"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    home = tmp_path_factory.mktemp("search")
    with Library.open(Settings(home=home, workers=1)) as library:
        for n, (state, (told, asked)) in enumerate(TEXTS.items(), 1):
            one = document(
                f"A/HRC/90/{n}",
                [("14", told), ("15", "The delegation thanked all speakers.")],
                state=state,
                cycle=n,
                recs=[Rec("6.1", asked), Rec("6.2", "Report on progress in two years")],
            )
            library.add_documents([one])
        fund = document(
            "A/HRC/91/9",
            [("3", "The Fund paid for water tests.")],
            state=None,
            cycle=None,
            kind=Kind.FUND_REPORT,
        )
        french = document(
            "A/HRC/90/1", [("14", "Les prisons étaient surpeuplées.")], language=Language.FRENCH, state="SVN"
        )
        library.add_documents([fund, in_language(french, Language.FRENCH)])
    return home


@pytest.fixture(scope="module")
def library(home):
    with Library.open(Settings(home=home, workers=1)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "state"),
    [
        pytest.param("overcrowded prisons", "SVN", id="words"),
        pytest.param("access to safe drinking water", "KHM", id="meaning"),
        pytest.param("écoles détruites par les cyclones", "FJI", id="another language"),
        pytest.param("Cambodia water", "KHM", id="name of the State"),
        pytest.param("柬埔寨 水", "KHM", id="name of the State in Chinese"),
    ],
)
def test_the_right_state_comes_first(library, query, state):
    assert library.search(query, k=3)[0].state == state


def test_a_hit_says_where_its_words_stand(library):
    hit = library.search(
        "overcrowded prisons", k=1, scope="paragraphs", filters=SearchFilters(language=("en",))
    )[0]
    assert (hit.key, hit.symbol, hit.paragraph, hit.kind, hit.state, hit.number) == (
        "A/HRC/90/1", "A/HRC/90/1", "14", Kind.UPR_OUTCOME, "SVN", None,
    )  # fmt: skip
    assert library.citation(hit.key, hit.start, hit.end).quote == hit.text == TEXTS["SVN"][0]


def test_every_hit_is_verbatim(library):
    for query in ("water", "schools", "prisons", "report on progress"):
        for hit in library.search(query, k=20):
            assert library.document(hit.key).text[hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    "chosen",
    [
        {"state": ("FJI",)},
        {"kind": ("fund_report",)},
        {"cycle": (2,)},
        {"language": ("fr",)},
        {"document": ("A/HRC/90/2", "A/HRC/91/9")},
        {"state": ("SVN", "KHM"), "kind": ("upr_outcome",)},
    ],
    ids=str,
)
@pytest.mark.parametrize("scope", ["all", "paragraphs", "recommendations"])
def test_filters_hold_in_both_halves(library, chosen, scope):
    refs = {ref.key: ref for ref in library.documents()}
    hits = library.search(
        "water schools prisons progress", k=50, filters=SearchFilters(**chosen), scope=scope
    )
    for hit in hits:
        for name, wanted in chosen.items():
            own = {"document": hit.key}.get(name) or getattr(hit, name, None) or getattr(refs[hit.key], name)
            assert own in wanted
    if scope == "all":
        assert hits


def test_scopes_hold(library):
    assert all(hit.number is None for hit in library.search("water", k=9, scope="paragraphs"))
    assert all(hit.number for hit in library.search("water", k=9, scope="recommendations"))


def test_a_recommendation_is_not_shown_twice(library):
    hits = library.search("Bring drinking water to every village", k=10)
    assert [hit.number for hit in hits if hit.text == TEXTS["KHM"][1]] == ["6.1"]


@pytest.mark.parametrize(
    ("query", "key", "paragraph"),
    [
        pytest.param("A/HRC/90/2 para. 15", "A/HRC/90/2", "15", id="symbol and paragraph"),
        pytest.param("what does a/hrc/90/3 say", "A/HRC/90/3", None, id="symbol in a sentence"),
        pytest.param("A/HRC/91/9", "A/HRC/91/9", "3", id="symbol alone"),
        pytest.param("recommendation 6.2 to Fiji", "A/HRC/90/3", "6.2", id="number and State"),
    ],
)
def test_what_the_question_names_comes_first(library, query, key, paragraph):
    hit = library.search(query, k=3)[0]
    assert hit.key == key
    if paragraph:
        assert hit.paragraph == paragraph
    assert hit.score == 1.0


@pytest.mark.parametrize(
    "query", ["", "   ", "???", '"', "AND OR NOT", "*", "a" * 5000, "NEAR(", "x:y", "\x00"]
)
def test_odd_questions_raise_nothing(library, query):
    assert isinstance(library.search(query, k=3), list)


def test_scores_fall_and_the_order_is_the_same_each_time(library):
    first = library.search("water in schools", k=10)
    scores = [hit.score for hit in first]
    assert scores == sorted(scores, reverse=True)
    assert library.search("water in schools", k=10) == first


EXACT = """
import sys
from pathlib import Path
from corpus.settings import Settings
from index.filters import Facet, RecommendationFilters
from index.library import Library
with Library.open(Settings(home=Path(sys.argv[1]))) as library:
    assert library.recommendations(RecommendationFilters(state=("SVN",))).total == 2
    assert library.count(None, Facet.STATE) and library.amounts() == [] and library.counts() and library.documents()
    {more}
heavy = {"chromadb", "langchain_chroma", "torch", "onnxruntime", "gradio"} & set(sys.modules)
assert not heavy, heavy
"""


@pytest.mark.parametrize(
    "more", ["pass", "assert library.search('water', k=2)"], ids=["exact rows", "one search in a small home"]
)
def test_chroma_is_not_loaded_where_it_is_not_needed(home, more):
    done = subprocess.run(
        [sys.executable, "-c", EXACT.replace("{more}", more), str(home)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
