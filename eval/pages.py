"""The pages of a file as its own library gives them, to judge the pages and numbers that were read.

Independent of our reading but for the library: text is compared letter by letter without spaces, hyphens and marks,
which PDF libraries and people set differently.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pypdfium2

from corpus.load.text import decode

_FIRST = 40  # letters and digits of a text's beginning that are looked for
_NO_LETTER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTER.sub("", text).casefold()


@cache
def pages_of(path: Path) -> tuple[str, ...]:
    """The letters of each page of a PDF, or of a text file with form feeds."""
    if path.suffix.lower() == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return tuple(letters(page.get_textpage().get_text_bounded()) for page in document)
    return tuple(letters(page) for page in decode(path.read_bytes()).split("\f"))


def is_on_page(pages: tuple[str, ...], page: int | None, text: str) -> bool:
    """Whether a text begins on that page (from 1); a beginning that runs over to the next page counts."""
    if page is None or not 1 <= page <= len(pages):
        return False
    wanted = letters(text)[:_FIRST]
    here = pages[page - 1]
    if wanted in here:
        return True
    following = pages[page] if page < len(pages) else ""
    # The first letters are here and the rest overleaf, with a foot or a head of the page between.
    return any(
        wanted[:cut] in here[-400:] and wanted[cut:] in following[:600] for cut in range(12, len(wanted))
    )
