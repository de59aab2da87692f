"""Numbers of recommendations as documents print them: singly, in ranges, in lists.

`find` gives every run of numbers in a text; `natural` orders numbers as people count ("6.9" before "6.10").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_IN_A_RANGE = 400
MOST_LISTS = 6
"""The lists of a report that a range may run over: "112.1 to 113.6"."""

_ITEM = r"\d{1,3}(?!\d)(?:\.\d{1,3}(?!\d)|\s?\(\d{1,3}\))?(?:\s?\([a-z]\))?(?!\.\d)"
_RANGE = r"\s*(?:-|–|—|‑|−|－|~|to|through|until|à|au|al?|hasta|по|до|至|到|إلى|الى|bis)\s*"
_WORDS = (
    r"recommendations?|recs?\.?|nos?\.?|numbers?|paragraphs?|paras?\.?|recommandations?|recomendaciones|"
    r"recomendación|рекомендаци[а-я]+|пункт[а-я]*|建议|段|التوصيات|التوصية"
)
_JOIN = rf"\s*(?:[,;،؛、，；]|and|&|et|y|e|и|和|及|与|以及|و|as well as|\s)*\s*(?:(?:{_WORDS})\s+)?"
_NUMBER = re.compile(rf"(?<![A-Za-z0-9./])(?<!\d,){_ITEM}")
_FOLLOWING = re.compile(_ITEM)
_NOT_A_NUMBER = re.compile(
    r"\s*(?:%|per\s?cent|percent|January|February|March|April|May|June|July|August|September|October|November|"
    r"December|million|billion|years?\b|months?\b|days?\b|janvier|février|mars|avril|"
    r"mai|juin|juillet|août|septembre|octobre|novembre|décembre|года?|лет|年|月|日|项建议|条建议)",
    re.IGNORECASE,
)

_OF_SOMETHING = re.compile(r"\s*(?:of the|recommendations?|recommandations|recomendaciones)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of numbers: where it stands and the numbers in it, ranges written out.

    `open_end` says that the run ends with a comma, so that more may follow after a break.
    """

    start: int
    end: int
    numbers: tuple[str, ...]
    open_end: bool = False

    @property
    def dotted(self) -> bool:
        """True where every number names its paragraph ("118.4")."""
        return all("." in number for number in self.numbers)


def clean(number: str) -> str:
    """A number in its plain form: "118. 4." -> "118.4", "79 (12)" -> "79.12"."""
    number = re.sub(r"\s+", "", number).strip(".")
    number = re.sub(r"^(\d+)\((\d+)\)", r"\1.\2", number)
    return re.sub(r"(?<![\d])0+(?=\d)", "", number)


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key by which "6.9" comes before "6.10", and letters after digits."""
    parts = re.findall(r"\d+|[^\d.\s]+", number)
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts)


def expand(first: str, last: str) -> tuple[str, ...]:
    """The numbers from `first` to `last`, both included; the two alone where they make no range.

    A range that runs over several lists stays one word ("112.1>113.6"): where a list ends, only the report tells.
    """
    base, _, low = first.rpartition(".")
    last_base, _, high = last.rpartition(".")
    if base and last_base and base != last_base and _rises(first, last):
        return (f"{first}>{last}",)
    if not (low.isdigit() and high.isdigit()) or (last_base and last_base != base):
        return (first, last)
    if not int(low) < int(high) <= int(low) + MOST_IN_A_RANGE:
        return (first, f"{base}.{high}" if base else last)
    prefix = f"{base}." if base else ""
    return tuple(f"{prefix}{n}" for n in range(int(low), int(high) + 1))


def _is_something_else(text: str, number: re.Match[str]) -> bool:
    """True for a date, a quantity, or a bare number of something ("paragraph 12 of the report")."""
    if "." not in clean(number.group()) and _OF_SOMETHING.match(text, number.end()):
        return True
    return bool(_NOT_A_NUMBER.match(text, number.end()))


def find(text: str) -> tuple[Run, ...]:
    """Every run of numbers in `text`, in order. Whether a run names recommendations is the caller's to say."""
    runs: list[Run] = []
    position = 0
    while match := _NUMBER.search(text, position):
        run = _run_from(text, match)
        position = max(match.end(), run.end if run else 0)
        if run:
            runs.append(run)
    return tuple(runs)


def _run_from(text: str, match: re.Match[str]) -> Run | None:
    if _is_something_else(text, match):
        return None
    numbers = [clean(match.group())]
    end = match.end()
    while step := _next(text, end, _last(numbers)):
        following, is_range = step
        number = clean(following.group())
        if is_range:
            numbers[-1:] = expand(_last(numbers), number)
        else:
            numbers.append(_with_base(number, _last(numbers)))
        end = following.end()
    return Run(match.start(), end, tuple(numbers), bool(re.match(r"\.?\s*[,;،、]", text[end : end + 4])))


def _last(numbers: list[str]) -> str:
    """The number that a run has reached; of a range over several lists its end."""
    return numbers[-1].rpartition(">")[2]


def _next(text: str, end: int, last: str) -> tuple[re.Match[str], bool] | None:
    """The next number of the run that has reached `end`, and whether it closes a range."""
    separator = re.match(rf"\.?(?P<range>{_RANGE})", text[end:], re.IGNORECASE)
    if separator and (following := _FOLLOWING.match(text, end + separator.end())):
        if not _is_something_else(text, following) and _rises(last, clean(following.group())):
            return following, True
        if separator.group("range").strip():
            return None
    for kind in ("join", "dotcomma"):
        pattern = _JOIN if kind == "join" else r"\s*\.\s*(?:[,;]\s*|(?=\d))(?:and\s+|et\s+|y\s+|и\s+)?"
        gap = re.match(pattern, text[end:], re.IGNORECASE)
        if not gap or not gap.group():
            continue
        following = _FOLLOWING.match(text, end + gap.end())
        if following and _continues(text, gap.group(), last, following):
            return following, False
    return None


def _rises(first: str, last: str) -> bool:
    base, _, low = first.rpartition(".")
    last_base, _, high = last.rpartition(".")
    if not (low.isdigit() and high.isdigit()):
        return False
    if base.isdigit() and last_base.isdigit() and base != last_base:
        return int(base) < int(last_base) <= int(base) + MOST_LISTS
    return int(low) < int(high) and last_base in ("", base)


def _continues(text: str, gap: str, last: str, following: re.Match[str]) -> bool:
    if _is_something_else(text, following):
        return False
    number = clean(following.group())
    if "." in last and "." not in number:
        # "140.120, 209": only inside a list, and rising.
        return bool(re.search(r"[,;،、]|and|et|y|и|和|و", gap)) and _rises(last, number)
    if "." not in last and "." in number:
        return False
    # a bare blank or a full stop joins only numbers that both name their paragraph
    return bool(gap.strip(" \n\t")) or "." in number


def _with_base(number: str, last: str) -> str:
    return f"{last.rpartition('.')[0]}.{number}" if "." in last and "." not in number else number
