"""Words for several recommendations at once, where a document names them without their numbers.

"*" are all that the document does not name otherwise, "118.*" those of a paragraph, "112.1>113.6" those from one to
another across the lists between. Which ones they are, only the report tells, so that they are kept until the merge.
"""

from __future__ import annotations

from corpus import numbering

ALL = "*"


def of_paragraph(paragraph: str) -> str:
    """All recommendations listed in one paragraph of the report."""
    return f"{paragraph}.*"


def between(first: str, last: str) -> str:
    """All recommendations from one number to another of a later list, both included."""
    return f"{first}>{last}"


def is_selector(number: str) -> bool:
    """True where `number` stands for several recommendations rather than being one's number."""
    return number.endswith(ALL) or ">" in number


def quoted(start: int, end: int) -> str:
    """A recommendation that a document repeats word for word without its number, by the place of the words."""
    return f"@{start}:{end}"


def quotation(number: str) -> tuple[int, int] | None:
    """Where the words of a quoted recommendation stand; None where `number` is a number or a selector."""
    if not number.startswith("@"):
        return None
    start, _, end = number[1:].partition(":")
    return int(start), int(end)


def breadth(number: str) -> int:
    """How much a selector takes in, for the narrower to go before the wider: a range, a paragraph, all."""
    return 3 if number == ALL else 2 if number.endswith(ALL) else 1 if ">" in number else 0


def selects(selector: str, number: str) -> bool:
    """True where the recommendation `number` is among those that `selector` stands for."""
    if selector == ALL:
        return True
    if selector.endswith(ALL):
        return number.startswith(selector[:-1])
    first, _, last = selector.partition(">")
    return numbering.natural(first) <= numbering.natural(number) <= numbering.natural(last)
