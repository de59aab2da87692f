"""Text to HTML that is inert: documents and answers are data, never markup that runs.

Answers are Markdown (bold, lists, tables) rendered with raw HTML and links off; everything else is escaped by Jinja's
autoescape. Citation markers `[n]` become buttons that open the source.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_MARKER = re.compile(r"\[(\d{1,3})\]")
WIRE = "uprWire(element, trigger, watch);"
"""What each part of a page runs when it is placed: page.js does the rest."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ui.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: Any) -> str:
    """The template of that name, filled; every value is escaped unless it is Markup."""
    return _environment().get_template(template).render(**values)


@cache
def _markdown() -> MarkdownIt:
    # "zero" switches everything off; only what answers use is switched on. No links, images or raw HTML.
    return MarkdownIt("zero", {"html": False, "breaks": True}).enable(
        ["table", "list", "emphasis", "heading", "blockquote", "newline", "escape", "backticks"]
    )


def answer_html(text: str, known: frozenset[int], opens: str, turn: int = 0) -> Markup:
    """An answer's Markdown as inert HTML, its markers `[n]` as buttons where `n` is a known citation.

    `opens` begins the accessible name of such a button; `turn` is the answer's place in the conversation. Wide tables
    scroll in a region of their own.
    """
    html = _markdown().render(text)
    html = html.replace("<table>", '<div class="table-wrap" tabindex="0" role="group"><table>')
    html = html.replace("</table>", "</table></div>").replace("<td>", '<td dir="auto">')
    seen: Counter[int] = Counter()

    def button(match: re.Match[str]) -> str:
        n = int(match.group(1))
        if n not in known:
            return match.group(0)
        seen[n] += 1
        place = f'data-turn="{turn}" data-n="{n}" data-key="m{turn}-{n}-{seen[n]}"'
        name = escape(f"{opens} {n}")
        return f'<button type="button" class="cite" data-do="source" {place} aria-label="{name}">{n}</button>'

    return Markup(_MARKER.sub(button, html))


def highlighted(text: str, start: int, end: int) -> Markup:
    """`text` with `text[start:end]` marked; offsets outside the text mark nothing."""
    if not 0 <= start < end <= len(text):
        return escape(text)
    return (
        escape(text[:start])
        + Markup("<mark>")
        + escape(text[start:end])
        + Markup("</mark>")
        + escape(text[end:])
    )
