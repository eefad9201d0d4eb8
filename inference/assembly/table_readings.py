"""The readings of each printed line of a table, by what its layout shows.

Flow:  strips, gaps -> **readings of a table's lines** -> one reading of the page

What the layout shows comes first: a number for every column, or every empty cell. Only where
it does not are readings worked out: blanks that vanished, digits that ran together, a column
too many, rows whose labels were lost. A line that is shown plainly has one reading, whatever
the arithmetic says of it: print wins. What stands against a line is for the doubts to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from gouji.inference.assembly.added_column import added_column, narrowed, widened
from gouji.inference.assembly.cells_shown import blanks_shown, is_glued, places_shown
from gouji.inference.assembly.dealing import UNLABELLED_NUMBERS, Dealt, with_lost_labels
from gouji.inference.assembly.doubt import Doubt, Family
from gouji.inference.assembly.doubts.catalogue import DOUBTS_OF_ROWS
from gouji.inference.assembly.doubts.view import Row, Rows, doubts_of
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import named_columns, under_heads
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.layout_proof import prints_every_cell
from gouji.inference.assembly.line_readings import (
    LineReadings,
    at_places,
    holds,
    over_lines,
    plain,
    with_blanks,
    worked_out,
)
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.near_readings import with_near
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.search import TABLE_EFFORT, Effort, Print
from gouji.inference.assembly.strips import Strip
from gouji.inference.why import Why

WIDER_THAN_FORM = Doubt(
    "wider_than_form",
    Family.COLUMNS,
    Why.HEADER_UNSURE,
    "A column of the publisher's own is named above the table, and the row does not show which it is.",
)
UNREAD_PRINT = Doubt(
    "unread_print",
    Family.ROLE,
    Why.UNREAD_PRINT,
    "What stands beside a number in its cell is not understood, and may be another cell's.",
)

_COUNT = re.compile(r"-?[0-9]*(?:\.00?)?")
_SCALES = ("亿", "万", "千", "百")


def read_lines(marked: MarkedPage, found: FoundTable) -> dict[int, LineReadings]:
    """The readings of every line of a table that the page holds, by index of the line."""
    dealt = with_lost_labels(found)
    found = found.doubted(dealt.open, UNLABELLED_NUMBERS)
    added = found.added or added_column(marked.page, found.lines, dealt.strips)
    if added is None:
        read = _read_lines(marked, found, dealt)
        return _wider(found, read) if _names_another(marked, found) else read
    wide = {i for i, line in enumerate(found.lines) if line.sums or found.added}
    lines = tuple(widened(line, added) if i in wide else line for i, line in enumerate(found.lines))
    read = _read_lines(marked, replace(found, lines=lines), dealt)
    return {i: narrowed(line, added) if i in wide else line for i, line in read.items()}


def _names_another(marked: MarkedPage, found: FoundTable) -> bool:
    """Whether a column of the publisher's own is named above a table."""
    first = found.lines[min(found.strips)] if found.strips else None
    return first is not None and max(named_columns(marked, found), default=0) >= len(first.block.columns)


def _wider(found: FoundTable, read: Mapping[int, LineReadings]) -> dict[int, LineReadings]:
    """The lines of a table that is wider than its form: those with no number too many are open."""
    wider = {}
    for index, one in read.items():
        line = found.lines[index]
        full = one.shown or len(one.strip.chunks) > len(line.keys)
        says = any(  # of zeros it is the same whatever the width
            any(reading.values) for reading in one.readings
        )
        wider[index] = one.doubted(WIDER_THAN_FORM) if line.sums and says and not full else one
    return wider


def _read_lines(marked: MarkedPage, found: FoundTable, dealt: Dealt) -> dict[int, LineReadings]:
    kept = {index: _without_untagged(found.lines[index], strip) for index, strip in dealt.strips.items()}
    blanks = blanks_shown(marked, found, kept)
    places = {} if blanks else places_shown(marked, found, kept)
    glued = is_glued(found, kept)
    whole = prints_every_cell(marked, found, kept)
    effort = Effort(TABLE_EFFORT)
    rows = {}
    for index, strip in kept.items():
        line = found.lines[index]
        headed = None if glued else under_heads(marked, found, index, strip)
        read = (
            in_cells(marked.page, len(line.keys), dealt.strips[index], cut_off=line.cut_off)
            or headed
            or over_lines(line, strip)
            or plain(line, strip, shown=index not in dealt.lines, glued=glued)
            or (
                with_blanks(line, strip, blanks[index], glued, effort)
                if index in blanks and not strip.page_marks
                else None
            )
            or (at_places(line, strip, places[index]) if index in places else None)
            or worked_out(line, strip, glued, effort)
        )
        read = read if read.known or whole else with_near(line, strip, read, glued)
        rows[index] = Row(index, line, strip, replace(read, strip=dealt.strips[index]), headed is not None)
    known = {index for index, row in rows.items() if row.read.known}
    doubts = doubts_of(Rows(marked, found, rows, glued), DOUBTS_OF_ROWS, known)
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
