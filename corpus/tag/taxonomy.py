"""What can be said about a recommendation: themes, groups, goals and targets, agencies, instruments.

Each is an `Entry` read from a data file beside this module; `find` names the entries that a text or a question
mentions, in six languages.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from corpus.language import detect
from corpus.model import Language
from corpus.tag.terms import Found, Terms, longest

DATA = Path(__file__).parent / "data"
_PLAIN_ENGLISH = frozenset({"who", "cat", "aids", "ced", "iom", "rom", "apic"})


class EntryKind(StrEnum):
    """The taxonomies."""

    THEME = "theme"
    GROUP = "group"
    GOAL = "goal"
    TARGET = "target"
    AGENCY = "agency"
    INSTRUMENT = "instrument"
    CUE = "cue"
    VERB = "verb"


REST = frozenset({"General", "Other"})
"""Themes that UPR Info gives to what none of its others names: their names tell nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a taxonomy. `terms` holds, a language, the name first and then the terms that mention it.

    `excluded` holds phrases inside which the terms do not count (written `!phrase` in the files).
    `themes`, `groups` and `targets` say what an instrument implies or an agency is mandated with; `note` is the
    kind of an instrument, the mandate's source of an agency, the goal's name of a target.
    """

    kind: EntryKind
    id: str
    terms: dict[Language, tuple[str, ...]] = field(repr=False)
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    note: str = ""
    everything: bool = False
    excluded: dict[Language, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def name(self, language: Language = Language.ENGLISH) -> str:
        """The name shown in a language (English where the file has none)."""
        named = self.terms.get(language) or self.terms.get(Language.ENGLISH) or (self.id,)
        return named[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry mentioned in a text: `text[start:end]` is what was written."""

    kind: EntryKind
    id: str
    start: int
    end: int


def _read(file: str, table: str) -> list[dict[str, object]]:
    with (DATA / file).open("rb") as stream:
        rows: list[dict[str, object]] = tomllib.load(stream)[table]
    return rows


def _strings(value: object) -> tuple[str, ...]:
    return tuple(str(v) for v in value) if isinstance(value, list) else ()


def _counted(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term for term in terms if not term.startswith("!"))


def _masks(terms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(term.removeprefix("!") for term in terms if term.startswith("!"))


def _entries(kind: EntryKind, *files: str, note: str = "") -> dict[str, Entry]:
    return {
        str(row["id"]): Entry(
            kind,
            str(row["id"]),
            {language: _counted(_strings(row.get(language))) for language in Language},
            _strings(row.get("themes")),
            _strings(row.get("groups")),
            _strings(row.get("targets")),
            str(row.get(note, "")),
            bool(row.get("everything", False)),
            {language: _masks(_strings(row.get(language))) for language in Language},
        )
        for file in files
        for row in _read(file, kind.value)
    }


@cache
def themes() -> dict[str, Entry]:
    """UPR Info's issues, by their name there."""
    return _entries(EntryKind.THEME, "themes.toml")


@cache
def groups() -> dict[str, Entry]:
    """Groups of persons, by their short English name."""
    return _entries(EntryKind.GROUP, "groups.toml")


@cache
def goals() -> dict[str, Entry]:
    """The 17 goals, by number."""
    return _entries(EntryKind.GOAL, "goals.toml")


@cache
def targets() -> dict[str, Entry]:
    """The 169 targets, by number ("16.3", "16.a"): our own short wording first, then cues."""
    with (DATA / "targets.psv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Entry(
                EntryKind.TARGET,
                row["id"],
                {language: _counted(_cell(row[language])) for language in Language},
                note=row["id"].split(".")[0],
                excluded={language: _masks(_cell(row[language])) for language in Language},
            )
            for row in csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE)
        }


def _cell(cell: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in cell.split(";") if term.strip())


@cache
def agencies() -> dict[str, Entry]:
    """UN entities, by their English abbreviation."""
    return _entries(EntryKind.AGENCY, "agencies.toml", note="mandate")


