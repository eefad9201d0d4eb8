"""Time the command as a person runs it: a whole folder by one worker and by all, one page from a cold start.

Each of these runs is a process of its own, so that its start, its imports and the loading of the model
count. What single pages take, and the solver on them, is measured in this process, as processor time.
Another program, a Python file with `parse(text)`, is timed on the same pages in this process, reading
included and its own start not: that is to its favour.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gouji.inference.batch import usable_cores
from gouji.inference.evaluation.predictions import load_parse
from gouji.inference.loading import serve_pages_only
from gouji.inference.page_times import PageTimes, measure_pages
from gouji.inference.readers import read_page
from gouji.inference.sources import find_sources
from gouji.model.errors import GoujiError

try:
    import resource
except ImportError:  # not on every system
    resource = None  # type: ignore[assignment]

_COLD_STARTS = 5
_RUN = "from gouji.inference.cli import main; main()"


class BenchmarkError(GoujiError):
    """There is nothing to time, or the command fails."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What was measured; rates are pages a second."""

    pages: int
    failed: int  # pages answered with an error
    rates: Mapping[int, float]  # of so many workers, and of one
    cold_start: float  # seconds for one page, the median of five runs
    times: PageTimes  # of single pages, without the loading of the model
    memory: int | None = None  # bytes of the largest process, the model included; not every system tells it
    against: float | None = None  # the other program's rate

    @property
    def rate(self) -> float:
        """Pages a second of all workers."""
        return self.rates[max(self.rates)]

    @property
    def ratio(self) -> float | None:
        """Our rate as a share of the other program's."""
        return None if self.against is None else self.rate / self.against

    def to_record(self) -> dict[str, Any]:
        """The figures as JSON has them."""
        return {**asdict(self), "rate": self.rate, "ratio": self.ratio}


def run_benchmark(folder: Path, jobs: int | None = None, against: Path | None = None) -> Benchmark:
    """Time the extraction of a folder's pages.

    Args:
        folder: Searched for pages as `gouji extract` does.
        jobs: The workers of the second run; None for one a usable core. The first has one.
        against: Another program's Python file.

    Raises:
        BenchmarkError: The folder holds no page, or the command fails.
        PredictionError: The other file cannot be loaded, or has no `parse`.
    """
    pages = pages_in(folder)
    other = load_parse(against) if against else None
    rates: dict[int, float] = {}
    answers: list[str] = []
    for workers in sorted({1, jobs or usable_cores()}):
        seconds, answers = time_extract([str(folder), "--jobs", str(workers)])
        rates[workers] = len(pages) / seconds
    cold = [time_extract([str(pages[0])])[0] for _ in range(_COLD_STARTS)]
    serve_pages_only()  # as the processes of the command do
    return Benchmark(
        pages=len(pages),
        failed=sum("error" in json.loads(line) for line in answers),
        rates=rates,
        cold_start=statistics.median(cold),
        times=measure_pages(pages),
        memory=largest_process(),
        against=_rate_of(other, pages) if other else None,
    )


def pages_in(folder: Path) -> list[Path]:
    """The files that are extracted of a folder.

    Raises:
        BenchmarkError: There is none.
    """
    pages = find_sources([str(folder)]).paths
    if not pages:
        raise BenchmarkError(f"{folder}: holds no page; expected files of pages in this folder or below it")
    return pages


def largest_process() -> int | None:
    """Bytes that the largest of all processes which this one has started and seen end held at a time."""
    if resource is None:
        return None
    held: int = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def time_extract(arguments: Sequence[str]) -> tuple[float, list[str]]:
    """Seconds for one `gouji extract`, and the lines that it printed."""
    begun = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", _RUN, "extract", *arguments], capture_output=True, check=False
    )
    seconds = time.perf_counter() - begun
    if run.returncode not in (0, 1):
        raise BenchmarkError(f"gouji extract failed: {run.stderr.decode('utf-8', 'replace').strip()}")
    return seconds, run.stdout.decode("utf-8").splitlines()


def _rate_of(parse: Callable[[str], Any], pages: Sequence[Path]) -> float:
    begun = time.perf_counter()
    for page in pages:
        parse(read_page(page).text)
    return len(pages) / (time.perf_counter() - begun)
