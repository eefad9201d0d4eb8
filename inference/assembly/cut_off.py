"""Columns that the edge of a sheet cuts off: those before them are read, these are missing.

Flow:  tables -> **tables without the columns** -> rows -> one reading of the page

A web page that is wider than the paper is printed as far as it goes. A reader that sees a table
reach the edge says so in each row (`unread_marks`). Where the column labels that are left are the
form's first ones, in its order, so are the cells; what the edge itself goes through is not whole.
"""

from __future__ import annotations

from dataclasses import replace

from gouji.inference.assembly.cell_places import cells_left
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import printed_columns
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage


def without_cut_off(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table with lines of the columns that stand whole on the sheet; the same one where all do."""
    if not marked.page.rows:
        return found
    left: dict[int, int] = {}  # by identity of the block, the columns that its rows have left
    for index, strip in found.strips.items():
        block = id(found.lines[index].block)
        cells = cells_left(marked.page, strip) or 0
        columns = cells if _is_headed(marked, found, index, cells) else 0
        left[block] = min(left.get(block, columns), columns)
    lines = tuple(
        _narrowed(line, columns) if (columns := left.get(id(line.block), 0)) else line for line in found.lines
    )
    return replace(found, lines=lines)


def _is_headed(marked: MarkedPage, found: FoundTable, index: int, cells: int) -> bool:
    """Whether the first cells of a row stand under the form's first columns."""
    width = len(found.lines[index].block.columns)
    order = printed_columns(marked, found, index)[:cells]
    return order == [place % width for place in range(cells)]


def _narrowed(line: Line, columns: int) -> Line:
    sums = tuple(rule for rule in line.sums if max(*rule.left, *rule.right) < columns)
    return replace(line, keys=line.keys[:columns], sums=sums, cut_off=True)
