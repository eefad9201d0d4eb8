"""Read the lines of a page's tables: what is left is to choose among their readings.

Flow:  found tables -> **page with readings** -> one reading of the page

Nothing here depends on what a person has answered: it is done once a page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.accounting import Passed, passed_over
from gouji.inference.assembly.doubt import Doubts
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.page_readings import readings_of
from gouji.inference.assembly.torn import torn_by
from gouji.inference.assembly.whole_table import WholeTable, in_one_order


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page whose lines were read, each for itself: what is left is to choose among their readings."""

    marked: MarkedPage
    tables: Sequence[FoundTable]  # with their columns as they are printed
    lines: Mapping[str, Mapping[int, LineReadings]]  # by the table's id
    passed: Passed  # the numbers that no row has collected
    torn: Mapping[str, Doubts]  # what says that a table's numbers and labels were torn apart
    whole: Mapping[str, WholeTable | None]  # of torn tables, as one order of all their numbers reads them
    off: frozenset[str]  # names of doubts that are switched off


def read_page(marked: MarkedPage, tables: Sequence[FoundTable], without: Collection[str] = ()) -> ReadPage:
    """Read each line of the tables of a page.

    Args:
        marked: The page with its tokens and their tags.
        tables: The tables found on that page.
        without: Names of doubts that are switched off, to measure what they are worth.
    """
    off = frozenset(without)
    found_tables, lines_of = readings_of(marked, tables, off)
    passed = passed_over(marked, found_tables)
    torn = {found.table.id: torn_by(found, lines_of[found.table.id], off) for found in found_tables}
    whole = {
        found.table.id: in_one_order(marked, as_found, passed[found.table.id])
        for as_found, found in zip(tables, found_tables, strict=True)
        if torn[found.table.id]
    }
    return ReadPage(marked, found_tables, lines_of, passed, torn, whole, off)
