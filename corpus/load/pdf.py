"""PDF through pdfium: the text of each page and, for each printed line, where it stands and how tall its type is."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from corpus.clean import HYPHEN_AT_LINE_END
from corpus.errors import Encrypted
from corpus.load import rtl
from corpus.load.content import Content, damaged, too_large
from corpus.load.model import Limits, Line

# Digits that close a word or a sentence may be a footnote's mark: only these are looked at one by one.
_MAYBE_MARK = re.compile(
    r"(?<=[^\s\d])(?<!\d[/-])\s?(\d{1,3}|\*{1,3})(?=$|[\s.,;:)\]”’\"])|^(\d{1,3}|\*{1,3})(?=\s)"
)
_DIGIT_OR_STAR = re.compile(r"[\d*]")
_BOLD = 680
_ITALIC = 64  # flag of a font descriptor (ISO 32000-1, table 123)
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
    if rtl.is_drawn(line.text for line in lines):
        lines = [replace(line, text=rtl.reading_order(line.text), notes=()) for line in lines]
    return Content(pages=tuple(pages), lines=tuple(lines), saved=_saved(document))


def _saved(document: pypdfium2.PdfDocument) -> str | None:
    for key in ("ModDate", "CreationDate"):
        match = re.match(r"D:(\d{4})(\d{2})(\d{2})", document.get_metadata_value(key))
        if match:
            return "-".join(match.groups())
    return None


def _text(handle: ctypes.c_void_p) -> str:
    count = pdfium.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    length = pdfium.FPDFText_GetText(handle, 0, count, buffer)
    # One code unit may stand for half a character: keep the units apart so that they count as pdfium counts.
    return bytes(buffer)[: 2 * max(length - 1, 0)].decode("utf-16-le", "surrogatepass")


class _Boxes:
    """Places and types of single characters, with the buffers that pdfium fills kept between calls."""

    def __init__(self, handle: ctypes.c_void_p) -> None:
        self._handle = handle
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(80)
        self._flags = ctypes.c_int()
        self._types: dict[int, tuple[float, float]] = {}

    def _index(self, position: int) -> int:
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, position))

    def edges(self, position: int) -> tuple[float, float]:
        """Left and right edge of the character at a position in the page's text."""
        if not pdfium.FPDFText_GetLooseCharBox(self._handle, self._index(position), self._rect):
            return 0.0, 0.0
        return self._rect.left, self._rect.right

    def type(self, position: int) -> tuple[float, float]:
        """Baseline and size of the type. Boxes' heights differ between fonts of one size, so the matrix is asked."""
        if position not in self._types:
            index = self._index(position)
            pdfium.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
            size = pdfium.FPDFText_GetFontSize(self._handle, index)
            if pdfium.FPDFText_GetMatrix(self._handle, index, self._matrix):
                size *= math.hypot(self._matrix.c, self._matrix.d)
            self._types[position] = self._y.value, size
        return self._types[position]

    def style(self, position: int) -> tuple[bool, bool]:
        """Whether the font is bold, and whether it is italic, by its name or its weight."""
        index = self._index(position)
        length = pdfium.FPDFText_GetFontInfo(self._handle, index, self._name, 80, self._flags)
        name = self._name.value.lower() if 0 < length <= 80 else b""
        bold = b"bold" in name or pdfium.FPDFText_GetFontWeight(self._handle, index) >= _BOLD
        return bold, b"italic" in name or b"oblique" in name or bool(self._flags.value & _ITALIC)


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
                for start, part in _parted(boxes, piece, at):
                    last = start + len(part) == at + len(piece)
                    yield _line(boxes, part, start, page, hyphen if last else "")
                at += len(piece) + 1
        position += len(raw) + 2


def _parted(boxes: _Boxes, text: str, first: int) -> Iterator[tuple[int, str]]:
    """A line as one or more: where a raised mark opens the next line, pdfium may take both for one."""
    while len(text) > 12:
        base, size = boxes.type(first + _letter(text, 0))
        last, last_size = boxes.type(first + _letter(text, len(text) - 1))
        if base - last < max(size, last_size) * 0.7:
            break
        low, high = 0, len(text) - 1
        while high - low > 1:
            middle = (low + high) // 2
            at, _ = boxes.type(first + _letter(text, middle))
            if base - at < size * 0.6:
                low = middle
            else:
                high = middle
        cut = high
        while cut > 1 and text[cut - 1].isdigit():
            cut -= 1
        yield first, text[:cut]
        rest = text[cut:].lstrip()
        first += len(text) - len(rest)
        text = rest
    if text:
        yield first, text


def _letter(text: str, at: int) -> int:
    """The nearest place at or before, else after, `at` that holds a letter: blanks have no type of their own."""
    if text[at].isalnum():
        return at
    before = next((i for i in range(at, max(at - 8, -1), -1) if text[i].isalnum()), None)
    return before if before is not None else next((i for i in range(at, len(text)) if text[i].isalnum()), at)


def _line(boxes: _Boxes, text: str, first: int, page: int, hyphen: str = "") -> Line:
    left, first_right = boxes.edges(first)
    last_left, right = boxes.edges(first + len(text) - 1)
    # The first character may be a raised mark or a bullet of another font: one in the middle tells the type.
    middle = len(text) // 2
    while middle and not text[middle].isalnum():
        middle -= 1
    base, size = boxes.type(first + middle)
    first_base, first_size = boxes.type(first)
    if first_size > size:
        base, size = first_base, first_size
    bold, italic = boxes.style(first + middle)
    notes, text = _marks(boxes, text, first, size, base)
    return Line(
        text=text + hyphen,
        page=page,
        left=min(left, last_left) if last_left else left,
        right=max(right, first_right),
        base=base,
        size=size,
        bold=bold and boxes.style(first)[0],
        italic=italic and boxes.style(first)[1],
        notes=notes,
    )


def _marks(
    boxes: _Boxes, text: str, first: int, size: float, base: float
) -> tuple[tuple[tuple[int, str], ...], str]:
    """Raised digits taken out of a line: where they stood, and the line without them."""
    if not _DIGIT_OR_STAR.search(text):
        return (), text
    notes: list[tuple[int, str]] = []
    parts: list[str] = []
    done = 0
    for match in _MAYBE_MARK.finditer(text):
        group = 1 if match.group(1) else 2
        at = match.start(group)
        if at == 0 and len(text) == len(match.group(group)):
            continue
        raised, height = boxes.type(first + at)
        if not (raised > base + size * 0.12 and height < size * 0.85):
            continue
        parts.append(text[done : match.start()])
        notes.append((sum(map(len, parts)), match.group(group)))
        done = match.end()
    parts.append(text[done:])
    return tuple(notes), "".join(parts)
