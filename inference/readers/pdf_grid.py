"""Rules that meet make a grid; what they close in are its cells.

Flow:  rules that meet -> **grids of cells** -> rows

All rules that touch are one grid. Its lines part the sheet into fields; two neighbours with no
rule between them are of one cell. A rule that ends within a cell parts it all the same: the rest of
it was lost. Fields that make no rectangle are no cell: some rules are missing there, as printers
lose them in a table's head, or they are the room between borders.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from gouji.inference.limits import keep_within
from gouji.inference.readers.pdf_glyphs import ABOVE_BASE, Glyph
from gouji.inference.readers.pdf_rules import NEAR, tables_of
from gouji.inference.readers.pdf_sheet import Picture, Rule

_THIN = 7.0  # points
_WIDE = 5  # lines, from which a table is known again by those of its right part


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its sides, and the rows and columns of the grid that it spans (`bottom_row` excluded)."""

    left: float
    top: float
    right: float
    bottom: float
    row: int
    column: int
    bottom_row: int
    right_column: int

    def narrow(self, least: float) -> bool:
        """Whether nothing of a height can be printed in it: the room between two borders side by side."""
        return self.right - self.left < min(_THIN, least)

    def flat(self, least: float) -> bool:
        """Likewise: the room between two borders below each other."""
        return self.bottom - self.top < min(_THIN, least)

    def frames(self, picture: Picture) -> bool:
        """Whether a picture stands in it."""
        return (
            self.left - NEAR <= picture.left < picture.right <= self.right + NEAR
            and self.top - NEAR <= picture.top < picture.bottom <= self.bottom + NEAR
        )


@dataclass(frozen=True)
class Grid:
    """A ruled table on one sheet: the places of its lines, its cells in reading order, its open sides.

    It is open to the left or right where it reaches the sheet's edge, or goes on undrawn: it is cut off
    there; to the top or bottom where no rule ends it: there a row may be cut.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]
    loose: tuple[Box, ...] = ()  # fields that are of no cell
    open_left: bool = False
    open_right: bool = False
    open_top: bool = False
    open_bottom: bool = False

    def box_of(self, glyph: Glyph) -> Box | None:
        """The cell that a glyph is printed in, or the field of none."""
        middle, centre = (glyph.left + glyph.right) / 2, glyph.base - glyph.height * ABOVE_BASE
        row, column = bisect_right(self.ys, centre) - 1, bisect_right(self.xs, middle) - 1
        if self.open_left:
            column = max(column, 0)
        if self.open_right:
            column = min(column, len(self.xs) - 2)
        return self._box_at.get((row, column))

    @cached_property
    def _box_at(self) -> dict[tuple[int, int], Box]:
        """The cell, or the field of none, at each row and column."""
        return {
            (row, column): box
            for box in (*self.boxes, *self.loose)
            for row in range(box.row, box.bottom_row)
            for column in range(box.column, box.right_column)
        }

    def cut_left(self, box: Box) -> bool:
        """Whether the sheet's left edge may cut off a cell, or a part of it."""
        return self.open_left and box.column == 0

    def cut_right(self, box: Box) -> bool:
        """Likewise its right edge."""
        return self.open_right and box.right_column == len(self.xs) - 1


def grids_of(rules: Iterable[Rule], width: float, reach: float | None = None) -> list[Grid]:
    """The ruled tables of a sheet, from the top; a frame around one field is none.

    Args:
        rules: What is ruled.
        width: The sheet's: what reaches its edge is cut off there.
        reach: How far to the right the document's rules go; a table that ends there and has no side there is
            cut off.
    """
    reach = width if reach is None else reach
    grids = (_grid(group, width, reach) for group in tables_of(rules, width))
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: grid.ys[0])


def _grid(rules: Sequence[Rule], width: float, reach: float) -> Grid | None:
    level = [rule for rule in rules if rule.level]
    plumb = [rule for rule in rules if not rule.level]
    if not level or not plumb:
        return None
    xs = _places([*(r.at for r in plumb), min(r.start for r in level), max(r.end for r in level)])
    ys = _places([*(r.at for r in level), min(r.start for r in plumb), max(r.end for r in plumb)])
    keep_within("cells", (len(xs) - 1) * (len(ys) - 1))
    across, down = _at_lines(ys, level), _at_lines(xs, plumb)
    fields = _fields(xs, ys, across, down)
    boxes, loose = _boxes(xs, ys, fields)
    boxes = tuple(part for box in boxes for part in _parts(box, xs, ys, across, down))
    boxes = tuple(sorted(boxes, key=lambda box: (box.row, box.column)))
    if len(boxes) < 2:
        return None
    left, right = _closed(plumb, xs[0], ys), _closed(plumb, xs[-1], ys)
    cut_left = any(rule.cut[0] and rule.start < xs[0] + NEAR for rule in level)
    cut_right = any(rule.cut[1] and rule.end > xs[-1] - NEAR for rule in level)
    return Grid(
        xs, ys, boxes, loose,
        open_left=xs[0] < NEAR or cut_left,
        open_right=xs[-1] > width - NEAR or cut_right or (left and not right and xs[-1] > reach - 2 * NEAR),
        open_top=not _closed(level, ys[0], xs),
        open_bottom=not _closed(level, ys[-1], xs),
    )  # fmt: skip


