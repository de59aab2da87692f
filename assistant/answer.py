"""The answer as it leaves the assistant: verified text, numbered citations, rows, figures."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.draft import Figure
from assistant.plan import Plan
from corpus.model import Language


@dataclass(frozen=True, slots=True)
class AnswerCitation:
    """A verified quote under the number that the answer's text refers to it by."""

    n: int
    key: str
    symbol: str | None
    paragraph: str | None
    page: int | None
    quote: str
    start: int
    end: int
    url: str | None = None
    digest: bool = False

    def to_json(self) -> dict[str, object]:
        """As design.md's citations."""
        return {
            "n": self.n,
            "key": self.key,
            "symbol": self.symbol,
            "paragraph": self.paragraph,
            "page": self.page,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "url": self.url,
            "digest": self.digest,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown. `understood` says in one line how the question was read; `notes` what was left out and why."""

    question: str
    language: Language
    answer: str
    citations: tuple[AnswerCitation, ...]
    recommendations: tuple[tuple[str, str], ...]
    figures: tuple[Figure, ...]
    plan: Plan
    abstained: bool
    confidence: float
    follow_ups: tuple[str, ...] = ()
    understood: str = ""
    notes: tuple[str, ...] = ()
    reason: str | None = None

    def to_json(self) -> dict[str, object]:
        """The JSON of `upr ask`, with `understood`, `plan` and `notes` beside what design.md names."""
        return {
            "question": self.question,
            "language": str(self.language),
            "answer": self.answer,
            "citations": [citation.to_json() for citation in self.citations],
            "recommendations": [{"key": key, "number": number} for key, number in self.recommendations],
            "figures": [figure.to_json() for figure in self.figures],
            "filters": self.plan.filters(),
            "abstained": self.abstained,
            "confidence": round(self.confidence, 3),
            "follow_ups": list(self.follow_ups),
            "understood": self.understood,
            "plan": self.plan.to_json(),
            "notes": list(self.notes),
            "reason": self.reason,
        }
