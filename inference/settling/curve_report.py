"""Tell how far answers go: a table by what was done to the pages, and the curve of all of them.

Flow:  pages settled -> **table, JSON, plot**

Over all pages the next click goes where most is hoped of it, so that the curve tells of the order of reports
too; in random order it goes to any page that is still open.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from xml.etree.ElementTree import Element

from gouji.annotations.page_files import parse_name
from gouji.inference.html_page import el
from gouji.inference.settling.curve import Course, PageCourses
from gouji.inference.square_plot import (
    GREY,
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

_WAYS: Mapping[str, Callable[[PageCourses], Course | None]] = {
    "rows offered": lambda page: page.rows,
    "most first": lambda page: page.chosen,
    "random order": lambda page: page.random,
}
_COLOURS = ("#2e8049", "#c8391a", "#2f6fb0")
_POINTS = 20
_TICKS = 4

COLUMNS = ("pages", "settled", "cells", "clicks", "a page", "random", "by rows", "a page", "wrong")


def table(pages: Sequence[PageCourses]) -> str:
    """Markdown: a line for each damage, and one for all; the words below the table say what is counted."""
    groups: dict[str, list[PageCourses]] = {}
    for page in pages:
        groups.setdefault(_damage(page.page), []).append(page)
    lines = ["| damage | " + " | ".join(COLUMNS) + " |", "| --- |" + " ---: |" * len(COLUMNS)]
    lines += [_line(name, own) for name, own in sorted(groups.items())]
    return "\n".join([*lines, _line("all", pages)])


def summary(pages: Sequence[PageCourses]) -> dict[str, Any]:
    """The figures as JSON has them, with the curve of each way."""
    return {
        "pages": [
            {
                "page": page.page,
                "cells": page.cells,
                **{name: _course(way(page)) for name, way in _WAYS.items()},
                **({} if page.error is None else {"error": page.error}),
            }
            for page in pages
        ],
        "curves": {name: merged(pages, way) for name, way in _WAYS.items()},
    }


def wrong_cells(pages: Iterable[PageCourses]) -> Iterator[str]:
    """Each cell that a truthful answer made wrong: none, if the promise holds."""
    for page in pages:
        for name, way in _WAYS.items():
            if (found := way(page)) is not None:
                yield from (f"{page.page}: {key} ({name})" for key in found.wrong)


def merged(pages: Sequence[PageCourses], way: Callable[[PageCourses], Course | None]) -> list[int]:
    """The cells known on all pages after 0, 1, 2 … clicks."""
    own = [found for page in pages if (found := way(page)) is not None]
    rng = random.Random(0)
    heap = [(-c.hoped[0], rng.random(), index, 0) for index, c in enumerate(own) if c.hoped]
    heapq.heapify(heap)
    known = [0]
    while heap:
        _, _, index, click = heapq.heappop(heap)
        course = own[index]
        known.append(known[-1] + course.known[click + 1] - course.known[click])
        if click + 1 < course.clicks:
            heapq.heappush(heap, (-course.hoped[click + 1], rng.random(), index, click + 1))
    return known


def figure(pages: Sequence[PageCourses]) -> Element:
    """The plot: the share of cells that are known, over the clicks as a share of the cells that were not."""
    cells = max(sum(page.cells for page in pages), 1)
    parts: list[Element] = [frame()]
    for tick in range(_TICKS + 1):
        share = tick / _TICKS
        parts.append(tick_below(f"{share:.0%}", LEFT + SIDE * share))
        parts.append(tick_beside(f"{share:.0%}", TOP + SIDE * (1 - share)))
    parts += axis_names("clicks, of the cells that were ambiguous", "cells known")
    for index, (name, way) in enumerate(_WAYS.items()):
        known = merged(pages, way)
        last = len(known) - 1
        places = sorted({round(last * point / _POINTS) for point in range(_POINTS + 1)})
        points = [
            (LEFT + SIDE * min(place / cells, 1.0), TOP + SIDE * (1 - known[place] / cells))
            for place in places
        ]
        parts += curve(points, _COLOURS[index])
        at = {"x": str(LEFT + SIDE - 10), "y": str(TOP + SIDE - 50 + 15 * index), "text_anchor": "end"}
        parts.append(el("text", f"{name}: {last} clicks", fill=_COLOURS[index], **at))
    parts.append(
        el(
            "text",
            f"{cells} cells",
            x=str(LEFT + SIDE - 10),
            y=str(TOP + SIDE - 66),
            fill=GREY,
            text_anchor="end",
        )
    )
    return square_plot(parts, "share of ambiguous cells that are known, over clicks")


def _line(name: str, pages: Sequence[PageCourses]) -> str:
    open_pages = [page for page in pages if page.chosen is not None]
    clicks = [page.chosen.clicks for page in open_pages if page.chosen is not None]
    rows = [page.rows.clicks for page in open_pages if page.rows is not None]
    figures = (
        f"{len(pages):,}",
        f"{len(open_pages):,}",
        f"{sum(page.cells for page in pages):,}",
        f"{sum(clicks):,}",
        _median(clicks),
        f"{sum(page.random.clicks for page in open_pages if page.random is not None):,}",
        f"{sum(rows):,}",
        _median(rows),
        f"{sum(1 for _ in wrong_cells(pages)):,}",
    )
    return f"| {name} | " + " | ".join(figures) + " |"


def _median(clicks: Sequence[int]) -> str:
    return f"{median(clicks):g}" if clicks else ""


def _damage(page: str) -> str:
    """What was done to a page last."""
    return parse_name(Path(page)).damage.rpartition("+")[2] or "none"


def _course(found: Course | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"known": list(found.known), "wrong": list(found.wrong), "status": str(found.status)}
