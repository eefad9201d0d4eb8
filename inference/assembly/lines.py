"""The printed lines of a table: which cells stand side by side, and what they must add up to.

Flow:  form -> **lines** -> readings -> one reading of the page

A table printed row by row has a line for each row. In a band all rows stand on one line, so
that one line holds every cell and a sum for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.inference.assembly.search import RowSum
from gouji.inference.assembly.solver import ColumnSum
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Block, Label, SumRule, Table


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one printed line, by key, with their sums; `block` is where its columns are.

    `heads`: the block's column labels, and behind them those of its surplus columns.
    """

    keys: tuple[str, ...]
    sums: tuple[RowSum, ...]
    block: Block
    heads: Wordings
    cut_off: bool = False  # the sheet's edge cuts off the columns behind them
    counts: frozenset[str] = frozenset()  # the keys of cells that count: they print whole numbers


def lines_of(table: Table) -> tuple[Line, ...]:
    """The lines of a table, in the order of print."""
    rules = [rule for rule in table.checks if rule.each == "row"]
    if table.printed == "band":
        block = table.blocks[0]
        keys = tuple(table.keys())
        width = len(block.columns)
        sums = tuple(
            _row_sum(rule, block, offset * width) for offset in range(len(block.rows)) for rule in rules
        )
        return (Line(keys, sums, block, _heads(block), counts=_counts(table, keys)),)
    heads = {id(block): _heads(block) for block in table.blocks}
    return tuple(_line(table, block, row, rules, heads[id(block)]) for block, row in table.rows())


def column_sums(table: Table) -> tuple[ColumnSum, ...]:
    """The sums over rows, by index of the line; none for a band."""
    if table.printed == "band":
        return ()
    index = {row.id: place for place, (_, row) in enumerate(table.rows())}
    return tuple(
        ColumnSum(tuple(index[row] for row in rule.left), tuple(index[row] for row in rule.right))
        for rule in table.checks
        if rule.each == "column"
    )


def _heads(block: Block) -> Wordings:
    return Wordings([*block.columns, *(Label("", wording) for wording in block.surplus)])


def _line(table: Table, block: Block, row: Label, rules: Sequence[SumRule], heads: Wordings) -> Line:
    columns = {column.id for column in block.columns}
    sums = tuple(_row_sum(rule, block, 0) for rule in rules if columns.issuperset((*rule.left, *rule.right)))
    keys = tuple(f"{table.id}/{row.id}/{column.id}" for column in block.columns)
    return Line(keys, sums, block, heads, counts=_counts(table, keys))


def _counts(table: Table, keys: Sequence[str]) -> frozenset[str]:
    """Of the cells of a table of counts those that are no sums of money."""
    money = {column.id for block in table.blocks for column in block.columns if column.money}
    return frozenset(key for key in keys if table.counts and key.rpartition("/")[2] not in money)


def _row_sum(rule: SumRule, block: Block, offset: int) -> RowSum:
    place = {column.id: offset + index for index, column in enumerate(block.columns)}
    return RowSum(tuple(place[c] for c in rule.left), tuple(place[c] for c in rule.right))
