"""Evaluate the form's arithmetic on what was read.

Flow:  one reading of the page -> **checks** -> extraction

A blank counts as 0. A sum that needs a cell that is ambiguous or missing is unknown: nothing
is filled in to make it hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gouji.inference.extraction import Cell, Check, CheckState, Number
from gouji.model.forms import SumRule, Table


def evaluate_checks(table: Table, cells: Mapping[str, Cell]) -> Iterator[Check]:
    """What becomes of every sum of a table, in the order of its rules; of its cells by key."""
    for name, left, right in sums_of(table):
        sides = _sum(cells, left), _sum(cells, right)
        if sides[0] is None or sides[1] is None:
            state = CheckState.UNKNOWN
        else:
            state = CheckState.HOLDS if abs(sides[0] - sides[1]) < 1e-6 else CheckState.FAILS
        yield Check(name, state, *sides)


def keys_of(table: Table, name: str) -> list[str]:
    """The keys of the cells that a check of a table adds up, by the check's name."""
    for each, left, right in sums_of(table):
        if each == name:
            return [*left, *right]
    raise KeyError(name)


def names_with(table: Table, key: str) -> frozenset[str]:
    """The names of a table's checks that add a cell up."""
    return frozenset(name for name, *sides in sums_of(table) if any(key in side for side in sides))


def sums_of(table: Table) -> Iterator[tuple[str, list[str], list[str]]]:
    """Every sum of a table, in the order of its rules: its check's name, and the cell keys of both sides."""
    for rule in table.checks:
        for each, left, right in instances(table, rule):
            yield f"{table.id}/{rule.name}/{each}", left, right


def instances(table: Table, rule: SumRule) -> Iterator[tuple[str, list[str], list[str]]]:
    """What a rule says of each row or column: its id, and the cell keys of both sides."""
    id_, left, right = table.id, rule.left, rule.right
    for block in table.blocks:
        rows, columns = [row.id for row in block.rows], [column.id for column in block.columns]
        inner, outer = (columns, rows) if rule.each == "row" else (rows, columns)
        if not set(inner).issuperset((*left, *right)):
            continue
        for each in outer:
            if rule.each == "row":
                yield each, [f"{id_}/{each}/{c}" for c in left], [f"{id_}/{each}/{c}" for c in right]
            else:
                yield each, [f"{id_}/{row}/{each}" for row in left], [f"{id_}/{row}/{each}" for row in right]


def _sum(cells: Mapping[str, Cell], keys: Iterable[str]) -> Number | None:
    total: Number = 0
    for key in keys:
        cell = cells[key]
        if not cell.is_known:
            return None
        total += cell.value or 0
    return total
