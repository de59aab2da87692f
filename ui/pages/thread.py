"""The conversation as HTML: questions, answers, chips of what was understood, follow-ups, actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from corpus import states
from corpus.model import Language
from ui.pages.labels import tag_label
from ui.pages.markup import answer_html, render
from ui.pages.words import Words

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.plan import Plan

_AUDIENCES = ("civil_society", "government", "country_team")
_STATE_FILTERS = frozenset({"states", "recommenders", "donors"})
_CHIP_LABELS = {
    "states": "state",
    "recommenders": "by",
    "donors": "by",
    "cycles": "cycle",
    "positions": "position",
    "themes": "theme",
    "groups": "group",
    "goals": "sdg",
    "targets": "target",
    "agencies": "agency",
    "instruments": "instrument",
    "actions": "action",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; while the answer is being written, `partial` is what is there so far."""

    question: str
    answer: Answer | None = None
    partial: str = ""
    thumb: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood, which the user can take away."""

    field: str
    value: str
    label: str
    shown: str


def _shown(name: str, value: Any, words: Words) -> str:
    if name in _STATE_FILTERS:
        return states.name(str(value), words.language)
    if name == "positions":
        return words[str(value)]
    if name == "actions":
        return words[f"action_{value}"]
    return tag_label(name, str(value), words.language)


def chips(plan: Plan | None, words: Words) -> list[Chip]:
    """What of the plan can be shown and taken away."""
    if plan is None:
        return []
    found = []
    for name, label in _CHIP_LABELS.items():
        for value in getattr(plan, name):
            found.append(Chip(name, str(value), words[label], _shown(name, value, words)))
    return found


def without(plan: Plan, name: str, value: str) -> Plan:
    """The plan less one value of one filter; an unknown filter or value changes nothing."""
    if name not in _CHIP_LABELS or name not in {item.name for item in fields(plan)}:
        return plan
    kept = tuple(one for one in getattr(plan, name) if str(one) != value)
    return replace(plan, **{name: kept})


def examples(words: Words) -> list[tuple[str, list[str]]]:
    """First questions by kind of user."""
    return [(words[f"for_{who}"], [words[f"example_{who}_{i}"] for i in (1, 2)]) for who in _AUDIENCES]


def _turn(turn: Turn, index: int, words: Words) -> dict[str, Any]:
    given = turn.answer
    known = frozenset(c.n for c in given.citations) if given else frozenset()
    language = Language(given.language) if given else words.language
    return {
        "index": index,
        "question": turn.question,
        "busy": given is None,
        "html": answer_html(given.answer if given else turn.partial, known, words["open_source"]),
        "language": language.value,
        "direction": "rtl" if language is Language.ARABIC else "ltr",
        "abstained": bool(given and given.abstained),
        "understood": given.understood if given else "",
        "chips": chips(given.plan if given else None, words),
        "citations": given.citations if given else (),
        "figures": given.figures if given else (),
        "follow_ups": given.follow_ups if given else (),
        "thumb": turn.thumb,
        "text": plain(given) if given else "",
        "markdown": markdown(turn) if given else "",
    }


def _where(citation: Any) -> str:
    parts = [citation.symbol or citation.key]
    parts += [f"para. {citation.paragraph}"] if citation.paragraph else []
    parts += [f"p. {citation.page}"] if citation.page else []
    return ", ".join(parts)


def plain(given: Answer) -> str:
    """The answer with its sources below, as text to paste."""
    return given.answer + "".join(f"\n[{c.n}] {_where(c)}: {c.quote}" for c in given.citations)


def markdown(turn: Turn) -> str:
    """Question, answer and sources as Markdown to paste; sources are footnotes."""
    if turn.answer is None:
        return ""
    given = turn.answer
    body = given.answer
    notes = []
    for citation in given.citations:
        body = body.replace(f"[{citation.n}]", f"[^{citation.n}]")
        address = f" <{citation.url}>" if citation.url else ""
        notes.append(f"[^{citation.n}]: {_where(citation)}: “{citation.quote}”{address}")
    return f"**{turn.question}**\n\n{body}\n\n" + "\n".join(notes)


def thread_html(turns: Sequence[Turn], words: Words) -> str:
    """The whole conversation, or the welcome with examples where nothing was asked yet."""
    shown = [_turn(turn, i, words) for i, turn in enumerate(turns)]
    return render("thread.html", turns=shown, examples=examples(words), w=words)
