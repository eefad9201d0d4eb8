"""The readings of the lines of all of a page's tables, in the columns that each prints.

Flow:  found tables -> columns -> a table's readings -> **readings of all lines of a page** -> page read

A table is read for itself; then what one says of its publisher's sums is held against the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.columns import without_own
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.sums_alone import doubted_by_others
from gouji.inference.assembly.table_readings import read_lines


def readings_of(
    marked: MarkedPage, tables: Iterable[FoundTable], off: Collection[str]
) -> tuple[list[FoundTable], Mapping[str, Mapping[int, LineReadings]]]:
    """The tables with their columns as they are printed, and the readings of their lines, by table id."""
    printed = (in_columns(marked, found).less(off) for found in tables)
    read = [without_own(found, read_lines(marked, found)) for found in printed]
    found_tables = [found for found, _ in read]
    lines = doubted_by_others(found_tables, {found.table.id: own for found, own in read})
    return found_tables, {
        id_: {index: line.less(off) for index, line in own.items()} for id_, own in lines.items()
    }
