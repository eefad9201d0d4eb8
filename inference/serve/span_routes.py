"""The routes by which a person corrects what is tagged on a page.

Flow:  request -> **route** -> desk of spans -> JSON
"""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from gouji.inference.printable import in_line
from gouji.inference.serve.service import Here
from gouji.inference.serve.span_desk import Stretch
from gouji.model.labels import Tag

labelling = APIRouter(tags=["labelling"])


class SpansIn(BaseModel):
    """One correction of what is tagged on a page."""

    do: Literal["tag", "right", "undo"] = Field(
        description="tag: the stretch bears the tag; right: all spans are right, and all that there are;"
        " undo: the last correction does not stand."
    )
    start: int = Field(0, ge=0, description="Characters of the page's text, as spans count them.")
    end: int = Field(0, ge=0)
    tag: Tag | None = Field(None, description="None: what lies there is no span.")
    token: int = Field(description="What GET …/spans or the last correction gave: how far one has seen.")
    by: str = Field("", max_length=100, description="Who corrects.")


@labelling.get("/reports/{id}/spans")
def spans(id: str, here: Here) -> dict[str, Any]:
    """The page's text and its tagged spans, `[start, end, tag]`, under the corrections that stand."""
    return here.span_desk.told(id)


@labelling.post("/reports/{id}/spans")
def correct(id: str, given: SpansIn, here: Here) -> dict[str, Any]:
    """Correct spans, and answer as GET does; 409 where another has corrected the page meanwhile."""
    by = in_line(given.by).strip() or here.settings.person
    match given.do:
        case "tag":
            here.span_desk.tag(id, Stretch(given.start, given.end, given.tag), by, given.token)
        case "right":
            here.span_desk.call_right(id, by, given.token)
        case "undo":
            here.span_desk.undo(id, by, given.token)
    return here.span_desk.told(id)
