"""A column of the publisher's own, which stands in every row of a table: 法人小计.

Flow:  strips -> **lines of one cell more** -> rows -> lines of the form again

Rows that print all their numbers show it: they have one too many, and add up without that of one
same place. The table is then read as the wider one that it is, so that blanks and marks are placed
among its own columns; the added one is left out behind that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import LineReadings, holds, reading_of
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading, common_reading
from gouji.inference.assembly.search import RowSum
from gouji.inference.assembly.strips import Strip
from gouji.inference.extraction import Number
from gouji.model.page import Page

_FEWEST = 2  # rows that show it

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AddedColumn:
    """Where the column stands among the printed ones, and which of those it adds up, if that shows."""

    place: int
    terms: tuple[int, ...]


def added_column(page: Page, lines: Sequence[Line], strips: Mapping[int, Strip]) -> AddedColumn | None:
    """The column that the rows of a table have besides the form's.

    Args:
        page: The page, which may know the rows' cells.
        lines: The table's lines.
        strips: What is printed on them, by index of the line.

    Returns:
        The column; None where no row has one number too many, or they do not agree on its place.
    """
    whole = [
        (lines[index], list(reading.values))
        for index, strip in strips.items()
        if lines[index].sums and (reading := _wide_reading(page, len(lines[index].keys) + 1, strip))
    ]
    if len(whole) < _FEWEST or len({len(values) for _, values in whole}) > 1:
        return None
    fitting = {
        place: [values for line, values in whole if _holds_without(line, values, place)]
        for place in range(len(whole[0][1]))
    }
    most = max(map(len, fitting.values()))
    if most < _FEWEST or most * 2 <= len(whole):
        return None
    found = [
        AddedColumn(place, terms_of(rows, place)) for place, rows in fitting.items() if len(rows) == most
    ]
    summing = [column for column in found if column.terms]
    if len(summing) == 1:
        return summing[0]
    printed = sum(bool(strip.chunks) for strip in strips.values())
    return found[0] if len(found) == 1 and most * 2 > printed else None


def widened(line: Line, added: AddedColumn) -> Line:
    """The line with the added column among its own."""
    place = added.place
    sums = [RowSum(_moved(rule.left, place), _moved(rule.right, place)) for rule in line.sums]
    if added.terms:
        sums.append(RowSum(added.terms, (place,)))
    return replace(line, keys=(*line.keys[:place], "", *line.keys[place:]), sums=tuple(sums))


def narrowed(read: LineReadings, added: AddedColumn) -> LineReadings:
    """The readings of a widened line without the added column."""
    place = added.place
    found: dict[tuple[Number, ...], Reading] = {}
    for reading in read.readings:
        values = without(reading.values, place)
        own = Reading(values, without(reading.prints, place))
        found[values] = common_reading(found[values], own) if values in found else own
    unsure = frozenset(column - (column > place) for column in read.unsure if column != place)
    return replace(read, readings=tuple(found.values()), shown=False, unsure=unsure)


def terms_of(rows: Sequence[Sequence[Number]], place: int) -> tuple[int, ...]:
    """The columns right before the added one that it adds up in every row, if it is just those."""
    if sum(bool(values[place]) for values in rows) < _FEWEST:
        return ()
    first = [
        start
        for start in range(place - 1)
        if all(abs(sum(values[start:place]) - values[place]) < 1e-6 for values in rows)
    ]
    return tuple(range(first[0], place)) if len(first) == 1 else ()


def without(values: Sequence[T], place: int) -> tuple[T, ...]:
    """What stands in a row, but for one column."""
    return (*values[:place], *values[place + 1 :])


def _wide_reading(page: Page, columns: int, strip: Strip) -> Reading | None:
    """The row with a number, or an empty cell that the file knows, in each of so many columns."""
    known = in_cells(page, columns, strip)
    if known is not None:
        return known.readings[0] if known.known and not known.unsure else None
    return reading_of(strip.chunks) if len(strip.chunks) == columns else None


def _holds_without(line: Line, values: Sequence[Number], place: int) -> bool:
    rest = without(values, place)
    return holds(line.sums, Reading(rest, (None,) * len(rest)))


def _moved(columns: Sequence[int], place: int) -> tuple[int, ...]:
    return tuple(column + (column >= place) for column in columns)
