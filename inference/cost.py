"""Measure what a page costs, all in all, and reckon what a corpus of many millions would.

Flow:  a folder's pages -> **one run of the command** -> processor time, bytes -> hours and bytes of a corpus

Processor time, not the clock's, is what many machines share out among them. The start of the command is taken
off: a run of one page is. What a corpus needs is in proportion, as `gouji benchmark --scaling` shows.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.benchmark import pages_in, time_extract
from gouji.inference.page_times import processor_time

CORPORA = (1_000_000, 10_000_000, 100_000_000)  # pages


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs, the mean of a folder."""

    pages: int  # that it was measured on
    seconds: float  # of processor time
    read: float  # bytes
    written: float  # bytes of JSON lines
    packed: float | None  # bytes of Parquet, as an engine writes them; None where pyarrow is not installed

    def core_hours(self, pages: int) -> float:
        """How long one core works on so many pages.

        >>> Cost(100, 0.036, 2e4, 3e4, 2e3).core_hours(1_000_000)
        10.0
        """
        return self.seconds * pages / 3600


def measure_cost(folder: Path) -> Cost:
    """What the pages of a folder cost, extracted by one worker.

    Raises:
        BenchmarkError: The folder holds no page, or the command fails.
    """
    pages = pages_in(folder)
    of_one, _ = _run(pages[0])
    of_all, lines = _run(folder)
    number = len(lines)
    written = sum(len(line.encode()) + 1 for line in lines)
    packed = _packed(lines)
    return Cost(
        number,
        (of_all - of_one) / (number - 1) if number > 1 else of_one,
        sum(page.stat().st_size for page in pages) / number,
        written / number,
        None if packed is None else packed / number,
    )


def _run(place: Path) -> tuple[float, list[str]]:
    """Seconds of processor time for one `gouji extract`, and the lines that it printed."""
    begun = processor_time()
    _, lines = time_extract([str(place), "--jobs", "1"])
    return processor_time() - begun, lines


def _packed(lines: Sequence[str]) -> int | None:
    """The bytes of a shard that holds these answers."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError:
        return None
    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"answer": list(lines)}), file, compression="zstd")
    return file.tell()
