"""Whether a table's layout alone proves where its numbers belong, whatever their sums say.

Flow:  line readings -> **layout proof** -> one reading of the page -> checks

Every column has its label, every row of the form but one or two stands there, and each prints as many cells
as there are columns, blanks told, with nothing over: 25 rows of seven numbers, or fifteen numbers under
fifteen labels. Then a sum that fails is the publisher's, and print stands. One row that needs an excuse, and
the layout proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.strips import Seen, Strip

_LACKING = 0.1  # of a form's rows, which publishers leave out
_RESTS = frozenset((Seen.PAGE_MARK, Seen.LABEL_AGAIN))


def is_whole(found: FoundTable, rows: Sized) -> bool:
    """Whether every column of a table has its label, no row is in doubt, and few are lacking."""
    doubted = found.disordered or found.doubts or not found.headed
    return not doubted and len(rows) >= len(found.lines) * (1 - _LACKING)


def has_rest(strip: Strip) -> bool:
    """Whether something beside a row's numbers may be one of them."""
    beside = strip.page_marks or strip.interrupted or not strip.seen.isdisjoint(_RESTS)
    return bool(beside) or any(chunk.tagged for chunk in strip.strays)


def prints_every_cell(found: FoundTable, strips: Mapping[int, Strip]) -> bool:
    """Whether every row of a table prints as many numbers or marks as it has cells: none is another thing."""
    return is_whole(found, strips) and all(
        len(strip.chunks) == len(found.lines[index].keys) and not has_rest(strip)
        for index, strip in strips.items()
    )


def proves_places(found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    """Whether its layout explains each line of a table without a rest, before any is doubted for its sums."""
    return is_whole(found, read) and all(
        line.shown and not line.is_open and not line.unsure and not has_rest(line.strip)
        for line in read.values()
    )
