"""Places that nothing but a row's own sums tells, on a page whose publisher breaks such sums.

Flow:  line readings -> **sums alone** -> one reading of the page

No column binds the rows of a band. Where it lost blanks, its sums say which cells are empty; a publisher who
leaves totals blank, or prints others, in another table may do so there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouji.inference.assembly.doubts.columns import most_rows_fail
from gouji.inference.assembly.doubts.raised_in_rows import NO_READING
from gouji.inference.assembly.doubts.raised_in_tables import SUMS_BROKEN_ELSEWHERE
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import Line

_SEVERAL = 3  # rows; in one or two a number may be lost
_BROKEN = frozenset((NO_READING, most_rows_fail.doubt))


def doubted_by_others(
    tables: Iterable[FoundTable], lines: Mapping[str, Mapping[int, LineReadings]]
) -> dict[str, dict[int, LineReadings]]:
    """The lines of a page's tables, by id: open those that their sums alone explain, if others are broken."""
    breaking = {id_ for id_, own in lines.items() if _breaks_sums(own)}
    doubted = {id_: dict(own) for id_, own in lines.items()}
    for found in (found for found in tables if breaking - {found.table.id}):
        own = doubted[found.table.id]
        resting = [index for index, line in own.items() if _rests_on_sums(found.lines[index], line)]
        own.update((index, own[index].doubted(SUMS_BROKEN_ELSEWHERE)) for index in resting)
    return doubted


def _breaks_sums(read: Mapping[int, LineReadings]) -> bool:
    """Whether several rows of a table do not add up, or print no total."""
    broken = (bool(line.doubts & _BROKEN) or (line.together and bool(line.unsure)) for line in read.values())
    return sum(broken) >= _SEVERAL


def _rests_on_sums(line: Line, read: LineReadings) -> bool:
    """Whether a band's places were worked out with a sum that may be one of zeros, which proves nothing."""
    totals = [rule.right[0] for rule in line.sums]
    nought = any(not reading.values[total] for reading in read.readings for total in totals)
    return len(totals) > 1 and nought and not (read.shown or read.known)
