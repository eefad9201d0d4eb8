"""What a report says of each series: a value, and how it came to it, or a reason why there is none.

Flow:  report of a body and year, series -> **values** -> a row of the panel

Print stands: a cell has the number that is printed, whatever its sums say. A blank counts as 0, but a total
that is left blank beside filled cells has no value; and where such a total prints 0, nothing is computed
from it. A value that is not settled is never computed from either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Cell, Number, State
from gouji.inference.outputs.records import Record
from gouji.inference.outputs.rows import LONGEST_INTEGER
from gouji.inference.panel import reasons
from gouji.inference.panel.series import Kind, Series
from gouji.model.forms import Form, Table

WAN = {"万元": 1, "元": 1 / 10_000, "亿元": 10_000}  # in 万元
_NOT_THERE = (reasons.NO_REPORT, reasons.NO_TABLE, reasons.NOT_IN_FORM)  # said of a whole as of its parts


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a series and the word of its second variable."""

    value: Number | None
    why: str


@dataclass(frozen=True)
class Reported:
    """The report of a body and year; cells on which its copies differ are named."""

    record: Record
    forms: Mapping[str, Form]
    disputed: frozenset[str] = frozenset()
    cells: Mapping[str, Cell] = field(init=False)
    hollow: frozenset[str] = field(init=False)  # totals blank or 0 beside cells that are neither

    def __post_init__(self) -> None:
        object.__setattr__(self, "cells", {cell.key: cell for cell in self.record.cells})
        held = (self.form_of(table) for table in self.record.forms)
        tables = (form.table(table) for table, form in zip(self.record.forms, held, strict=True) if form)
        object.__setattr__(
            self, "hollow", frozenset(key for table in tables for key in _hollow(table, self.cells))
        )

    def form_of(self, table: str) -> Form | None:
        """The form of a table that the report holds; None where it holds none of a known form."""
        return self.forms.get(self.record.forms.get(table) or "")

    def figure(self, key: str) -> Value:
        """What stands in a cell."""
        cell = self.cells.get(key)
        if self.form_of(key.partition("/")[0]) is None:
            return Value(None, reasons.NO_TABLE)
        if cell is None:
            return Value(None, reasons.NOT_IN_FORM)
        if key in self.disputed:
            return Value(None, reasons.COPIES_DIFFER)
        if cell.state is State.BLANK:
            return Value(None, reasons.TOTAL_BLANK) if key in self.hollow else Value(0, reasons.BLANK)
        if cell.state is State.SETTLED and cell.is_known:
            return Value(cell.value or 0, reasons.SETTLED)
        return Value(cell.value, reasons.reason_of(cell))


def values_of(reported: Reported | None, series: Sequence[Series]) -> dict[str, Number | str | None]:
    """All variables of the series, each with its second one, by name.

    Args:
        reported: The report; None where there is none of the body and year.
        series: Which are asked for.
    """
    found: dict[str, Value] = {}
    parts: dict[str, Value] = {}  # what a ratio is computed from: without totals that print 0 and are none
    for each in series:
        if each.kind in (Kind.CELL, Kind.SUM):
            found[each.name], parts[each.name] = _added(each, reported)
        elif each.kind is Kind.AMOUNT:
            found |= _amount(each, reported)
    for each in series:
        if each.kind is Kind.RATIO:
            found[each.name] = _ratio(each, reported, parts)
    amounts = (each for each in series if each.kind is Kind.AMOUNT)
    units = {name: unit for each in amounts for name, unit in _unit(each, reported)}
    values = {name: value.value for name, value in found.items()}
    return {**values, **units, **{f"{name}_why": value.why for name, value in found.items()}}


def _added(series: Series, reported: Reported | None) -> tuple[Value, Value]:
    """The value of a series of cells, and what may be computed from it."""
    if reported is None:
        return (Value(None, reasons.NO_REPORT),) * 2
    keys = _keys(series, reported)
    if isinstance(keys, Value):
        return keys, keys
    figures = [reported.figure(key) for key in keys]
    if len(keys) == 1:
        whole = _whole(figures[0])
        hollow = keys[0] in reported.hollow
        return whole, Value(None, reasons.PART_MISSING) if hollow else whole
    whole = _sum(figures, keys, reported)
    return whole, whole


