"""HTML: block elements in order, tables as cells; scripts, styles and navigation left out."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from corpus.load.content import Content, too_large
from corpus.load.model import Limits, Line, Role, Table
from corpus.load.text import decode

_DROPPED = ("script", "style", "noscript", "template", "nav", "iframe", "svg", "form", "head")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_BLOCKS = frozenset(
    {
        *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre", "section"),
        *(
            "article",
            "main",
            "header",
            "footer",
            "aside",
            "figure",
            "figcaption",
            "ul",
            "ol",
            "dl",
            "address",
        ),
        *("center", "td", "th", "caption", "body", "html"),
    }
)


def read(data: bytes, name: str, limits: Limits) -> Content:
    """The blocks of a page; raises `TooLarge` for markup over the limit of characters."""
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

    match = _CHARSET.search(data[:4096])
    try:
        markup = data.decode(match.group(1).decode("ascii")) if match else decode(data, name)
    except (LookupError, UnicodeDecodeError):
        markup = decode(data, name)
    if len(markup) > limits.max_characters:
        raise too_large(name, f"holds more than {limits.max_characters:,} characters")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(markup, "lxml")
    title = soup.title.get_text(" ", strip=True) if soup.title else None
    for element in soup.find_all(_DROPPED):
        element.decompose()
    reader = _Reader()
    reader.walk(soup)
    reader.flush()
    lines = tuple(reader.lines)
    return Content(
        pages=("\n".join(line.text for line in lines),),
        lines=lines,
        tables=tuple(reader.tables),
        paged=False,
        title=title or None,
    )


class _Reader:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self._text: list[str] = []
        self._notes: list[tuple[int, str]] = []
        self._role, self._level = Role.PARAGRAPH, 0

    def flush(self) -> None:
        text = re.sub(r"[ \t\r\n\f]+", " ", "".join(self._text)).strip()
        self._text.clear()
        if text:
            self.lines.append(Line(text=text, role=self._role, level=self._level, gap=True))
        self._role, self._level = Role.PARAGRAPH, 0

    def walk(self, root: object) -> None:
        """Goes through the tree without recursion: markup may be nested thousands deep."""
        from bs4.element import NavigableString, PreformattedString, Tag

        stack: list[tuple[object, bool]] = [(root, False)]
        while stack:
            node, closing = stack.pop()
            if closing:
                self.flush()
            elif isinstance(node, Tag):
                if node.name == "table" and not node.find("table"):
                    self.flush()
                    self._table(node)
                    continue
                if node.name == "br":
                    self._text.append(" ")
                    continue
                if node.name in _BLOCKS:
                    self.flush()
                    self._open(
                        node.name, len(list(node.find_parents(["ul", "ol"]))) if node.name == "li" else 0
                    )
                    stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.contents))
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                self._text.append(str(node))

    def _open(self, name: str, depth: int) -> None:
        if re.fullmatch("h[1-6]", name):
            self._role, self._level = Role.HEADING, int(name[1])
        elif name == "li":
            self._role, self._level = Role.ITEM, max(depth, 1)

    def _table(self, table: object) -> None:
        rows = [row for row in _rows(table) if any(row)]
        first = len(self.lines)
        for row in rows:
            shown = "\t".join(cell for index, cell in enumerate(row) if index == 0 or cell != row[index - 1])
            self.lines.append(Line(text=shown, role=Role.CELLS, gap=True))
        if rows:
            self.tables.append(Table(tuple(rows), first))


def _rows(table: object) -> Iterator[tuple[str, ...]]:
    from bs4 import Tag

    if not isinstance(table, Tag):
        return
    caption = table.find("caption")
    if caption is not None:
        yield (caption.get_text(" ", strip=True),)
    held: dict[int, tuple[int, str]] = {}
    for row in table.find_all("tr"):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            _held(cells, held)
            text = re.sub(r"\s+", " ", cell.get_text(" ", strip=True))
            for _ in range(_span(cell.get("colspan"))):
                if _span(cell.get("rowspan")) > 1:
                    held[len(cells)] = (_span(cell.get("rowspan")) - 1, text)
                cells.append(text)
        _held(cells, held)
        yield tuple(cells)


def _held(cells: list[str], held: dict[int, tuple[int, str]]) -> None:
    while len(cells) in held:
        left, text = held.pop(len(cells))
        if left > 1:
            held[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(value: object) -> int:
    return min(int(value), 64) if isinstance(value, str) and value.isdigit() and int(value) > 0 else 1
