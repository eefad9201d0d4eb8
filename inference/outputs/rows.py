"""Records as rows of values, and back: one row a cell, one a report.

Flow:  record -> **rows** -> CSV, Parquet, data frames;  CSV, Parquet -> **rows** -> record

The rows of cells and those of pages together hold all that a record says. The wide row holds every
value, state and candidate, and not where a cell stands on its page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from gouji.inference.extraction import Cell, CheckState, Number, State
from gouji.inference.outputs.columns import CellPlace, Kind, cell_columns, places
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.records import Record, sums_of, tables_of
from gouji.model.forms import Form, Table

Row = Mapping[str, Any]  # by the column's name; None, or no such key, where it is empty

_EXACT = 2**53  # integers beyond it are not all doubles
_LONGEST = 2**63  # integers from it on are no INTEGER of a table


def page_row(record: Record, known: Mapping[str, Form]) -> dict[str, Any]:
    """What a record says beside its cells: one row."""
    about = _about(record) | {"form": record.form, "error": record.error, "cells": len(record.cells)}
    return about | _sums(record, known)


def cell_rows(record: Record, known: Mapping[str, Form]) -> Iterator[dict[str, Any]]:
    """A row for each cell of a record.

    Raises:
        OutputError: The record follows a form that is not known.
    """
    about = _about(record)
    tables = tables_of(record, known)
    wheres = [where for form, table in tables for where in _wheres(form.id, table)]
    for cell, where in zip(record.cells, wheres, strict=True):
        yield {**about, **where, **_of_cell(cell, record.cells_other.get(cell.key, {}))}


def record_of_rows(page: Row | None, cells: Sequence[Row], known: Mapping[str, Form]) -> Record:
    """The record that rows were made of; without the page's own row, what the cells' rows tell.

    Raises:
        OutputError: The record follows a form that is not known.
    """
    first: Row = page if page is not None else cells[0]
    read = [_cell_of(row) for row in cells]
    others = {row["key"]: left for row in cells if (left := _loads(row.get("other"), {}))}
    for key, left in others.items():
        others[key] = {name: value for name, value in left.items() if name not in ("value", "derived")}
    forms: dict[str, str | None]
    if page is not None:
        forms = _loads(page.get("forms"), {})
        form = page.get("form")
    else:
        forms = _forms_of_cells(cells)
        named = {form for form in forms.values() if form is not None}
        form = (named.pop() if len(named) == 1 else "mixed") if named else None
    record = Record(**_kept(first), form=form, forms=forms, cells=tuple(read))
    return _with_sums(record, page or {}, known, {key: left for key, left in others.items() if left})


def wide_row(record: Record, known: Mapping[str, Form]) -> dict[str, Any]:
    """A record as one row, a column for each cell."""
    kinds = _kinds(tuple(known.values()))
    cells = record.cells
    unknown = next((cell.key for cell in cells if cell.key not in kinds), None)
    if unknown is not None:
        raise OutputError(
            f"{record.source}: cell {unknown!r} is of no known form; name the form's TOML file with --forms"
        )
    unfit = {c.key: c.value for c in cells if c.value is not None and not _fits(c.value, kinds[c.key])}
    return {
        **_about(record),
        "form": record.form,
        "error": record.error,
        **{cell.key: cell.value for cell in cells if cell.key not in unfit},
        "ambiguous": _dumps(
            {c.key: [*c.candidates, *(["more"] if c.more else [])] for c in _in(cells, State.AMBIGUOUS)}
        ),
        "missing": _joined(cell.key for cell in _in(cells, State.MISSING)),
        "placed": _joined(cell.key for cell in _in(cells, State.PLACED)),
        "units": _dumps({cell.key: cell.unit for cell in cells if cell.unit is not None}),
        "derived": _dumps({cell.key: cell.derived for cell in cells if cell.derived is not None}),
        "unfit": _dumps(unfit),
        **_sums(record, known),
    }


def record_of_wide_row(row: Row, known: Mapping[str, Form]) -> Record:
    """The record that a wide row tells: every value and state, not where they stand on the page."""
    forms: dict[str, str | None] = _loads(row.get("forms"), {})
    ambiguous: dict[str, list[Any]] = _loads(row.get("ambiguous"), {})
    missing = dict.fromkeys((row.get("missing") or "").split())
    marks = _Marks(
        placed=set((row.get("placed") or "").split()),
        units=_loads(row.get("units"), {}),
        derived=_loads(row.get("derived"), {}),
        values={**row, **_loads(row.get("unfit"), {})},
        ambiguous=ambiguous,
        missing=missing,
    )
    keys = []
    for table_id, form_id in forms.items():
        if form_id is None:
            keys += [key for key in missing if key.split("/", 1)[0] == table_id]
        elif form_id in known:
            keys += known[form_id].table(table_id).keys()
        else:
            raise OutputError(
                f"{row.get('source')}: form {form_id!r} is not known; name its TOML file with --forms"
            )
    cells = tuple(marks.cell(key) for key in keys)
    record = Record(**_kept(row), form=row.get("form"), forms=forms, cells=cells)
    return _with_sums(record, row, known, {})


class _Marks:
    """What a wide row says of its cells beside their values."""

    def __init__(
        self,
        placed: set[str],
        units: Mapping[str, str],
        derived: Mapping[str, Number],
        values: Row,
        ambiguous: Mapping[str, Sequence[Any]],
        missing: Mapping[str, None],
    ) -> None:
        self._placed, self._units, self._derived = placed, units, derived
        self._values, self._ambiguous, self._missing = values, ambiguous, missing

    def cell(self, key: str) -> Cell:
        """The cell of a key."""
        value = _whole(self._values.get(key))
        unit, derived = self._units.get(key), self._derived.get(key)
        if key in self._ambiguous:
            listed = self._ambiguous[key]
            candidates = tuple(each for each in listed if each != "more")
            return Cell(key, None, State.AMBIGUOUS, candidates=candidates, more="more" in listed, unit=unit)
        if key in self._missing:
            return Cell(key, None, State.MISSING, derived=derived, unit=unit)
        if value is None:
            return Cell(key, None, State.BLANK, unit=unit)
        return Cell(key, value, State.PLACED if key in self._placed else State.READ, unit=unit)


def _about(record: Record) -> dict[str, Any]:
    return {
        "source": record.source,
        "part": record.part,
        "title": record.title,
        "issuer": record.issuer,
        "year": record.year,
        "status": record.status,
    }


def _kept(row: Row) -> dict[str, Any]:
    names = ("part", "title", "issuer", "year", "status", "error")
    return {"source": str(row["source"]), **{name: row.get(name) for name in names}}


def _sums(record: Record, known: Mapping[str, Form]) -> dict[str, Any]:
    states = [check["state"] for check in record.checks]
    other = dict(record.other)
    if record.checks != sums_of(tables_of(record, known), record.cells):
        other["checks"] = list(record.checks)  # not those of the forms known here: kept as they are
    return {
        "forms": _dumps(record.forms),
        "sums_hold": states.count(CheckState.HOLDS),
        "sums_fail": states.count(CheckState.FAILS),
        "sums_unknown": states.count(CheckState.UNKNOWN),
        "failing": _joined(check["name"] for check in record.checks if check["state"] == CheckState.FAILS),
        "unplaced": _dumps(list(record.unplaced)),
        "other": _dumps(other),
    }


def _with_sums(
    record: Record, row: Row, known: Mapping[str, Form], cells_other: Mapping[str, Mapping[str, Any]]
) -> Record:
    """The record with its checks, worked out anew or as the row kept them, and what else the row holds."""
    other: dict[str, Any] = _loads(row.get("other"), {})
    checks = other.pop("checks", None)
    return Record(
        **{name: getattr(record, name) for name in ("source", "part", "error", "title", "issuer", "year")},
        form=record.form,
        forms=record.forms,
        status=record.status,
        cells=record.cells,
        checks=sums_of(tables_of(record, known), record.cells) if checks is None else tuple(checks),
        unplaced=tuple(_loads(row.get("unplaced"), [])),
        other=other,
        cells_other=cells_other,
    )


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
    exact = {name: n for name, n in (("value", cell.value), ("derived", cell.derived)) if not _is_double(n)}
    return {
        "value": cell.value,
        "integer": cell.value if isinstance(cell.value, int) and abs(cell.value) < _LONGEST else None,
        "unit": cell.unit,
        "state": str(cell.state),
        "raw": cell.raw,
        "start": cell.start,
        "end": cell.end,
        "confidence": None if cell.confidence is None else round(cell.confidence, 4),
        "candidates": json.dumps(cell.candidates) if cell.state is State.AMBIGUOUS else None,
        "more": True if cell.more else None,
        "derived": cell.derived,
        "other": _dumps({**other, **exact}),
    }


def _cell_of(row: Row) -> Cell:
    exact = _loads(row.get("other"), {})
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
        candidates=tuple(_loads(row.get("candidates"), ())),
        more=bool(row.get("more")),
        derived=exact.get("derived", _whole(row.get("derived"))),
    )


def _forms_of_cells(cells: Sequence[Row]) -> dict[str, str | None]:
    """The form of each table; of one whose cells are all missing it cannot be told whether it was there."""
    forms: dict[str, str | None] = {}
    for row in cells:
        forms.setdefault(row["table"], None)
        if row["state"] != State.MISSING:
            forms[row["table"]] = row["form"]
    return forms


@cache
def _kinds(forms: tuple[Form, ...]) -> dict[str, Kind]:
    return {column.name: column.kind for column in cell_columns({form.id: form for form in forms})}


def _in(cells: Iterable[Cell], state: State) -> list[Cell]:
    return [cell for cell in cells if cell.state is state]


def _fits(value: Number, kind: Kind) -> bool:
    """Whether a column of that kind holds the value exactly."""
    if kind is Kind.INTEGER:
        return isinstance(value, int) and abs(value) < _LONGEST
    return _is_double(value)


def _is_double(value: Number | None) -> bool:
    return not isinstance(value, int) or abs(value) <= _EXACT


def _whole(value: Number | None) -> Number | None:
    """A double that is an integer as one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _joined(names: Iterable[str]) -> str | None:
    return " ".join(names) or None


def _dumps(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None


def _loads(text: str | None, empty: Any) -> Any:
    return json.loads(text) if text else empty
