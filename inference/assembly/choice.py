"""Choose among the readings of a table's lines those that the sums of its columns allow.

Flow:  line readings -> **choice** -> cells

Only sums whose every line lists all that it may say take part. What was claimed against a line by one sum's
word stands where no sum of columns confirms the line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from gouji.inference.assembly import solver
from gouji.inference.assembly.answered import under
from gouji.inference.assembly.cells import BOUNDED
from gouji.inference.assembly.contradictions import opened
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import column_sums
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Answers, Number

_SEVERAL_WAYS = "its row can be read in several ways"


class RivalReadings(NamedTuple):
    """A line's cells, and the values that each of the readings left gives them."""

    keys: tuple[str, ...]
    values: tuple[tuple[Number, ...], ...]


class JointReadings(NamedTuple):
    """Lines of a table of which all readings are known, and the sums of columns that bind them."""

    lines: tuple[RivalReadings, ...]
    sums: tuple[Sum, ...]


class Choice(NamedTuple):
    """The lines with the readings that the columns leave, and why some stay open."""

    lines: dict[int, LineReadings]
    reason: str
    joint: JointReadings


def choose(
    found: FoundTable, read: Mapping[int, LineReadings], off: Collection[str], answers: Answers
) -> Choice:
    """Leave of each line's readings those that the columns allow; doubts named in `off` are none."""
    lines = opened(found, read, answers).items()
    read = {index: under(found.lines[index], line.less(off), answers) for index, line in lines}
    # Of these all that they may say is listed.
    listed = {row for row, line in read.items() if line.readings and not line.doubts and not line.unsure}
    sums = [rule for rule in column_sums(found.table) if listed.issuperset(rule.indices)]
    summed = {row for rule in sums for row in rule.indices}
    # A line that no sum of columns confirms: what was only claimed against it stands.
    read = {i: line if i in summed else line.doubted(*line.claims) for i, line in read.items()}
    rows = {index: line for index, line in read.items() if line.readings and not line.doubts}
    if not sums or all(len(line.readings) == 1 for line in rows.values()):
        return Choice(read, _SEVERAL_WAYS, _jointly(found, read))
    moved = solver.among(rows, sums)
    left = solver.survivors([[r.values for r in line.readings] for line in rows.values()], moved)
    if not left.consistent:
        read = {index: line.doubted(*line.claims) for index, line in read.items()}
        return Choice(read, "no reading of its row satisfies the columns' sums", _jointly(found, read))
    for (index, line), kept in zip(rows.items(), left.rows, strict=True):
        read[index] = line._replace(readings=tuple(line.readings[i] for i in kept))
    return Choice(read, _SEVERAL_WAYS if left.exact else BOUNDED, _jointly(found, read, rows, moved))


def _jointly(
    found: FoundTable,
    read: Mapping[int, LineReadings],
    rows: Iterable[int] = (),
    sums: Sequence[Sum] = (),
) -> JointReadings:
    """What is left of a table: all lines that sums bind, and others that can be read in several ways."""
    own = list(rows) or [i for i, line in read.items() if len(line.readings) > 1 and not line.doubts]
    lines = tuple(
        RivalReadings(found.lines[row].keys, tuple(r.values for r in read[row].readings)) for row in own
    )
    return JointReadings(lines, tuple(sums))
