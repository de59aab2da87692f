"""`/api/health` (open without a token) and `/api/metrics`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request

from ui import service
from ui.api.schemas import HealthBody, MetricsBody

router = APIRouter(tags=["health"])


@router.get("/health", response_model=HealthBody, summary="Whether the service answers")
def health(request: Request) -> dict[str, Any]:
    """Counts of what is indexed."""
    counts = service.of(request).library.counts()
    return {"ok": True, "version": version("upr"), **counts}


@router.get("/metrics", response_model=MetricsBody, summary="Requests served since the start")
def metrics(request: Request) -> dict[str, Any]:
    """Counts and seconds by path."""
    return {"requests": service.of(request).metrics.snapshot()}
