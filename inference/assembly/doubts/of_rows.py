"""What stands against each line of a table, all doubts asked of one view.

Flow:  line readings, view -> **doubts of rows** -> line readings
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.inference.assembly.doubt import NONE
from gouji.inference.assembly.doubts.catalogue import DOUBTS_OF_ROWS
from gouji.inference.assembly.doubts.view import Row, Rows, doubts_of
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip


def doubted(
    marked: MarkedPage,
    found: FoundTable,
    strips: Mapping[int, Strip],
    read: Mapping[int, LineReadings],
    *,
    glued: bool,
) -> dict[int, LineReadings]:
    """The lines of a table with all that stands against them.

    Args:
        marked: The page with its tokens and their tags.
        found: The table, with what stands against its lines whatever they print.
        strips: What is read of each line.
        read: How it reads.
        glued: Whether nothing stands between the table's cells.
    """
    rows = {index: Row(index, found.lines[index], strips[index], line) for index, line in read.items()}
    known = {index for index, line in read.items() if line.known}
    doubts = doubts_of(Rows(marked, found, rows, glued), DOUBTS_OF_ROWS, known)
    return {
        index: line.doubted(*found.doubts.get(index, NONE), *doubts.get(index, NONE))
        for index, line in read.items()
    }
