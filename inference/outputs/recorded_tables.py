"""The forms' tables that a record has cells of, and their sums.

Flow:  record, forms -> **tables** -> rows, sheets, pages to look at
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gouji.inference.assembly.checks import evaluate_checks
from gouji.inference.extraction import Cell, ExtractedReport
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.records import Record
from gouji.model.forms import Form, Table


def tables_of(record: Record | ExtractedReport, known: Mapping[str, Form]) -> list[tuple[Form, Table]]:
    """The tables that a report has cells of, each with its form; a table not on the page too.

    Raises:
        OutputError: The report follows a form that is not known here.
    """
    found = []
    held = [form for form in record.forms.values() if form is not None]
    keys: dict[str, list[str]] = {}
    for cell in record.cells:
        keys.setdefault(cell.key.split("/", 1)[0], []).append(cell.key)
    for table_id, form_id in record.forms.items():
        if table_id not in keys:
            continue
        likely = [form_id] if form_id is not None else [*dict.fromkeys(held), *known]
        table = _table_with(table_id, keys[table_id], likely, known)
        if table is None:
            raise OutputError(
                f"{record.source}: its table {table_id!r} is of form {form_id or 'unknown'!r}, which is not"
                " known or has other cells here; name the form's TOML file with --forms"
            )
        found.append(table)
    return found


def sums_of(tables: list[tuple[Form, Table]], cells: tuple[Cell, ...]) -> tuple[Mapping[str, Any], ...]:
    """The checks of some tables, evaluated on cells, as JSON has them."""
    by_key = {cell.key: cell for cell in cells}
    return tuple(check.to_record() for _, table in tables for check in evaluate_checks(table, by_key))


def _table_with(
    table_id: str, keys: list[str], likely: list[str], known: Mapping[str, Form]
) -> tuple[Form, Table] | None:
    for form in (known[form_id] for form_id in likely if form_id in known):
        if any(table.id == table_id for table in form.tables):
            table = form.table(table_id)
            if table.keys() == keys:
                return form, table
    return None
