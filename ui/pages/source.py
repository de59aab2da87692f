"""The source beside the answer: the quoted words marked in their paragraph, with the paragraphs around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.model import Language, Paragraph
from ui.pages.markup import highlighted, render
from ui.pages.words import Words

if TYPE_CHECKING:
    from index.library import Library

_AROUND = 2


def _unsaid(paragraph: Paragraph) -> str | None:
    """The paragraph's number, where its own words do not begin with it."""
    number = paragraph.number
    return None if number and paragraph.text.lstrip(" (").startswith(number) else number


def source_html(library: Library, citation: Any, words: Words) -> str:
    """One citation's document, paragraph, page, marked quote, context and official address."""
    reference = next((one for one in library.documents() if one.key == citation.key), None)
    paragraphs = library.paragraphs(citation.key) if reference else ()
    at = next((i for i, p in enumerate(paragraphs) if p.start <= citation.start < p.end), None)
    shown = []
    if at is not None:
        for i in range(max(0, at - _AROUND), min(len(paragraphs), at + _AROUND + 1)):
            paragraph = paragraphs[i]
            here = i == at
            start = citation.start - paragraph.start if here else -1
            end = min(citation.end - paragraph.start, len(paragraph.text)) if here else -1
            shown.append(
                {"number": _unsaid(paragraph), "here": here, "html": highlighted(paragraph.text, start, end)}
            )
    language = Language(reference.language) if reference else words.language
    return render(
        "source.html",
        w=words,
        c=citation,
        document=reference,
        paragraphs=shown,
        heading=paragraphs[at].heading if at is not None else (),
        language=language.value,
        direction="rtl" if language is Language.ARABIC else "ltr",
        kind=words[f"kind_{reference.kind}"] if reference else "",
    )


def no_source_html(words: Words) -> str:
    """What stands in the panel before a source is opened."""
    return render("no_source.html", w=words)
