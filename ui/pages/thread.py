"""The conversation as HTML: questions, answers, chips of what was understood, follow-ups, actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from corpus.model import Language
from ui import answer_text
from ui.citing import note
from ui.pages.chips import additions, chips
from ui.pages.markup import answer_html, render
from ui.pages.words import Words
from ui.threads import Turn

if TYPE_CHECKING:
    from assistant.answer import Answer
    from index.library import Library

_AUDIENCES = ("civil_society", "government", "country_team")


def examples(words: Words) -> list[tuple[str, list[str]]]:
    """First questions by kind of user."""
    return [(words[f"for_{who}"], [words[f"example_{who}_{i}"] for i in (1, 2)]) for who in _AUDIENCES]


def _turn(turn: Turn, index: int, words: Words, library: Library | None) -> dict[str, Any]:
    """`library` is given for the last answer, whose chips can be changed."""
    given = turn.answer
    quotes = {c.n: c.quote for c in given.citations} if given else {}
    language = Language(given.language) if given else words.language
    plan = given.plan if given else None
    return {
        "index": index,
        "question": turn.question,
        "busy": given is None,
        "html": answer_html(given.answer if given else turn.partial, quotes, words["open_source"], index),
        "language": language.value,
        "direction": "rtl" if language is Language.ARABIC else "ltr",
        "abstained": bool(given and given.abstained),
        "chips": chips(plan, words, library),
        "additions": additions(plan, words, library, listed=bool(given and given.recommendations))
        if library
        else [],
        "citations": given.citations if given else (),
        "figures": given.figures if given else (),
        "follow_ups": given.follow_ups if given else (),
        "rows": len(given.recommendations) if given else 0,
        "thumb": turn.thumb,
        "text": plain(given) if given else "",
        "markdown": markdown(turn) if given else "",
    }


def plain(given: Answer) -> str:
    """The answer with its sources below, as text to paste."""
    text = answer_text.plain(given.answer, [c.quote for c in given.citations])
    return "\n\n".join(
        [text, *(["\n".join(f"[{c.n}] {note(c)}" for c in given.citations)] if given.citations else [])]
    )


def markdown(turn: Turn) -> str:
    """Question, answer and sources as Markdown to paste; sources are footnotes."""
    if turn.answer is None:
        return ""
    given = turn.answer
    body = given.answer
    notes = []
    for citation in given.citations:
        body = body.replace(f"[{citation.n}]", f"[^{citation.n}]")
        notes.append(f"[^{citation.n}]: {note(citation)}")
    return f"**{turn.question}**\n\n{body}\n\n" + "\n".join(notes)


def thread_html(
    turns: Sequence[Turn],
    words: Words,
    library: Library | None = None,
    *,
    busy: bool = False,
    problem: str = "",
) -> str:
    """The whole conversation, or the welcome with examples where nothing was asked yet."""
    last = len(turns) - 1
    shown = [
        _turn(turn, i, words, library if i == last and not busy else None) for i, turn in enumerate(turns)
    ]
    feedback = library is not None and library.settings.feedback
    return render(
        "thread.html",
        turns=shown,
        examples=examples(words),
        w=words,
        busy=busy,
        problem=problem,
        feedback=feedback,
    )
