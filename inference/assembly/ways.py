"""The way in which one printed line is read: the plainest that its layout allows.

Flow:  strips, parting -> **ways** -> line readings

Known cells come first, then a number for every column, then the blanks that the layout shows; only where
nothing shows them is worked out how the numbers can stand.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gouji.inference.assembly.edge_column import at_edge
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import (
    LineReadings,
    holds,
    over_lines,
    plain,
    with_blanks,
    worked_out,
)
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.near_readings import with_near
from gouji.inference.assembly.parting import Parting
from gouji.inference.assembly.search import TABLE_EFFORT, Effort
from gouji.inference.assembly.strips import Strip
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Ways:
    """What is known of a table when its lines are read, and the effort that is left for all of them."""

    page: Page
    parting: Parting
    dealt: frozenset[int]  # lines whose numbers were dealt to them
    effort: Effort

    def read(self, index: int, line: Line, strip: Strip, printed: Strip) -> LineReadings:
        """The readings of a line.

        Args:
            index: Of the line.
            line: Its cells and their sums.
            strip: What is read.
            printed: The same with the numbers that the tagger calls no values.
        """
        glued = self.parting.glued
        read = (
            in_cells(
                self.page,
                len(line.keys),
                printed,
                cut_off=line.cut_off,
                before=self.parting.padded.get(index),
            )
            or over_lines(line, strip)
            or (self._in_shown_places(index, line, strip) if self._is_seen_empty(index, strip) else None)
            or plain(line, strip, shown=index not in self.dealt, glued=glued)
            or self._in_shown_places(index, line, strip)
            or worked_out(line, strip, glued, self.effort)
        )
        read = read if read.known or self.parting.every_cell else with_near(line, strip, read, glued)
        return read._replace(strip=printed)

    def _is_seen_empty(self, index: int, strip: Strip) -> bool:
        """Whether a row prints nothing, and its empty cells are told without a rest."""
        return not strip.chunks and index in self.parting.proved and index in self.parting.blanks

    def _in_shown_places(self, index: int, line: Line, strip: Strip) -> LineReadings | None:
        """The readings of a line by the empty cells that are told of it; None where none are."""
        told = self.parting
        if told.edge is not None and index in told.edge.rows:
            return at_edge(strip, told.edge.place)
        if index not in told.blanks or strip.page_marks:
            return None
        proved = index in told.proved
        own = replace(line, sums=()) if proved else line
        found = with_blanks(own, strip, told.blanks[index], told.glued, self.effort)
        return found._replace(known=True) if found is not None and proved else found


def ways_of(page: Page, parting: Parting, dealt: frozenset[int]) -> Ways:
    """The ways to read the lines of a table, with the effort that one table may take."""
    return Ways(page, parting, dealt, Effort(TABLE_EFFORT))


def without_untagged(line: Line, strip: Strip) -> Strip:
    """The strip without numbers that the tagger calls no value, where the row is whole without them."""
    tagged = [i for i, chunk in enumerate(strip.chunks) if chunk.tagged]
    if len(tagged) == len(strip.chunks) or len(tagged) != len(line.keys):
        return strip
    chunks = tuple(strip.chunks[i] for i in tagged)
    gaps = (*(strip.gaps[i] for i in tagged), strip.gaps[-1])
    whole = replace(strip, chunks=chunks, gaps=gaps)
    answer = plain(line, whole, shown=True)
    if answer is None or not line.sums or not holds(line.sums, answer.readings[0]):
        return strip
    return whole
