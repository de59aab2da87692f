"""Digest files to Documents: one Markdown file (and the CSV of its name) is one Document."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import states
from corpus.model import (
    Amount,
    Document,
    Kind,
    Language,
    Paragraph,
    PositionStatement,
    Recommendation,
    SdgLink,
    Source,
    Tag,
    Tags,
)
from corpus.starter import recommendations as csvfile
from corpus.starter.markdown import Block, Row, StarterError, blocks, split

__all__ = ["StarterError", "documents", "files", "read"]

_FOLDER = Path(__file__).parent
_FOLDERS = ("fund", "resolutions", "outcomes")
_REQUIRED = ("key", "title", "kind", "language", "basis")
_OPTIONAL = ("symbol", "body", "date", "session", "state", "cycle", "pages", "url", "note")


@dataclass(slots=True)
class _Text:
    """The digest's normalised text as it grows, and what stands where in it."""

    text: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)

    def add(self, text: str) -> tuple[int, int]:
        """Append a paragraph of text after a blank line; gives its span."""
        if self.text:
            self.text += "\n\n"
        start = len(self.text)
        self.text += text
        return start, len(self.text)


def files() -> tuple[Path, ...]:
    """The digest files in reading order."""
    return tuple(path for name in _FOLDERS for path in sorted((_FOLDER / name).glob("*.md")))


def documents() -> Iterator[Document]:
    """Every digest as a Document, in reading order."""
    for path in files():
        yield read(path)


def read(path: Path) -> Document:
    """The Document of one digest file. Raises StarterError where the file is not in its form."""
    meta, body = split(path)
    _check_fields(path, meta)
    built = _Text()
    built.add(str(meta["title"]))
    if note := meta.get("note"):
        start, end = built.add(f"About this digest: {note}")
        built.paragraphs.append(Paragraph(None, built.text[start:end], start, end))
    shown: tuple[str, ...] = ()
    for block in blocks(path, body):
        _add_headings(built, shown, block.heading)
        shown = block.heading
        _add_table(built, block) if block.rows else _add_paragraph(built, block)
    sheet = path.with_suffix(".csv")
    contents = path.read_bytes()
    if sheet.exists():
        contents += sheet.read_bytes()
        _add_recommendations(built, meta, csvfile.lines(sheet))
    return _document(meta, built, hashlib.sha256(contents).hexdigest(), path)


def _check_fields(path: Path, meta: dict[str, object]) -> None:
    missing = [name for name in _REQUIRED if not meta.get(name)]
    unknown = sorted(set(meta) - {*_REQUIRED, *_OPTIONAL})
    if missing or unknown:
        raise StarterError(
            f"Front matter of {path.name!r}: missing {missing!r}, unknown {unknown!r}.",
            f"Fields: {[*_REQUIRED, *_OPTIONAL]!r}.",
        )


def _add_headings(built: _Text, shown: tuple[str, ...], heading: tuple[str, ...]) -> None:
    for depth, title in enumerate(heading):
        if heading[: depth + 1] != shown[: depth + 1]:
            built.add(title)


def _add_paragraph(built: _Text, block: Block) -> None:
    words = f"{block.text} [Read in: {block.basis}.]" if block.basis else block.text
    _, end = built.add(f"{block.number}. {words}" if block.number else words)
    built.paragraphs.append(Paragraph(block.number, words, end - len(words), end, heading=block.heading))


def _add_table(built: _Text, block: Block) -> None:
    caption = f"{block.number}. {block.text}"
    start, end = built.add(caption)
    section = ""
    for row in block.rows:
        if row.section != section:
            section = row.section
            built.text += f"\n{section}"
        built.text += "\n"
        row_start = len(built.text)
        built.text += _printed(row)
        end = len(built.text)
        built.amounts.append(
            Amount(
                table=caption,
                row=row.label,
                period=row.period,
                value=row.value,
                currency=row.currency,
                state=row.state,
                paragraph=block.number,
                start=row_start,
                end=end,
                is_total=row.remark == "total",
                unpaid=row.remark == "unpaid",
            )
        )
    built.paragraphs.append(Paragraph(block.number, built.text[start:end], start, end, heading=block.heading))


