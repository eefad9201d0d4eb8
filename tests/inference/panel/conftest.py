"""Reports to make panels of, each cell in its place; what is not named is a printed 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from gouji.inference.assembly.checks import evaluate_checks
from gouji.inference.extraction import Cell, State, Status
from gouji.inference.outputs.records import Record
from gouji.model.forms import load_forms

FORMS = load_forms()
MakeReport = Callable[..., Record]


@pytest.fixture(scope="session")
def report() -> MakeReport:
    """Makes a report of a form; cells are named by key: a number, or a cell."""

    def made(
        issuer: str | None, year: int | None, cells: Mapping[str, Any] | None = None, **other: Any
    ) -> Record:
        form = FORMS["2019" if year is not None and year < 2021 else "2021"]
        named = {
            key: each if isinstance(each, Cell) else read(key, each) for key, each in (cells or {}).items()
        }
        unknown = named.keys() - set(form.keys())
        assert not unknown, unknown
        own = tuple(named.get(key, read(key, 0)) for key in form.keys())
        by_key = {cell.key: cell for cell in own}
        checks = [check for table in form.tables for check in evaluate_checks(table, by_key)]
        is_open = any(cell.state in (State.AMBIGUOUS, State.MISSING) for cell in own)
        fails = any(check.state == "fails" for check in checks)
        status = Status.INCOMPLETE if is_open else Status.CONTRADICTED if fails else Status.VERIFIED
        record = Record(
            source=f"{issuer}_{year}.html",
            title=f"{issuer}{year}年政府信息公开工作年度报告",
            issuer=issuer,
            year=year,
            form=form.id,
            forms={table.id: form.id for table in form.tables},
            status=str(status),
            cells=own,
            checks=tuple(check.to_record() for check in checks),
        )
        return replace(record, **other)

    return made


def read(key: str, value: float, unit: str | None = None) -> Cell:
    """A cell that prints a number."""
    return Cell(key, value, State.READ, raw=str(value), unit=unit, start=0, end=len(str(value)))


def applications(**rows: int) -> dict[str, Any]:
    """Cells of requests by natural persons alone, and of the totals, that agree."""
    named = {row.replace("__", "."): value for row, value in rows.items()}
    return {
        f"applications/{row}/{column}": value
        for row, value in named.items()
        for column in ("natural_person", "total")
    }
