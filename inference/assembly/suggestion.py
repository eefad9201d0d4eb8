"""Name the one cell whose change would repair every sum that fails.

Flow:  cells, checks -> **suggestion** -> extraction

A suggestion is what the arithmetic says of a misprint, for a person to look at; it is never
applied. Where no single cell explains all failing sums, or several do, there is none: the four
parts and the total of a row that fails alone are five cells, and any of them may be wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Cell, Check, CheckState, Number, Suggestion
from gouji.model.forms import Table


def suggest(tables: Iterable[Table], cells: Mapping[str, Cell], checks: Sequence[Check]) -> Suggestion | None:
    """The one cell that, changed, would make every failing check hold and break no other.

    Args:
        tables: The tables that the checks are of.
        cells: All their cells, by key; a blank counts as 0.
        checks: What became of every sum.
    """
    state = {check.name: check for check in checks}
    failing = {name for name, check in state.items() if check.state is CheckState.FAILS}
    if not failing:
        return None
    # What each cell lacks for each check that adds it up.
    growth: dict[str, dict[str, Number]] = {}
    for table in tables:
        for rule in table.checks:
            for each, left, right in instances(table, rule):
                check = state[f"{table.id}/{rule.name}/{each}"]
                lacking = _exact((check.left or 0) - (check.right or 0))
                for key in (*left, *right):
                    growth.setdefault(key, {})[check.name] = lacking if key in right else -lacking
    found = [
        _suggestion(cells[key], own)
        for key, own in growth.items()
        if own.keys() == failing and len(set(own.values())) == 1
    ]
    possible = [suggestion for suggestion in found if suggestion.would_be >= 0]
    return possible[0] if len(possible) == 1 else None


def _suggestion(cell: Cell, growth: Mapping[str, Number]) -> Suggestion:
    """The cell with what its failing checks, which are all of its checks, want it to be."""
    more = next(iter(growth.values()))
    return Suggestion(cell.key, cell.value, _exact((cell.value or 0) + more), tuple(growth))


def _exact(value: Number) -> Number:
    """Without the drift of decimals."""
    return value if isinstance(value, int) else round(value, 6)
