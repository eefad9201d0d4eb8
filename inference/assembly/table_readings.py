"""The readings of each printed line of a table, by what its layout shows.

Flow:  strips, gaps -> **readings of a table's lines** -> one reading of the page

What the layout shows comes first: a number for every column, or every empty cell. Only where
it does not are readings worked out: blanks that vanished, digits that ran together, a column
too many, rows whose labels were lost. A line that is shown plainly has one reading, whatever
the arithmetic says of it: print wins. What stands against a line is for the doubts to say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.inference.assembly.dealing import Dealt, with_lost_labels
from gouji.inference.assembly.doubts.catalogue import DOUBTS_OF_ROWS
from gouji.inference.assembly.doubts.raised_in_rows import UNREAD_PRINT
from gouji.inference.assembly.doubts.raised_in_tables import UNLABELLED_NUMBERS
from gouji.inference.assembly.doubts.view import Row, Rows, doubts_of
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.layout_proof import prints_every_cell
from gouji.inference.assembly.line_readings import (
    LineReadings,
    holds,
    over_lines,
    plain,
    worked_out,
)
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.near_readings import with_near
from gouji.inference.assembly.parting import parting_of
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.search import TABLE_EFFORT, Effort, Print
from gouji.inference.assembly.strips import Strip

_COUNT = re.compile(r"-?[0-9]*(?:\.00?)?")
_SCALES = ("亿", "万", "千", "百")


def read_lines(marked: MarkedPage, found: FoundTable) -> dict[int, LineReadings]:
    """The readings of every line of a table that the page holds, by index of the line, as it is printed."""
    dealt = with_lost_labels(found)
    return _read_lines(marked, found.doubted(dealt.open, UNLABELLED_NUMBERS), dealt)


def _read_lines(marked: MarkedPage, found: FoundTable, dealt: Dealt) -> dict[int, LineReadings]:
    kept = {index: _without_untagged(found.lines[index], strip) for index, strip in dealt.strips.items()}
    cells = parting_of(marked.page, found, kept)
    whole = prints_every_cell(found, kept)
    effort = Effort(TABLE_EFFORT)
    rows = {}
    for index, strip in kept.items():
        line = found.lines[index]
        read = (
            in_cells(marked.page, len(line.keys), dealt.strips[index], cut_off=line.cut_off)
            or over_lines(line, strip)
            or plain(line, strip, shown=index not in dealt.lines, glued=cells.glued)
            or cells.read(line, index, strip, effort)
            or worked_out(line, strip, cells.glued, effort)
        )
        read = read if read.known or whole else with_near(line, strip, read, cells.glued)
        rows[index] = Row(index, line, strip, replace(read, strip=dealt.strips[index]))
    known = {index for index, row in rows.items() if row.read.known}
    doubts = doubts_of(Rows(marked, found, rows, cells.glued), DOUBTS_OF_ROWS, known)
    return {
        index: _without_unread(
            row.line, row.read.doubted(*found.doubts.get(index, ()), *doubts.get(index, ()))
        )
        for index, row in rows.items()
    }


def _without_unread(line: Line, read: LineReadings) -> LineReadings:
    """The line, those cells open whose print is not understood; all of it where they might be others'."""
    unread = [_unread_columns(line, reading) for reading in read.readings]
    if not any(unread) and not any(chunk.unread for chunk in read.strip.chunks):
        return read
    if not read.shown or len(unread) != 1:
        return read.doubted(UNREAD_PRINT)
    return replace(read, unsure=read.unsure | unread[0])


def _unread_columns(line: Line, reading: Reading) -> frozenset[int]:
    """The columns whose print is not understood, or is no whole number where the form counts."""
    printed = [(i, place) for i, place in enumerate(reading.prints) if place is not None]
    return frozenset(
        i
        for i, place in printed
        if place.chunk.unread or (line.keys[i] in line.counts and not _is_count(place))
    )


def _is_count(place: Print) -> bool:
    """Whether a print is a whole number: `26`, and `26.0` as programs print it; not `1.53` nor `2万`."""
    if not place.whole:
        return "." not in place.chunk.digits
    scaled = (place.chunk.unit or "").startswith(_SCALES)
    return not scaled and _COUNT.fullmatch(place.chunk.digits) is not None


def _without_untagged(line: Line, strip: Strip) -> Strip:
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
