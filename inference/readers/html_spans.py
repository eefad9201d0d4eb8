"""Lay an HTML table out as a grid where its cells span rows and columns and it lies on its side.

Flow:  rows, spans -> **grid** -> table

A table that stands upright is read by the cells that begin in each row. One on its side must be turned, and
which head a cell stands under, only the places of all cells tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gouji.inference.limits import keep_within
from gouji.inference.readers.upright import lies_on_its_side
from gouji.inference.readers.writer import Table

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_MOST = 100  # rows or columns that a cell spans; more is an error of the page
_LONGEST = 10  # digits of a number of them
_FRAME = "dataframe"  # the class of what pandas writes: a grid

Span = tuple[int, int]  # rows, columns


def span_of(cell: LexborNode) -> Span:
    """How many rows and columns a cell spans."""
    attributes = cell.attributes  # made anew each time that they are asked for
    return _number(attributes.get("rowspan")), _number(attributes.get("colspan"))


def table_of(table: LexborNode, rows: Sequence[tuple[str, ...]], spans: Sequence[Sequence[Span]]) -> Table:
    """A table of its cells, or of a grid where it lies on its side or is a data frame's."""
    named = (table.attributes.get("class") or "").split()
    if any(span != (1, 1) for row in spans for span in row):
        grid = _grid(rows, spans)
        if lies_on_its_side(grid):
            return Table(grid, is_grid=True)
    return Table(tuple(rows), is_grid=_FRAME in named)


def _number(written: str | None) -> int:
    digits = (written or "").strip()
    if not digits.isdecimal():
        return 1
    return min(max(int(digits), 1), _MOST) if len(digits) < _LONGEST else _MOST


def _grid(rows: Sequence[tuple[str, ...]], spans: Sequence[Sequence[Span]]) -> tuple[tuple[str, ...], ...]:
    """A cell for each row and column; what a cell covers besides its first place is empty."""
    placed: dict[tuple[int, int], str] = {}
    covered = 0
    for down, (row, own) in enumerate(zip(rows, spans, strict=True)):
        across = 0
        for cell, (height, width) in zip(row, own, strict=True):
            while (down, across) in placed:
                across += 1
            height = min(height, len(rows) - down)
            covered += height * width
            keep_within("cells", covered)
            for place in ((down + i, across + j) for i in range(height) for j in range(width)):
                placed.setdefault(place, "")
            placed[down, across] = cell
    width = max((across for _, across in placed), default=-1) + 1
    keep_within("cells", len(rows) * width)
    return tuple(tuple(placed.get((down, i), "") for i in range(width)) for down in range(len(rows)))
