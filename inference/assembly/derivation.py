"""Work out what a missing cell must be, where the arithmetic leaves no choice.

Flow:  one reading of the page -> **derived values** -> checks

A derived value is what the sums demand, not what the page says: the cell stays missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gouji.inference.assembly.checks import sums_of
from gouji.inference.extraction import Cell, Number, State
from gouji.model.forms import Table


def with_derived(table: Table, cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The cells of a table, each missing one with the value that its sums determine.

    A sum determines a cell when every other cell of it is known; what was derived serves the
    next sum, until nothing is added.
    """
    derived = dict(cells)
    sums = list(sums_of(table)) if any(cell.state is State.MISSING for cell in cells.values()) else []
    pending = True
    while pending:
        pending = False
        for _, left, right in sums:
            unknown = [key for key in (*left, *right) if _value(derived[key]) is None]
            if len(unknown) != 1 or derived[unknown[0]].state is not State.MISSING:
                continue
            (key,) = unknown
            rest = sum(_value(derived[k]) or 0 for k in left) - sum(_value(derived[k]) or 0 for k in right)
            derived[key] = replace(derived[key], derived=rest if key in right else -rest)
            pending = True
    return derived


def _value(cell: Cell) -> Number | None:
    """A cell's value in a sum: blank is 0, a missing cell is what was derived for it."""
    if cell.is_known:
        return cell.value or 0
    return cell.derived if cell.state is State.MISSING else None
