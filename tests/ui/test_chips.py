"""Chips: what was understood can be changed, taken away and added, in the plan's fields and in its topics."""

import pytest

from assistant.plan import Intent, Plan
from corpus.model import Language, Position
from index.library import Library
from ui.pages.chips import additions, amended, chips
from ui.pages.words import words

PLAN = Plan(
    Intent.LIST,
    Language.ENGLISH,
    "q",
    states=("SVN",),
    cycles=(3,),
    positions=(Position.SUPPORTED,),
    themes=("Detention", "Torture"),
    units=((("theme", "Detention"), ("group", "persons deprived of liberty")), (("theme", "Torture"),)),
)


@pytest.mark.parametrize(
    ("field", "old", "new", "expected"),
    [
        ("states", "SVN", "FJI", {"states": ("FJI",)}),
        ("states", "SVN", "", {"states": ()}),
        ("cycles", "3", "4", {"cycles": (4,)}),
        ("cycles", "", "4", {"cycles": (3, 4)}),
        ("positions", "supported", "noted", {"positions": (Position.NOTED,)}),
        ("themes", "Torture", "", {"themes": ("Detention",), "units": PLAN.units[:1]}),
        (
            "themes",
            "Torture",
            "Detention",
            {"themes": ("Detention",), "units": (PLAN.units[0], (("theme", "Detention"),))},
        ),
        ("themes", "", "Right to education", {"units": (*PLAN.units, (("theme", "Right to education"),))}),
        ("positions", "supported", "sideways", {"positions": (Position.SUPPORTED,)}),
        ("cycles", "3", "x", {"cycles": (3,)}),
        ("question", "q", "z", {"question": "q"}),
    ],
)
def test_a_change_reaches_every_place_of_the_plan(
    field: str, old: str, new: str, expected: dict[str, object]
) -> None:
    plan = amended(PLAN, field, old, new)
    assert {name: getattr(plan, name) for name in expected} == expected


def test_a_chip_offers_what_the_library_holds_and_its_own_value(service_library: Library) -> None:
    made = {chip.field: chip for chip in chips(PLAN, words(Language.FRENCH), service_library)}
    assert made["states"].shown == "Slovénie"
    assert [choice.value for choice in made["states"].choices] == ["FJI", "SVN"]
    assert [choice.value for choice in made["cycles"].choices] == ["3", "4"]
    assert "Torture" in {choice.value for choice in made["themes"].choices}


def test_nothing_is_offered_twice(service_library: Library) -> None:
    offered = additions(PLAN, words(Language.ENGLISH), service_library, listed=True)
    values = [choice.value for _, choices in offered for choice in choices]
    assert len(values) == len(set(values))
    assert "cycles|3" not in values
    assert "cycles|4" in values
