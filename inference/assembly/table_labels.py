"""The labels of one table of a form, ready to be compared with print; blocks and rows in the order of print.

Flow:  form -> **table labels** -> tables -> readings

The same official labels come back on every page, so what was compared once is remembered, for each
order of the blocks and rows in which a table has been seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from gouji.inference.assembly.cell_places import cells_behind
from gouji.inference.assembly.groups import Groups, GroupsOnPage
from gouji.inference.assembly.lines import lines_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.wording import KEEN, Wordings, named
from gouji.model.forms import Form, Label, Table
from gouji.model.label_words import bare, bare_wordings, without_brackets
from gouji.model.labels import Tag

_ORDERS = 16  # of a table's rows that are remembered


class TableLabels:
    """A table that is printed row by row, and the wordings by which its parts are found."""

    def __init__(self, form: Form, table: Table) -> None:
        self.form, self.table = form, table
        self.rows = Wordings([row for _, row in table.rows()], table.likeness)
        self.lines = lines_of(table)  # in the order of its blocks
        self.columns = Wordings([column for block in table.blocks for column in block.columns])
        items = [item for block in table.blocks for item in block.items]
        self.printed = frozenset(without_brackets(wording) for item in items for wording in item.wordings)
        self._headings = {bare(block.label or ""): place for place, block in enumerate(table.blocks)}
        self._orders: dict[tuple[str, ...], TableLabels] = {}
        in_words = [label for block in table.blocks for label in block.in_words]
        self._in_words = Wordings(in_words) if in_words else None

    @cached_property
    def groups(self) -> Groups | None:
        """The group labels; None where no two rows share their words."""
        groups = Groups(self.table, self.rows)
        return groups if groups.twins else None

    def as_printed(self, marked: MarkedPage) -> TableLabels:
        """These labels, with the blocks in the order in which their headings stand on a page.

        Where not every heading is found just once, the form's order is all that is known.
        """
        order = self._order_of_blocks(marked)
        return self if order is None else self._in_order([block.rows for block in self.table.blocks], order)

    def with_rows_as_printed(self, marked: MarkedPage) -> TableLabels:
        """These labels, with the rows of each block in the order in which their labels stand on a page.

        Where not every label is found just once, with its numbers, the form's order is all that is known.
        """
        order = self._order_of_rows(marked)
        if order is None:
            return self
        rows = [tuple(sorted(block.rows, key=lambda row: order.index(row.id))) for block in self.table.blocks]
        return self._in_order(rows, range(len(rows)))

    def _in_order(self, rows: Sequence[tuple[Label, ...]], blocks: Sequence[int]) -> TableLabels:
        ordered = tuple(replace(self.table.blocks[index], rows=rows[index]) for index in blocks)
        if ordered == self.table.blocks:
            return self
        key = tuple(row.id for block in ordered for row in block.rows)
        if key not in self._orders:
            if len(self._orders) == _ORDERS:
                self._orders.clear()
            self._orders[key] = TableLabels(self.form, replace(self.table, blocks=ordered))
        return self._orders[key]

    def groups_on(self, marked: MarkedPage) -> GroupsOnPage | None:
        """The group that each label of a page stands in; None where no two rows share their words."""
        return None if self.groups is None else self.groups.on(marked.page, marked.labels)

    @cached_property
    def groups_beside(self) -> tuple[frozenset[str], ...]:
        """Of each row the bare labels of the groups that it does not stand in."""
        every = [group for block in self.table.blocks for group in block.groups]
        own = [block.groups_of(row) for block, row in self.table.rows()]
        return tuple(bare_wordings(group for group in every if group not in groups) for groups in own)

    def says_in_words(self, text: str) -> bool:
        """Whether a printed label is an item's that is answered in words."""
        return self._in_words is not None and bool(self._in_words.like(text, KEEN))

    def stands_under(self, marked: MarkedPage, start: int) -> bool:
        """Whether a column label that a place stands under is one of the form's, word by word."""
        texts = (marked.page.text[head.start : head.end] for head in marked.heads_above(start))
        return any(self.columns.like(text, 1.0) for text in texts)

    def heads_alike(self, marked: MarkedPage, start: int, end: int) -> int:
        """How many of the form's column labels stand over the rows from `start` to `end`, or among them.

        Forms share row labels, and a sentence may hold one more: what the numbers are, the columns say.
        """
        above = min((head.start for head in marked.heads_above(start)), default=start)
        heads = marked.tagged(Tag.COLUMN, above, end)
        texts = {marked.page.text[head.start : head.end] for head in heads}
        return len({(label.id, label.label) for text in texts for label in self.columns.like(text, KEEN)})

    def _order_of_blocks(self, marked: MarkedPage) -> list[int] | None:
        """The blocks by their places in the form, where their order is another than the form's."""
        headings = marked.tagged(Tag.SUBTABLE, 0, len(marked.page.text))
        printed = [bare(marked.page.text[heading.start : heading.end]) for heading in headings]
        order = [self._headings[heading] for heading in printed if heading in self._headings]
        return order if order != sorted(order) == [*range(len(self.table.blocks))] else None

    def _order_of_rows(self, marked: MarkedPage) -> list[str] | None:
        """The rows by their ids, where their order is another than the form's.

        Labels without numbers tell no order: a tool may have moved them alone.
        """
        rows, text = [*self.table.rows()], marked.page.text
        labels = [label for label in marked.labels if label.tag is not Tag.NOTE]
        ends = [*(label.start for label in labels[1:]), len(text)]
        found = [
            (row, label.end, end)
            for label, end in zip(labels, ends, strict=True)
            if label.tag is Tag.ROW and (row := named(self.rows, text[label.start : label.end])) is not None
        ]
        if found == sorted(found):
            return None
        width = [len(block.columns) for block, _ in rows]
        order = [row for row, start, end in found if _bears_numbers(marked, start, end, width[row])]
        once = len({*order}) == len(order) == len(rows)
        return [rows[row][1].id for row in order] if once and order != sorted(order) else None


def _bears_numbers(marked: MarkedPage, start: int, end: int, width: int) -> bool:
    """Whether behind a row's label, and before the next, stand values for all its cells, or known cells."""
    values = marked.tagged(Tag.VALUE, start, end)
    return len(values) >= width or len(cells_behind(marked.page, start, start)) >= width
