"""Shapes of the HTTP API, as OpenAPI shows them."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from corpus.model import Kind, Language, Position

_LANGUAGE = "Language of the answer; by default the question's."


class Problem(BaseModel):
    """What went wrong, and what to do about it."""

    code: str = Field(examples=["unknown_value"])
    message: str = Field(examples=["'Slovania' is no State."])
    remedy: str = Field(examples=["Did you mean Slovenia or Slovakia or Somalia?"])


class ErrorBody(BaseModel):
    """The one error shape."""

    error: Problem


class Question(BaseModel):
    """A question, with the conversation it follows."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(
        min_length=1, max_length=4_000, examples=["Which recommendations of France did Mongolia accept?"]
    )
    language: Language | None = Field(default=None, description=_LANGUAGE)
    conversation: str | None = Field(
        default=None,
        max_length=100,
        description="Id that an earlier answer gave; the question may then amend that one.",
    )


class CitationBody(BaseModel):
    """A verbatim quote and where it stands."""

    model_config = ConfigDict(extra="allow")

    n: int
    key: str
    symbol: str | None
    paragraph: str | None
    page: int | None
    quote: str
    url: str | None
    digest: bool


class NumberedRecommendation(BaseModel):
    """A recommendation that the answer rests on."""

    model_config = ConfigDict(extra="allow")

    key: str
    number: str


class FigureBody(BaseModel):
    """A number of the answer and how it was computed."""

    model_config = ConfigDict(extra="allow")

    value: float
    unit: str | None
    how: str


class AnswerBody(BaseModel):
    """An answer; the same JSON as `upr ask --json`, with the conversation's id."""

    model_config = ConfigDict(extra="allow")

    question: str
    language: Language
    answer: str
    citations: list[CitationBody]
    recommendations: list[NumberedRecommendation]
    figures: list[FigureBody]
    filters: dict[str, Any]
    abstained: bool
    confidence: float
    follow_ups: list[str]
    conversation: str


class HitBody(BaseModel):
    """One passage or recommendation found."""

    key: str
    symbol: str | None
    paragraph: str | None
    page: int | None
    kind: Kind
    state: str | None
    language: Language
    score: float
    text: str
    number: str | None
    digest: bool
    url: str | None


class Hits(BaseModel):
    """What a search found, best first."""

    hits: list[HitBody]


class RecommendationBody(BaseModel):
    """One recommendation."""

    key: str
    symbol: str | None
    number: str
    text: str
    state: str | None
    cycle: int | None
    position: Position
    implemented: bool
    recommenders: list[str]
    themes: list[str]
    groups: list[str]
    sdgs: list[str]
    action: int | None
    agencies: list[str]
    instruments: list[str]
    page: int | None


class Recommendations(BaseModel):
    """One page of recommendations and how many there are; with `count_by`, counts instead of rows."""

    total: int
    recommendations: list[RecommendationBody] | None = None
    counts: dict[str, int] | None = None


class SourceBody(BaseModel):
    """Where something was read."""

    key: str
    symbol: str | None
    paragraph: str | None
    page: int | None


class PositionBody(BaseModel):
    """One document's word on a position."""

    position: Position
    implemented: bool
    date: str | None
    source: SourceBody | None


class TagBody(BaseModel):
    """A label with its score and its reason."""

    name: str
    score: float
    why: str


class SdgBody(BaseModel):
    """A link to a goal or target with its score and its reason."""

    goal: int
    target: str | None
    score: float
    why: str


class ActionBody(BaseModel):
    """UPR Info's action category: 1 minimal to 5 specific."""

    category: int | None
    score: float


class TagsBody(BaseModel):
    """What a text is about."""

    themes: list[TagBody]
    sdgs: list[SdgBody]
    groups: list[str]
    action: ActionBody
    agencies: list[str]
    instruments: list[str]


class FullRecommendation(RecommendationBody):
    """One recommendation with the history of its position and the reasons of its tags."""

    position_source: SourceBody | None
    history: list[PositionBody]
    conflicts: list[str]
    tags: TagsBody


class TextBody(BaseModel):
    """A text to tag."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(
        min_length=1, max_length=20_000, examples=["Ratify OP-CAT and set up a preventive mechanism"]
    )


class DocumentBody(BaseModel):
    """One document of the index."""

    key: str
    symbol: str | None
    title: str
    kind: Kind
    language: Language
    date: str | None
    session: str | None
    state: str | None
    cycle: int | None
    pages: int | None
    url: str | None
    digest: bool
    paragraphs: int
    recommendations: int


class Documents(BaseModel):
    """What is indexed."""

    documents: list[DocumentBody]


class JobBody(BaseModel):
    """Files being added: what was done with each."""

    id: str
    names: list[str]
    status: str
    stage: str
    done: int
    total: int
    results: list[dict[str, Any]]
    error: str | None


class Removed(BaseModel):
    """A document that was removed."""

    removed: str


class SdgTable(BaseModel):
    """Recommendations by goal and position."""

    total: int
    goals: list[dict[str, Any]]


class HealthBody(BaseModel):
    """Whether the service answers, and over how much."""

    ok: bool
    version: str
    documents: int
    paragraphs: int
    recommendations: int


class MetricsBody(BaseModel):
    """Requests by path since the start: how many and how many seconds together."""

    requests: dict[str, dict[str, float]]


class ChatMessage(BaseModel):
    """A message in OpenAI's shape."""

    model_config = ConfigDict(extra="ignore")

    role: str = Field(max_length=20)
    content: str | list[dict[str, Any]] | None = None


class StreamOptions(BaseModel):
    """What a stream ends with."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class ChatRequest(BaseModel):
    """OpenAI's chat completion request; what has no meaning here (temperature …) is ignored."""

    model_config = ConfigDict(extra="ignore")

    model: str = "upr"
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=200,
        examples=[[{"role": "user", "content": "Which recommendations of France did Mongolia accept?"}]],
    )
    stream: bool = False
    stream_options: StreamOptions | None = None