@cache
def instruments() -> dict[str, Entry]:
    """Treaties, protocols, standards, bodies and procedures, by their abbreviation or short name."""
    found = _entries(EntryKind.INSTRUMENT, "instruments.toml", "bodies.toml", note="kind")
    for row in _read("ilo.toml", "convention"):
        entry = _convention(row)
        found[entry.id] = entry
    return found


@cache
def cues() -> dict[str, Entry]:
    """What is asked to be done ("law", "awareness"); features of the SDG model, not shown to users."""
    return _entries(EntryKind.CUE, "cues.toml")


@cache
def verbs() -> dict[str, Entry]:
    """Verbs that open a recommendation; features of the model of action categories, not shown to users."""
    return _entries(EntryKind.VERB, "actions.toml")


def _convention(row: dict[str, object]) -> Entry:
    """An ILO convention, which people name by number in many ways."""
    number = row["number"]
    ways = {
        Language.ENGLISH: (
            f"ILO C{number}",
            *_strings(row.get("en")),
            f"C{number}",
            f"C {number}",
            f"C.{number}",
            f"Convention No. {number}",
            f"Convention {number}",
            f"Convention Nº {number}",
            f"Convention (No. {number})",
            f"ILO Convention {number}",
            f"ILO {number}",
        ),
        Language.FRENCH: (
            f"Convention n° {number} de l'OIT",
            f"convention n° {number}",
            f"convention no {number}",
            f"convention {number}",
        ),
        Language.SPANISH: (
            f"Convenio núm. {number} de la OIT",
            f"Convenio núm. {number}",
            f"Convenio Nº {number}",
            f"Convenio {number}",
        ),
        Language.ARABIC: (
            f"اتفاقية منظمة العمل الدولية رقم {number}",
            f"الاتفاقية رقم {number}",
            f"اتفاقية رقم {number}",
        ),
        Language.RUSSIAN: (
            f"Конвенция № {number} МОТ",
            f"Конвенц* № {number}",
            f"Конвенц* МОТ № {number}",
            f"Конвенц* {number}",
        ),
        Language.CHINESE: (f"劳工组织第{number}号公约", f"第{number}号公约", f"{number}号公约"),
    }
    return Entry(
        EntryKind.INSTRUMENT,
        f"ILO C{number}",
        ways,
        _strings(row.get("themes")),
        _strings(row.get("groups")),
        note="treaty",
    )


_ALL = (themes, groups, goals, targets, agencies, instruments, cues, verbs)


def entries(kind: EntryKind) -> dict[str, Entry]:
    """The taxonomy of a kind."""
    return dict(zip(EntryKind, _ALL, strict=True))[kind]()


@cache
def matcher(language: Language) -> Terms:
    """The terms of one language; abbreviations that are written in capitals count in every language."""
    terms = Terms()
    for read in _ALL:
        for entry in read().values():
            terms.extend(entry.terms.get(language, ()), entry.kind, entry.id)
            for phrase in entry.excluded.get(language, ()):
                terms.exclude(phrase, entry.kind, entry.id)
            if language is not Language.ENGLISH:
                latin = [t for t in entry.terms.get(Language.ENGLISH, ()) if t.isupper() or t == entry.id]
                terms.extend(latin, entry.kind, entry.id)
    return terms


_GOAL_WORDS = "|".join(
    (
        r"SDGs?|Goals?|Targets?",
        r"ODD|Objectifs?|Cibles?",
        r"ODS|Objetivos?|Metas?",
        r"ЦУР|Цел[ьияей]+|Задач[аеиу]",
        r"[وبلك]?(?:الهدف|هدف|أهداف|الغاية|غاية|المقصد)",
    )
)
_CHINESE_GOAL_WORDS = "(?:可持续发展)?(?:具体)?目标"
_NUMBERED = re.compile(
    rf"(?:(?<![^\W\d_])(?:{_GOAL_WORDS})|{_CHINESE_GOAL_WORDS})"
    r"\s*(?:n[o°º]\.?\s*|no\.\s*|№\s*|رقم\s*|第)?"
    r"(1[0-7]|[1-9])(?!\d)(?:\.(1[0-9]|[1-9a-d])(?!\w)|(?!\.\w))",
    re.IGNORECASE,
)