def _closed(rules: Sequence[Rule], at: float, along: Sequence[float]) -> bool:
    """Whether rules stand along most of a side."""
    ruled = sum(rule.end - rule.start for rule in rules if abs(rule.at - at) <= NEAR)
    return ruled * 2 > along[-1] - along[0]


def _places(values: Iterable[float]) -> tuple[float, ...]:
    """The lines of a grid, each once."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > NEAR:
            places.append(value)
    return tuple(places)


def _at_lines(places: Sequence[float], rules: Iterable[Rule]) -> list[list[Rule]]:
    """Of each line of a grid, the rules that stand there."""
    rules = sorted(rules, key=_at)
    beside = (
        rules[bisect_left(rules, at - 2 * NEAR, key=_at) : bisect_right(rules, at + 2 * NEAR, key=_at)]
        for at in places
    )
    return [
        [rule for rule in near if abs(rule.at - at) <= NEAR] for at, near in zip(places, beside, strict=True)
    ]


def _at(rule: Rule) -> float:
    return rule.at


def _fields(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Sequence[Rule]], plumb: Sequence[Sequence[Rule]]
) -> list[list[int]]:
    """Of each field, by row and column, the number of the cell that it is part of."""
    rows, columns = len(ys) - 1, len(xs) - 1
    cell_of = list(range(rows * columns))

    def root(field: int) -> int:
        while cell_of[field] != field:
            cell_of[field] = cell_of[cell_of[field]]
            field = cell_of[field]
        return field

    for row in range(rows):
        middle = (ys[row] + ys[row + 1]) / 2
        for column in range(columns):
            field = row * columns + column
            centre = (xs[column] + xs[column + 1]) / 2
            if column + 1 < columns and not _ruled(plumb[column + 1], middle):
                cell_of[root(field + 1)] = root(field)
            if row + 1 < rows and not _ruled(level[row + 1], centre):
                cell_of[root(field + columns)] = root(field)
    return [[root(row * columns + column) for column in range(columns)] for row in range(rows)]


def _ruled(rules: Iterable[Rule], along: float) -> bool:
    return any(rule.start <= along <= rule.end for rule in rules)


def _boxes(
    xs: Sequence[float], ys: Sequence[float], fields: Sequence[Sequence[int]]
) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The cells in reading order, and the fields that are of none."""
    held: dict[int, list[tuple[int, int]]] = {}
    for row, line in enumerate(fields):
        for column, cell in enumerate(line):
            held.setdefault(cell, []).append((row, column))
    boxes: list[Box] = []
    loose: list[Box] = []
    for places in held.values():
        top, bottom = min(r for r, _ in places), max(r for r, _ in places) + 1
        left, right = min(c for _, c in places), max(c for _, c in places) + 1
        if (bottom - top) * (right - left) == len(places):
            boxes.append(Box(xs[left], ys[top], xs[right], ys[bottom], top, left, bottom, right))
        else:
            loose.extend(Box(xs[c], ys[r], xs[c + 1], ys[r + 1], r, c, r + 1, c + 1) for r, c in places)
    boxes.sort(key=lambda box: (box.row, box.column))
    return tuple(boxes), tuple(loose)


def _parts(
    box: Box,
    xs: Sequence[float],
    ys: Sequence[float],
    level: Sequence[Sequence[Rule]],
    plumb: Sequence[Sequence[Rule]],
) -> Iterator[Box]:
    """A cell, or the cells that it is by the rules that end within it."""
    rows, columns = range(box.row, box.bottom_row), range(box.column, box.right_column)
    middles = [(ys[row] + ys[row + 1]) / 2 for row in rows]
    centres = [(xs[column] + xs[column + 1]) / 2 for column in columns]
    across = [row for row in rows[1:] if any(_ruled(level[row], centre) for centre in centres)]
    down = [column for column in columns[1:] if any(_ruled(plumb[column], middle) for middle in middles)]
    for top, bottom in pairwise((box.row, *across, box.bottom_row)):
        for left, right in pairwise((box.column, *down, box.right_column)):
            yield Box(xs[left], ys[top], xs[right], ys[bottom], top, left, bottom, right)


def same_columns(above: Grid, below: Grid) -> bool:
    """Whether two grids may be one table that a page break cuts: the lines of one are lines of the other.

    Where neither has a rule at the break, one may lack an outer line as well, as a cell's that is cut; and of
    a wide table all lines of labels that span the whole of a sheet.
    """
    left, right = max(above.xs[0], below.xs[0]), min(above.xs[-1], below.xs[-1])
    inner = [tuple(x for x in grid.xs if left - NEAR <= x <= right + NEAR) for grid in (above, below)]
    lacking = len(above.xs) + len(below.xs) - sum(map(len, inner))
    fewer, more = sorted(inner, key=len)
    fewest = 2
    if lacking > cut_between(above, below):
        fewest = _WIDE
        if not cut_between(above, below) or abs(above.xs[-1] - below.xs[-1]) > NEAR:
            return False
    return len(fewer) > fewest and all(any(abs(x - other) <= NEAR for other in more) for x in fewer)


def cut_between(above: Grid, below: Grid) -> bool:
    """Whether no rule is drawn at the page break between two grids: there it may cut a row."""
    return above.open_bottom and below.open_top
