"""`/api/documents` and `/api/jobs`: what is indexed; add, remove, read again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Query, Request, UploadFile
from fastapi import Path as InPath
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from ui import service
from ui.api.schemas import Documents, JobBody, Removed
from ui.errors import NotFound, TooLargeUpload
from ui.jobs import Job
from ui.records import document_row
from ui.upload import safe_name

router = APIRouter(tags=["documents"])

_CHUNK = 1 << 20
_MEGABYTE = 1_000_000
_MOST_FILES = 50


def keep_upload(upload: UploadFile, folder: Path, limit_mb: int, taken: list[str]) -> str:
    """Write an upload into `folder` by a safe name that is not taken; returns the name.

    Raises `TooLargeUpload` past `limit_mb`.
    """
    name = safe_name(upload.filename, taken)
    taken.append(name)
    written = 0
    with (folder / name).open("wb") as out:
        while chunk := upload.file.read(_CHUNK):
            written += len(chunk)
            if written > limit_mb * _MEGABYTE:
                raise TooLargeUpload(
                    f"{name!r} is larger than {limit_mb} MB.", "Split it, or raise UPR_MAX_UPLOAD_MB."
                )
            out.write(chunk)
    return name


@router.get("/documents", response_model=Documents, summary="What is indexed")
def documents(request: Request) -> dict[str, Any]:
    """Every document, with what was read from it."""
    return {"documents": [document_row(one) for one in service.of(request).library.documents()]}


@router.post(
    "/documents",
    response_model=JobBody,
    responses={202: {"model": JobBody, "description": "Being read; follow the job."}},
    summary="Add files",
)
async def add(
    request: Request,
    file: Annotated[list[UploadFile], File(description="One or more files.", max_length=_MOST_FILES)],
    wait: Annotated[bool, Query(description="Answer when every file has been read.")] = True,
) -> Response:
    """Read files and add them; without waiting, the answer is the job to follow."""
    running = service.of(request)

    def receive() -> Job:
        folder = running.jobs.new_folder()
        try:
            names: list[str] = []
            for one in file:
                keep_upload(one, folder, running.settings.max_upload_mb, names)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return running.jobs.submit(folder, names)

    job = await run_in_threadpool(receive)
    if wait:
        await run_in_threadpool(job.finished.wait)
    return JSONResponse(job.to_json(), 200 if wait else 202)


@router.get("/jobs/{job_id}", response_model=JobBody, summary="How far adding has come")
def job(request: Request, job_id: Annotated[str, InPath(max_length=64)]) -> dict[str, Any]:
    """A job's stage, progress and results."""
    found = service.of(request).jobs.get(job_id)
    if found is None:
        raise NotFound(f"No job {job_id!r}.", "Jobs are forgotten when the service stops.")
    return found.to_json()


@router.delete("/documents/{key:path}", response_model=Removed, summary="Remove a document")
def remove(request: Request, key: Annotated[str, InPath(max_length=300)]) -> dict[str, str]:
    """Remove a document and everything read from it."""
    running = service.of(request)
    if not running.library.remove(key):
        raise NotFound(f"No document {key!r}.", "GET /api/documents lists them.")
    running.jobs.tidy()
    return {"removed": key}
