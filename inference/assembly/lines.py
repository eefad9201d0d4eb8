"""The printed lines of a table: which cells stand side by side, and what they must add up to.

Flow:  form -> **lines** -> readings -> one reading of the page

A table printed row by row has a line for each row. In a band all rows stand on one line, so
that one line holds every cell and a sum for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.inference.assembly.sums import Sum
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Block, Label, Table


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one printed line, by key, with their sums; `block` is where its columns are.

    `heads`: the block's column labels, and behind them those of its surplus columns.
    """

    keys: tuple[str, ...]
    sums: tuple[Sum, ...]
    block: Block
    heads: Wordings
    cut_off: bool = False  # the sheet's edge cuts off the columns behind them
    counts: frozenset[str] = frozenset()  # the keys of cells that count: they print whole numbers


def lines_of(table: Table) -> tuple[Line, ...]:
    """The lines of a table, in the order of print."""
    rows = [(block, [row]) for block, row in table.rows()]
    if table.printed == "band":
        rows = [(table.blocks[0], list(table.blocks[0].rows))]
    heads = {id(block): _heads(block) for block in table.blocks}
    return tuple(_line(table, block, own, heads[id(block)]) for block, own in rows)


def column_sums(table: Table) -> tuple[Sum, ...]:
    """The sums over rows, by index of the line; none for a band."""
    if table.printed == "band":
        return ()
    index = {row.id: place for place, (_, row) in enumerate(table.rows())}
    return tuple(
        Sum(tuple(index[row] for row in rule.left), tuple(index[row] for row in rule.right))
        for rule in table.checks
        if rule.each == "column"
    )


def _heads(block: Block) -> Wordings:
    return Wordings([*block.columns, *(Label("", wording) for wording in block.surplus)])


def _line(table: Table, block: Block, rows: Sequence[Label], heads: Wordings) -> Line:
    """The line on which some rows of a block stand; of a table of counts all but sums of money count."""
    width, place = len(block.columns), {column.id: index for index, column in enumerate(block.columns)}
    sums = tuple(
        Sum(*(tuple(offset + place[column] for column in side) for side in (rule.left, rule.right)))
        for offset in range(0, len(rows) * width, width)
        for rule in table.checks
        if rule.each == "row" and place.keys() >= {*rule.left, *rule.right}
    )
    cells = {f"{table.id}/{row.id}/{column.id}": column for row in rows for column in block.columns}
    counts = frozenset(key for key, column in cells.items() if table.counts and not column.money)
    return Line(tuple(cells), sums, block, heads, counts=counts)
