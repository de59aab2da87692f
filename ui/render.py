"""What people read in a terminal: calm tables and answers, made with rich."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from corpus import states
from corpus.model import Document, Language, Position, Recommendation, Tags
from ui.citing import place

if TYPE_CHECKING:
    from assistant.answer import Answer
    from index.doctor import Health
    from index.search import Hit
    from index.store import Added

_POSITION_STYLE = {
    Position.SUPPORTED: "green",
    Position.NOTED: "yellow",
    Position.PARTIALLY_SUPPORTED: "cyan",
    Position.PENDING: "dim",
}
_INDENT = 4
_NARROWEST = 24


def _console() -> Console:
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in columns:
        right = name in {"Cycle", "Page", "Paragraphs", "Recommendations", "Count", "Score", "Value"}
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    return table


def added(result: Added) -> None:
    """One line for one file."""
    if result.status == "failed":
        detail = f"[red]{escape(result.error or 'could not be read')}[/red]"
    else:
        facts = [
            result.key or "",
            str(result.kind or ""),
            result.state or "",
            f"{result.paragraphs} paragraphs",
        ]
        if result.recommendations:
            facts.append(f"{result.recommendations} recommendations")
        detail = escape(", ".join(filter(None, facts)))
    name = Path(result.path).name
    shown = name if name.isprintable() else repr(name)  # a name may hold line breaks
    _console().print(f"{result.status:<10} {escape(shown)}: {detail}")


def added_total(worked: int, failed: int) -> None:
    """The closing line of `upr add`."""
    _console().print(f"{worked} read, {failed} failed" if failed else f"{worked} read")


def parsed(document: Document) -> None:
    """A document's identity and its parts."""
    out = _console()
    out.print(f"[bold]{escape(document.symbol or document.key)}[/bold]  {escape(document.title)}")
    facts = {
        "kind": document.kind.value,
        "State": document.state,
        "cycle": document.cycle,
        "session": document.session,
        "date": document.date,
        "language": document.language.value,
        "pages": document.pages,
        "paragraphs": len(document.paragraphs),
        "recommendations": len(document.recommendations),
        "positions": len(document.positions),
        "amounts": len(document.amounts),
    }
    out.print("  ".join(f"{name}: {value}" for name, value in facts.items() if value not in (None, 0)))
    for problem in document.problems:
        out.print(f"[yellow]note[/yellow] {escape(str(problem))}")
    if document.recommendations:
        _listed(out, document.recommendations)
    elif document.paragraphs:
        table = _table("Paragraph", "Page", "Text")
        for paragraph in document.paragraphs:
            table.add_row(paragraph.number or "", str(paragraph.page or ""), escape(paragraph.text))
        out.print(table)


def hits(found: Sequence[Hit]) -> None:
    """Hits, best first."""
    if not found:
        _console().print("Nothing found.")
        return
    out = _console()
    for one in found:
        where = [one.symbol or one.key, one.number or one.paragraph or ""]
        where += [f"p. {one.page}" if one.page else "", "digest" if one.digest else ""]
        _entry(out, f"[bold]{escape(', '.join(filter(None, where)))}[/bold]", one.text)


def _entry(out: Console, head: str, text: str) -> None:
    """A line that says what it is, and the text below it, indented and wrapped to the terminal."""
    out.print(head)
    for line in Text(text).wrap(out, max(_NARROWEST, out.width - _INDENT)):
        out.print(" " * _INDENT + line.plain.rstrip(), markup=False)


def _listed(out: Console, recs: Sequence[Recommendation]) -> None:
    """Recommendations, two parts each: place, number, position and who asked in columns; the text below."""
    widest = max(len(rec.number) for rec in recs)
    longest = max(len(rec.position.value) for rec in recs)
    for rec in recs:
        by = ", ".join((*(states.name(code, Language.ENGLISH) for code in rec.recommenders), *rec.unresolved))
        place = f"{rec.state or '':<3} {rec.cycle or '':<2} [bold]{escape(rec.number.ljust(widest))}[/bold]"
        position = f"[{_POSITION_STYLE[rec.position]}]{rec.position.value.ljust(longest)}[/]"
        _entry(out, f"{place}  {position}  {escape(by)}".rstrip(), rec.text)


def recommendations(recs: Sequence[Recommendation], total: int) -> None:
    """Recommendations and how many there are."""
    out = _console()
    if recs:
        _listed(out, recs)
    out.print(f"{total} recommendation{'' if total == 1 else 's'}")


def counts(value: Mapping[str, int], total: int) -> None:
    """Counts by label, and the total of distinct recommendations."""
    table = _table("Label", "Count")
    for label, n in value.items():
        table.add_row(escape(label), str(n))
    out = _console()
    out.print(table)
    out.print(f"{total} recommendation{'' if total == 1 else 's'} in all")


def tags(found: Tags) -> None:
    """Tags with their reasons."""
    table = _table("Kind", "Label", "Score", "Why")
    for kind, group in (("theme", found.themes), ("group", found.groups)):
        for tag in group:
            table.add_row(kind, tag.name, f"{tag.score:.2f}", escape(tag.why))
    for link in found.sdgs:
        table.add_row("SDG", link.target or str(link.goal), f"{link.score:.2f}", escape(link.why))
    for kind, group in (("agency", found.agencies), ("instrument", found.instruments)):
        for tag in group:
            table.add_row(kind, tag.name, f"{tag.score:.2f}", escape(tag.why))
    if found.action:
        table.add_row("action", str(found.action), f"{found.action_score:.2f}", "")
    _console().print(table)


def answer(given: Answer) -> None:
    """An answer, what was understood, its sources and what to ask next."""
    out = _console()
    out.print(escape(given.answer))
    if given.understood:
        out.print(f"\n[dim]{escape(given.understood)}[/dim]")
    if given.citations:
        out.print("\n[bold]Sources[/bold]")
    for citation in given.citations:
        out.print(escape(f"[{citation.n}] {place(citation)}{', digest' if citation.digest else ''}"))
    for follow_up in given.follow_ups:
        out.print(f"[dim]> {escape(follow_up)}[/dim]")


def health(found: Health) -> None:
    """What `upr doctor` found."""
    out = _console()
    out.print(
        f"{found.documents} documents, {found.paragraphs} paragraphs, "
        f"{found.recommendations} recommendations, {found.vectors} vectors"
    )
    for problem in found.problems:
        out.print(f"[red]problem[/red] {escape(str(problem))}")
    if found.ok:
        out.print("Nothing wrong.")


def to_file_or_stdout(value: object, output: Path | None) -> None:
    """A JSON value on stdout, or in a file."""
    text = json.dumps(value, ensure_ascii=False) + "\n"
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        from ui.export import save  # its formats' libraries are loaded only where a file is written

        save(text.encode(), output)
