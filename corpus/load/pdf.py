"""PDF through pdfium: the text of each page and, for each printed line, where it stands and how tall its type is."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.clean import HYPHEN_AT_LINE_END
from corpus.errors import Encrypted
from corpus.load.content import Content, damaged, too_large
from corpus.load.model import Limits, Line

# Digits that close a word or a sentence may be a footnote's mark: only these are looked at one by one.
_MAYBE_MARK = re.compile(r"(?<=[^\s\d])(?<![\d/.,][.,/-])\s?(\d{1,3}|\*{1,3})(?=$|[\s.,;:)\]”’\"])|^(\d{1,3}|\*{1,3})(?=\s)")
_BOLD = 600
_HYPHEN = HYPHEN_AT_LINE_END


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The pages and lines of a PDF; raises `Encrypted`, `Damaged` or `TooLarge`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data[-4096:]:
            raise Encrypted(
                f"{name!r} is protected by a password.", "Save a copy without the password and give that."
            ) from error
        raise damaged(name, "it cannot be opened as a PDF") from error
    try:
        count = len(document)
        if count > limits.max_pages:
            raise too_large(name, f"has {count:,} pages, more than the {limits.max_pages:,} allowed")
        return _read(document, count, name, limits)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, count: int, name: str, limits: Limits) -> Content:
    pages: list[str] = []
    lines: list[Line] = []
    characters = 0
    for index in range(count):
        try:
            page = document[index]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise damaged(name, f"page {index + 1} cannot be read") from error
        text = _text(textpage.raw)
        characters += len(text)
        if characters > limits.max_characters:
            raise too_large(name, f"holds more than {limits.max_characters:,} characters of text")
        lines.extend(_lines(textpage.raw, text, index + 1))
        pages.append(text.replace("\r\n", "\n"))
        textpage.close()
        page.close()
    return Content(pages=tuple(pages), lines=tuple(lines))


def _text(handle: ctypes.c_void_p) -> str:
    count = pdfium.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    length = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    # One code unit may stand for half a character: keep the units apart so that they count as pdfium counts.
    return bytes(buffer)[: 2 * max(length - 1, 0)].decode("utf-16-le", "surrogatepass")


class _Boxes:
    """Boxes of single characters, with the buffers that pdfium fills kept between calls."""

    def __init__(self, handle: ctypes.c_void_p) -> None:
        self._handle = handle
        self._rect = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def at(self, position: int) -> tuple[float, float, float, float]:
        """Left, right, baseline and height of the type at a position in the page's text."""
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, position)
        if index < 0 or not pdfium.FPDFText_GetLooseCharBox(self._handle, index, self._rect):
            return 0.0, 0.0, 0.0, 0.0
        box = self._rect
        pdfium.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        return box.left, box.right, self._y.value, abs(box.top - box.bottom)

    def bold(self, position: int) -> bool:
        """Whether the font at a position is bold, where it says so."""
        index = pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, position)
        return bool(pdfium.FPDFText_GetFontWeight(self._handle, index) >= _BOLD)


def _lines(handle: ctypes.c_void_p, text: str, page: int) -> Iterator[Line]:
    boxes = _Boxes(handle)
    position = 0
    for raw in text.split("\r\n"):
        stripped = raw.strip()
        if stripped:
            at = position + len(raw) - len(raw.lstrip())
            # A hyphen at a line's end makes pdfium run two printed lines together; they are parted again.
            pieces = stripped.split(_HYPHEN)
            for number, piece in enumerate(pieces):
                hyphen = _HYPHEN if number + 1 < len(pieces) else ""
                if piece:
                    yield _line(boxes, piece, at, page, hyphen)
                at += len(piece) + 1
        position += len(raw) + 2


def _line(boxes: _Boxes, text: str, first: int, page: int, hyphen: str = "") -> Line:
    left, right, base, size = boxes.at(first)
    # The first character may be a raised mark or a bullet of another font: the middle one tells the type.
    middle = first + len(text) // 2
    tall = size
    if len(text) > 2:
        _, _, base_middle, tall = boxes.at(middle)
        if tall > size:
            base = base_middle
    end_left, end_right, _, _ = boxes.at(first + len(text) - 1)
    notes, text = _marks(boxes, text, first, max(tall, size), base)
    return Line(
        text=text + hyphen,
        page=page,
        left=min(left, end_left) if end_left else left,
        right=max(right, end_right),
        base=base,
        size=max(tall, size),
        bold=boxes.bold(middle) and boxes.bold(first),
        notes=notes,
    )


def _marks(boxes: _Boxes, text: str, first: int, size: float, base: float) -> tuple[tuple[tuple[int, str], ...], str]:
    """Raised digits taken out of a line: where they stood, and the line without them."""
    if not size:
        return (), text
    notes: list[tuple[int, str]] = []
    parts: list[str] = []
    done = 0
    for match in _MAYBE_MARK.finditer(text):
        group = 1 if match.group(1) else 2
        at = match.start(group)
        if at == 0 and len(text) == len(match.group(group)):
            continue
        _, _, raised, height = boxes.at(first + at)
        if not height or not (raised > base + size * 0.12 and height < size * 0.85):
            continue
        parts.append(text[done : match.start()])
        notes.append((sum(map(len, parts)), match.group(group)))
        done = match.end()
    parts.append(text[done:])
    return tuple(notes), "".join(parts)
