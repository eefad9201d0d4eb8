"""The readings of each printed line of a table, by what its layout shows.

Flow:  strips, gaps -> **readings of a table's lines** -> one reading of the page

What the layout shows comes first: a number for every column, or every empty cell. Only where
it does not are readings worked out: blanks that vanished, digits that ran together, a column
too many, rows whose labels were lost. A line that is shown plainly has one reading, whatever
the arithmetic says of it: print wins. What stands against a line is for the doubts to say.
"""

from __future__ import annotations

from gouji.inference.assembly.dealing import with_lost_labels
from gouji.inference.assembly.doubts.of_rows import doubted
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.parting import parting_of
from gouji.inference.assembly.unread_cells import without_unread
from gouji.inference.assembly.ways import ways_of, without_untagged


def read_lines(marked: MarkedPage, found: FoundTable) -> dict[int, LineReadings]:
    """The readings of every line of a table that the page holds, by index of the line, as it is printed."""
    found, dealt = with_lost_labels(marked.page, found)
    lines, printed = found.lines, dealt.strips
    strips = {index: without_untagged(lines[index], strip) for index, strip in printed.items()}
    parting = parting_of(marked.page, found, strips)
    ways = ways_of(marked.page, parting, dealt.lines)
    read = {i: ways.read(i, lines[i], strip, printed[i]) for i, strip in strips.items()}
    all_doubted = doubted(marked, found, strips, read, glued=parting.glued)
    return {index: without_unread(lines[index], line) for index, line in all_doubted.items()}
