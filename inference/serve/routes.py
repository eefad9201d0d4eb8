"""The routes for programs: the contract's JSON of a page, of batches, of reports, and settling.

Flow:  request -> **route** -> engine, batches, store -> JSON

What reads the disk or makes a page is a plain function, which runs in a thread; what waits for a worker, or
for a body, is not. An upload's name is only what its answer is called by.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from gouji.inference.extraction import Number
from gouji.inference.printable import in_line
from gouji.inference.readers import Content
from gouji.inference.serve.batches import called
from gouji.inference.serve.desk import Settling
from gouji.inference.serve.gate import Refused
from gouji.inference.serve.service import Here, Service
from gouji.inference.serve.store import NoReport
from gouji.inference.serve.work import Whole
from gouji.inference.settling import Said

api = APIRouter()


@api.post("/extract", tags=["extract"], openapi_extra={"requestBody": {"content": {"*/*": {}}}})
async def extract(
    request: Request,
    here: Here,
    name: Annotated[str, Query(description="What the answer calls the page by.")] = "page",
) -> Response:
    """Answer one page, sent as the body, whatever its kind; nothing is kept.

    A page gives the contract's object, one that holds several (an archive, a page of several reports) an
    array of them; a page that cannot be read `{"source", "error"}` with the status 422.
    """
    body = await request.body()
    if not body:
        raise Refused(400, "holds no page; send its bytes as the body: curl --data-binary @page.html")
    try:
        async with asyncio.timeout(here.settings.requests.answer_seconds):
            answers = await here.engine.answer(Whole(Content(called(name), body)))
    except TimeoutError as error:
        raise Refused(503, "could not be answered in time; ask again when fewer pages wait") from error
    here.metrics.count(answers)
    lines = [answer.line for answer in answers]
    text = lines[0] if len(lines) == 1 else f"[{','.join(lines)}]"
    failed = len(answers) == 1 and answers[0].is_error
    return Response(text, 422 if failed else 200, media_type="application/json")


_UPLOAD = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "file": {"type": "array", "items": {"type": "string", "format": "binary"}}
                    },
                }
            }
        }
    }
}


@api.post("/batch", tags=["extract"], status_code=202, openapi_extra=_UPLOAD)
async def batch(request: Request, here: Here) -> dict[str, Any]:
    """Take files in, archives among them, and answer how far they are; their reports are kept."""
    limits = here.settings.requests
    client = request.client.host if request.client else "?"
    open_ = sum(batch.client == client for batch in here.batches.running())
    if open_ >= limits.batches_per_client:
        raise Refused(429, f"has {open_} batches that are not done; wait for one of them")
    try:
        async with request.form(max_files=limits.files, max_fields=16) as form:
            files = [
                (part.filename or "page", part.file)
                for _, part in form.multi_items()
                if isinstance(part, UploadFile)
            ]
            if not files:
                raise Refused(400, "holds no file; send some as multipart/form-data: curl -F file=@pages.zip")
            begun = await run_in_threadpool(here.batches.begin, files, client)
    except HTTPException as error:
        status = 413 if "Too many" in error.detail else 400
        raise Refused(status, f"is no form with files that can be taken: {error.detail}") from error
    return asdict(begun)


@api.get("/batch/{id}", tags=["extract"])
def batch_state(id: str, here: Here) -> dict[str, Any]:
    """How far a batch is: pages found, answered and failed, and the ids of its reports."""
    found = here.batches.get(id)
    if found is None:
        raise NoReport(f"{id[:40]!r}: no such batch, or not of this run")
    return asdict(found)


@api.get("/reports", tags=["reports"])
def reports(here: Here) -> list[dict[str, Any]]:
    """What there is of reports: first those where one answer is expected to settle most cells."""
    return sorted((_listed(here, id_) for id_ in here.store.ids()), key=lambda told: -told["worth"])


@api.get("/reports/{id}", tags=["reports"])
def report(id: str, here: Here) -> Response:
    """One report: the contract's object."""
    return JSONResponse(here.store.record(id).to_json())


Value = Annotated[
    int | float | Literal["blank", "absent", "undo"],
    Field(description="A number; or that the page leaves the cell blank, or does not hold it (absent)."),
]


class AnswerIn(BaseModel):
    """A person's answer to one cell."""

    key: str = Field(description="table/row/column")
    value: Value


class AnswersIn(BaseModel):
    """Answers to cells of one report, given at once."""

    answers: list[AnswerIn] = Field(min_length=1, max_length=250)
    token: int = Field(description="What GET …/cells or the last answer gave: how far one has seen.")
    by: str = Field("", max_length=100, description="Who answers.")


@api.get("/reports/{id}/cells", tags=["settling"])
async def meanings(
    id: str,
    here: Here,
    key: str,
    value: Annotated[float | Literal["blank", "absent"] | None, Query()] = None,
) -> dict[str, Any]:
    """What each likely answer to a cell would mean, or the one named; and what its row likeliest holds."""
    token = await run_in_threadpool(here.desk.token, id)
    asked = None if value is None else _value(value)
    return {"token": token, **await here.desk.meanings(id, key, asked)}


@api.post("/reports/{id}/answers", tags=["settling"])
async def settle(id: str, given: AnswersIn, here: Here) -> Mapping[str, Any]:
    """Settle cells, or undo the last answers to them; 409 where another has answered the report meanwhile."""
    answers = tuple((each.key, _value(each.value)) for each in given.answers)
    by = in_line(given.by).strip() or here.settings.person
    told = await here.desk.settle(id, Settling(answers, by, given.token))
    here.metrics.settled.inc(len(answers))
    return told


def _value(said: float | str) -> Number | Said:
    if isinstance(said, str):
        return Said(said)
    return int(said) if isinstance(said, float) and said.is_integer() else said


def _listed(here: Service, id_: str) -> dict[str, Any]:
    kept = here.store.told(id_)
    entry = kept.corpus.entries[0]
    told = {
        name: getattr(entry, name)
        for name in ("source", "part", "title", "issuer", "year", "form", "status", "error")
    }
    return {"id": id_, **told, "decisions": entry.decisions, "worth": kept.worth}
