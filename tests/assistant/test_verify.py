"""What does not hold is dropped: false quotes, sentences without a source, numbers from nowhere, false sums."""

from decimal import Decimal

import pytest

from assistant.draft import Draft, Figure, Operation, Quote, Row, Statement, Table
from assistant.verify import readings, recomputed, unsupported, verify
from corpus.model import Citation

TRUE = Citation("A/1", "A/1", "5", 1, "The Fund spent 1 300 dollars on 12 projects", 0, 43)
FALSE = Citation("A/1", "A/1", "5", 1, "The Fund spent nothing", 0, 22)


def holds(citation: Citation) -> bool:
    return citation is TRUE or citation == TRUE


def test_a_sentence_keeps_only_citations_that_hold() -> None:
    checked = verify(Draft((Statement("It spent 1,300 ⟦0⟧⟦1⟧", (FALSE, TRUE)),)), holds)
    kept = checked.draft.parts[0]
    assert isinstance(kept, Statement)
    assert kept.cites == (TRUE,)
    assert kept.text == "It spent 1,300 ⟦0⟧"


DROPPED = {
    "no citation": Statement("The Fund is rich"),
    "a false citation": Statement("The Fund is rich ⟦0⟧", (FALSE,)),
    "a number from nowhere": Statement("It spent 1,301 ⟦0⟧", (TRUE,)),
    "a false quote": Quote(FALSE),
    "a table of false rows": Table(("a",), (Row((None,), FALSE),)),
}


@pytest.mark.parametrize("part", DROPPED.values(), ids=DROPPED)
def test_what_does_not_hold_is_dropped_and_told(part: Statement | Quote | Table) -> None:
    checked = verify(Draft((part,)), holds)
    assert checked.draft.parts == ()
    assert len(checked.dropped) == 1


FIGURES = {
    "sum": (Figure(Decimal(5), "", "", Operation.SUM, (Decimal(2), Decimal(3))), True),
    "false sum": (Figure(Decimal(6), "", "", Operation.SUM, (Decimal(2), Decimal(3))), False),
    "share": (Figure(Decimal("34.7"), "%", "", Operation.SHARE, (Decimal(77333), Decimal(222828))), True),
    "false share": (Figure(Decimal(35), "%", "", Operation.SHARE, (Decimal(77333), Decimal(222828))), False),
    "rank": (
        Figure(Decimal(2), "", "", Operation.RANK, (Decimal(4), Decimal(9), Decimal(4), Decimal(1))),
        True,
    ),
    "false rank": (Figure(Decimal(1), "", "", Operation.RANK, (Decimal(4), Decimal(9), Decimal(4))), False),
    "largest": (Figure(Decimal(9), "", "", Operation.LARGEST, (Decimal(9), Decimal(4))), True),
    "difference": (Figure(Decimal(5), "", "", Operation.DIFFERENCE, (Decimal(9), Decimal(4))), True),
    "count": (Figure(Decimal(3), "", "", Operation.COUNT, rows=3), True),
    "false count": (Figure(Decimal(4), "", "", Operation.COUNT, rows=3), False),
    "given": (Figure(Decimal(4), "", "", Operation.GIVEN, (Decimal(5),)), False),
}


@pytest.mark.parametrize(("figure", "right"), FIGURES.values(), ids=FIGURES)
def test_figures_are_computed_again(figure: Figure, right: bool) -> None:
    assert recomputed(figure) is right


def test_a_false_figure_takes_its_sentence_with_it() -> None:
    figure = Figure(Decimal(99), "", "", Operation.SUM, (Decimal(2), Decimal(3)))
    checked = verify(Draft((Statement("In all 99 ⟦0⟧", (TRUE,)),), (figure,)), holds)
    assert checked.draft.parts == ()
    assert checked.draft.figures == ()


@pytest.mark.parametrize("printed", ["1300", "1,300", "1 300", "1.300", "1\u202f300", "١٣٠٠"])
def test_a_number_is_the_same_however_it_is_printed(printed: str) -> None:
    assert Decimal(1300).normalize() in readings(printed)
    assert unsupported(f"It was {printed}.", [TRUE.quote], ()) == []