def _keys(series: Series, reported: Reported) -> tuple[str, ...] | Value:
    """The cells that a series adds up, of the form that the report's table follows."""
    assert series.cells is not None
    table = next(iter(series.cells.values()))[0].partition("/")[0]
    form = reported.form_of(table)
    if form is None:
        return Value(None, reasons.NO_TABLE)
    keys = series.cells.get(form.id)
    return Value(None, reasons.NOT_IN_FORM) if keys is None else keys


def _whole(figure: Value) -> Value:
    """A count, if it is one."""
    value = figure.value
    if value is None or (isinstance(value, int) and abs(value) < LONGEST_INTEGER):
        return figure
    return Value(None, reasons.NOT_WHOLE)


def _sum(figures: Sequence[Value], keys: Sequence[str], reported: Reported) -> Value:
    numbers = [each.value for each in map(_whole, figures) if each.value is not None]
    if len(numbers) < len(figures) or not reported.hollow.isdisjoint(keys):
        whys = {each.why for each in figures}
        return Value(None, whys.pop() if len(whys) == 1 and whys <= {*_NOT_THERE} else reasons.PART_MISSING)
    return Value(sum(numbers), reasons.COMPUTED)


def _ratio(series: Series, reported: Reported | None, parts: Mapping[str, Value]) -> Value:
    if reported is None:
        return Value(None, reasons.NO_REPORT)
    over, under = ([parts[name] for name in names] for names in (series.over, series.under))
    whys = {each.why for each in (*over, *under) if each.value is None}
    if whys:
        return Value(None, whys.pop() if len(whys) == 1 and whys <= {*_NOT_THERE} else reasons.PART_MISSING)
    below = sum(each.value or 0 for each in under)
    if not below:
        return Value(None, reasons.UNDER_ZERO)
    return Value(sum(each.value or 0 for each in over) / below, reasons.COMPUTED)


def _amount(series: Series, reported: Reported | None) -> dict[str, Value]:
    """An amount as printed, and in 万元."""
    if reported is None:
        printed = wan = Value(None, reasons.NO_REPORT)
    else:
        keys = _keys(series, reported)
        printed = keys if isinstance(keys, Value) else reported.figure(keys[0])
        wan = _in_wan(series, printed, dict(_unit(series, reported)).get(f"{series.name}_unit"))
    return {f"{series.name}_printed": printed, f"{series.name}_wan": wan}


def _unit(series: Series, reported: Reported | None) -> Iterator[tuple[str, str]]:
    """The unit that prints with an amount."""
    keys = None if reported is None else _keys(series, reported)
    if reported is not None and keys is not None and not isinstance(keys, Value):
        cell = reported.cells.get(keys[0])
        if cell is not None and cell.unit is not None:
            yield f"{series.name}_unit", cell.unit


def _in_wan(series: Series, printed: Value, unit: str | None) -> Value:
    if not printed.value:  # nothing is nothing in any unit
        return printed
    asked = unit or series.unit
    if asked not in WAN:
        return Value(None, reasons.NO_UNIT)
    wan = round(printed.value * WAN[asked], 10)
    return Value(wan, printed.why if unit else reasons.UNIT_OF_FORM)


def _hollow(table: Table, cells: Mapping[str, Cell]) -> Iterable[str]:
    """The totals of a table that are blank or 0 beside addends that are neither, or not settled."""
    for rule in table.checks:
        for _, left, right in instances(table, rule):
            total = cells.get(right[0]) if len(right) == 1 else None
            if total is None or not total.is_known or total.value:
                continue
            if any(key in cells and not _is_nought(cells[key]) for key in left):
                yield right[0]


def _is_nought(cell: Cell) -> bool:
    return cell.is_known and not cell.value
