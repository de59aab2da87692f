"""The numbers that Word shows before paragraphs and keeps nowhere in their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_HEADING = re.compile(
    r"^(?:heading|titre|título|заголовок|عنوان|标题)\s*(\d)$|^_?\s*H_?\s?(?:Ch|M)?_?\s?(\d)?(?:_G)?$", re.I
)


@dataclass(slots=True)
class _Level:
    text: str
    style: str
    start: int


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts numbered paragraphs in document order and says what Word would print before each."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str | None, int, str | None, str]] = {}
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: etree._Element) -> tuple[str, int]:
        """The printed number ("12.", "(a)", "•") and its level from 1; ("", 0) for a paragraph without one."""
        identifier, depth = self._number_of(paragraph)
        entry = self._lists.get(identifier or "")
        if entry is None or depth not in entry.levels:
            return "", 0
        level = entry.levels[depth]
        entry.counts[depth] = entry.counts.get(depth, level.start - 1) + 1
        for deeper in [key for key in entry.counts if key > depth]:
            del entry.counts[deeper]
        if level.style == "none":
            return "", 0
        if level.style == "bullet":
            return "•", depth + 1

        def shown(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = entry.levels.get(at, level)
            return _number(entry.counts.get(at, other.start), other.style)

        return _PLACE.sub(shown, level.text).strip(), depth + 1

    def heading(self, paragraph: etree._Element) -> int:
        """The depth of a heading, from 1; 0 for anything else."""
        outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and (outline.get(f"{_W}val") or "9").isdigit():
            depth = int(outline.get(f"{_W}val") or 9)
            return depth + 1 if depth < 9 else 0
        match = _HEADING.match(self.style(paragraph))
        return int(match.group(1) or match.group(2) or 1) if match else 0

    def style(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style; empty where it has none."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is None:
            return ""
        identifier = style.get(f"{_W}val") or ""
        return (self._styles.get(identifier, (None, 0, None, identifier))[3] or identifier).strip()

    def _number_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is not None:
            return _reference(properties)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        identifier = style.get(f"{_W}val") if style is not None else None
        for _ in range(10):
            if identifier is None or identifier not in self._styles:
                return None, 0
            number, depth, parent, _name = self._styles[identifier]
            if number is not None:
                return number, depth
            identifier = parent
        return None, 0

    def _read_lists(self, root: etree._Element) -> None:
        abstract: dict[str, dict[int, _Level]] = {}
        for element in root.iter(f"{_W}abstractNum"):
            levels: dict[int, _Level] = {}
            for level in element.iter(f"{_W}lvl"):
                levels[_value(level, "ilvl", 0)] = _Level(
                    _child(level, "lvlText", ""),
                    _child(level, "numFmt", "decimal"),
                    _whole(_child(level, "start", "1")),
                )
            abstract[element.get(f"{_W}abstractNumId") or ""] = levels
        for element in root.iter(f"{_W}num"):
            levels = dict(abstract.get(_child(element, "abstractNumId", ""), {}))
            for override in element.iter(f"{_W}lvlOverride"):
                depth = _value(override, "ilvl", 0)
                start = override.find(f"{_W}startOverride")
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = _Level(old.text, old.style, _value(start, "val", 1))
            self._lists[element.get(f"{_W}numId") or ""] = _List(levels)

    def _read_styles(self, root: etree._Element) -> None:
        for style in root.iter(f"{_W}style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            number, depth = _reference(properties) if properties is not None else (None, 0)
            parent = _child(style, "basedOn", "") or None
            name = _child(style, "name", "")
            self._styles[style.get(f"{_W}styleId") or ""] = (number, depth, parent, name)


def _reference(properties: etree._Element) -> tuple[str | None, int]:
    return _child(properties, "numId", "") or None, _whole(_child(properties, "ilvl", "0"))


def _child(element: etree._Element, name: str, default: str) -> str:
    child = element.find(f"{_W}{name}")
    return default if child is None else child.get(f"{_W}val") or default


def _value(element: etree._Element, name: str, default: int) -> int:
    return _whole(element.get(f"{_W}{name}") or str(default))


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0


def _number(value: int, style: str) -> str:
    if style in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value > 0 else ""
        return letters.upper() if style == "upperLetter" else letters
    if style in {"lowerRoman", "upperRoman"}:
        roman = _roman(value)
        return roman if style == "upperRoman" else roman.lower()
    return str(value)


def _roman(value: int) -> str:
    out = ""
    for amount, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        while 0 < amount <= value < 4000:
            out += letters
            value -= amount
    return out
