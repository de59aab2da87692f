"""The assistant: a question goes in, a verified, cited answer comes out."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant import render
from assistant.answer import Answer
from assistant.compose import compose, decline, words
from assistant.compose.context import Context
from assistant.compose.messages import Phrases
from assistant.converse import amend
from assistant.draft import Draft
from assistant.follow_ups import follow_ups
from assistant.plan import Decline, Plan
from assistant.scope import Shelf, settle
from assistant.source import Library
from assistant.understand import understand
from assistant.verify import Verified, verify
from corpus.errors import UprError
from corpus.model import Citation, Language
from corpus.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


class Assistant:
    """Answers questions over a library. Safe to share between threads: it keeps nothing between questions."""

    def __init__(
        self,
        library: Library,
        settings: Settings | None = None,
        today: datetime.date | None = None,
        model: BaseChatModel | None = None,
    ) -> None:
        self._library = library
        self._model = model
        self._settings = settings or Settings()
        self._today = today

    def ask(
        self, question: str, language: Language | str | None = None, previous: Plan | None = None
    ) -> Answer:
        """The answer to a question; `previous` is the plan of the turn before, which a follow-up amends.

        Raises `QuestionError` for an empty or over-long question, and the index's errors.
        """
        return self.answer(self.understand(question, language, previous))

    def answer(self, plan: Plan) -> Answer:
        """The answer to a plan that was understood before, perhaps amended by the user since."""
        context = Context(plan, self._library, Shelf.of(self._library), Phrases(plan.language))
        answer = self.finish(context, compose(context))
        if self._settings.model or self._model:
            from assistant import model  # LangChain's models are loaded only where one is asked for

            return model.write(self, context, self._settings, answer, self._model)
        return answer

    def stream(
        self, question: str, language: Language | str | None = None, previous: Plan | None = None
    ) -> Iterator[str | Answer]:
        """Pieces of the verified answer's text, then the answer itself."""
        answer = self.ask(question, language, previous)
        yield from answer.answer.splitlines(keepends=True)
        yield answer

    def understand(
        self, question: str, language: Language | str | None = None, previous: Plan | None = None
    ) -> Plan:
        """The plan of a question as it would be answered now, without answering it."""
        wanted = language or self._settings.language
        shelf = Shelf.of(self._library)
        said = Language(wanted) if wanted else None
        plan = amend(question, said, previous, shelf) if previous else None
        plan = plan or understand(question, said, shelf.states())
        today = self._today or datetime.datetime.now(tz=datetime.UTC).date()
        return settle(plan, shelf, today.year)

    def finish(self, context: Context, draft: Draft) -> Answer:
        """A draft verified and rendered; when nothing of it holds, an abstention."""
        checked = verify(draft, self.holds)
        if draft.parts and not checked.draft.parts:
            checked = Verified(decline.empty(context), checked.dropped)
        return self._answer(context, checked)

    def holds(self, citation: Citation) -> bool:
        """Whether a citation's quote is the stored text at its offsets."""
        try:
            stored = self._library.words(citation.document, citation.start, citation.end)
        except UprError:
            return False
        return bool(citation.quote) and stored == citation.quote

    def _answer(self, context: Context, checked: Verified) -> Answer:
        plan, draft = context.plan, checked.draft
        notes = [*draft.notes]
        if checked.dropped:
            notes.append(
                context.phrases.many(
                    "{count} part of the answer could not be verified and was left out.",
                    "{count} parts of the answer could not be verified and were left out.",
                    len(checked.dropped),
                )
            )
        if "injection" in plan.notes:
            notes.append(context.phrases.say("An instruction in the question was not followed."))
        for written, code in (note.split(":")[1:] for note in plan.notes if note.startswith("read:")):
            named = words.state(code, plan.language)
            notes.append(context.phrases.say("“{written}” is read as {state}.", written=written, state=named))
        if plan.unused and not plan.decline:
            notes.append(context.phrases.say("Not used to narrow the answer: “{words}”.", words=plan.unused))
        text, citations = render.render(draft)
        if notes:
            text = "\n\n".join([text, *notes])
        return Answer(
            question=plan.question,
            language=plan.language,
            answer=text,
            citations=citations,
            recommendations=draft.recommendations,
            figures=draft.figures,
            plan=replace(plan, decline=None) if draft.decline is Decline.NO_PASSAGE else plan,
            abstained=draft.decline is not None,
            confidence=draft.confidence,
            follow_ups=draft.follow_ups or follow_ups(context, draft),
            understood=words.understood(
                plan if draft.heard is None else replace(plan, text=draft.heard), context.phrases
            ),
            notes=tuple(notes),
            reason=str(draft.decline) if draft.decline else None,
        )
