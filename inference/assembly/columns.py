"""Which columns a table prints, and in which order: the form's lines as printed, and back.

Flow:  found table -> headers -> **columns** -> line readings -> one reading of the page

A publisher may print 总计 first, leave a column out, add one of his own, or a tool print a cell once for each
grid column that it spans; a sheet's edge may cut off the last ones. All of that is one mapping, from the
places of a row to the columns of the form. What reads rows knows printed lines alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.doubts.raised_in_tables import (
    HEADER_MISSING,
    HEADERS_UNTOLD,
    OWN_COLUMN_UNPLACED,
)
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading, common_reading
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Number

HEADERS = "headers say so"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table's block, or of its one line in a band.

    >>> form_order(3)
    Columns(printed=(0, 1, 2), because='nothing says otherwise', terms=(), cut_off=False)
    """

    printed: tuple[int | None, ...]  # the form's column at each place; None: of the publisher's own
    because: str
    terms: tuple[int, ...] = ()  # the places that the publisher's own column adds up, if that shows
    cut_off: bool = False  # the sheet's edge cuts off the columns behind them


def form_order(width: int, because: str = "nothing says otherwise") -> Columns:
    """The form's own columns in its order."""
    return Columns(tuple(range(width)), because)


def before_edge(width: int) -> Columns:
    """The form's first columns, behind which a sheet ends."""
    return replace(form_order(width, "the sheet's edge cuts off the others"), cut_off=True)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a block of a table prints, and the rows of it whose numbers may as well be other columns'."""

    columns: Columns
    open: frozenset[int] = frozenset()
    doubt: Doubt = HEADERS_UNTOLD
    headed: bool = False  # each column of the form has its own header, and any other that stands there


def without_header(width: int, rows: Iterable[int]) -> Choice:
    """The form's own columns, some rows open: another may stand in the stead of one that has no header."""
    return Choice(form_order(width), frozenset(rows), HEADER_MISSING)


def printed_line(line: Line, columns: Columns) -> Line:
    """A line of the form as it is printed; a place without a key is none of the form's.

    Sums over columns that are not printed are gone; what a column of the publisher's own adds up is one more.
    """
    if columns.printed == tuple(range(len(line.keys))) and not (columns.terms or columns.cut_off):
        return line
    places: dict[int, int] = {}
    for place, column in enumerate(columns.printed):
        if column is not None:
            places.setdefault(column, place)
    sums = [
        Sum(tuple(places[c] for c in rule.left), tuple(places[c] for c in rule.right))
        for rule in line.sums
        if places.keys() >= {*rule.left, *rule.right}
    ]
    if columns.terms:
        sums.append(Sum(columns.terms, (columns.printed.index(None),)))
    keys = [""] * len(columns.printed)
    for column, place in places.items():
        keys[place] = line.keys[column]
    return replace(line, keys=tuple(keys), sums=tuple(sums), cut_off=line.cut_off or columns.cut_off)


def without_own(
    found: FoundTable, read: Mapping[int, LineReadings]
) -> tuple[FoundTable, dict[int, LineReadings]]:
    """A table's printed lines and their readings, less the places that are none of the form's."""
    if all(all(line.keys) for line in found.lines):
        return found, dict(read)
    kept = [tuple(place for place, key in enumerate(line.keys) if key) for line in found.lines]
    form = [Columns(own, "the others are none of the form's") for own in kept]
    lines = tuple(printed_line(line, columns) for line, columns in zip(found.lines, form, strict=True))
    narrow = {
        index: _readings_at(one, found.lines[index], kept[index], told=found.headed)
        if len(kept[index]) < len(found.lines[index].keys)
        else one
        for index, one in read.items()
    }
    return replace(found, lines=lines), narrow


def _readings_at(read: LineReadings, line: Line, kept: Sequence[int], *, told: bool) -> LineReadings:
    """The readings of a line at some places alone; what sums told of these, and no headers, is not shown."""
    found: dict[tuple[Number, ...], Reading] = {}
    for reading in read.readings:
        own = Reading(at(reading.values, kept), at(reading.prints, kept))
        found[own.values] = common_reading(found[own.values], own) if own.values in found else own
    totals = {column for rule in line.sums for column in rule.right}
    before = [place for place, key in enumerate(line.keys) if not key and place < max(totals, default=0)]
    if not read.shown and any(one.prints[place] is None for one in read.readings for place in before):
        # What is read as the total may as well be the own column's number, before a total that is blank.
        whole = len(read.strip.chunks) == len(kept)
        read = read._replace(unsure=read.unsure | totals) if whole else read.doubted(OWN_COLUMN_UNPLACED)
    unsure = frozenset(new for new, old in enumerate(kept) if old in read.unsure)
    shown = read.shown and (told or not line.sums)
    return read._replace(readings=tuple(found.values()), shown=shown, unsure=unsure, together=bool(line.sums))


def at(values: Sequence[T], places: Sequence[int]) -> tuple[T, ...]:
    """What stands at some places of a row."""
    return tuple(values[place] for place in places)