def _numbered(text: str) -> list[Mention]:
    """Goals and targets named by number ("SDG 16", "ODD 16.3", "ЦУР 5", "目标16", "الهدف 16")."""
    digits = text.translate(_ARABIC_DIGITS)
    found: list[Mention] = []
    for match in _NUMBERED.finditer(digits):
        goal, target = match.group(1), match.group(2)
        if target and f"{goal}.{target.lower()}" in targets():
            found.append(Mention(EntryKind.TARGET, f"{goal}.{target.lower()}", match.start(), match.end()))
        elif not target:
            found.append(Mention(EntryKind.GOAL, goal, match.start(), match.end(1)))
    return found


_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


_ASKED = (EntryKind.THEME, EntryKind.GROUP, EntryKind.AGENCY, EntryKind.INSTRUMENT)


def find(text: str, language: Language | None = None) -> list[Mention]:
    """Every entry that a question mentions, in reading order: themes, groups, agencies, instruments, goals, targets.

    Among mentions of one kind that overlap, the longest stays ("Optional Protocol to the Convention against
    Torture" is OP-CAT, not CAT). A theme or group named only inside the name of an agency or instrument does not
    count ("the Committee on the Rights of the Child" is not a mention of children). Goals and targets are found by
    number ("SDG 16", "cible 16.3"), goals also by name. A question typed without capitals may write abbreviations
    in small letters ("unicef").
    """
    spoken = language or detect(text)
    found = matcher(spoken).find(text)
    if text == text.lower():
        found += [f for f in matcher(spoken).find(text.upper()) if _abbreviation(f, text)]
    kept = [f for kind in _ASKED for f in longest(f for f in found if f.kind == kind)]
    names = [f for f in kept if f.kind in (EntryKind.AGENCY, EntryKind.INSTRUMENT)]
    mentions = {
        Mention(EntryKind(f.kind), f.id, f.start, f.end)
        for f in kept
        if f in names or not any(n.start <= f.start and f.end <= n.end for n in names)
    }
    taken = {(m.start, m.end) for m in mentions}
    mentions.update(
        Mention(EntryKind.GOAL, f.id, f.start, f.end)
        for f in found
        if f.kind == EntryKind.GOAL and _is_name(f, spoken) and (f.start, f.end) not in taken
    )
    mentions.update(_numbered(text))
    return sorted(mentions, key=lambda m: (m.start, -m.end, m.kind, m.id))


def _is_name(found: Found, language: Language) -> bool:
    return found.term.casefold() == goals()[found.id].name(language).casefold()


def _abbreviation(found: Found, text: str) -> bool:
    written = text[found.start : found.end]
    named = found.kind in (EntryKind.AGENCY, EntryKind.INSTRUMENT)
    return named and written not in _PLAIN_ENGLISH and found.term.upper() == found.term and " " not in written


_CODE = re.compile(r"^(?:right or area:\s*)?(?:[a-z]{1,2}\d+|\d+(?:\.\d+)*)\.?\s+")
_TAIL = re.compile(r"\s[-–]\sgeneral.*$")


def _plain(name: str) -> str:
    """A theme's name without its code, "general" tail, punctuation and "&", so that spellings of years meet."""
    bare = _TAIL.sub("", _CODE.sub("", name.casefold().strip().lstrip("- ")))
    return " ".join(word for word in re.findall(r"\w+", bare.replace("&", " ")) if word != "and")


@cache
def crosswalk() -> dict[str, tuple[str, ...]]:
    """OHCHR's and UHRI's names of themes (plainly spelt) with the nearest themes here (`crosswalk.csv`)."""
    table: dict[str, list[str]] = {_plain(name): [name] for name in themes()}
    with (DATA / "crosswalk.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = table.setdefault(_plain(row["name"]), [])
            if row["theme"] not in found:
                found.append(row["theme"])
    return {name: tuple(found) for name, found in table.items()}


def themes_named(name: str) -> tuple[str, ...]:
    """The themes that a name used by OHCHR's matrices, by UHRI or by UPR Info stands for; () where none does."""
    return crosswalk().get(_plain(name), ())
