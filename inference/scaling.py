"""Measure how the cost of extraction grows with a page's length and with the number of pages.

Flow:  a folder's pages -> **longer pages, more pages** -> times, memory -> table, figure

A longer page is a page with its text so many times: all of it, so that no stage gets off lightly.
More pages are the same ones again, as links in a folder that is thrown away, in one run of the command.
Straight lines at a slope of one, and flat memory, are what should come of it.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from math import log10
from pathlib import Path
from xml.etree.ElementTree import Element

from gouji.inference.benchmark import largest_process, pages_in, time_extract
from gouji.inference.extractor import Extractor
from gouji.inference.html_page import el
from gouji.inference.page_times import processor_time
from gouji.inference.readers import read_page
from gouji.inference.square_plot import (
    COLOURS,
    LEFT,
    SIDE,
    TOP,
    axis_names,
    curve,
    frame,
    square_plot,
    tick_below,
    tick_beside,
)

LENGTHS = (1, 3, 10, 30, 100)  # times
NUMBERS = (10, 100, 1_000, 10_000)  # pages


@dataclass(frozen=True, slots=True)
class Point:
    """What so many times the length, or so many pages, took."""

    times: int
    seconds: float  # of processor time, of all processes
    memory: int | None = None  # bytes of the largest process up to here


def by_length(folder: Path, lengths: Sequence[int] = LENGTHS) -> Iterator[Point]:
    """What a folder's first page takes from its text to its cells, at so many times its length.

    Raises:
        BenchmarkError: The folder holds no page.
        ReadingError: The page cannot be read.
    """
    extractor, once = Extractor(), read_page(pages_in(folder)[0])
    once = replace(once, rows=(), part=None)
    extractor.extract(once)
    for times in lengths:
        longer = replace(once, text=once.text * times)
        begun = time.process_time()
        extractor.extract(longer)
        yield Point(times, time.process_time() - begun)


def by_number(folder: Path, numbers: Sequence[int] = NUMBERS, jobs: int = 1) -> Iterator[Point]:
    """What the command takes for so many pages, start included, and what its largest process holds.

    Raises:
        BenchmarkError: The folder holds no page, or the command fails.
    """
    pages = pages_in(folder)
    for number in numbers:
        with tempfile.TemporaryDirectory() as held:
            for count, page in enumerate(islice(cycle(pages), number)):
                (Path(held) / f"{count:06}{page.suffix}").symlink_to(page.resolve())
            begun = processor_time()
            time_extract([held, "--jobs", str(jobs)])
            seconds = processor_time() - begun
        yield Point(number, seconds, largest_process())


def scaling_figure(curves: dict[str, Sequence[Point]]) -> Element:
    """Seconds over length and number, both by powers of ten: cost in proportion is a straight line."""
    points = [point for own in curves.values() for point in own]
    low, high = _decade(min(p.seconds for p in points)), _decade(max(p.seconds for p in points)) + 1
    widest = _decade(max(p.times for p in points) - 1) + 1

    def across(power: float) -> float:
        return LEFT + SIDE * power / widest

    def down(power: float) -> float:
        return TOP + SIDE * (high - power) / (high - low)

    parts = [frame()]
    parts += [tick_below(f"{10**decade:,}", across(decade)) for decade in range(widest + 1)]
    parts += [tick_beside(f"{10.0**decade:g}", down(decade)) for decade in range(low, high + 1)]
    parts += axis_names("times as long, or pages", "seconds")
    for colour, (name, own) in zip(COLOURS, curves.items(), strict=False):
        places = [(across(log10(point.times)), down(log10(point.seconds))) for point in own]
        parts += curve(places, colour)
        x, y = places[len(places) // 2]
        parts.append(el("text", name, x=f"{x + 8:.1f}", y=f"{y + 14:.1f}", fill=colour))
    return square_plot(parts, "seconds over times the length and over the number of pages")


def _decade(value: float) -> int:
    """The power of ten at or below a value.

    >>> _decade(0.03), _decade(1), _decade(99)
    (-2, 0, 1)
    """
    return int(log10(value) // 1)
