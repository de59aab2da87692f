"""The tagger as a whole: English by the learned models, other languages by the heads, reasons always."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Language, Tags
from corpus.tag import VERSION, agencies_for, head, tag, tagger, taxonomy
from corpus.tag.features import features, words


def themes(text, language=None):
    return {t.name for t in tag([text], language)[0].themes}


ENGLISH = [
    ("Abolish capital punishment for all crimes", "Death penalty", 16),
    ("Adopt a law against domestic violence that protects wives", "Women's rights", 5),
    ("Send all girls of the villages to secondary school", "Right to education", 4),
    ("Continue its fight against the sale of human beings and trafficking", "Trafficking", 8),
    ("Give migrant workers a residence permit", "Migrants", 10),
    ("Bring drinking water to every village", "Right to water", 6),
]


@pytest.mark.parametrize(("text", "theme", "goal"), ENGLISH, ids=[t for t, _, _ in ENGLISH])
def test_themes_and_goals_in_english(text, theme, goal):
    tags = tag([text])[0]
    assert theme in {t.name for t in tags.themes}
    assert goal in {link.goal for link in tags.sdgs}


OTHER = [
    ("Abolir la peine de mort", "Death penalty"),
    ("Reducir el hacinamiento en las cárceles", "Detention"),
    ("Бороться с торговлей людьми", "Trafficking"),
    ("حظر العقوبة البدنية للأطفال", "Rights of the Child"),
    ("为残疾人提供就业机会", "Disabilities"),
]


@pytest.mark.parametrize(("text", "theme"), OTHER, ids=[t for t, _ in OTHER])
def test_themes_in_other_languages(text, theme):
    assert theme in themes(text)


ACTIONS = [
    ("Consider ratifying the convention", 3),
    ("Continue its efforts to promote equality", 2),
    ("Strengthen the protection of children", 4),
    ("Ratify the Rome Statute", 5),
    ("Continuer de promouvoir l'égalité", 2),
    ("Ratificar el Estatuto de Roma", 5),
    ("Рассмотреть вопрос о ратификации конвенции", 3),
]


@pytest.mark.parametrize(("text", "category"), ACTIONS, ids=[t for t, _ in ACTIONS])
def test_action_category(text, category):
    assert tag([text])[0].action == category


def test_an_optional_protocol_is_named_links_to_targets_and_says_why():
    tags = tag(["Ratify OP-CAT and establish a national preventive mechanism"])[0]
    assert "OP-CAT" in {i.name for i in tags.instruments}
    assert "detainees" in {g.name for g in tags.groups}
    links = [link for link in tags.sdgs if link.goal == 16]
    assert links
    assert any("theme" in link.why or "term" in link.why for link in links)


def test_every_tag_has_a_score_and_a_reason():
    for tags in tag([text for text, *_ in [*ENGLISH, *OTHER, *ACTIONS]]):
        assert tags.origin == f"tagger:{VERSION}"
        for one in (*tags.themes, *tags.groups, *tags.agencies, *tags.instruments, *tags.sdgs):
            assert 0 < one.score <= 1
            assert one.why
        for link in tags.sdgs:
            assert link.target is None or link.target in taxonomy.targets()
            assert link.target is None or link.target.startswith(f"{link.goal}.")


def test_a_blank_text_has_no_tags():
    for tags in tag(["", "  \n "]):
        assert tags == Tags(origin=f"tagger:{VERSION}")


def test_a_batch_gives_what_each_text_gives_alone():
    texts = ["Ratify CEDAW", "Ratifier la CEDAW", "", "Release all journalists", "释放所有记者"] * 3
    assert tag(texts) == [tag([text])[0] for text in texts]


def test_a_goal_hardly_seen_in_training_is_linked_by_its_terms():
    assert 7 in {link.goal for link in tag(["Extend access to electricity to rural areas"])[0].sdgs}
    assert 14 in {link.goal for link in tag(["Stop overfishing and protect coral reefs"])[0].sdgs}


def test_the_name_of_a_state_does_not_speak_for_democracy():
    links = tag(["Offer assistance to the Lao People's Democratic Republic"])[0].sdgs
    assert "16.7" not in {link.target for link in links}


def test_a_long_text_that_is_no_recommendation_is_tagged_by_what_it_is_about():
    text = (
        "The coral reefs of the region lost a third of their cover in two decades. Fishing fleets grew, marine litter "
        "spread along the coast, and ocean acidification weakened the reefs further. Scientists who measured the fish "
        "stocks each spring found fewer adult fish every year, and the small island towns that live from fisheries "
        "began to look for other incomes. A marine protected area was planned, but its borders were drawn too narrow."
    )
    assert {link.goal for link in tag([text])[0].sdgs} == {14}


def test_heads_were_trained_on_the_shipped_embedding():
    assert tagger.theme_head().embedding == head.fingerprint()
    assert tagger.action_head().embedding == head.fingerprint()


def test_models_are_small_and_know_all_themes():
    size = sum(path.stat().st_size for path in taxonomy.DATA.glob("*.npz"))
    assert size < 5_000_000
    assert set(tagger.theme_model().labels) == set(taxonomy.themes())
    assert tagger.theme_head().labels == tuple(taxonomy.themes())


def test_agencies_follow_the_data_file():
    found = {t.name: t for t in agencies_for({"Rights of the Child"}, (), ("3.3",))}
    assert {"UNICEF", "WHO", "UNAIDS", "OHCHR"} <= set(found)
    assert "theme Rights of the Child" in found["UNICEF"].why
    assert "mandate:" in found["UNICEF"].why
    assert "SDG 3.3" in found["WHO"].why
    assert "FAO" not in found


def test_an_agency_named_in_the_text_comes_first():
    found = agencies_for((), (), (), named=("FAO",))
    assert found[0].name == "FAO"
    assert found[0].why.startswith("named in the text")


def test_a_goal_in_a_mandate_covers_its_targets_but_not_the_reverse():
    assert "WHO" in {t.name for t in agencies_for((), (), ("3.4",))}
    assert "UNAIDS" not in {t.name for t in agencies_for((), (), ("3",))}


def test_a_number_at_the_head_of_a_recommendation_does_not_count():
    assert words("121.13 Strengthen the law") == ("strengthen", "the", "law")
    assert words("2030 Agenda") == ("2030", "agenda")
    assert "p:0:strengthen" in features("121.13 Strengthen the law", with_opening=True)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_tagged(text):
    assert len(tag([text])) == 1


@given(st.sampled_from(list(Language)))
def test_the_language_may_be_given(language):
    assert tag(["UNICEF"], language)[0].agencies
