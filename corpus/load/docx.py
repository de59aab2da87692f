"""DOCX: blocks in document order with their numbers, tables as cells, footnotes; read part by part under limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from corpus.errors import Encrypted
from corpus.load.content import Content, damaged, too_large
from corpus.load.docx_numbers import Numbering
from corpus.load.model import Footnote, Limits, Line, Role, Table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SKIP = {f"{_W}del", f"{_W}instrText", f"{_W}delText", f"{_W}moveFrom", _MC_FALLBACK}
_NOTE_MARKS = {f"{_W}footnoteReference", f"{_W}endnoteReference"}
_RATIO = 200  # XML of a Word file packs 5 to 30 times smaller; beyond this it is made to explode


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The blocks, tables and footnotes of a DOCX; raises `Damaged`, `Encrypted` or `TooLarge`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name, limits)
            parts = {
                part: etree.fromstring(archive.read(f"word/{part}.xml"), _parser())
                for part in ("document", "styles", "numbering", "footnotes", "endnotes")
                if f"word/{part}.xml" in archive.namelist()
            }
            heads = [
                etree.fromstring(archive.read(part), _parser())
                for part in sorted(archive.namelist())
                if re.fullmatch(r"word/header\d*\.xml", part)
            ]
            saved = re.search(
                rb"modified[^>]*>(\d{4}-\d\d-\d\d)",
                archive.read("docProps/core.xml") if "docProps/core.xml" in archive.namelist() else b"",
            )
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, KeyError) as error:
        raise damaged(name, "the archive inside is cut short or malformed") from error
    except RuntimeError as error:  # zipfile's way to say that a password is needed
        raise Encrypted(
            f"{name!r} is protected by a password.", "Save a copy without the password."
        ) from error
    except etree.XMLSyntaxError as error:
        raise damaged(name, "a part of it is not well-formed") from error
    except zlib.error as error:
        raise damaged(name, "a part of it cannot be unpacked") from error
    if any(root is None for root in parts.values()):
        raise damaged(name, "a part of it is empty")
    running = [" ".join("".join(p.itertext()).split()) for head in heads for p in head.iter(f"{_W}p")]
    return _Reader(parts).content(
        tuple(text for text in running if text), saved.group(1).decode("ascii") if saved else None
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)


def _check(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    parts = [
        part
        for part in archive.infolist()
        if part.filename.startswith("word/") and part.filename.endswith(".xml")
    ]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > limits.max_unpacked or (unpacked > 50 * 1024 * 1024 and unpacked > packed * _RATIO):
        raise too_large(name, f"unpacks to {unpacked / 1048576:,.0f} MB")


class _Reader:
    def __init__(self, parts: dict[str, etree._Element]) -> None:
        self._body = parts["document"].find(f"{_W}body")
        self._numbering = Numbering(parts.get("numbering"), parts.get("styles"))
        self._parts = parts
        self._lines: list[Line] = []
        self._tables: list[Table] = []
        self._labels: dict[str, str] = {}
        self._page = 1
        self._paged = False

    def content(self, running: tuple[str, ...], saved: str | None) -> Content:
        if self._body is not None:
            for element in self._blocks(self._body):
                if element.tag == f"{_W}p":
                    self._paragraph(element)
                else:
                    self._table(element)
        pages: dict[int, list[str]] = {}
        for line in self._lines:
            pages.setdefault(line.page or 1, []).append(line.text)
        count = max(pages, default=1)
        return Content(
            pages=tuple("\n".join(pages.get(number, [])) for number in range(1, count + 1)),
            lines=tuple(self._lines),
            tables=tuple(self._tables),
            footnotes=tuple(self._footnotes()),
            paged=self._paged,
            running=running,
            saved=saved,
        )

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        for element in parent:
            if element.tag in {f"{_W}p", f"{_W}tbl"}:
                yield element
            elif element.tag in {
                f"{_W}sdt",
                f"{_W}sdtContent",
                f"{_W}ins",
                f"{_W}smartTag",
                f"{_W}customXml",
            }:
                yield from self._blocks(element)

    def _text(self, paragraph: etree._Element) -> tuple[str, tuple[tuple[int, str], ...]]:
        parts: list[str] = []
        notes: list[tuple[int, str]] = []
        stack = [paragraph]
        while stack:
            element = stack.pop()
            tag = element.tag
            if tag in _SKIP or not isinstance(tag, str) or (tag == f"{_W}p" and element is not paragraph):
                continue
            if tag == f"{_W}t":
                parts.append(element.text or "")
            elif tag in _BREAKS:
                if element.get(f"{_W}type") == "page":
                    self._turn()
                parts.append(_BREAKS[tag])
            elif tag == f"{_W}lastRenderedPageBreak":
                self._turn()
            elif tag == f"{_W}sym":
                parts.append(_symbol(element.get(f"{_W}char") or ""))
            elif tag in _NOTE_MARKS:
                label = self._label(tag, element.get(f"{_W}id") or "")
                notes.append((sum(map(len, parts)), label))
            stack.extend(reversed(element))
        return "".join(parts), tuple(notes)

    def _turn(self) -> None:
        self._page += 1
        self._paged = True

    def _label(self, tag: str, identifier: str) -> str:
        kind = "endnotes" if tag.endswith("endnoteReference") else "footnotes"
        return self._labels.setdefault(f"{kind}:{identifier}", str(len(self._labels) + 1))

    def _paragraph(self, element: etree._Element) -> None:
        page = self._page
        text, notes = self._text(element)
        label, level = self._numbering.label(element)
        if not text.strip():
            return
        lead = len(text) - len(text.lstrip())
        text = text.strip()
        shift = -lead
        if label:
            shift += len(label) + 1
            text = f"{label} {text}"
        heading = self._numbering.heading(element)
        role = Role.HEADING if heading else Role.ITEM if label and level else Role.PARAGRAPH
        if self._numbering.style(element).lower().startswith(("toc", "tdm", "table of contents")):
            role = Role.CONTENTS
        self._lines.append(
            Line(
                text=text,
                page=page,
                role=role,
                level=heading or level,
                gap=True,
                bold=_bold(element),
                notes=tuple((at + shift, note) for at, note in notes),
            )
        )

    def _table(self, table: etree._Element) -> None:
        rows: list[tuple[str, ...]] = []
        first = len(self._lines)
        above: dict[int, str] = {}
        for row in table.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl"), None) is not table:
                continue
            page = self._page
            cells = tuple(self._row(row, above))
            rows.append(cells)
            shown = "\t".join(_distinct(cells))
            if shown.strip():
                self._lines.append(Line(text=shown, page=page, role=Role.CELLS, gap=True))
        if rows:
            self._tables.append(Table(tuple(rows), first))

    def _row(self, row: etree._Element, above: dict[int, str]) -> Iterator[str]:
        column = 0
        # Every cell of a row that runs over a page's end carries a mark of that one break.
        start = furthest = self._page
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr"), None) is not row:
                continue
            self._page = start
            text = "\n".join(self._cell(cell))
            furthest = max(furthest, self._page)
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            width = int(span.get(f"{_W}val") or 1) if span is not None else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart":
                text = text or above.get(column, "")
            for _ in range(min(width, 64)):
                above[column] = text
                column += 1
                yield text
        self._page = furthest

    def _cell(self, cell: etree._Element) -> Iterator[str]:
        for paragraph in cell.iter(f"{_W}p"):
            text, _ = self._text(paragraph)
            label, _ = self._numbering.label(paragraph)
            if text.strip():
                yield f"{label} {text.strip()}".strip()

    def _footnotes(self) -> Iterator[Footnote]:
        for kind, tag in (("footnotes", f"{_W}footnote"), ("endnotes", f"{_W}endnote")):
            root = self._parts.get(kind)
            if root is None:
                continue
            for note in root.iter(tag):
                label = self._labels.get(f"{kind}:{note.get(f'{_W}id')}")
                text = " ".join(self._text(p)[0].strip() for p in note.iter(f"{_W}p")).strip()
                if label and text:
                    yield Footnote(label, text)


def _distinct(cells: tuple[str, ...]) -> Iterator[str]:
    """Cells as printed: one that spans several columns once."""
    for index, cell in enumerate(cells):
        if index == 0 or cell != cells[index - 1]:
            yield " ".join(cell.split())


def _symbol(code: str) -> str:
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= value <= 0xF0FF or not 0 < value < 0x110000 else chr(value)


def _bold(paragraph: etree._Element) -> bool:
    runs = [
        run for run in paragraph.iter(f"{_W}r") if any((t.text or "").strip() for t in run.iter(f"{_W}t"))
    ]
    return bool(runs) and all(_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{_W}val", "true") not in {"0", "false", "none", "off"}
