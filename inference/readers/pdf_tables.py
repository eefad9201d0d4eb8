"""The rows of ruled tables, by the cells that begin in each.

Flow:  grids, lines -> **rows** -> rows over page breaks -> page

A cell is printed once, in the row that it begins in, as in the markup of a table. Where a row's
cells hold several numbers below each other, rules are missing: then it is as many rows as there
are numbers, and these are not known to be cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from math import inf

from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_grid import Box, Grid
from gouji.inference.readers.pdf_lines import (
    Line,
    closes_more_brackets,
    free_room,
    is_number,
    is_value,
    joined,
    lines_of,
    numbers_of,
    unspaced,
    values_of,
)
from gouji.inference.readers.pdf_rules import NEAR
from gouji.inference.readers.pdf_sheet import Sheet
from gouji.inference.unread_marks import CUT_OFF, PICTURE, UNSEEN

_REMARKED = re.compile(r"\d[（(]")  # a number that a remark follows
_WORD = re.compile(r"[^\W\d_]{2}")  # of a label, that is known without a character of it


@dataclass(slots=True)
class Cell:
    """A printed cell: its box, its lines from the top, and whether it is of more rows than one.

    What the sheet's edge cuts off may be a number, and is never blank: a mark stands for it. A number that
    stands whole before the edge is read, and the mark behind it says that more cells may follow.
    """

    box: Box
    lines: list[Line]
    spans: bool = False
    picture: bool = False
    lost: bool = False  # a character
    cut_left: bool = False
    cut_right: bool = False
    in_file: bool = False  # what begins before the sheet's edge is in the file as far as it goes
    whole: bool = False  # cut off on its right, and no value of its column is
    completed: str = ""  # the form's label, of which the cell shows the last words

    @property
    def text(self) -> str:
        """Its print, its lines joined; what is part of a number is none."""
        text = self.completed or joined(self.lines)
        if _WORD.search(text) is not None:
            return text
        if self.cut_left:
            return text + CUT_OFF
        if self.cut_right:
            return f"{text or UNSEEN}\t{CUT_OFF}" if self.whole else text + CUT_OFF
        if closes_more_brackets(text):
            return f"{UNSEEN}{text}"  # of what wraps in a cell that is too low, its last lines are printed
        return PICTURE if self.lost else text or PICTURE * self.picture

    def stands_whole(self) -> bool:
        """Whether it holds a value with room for one more digit before the edge, or all in the file."""
        if self.lost or not self.lines or not all(map(is_value, self.lines)):
            return False
        last = [line.glyphs[-1] for line in self.lines]
        return self.in_file or all(self.box.right - g.right > g.right - g.left for g in last)


@dataclass(slots=True)
class Row:
    """The cells that begin in a row; `known` where rules part it from the rows beside it."""

    cells: list[Cell]
    known: bool = True
    loose: bool = False  # it is print of no cell

    @property
    def base(self) -> float:
        """Of its first line; its upper edge where it has none."""
        lines = [line.base for cell in self.cells for line in cell.lines]
        return min(lines, default=self.cells[0].box.top)

    @property
    def text(self) -> str:
        """A tab between cells."""
        return "\t".join(cell.text for cell in self.cells)


@dataclass(slots=True)
class Table:
    """A ruled table, by its rows."""

    grid: Grid  # on the last sheet that it stands on
    rows: list[Row]
    last: list[Cell] = field(default_factory=list)  # those at its lower end there

    def settle_edge(self) -> None:
        """Read the column that the sheet's edge goes through, if it holds values and all are whole.

        A cell that is empty there is not known to be so: its value may stand beyond the edge.
        """
        cut = [row.cells[-1] for row in self.rows if len(row.cells) > 1 and row.cells[-1].cut_right]
        values = [cell for cell in cut if any(map(is_value, cell.lines))]
        if values and all(cell.stands_whole() for cell in values):
            for cell in cut:
                cell.whole = True


def table_of(grid: Grid, glyphs: Iterable[Glyph], sheet: Sheet, *, in_file: bool = False) -> Table | None:
    """A grid with what is printed in it; None where a number stands in no cell of it.

    Args:
        grid: Its cells.
        glyphs: What is printed in them.
        sheet: Where it stands.
        in_file: Whether the file keeps the rest of what the sheet's edge goes through.
    """
    held: dict[Box, list[Glyph]] = {box: [] for box in (*grid.boxes, *grid.loose)}
    for glyph in glyphs:
        box = grid.box_of(glyph)
        if box is not None:
            held[box].append(glyph)
    room = unspaced(line for glyphs in held.values() for line in lines_of(glyphs))
    if room:
        held = {box: [g._replace(right=g.right + room) for g in glyphs] for box, glyphs in held.items()}
    loose = lines_of(glyph for box in grid.loose for glyph in held[box])
    if any(is_number(part) for line in loose for part in line.parted()):
        return None
    least = min((glyph.height for glyphs in held.values() for glyph in glyphs), default=0.0)
    lost = {grid.box_of(glyph) for glyph in sheet.lost}
    cells = [
        Cell(
            box,
            lines_of(held[box]),
            spans=box.bottom_row - box.row > 1,
            picture=any(map(box.frames, sheet.pictures)),
            lost=box in lost,
            cut_left=grid.cut_left(box),
            cut_right=grid.cut_right(box),
            in_file=in_file,
        )
        for box in grid.boxes
        if held[box]
        or not (box.flat(least) or (box.narrow(least) and not (grid.cut_left(box) or grid.cut_right(box))))
    ]
    _doubt_beside_overflow(cells)
    padding = _padding(cells)
    cells, unknown = _in_their_rows(cells, grid.ys)
    rows: list[Row] = []
    for index, (top, bottom) in enumerate(pairwise(grid.ys)):
        rows.extend(_loose_row(line, grid) for line in loose if top <= line.base < bottom)
        begun = _rows([cell for cell in cells if cell.box.row == index], grid.xs, padding)
        rows.extend(replace(row, known=row.known and index not in unknown) for row in begun)
    rows = _beside_their_labels(rows)
    rows = [row for row in rows if row.text]  # a lone empty cell is room between borders
    last = len(grid.ys) - 1
    return Table(grid, rows, [cell for cell in cells if cell.box.bottom_row == last])


def _doubt_beside_overflow(cells: Sequence[Cell]) -> None:
    """Take no number for whole above or below words among which figures of another cell stand.

    What wraps in a cell that is too low is printed over the cells beside it.
    """
    for other in (cell for cell in cells if any(line.is_overprinted for line in cell.lines)):
        for cell in cells:
            near = cell.box.bottom_row == other.box.row or cell.box.row == other.box.bottom_row
            if near and cell.box.column < other.box.right_column and other.box.column < cell.box.right_column:
                cell.lost = True


def _loose_row(line: Line, grid: Grid) -> Row:
    cells = [Cell(replace(grid.boxes[0], left=part.left), [part]) for part in line.parted()]
    return Row(cells, known=False, loose=True)


def _beside_their_labels(rows: Sequence[Row]) -> list[Row]:
    """The rows, those that are not known by their places, and what stands on one line made one of them.

    Where rules are missing, labels may be of no cell, and numbers of cells that go on below them.
    """
    placed: list[Row] = []
    for known, run in groupby(rows, key=lambda row: row.known):
        if known:
            placed.extend(run)
            continue
        begun: list[Row] = []
        for row in sorted(run, key=lambda row: row.base):
            if begun and begun[-1].loose != row.loose and row.base - begun[-1].base <= NEAR:
                cells = sorted((*begun[-1].cells, *row.cells), key=lambda cell: cell.box.left)
                begun[-1] = replace(row, cells=cells, loose=False)
            else:
                begun.append(row)
        placed.extend(begun)
    return placed


def _in_their_rows(cells: Sequence[Cell], ys: Sequence[float]) -> tuple[list[Cell], set[int]]:
    """The cells, and the rows that are not known: where one of several rows holds a number of a lower one.

    There the rule between them is missing; its lines are given to the rows that they stand in.
    """
    begun = {cell.box.row for cell in cells if cell.text}
    dealt: list[Cell] = []
    unknown: set[int] = set()
    for cell in cells:
        rows = [
            row for row in range(cell.box.row, cell.box.bottom_row) if row in begun or row == cell.box.row
        ]
        parts: dict[int, list[Line]] = {}
        for line in cell.lines:
            parts.setdefault(max(row for row in rows if row == rows[0] or ys[row] <= line.middle), []).append(
                line
            )
        centred = any(abs(ys[row] - line.middle) < line.height / 2 for row in rows[1:] for line in cell.lines)
        if centred or not any(map(is_value, cell.lines)) or parts.keys() <= {cell.box.row}:
            dealt.append(cell)
            continue
        unknown.update(rows)
        dealt.extend(
            replace(cell, box=replace(cell.box, row=row), lines=lines) for row, lines in parts.items()
        )
    return sorted(dealt, key=lambda cell: (cell.box.row, cell.box.column)), unknown


def _rows(cells: list[Cell], xs: Sequence[float], padding: float) -> list[Row]:
    """The row that cells make; several where in one of them numbers stand below each other."""
    if any(_runs_on(cell) for cell in cells):
        return [Row([part for cell in cells for part in _by_columns(cell, xs)], known=False)]
    bases = _stacked(cells, padding)
    several = [cell for cell in cells if len(numbers_of(values_of(cell.lines), cell.box, padding)) > 1]
    if not bases or (len(several) == 1 and _is_remarked(several[0])):
        return [Row(cells)] if cells else []
    rows = []
    for base in bases:
        own = [
            replace(cell, lines=[line for line in cell.lines if _nearest(bases, line) == base])
            for cell in cells
        ]
        rows.append(Row(own, known=False))
    return rows


def _is_remarked(cell: Cell) -> bool:
    """Whether a remark follows a cell's figures right away: no line breaks there, but within the number."""
    return _REMARKED.search("".join(line.text for line in cell.lines)) is not None


