"""The one typed tree of settings, read from the environment (prefix `UPR_`)."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import BadSetting
from corpus.model import Language


class Settings(BaseSettings):
    """Every setting of the project; an unknown `UPR_` variable is refused (see `load`)."""

    model_config = SettingsConfigDict(env_prefix="UPR_", extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: user_data_path("upr", appauthor=False),
        description="Folder that holds the index and everything else the program writes.",
    )
    database_url: str | None = Field(
        default=None,
        description="SQLAlchemy URL of the catalogue; by default a SQLite file in the home.",
    )
    chroma_url: str | None = Field(
        default=None, description="Address of a Chroma server; by default vectors are embedded in the home."
    )
    embeddings: str = Field(
        default="static",
        description="`static` (shipped model), or a sentence-transformers name or folder (extra `neural`).",
    )
    reranker: str | None = Field(
        default=None, description="Cross-encoder name or folder that re-ranks passages (extra `neural`)."
    )
    model: str | None = Field(
        default=None, description="Language model that writes answers, as `provider:model`; none by default."
    )
    model_timeout: float = Field(
        default=60.0, gt=0, description="Seconds a language model may take for one answer."
    )
    model_context: int = Field(
        default=12_000, gt=0, description="Most tokens of evidence given to a language model for one answer."
    )
    language: Language | None = Field(
        default=None, description="Language of answers (en, fr, es, ar, ru, zh); by default the question's."
    )
    starter: bool = Field(default=True, description="Fill an empty home from the starter corpus.")
    workers: int = Field(default=0, ge=0, description="Processes that read documents; 0 means one a core.")
    token: SecretStr | None = Field(
        default=None, description="When set, every request but health must carry it as a bearer token."
    )
    max_upload_mb: int = Field(default=100, gt=0, description="Largest file that is read, in MB.")
    max_pages: int = Field(default=2_000, gt=0, description="Most pages of one document that are read.")
    read_timeout: float = Field(
        default=300.0, gt=0, description="Seconds that reading one document may take."
    )
    rate_limit: int = Field(
        default=6_000, ge=0, description="Requests a minute from one address to the API; 0 means no limit."
    )
    feedback: bool = Field(default=True, description="Keep thumbs up and down in a local log in the home.")


def load() -> Settings:
    """The settings in force.

    Raises `corpus.errors.BadSetting` for a value of the wrong type, and for a `UPR_` variable that no setting
    answers to.
    """
    known = {f"UPR_{name.upper()}" for name in Settings.model_fields} | {"UPR_TEST_DATA"}
    for name in sorted(os.environ):
        if name.startswith("UPR_") and name not in known:
            raise BadSetting(f"{name!r} is not a setting.", _nearest(name, known))
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "UPR_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(f"{name}={first['input']!r}: {first['msg']}.", "Correct or unset it.") from error


def _nearest(name: str, known: set[str]) -> str:
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {close[0]}?" if close else "Unset it; the README lists the settings."
