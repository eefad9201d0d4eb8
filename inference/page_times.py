"""Measure the processor time that pages take: their reading, their extraction, and the solver on few of them.

Flow:  files -> **pages, timed** -> **extraction, timed** -> benchmark

Processor time, not the clock's: it says the same on a busy machine. It counts the programs that a reader
starts. The solver is asked where rows of a table that adds up can be read in several ways; its part is
taken where the assembler calls it.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.assembly import solver
from gouji.inference.assembly.solver import ColumnSum, Survivors, Values
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, kind_of, read_page
from gouji.model.errors import GoujiError


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


def measure_pages(paths: Sequence[Path], extractor: Extractor | None = None) -> PageTimes:
    """Extract pages one after the other in this process; a file that is no single page is left out."""
    extractor = extractor or Extractor()
    whole: list[float] = []
    solved: list[float] = []
    reading: dict[str, list[float]] = {}
    for path in paths:
        try:
            kind = str(kind_of(Content(str(path), path=path)))
            if kind not in reading:
                read_page(path)  # once more, for the import of its library is not a page's time
            begun = _processor_time()
            page = read_page(path)
        except GoujiError:
            continue
        reading.setdefault(kind, []).append(_processor_time() - begun)
        with _solver_timed() as spent:
            begun = time.process_time()
            extractor.extract(page)
            whole.append(time.process_time() - begun)
        if spent:
            solved.append(sum(spent))
    by_kind = {kind: times_of(spent) for kind, spent in sorted(reading.items())}
    return PageTimes(times_of(whole), times_of(solved), by_kind)


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


def _processor_time() -> float:
    """Of this process and of those that it has started, in seconds."""
    started = os.times()
    return time.process_time() + started.children_user + started.children_system


@contextmanager
def _solver_timed() -> Iterator[list[float]]:
    """Collects the seconds of each call of the solver, which keeps no clock itself."""
    spent: list[float] = []
    solve = solver.survivors

    def timed(rows: Sequence[Sequence[Values]], sums: Sequence[ColumnSum]) -> Survivors:
        begun = time.process_time()
        found = solve(rows, sums)
        spent.append(time.process_time() - begun)
        return found

    solver.survivors = timed
    try:
        yield spent
    finally:
        solver.survivors = solve
