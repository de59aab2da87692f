"""Taxonomies: what their files promise, and what a question mentions."""

import pytest

from corpus.model import Language
from corpus.tag import sdg, taxonomy
from corpus.tag.taxonomy import EntryKind

KINDS = list(EntryKind)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_entry_has_terms_in_six_languages(kind):
    for entry in taxonomy.entries(kind).values():
        for language in Language:
            assert entry.terms[language], (entry.id, language)
            assert all(term.strip() == term and term for term in entry.terms[language]), (entry.id, language)


def test_taxonomies_have_their_size():
    assert len(taxonomy.themes()) == 54
    assert list(taxonomy.goals()) == [str(n) for n in range(1, 18)]
    assert len(taxonomy.targets()) == 169
    assert len(taxonomy.agencies()) >= 23
    assert {"ICCPR-OP2", "OP-CAT", "CED", "ILO C189", "Rome Statute", "Palermo Protocol"} <= set(
        taxonomy.instruments()
    )


def test_references_between_files_resolve():
    themes, groups, cues = taxonomy.themes(), taxonomy.groups(), taxonomy.cues()
    links = set(taxonomy.goals()) | set(taxonomy.targets())
    for entry in [*taxonomy.agencies().values(), *taxonomy.instruments().values()]:
        assert set(entry.themes) <= set(themes), entry.id
        assert set(entry.groups) <= set(groups), entry.id
        assert set(entry.targets) <= links, entry.id
    for prior in sdg.priors():
        assert prior.theme in themes, prior
        assert prior.link in links, prior
        assert 0 < prior.weight < 1, prior
        assert not prior.when or prior.when in groups or prior.when in cues, prior
    for names in taxonomy.crosswalk().values():
        assert set(names) <= set(themes)


def test_every_agency_says_where_its_mandate_is_read():
    assert all(agency.note for agency in taxonomy.agencies().values())


QUESTIONS = [
    # goals and targets by number, as each language writes them
    ("What falls under SDG 16?", [("goal", "16")]),
    ("recommendations on target 8.7", [("target", "8.7")]),
    ("les recommandations de l'ODD 5", [("goal", "5")]),
    ("¿Qué dice el ODS 4?", [("goal", "4")]),
    ("Что говорит ЦУР 13?", [("goal", "13")]),
    ("与目标16有关的", [("goal", "16")]),
    ("الهدف ١٦", [("goal", "16")]),
    # a number that is no target names nothing
    ("SDG 16.99", []),
    # the longest name wins
    ("Optional Protocol to the Convention against Torture", [("instrument", "OP-CAT")]),
    # a group inside the name of a body is not asked for
    ("the Committee on the Rights of the Child", [("instrument", "Committee on the Rights of the Child")]),
    # abbreviations, also without capitals
    ("recommendations within UNICEF's mandate", [("agency", "UNICEF")]),
    ("within unicef mandate", [("agency", "UNICEF")]),
    ("dans le mandat de l'OIT", [("agency", "ILO")]),
    ("в рамках мандата ЮНИСЕФ", [("agency", "UNICEF")]),
    ("儿基会", [("agency", "UNICEF")]),
    ("ضمن ولاية اليونيسف", [("agency", "UNICEF")]),
    # a word that is also an abbreviation is a word
    ("who asked for it?", []),
    ("my cat", []),
    # ILO conventions by number
    ("ILO Convention No. 189", [("agency", "ILO"), ("instrument", "ILO C189")]),
    ("le Convention n° 169", [("instrument", "ILO C169")]),
    # themes and groups
    (
        "children in prisons",
        [
            ("group", "children"),
            ("group", "detainees"),
            ("theme", "Detention"),
            ("theme", "Rights of the Child"),
        ],
    ),
    (
        "дети-инвалиды",
        [
            ("group", "children"),
            ("group", "persons with disabilities"),
            ("theme", "Disabilities"),
            ("theme", "Rights of the Child"),
        ],
    ),
    ("والأطفال", [("group", "children"), ("theme", "Rights of the Child")]),
    ("nothing of the kind", []),
]


@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[q for q, _ in QUESTIONS])
def test_find_names_what_a_question_mentions(question, expected):
    found = {(m.kind.value, m.id) for m in taxonomy.find(question)}
    assert found == set(expected)


def test_mentions_locate_their_words():
    question = "What did my country accept on the death penalty and OP-CAT?"
    spans = {m.id: question[m.start : m.end] for m in taxonomy.find(question)}
    assert spans["Death penalty"] == "death penalty"
    assert spans["OP-CAT"] == "OP-CAT"


CROSSWALK = [
    ("A12 Acceptance of international norms", ("International instruments",)),
    ("12.6. Conditions of detention", ("Detention",)),
    ("- Right to health", ("Right to health",)),
    ("Right or area: 12.4. Death penalty", ("Death penalty",)),
    ("E41 Right to health - General", ("Right to health",)),
    ("Children: protection against exploitation", ("Rights of the Child",)),
    ("a theme that nobody has", ()),
]


@pytest.mark.parametrize(("name", "themes"), CROSSWALK, ids=[n for n, _ in CROSSWALK])
def test_names_used_by_ohchr_lead_to_themes(name, themes):
    assert taxonomy.themes_named(name) == themes
