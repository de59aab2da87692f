"""The cells of one recommendation, alike in every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from corpus import states
from corpus.model import Language, Recommendation, Source, Tags
from ui.pages.labels import tag_label
from ui.pages.words import words

Cell = str | int

COLUMNS = (
    "state", "cycle", "number", "recommendation", "position", "implemented", "by", "themes", "groups", "sdgs",
    "action", "agencies", "instruments", "document", "page", "stated_in",
)  # fmt: skip
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_FORBIDDEN_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may run the text: it begins with `=`, `+`, `-`, `@`, a tab or a return."""
    return bool(_FORMULA.match(text))


def printable(text: str) -> str:
    """The text without what XML cannot hold."""
    return _FORBIDDEN_IN_XML.sub("", text)


def inert(text: str) -> str:
    """The text as no spreadsheet will run it: what looks like a formula gets an apostrophe (OWASP, CSV injection)."""
    clean = printable(text)
    return f"'{clean}" if looks_like_formula(clean) else clean


def heading(language: Language) -> list[str]:
    """The names of `COLUMNS`."""
    return [words(language)[f"column_{name}"] for name in COLUMNS]


def joined(field: str, names: Iterable[str], language: Language) -> str:
    """Names of themes, groups, agencies or instruments in a cell."""
    return "; ".join(tag_label(field, name, language) for name in names)


def recommending(rec: Recommendation, language: Language) -> str:
    """The recommending States in a cell; a name that no State answers to stands as printed."""
    return "; ".join((*(states.name(code, language) for code in rec.recommenders), *rec.unresolved))


def sdgs(tags: Tags) -> list[str]:
    """Targets, and goals that no target is known of, in their order."""
    labels = {link.target or str(link.goal) for link in tags.sdgs}
    return sorted(labels, key=lambda label: [int(p) if p.isdigit() else 99 for p in label.split(".")])


def stated_in(said: Source | None, language: Language) -> str:
    """Where a position is stated."""
    if said is None:
        return ""
    label, source = words(language), said.symbol or said.document
    paragraph = label.fill("para", n=said.paragraph) if said.paragraph else ""
    return label["comma"].join(filter(None, (source, paragraph)))


def row(rec: Recommendation, symbols: Mapping[str, str], language: Language = Language.ENGLISH) -> list[Cell]:
    """The cells of one recommendation, in the order of `COLUMNS`."""
    tags = rec.tags or Tags()
    label = words(language)
    return [
        states.name(rec.state, language) if rec.state else "",
        rec.cycle or "",
        rec.number,
        rec.text,
        label[rec.position.value],
        label["yes"] if rec.implemented else "",
        recommending(rec, language),
        joined("theme", (tag.name for tag in tags.themes), language),
        joined("group", (tag.name for tag in tags.groups), language),
        "; ".join(sdgs(tags)),
        tags.action or "",
        joined("agency", (tag.name for tag in tags.agencies), language),
        joined("instrument", (tag.name for tag in tags.instruments), language),
        symbols.get(rec.document, rec.document),
        rec.page or "",
        stated_in(rec.position_source, language),
    ]
