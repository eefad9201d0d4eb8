"""Rebuild the matrix of each table: one reading of the page, and what it leaves open.

Flow:  found tables -> line readings -> **one reading of the page** -> cells -> checks

Each line brings its readings; the columns' sums choose among them. A value is given only
where every reading that is left agrees on it, and where nothing stands against the line.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from gouji.inference.assembly.accounting import accounted, open_beside, passed_over
from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.columns import without_own
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.matrix import Matrix, matrix_of
from gouji.inference.assembly.table_readings import read_lines
from gouji.inference.assembly.torn import in_place, torn_by


def assemble(
    marked: MarkedPage, tables: Sequence[FoundTable], without: Collection[str] = ()
) -> dict[str, Matrix]:
    """Rebuild the tables of a page.

    Args:
        marked: The page with its tokens and their tags.
        tables: The tables found on that page.
        without: Names of doubts that are switched off, to measure what they are worth.

    Returns:
        For each table, by id, a cell for each line that the page holds; cells of other lines
        are left to the caller.
    """
    as_found = {found.table.id: found for found in tables}
    off = frozenset(without)
    printed = [in_columns(marked, found).less(off) for found in tables]
    read_tables = [without_own(found, read_lines(marked, found)) for found in printed]
    tables = [found for found, _ in read_tables]
    torn, lines_of = {}, {}
    for found, read in read_tables:
        lines_of[found.table.id] = {index: line.less(off) for index, line in read.items()}
        torn[found.table.id] = torn_by(found, lines_of[found.table.id], off)
    matrices = {}
    passed_by = passed_over(marked, tables)
    for found in tables:
        id_ = found.table.id
        passed = passed_by[id_]
        beside = open_beside(passed, lines_of[id_], found)
        own = {index: line.less(off) for index, line in beside.items()}
        table, own = in_place(marked, found, as_found[id_], own, passed, torn[id_])
        matrix = matrix_of(marked.page, table, own, passed, off, orderly=not any(torn.values()))
        matrices[id_] = replace(matrix, doubts=matrix.doubts.union(*torn.values()))
    return accounted(marked, tables, matrices)