def _runs_on(cell: Cell) -> bool:
    """Whether a cell of several columns holds several columns' print: the rules between them are missing."""
    if cell.box.right_column - cell.box.column < 2:
        return False
    parts = [part for line in cell.lines for part in line.parted()]
    return len(parts) > 1 and any(map(is_number, parts))


def _by_columns(cell: Cell, xs: Sequence[float]) -> list[Cell]:
    """A cell with the columns of numbers at its right set apart, as the grid's other rows have them."""
    if not _runs_on(cell):
        return [cell]
    glyphs = [glyph for line in cell.lines for glyph in line.glyphs]
    parts: list[Cell] = []
    for column in range(cell.box.right_column - 1, cell.box.column, -1):
        own = [glyph for glyph in glyphs if (glyph.left + glyph.right) / 2 >= xs[column]]
        lines = lines_of(own)
        if not all(map(is_number, lines)):
            break
        parts.insert(0, replace(cell, lines=lines))
        glyphs = [glyph for glyph in glyphs if glyph not in own]
    return [replace(cell, lines=lines_of(glyphs)), *parts]


def _nearest(bases: Sequence[float], line: Line) -> float:
    return min(bases, key=lambda base: abs(base - line.base))


def _padding(cells: Iterable[Cell]) -> float:
    """What the numbers of a table leave free of their cells' width at least."""
    columns = (cell for cell in cells if cell.box.right_column - cell.box.column == 1)
    return min(
        (free_room(line, cell.box) for cell in columns for line in cell.lines if is_number(line)), default=inf
    )


def _stacked(cells: Sequence[Cell], padding: float) -> list[float]:
    """The baselines of numbers that stand below each other, in a cell or from cell to cell.

    Those of one that was broken in its cell are none.
    """
    below: list[list[Line]] = []
    alone: list[list[Line]] = []  # each the only number of its cell, be it broken
    for cell in cells:
        numbers = numbers_of(values_of(cell.lines), cell.box, padding)
        (below if len(numbers) > 1 else alone).extend(numbers)
    apart = max((number[0].base for number in alone), default=0.0) - min(
        (number[-1].base for number in alone), default=0.0
    )
    uneven = apart > max((line.height for cell in cells for line in cell.lines), default=0.0)
    places = [(number[0].base + number[-1].base) / 2 for number in (*below, *alone)]
    found: list[float] = []
    for base in sorted(places if below or uneven else []):
        if not found or base - found[-1] > NEAR:
            found.append(base)
    return found
