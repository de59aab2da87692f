"""Names of tags in a language of the pages."""

from __future__ import annotations

from corpus.model import Language


def tag_label(field: str, value: str, language: Language) -> str:
    """The name of a theme, group, goal, target, agency or instrument in `language`."""
    raise NotImplementedError
