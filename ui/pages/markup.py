"""Text to HTML that is inert: documents and answers are data, never markup that runs.

Answers are Markdown (bold, lists, tables) rendered with raw HTML and links off; everything else is escaped by Jinja's
autoescape. Citation markers `[n]` become buttons that open the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import count
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it.token import Token
from markupsafe import Markup, escape

from ui.answer_text import columns, html_of, tokens

_renderings = count()
_WIDE = 4
_NUMBER = re.compile(r"[\d\s.,%]*\d[\d\s.,%]*")
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
    """The template of that name, filled; every value is escaped unless it is Markup.

    A number at the end makes each rendering another: of a part that comes back as it was, Gradio tells the page
    nothing, and a source that was closed would not open again.
    """
    return f"{_environment().get_template(template).render(**values)}<!--{next(_renderings)}-->"


def _table(parsed: list[Token]) -> None:
    """Mark a table's cells: the label of their column (a phone shows rows as cards), and columns of numbers."""
    found = columns(parsed)
    # A list of recommendations has many columns and long texts; a table of counts stays as narrow as it is.
    if len(found) >= _WIDE:
        parsed[0].attrSet("class", "wide")
    for n, cells in enumerate(found):
        head, *body = cells
        numbers = n > 0 and body and all(_NUMBER.fullmatch(parsed[i + 1].content.strip()) for i in body)
        for i in cells if numbers else ():
            parsed[i].attrSet("class", "n")
        for i in body:
            parsed[i].attrSet("dir", "auto")
            if label := parsed[head + 1].content:
                parsed[i].attrSet("data-label", label)


def answer_html(text: str, quotes: Mapping[int, str], opens: str, turn: int = 0) -> Markup:
    """An answer's Markdown as inert HTML, its markers `[n]` as buttons where `n` is a citation.

    `quotes` are what the citations quote, by number; they stand as they are. `opens` begins the accessible name of such
    a button; `turn` is the answer's place in the conversation. Wide tables scroll in a region of their own.
    """
    parsed = tokens(text, tuple(quotes.values()))
    for i, token in enumerate(parsed):
        if token.type == "table_open":
            _table(parsed[i : next(j for j in range(i, len(parsed)) if parsed[j].type == "table_close")])
    seen: Counter[int] = Counter()

    def button(match: re.Match[str]) -> str:
        n = int(match.group(1))
        if n not in quotes:
            return match.group(0)
        seen[n] += 1
        place = f'data-turn="{turn}" data-n="{n}" data-key="m{turn}-{n}-{seen[n]}"'
        name = escape(f"{opens} {n}")
        return f'<button type="button" class="cite" data-do="source" {place} aria-label="{name}">{n}</button>'

    html = html_of(parsed, button)
    html = html.replace("<table", '<div class="table-wrap" tabindex="0" role="group"><table')
    return Markup(html.replace("</table>", "</table></div>"))


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
