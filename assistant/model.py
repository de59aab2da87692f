"""Answers written by a language model, and made to pass the same verification as any other.

The deterministic answer is computed first; its evidence opens the conversation, and it is what the user gets, with
a note, whenever the model cannot be reached, takes too long, or writes nothing that holds.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, cast

from assistant import entail, prompts
from assistant.answer import Answer
from assistant.compose.context import Context
from assistant.compose.messages import Phrases
from assistant.draft import Draft, Figure, Part, Statement
from assistant.errors import ModelError, ModelMisbehaved, ModelUnavailable
from assistant.evidence import Evidence, Item
from assistant.plan import Decline
from assistant.tools import Toolbox
from corpus.model import Citation, Language

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

    from corpus.settings import Settings

ROUNDS = 5  # turns in which tools may be called
RETRIES = 2
_KEYS = re.compile(r"\[(E\d+)\]")
_SENTENCE = re.compile(
    r".+?(?:[.!?]+[”\"»]?(?:\s*\[E\d+\])+|(?:\s*\[E\d+\])+[.!?。！？؟]?|[.!?]+(?=\s|$)|[。！？؟]+(?:\s*\[E\d+\])*|$)",
    re.S,
)
_QUOTE = re.compile(r"[“«][^”»]*[”»]")
_STOPS = re.compile(r"[.!?。？！؟]")
_SPACE_BEFORE_STOP = re.compile(r"\s+(?=[.!?,;])")
_LANGUAGES = {
    Language.ENGLISH: "English", Language.FRENCH: "French", Language.SPANISH: "Spanish", Language.ARABIC: "Arabic",
    Language.RUSSIAN: "Russian", Language.CHINESE: "Chinese",
}  # fmt: skip
# What is declined for good: no model is asked.
_FINAL = frozenset(set(Decline) - {Decline.NO_PASSAGE, Decline.NO_AMOUNT, Decline.NO_REASON})


class Finishes(Protocol):
    """What verifies and renders a draft (`assistant.ask.Assistant`)."""

    def finish(self, context: Context, draft: Draft) -> Answer:
        """The answer of a draft."""
        ...


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote, checked sentence by sentence."""

    kept: tuple[tuple[str, tuple[Item, ...]], ...]
    faults: tuple[tuple[str, tuple[str, ...]], ...]


def connect(settings: Settings) -> BaseChatModel:
    """The model that the settings name. Raises ModelUnavailable."""
    from langchain.chat_models import init_chat_model

    try:
        model: Any = init_chat_model(
            settings.model, timeout=settings.model_timeout, max_retries=RETRIES, temperature=0
        )
    except (ImportError, ValueError) as problem:
        raise ModelUnavailable(
            f"The language model {settings.model!r} cannot be loaded: {problem}.",
            "Name it as provider:model, and install its LangChain package.",
        ) from problem
    except Exception as problem:
        raise ModelUnavailable(
            f"The language model {settings.model!r} cannot be used: {problem}.", "Check its settings."
        ) from problem
    return cast("BaseChatModel", model)


