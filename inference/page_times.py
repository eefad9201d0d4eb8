"""Measure the processor time that pages take: stage by stage, and the solver on few of them.

Flow:  files -> **pages, timed** -> **extraction, timed** -> benchmark

Processor time, not the clock's: it says the same on a busy machine. It counts the programs that a reader
starts. The solver is asked where rows of a table that adds up can be read in several ways; its part, as those
of the tokenizer and the tagger, is taken where it is called.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.inference.assembly import solver
from gouji.inference.extractor import Extractor
from gouji.inference.printable import json_line
from gouji.inference.readers import Content, kind_of, read_page
from gouji.model.errors import GoujiError
from gouji.model.page import Page

# Of a page: bytes to text; text to tokens; tokens to spans; ruling undone, and spans to tables; tables to
# cells and checks; these to JSON.
STAGES = ("read", "cut", "tag", "find", "assemble", "write")


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took on so many pages, in seconds of processor time."""

    pages: int
    median: float
    within_95: float  # 95% of the pages took no longer
    longest: float


@dataclass(frozen=True, slots=True)
class PageTimes:
    """What pages took without their reading, and what the solver took on those that it was asked for."""

    page: Times
    solver: Times
    reading: Mapping[str, Times]  # of each kind of file, its libraries imported
    stages: Mapping[str, float]  # of `STAGES`, the mean of all pages in seconds


def measure_pages(paths: Sequence[Path], extractor: Extractor | None = None) -> PageTimes:
    """Extract pages one after the other in this process; a file that is no single page is left out."""
    extractor = extractor or Extractor()
    whole: list[float] = []
    solved: list[float] = []
    reading: dict[str, list[float]] = {}
    stages = dict.fromkeys(STAGES, 0.0)
    for path in paths:
        try:
            kind = str(kind_of(Content(str(path), path=path)))
            if kind not in reading:
                _extract(extractor, read_page(path), dict(stages))  # once more: imports are no page's time
            begun = processor_time()
            page = read_page(path)
        except GoujiError:
            continue
        reading.setdefault(kind, []).append(processor_time() - begun)
        stages["read"] += reading[kind][-1]
        with _timed(solver, "survivors") as spent:
            whole.append(_extract(extractor, page, stages))
        if spent:
            solved.append(sum(spent))
    by_kind = {kind: times_of(spent) for kind, spent in sorted(reading.items())}
    means = {stage: spent / max(len(whole), 1) for stage, spent in stages.items()}
    return PageTimes(times_of(whole), times_of(solved), by_kind, means)


def times_of(seconds: Sequence[float]) -> Times:
    """The usual and the worst of some times; all zero where there are none.

    >>> times_of([3.0, 1.0, 2.0])
    Times(pages=3, median=2.0, within_95=3.0, longest=3.0)
    """
    if not seconds:
        return Times(0, 0.0, 0.0, 0.0)
    ranked = sorted(seconds)
    within = ranked[-(-len(ranked) * 95 // 100) - 1]
    return Times(len(ranked), statistics.median(ranked), within, ranked[-1])


def processor_time() -> float:
    """Of this process and of those that it has started, in seconds."""
    started = os.times()
    return time.process_time() + started.children_user + started.children_system


def _extract(extractor: Extractor, page: Page, stages: dict[str, float]) -> float:
    """What a page takes from its text to its cells; each stage's share is added to `stages`."""
    with (
        _timed(extractor.tagger, "tag") as tagging,
        _timed(extractor.tagger.tokenizer, "tokenize") as cutting,
    ):
        begun = time.process_time()
        found = extractor.find(page)
    tagged = time.process_time()
    assembled = extractor.assemble(found)
    done = time.process_time()
    json_line(assembled.extraction.to_record())
    stages["write"] += time.process_time() - done
    stages["cut"] += sum(cutting)
    stages["tag"] += sum(tagging) - sum(cutting)
    stages["find"] += tagged - begun - sum(tagging)
    stages["assemble"] += done - tagged
    return done - begun


@contextmanager
def _timed(owner: Any, name: str) -> Iterator[list[float]]:
    """Collects the seconds of each call of a function, which keeps no clock itself."""
    spent: list[float] = []
    function = getattr(owner, name)

    def timed(*arguments: Any) -> Any:
        begun = time.process_time()
        found = function(*arguments)
        spent.append(time.process_time() - begun)
        return found

    setattr(owner, name, timed)
    try:
        yield spent
    finally:
        setattr(owner, name, function)
