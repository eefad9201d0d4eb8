"""Where each cell of a form stands in it, in the form's own words.

Flow:  form -> **places** -> columns, rows of cells, layout, labels
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gouji.model.forms import Block, Label, Table

_UNIT = re.compile(r"单位[:：]\s*([^，,）)]+)")


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands in its form: the words on the page that lead to it."""

    key: str
    table: Table
    block: Block
    row: Label
    column: Label

    @property
    def group_label(self) -> str | None:
        """The heading of the cell's block and the groups of its row, outermost first."""
        path = [self.block.label] if self.block.label else []
        path += [group.label for group in self.block.groups_of(self.row)]
        return " · ".join(path) or None

    @property
    def label(self) -> str:
        """The whole way to the cell in the words of the form."""
        names = (self.table.heading, self.group_label, self.row.label, self.column.label)
        return " · ".join(name for name in names if name)

    @property
    def unit(self) -> str | None:
        """What the form asks the figure in; None for a count, or where the form does not say."""
        asked = _UNIT.search(self.column.label) or _UNIT.search(self.row.label)
        return asked[1].strip() if asked else None


def places(table: Table) -> Iterator[CellPlace]:
    """Every cell of a table, in the order of print."""
    for block, row in table.rows():
        for column in block.columns:
            yield CellPlace(f"{table.id}/{row.id}/{column.id}", table, block, row, column)
