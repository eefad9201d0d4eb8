"""Records as a row for each cell, and back; with the row of their page they hold all that it says.

Flow:  record -> **rows of cells** -> CSV, Parquet, data frames;  and back
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from gouji.inference.extraction import Cell, State
from gouji.inference.outputs.places import CellPlace, places
from gouji.inference.outputs.recorded_tables import tables_of
from gouji.inference.outputs.records import Record, settled_of
from gouji.inference.outputs.rows import (
    LONGEST_INTEGER,
    Row,
    about,
    dumps,
    is_double,
    joined,
    kept,
    loads,
    whole,
    with_sums,
)
from gouji.inference.outputs.whereabouts import COLUMNS
from gouji.inference.why import reasons
from gouji.model.forms import Form, Table


def cell_rows(record: Record, known: Mapping[str, Form]) -> Iterator[dict[str, Any]]:
    """A row for each cell of a record.

    Raises:
        OutputError: The record follows a form that is not known.
    """
    page = about(record)
    tables = tables_of(record, known)
    wheres = [where for form, table in tables for where in _wheres(form.id, table)]
    for cell, where in zip(record.cells, wheres, strict=True):
        yield {**page, **where, **_of_cell(cell, record.cells_other.get(cell.key, {}))}


def record_of_rows(page: Row | None, cells: Sequence[Row], known: Mapping[str, Form]) -> Record:
    """The record that rows were made of; without the page's own row, what the cells' rows tell.

    Raises:
        OutputError: The record follows a form that is not known.
    """
    first: Row = page if page is not None else cells[0]
    read = [_cell_of(row) for row in cells]
    others = {row["key"]: left for row in cells if (left := loads(row.get("other"), {}))}
    for key, left in others.items():
        others[key] = {name: value for name, value in left.items() if name not in ("value", "derived")}
    forms: dict[str, str | None]
    if page is not None:
        forms = loads(page.get("forms"), {})
        form = page.get("form")
    else:
        forms = _forms_of_cells(cells)
        named = {form for form in forms.values() if form is not None}
        form = (named.pop() if len(named) == 1 else "mixed") if named else None
    record = Record(**kept(first), form=form, forms=forms, cells=tuple(read))
    told = page if page is not None else {name: first.get(name) for name in COLUMNS}
    return with_sums(record, told, known, {key: left for key, left in others.items() if left})


@cache
def _wheres(form_id: str, table: Table) -> list[dict[str, Any]]:
    return [_where(form_id, place) for place in places(table)]


def _where(form_id: str, place: CellPlace) -> dict[str, Any]:
    return {
        "form": form_id,
        "key": place.key,
        "table": place.table.id,
        "row": place.row.id,
        "column": place.column.id,
        "table_label": place.table.heading,
        "group_label": place.group_label,
        "row_label": place.row.label,
        "column_label": place.column.label,
    }


def _of_cell(cell: Cell, other: Mapping[str, Any]) -> dict[str, Any]:
    exact = {name: n for name, n in (("value", cell.value), ("derived", cell.derived)) if not is_double(n)}
    return {
        "value": cell.value,
        "integer": cell.value if isinstance(cell.value, int) and abs(cell.value) < LONGEST_INTEGER else None,
        "unit": cell.unit,
        "state": str(cell.state),
        "raw": cell.raw,
        "start": cell.start,
        "end": cell.end,
        "confidence": None if cell.confidence is None else round(cell.confidence, 4),
        "candidates": json.dumps(cell.candidates) if cell.state is State.AMBIGUOUS else None,
        "more": True if cell.more else None,
        "why": joined(cell.why),
        "derived": cell.derived,
        "settled": None if cell.settled is None else dumps(cell.settled.to_record()),
        "other": dumps({**other, **exact}),
    }


def _cell_of(row: Row) -> Cell:
    exact = loads(row.get("other"), {})
    value = row["integer"] if row.get("integer") is not None else row.get("value")
    return Cell(
        key=row["key"],
        value=exact.get("value", value),
        state=State(row["state"]),
        raw=row.get("raw"),
        unit=row.get("unit"),
        start=row.get("start"),
        end=row.get("end"),
        confidence=row.get("confidence"),
        candidates=tuple(loads(row.get("candidates"), ())),
        more=bool(row.get("more")),
        why=reasons((row.get("why") or "").split()),
        derived=exact.get("derived", whole(row.get("derived"))),
        settled=settled_of(loads(row.get("settled"), None)),
    )


def _forms_of_cells(cells: Sequence[Row]) -> dict[str, str | None]:
    """The form of each table; of one whose cells are all missing it cannot be told whether it was there."""
    forms: dict[str, str | None] = {}
    for row in cells:
        forms.setdefault(row["table"], None)
        if row["state"] != State.MISSING:
            forms[row["table"]] = row["form"]
    return forms
