"""The readings of each printed line of a table, by what its layout shows.

Flow:  strips, gaps -> **readings of a table's lines** -> one reading of the page

What the layout shows comes first: a number for every column, or every empty cell. Only where
it does not are readings worked out: blanks that vanished, digits that ran together, a column
too many, rows whose labels were lost. A line that is shown plainly has one reading, whatever
the arithmetic says of it: print wins. What stands against a line all doubts say of one view.
"""

from __future__ import annotations

from gouji.inference.assembly.dealing import with_lost_labels, without_untagged
from gouji.inference.assembly.doubts.catalogue import DOUBTS_OF_ROWS
from gouji.inference.assembly.doubts.view import Row, Rows, doubts_of
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.unread_cells import without_unread
from gouji.inference.assembly.ways import ways_of


def read_lines(marked: MarkedPage, found: FoundTable) -> dict[int, LineReadings]:
    """The readings of every line of a table that the page holds, by index of the line, as it is printed."""
    found, dealt = with_lost_labels(marked.page, found)
    lines, printed = found.lines, dealt.strips
    strips = {index: without_untagged(lines[index], strip) for index, strip in printed.items()}
    ways = ways_of(marked.page, found, strips, dealt.lines)
    rows = {i: Row(i, lines[i], own, ways.read(i, own, printed[i])) for i, own in strips.items()}
    known = {index for index, row in rows.items() if row.read.known}
    doubts = doubts_of(Rows(marked, found, rows, ways.parting.glued), DOUBTS_OF_ROWS, known)
    doubted = {i: row.read.doubted(*found.doubts.get(i, ()), *doubts.get(i, ())) for i, row in rows.items()}
    return {index: without_unread(lines[index], line) for index, line in doubted.items()}
