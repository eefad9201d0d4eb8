"""A column at a table's edge that some rows leave blank and a tool dropped: the sums of all others tell.

Flow:  strips -> **edge column** -> what parts the cells -> line readings

Where a publisher prints no totals of some rows, and nothing is left of their cells, these rows print one
number too few, and no place of a blank makes their own sums true. If every other column adds up with the
blanks at one edge, all places are told. No row can have lost a blank elsewhere instead: its numbers would
move towards that edge, and the first column from which one moves would add up to less, which no other row
makes good. Whether the cell at the edge was blank or its number was lost, nothing tells.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.layout_proof import has_rest, is_whole
from gouji.inference.assembly.line_readings import LineReadings, holds, reading_of
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.assembly.sums import Sum


class EdgeColumn(NamedTuple):
    """A column of which some rows print nothing."""

    place: int  # the first or the last of the printed line
    rows: frozenset[int]


def edge_column(found: FoundTable, strips: Mapping[int, Strip]) -> EdgeColumn | None:
    """The column that some rows of a table leave out; None where the sums do not tell which it is.

    Args:
        found: The table.
        strips: What is read of each line.
    """
    width, sums = len(found.lines[0].keys), column_sums(found.table)
    short = frozenset(index for index, strip in strips.items() if len(strip.chunks) == width - 1)
    every_row = is_whole(found, strips) and len(strips) == len(found.lines)
    if not short or not every_row or not _are_told(short, sums):
        return None
    if not all(_is_plain(found.lines[i], strip, told=i not in short) for i, strip in strips.items()):
        return None
    explained = [place for place in (0, width - 1) if _adds_up(strips, short, place, sums)]
    return EdgeColumn(explained[0], short) if len(explained) == 1 else None


def at_edge(strip: Strip, place: int) -> LineReadings | None:
    """A row that prints nothing at one edge, which all rows together tell."""
    reading = reading_of(_with_blank(strip, place))
    if reading is None:
        return None
    return LineReadings(strip, (reading,), shown=True, unsure=frozenset((place,)), together=True)


def _are_told(short: frozenset[int], sums: Collection[Sum]) -> bool:
    """Whether each row that is short is added up with no other on the other side of a sum.

    On both sides of it two rows might make good what each lacks.
    """
    one_sided = [rule for rule in sums if short.isdisjoint(rule.left) or short.isdisjoint(rule.right)]
    return bool(one_sided) and short <= {row for rule in one_sided for row in (*rule.left, *rule.right)}


def _is_plain(line: Line, strip: Strip, *, told: bool) -> bool:
    """Whether a row prints counts alone, without a rest: as many as it has cells and true, or one fewer.

    A full row whose sum fails may have a page's number for the cell that it lacks.
    """
    if has_rest(strip) or any(c.unread or c.near or c.digits.startswith("-") for c in strip.chunks):
        return False
    if not (line.sums and all(line.keys)):
        return False
    if not told:
        return len(strip.chunks) == len(line.keys) - 1
    reading = reading_of(strip.chunks) if len(strip.chunks) == len(line.keys) else None
    return reading is not None and holds(line.sums, reading)


def _adds_up(strips: Mapping[int, Strip], short: Collection[int], place: int, sums: Collection[Sum]) -> bool:
    """Whether every column but the one at a place adds up where the rows that are short are blank there."""
    rows = {i: reading_of(_with_blank(s, place) if i in short else s.chunks) for i, s in strips.items()}
    values = [reading.values for _, reading in sorted(rows.items()) if reading is not None]
    if len(values) < len(rows):
        return False
    columns = [column for i, column in enumerate(zip(*values, strict=True)) if i != place]
    return all(rule.holds(column) for rule in sums for column in columns)


def _with_blank(strip: Strip, place: int) -> list[Chunk | None]:
    return [*strip.chunks[:place], None, *strip.chunks[place:]]
