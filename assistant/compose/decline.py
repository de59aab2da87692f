"""Saying that there is no answer: why, what is missing, which document would hold it, and the nearest sources."""

from __future__ import annotations

from assistant.compose import words
from assistant.compose.context import Context
from assistant.draft import Draft, Statement
from assistant.plan import Decline

REASONS = {
    Decline.OPINION: "This asks for an opinion. Only what documents say can be answered.",
    Decline.FUTURE: "This asks about the future. Documents say what was, not what will be.",
    Decline.OUTSIDE: "This is outside the Universal Periodic Review and its documents.",
    Decline.INJECTION: "This is an instruction to the program, not a question on the documents; it was not followed.",
    Decline.NO_DOCUMENT: "No document of this corpus holds a review of {missing}. It would be in the report of the "
    "Working Group on {missing} and its addendum; add them with “upr add”.",
    Decline.NO_CYCLE: "The corpus holds no review of {states} in cycle {missing}. It has: {held}. "
    "The report of the Working Group of that cycle would hold it.",
    Decline.NO_YEAR: "The corpus holds no review of {states} in {missing}. It has: {held}. "
    "The report of the Working Group of that year would hold it.",
    Decline.NO_SYMBOL: "The document {missing} is not in this corpus.",
    Decline.AMBIGUOUS_STATE: "Which State is meant: {missing}?",
    Decline.UNKNOWN_STATE: "No State is known by the name {missing}.",
    Decline.EMPTY_CORPUS: "Nothing is stored yet. Add documents with “upr add”.",
}


def answer(context: Context) -> Draft:
    """The reason in one or two sentences, and near questions that can be answered."""
    plan, phrases = context.plan, context.phrases
    reason = plan.decline or Decline.NO_PASSAGE
    phrase = REASONS.get(reason, "The documents of this corpus do not answer this.")
    states = words.listed(plan.states, phrases) or phrases.say("any State")
    text = phrases.say(phrase, missing=_missing(context), states=states, held=_held(context) or "—")
    return Draft((Statement(text, factual=False),), decline=reason, confidence=0.05)


def _missing(context: Context) -> str:
    plan, phrases = context.plan, context.phrases
    if plan.decline in {Decline.NO_DOCUMENT, Decline.AMBIGUOUS_STATE}:
        return words.listed(plan.missing or plan.states, phrases)
    return ", ".join(plan.missing)


def _held(context: Context) -> str:
    reviews = [review for state in context.plan.states for review in context.shelf.reviews(state)]
    named = []
    for review in reviews:
        year = f", {review.years[0]}" if review.years else ""
        named.append(
            f"{context.phrases.say('cycle')} {review.cycle} ({context.name(review.document.key)}{year})"
        )
    return "; ".join(named) or ", ".join(map(str, context.shelf.cycles()))


def empty(context: Context) -> Draft:
    """What is left when verification dropped every part of an answer."""
    text = context.phrases.say("Nothing that could be verified is left of the answer.")
    return Draft((Statement(text, factual=False),), decline=Decline.NO_PASSAGE, confidence=0.0)
