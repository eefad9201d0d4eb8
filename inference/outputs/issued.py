"""One official table of a report as it is issued, for a program: rows by columns, by id or by label.

Flow:  extraction, forms -> **table** -> values, data frame, terminal, notebook

A table of several blocks, each with columns of its own, has all their columns; where a row has no cell in
one of them, there is None. A blank and an open cell have the value None, too: the cell says which it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Literal

from gouji.inference.extraction import Cell, Check, ExtractedReport, Number, unknown
from gouji.inference.outputs.errors import needed
from gouji.inference.outputs.recorded_tables import tables_of
from gouji.model.forms import Form, Label, Table

if TYPE_CHECKING:
    import pandas as pd

_WIDTH = 100  # characters of a terminal, for a table of seven columns


@dataclass(frozen=True, slots=True, repr=False)
class IssuedTable:
    """A table of a report; its `repr` shows it as a terminal can, and a notebook shows it as issued.

    >>> import gouji
    >>> table = gouji.extract("samples/pages/yunling_2022__lines.txt").table("applications")
    >>> table["granted", "total"].value, table["（一）予以公开", "总计"].value
    (43, 43)
    >>> table.rows[0].id, table.rows[0].label, table.values[0]
    ('received', '一、本年新收政府信息公开申请数量', (80, 18, 4, 10, 1, 3, 116))
    """

    form: str  # the id of the form that it follows
    table: Table  # as the form has it
    cells: tuple[Cell, ...]  # in the order of print
    checks: tuple[Check, ...]

    @property
    def id(self) -> str:
        """`applications`, for example."""
        return self.table.id

    @property
    def title(self) -> str:
        """The heading as issued."""
        return self.table.title

    @property
    def rows(self) -> tuple[Label, ...]:
        """The rows by `id` and `label`, in the order of print."""
        return tuple(row for _, row in self.table.rows())

    @property
    def columns(self) -> tuple[Label, ...]:
        """The columns of all blocks by `id` and `label`, each once."""
        found: dict[str, Label] = {}
        for block in self.table.blocks:
            for column in block.columns:
                found.setdefault(column.id, column)
        return tuple(found.values())

    @property
    def values(self) -> tuple[tuple[Number | None, ...], ...]:
        """The numbers, row by row."""
        cells = {cell.key: cell.value for cell in self.cells}
        return tuple(tuple(cells.get(self._key(row, column)) for column in self.columns) for row in self.rows)

    def cell(self, row: str, column: str) -> Cell:
        """The cell of a row and a column, each named by its id or its label.

        Raises:
            UnknownName: There is no such row or column, or the row has no cell there; a KeyError, too.
        """
        rows, columns = _named(row, "row", self.rows), _named(column, "column", self.columns)
        keys = {self._key(each, other) for each in rows for other in columns}
        found = [cell for cell in self.cells if cell.key in keys]
        if len(found) == 1:
            return found[0]
        if found:
            raise unknown(row, "row: several have that label, take the id", (each.id for each in rows))
        own = [cell.key.rsplit("/", 1)[1] for cell in self.cells if cell.key.split("/")[1] == rows[0].id]
        raise unknown(column, f"column in the row {rows[0].id!r}", own)

    def __getitem__(self, place: tuple[str, str]) -> Cell:
        if not isinstance(place, tuple) or len(place) != 2:
            raise TypeError(f'expected a row and a column, as in table["granted", "total"]; got {place!r}')
        return self.cell(*place)

    __iter__ = None  # loop over `cells`, `rows` or `values`

    def to_frame(self, names: Literal["labels", "ids"] = "labels") -> pd.DataFrame:
        """A pandas data frame of the values; of a label that several rows have, the groups stand before it.

        Args:
            names: Whether rows and columns are named by their labels as issued, or by their ids.

        >>> import gouji
        >>> table = gouji.extract("samples/pages/yunling_2022__lines.txt").table("review")
        >>> int(table.to_frame().loc["行政复议", "结果维持"])
        3

        Raises:
            OutputError: pandas is not installed; the extra `tables` brings it.
        """
        pandas = needed("pandas")
        ids = names == "ids"
        index = [row.id for row in self.rows] if ids else list(self._row_names())
        heads = [column.id if ids else column.label for column in self.columns]
        values = zip(*self.values, strict=True)
        frame = pandas.DataFrame({at: pandas.array(each, _dtype(each)) for at, each in enumerate(values)})
        return frame.set_axis(heads, axis=1).set_axis(index)

    def _row_names(self) -> Iterator[str]:
        counts = Counter(row.label for row in self.rows)
        for block, row in self.table.rows():
            path = block.groups_of(row) if counts[row.label] > 1 else ()
            yield " · ".join(label.label for label in (*path, row))

    def _key(self, row: Label, column: Label) -> str:
        return f"{self.table.id}/{row.id}/{column.id}"

    def __repr__(self) -> str:
        """The table as a terminal shows it."""
        from rich.console import Console

        from gouji.inference.matrix_view import table_view

        console = Console(file=StringIO(), width=_WIDTH)
        with console.capture() as shown:
            console.print(table_view(self.table, self.cells, self.checks))
        return "\n".join(line.rstrip() for line in shown.get().strip().splitlines())

    def _repr_html_(self) -> str:
        """The table for a notebook."""
        from gouji.inference.outputs.notebook import html_of_table

        return html_of_table(self.table, self.cells, self.checks)


def issued_table(extraction: ExtractedReport, table_id: str, forms: Mapping[str, Form]) -> IssuedTable:
    """One table of an extraction; one that is not on the page has all its cells missing.

    Args:
        extraction: A report's answer.
        table_id: The table.
        forms: The forms that were looked for.

    Raises:
        UnknownName: The report has no such table.
        OutputError: It follows a form that is not known here.
    """
    tables = tables_of(extraction, forms)
    for form, table in tables:
        if table.id == table_id:
            keys = set(table.keys())
            return IssuedTable(
                form=form.id,
                table=table,
                cells=tuple(cell for cell in extraction.cells if cell.key in keys),
                checks=tuple(c for c in extraction.checks if c.name.split("/", 1)[0] == table_id),
            )
    raise unknown(table_id, f"table in {extraction.source}", (table.id for _, table in tables))


def _named(name: str, what: str, labels: Sequence[Label]) -> list[Label]:
    """The labels of an id, or of a wording."""
    found = [label for label in labels if label.id == name] or [n for n in labels if n.label == name]
    if not found:
        raise unknown(name, what, (each for label in labels for each in (label.id, label.label)))
    return found


def _dtype(values: Sequence[Number | None]) -> str:
    return "Float64" if any(isinstance(value, float) for value in values) else "Int64"
