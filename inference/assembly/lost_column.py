"""A column that the page leaves out: its label is not there, nor a number for it in any row.

Flow:  tables -> **tables without the column** -> rows -> one reading of the page

The labels say which column is gone, the sums of the others that the rest stands in its place, and
the row totals that it was there: its cells are missing, and what they must be can be derived. A
column of the publisher's own may stand among the rest, where it adds up those before it in every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gouji.inference.assembly.added_column import AddedColumn, terms_of, without
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import named_columns
from gouji.inference.assembly.line_readings import reading_of
from gouji.inference.assembly.lines import Line, column_sums
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.extraction import Number

Rows = Mapping[int, Sequence[Number]]  # by index of the line, the printed values


def without_lost_column(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table with lines of the columns that the page has; the same one where it has all of them."""
    lines = [found.lines[index] for index in found.strips]
    rows = _printed_rows(found)
    if found.table.printed == "band" or not rows or not all(line.sums for line in lines):
        return found
    columns = len(lines[0].keys)
    named = named_columns(marked, found)
    added = _added(found, rows) if max(named, default=0) >= columns else None
    if added is not None:
        rows = {index: without(values, added.place) for index, values in rows.items()}
    unnamed = set(range(columns)) - named
    if len(unnamed) != 1 or any(len(values) != columns - 1 for values in rows.values()):
        return found
    (place,) = unnamed
    lost = (_lost_value(found.lines[index], values, place) for index, values in rows.items())
    if not _columns_hold(found, rows) or min(lost) < 0:
        return found
    kept = tuple(replace(line, keys=without(line.keys, place), sums=()) for line in found.lines)
    return replace(found, lines=kept, added=added)


def _printed_rows(found: FoundTable) -> Rows:
    """Each row's numbers as they are printed; none where one cannot be read so."""
    rows: dict[int, Sequence[Number]] = {}
    for index, strip in found.strips.items():
        reading = reading_of(strip.chunks)
        if reading is None:
            return {}
        rows[index] = reading.values
    return rows


def _added(found: FoundTable, rows: Rows) -> AddedColumn | None:
    """The publisher's own column, where it stands in the lost one's stead: rows are as long as the form's."""
    if any(len(values) != len(found.lines[index].keys) for index, values in rows.items()):
        return None
    if all(rule.holds(values) for index, values in rows.items() for rule in found.lines[index].sums):
        return None
    printed = list(rows.values())
    found_at = [(place, terms) for place in range(len(printed[0])) if (terms := terms_of(printed, place))]
    return AddedColumn(*found_at[0]) if len(found_at) == 1 else None


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
