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
    """Every sum of a table, in the order of its rules.

    Args:
        table: The table of the form that the page follows.
        cells: Its cells, by key.
    """
    for rule in table.checks:
        for name, left, right in instances(table, rule):
            sides = _sum(cells, left), _sum(cells, right)
            if sides[0] is None or sides[1] is None:
                state = CheckState.UNKNOWN
            else:
                state = CheckState.HOLDS if abs(sides[0] - sides[1]) < 1e-6 else CheckState.FAILS
            yield Check(f"{table.id}/{rule.name}/{name}", state, *sides)


def keys_of(table: Table, name: str) -> list[str]:
    """The keys of the cells that a check of a table adds up, by the check's name."""
    _, rule_name, each = name.split("/", 2)
    for rule in table.checks:
        if rule.name == rule_name:
            for found, left, right in instances(table, rule):
                if found == each:
                    return [*left, *right]
    raise KeyError(name)


def names_with(table: Table, key: str) -> frozenset[str]:
    """The names of a table's checks that add a cell up."""
    return frozenset(
        f"{table.id}/{rule.name}/{each}"
        for rule in table.checks
        for each, left, right in instances(table, rule)
        if key in left or key in right
    )


def instances(table: Table, rule: SumRule) -> Iterator[tuple[str, list[str], list[str]]]:
    """What a rule says of each row or column: its id, and the cell keys of both sides."""
    for block in table.blocks:
        rows, columns = [row.id for row in block.rows], [column.id for column in block.columns]
        inner, outer = (columns, rows) if rule.each == "row" else (rows, columns)
        if not set(inner).issuperset((*rule.left, *rule.right)):
            continue
        for each in outer:
            yield each, _keys(table, rule, each, rule.left), _keys(table, rule, each, rule.right)


def _keys(table: Table, rule: SumRule, each: str, terms: Iterable[str]) -> list[str]:
    if rule.each == "row":
        return [f"{table.id}/{each}/{column}" for column in terms]
    return [f"{table.id}/{row}/{each}" for row in terms]


def _sum(cells: Mapping[str, Cell], keys: Iterable[str]) -> Number | None:
    total: Number = 0
    for key in keys:
        cell = cells[key]
        if not cell.is_known:
            return None
        total += cell.value or 0
    return total
