"""Where every label and cell of an official table stands, as it is issued: merged boxes on a grid.

Flow:  form -> **layout** -> sheets, a terminal's view, a notebook's, pages to look at

The structure is read from the form: a sub-table heading over its block, label columns as deep as the
groups nest, a band where the table is printed as one. Which columns the second head over them
covers, the form does not say: those that the row's sum adds, less the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from gouji.model.forms import Block, Label, Table

_UPRIGHT = 4  # rows from which on an outermost group's label is written downwards


class BoxKind(StrEnum):
    """What a box holds."""

    BLOCK = "block"  # heads a block
    HEAD = "head"  # over columns
    COLUMN = "column"
    CORNER = "corner"  # over the row labels
    GROUP = "group"  # beside rows
    ROW = "row"
    VALUE = "value"

    @property
    def heads(self) -> bool:
        """Whether it stands above figures or labels."""
        return self in (BoxKind.BLOCK, BoxKind.HEAD, BoxKind.COLUMN, BoxKind.CORNER)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the grid, counted in its lines and columns from 0."""

    kind: BoxKind
    text: str
    top: int
    left: int
    height: int = 1
    width: int = 1
    key: str | None = None  # of a value

    @property
    def upright(self) -> bool:
        """Whether its label is written downwards."""
        return self.kind is BoxKind.GROUP and self.left == 0 and self.height >= _UPRIGHT


@dataclass(frozen=True, slots=True)
class Layout:
    """One grid: a whole table, or one block of it."""

    boxes: tuple[Box, ...]
    lines: int
    columns: int
    labels: int  # so many columns, from the left, hold row labels; 0 for a band


def layouts(table: Table, band: bool = True) -> list[Layout]:
    """The grids of a table.

    Args:
        table: A table of a form.
        band: Whether one that is printed as a band comes as a band; else its rows stand one under the other.
    """
    if table.printed == "band" and band:
        return [_band(table, block) for block in table.blocks]
    return [_rows(table, block) for block in table.blocks]


def _rows(table: Table, block: Block) -> Layout:
    paths = [block.groups_of(row) for row in block.rows]
    depth = 1 + max(map(len, paths))
    width = depth + len(block.columns)
    boxes = [Box(BoxKind.BLOCK, block.label, 0, 0, 1, width)] if block.label else []
    head = list(_head(table, block, depth))
    head_lines = max(box.top + box.height for box in head)
    boxes += [replace(box, top=box.top + len(boxes)) for box in head]
    top = head_lines + (1 if block.label else 0)
    boxes += _groups(paths, top)
    for line, (row, path) in enumerate(zip(block.rows, paths, strict=True), top):
        boxes.append(Box(BoxKind.ROW, row.label, line, len(path), 1, depth - len(path)))
        boxes += _cells(table, block, row, line, depth)
    return Layout(tuple(boxes), top + len(block.rows), width, depth)


def _head(table: Table, block: Block, depth: int) -> Iterator[Box]:
    """The lines over the rows; where the corner holds a note, the heads stand over the columns."""
    over = block.heads[:2] if table.note else ()
    inner = over[1:] if len(block.columns) > 2 else ()
    lines = 1 + len(over[:1]) + len(inner)
    corner = table.note or next(iter(block.heads), "")
    yield Box(BoxKind.CORNER, corner, 0, 0, lines, depth)
    if over:
        yield Box(BoxKind.HEAD, over[0], 0, depth, 1, len(block.columns))
    if inner:
        yield Box(BoxKind.HEAD, inner[0], 1, depth + 1, 1, len(block.columns) - 2)
    for at, column in enumerate(block.columns):
        under = inner and 0 < at < len(block.columns) - 1
        top = lines - 1 if under else len(over[:1])
        yield Box(BoxKind.COLUMN, column.label, top, depth + at, lines - top)


def _groups(paths: Sequence[tuple[Label, ...]], top: int) -> Iterator[Box]:
    """A box for each run of rows in the same group."""
    for level in range(max(map(len, paths))):
        line = top
        for prefix, run in groupby(path[: level + 1] for path in paths):
            height = len(list(run))
            if len(prefix) > level:
                yield Box(BoxKind.GROUP, prefix[level].label, line, level, height)
            line += height


def _band(table: Table, block: Block) -> Layout:
    """The rows side by side, their labels and groups over them."""
    paths = [block.groups_of(row) for row in block.rows]
    depth = 1 + max(map(len, paths))
    count = len(block.columns)
    boxes: list[Box] = []
    for level in range(depth - 1):
        left = 0
        for prefix, run in groupby(path[: level + 1] for path in paths):
            width = count * len(list(run))
            if len(prefix) > level:
                boxes.append(Box(BoxKind.HEAD, prefix[level].label, level, left, 1, width))
            left += width
    for at, (row, path) in enumerate(zip(block.rows, paths, strict=True)):
        left = at * count
        boxes.append(Box(BoxKind.HEAD, row.label, len(path), left, 1, count))
        top = len(path) + 1
        boxes += [
            Box(BoxKind.COLUMN, column.label, top, left + i, depth + 1 - top)
            for i, column in enumerate(block.columns)
        ]
        boxes += _cells(table, block, row, depth + 1, left)
    return Layout(tuple(boxes), depth + 2, count * len(block.rows), 0)


def _cells(table: Table, block: Block, row: Label, line: int, left: int) -> Iterator[Box]:
    for at, column in enumerate(block.columns):
        yield Box(BoxKind.VALUE, "", line, left + at, key=f"{table.id}/{row.id}/{column.id}")
