"""Lay the official tables out as grids of cells, from the forms' data, with the faults of print.

Flow:  figures, wording -> **grids** -> report -> stand-ins -> markup -> flattener

The structure is read from the form: a sub-table heading over each block, label columns as
deep as the groups nest, column heads as deep as the heads say, a band where the table is
printed as one. What only the printed form shows (which columns `法人或其他组织` covers) is
worked out from where the form's own sums end.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from gouji.model.forms import Block, Label, Table
from gouji.model.labels import Tag
from gouji.training.figures import Number
from gouji.training.reports import Cell, Grid
from gouji.training.wording import Wording

_EXTRA_ROWS = ("其他主动公开文件", "其他文件（以本单位名义印发）", "其他规范性文件", "其中：乡镇")
_SURPLUS_SHARE, _EXTRA_ROW_SHARE, _LOST_ROW_SHARE = 0.05, 0.04, 0.05
_LOST_COLUMN_SHARE, _REPEATED_HEAD_SHARE = 0.01, 0.3  # the second of the tables that are cut

Rows = list[list[Cell]]


class TablePrinter:
    """Prints the tables of one report; collects the truth of what it printed.

    Args:
        figures: Cell key -> value.
        wording: The publisher's habits.
        rng: Where all chance comes from.
    """

    def __init__(self, figures: Mapping[str, Number], wording: Wording, rng: random.Random) -> None:
        self._figures, self._wording, self._rng = figures, wording, rng
        self.truth: dict[str, Number | None] = {}

    def grids(self, table: Table) -> list[Grid]:
        """The table as printed: one grid, or one for each block, or one cut in two."""
        if table.printed == "band":
            return [self._band(table)]
        if len(table.blocks) > 1:
            return self._stacked(table)
        return self._nested(table)

    def _value(self, key: str, colspan: int = 1) -> Cell:
        column = key.rsplit("/", 1)[1]
        figure = self._figures[key]
        print_ = self._wording.value(figure, money=column == "amount", signed=column == "change")
        self.truth[key] = print_.value
        return Cell(print_.text, Tag.VALUE, colspan=colspan, key=key, unit=print_.unit)

    def _label(self, label: Label, tag: Tag, rowspan: int = 1, colspan: int = 1) -> Cell:
        print_label = self._wording.group if tag is Tag.GROUP else self._wording.label
        return Cell(print_label(label), tag, rowspan, colspan)

    def _stacked(self, table: Table) -> list[Grid]:
        """Blocks one under the other, each below its sub-table heading."""
        width = 1 + max(len(block.columns) for block in table.blocks)
        widths = (2.2,) + (1.6,) * (width - 1)
        parts = [self._stacked_block(table, block, width) for block in table.blocks]
        if self._rng.random() < 0.15:
            return [Grid(tuple(map(tuple, part)), widths) for part in parts]
        return [Grid(tuple(tuple(row) for part in parts for row in part), widths)]

    def _stacked_block(self, table: Table, block: Block, width: int) -> Rows:
        rng, wording = self._rng, self._wording
        surplus = (
            wording.text(block.surplus[0]) if block.surplus and rng.random() < _SURPLUS_SHARE * 3 else None
        )
        count = len(block.columns) + (surplus is not None)
        spans = _spread(width - 1, count, rng)
        heads = [Cell(wording.text(block.heads[0]), Tag.COLUMN)]
        titles = [wording.label(column) for column in block.columns] + ([surplus] if surplus else [])
        heads += [Cell(t, Tag.COLUMN, colspan=s) for t, s in zip(titles, spans, strict=True)]
        rows: Rows = [heads]
        if block.label and rng.random() < 0.97:
            rows.insert(0, [Cell(wording.text(block.label), Tag.SUBTABLE, colspan=width)])
        for row in block.rows:
            if rng.random() < _LOST_ROW_SHARE / 10:
                continue
            cells = [self._label(row, Tag.ROW)]
            for column, span in zip(block.columns, spans, strict=False):
                cells.append(self._value(f"{table.id}/{row.id}/{column.id}", span))
            if surplus:
                cells.append(Cell(str(rng.randrange(9)), Tag.VALUE, colspan=spans[-1]))
            rows.append(cells)
        if len(block.columns) > 2 and rng.random() < _EXTRA_ROW_SHARE:
            extra = [Cell(wording.text(rng.choice(_EXTRA_ROWS)), Tag.ROW)]
            rows.append(extra + [Cell(str(rng.randrange(300)), Tag.VALUE, colspan=s) for s in spans[:count]])
        return rows

    def _nested(self, table: Table) -> list[Grid]:
        """One block with groups of rows: as many label columns as groups nest, and one more."""
        rng = self._rng
        block = table.blocks[0]
        if rng.random() < _LOST_COLUMN_SHARE:
            lost = rng.randrange(1, len(block.columns) - 1)
            block = replace(block, columns=block.columns[:lost] + block.columns[lost + 1 :])
        depth = 1 + max((len(block.groups_of(row)) for row in block.rows), default=0)
        surplus = rng.random() < _SURPLUS_SHARE and bool(block.surplus)
        # The columns that the row sum adds, less the first: those stand under the second head.
        first, last = 1, len(block.columns) - 1
        head = self._nested_head(table, block, depth, first, last, surplus)
        kept = [row for row in block.rows if rng.random() >= _LOST_ROW_SHARE / 20]
        lines = self._nested_rows(table, block, kept, depth, last if surplus else None)
        labels = (rng.uniform(0.4, 1.6), rng.uniform(0.8, 1.6), rng.uniform(3.0, 6.0))[3 - depth :]
        widths = labels + (rng.uniform(0.7, 1.1),) * (len(block.columns) + surplus)
        rows = tuple(tuple(row) for row in (*head, *lines))
        return _cut(Grid(rows, widths), len(head), rng)

    def _nested_head(
        self, table: Table, block: Block, depth: int, first: int, last: int, surplus: bool
    ) -> Rows:
        wording, count = self._wording, len(block.columns) + surplus
        outer, inner = (wording.text(head) for head in block.heads)
        corner = wording.bare(table.note) if table.note and self._rng.random() < 0.95 else ""
        columns = [Cell(wording.label(column), Tag.COLUMN) for column in block.columns]
        under = columns[first:last] + ([Cell(wording.text(block.surplus[0]), Tag.COLUMN)] if surplus else [])
        over = Cell(inner, Tag.COLUMN, colspan=len(under))
        return [
            [Cell(corner, Tag.NOTE, 3, depth), Cell(outer, Tag.COLUMN, colspan=count)],
            [replace(columns[0], rowspan=2), over, replace(columns[-1], rowspan=2)],
            under,
        ]

    def _nested_rows(
        self,
        table: Table,
        block: Block,
        kept: list[Label],
        depth: int,
        surplus_at: int | None,
    ) -> Rows:
        """The rows; a group's cell stands in the first of its rows and spans them all."""
        rows: Rows = []
        paths = [block.groups_of(row) for row in kept]
        for index, (row, path) in enumerate(zip(kept, paths, strict=True)):
            cells = []
            for level, group in enumerate(path):
                if index and path[: level + 1] == paths[index - 1][: level + 1]:
                    continue
                length = sum(1 for other in paths[index:] if other[: level + 1] == path[: level + 1])
                cells.append(self._label(group, Tag.GROUP, length))
            cells.append(self._label(row, Tag.ROW, colspan=depth - len(path)))
            values = [self._value(f"{table.id}/{row.id}/{column.id}") for column in block.columns]
            if surplus_at is not None:
                inner = [self._figures[f"{table.id}/{row.id}/{c.id}"] for c in block.columns[1:surplus_at]]
                values.insert(surplus_at, Cell(str(sum(inner)), Tag.VALUE))
            rows.append(cells + values)
        return rows

    def _band(self, table: Table) -> Grid:
        """Rows side by side: their labels above, the column heads below, one line of values."""
        block = table.blocks[0]
        parents = {group.id: group for group in block.groups}
        count = len(block.columns)
        top: list[Cell] = []
        middle: list[Cell] = []
        low: list[Cell] = []
        for row in block.rows:
            heads = [Cell(self._wording.label(column), Tag.COLUMN) for column in block.columns]
            label = self._label(row, Tag.COLUMN, colspan=count)
            if row.group is None:
                top.append(label)
                middle.extend(replace(head, rowspan=2) for head in heads)
            else:
                members = sum(1 for other in block.rows if other.group == row.group)
                if all(other.group != row.group for other in block.rows[: block.rows.index(row)]):
                    top.append(self._label(parents[row.group], Tag.COLUMN, colspan=count * members))
                middle.append(label)
                low.extend(heads)
        values = [self._value(key) for key in table.keys()]
        return Grid((tuple(top), tuple(middle), tuple(low), tuple(values)), (1.0,) * len(values))


