"""The rows of ruled tables, cut ones joined again: a row a line, a tab between its cells.

Flow:  grids, lines -> **rows** -> page

A cell is printed once, in the row that it begins in, as in the markup of a table. A page break cuts
a table between two rows, or a row between two lines; what is left of a row on the next sheet goes
back where it belongs only where the rules and what is printed leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gouji.inference.readers.pdf_grid import NEAR, Box, Grid
from gouji.inference.readers.pdf_lines import Line, goes_on, is_number, joined, lines_of
from gouji.inference.readers.pdf_sheet import Glyph

_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}(?:[）)]|[、.．])")


@dataclass(slots=True)
class Cell:
    """A printed cell: its box, and its lines from the top."""

    box: Box
    lines: list[Line]

    @property
    def text(self) -> str:
        """Its print, joined."""
        return joined(self.lines)


@dataclass(slots=True)
class Table:
    """A ruled table, on one sheet or on several: its rows, each the cells that begin there."""

    grid: Grid  # of its last sheet
    rows: list[list[str]]
    open_cells: list[Cell] = field(default_factory=list)  # those that reach the last sheet's lower border

    def text(self) -> str:
        """A row a line, a tab between cells."""
        return "\n".join("\t".join(row) for row in self.rows)


def table_of(grid: Grid, glyphs: Sequence[Glyph]) -> Table:
    """A grid with what is printed in it."""
    cells = [Cell(box, lines_of(g for g in glyphs if box.holds(g))) for box in grid.boxes]
    rows: list[list[str]] = []
    for row in range(len(grid.ys) - 1):
        rows.extend(_rows([cell for cell in cells if cell.box.row == row]))
    last = len(grid.ys) - 1
    return Table(grid, rows, [cell for cell in cells if cell.box.bottom_row == last])


def _rows(cells: Sequence[Cell]) -> list[list[str]]:
    """The row that cells make; several where in one of them numbers stand below each other."""
    bases = _stacked(cells)
    if not bases:
        return [[cell.text for cell in cells]] if cells else []
    rows = []
    for index in range(len(bases)):
        row = []
        for cell in cells:
            nearest = [
                line for line in cell.lines
                if min(range(len(bases)), key=lambda i, y=line.base: abs(bases[i] - y)) == index
            ]  # fmt: skip
            row.append(joined(nearest))
        rows.append(row)
    return rows


def _stacked(cells: Sequence[Cell]) -> list[float]:
    """The baselines of numbers that stand below each other in a cell, and are not one that was broken."""
    bases: list[float] = []
    for cell in cells:
        numbers = [line for line in cell.lines if is_number(line)]
        if len(numbers) < 2 or len(numbers) < len(cell.lines):
            continue
        if not all(goes_on(a, b, cell.box) for a, b in zip(numbers, numbers[1:], strict=False)):
            for line in numbers:
                if all(abs(line.base - base) > line.height / 2 for base in bases):
                    bases.append(line.base)
    return sorted(bases)