def write(
    assistant: Finishes,
    context: Context,
    settings: Settings,
    answer: Answer,
    model: BaseChatModel | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Answer:
    """The model's answer where it holds, else the deterministic one with a note."""
    if answer.reason and Decline(answer.reason) in _FINAL:
        return answer
    try:
        chat = model or connect(settings)
        draft = _Conversation(chat, context, settings, answer, clock).draft()
        written = assistant.finish(context, draft)
        if written.abstained or not written.citations:
            raise ModelMisbehaved("Nothing that the language model wrote could be verified.")
    except ModelError as problem:
        return _fallen_back(context, answer, problem)
    return written


def _fallen_back(context: Context, answer: Answer, problem: ModelError) -> Answer:
    phrases = context.phrases
    if isinstance(problem, ModelUnavailable):
        note = phrases.say("The language model could not be used; this answer was written without it.")
    else:
        note = phrases.say(
            "What the language model wrote could not be verified; this answer was written without it."
        )
    return replace(answer, answer=f"{answer.answer}\n\n{note}", notes=(*answer.notes, note))


class _Conversation:
    """One exchange with a model: evidence in, tools while they help, prose out, one repair."""

    def __init__(
        self,
        model: BaseChatModel,
        context: Context,
        settings: Settings,
        answer: Answer,
        clock: Callable[[], float],
    ) -> None:
        self._model = model
        self._context = context
        self._answer = answer
        self._clock = clock
        self._deadline = clock() + settings.model_timeout
        self._evidence = Evidence(settings.model_context)
        self._tools = Toolbox(context, self._evidence)
        self._called: set[str] = set()

    def draft(self) -> Draft:
        """The draft of what the model wrote and holds. Raises ModelError."""
        messages = self._opening()
        text = self._converse(messages)
        written = self._checked(text)
        if written.faults:
            written = self._repaired(messages, text, written)
        if not written.kept:
            raise ModelMisbehaved("Nothing that the language model wrote could be verified.")
        return self._as_draft(written)

    def _opening(self) -> list[BaseMessage]:
        from langchain_core.messages import HumanMessage, SystemMessage

        self._evidence.figures += self._answer.figures
        keys = [self._known(one) for one in self._answer.citations]
        figures = "; ".join(
            f"{figure.value} {figure.unit} ({figure.how})" for figure in self._answer.figures[:20]
        )
        question = prompts.QUESTION.format(
            question=self._context.plan.asked or self._context.plan.question,
            understood=self._answer.understood,
            evidence=self._evidence.shown(keys),
            figures=figures or "none",
        )
        system = prompts.SYSTEM.format(
            language=_LANGUAGES[self._context.plan.language], nothing=prompts.NOTHING
        )
        return [SystemMessage(system), HumanMessage(question)]

    def _known(self, one: Any) -> str:  # noqa: ANN401 - an answer's citation
        """The key of a citation of the deterministic answer; a recommendation's with what is known of it."""
        named = {number for _, number in self._answer.recommendations}
        if one.paragraph in named:
            found = self._context.library.recommendations(
                _one_row(one.key, one.paragraph), limit=3
            ).recommendations
            for row in found:
                if (row.document, row.start, row.end) == (one.key, one.start, one.end):
                    return self._tools.row(row)
        citation = Citation(
            one.key, one.symbol, one.paragraph, one.page, one.quote, one.start, one.end, one.url, one.digest
        )
        return self._evidence.add(citation)

    def _converse(self, messages: list[BaseMessage]) -> str:
        """The model's text, after at most `ROUNDS` turns with tools."""
        from langchain_core.messages import HumanMessage, ToolMessage

        for _ in range(ROUNDS):
            reply = self._ask(messages, tools=True)
            calls = getattr(reply, "tool_calls", None) or []
            if not calls:
                return _text(reply)
            messages.append(reply)
            repeated = 0
            for call in calls:
                mark = json.dumps([call["name"], call["args"]], sort_keys=True, default=str)
                again = mark in self._called
                self._called.add(mark)
                repeated += again
                result = (
                    "This was called before, with the same result."
                    if again
                    else self._tools.call(call["name"], call["args"])
                )
                messages.append(ToolMessage(result, tool_call_id=call["id"] or call["name"]))
            if repeated == len(calls):
                break
        messages.append(HumanMessage(prompts.FINISH))
        reply = self._ask(messages, tools=False)
        if getattr(reply, "tool_calls", None) and not _text(reply).strip():
            raise ModelMisbehaved("The language model goes on calling tools instead of answering.")
        return _text(reply)

    def _ask(self, messages: Sequence[BaseMessage], *, tools: bool) -> BaseMessage:
        """One reply, streamed, within what is left of the time. Raises ModelUnavailable."""
        left = self._deadline - self._clock()
        if left <= 0:
            raise ModelUnavailable("The language model took too long.", "Raise UPR_MODEL_TIMEOUT.")
        runnable: Any = self._model.bind_tools(self._tools.bound()) if tools else self._model
        box: list[BaseMessage] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                whole: Any = None
                for chunk in runnable.stream(list(messages)):
                    whole = chunk if whole is None else whole + chunk
                    if self._clock() > self._deadline:
                        return
                box.append(whole)
            except Exception as problem:  # noqa: BLE001 - handed to the caller's thread, mapped there
                failed.append(problem)

        thread = threading.Thread(target=run, daemon=True, name="upr-model")
        thread.start()
        thread.join(left)
        if failed:
            raise ModelUnavailable(
                f"The language model failed: {failed[0]}.", "Try again, or unset UPR_MODEL."
            ) from failed[0]
        if not box or box[0] is None:
            raise ModelUnavailable(
                "The language model took too long or said nothing.", "Raise UPR_MODEL_TIMEOUT."
            )
        return box[0]

    def _checked(self, text: str) -> Written:
        kept: list[tuple[str, tuple[Item, ...]]] = []
        faults: list[tuple[str, tuple[str, ...]]] = []
        for sentence in sentences(text):
            keys = list(dict.fromkeys(_KEYS.findall(sentence)))
            bare = _SPACE_BEFORE_STOP.sub("", _KEYS.sub("", sentence)).strip()
            if not any(character.isalnum() for character in bare):
                continue
            items = self._evidence.named(keys)
            if items is None:
                faults.append((bare, ("it cites a key that was never given",)))
                continue
            wrong = entail.faults(bare, items, self._evidence.figures, self._context.plan.language)
            if wrong:
                faults.append((bare, tuple(wrong)))
            else:
                kept.append((bare, tuple(items)))
        return Written(tuple(kept), tuple(faults))

    def _repaired(self, messages: list[BaseMessage], text: str, written: Written) -> Written:
        """The answer after one chance to mend it; what still fails is dropped."""
        from langchain_core.messages import AIMessage, HumanMessage

        said = "\n".join(f"- {sentence}: {'; '.join(why)}" for sentence, why in written.faults)
        try:
            reply = self._ask(
                [*messages, AIMessage(text), HumanMessage(prompts.REPAIR.format(faults=said))], tools=False
            )
        except ModelError:
            if written.kept:
                return written
            raise
        again = self._checked(_text(reply))
        return again if len(again.kept) >= len(written.kept) else written

    def _as_draft(self, written: Written) -> Draft:
        allowed_language = self._context.plan.language
        parts: list[Part] = []
        for sentence, items in written.kept:
            cites = tuple(item.citation for item in items)
            given = tuple(item.facts for item in items)
            parts.append(Statement.cited(sentence, cites, given))
        notes: tuple[str, ...] = ()
        if written.faults:
            notes = (
                Phrases(allowed_language).many(
                    "{count} part of the answer could not be verified and was left out.",
                    "{count} parts of the answer could not be verified and were left out.",
                    len(written.faults),
                ),
            )
        return Draft(
            tuple(parts),
            _used(self._evidence.figures, written),
            self._answer.recommendations or tuple(self._tools.recommendations),
            confidence=min(0.9, self._answer.confidence or 0.5),
            follow_ups=self._answer.follow_ups,
            notes=notes,
        )


def _used(figures: Sequence[Figure], written: Written) -> tuple[Figure, ...]:
    """The figures that the kept sentences tell, each once."""
    from assistant.verify import numbers, readings

    told = {value for sentence, _ in written.kept for token in numbers(sentence) for value in readings(token)}
    return tuple(dict.fromkeys(figure for figure in figures if figure.value.normalize() in told))


def _one_row(key: str, number: str) -> Any:  # noqa: ANN401 - the index's filters
    from index.filters import RecommendationFilters

    return RecommendationFilters(document=(key,), number=(number,))


def _text(reply: BaseMessage) -> str:
    content = reply.content
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") if isinstance(part, dict) else str(part) for part in content)


def sentences(text: str) -> list[str]:
    """The sentences of a model's text, each with the keys that follow it; a quote is never cut."""
    if text.strip() == prompts.NOTHING:
        return []
    found: list[str] = []
    for line in text.splitlines():
        hidden = _QUOTE.sub(lambda match: _STOPS.sub("\x00", match.group()), line)
        found += [line[match.start() : match.end()].strip() for match in _SENTENCE.finditer(hidden)]
    return [sentence for sentence in found if sentence]
