"""Records as one row each, a column for each cell, and back: every value and state, not its place.

Flow:  record -> **wide row** -> CSV, Parquet, data frames;  and back
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from gouji.inference.extraction import Cell, Number, State
from gouji.inference.outputs.columns import Kind, cell_columns
from gouji.inference.outputs.errors import OutputError
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
    sums,
    whole,
    with_sums,
)
from gouji.inference.why import reasons
from gouji.model.forms import Form


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
        **about(record),
        "form": record.form,
        "error": record.error,
        **{cell.key: cell.value for cell in cells if cell.key not in unfit},
        "ambiguous": dumps(
            {c.key: [*c.candidates, *(["more"] if c.more else [])] for c in _in(cells, State.AMBIGUOUS)}
        ),
        "missing": joined(cell.key for cell in _in(cells, State.MISSING)),
        "why": dumps({cell.key: cell.why for cell in cells if cell.why}),
        "placed": joined(cell.key for cell in _in(cells, State.PLACED)),
        "units": dumps({cell.key: cell.unit for cell in cells if cell.unit is not None}),
        "derived": dumps({cell.key: cell.derived for cell in cells if cell.derived is not None}),
        "settled": dumps({cell.key: cell.settled.to_record() for cell in cells if cell.settled is not None}),
        "unfit": dumps(unfit),
        **sums(record, known),
    }


def record_of_wide_row(row: Row, known: Mapping[str, Form]) -> Record:
    """The record that a wide row tells: every value and state, not where they stand on the page."""
    forms: dict[str, str | None] = loads(row.get("forms"), {})
    ambiguous: dict[str, list[Any]] = loads(row.get("ambiguous"), {})
    missing = dict.fromkeys((row.get("missing") or "").split())
    marks = _Marks(
        placed=set((row.get("placed") or "").split()),
        units=loads(row.get("units"), {}),
        derived=loads(row.get("derived"), {}),
        values={**row, **loads(row.get("unfit"), {})},
        ambiguous=ambiguous,
        missing=missing,
        why=loads(row.get("why"), {}),
        settled=loads(row.get("settled"), {}),
    )
    keys = []
    for table_id, form_id in forms.items():
        if form_id is None:
            keys += _keys_without_form(table_id, [*missing, *marks.settled], known)
        elif form_id in known:
            keys += known[form_id].table(table_id).keys()
        else:
            raise OutputError(
                f"{row.get('source')}: form {form_id!r} is not known; name its TOML file with --forms"
            )
    cells = tuple(marks.cell(key) for key in keys)
    record = Record(**kept(row), form=row.get("form"), forms=forms, cells=cells)
    return with_sums(record, row, known, {})


def _keys_without_form(table_id: str, told: Iterable[str], known: Mapping[str, Form]) -> list[str]:
    """The cells of a table that the page does not hold, in a form's order, if one has just these."""
    own = [key for key in told if key.split("/", 1)[0] == table_id]
    tables = (t.keys() for form in known.values() for t in form.tables if t.id == table_id)
    return next((list(keys) for keys in tables if set(keys) == set(own)), own)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What a wide row says of its cells beside their values."""

    placed: set[str]
    units: Mapping[str, str]
    derived: Mapping[str, Number]
    values: Row
    ambiguous: Mapping[str, Sequence[Any]]
    missing: Mapping[str, None]
    why: Mapping[str, Sequence[str]]
    settled: Mapping[str, Mapping[str, Any]]

    def cell(self, key: str) -> Cell:
        """The cell of a key."""
        value = whole(self.values.get(key))
        unit, why = self.units.get(key), reasons(self.why.get(key, ()))
        if key in self.ambiguous:
            listed = self.ambiguous[key]
            some = tuple(each for each in listed if each != "more")
            more = "more" in listed
            return Cell(key, None, State.AMBIGUOUS, unit=unit, candidates=some, more=more, why=why)
        if key in self.missing:
            return Cell(key, None, State.MISSING, unit=unit, derived=self.derived.get(key), why=why)
        if key in self.settled:
            return Cell(key, value, State.SETTLED, unit=unit, settled=settled_of(self.settled[key]))
        if value is None:
            return Cell(key, None, State.BLANK, unit=unit)
        return Cell(key, value, State.PLACED if key in self.placed else State.READ, unit=unit)


@cache
def _kinds(forms: tuple[Form, ...]) -> dict[str, Kind]:
    return {column.name: column.kind for column in cell_columns({form.id: form for form in forms})}


def _in(cells: Iterable[Cell], state: State) -> list[Cell]:
    return [cell for cell in cells if cell.state is state]


def _fits(value: Number, kind: Kind) -> bool:
    """Whether a column of that kind holds the value exactly."""
    if kind is Kind.INTEGER:
        return isinstance(value, int) and abs(value) < LONGEST_INTEGER
    return is_double(value)
