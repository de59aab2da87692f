"""Names of tags in a language of the pages."""

from __future__ import annotations

from corpus.model import Language
from corpus.tag.taxonomy import EntryKind
from ui.words import entry

# Names of the same taxonomy in filters, in plans and in tags.
_KINDS = {
    "theme": EntryKind.THEME,
    "themes": EntryKind.THEME,
    "group": EntryKind.GROUP,
    "groups": EntryKind.GROUP,
    "sdg": EntryKind.GOAL,
    "goals": EntryKind.GOAL,
    "target": EntryKind.TARGET,
    "targets": EntryKind.TARGET,
    "agency": EntryKind.AGENCY,
    "agencies": EntryKind.AGENCY,
    "instrument": EntryKind.INSTRUMENT,
    "instruments": EntryKind.INSTRUMENT,
}
_NUMBERED = frozenset({EntryKind.GOAL, EntryKind.TARGET})


def tag_label(field: str, value: str, language: Language) -> str:
    """The name of a theme, group, goal, target, agency or instrument in `language`; goals keep their number."""
    kind = _KINDS.get(field)
    found = entry(kind, value) if kind else None
    if found is None or kind is None:
        return value
    name = found.name(language)
    return f"{value} {name}" if kind in _NUMBERED else name