def _spread(width: int, count: int, rng: random.Random) -> list[int]:
    """Spread a table's columns over fewer: the last takes the rest, or the first, or an empty rest."""
    rest = width - count
    spans = [1] * count
    if rest and rng.random() < 0.8:
        spans[-1 if rng.random() < 0.8 else 0] += rest
    return spans


def _cut(grid: Grid, head: int, rng: random.Random) -> list[Grid]:
    """Cut a long table as a page break does: heads or groups print once more, or the rest stands alone."""
    if rng.random() > 0.15:
        return [grid]
    cut = rng.randrange(head, len(grid.rows) - 1)
    above = [list(row) for row in grid.rows[:cut]]
    below = [list(row) for row in grid.rows[cut:]]
    position = 0
    for row, column, cell in grid.placed():
        if row < cut < row + cell.rowspan:
            above[row] = [replace(c, rowspan=cut - row) if c is cell else c for c in above[row]]
            again = cell.text if cell.tag is Tag.GROUP else ""
            carried = replace(cell, text=again, rowspan=row + cell.rowspan - cut)
            below[0].insert(position if column else 0, carried)
            position += 1
    if rng.random() < _REPEATED_HEAD_SHARE:
        below = [*map(list, grid.rows[:head]), *below]
    parts = [tuple(map(tuple, above)), tuple(map(tuple, below))]
    if rng.random() < 0.4:
        return [Grid(part, grid.widths) for part in parts]
    return [Grid(parts[0] + parts[1], grid.widths)]
