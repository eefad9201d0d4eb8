"""Cells whose print is not understood, or is no whole number where the form counts: open, they alone.

Flow:  line readings -> **unread cells** -> one reading of the page
"""

from __future__ import annotations

import re
from itertools import pairwise

from gouji.inference.assembly.doubts.raised_in_rows import UNREAD_PRINT
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.search import Print
from gouji.inference.assembly.strips import Chunk, Seen, Strip

_COUNT = re.compile(r"-?[0-9]*(?:\.00?)?")
_SCALES = ("亿", "万", "千", "百")


def without_unread(line: Line, read: LineReadings) -> LineReadings:
    """The line, those cells open whose print is not understood; all of it where they might be others'."""
    if read.shown and not read.known and None in read.readings[0].prints:
        read = read._replace(unsure=read.unsure | _empty_among_words(read.strip, read.readings[0]))
    if all(map(_is_plain, (*read.strip.chunks, *read.strip.strays))):
        return read
    unread = [_unread_columns(line, reading) for reading in read.readings]
    if not any(unread) and not any(chunk.unread for chunk in read.strip.chunks):
        return read
    is_torn = not read.known and Seen.BEHIND_POINTED in read.strip.seen  # the rest of one seems a cell
    is_torn = is_torn or (not read.known and _words_among_blanks(read.strip) > 1)
    if not read.shown or len(unread) != 1 or is_torn or not _may_add_up(line, read.readings[0]):
        return read.doubted(UNREAD_PRINT)
    return read._replace(unsure=read.unsure | unread[0])


def _empty_among_words(strip: Strip, reading: Reading) -> frozenset[int]:
    """The empty columns between two numbers where words stand: one may be what such a cell prints."""
    places = {place.chunk.start: column for column, place in enumerate(reading.prints) if place is not None}
    return frozenset(
        column
        for gap, (one, other) in zip(strip.gaps[1:-1], pairwise(strip.chunks), strict=True)
        if one.start in places and other.start in places and any(map(str.isalpha, gap))
        for column in range(places[one.start] + 1, places[other.start])
    )


def _words_among_blanks(strip: Strip) -> int:
    """How many words are taken for cells that blanks alone part: one may be a cell, more are other print."""
    around = zip(strip.chunks, pairwise(strip.gaps), strict=True)
    return sum(c.unread and c.is_mark and not any(gap.strip(" ") for gap in gaps) for c, gaps in around)


def _may_add_up(line: Line, reading: Reading) -> bool:
    """Whether a cell whose print is not understood may hold what its sum leaves: a count of its digits.

    `1.` does not hold the 0 that the row's other numbers leave, nor `- 2` what is below zero: it is no cell
    of the row, or the others stand elsewhere.
    """
    prints = enumerate(reading.prints)
    odd = {i: place.chunk for i, place in prints if place is not None and place.chunk.unread}
    for rule in line.sums:
        unread = [column for column in (*rule.left, *rule.right) if column in odd]
        if len(unread) == 1:
            (column,) = unread
            values = [0 if i == column else value for i, value in enumerate(reading.values)]
            rest = sum(values[i] for i in rule.right) - sum(values[i] for i in rule.left)
            left_over = rest if column in rule.left else -rest
            digits = iter(f"{left_over:g}")
            if left_over < 0 or not all(digit in digits for digit in odd[column].digits if digit.isdigit()):
                return False
    return True


def _unread_columns(line: Line, reading: Reading) -> frozenset[int]:
    """The columns whose print is not understood, or is no whole number where the form counts."""
    return frozenset(
        i
        for i, place in enumerate(reading.prints)
        if place is not None
        and (place.chunk.unread or (line.keys[i] in line.counts and not _is_count(place)))
    )


def _is_plain(chunk: Chunk) -> bool:
    """Whether a print is digits and no more, or a blank's mark."""
    return not chunk.unread and not chunk.unit and (chunk.is_mark or chunk.digits.isdigit())


def _is_count(place: Print) -> bool:
    """Whether a print is a whole number: `26`, and `26.0` as programs print it; not `1.53` nor `2万`."""
    if not place.whole:
        return "." not in place.chunk.digits
    scaled = (place.chunk.unit or "").startswith(_SCALES)
    return not scaled and _COUNT.fullmatch(place.chunk.digits) is not None
