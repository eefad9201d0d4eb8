"""Extract reports within a pipeline of datatrove: a step between a reader and a writer.

Flow:  documents with pages -> **GoujiExtractor** -> documents with answers

    pipeline = [JsonlReader("pages"), GoujiExtractor(), JsonlWriter("answers")]
    LocalPipelineExecutor(pipeline, tasks=8, logging_dir="logs").run()

No document is dropped, and nothing is raised for one: what cannot be read goes on with the status `error`.
datatrove marks the tasks that are completed, and does the others again.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from gouji.inference.batch import Settings
from gouji.inference.engines.rows import Row, RowReader
from gouji.inference.limits import limits_with
from gouji.inference.outputs.errors import needed
from gouji.inference.printable import encodable
from gouji.inference.readers import Content, Unread
from gouji.model.provenance import Provenance

try:
    from datatrove.pipeline.base import PipelineStep
except ModuleNotFoundError:  # making a step says what to install
    PipelineStep = object

EXTRA = "datatrove"
PREFIX = "gouji_"  # of what is added to a document's metadata
_ADDRESS = "url"


class GoujiExtractor(PipelineStep):  # type: ignore[misc]
    """Answers each document's text, HTML or plain, in its order.

    To the metadata come `gouji_source`, `gouji_status`, `gouji_error` and `gouji_answer`, the JSON object
    that `gouji extract` prints. All else of the document stays. One that holds several reports goes on once
    for each, the second as `ID/2`.

    Args:
        model: A model folder of your own.
        forms: TOML files of forms of your own, besides the shipped ones.
        limits: What a page may take, such as `["seconds=120"]`, where that is not the default.
        processes: How many read for a task at most, besides the one that opens pages.
    """

    name = "勾稽 gouji"
    type = "🔎 - EXTRACTOR"

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        forms: Sequence[str | os.PathLike[str]] = (),
        limits: Sequence[str] = (),
        processes: int = 1,
    ) -> None:
        needed("datatrove.pipeline.base", EXTRA)
        super().__init__()
        self.settings = Settings(
            None if model is None else Path(model), forms=tuple(map(Path, forms)), limits=limits_with(limits)
        )
        self.processes = processes

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents, each with its answer.

        Raises:
            GoujiError: The model or a form cannot be loaded.
        """
        waiting: deque[Any] = deque()  # documents from the one on that is answered next
        first, reports = 0, 0  # the number of the first of them; the reports of it that are answered
        reader = RowReader(self.settings, self.processes)
        try:
            for each in reader.rows(_contents(data or (), waiting)):
                while first < each.at.input:
                    waiting.popleft()
                    first, reports = first + 1, 0
                reports += 1
                self.stat_update("total", each.row.status)
                yield _answered(waiting[0], each.row, reports)
        finally:
            reader.end()


def _contents(documents: Iterable[Any], waiting: deque[Any]) -> Iterator[Content | Unread]:
    """What is to be read of documents; each of them waits for its answer."""
    for document in documents:
        waiting.append(document)
        address = document.metadata.get(_ADDRESS)
        url = address if isinstance(address, str) and address else None
        name = url or str(document.id)
        if not isinstance(document.text, str):
            yield Unread(name, "holds no text; expected a page")
        else:
            text = encodable(document.text).encode()
            yield Content(name, text, charset="utf-8", decoded=True, provenance=Provenance(url))


def _answered(document: Any, row: Row, report: int) -> Any:
    """A document with the answer to one of its reports; as any writer can write it."""
    answer = {f"{PREFIX}{name}": value for name, value in asdict(row).items()}
    return replace(
        document,
        text=encodable(document.text) if isinstance(document.text, str) else "",
        id=document.id if report == 1 else f"{document.id}/{report}",
        metadata={**document.metadata, **answer},
    )
