"""The rows of ruled tables, by the cells that begin in each.

Flow:  grids, lines -> **rows** -> rows over page breaks -> page

A cell is printed once, in the row that it begins in, as in the markup of a table. Where a row's
cells hold several numbers below each other, rules are missing: then it is as many rows as there
are numbers, and these are not known to be cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.inference.readers.pdf_grid import NEAR, Box, Grid
from gouji.inference.readers.pdf_lines import Line, goes_on, is_number, joined, lines_of
from gouji.inference.readers.pdf_sheet import Glyph, Picture

PICTURE = "[图]"  # in a cell that shows nothing else: it is not blank

CUT_OFF = "[截]"


@dataclass(slots=True)
class Cell:
    """A printed cell: its box, its lines from the top, and whether it is of more rows than one."""

    box: Box
    lines: list[Line]
    spans: bool = False
    picture: bool = False

    @property
    def text(self) -> str:
        """Its print, its lines joined."""
        return joined(self.lines) or PICTURE * self.picture


@dataclass(slots=True)
class Row:
    """The cells that begin in a row; `known` where rules part it from the rows beside it.

    What the sheet's edge cuts off may be a number, and is never blank: a mark stands for it.
    """

    cells: list[Cell]
    known: bool = True
    cut_off: bool = False

    @property
    def text(self) -> str:
        """A tab between cells."""
        return "\t".join([*(cell.text for cell in self.cells), *[CUT_OFF] * self.cut_off])


@dataclass(slots=True)
class Table:
    """A ruled table, by its rows."""

    grid: Grid  # on the last sheet that it stands on
    rows: list[Row]
    last: list[Cell] = field(default_factory=list)  # those at its lower end there


def table_of(grid: Grid, glyphs: Iterable[Glyph], pictures: Sequence[Picture] = ()) -> Table:
    """A grid with what is printed in it.

    A cell that the sheet's edge cuts off and that shows nothing is left out: what it holds is not known.
    """
    held: dict[Box, list[Glyph]] = {box: [] for box in grid.boxes}
    for glyph in glyphs:
        box = grid.box_of(glyph)
        if box is not None:
            held[box].append(glyph)
    cells = [
        Cell(box, lines_of(held[box]), box.bottom_row - box.row > 1, any(map(box.frames, pictures)))
        for box in grid.boxes
        if held[box] or not (box.thin or grid.cut_off(box))
    ]
    rows: list[Row] = []
    for index in range(len(grid.ys) - 1):
        rows.extend(_rows([cell for cell in cells if cell.box.row == index]))
        if rows and any(grid.cut_off(box) for box in grid.boxes if box.row == index):
            rows[-1].cut_off = True
    rows = [row for row in rows if row.text]  # a lone empty cell is room between borders
    last = len(grid.ys) - 1
    return Table(grid, rows, [cell for cell in cells if cell.box.bottom_row == last])


def _rows(cells: list[Cell]) -> list[Row]:
    """The row that cells make; several where in one of them numbers stand below each other."""
    bases = _stacked(cells)
    if not bases:
        return [Row(cells)] if cells else []
    rows = []
    for base in bases:
        own = [
            Cell(cell.box, [line for line in cell.lines if _nearest(bases, line) == base]) for cell in cells
        ]
        rows.append(Row(own, known=False))
    return rows


def _nearest(bases: Sequence[float], line: Line) -> float:
    return min(bases, key=lambda base: abs(base - line.base))


def _stacked(cells: Sequence[Cell]) -> list[float]:
    """The baselines of numbers that stand below each other in a cell, and are not one that was broken."""
    bases: list[float] = []
    for cell in cells:
        numbers = [line for line in cell.lines if is_number(line)]
        if len(numbers) < 2 or all(goes_on(a, b, cell.box) for a, b in pairwise(cell.lines)):
            continue
        bases += [line.base for line in numbers if all(abs(line.base - base) > NEAR for base in bases)]
    return sorted(bases)
