"""Characters as the rest of the project expects them: one form for each, nothing invisible, nothing doubled."""

from __future__ import annotations

import re
import unicodedata

HYPHEN_AT_LINE_END = "\ufffe"  # what pdfium leaves where a hyphen closed a printed line

_DELETED = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        *range(0x200B, 0x2010),  # zero width, left-to-right and right-to-left marks
        *range(0x202A, 0x202F),  # embeddings and overrides of direction
        *range(0x2060, 0x2065),
        *range(0x2066, 0x2070),  # isolates
        0xFEFF,
        0xFFFC,
        *range(0x00, 0x09),
        *range(0x0E, 0x20),
        0x7F,
    ]
)
_SPACES = dict.fromkeys(
    [0x09, 0x0B, 0x0C, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "
)
_FULL_WIDTH = {
    **{
        code: chr(code - 0xFEE0)
        for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
    },
    0xFF08: "(",
    0xFF09: ")",
    0xFF05: "%",
    0xFF0F: "/",
    0xFF0E: ".",
    0xFF0B: "+",
    0xFF0D: "-",
    0xFF1C: "<",
    0xFF1E: ">",
}
_ALIKE = {0x2010: "-", 0x2011: "-", 0x2043: "-", 0x00B7 + 0xF000: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF0FC: "•"}
_PRIVATE = {code: chr(code - 0xF000) for code in range(0xF020, 0xF07F)}
_TABLE = {**_PRIVATE, **_SPACES, **_FULL_WIDTH, **_ALIKE, **_DELETED}
# Ligatures and Arabic shapes that fonts leave behind; everything else of compatibility stays as written.
_SHAPES = re.compile("[\ufb00-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc\u0132\u0133]")
_LONE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(" {2,}")
_PLAIN = re.compile(r"[ -~]*\Z")


def clean(text: str) -> str:
    """The text with one form of space, hyphen, digit and letter, and without invisible characters or edges' blanks."""
    if not _PLAIN.match(text):
        text = _LONE.sub("\ufffd", text)
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
        text = _SHAPES.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    else:
        text = text.translate(_DELETED) if "\x7f" in text else text
    return _BLANKS.sub(" ", text.replace("\n", " ")).strip()
