"""The routes of the trainings: their page, what there is to train on, and starting, stopping and using one.

Flow:  request -> **route** -> labelled pages, trainer -> HTML, JSON
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, Field

from gouji.annotations.pages import labelled_lines
from gouji.inference.printable import in_line
from gouji.inference.serve.service import Here
from gouji.inference.serve.training_page import Shown, training_html
from gouji.inference.serve.training_run import missing_packages

training = APIRouter(tags=["training"])


class Starting(BaseModel):
    """Who begins a training."""

    by: str = Field("", max_length=100)


class Using(BaseModel):
    """The model that is to be used."""

    training: str | None = Field(
        description="The training that made it; null: the model that the service came with."
    )


@training.get("/training", response_class=HTMLResponse, include_in_schema=False)
def page(here: Here) -> Response:
    """The page of the trainings."""
    trainer = here.trainer
    shown = Shown(
        here.labelled(), trainer.all(), trainer.model_in_use(), here.settings.model_dir, missing_packages()
    )
    return HTMLResponse(training_html(shown))


@training.get("/training/state")
def state(here: Here) -> dict[str, Any]:
    """What there is to train on, every training, the last one first, and whose model is in use."""
    in_hand = here.labelled()
    return {
        "labelled": {"pages": len(in_hand.pages), "issuers": in_hand.issuers},
        "missing": missing_packages(),
        "trainings": [asdict(each) for each in here.trainer.all()],
        "in_use": here.trainer.model_in_use(),
    }


@training.get("/training/progress")
def progress(here: Here) -> dict[str, Any]:
    """How far the training is that runs; nothing where none does."""
    running = here.trainer.running()
    return {} if running is None else {"id": running.id, "doing": running.doing, "done": running.done}


@training.get("/training/labelled.jsonl")
def labelled_pages(here: Here) -> Response:
    """The labelled pages in hand, one a line, as `gouji train` reads them."""
    lines = "".join(labelled_lines(here.labelled().pages))
    named = {"content-disposition": 'attachment; filename="labelled.jsonl"'}
    return Response(lines, media_type="application/x-ndjson", headers=named)


@training.post("/training", status_code=202)
def start(given: Starting, here: Here) -> Mapping[str, Any]:
    """Begin to train on the labelled pages in hand; 409 where one runs, or there is nothing to train on."""
    by = in_line(given.by).strip() or here.settings.person
    return asdict(here.trainer.start(here.labelled().pages, by))


@training.post("/training/stop")
def stop(here: Here) -> dict[str, Any]:
    """Stop the training that runs."""
    here.trainer.stop()
    return {}


@training.post("/training/use")
def use(given: Using, here: Here) -> dict[str, Any]:
    """Read pages with the model of a training from now on; those that were read stay as they are."""
    here.use(given.training)
    return {"in_use": here.trainer.model_in_use()}


@training.post("/training/again", status_code=202)
def again(request: Request, here: Here) -> Mapping[str, Any]:
    """Read all pages that are kept anew, with the model in use; how far it is stands at GET /batch/ID."""
    return asdict(here.batches.read_again(_client(request)))


def _client(request: Request) -> str:
    return request.client.host if request.client else "?"
