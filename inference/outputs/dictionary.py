"""The data dictionary: every column of every table, with its label, unit and meaning.

Flow:  forms -> columns, variables of a panel -> **data dictionary** -> CSV, Markdown, JSON, terminal
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.table import Table as Grid

from gouji.inference.outputs.columns import (
    PAGE_COLUMNS,
    TIDY_COLUMNS,
    WIDE_FIRST,
    WIDE_LAST,
    Column,
    cell_columns,
)
from gouji.inference.outputs.files import OWN_MARK
from gouji.inference.panel.series import load_series
from gouji.inference.panel.variables import variables_of
from gouji.model.forms import Form

_TITLES = {
    "wide": "wide: one row a report",
    "tidy": "tidy: one row a cell",
    "pages": "pages: one row a report, beside the tidy table",
    "panel": "panel: one row a body and year",
}
_FIELDS = ("table", "column", "type", "unit", "label", "meaning", "forms")


@dataclass(frozen=True, slots=True)
class Entry:
    """One column of one table."""

    table: str  # wide, tidy, pages: the table beside the tidy one; or panel
    column: Column

    def to_record(self) -> dict[str, Any]:
        """The entry as JSON has it."""
        column = self.column
        values = (self.table, column.name, str(column.kind), column.unit, column.label, column.meaning)
        return dict(zip(_FIELDS, (*values, list(column.forms)), strict=True))


def entries(forms: Mapping[str, Form]) -> Iterator[Entry]:
    """Every column, in the order in which the tables have them."""
    for column in (*WIDE_FIRST, *cell_columns(forms), *WIDE_LAST):
        yield Entry("wide", column)
    for column in TIDY_COLUMNS:
        yield Entry("tidy", column)
    for column in PAGE_COLUMNS:
        yield Entry("pages", column)
    for variable in variables_of(load_series(forms)):
        yield Entry("panel", variable.column)


def dictionary_csv(forms: Mapping[str, Form]) -> str:
    """The dictionary as CSV; forms are parted by blanks."""
    text = io.StringIO()
    writer = csv.DictWriter(text, _FIELDS, lineterminator="\n")
    writer.writeheader()
    for entry in entries(forms):
        writer.writerow({**entry.to_record(), "forms": " ".join(entry.column.forms)})
    return text.getvalue()


def dictionary_markdown(forms: Mapping[str, Form]) -> str:
    """The dictionary as a table of Markdown for each table, with labels in Chinese and English."""
    lines = [OWN_MARK, "", "# Data dictionary"]
    for form in forms.values():
        lines.append(f"\n- `{form.id}`: {form.source}, {len(form.keys())} cells")
    fields = [field for field in _FIELDS if field != "table"]
    for table, title in _TITLES.items():
        lines += [f"\n## {title}\n", "| " + " | ".join(fields) + " |", "|" + "---|" * len(fields)]
        for entry in entries(forms):
            if entry.table == table:
                record = {**entry.to_record(), "forms": " ".join(entry.column.forms)}
                cells = (str(record[field] or "").replace("|", "\\|") for field in fields)
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def dictionary_grids(forms: Mapping[str, Form]) -> Iterator[Grid]:
    """The dictionary for a person: what the forms are, then a grid for each table."""
    grid = Grid("form", "issued as", "cells", title="forms", title_justify="left")
    for form in forms.values():
        grid.add_row(form.id, form.source, str(len(form.keys())))
    yield grid
    for table, title in _TITLES.items():
        grid = Grid("column", "type", "unit", "label", "forms", title=title, title_justify="left")
        for entry in entries(forms):
            if entry.table == table:
                column = entry.column
                said = column.label if column.forms else f"{column.label}: {column.meaning}"
                grid.add_row(column.name, column.kind, column.unit or "", said, " ".join(column.forms))
        yield grid
