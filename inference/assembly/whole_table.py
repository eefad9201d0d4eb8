"""Read a table whose numbers were torn from its labels: one order for all of them, which every sum proves.

Flow:  found table -> **whole table** -> one reading of the page

A flattener may print all labels and then all numbers, each row's numbers before its label, or one column
after the other. Then no row has its numbers behind its label, and yet the order of print is simple. The
hypothesis space is this. Every row of the form has its label, in the form's order; the table prints one
number or mark for each of its cells, with nothing over; the columns are in the order of their labels; and
the numbers stand in one `Order`. An order explains a table if the sums of every row and of every column
hold, and are not all of zeros; a table is read if just one reading of it is explained so.

What lies outside is not seen: a flattener that changes the order of two result rows' numbers and not that of
their labels, or of two applicant columns, leaves every sum true. Where labels and numbers alternate
irregularly, so that numbers may be out of order too, nothing is said; nor of a table without sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto

from gouji.inference.assembly.column_choice import ordered_by_headers
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings, holds, reading_of
from gouji.inference.assembly.lines import column_sums
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.row_strips import collect_all
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.wording import KEEN
from gouji.model.labels import Tag

WholeTable = tuple[FoundTable, Mapping[int, LineReadings]]  # with its columns in order, and its lines


class Order(Enum):
    """How the numbers of a whole table follow each other, and where its row labels stand among them."""

    BEHIND = auto()  # row by row, each label before, amid or behind its own row's numbers
    APART = auto()  # row by row, all labels before or behind all numbers
    BY_COLUMNS = auto()  # column by column, all labels before or behind all numbers


def in_one_order(marked: MarkedPage, found: FoundTable, passed: Sequence[Chunk]) -> WholeTable | None:
    """A table whose numbers all stand in one order, and its lines; None where none explains it, or two do.

    Its columns are in the order of their labels then. `passed`: numbers among its headings that no row has
    collected.
    """
    if not _is_whole(found):
        return None
    table = ordered_by_headers(marked, found, marked.tagged(Tag.COLUMN, found.start, found.end))
    if table is None:
        return None
    numbers = _numbers(marked, table)
    if len(numbers) != len(table.lines) * len(table.lines[0].keys) or not _are_understood(numbers, passed):
        return None
    explained: dict[tuple[object, ...], list[LineReadings]] = {}
    for order in Order:
        lines = _laid_out(table, numbers, order) if _is_shown(marked, table, numbers, order) else []
        if lines and _adds_up(table, lines):
            explained[tuple(line.readings[0].values for line in lines)] = lines
    if len(explained) != 1:
        return None
    (lines,) = explained.values()
    return replace(table, leading=None), dict(enumerate(lines))


def _is_whole(table: FoundTable) -> bool:
    """Whether every row of the form has its label, in the form's order, and no other row has one.

    The rows are all of one block, and sums bind every row and every column.
    """
    block = table.lines[0].block
    is_bound = all(line.block is block and line.sums for line in table.lines) and column_sums(table.table)
    is_labelled = not table.doubts and len(table.strips) >= len(table.lines)
    return bool(is_bound) and is_labelled and not any(strip.foreign_row for strip in table.strips.values())


def _numbers(marked: MarkedPage, table: FoundTable) -> tuple[Chunk, ...]:
    """All numbers of a table that the tagger calls values, and all marks of blanks, in reading order."""
    cells = len(table.lines) * len(table.lines[0].keys)
    values = collect_all(marked, table.start, table.end, expected=cells)
    return tuple(chunk for chunk in values if chunk.start not in table.ordinals)


def _are_understood(numbers: Sequence[Chunk], passed: Sequence[Chunk]) -> bool:
    """Whether the whole print of each cell is understood, and no number of the table stands outside of it."""
    inside = {place for chunk in numbers for place in range(chunk.start, chunk.print_end)}
    return not any(c.unread for c in numbers) and all(c.start in inside for c in passed if c.tagged)


def _is_shown(marked: MarkedPage, table: FoundTable, numbers: Sequence[Chunk], order: Order) -> bool:
    """Whether a table's labels stand among its numbers as they do in an order."""
    rows, width = len(table.lines), len(table.lines[0].keys)
    before = [_count_before(table.strips[index].label_end or 0, numbers) for index in range(rows)]
    if order is Order.BEHIND:
        return all(row * width <= count <= (row + 1) * width for row, count in enumerate(before))
    apart = set(before) in ({0}, {len(numbers)})
    return apart and (order is Order.APART or _stand_over_columns(marked, table, numbers))


def _stand_over_columns(marked: MarkedPage, table: FoundTable, numbers: Sequence[Chunk]) -> bool:
    """Whether column labels that stand among a table's numbers stand each before its own column's."""
    line = table.lines[0]
    heads = marked.tagged(Tag.COLUMN, table.start, table.end)
    named = [h for h in heads if len(line.heads.like(marked.page.text[h.start : h.end], KEEN)) == 1]
    before = [_count_before(head.start, numbers) for head in named]
    among = any(0 < count < len(numbers) for count in before)
    return not among or before == list(range(0, len(numbers), len(table.lines)))


def _count_before(place: int, numbers: Sequence[Chunk]) -> int:
    return sum(chunk.start < place for chunk in numbers)


def _laid_out(table: FoundTable, numbers: Sequence[Chunk], order: Order) -> list[LineReadings]:
    """Each row, where numbers follow each other in an order; none where one is no number.

    That order had to be worked out: no line shows its places.
    """
    rows, width = len(table.lines), len(table.lines[0].keys)
    if order is Order.BY_COLUMNS:
        parts = [numbers[row::rows] for row in range(rows)]
    else:
        parts = [numbers[row * width : (row + 1) * width] for row in range(rows)]
    lines = []
    for index, part in enumerate(parts):
        reading = reading_of(part)
        if reading is None:
            return []
        strip = replace(table.strips[index], chunks=tuple(part), gaps=(" ",) * (len(part) + 1), strays=())
        lines.append(LineReadings(strip, (reading,)))
    return lines


def _adds_up(table: FoundTable, lines: Sequence[LineReadings]) -> bool:
    """Whether the sums of every row and of every column hold, and not of zeros alone."""
    readings = [line.readings[0] for line in lines]
    columns = list(zip(*(reading.values for reading in readings), strict=True))
    return (
        any(map(any, columns))
        and all(holds(line.sums, reading) for line, reading in zip(table.lines, readings, strict=True))
        and all(rule.holds(column) for rule in column_sums(table.table) for column in columns)
    )
