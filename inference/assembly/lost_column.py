"""A column that the page leaves out: its label is not there, nor a number for it in any row.

Flow:  tables -> **tables without the column** -> rows -> one reading of the page

The labels say which column is gone, the sums of the others that the rest stands in its place, and
the row totals that it was there: its cells are missing, and what they must be can be derived.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import reading_of
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.wording import KEEN
from gouji.inference.extraction import Number

Rows = Mapping[int, Sequence[Number]]  # by index of the line, the printed values


def without_lost_column(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table with lines of the columns that the page has; the same one where it has all of them."""
    lines = [found.lines[index] for index in found.strips]
    if found.table.printed == "band" or not all(line.sums for line in lines):
        return found
    rows: dict[int, Sequence[Number]] = {}
    for index, strip in found.strips.items():
        reading = reading_of(strip.chunks)
        if reading is None or len(reading.values) != len(found.lines[index].keys) - 1:
            return found
        rows[index] = reading.values
    place = _without_label(marked, found)
    if place is None or not _columns_hold(found, rows):
        return found
    if any(_lost_value(found.lines[index], values, place) < 0 for index, values in rows.items()):
        return found
    kept = tuple(
        replace(line, keys=(*line.keys[:place], *line.keys[place + 1 :]), sums=()) for line in found.lines
    )
    return replace(found, lines=kept)


def _without_label(marked: MarkedPage, found: FoundTable) -> int | None:
    """The one column whose label does not stand above the table."""
    first = min(found.strips)
    line = found.lines[first]
    heads = [marked.page.text[head.start : head.end] for head in found.heads[first]]
    pairs = [a + b for a, b in pairwise(heads)]  # a label may be printed in two pieces
    named = {
        column for label in (*heads, *pairs) for column, score in line.heads.matches(label) if score >= KEEN
    }
    unnamed = set(range(len(line.keys))) - named
    return unnamed.pop() if len(unnamed) == 1 else None


def _columns_hold(found: FoundTable, rows: Rows) -> bool:
    """Whether every sum over rows that are all there holds, in every printed column, and there is one."""
    rules = [
        rule for rule in column_sums(found.table) if all(row in rows for row in (*rule.left, *rule.right))
    ]
    for rule in rules:
        left, right = (
            map(sum, zip(*(rows[row] for row in side), strict=True)) for side in (rule.left, rule.right)
        )
        if any(abs(a - b) > 1e-6 for a, b in zip(left, right, strict=True)):
            return False
    return bool(rules)


def _lost_value(line: Line, values: Sequence[Number], place: int) -> Number:
    """What the row's sums say that the lost column held; 0 where it is their total."""
    least: Number = 0
    for rule in line.sums:
        known = {
            column: values[column - (column > place)]
            for column in (*rule.left, *rule.right)
            if column != place
        }
        if place in rule.left:
            rest = sum(known[column] for column in rule.left if column != place)
            least = min(least, sum(known[column] for column in rule.right) - rest)
    return least