def _printed(row: Row) -> str:
    period = f", {row.period}" if row.period and row.period not in row.label else ""
    remark = " (unpaid)" if row.remark == "unpaid" and "npaid" not in row.label else ""
    return f"{row.label}{period}: {row.value:,} {row.currency}{remark}"


def _add_recommendations(built: _Text, meta: dict[str, object], lines: list[csvfile.Line]) -> None:
    heading = ("Recommendations",)
    built.add(heading[0])
    for line in lines:
        names = ", ".join(states.name(code, Language.ENGLISH) for code in line.recommenders)
        start, end = built.add(f"{line.number} {line.digest} ({names})")
        built.paragraphs.append(
            Paragraph(line.number, built.text[start:end], start, end, page=line.page, heading=heading)
        )
        built.recommendations.append(_recommendation(meta, line, start + len(line.number) + 1))


def _recommendation(meta: dict[str, object], line: csvfile.Line, start: int) -> Recommendation:
    key, symbol = str(meta["key"]), _text(meta, "symbol")
    history = _history(key, symbol, line)
    return Recommendation(
        document=key,
        number=line.number,
        text=line.digest,
        state=_text(meta, "state"),
        recommenders=line.recommenders,
        position=line.position,
        implemented=line.implemented,
        position_source=history[-1].source,
        cycle=_integer(meta, "cycle"),
        session=_text(meta, "session"),
        page=line.page,
        paragraph=line.number,
        start=start,
        end=start + len(line.digest),
        history=history,
        tags=_tags(line),
    )


def _history(key: str, symbol: str | None, line: csvfile.Line) -> tuple[PositionStatement, ...]:
    report = Source(key, symbol, line.paragraph)
    final = Source(line.source, line.symbol, line.source_paragraph, line.source_page)
    if final.symbol == symbol:
        return (PositionStatement(line.number, line.position, report, line.implemented),)
    return (
        PositionStatement(line.number, line.at_review, report, line.implemented),
        PositionStatement(line.number, line.position, final, line.implemented),
    )


def _tags(line: csvfile.Line) -> Tags | None:
    if not line.tagged_by:
        return None
    why = f"given by {line.tagged_by}"
    return Tags(
        themes=tuple(Tag(name, 1.0, why) for name in line.themes),
        groups=tuple(Tag(name, 1.0, why) for name in line.groups),
        sdgs=tuple(
            SdgLink(int(label.split(".")[0]), label if "." in label else None, 1.0, why)
            for label in line.sdgs
        ),
        origin=line.tagged_by,
    )


def _text(meta: dict[str, object], name: str) -> str | None:
    value = meta.get(name)
    return None if value is None else str(value)


def _integer(meta: dict[str, object], name: str) -> int | None:
    value = meta.get(name)
    return value if isinstance(value, int) else None


def _document(meta: dict[str, object], built: _Text, sha256: str, path: Path) -> Document:
    return Document(
        key=str(meta["key"]),
        symbol=_text(meta, "symbol"),
        title=str(meta["title"]),
        kind=Kind(str(meta["kind"])),
        language=Language(str(meta["language"])),
        text=built.text,
        sha256=sha256,
        source=_text(meta, "url") or f"corpus/starter/{path.parent.name}/{path.name}",
        body=_text(meta, "body"),
        date=_text(meta, "date"),
        session=_text(meta, "session"),
        state=_text(meta, "state"),
        cycle=_integer(meta, "cycle"),
        pages=_integer(meta, "pages"),
        url=_text(meta, "url"),
        digest=True,
        paragraphs=tuple(built.paragraphs),
        recommendations=tuple(built.recommendations),
        amounts=tuple(built.amounts),
    )
