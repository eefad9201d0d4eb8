"""Choose among the readings of a table's lines those that the sums of its columns allow.

Flow:  line readings -> **choice** -> cells

Only sums whose every line lists all that it may say take part. What was claimed against a line by one sum's
word stands where no sum of columns confirms the line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from gouji.inference.assembly import solver
from gouji.inference.assembly.cells import BOUNDED
from gouji.inference.assembly.contradictions import opened
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import column_sums

_SEVERAL_WAYS = "its row can be read in several ways"


def choose(
    found: FoundTable, read: Mapping[int, LineReadings], off: Collection[str] = ()
) -> tuple[dict[int, LineReadings], str]:
    """The lines with the readings that the columns leave, and why some stay open.

    Args:
        found: The table.
        read: The readings of its lines.
        off: Names of doubts that are switched off.
    """
    read = {index: line.less(off) for index, line in opened(found, read).items()}
    sums = [
        rule
        for rule in column_sums(found.table)
        if all(_is_listed(read.get(row)) for row in (*rule.left, *rule.right))
    ]
    summed = {row for rule in sums for row in (*rule.left, *rule.right)}
    read = {i: line if i in summed else _with_claims(line) for i, line in read.items()}
    rows = {index: line for index, line in read.items() if line.readings and not line.doubts}
    if not sums or all(len(line.readings) == 1 for line in rows.values()):
        return read, _SEVERAL_WAYS
    order = {index: place for place, index in enumerate(rows)}
    moved = [
        replace(rule, left=tuple(order[r] for r in rule.left), right=tuple(order[r] for r in rule.right))
        for rule in sums
    ]
    left = solver.survivors([[r.values for r in line.readings] for line in rows.values()], moved)
    chosen = dict(read)
    for (index, line), kept in zip(rows.items(), left.rows, strict=True):
        chosen[index] = line._replace(readings=tuple(line.readings[i] for i in kept))
    if not left.consistent:
        chosen = {index: _with_claims(line) for index, line in chosen.items()}
        return chosen, "no reading of its row satisfies the columns' sums"
    return chosen, _SEVERAL_WAYS if left.exact else BOUNDED


def _is_listed(line: LineReadings | None) -> bool:
    """Whether all that a line may say is listed."""
    return line is not None and bool(line.readings) and not line.doubts and not line.unsure


def _with_claims(line: LineReadings) -> LineReadings:
    """The line, which no sum of columns confirms: what was only claimed against it stands."""
    return line.doubted(*line.claims)
