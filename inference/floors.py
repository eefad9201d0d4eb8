"""Measure the least work of each stage, timed alone: the floor that stands below what the stage takes.

Flow:  pages, and what came of them -> **each stage's least work** -> benchmark

A floor is what is left of a stage when all that it is to find out is known: bytes decoded or markup
parsed, and nothing made of it; the cutting pattern run over the text; the network run on tokens that are
there; labels aligned with the tables that the page holds, and no other; cells and sums written down whose
values are given; JSON made of a record. To find these out is not in it, so that a floor is never reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from gouji.inference.assembly.anchors import align, labels_of
from gouji.inference.assembly.checks import evaluate_checks
from gouji.inference.assembly.table_labels import TableLabels
from gouji.inference.assembly.wording import Wordings
from gouji.inference.benchmark import pages_in
from gouji.inference.evaluation.predictions import load_parse
from gouji.inference.extraction import Cell
from gouji.inference.extractor import Extractor, FoundPage
from gouji.inference.loading import serve_pages_only
from gouji.inference.page_times import STAGES, measure_pages
from gouji.inference.printable import json_line
from gouji.inference.readers import Content, kind_of, read_page
from gouji.model.errors import GoujiError
from gouji.model.layout import places_of
from gouji.model.tokens import runs_of

_TURNS = 3
_WARM = 5  # pages before the first turn: imports, and wordings that are remembered
_KINDS = ("text", "html")
_CELL = tuple(field.name for field in fields(Cell))

Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Floors:
    """What the stages take, and their floors: the means of some pages, in seconds of processor time."""

    pages: int
    stages: Mapping[str, tuple[float, float]]  # of `STAGES`: what it takes, its floor
    against: float | None  # another program's, without the reading, which is ours

    @property
    def taken(self) -> float:
        """All stages, as they are."""
        return sum(taken for taken, _ in self.stages.values())

    @property
    def floor(self) -> float:
        """All stages at their floors."""
        return sum(floor for _, floor in self.stages.values())

    def ratio(self, side: int, reading: int | None = None) -> float:
        """Our rate as a share of the other program's, which is given what we have read.

        Args:
            side: With each stage as it is (0), or at its floor (1).
            reading: Likewise, of the reading; None: as the others.
        """
        read = self.stages["read"][side if reading is None else reading]
        own = read + sum(stage[side] for name, stage in self.stages.items() if name != "read")
        return (read + (self.against or 0.0)) / own

    def to_record(self) -> dict[str, Any]:
        """The figures as JSON has them."""
        record = {**asdict(self), "taken": self.taken, "floor": self.floor}
        if self.against is None:
            return record
        at_floors = {"ratio_at_floors": self.ratio(1), "ratio_but_for_reading": self.ratio(1, 0)}
        return record | {"ratio": self.ratio(0)} | at_floors


def compare_with_floors(folder: Path, against: Path | None = None) -> Floors:
    """Measure what the stages take on a folder's pages of text and HTML, and what they take at least.

    Each is measured several times, in turns, and of each the quickest counts.

    Args:
        folder: Searched for pages as `gouji extract` does.
        against: Another program's Python file.

    Raises:
        BenchmarkError: The folder holds no page.
        PredictionError: The other file cannot be loaded, or has no `parse`.
    """
    serve_pages_only()
    parse = load_parse(against) if against else None
    extractor = Extractor()
    paths = [path for path in pages_in(folder) if _kind(path) in _KINDS]
    measure_pages(paths[:_WARM], extractor)
    turns = [
        (measure_pages(paths, extractor).stages, *_floors_of(paths, extractor, parse)) for _ in range(_TURNS)
    ]
    stages = {
        stage: (min(taken[stage] for taken, _, _ in turns), min(floors[stage] for _, floors, _ in turns))
        for stage in STAGES
    }
    return Floors(len(paths), stages, min(other for _, _, other in turns) if parse else None)


def _floors_of(
    paths: Sequence[Path], extractor: Extractor, parse: Callable[[str], Any] | None
) -> tuple[Mapping[str, float], float]:
    """The floor of each of `STAGES`, and what another program takes: the means of pages."""
    floors = dict.fromkeys(STAGES, 0.0)
    other, pages = 0.0, 0
    for path in paths:
        try:
            page = read_page(path)
            found = extractor.find(page)
        except GoujiError:
            continue
        pages += 1
        for stage, work in {"read": _reading(path), **_works(extractor, found)}.items():
            floors[stage] += _time(work)
        if parse is not None:
            other += _time(partial(parse, page.text))
    return {stage: spent / max(pages, 1) for stage, spent in floors.items()}, other / max(pages, 1)


def _kind(path: Path) -> str:
    try:
        return str(kind_of(Content(str(path), path=path)))
    except GoujiError:
        return "none"


def _reading(path: Path) -> Work:
    """To parse a file's markup, or to decode it."""
    data = path.read_bytes()
    if _kind(path) == "html":
        from selectolax.lexbor import LexborHTMLParser

        return lambda: LexborHTMLParser(data)
    return lambda: data.decode("utf-8", "replace")


def _works(extractor: Extractor, found: FoundPage) -> dict[str, Work]:
    """The least work of each stage behind the reading."""
    tagged, extraction = found.tagged, extractor.assemble(found).extraction
    folded, tagger = tagged.page.folded, extractor.tagger
    ids = np.array(tagger.tokenizer.encode(tagged.tokens), dtype=np.int64)
    places = places_of(tagged.tokens, folded)
    record = extraction.to_record()
    return {
        "cut": lambda: runs_of(folded),
        "tag": lambda: tagger.logits(ids, places),
        "find": _alignment(found),
        "assemble": _writing_down(found, extraction.cells),
        "write": lambda: json_line(record),
    }


def _alignment(found: FoundPage) -> Work:
    """To align the page's labels with the tables that it holds, what was once compared remembered."""
    own = [TableLabels(table.form, table.table) for table in found.tables if table.table.printed != "band"]
    known = Wordings([row for labels in own for row in labels.rows.labels]) if own else None

    def work() -> None:
        if known is not None:
            labels = labels_of(found.marked.page, found.marked.spans, known)
            for each in own:
                align(labels, each.form, each.table, each.rows)

    work()
    return work


def _writing_down(found: FoundPage, cells: Sequence[Cell]) -> Work:
    """To make the cells of the tables that the page holds, and their sums."""
    values = [tuple(getattr(cell, name) for name in _CELL) for cell in cells]
    tables = [table.table for table in found.tables]
    held = {key for table in tables for key in table.keys()}
    values = [each for each in values if each[0] in held]

    def work() -> None:
        made = {each[0]: Cell(*each) for each in values}
        for table in tables:
            list(evaluate_checks(table, made))

    return work


def _time(work: Work) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
