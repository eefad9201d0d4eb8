"""Print that contradicts itself: whether it stands, or a wrong place is as likely a cause.

Flow:  line readings -> **contradictions** -> one reading of the page -> checks

Publishers break their own sums, and then print stands. But where the same numbers in other cells
of their rows satisfy every sum, a lost blank or a parted figure explains as much, and the page
does not settle which it was.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.inference.assembly.answered import agreeing, with_answers
from gouji.inference.assembly.doubts.raised_in_rows import ADDS_UP_ELSEWHERE, EMPTY_IN_FAILING_SUM, TORN
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.layout_proof import proves_places
from gouji.inference.assembly.line_readings import LineReadings, agrees, holds, worked_out
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.readings import find_readings, with_two_joined
from gouji.inference.assembly.solver import among, survivors
from gouji.inference.extraction import Answers


def opened(found: FoundTable, read: Mapping[int, LineReadings], answers: Answers) -> dict[int, LineReadings]:
    """The lines of a table, those open that could be read otherwise so that all sums of columns hold.

    Where none can, those are that print nothing and are in a sum that fails.

    Args:
        found: The table.
        read: Its lines' readings; looked at where the layout has shown them all.
        answers: What a person has answered: other readings must agree with it, and sums are of it.
    """
    lines = dict(read)
    if answers:
        lines = {row: agreeing(found.lines[row], line, answers) for row, line in read.items()}
    shown = {row for row, line in lines.items() if line.shown and not line.doubts and not line.unsure}
    sums = [rule for rule in column_sums(found.table) if shown.issuperset(rule.indices)]
    summed = sorted({row for rule in sums for row in rule.indices})
    said = [with_answers(found.lines[row], lines[row].readings[0], answers).values for row in summed]
    columns = [dict(zip(summed, column, strict=True)) for column in zip(*said, strict=True)]
    failing = [rule for rule in sums if not all(map(rule.holds, columns))]
    if not failing or proves_places(found, lines):
        return lines
    # Of a row of which nothing but its label is printed the numbers may be lost.
    summing = {row for rule in failing for row in rule.indices}
    empty = {row for row in summing if not lines[row].known and not lines[row].strip.chunks}
    moved = {row: _with_other_places(found.lines[row], lines[row], answers) for row in summed}
    movable = {row for row in summed if moved[row].readings != lines[row].readings}
    if movable:
        readings = [[reading.values for reading in line.readings] for line in moved.values()]
        left = survivors(readings, among(summed, sums))
        for row, kept in zip(summed, left.rows, strict=True):
            values = [moved[row].readings[i].values for i in kept]
            if left.consistent and row in movable and values != [lines[row].readings[0].values]:
                lines[row] = moved[row]._replace(shown=False).doubted(ADDS_UP_ELSEWHERE)
    return {row: line.doubted(EMPTY_IN_FAILING_SUM) if row in empty else line for row, line in lines.items()}


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
