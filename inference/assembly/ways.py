"""The way in which one printed line is read: the plainest that its layout allows.

Flow:  strips, parting -> **ways** -> line readings

Known cells come first, then a number for every column, then the blanks that the layout shows; only where
nothing shows them is worked out how the numbers can stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from gouji.inference.assembly.edge_column import at_edge
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import LineReadings, over_lines, plain, with_blanks, worked_out
from gouji.inference.assembly.near_readings import with_near
from gouji.inference.assembly.parting import Parting, parting_of
from gouji.inference.assembly.search import TABLE_EFFORT, Effort
from gouji.inference.assembly.strips import Strip
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Ways:
    """What is known of a table when its lines are read, and the effort that is left for all of them."""

    page: Page
    found: FoundTable
    parting: Parting
    dealt: frozenset[int]  # lines whose numbers were dealt to them
    effort: Effort

    def read(self, index: int, strip: Strip, printed: Strip) -> LineReadings:
        """The readings of a line.

        Args:
            index: Of the line.
            strip: What is read.
            printed: The same with the numbers that the tagger calls no values.
        """
        line, told = self.found.lines[index], self.parting
        before = told.padded.get(index)
        seen_empty = not strip.chunks and index in told.proved and index in told.blanks
        read = (
            in_cells(self.page, len(line.keys), printed, cut_off=line.cut_off, before=before)
            or over_lines(line, strip)
            or (self._in_shown_places(index, strip) if seen_empty else None)
            or plain(line, strip, shown=index not in self.dealt, glued=told.glued)
            or self._in_shown_places(index, strip)
            or worked_out(line, strip, told.glued, self.effort)
        )
        read = read if read.known or told.every_cell else with_near(line, strip, read, told.glued)
        return read._replace(strip=printed)

    def _in_shown_places(self, index: int, strip: Strip) -> LineReadings | None:
        """The readings of a line by the empty cells that are told of it; None where none are."""
        line, told = self.found.lines[index], self.parting
        if told.edge is not None and index in told.edge.rows:
            return at_edge(strip, told.edge.place)
        if index not in told.blanks or strip.page_marks:
            return None
        proved = index in told.proved
        own = replace(line, sums=()) if proved else line
        found = with_blanks(own, strip, told.blanks[index], told.glued, self.effort)
        return found._replace(known=True) if found is not None and proved else found


def ways_of(page: Page, found: FoundTable, strips: Mapping[int, Strip], dealt: frozenset[int]) -> Ways:
    """The ways to read the lines of a table, with the effort that one table may take."""
    return Ways(page, found, parting_of(page, found, strips), dealt, Effort(TABLE_EFFORT))
