"""Names of uploaded files."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

_LONGEST_NAME = 120


def safe_name(given: str | None, taken: Iterable[str] = ()) -> str:
    """A file name without folders, control characters or leading dots, of at most 120 characters, not in `taken`."""
    name = PurePath((given or "").replace("\\", "/")).name
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")
    name = re.sub(r'[<>:"|?*]', "_", name).lstrip(". ").rstrip(". ")
    stem, dot, suffix = name.rpartition(".")
    if len(name) > _LONGEST_NAME:
        name = f"{(stem or suffix)[: _LONGEST_NAME - 12]}{dot if stem else ''}{suffix[:10] if stem else ''}"
    name = name or "upload"
    lowered = {one.casefold() for one in taken}
    while name.casefold() in lowered:
        name = f"_{name}"
    return name
