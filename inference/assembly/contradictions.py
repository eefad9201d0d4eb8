"""Print that contradicts itself: whether it stands, or a wrong place is as likely a cause.

Flow:  line readings -> **contradictions** -> one reading of the page -> checks

Publishers break their own sums, and then print stands. But where the same numbers in other cells
of their rows satisfy every sum, a lost blank or a parted figure explains as much, and the page
does not settle which it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from gouji.inference.assembly.answered import agreeing, with_answers
from gouji.inference.assembly.doubts.raised_in_rows import ADDS_UP_ELSEWHERE, TORN
from gouji.inference.assembly.doubts.raised_in_tables import EMPTY_IN_FAILING_SUM
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings, agrees, holds, worked_out
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.readings import find_readings, with_two_joined
from gouji.inference.assembly.solver import ColumnSum, survivors
from gouji.inference.extraction import NOTHING_ANSWERED, Answers, Number


def opened(
    found: FoundTable, read: Mapping[int, LineReadings], answers: Answers = NOTHING_ANSWERED
) -> dict[int, LineReadings]:
    """The lines of a table, those open that could be read otherwise so that all sums of columns hold.

    Where none can, those are that print nothing and are in a sum that fails.

    Args:
        found: The table.
        read: Its lines' readings; looked at where the layout has shown them all.
        answers: What a person has answered: other readings must agree with it, and sums are of it.
    """
    lines = {row: agreeing(found.lines[row], line, answers) for row, line in read.items()}
    sums = [
        rule
        for rule in column_sums(found.table)
        if all(row in lines and _is_shown(lines[row]) for row in (*rule.left, *rule.right))
    ]
    summed = sorted({row for rule in sums for row in (*rule.left, *rule.right)})
    said = {row: with_answers(found.lines[row], lines[row].readings[0], answers).values for row in summed}
    failing = [rule for rule in sums if not _holds(rule, said)]
    if not failing:
        return lines
    empty = {row for rule in failing for row in (*rule.left, *rule.right) if _prints_nothing(lines[row])}
    movable = {
        row: moved
        for row in summed
        if (moved := _with_other_places(found.lines[row], lines[row], answers)).readings
        != lines[row].readings
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
        if row in movable and kept != _as_shown(movable[row], lines[row]):
            lines[row] = movable[row]._replace(shown=False).doubted(ADDS_UP_ELSEWHERE)
    return _open_rows(lines, empty)


def _open_rows(lines: Mapping[int, LineReadings], rows: Collection[int]) -> dict[int, LineReadings]:
    return {row: line.doubted(EMPTY_IN_FAILING_SUM) if row in rows else line for row, line in lines.items()}


def _prints_nothing(line: LineReadings) -> bool:
    """Whether a row's label is all that is printed of it: its numbers may be lost as well."""
    return not line.known and not line.strip.chunks


def _is_shown(line: LineReadings) -> bool:
    return line.shown and not line.doubts and not line.unsure


def _holds(rule: ColumnSum, values: Mapping[int, Sequence[Number]]) -> bool:
    return all(
        abs(sum(values[row][column] for row in rule.left) - sum(values[row][column] for row in rule.right))
        < 1e-6
        for column in range(len(values[rule.left[0]]))
    )


def _as_shown(moved: LineReadings, read: LineReadings) -> tuple[int, ...]:
    """Where the reading that the layout shows is among a line's readings; nowhere if answers discard it."""
    return tuple(i for i, reading in enumerate(moved.readings) if reading.values == read.readings[0].values)


def _with_other_places(line: Line, read: LineReadings, answers: Answers) -> LineReadings:
    """The line's reading as shown, then those that its own sums allow without regard to the layout.

    Those that answers discard are left out, and the line is as it is where that leaves none.
    """
    shown = read.readings[0]
    if read.known:
        return read
    if None not in shown.prints and holds(line.sums, shown):
        return read
    other = worked_out(line, read.strip, glued=False)
    found = {} if other.doubts & TORN else {reading.values: reading for reading in other.readings}
    for chunks in with_two_joined(read.strip.chunks) if line.sums and None not in shown.prints else ():
        found.update((r.values, r) for r in find_readings(chunks, len(line.keys), line.sums).found)
    found.pop(shown.values, None)
    readings = tuple(r for r in (shown, *found.values()) if agrees(line, r, answers))
    return read._replace(readings=readings) if readings else read
