"""Print that contradicts itself: whether it stands, or a wrong place is as likely a cause.

Flow:  line readings -> **contradictions** -> one reading of the page -> checks

Publishers break their own sums, and then print stands. But where the same numbers in other cells
of their rows satisfy every sum, a lost blank or a parted figure explains as much, and the page
does not settle which it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from gouji.inference.assembly.doubts.raised_in_rows import ADDS_UP_ELSEWHERE, TORN
from gouji.inference.assembly.doubts.raised_in_tables import EMPTY_IN_FAILING_SUM
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings, holds, worked_out
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.readings import find_readings
from gouji.inference.assembly.solver import ColumnSum, survivors
from gouji.inference.assembly.strips import Chunk


def opened(found: FoundTable, read: Mapping[int, LineReadings]) -> dict[int, LineReadings]:
    """The lines of a table, those open that could be read otherwise so that all sums of columns hold.

    Where none can, those are that print nothing and are in a sum that fails.

    Args:
        found: The table.
        read: Its lines' readings; looked at where the layout has shown them all.
    """
    lines = dict(read)
    sums = [
        rule
        for rule in column_sums(found.table)
        if all(row in lines and _is_shown(lines[row]) for row in (*rule.left, *rule.right))
    ]
    summed = sorted({row for rule in sums for row in (*rule.left, *rule.right)})
    failing = [rule for rule in sums if not _holds(rule, lines)]
    if not failing:
        return lines
    empty = {row for rule in failing for row in (*rule.left, *rule.right) if _prints_nothing(lines[row])}
    movable = {
        row: moved
        for row in summed
        if len((moved := _with_other_places(found.lines[row], lines[row])).readings) > 1
    }
    if not movable:
        return _open_rows(lines, empty)
    place = {row: index for index, row in enumerate(summed)}
    placed = [
        ColumnSum(tuple(place[row] for row in rule.left), tuple(place[row] for row in rule.right))
        for rule in sums
    ]
    readings = [movable.get(row, lines[row]).readings for row in summed]
    left = survivors([[reading.values for reading in row] for row in readings], placed)
    if not left.consistent:
        return _open_rows(lines, empty)
    for row, kept in zip(summed, left.rows, strict=True):
        if kept != (0,):
            lines[row] = movable[row]._replace(shown=False).doubted(ADDS_UP_ELSEWHERE)
    return _open_rows(lines, empty)


def _open_rows(lines: Mapping[int, LineReadings], rows: Collection[int]) -> dict[int, LineReadings]:
    return {row: line.doubted(EMPTY_IN_FAILING_SUM) if row in rows else line for row, line in lines.items()}


def _prints_nothing(line: LineReadings) -> bool:
    """Whether a row's label is all that is printed of it: its numbers may be lost as well."""
    return not line.known and not line.strip.chunks


def _is_shown(line: LineReadings) -> bool:
    return line.shown and not line.doubts and not line.unsure


def _holds(rule: ColumnSum, lines: Mapping[int, LineReadings]) -> bool:
    columns = range(len(lines[rule.left[0]].readings[0].values))
    return all(
        abs(
            sum(lines[row].readings[0].values[column] for row in rule.left)
            - sum(lines[row].readings[0].values[column] for row in rule.right)
        )
        < 1e-6
        for column in columns
    )


def _with_other_places(line: Line, read: LineReadings) -> LineReadings:
    """The line's reading as shown, then those that its own sums allow without regard to the layout."""
    shown = read.readings[0]
    if read.known:
        return read
    if None not in shown.prints and holds(line.sums, shown):
        return read
    other = worked_out(line, read.strip, glued=False)
    found = {} if other.doubts & TORN else {reading.values: reading for reading in other.readings}
    for chunks in _with_two_joined(read.strip.chunks) if line.sums and None not in shown.prints else ():
        found.update((r.values, r) for r in find_readings(chunks, len(line.keys), line.sums).found)
    found.pop(shown.values, None)
    return read._replace(readings=(shown, *found.values()))


def _with_two_joined(chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, ...]]:
    """The numbers of a row, with each two neighbours in turn as the one figure that they may have been."""
    for index, (left, right) in enumerate(pairwise(chunks)):
        if left.digits.isdigit() and right.digits.isdigit():
            places = tuple(c.place(digit) for c in (left, right) for digit in range(len(c.digits)))
            whole = left._replace(digits=left.digits + right.digits, end=right.end, places=places)
            yield (*chunks[:index], whole, *chunks[index + 2 :])
