"""What rows of cells, of pages and of reports have in common: the page's own columns, and its sums.

Flow:  record -> **rows** -> CSV, Parquet, data frames;  CSV, Parquet -> **rows** -> record
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from gouji.inference.extraction import CheckState, Number
from gouji.inference.outputs.recorded_tables import sums_of, tables_of
from gouji.inference.outputs.records import ERROR, Record, suggestion_of
from gouji.inference.outputs.whereabouts import KEYS, origin_columns, place_columns
from gouji.inference.outputs.whereabouts import of_row as whereabouts
from gouji.model.forms import Form

Row = Mapping[str, Any]  # by the column's name; None, or no such key, where it is empty

LONGEST_INTEGER = 2**63  # integers from it on are none of a table's

_EXACT = 2**53  # integers beyond it are not all doubles


def page_row(record: Record, known: Mapping[str, Form]) -> dict[str, Any]:
    """What a record says beside its cells: one row."""
    own = {"form": record.form, "error": record.error, "cells": len(record.cells)}
    return {**about(record), **own, **sums(record, known)}


def about(record: Record) -> dict[str, Any]:
    """What every row of a record begins with."""
    return {
        "source": record.source,
        "part": record.part,
        "title": record.title,
        "issuer": record.issuer,
        "year": record.year,
        "status": record.status if record.error is None else ERROR,
        **place_columns(record.other),
        **origin_columns(record.other),
    }


def kept(row: Row) -> dict[str, Any]:
    """The parts of a record that a row has as they are."""
    names = ("part", "title", "issuer", "year", "error")
    status = row.get("status") if row.get("error") is None else None
    return {"source": str(row["source"]), "status": status, **{name: row.get(name) for name in names}}


def sums(record: Record, known: Mapping[str, Form]) -> dict[str, Any]:
    """What a record's checks and its numbers without a cell come to."""
    states = [check["state"] for check in record.checks]
    other = {name: value for name, value in record.other.items() if name not in KEYS}
    if record.checks != sums_of(tables_of(record, known), record.cells):
        other["checks"] = list(record.checks)  # not those of the forms known here: kept as they are
    return {
        "forms": dumps(record.forms),
        "sums_hold": states.count(CheckState.HOLDS),
        "sums_fail": states.count(CheckState.FAILS),
        "sums_unknown": states.count(CheckState.UNKNOWN),
        "failing": joined(check["name"] for check in record.checks if check["state"] == CheckState.FAILS),
        "pattern": record.pattern,
        "unplaced": dumps(list(record.unplaced)),
        "suggestion": dumps(None if record.suggestion is None else record.suggestion.to_record()),
        "bounded": dumps(record.bounded),
        "other": dumps(other),
    }


def with_sums(
    record: Record, row: Row, known: Mapping[str, Form], cells_other: Mapping[str, Mapping[str, Any]]
) -> Record:
    """The record with its checks, worked out anew or as the row kept them, and what else the row holds."""
    other: dict[str, Any] = {**whereabouts(row), **loads(row.get("other"), {})}
    checks = other.pop("checks", None)
    return replace(
        record,
        checks=sums_of(tables_of(record, known), record.cells) if checks is None else tuple(checks),
        unplaced=tuple(loads(row.get("unplaced"), [])),
        suggestion=suggestion_of(loads(row.get("suggestion"), None)),
        pattern=row.get("pattern"),
        bounded=loads(row.get("bounded"), {}),
        other=other,
        cells_other=cells_other,
    )


def is_double(value: Number | None) -> bool:
    """Whether a double holds a number exactly."""
    return not isinstance(value, int) or abs(value) <= _EXACT


def whole(value: Number | None) -> Number | None:
    """A double that is an integer as one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def joined(names: Iterable[str]) -> str | None:
    """Names as one text, parted by blanks."""
    return " ".join(names) or None


def dumps(value: Any) -> str | None:
    """A value as JSON; None where it is empty."""
    return json.dumps(value, ensure_ascii=False) if value else None


def loads(text: str | None, empty: Any) -> Any:
    """What a field of JSON holds."""
    return json.loads(text) if text else empty
