"""Rebuild the matrix of each table: one reading of the page, and what it leaves open.

Flow:  found tables -> line readings -> **one reading of the page** -> cells -> checks

Each line brings its readings; the columns' sums choose among them. A value is given only
where every reading that is left agrees on it, and where nothing stands against the line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly.accounting import accounted, open_beside, passed_over
from gouji.inference.assembly.answered import NOTHING_ANSWERED, Answers, less_torn
from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.columns import without_own
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.matrix import Matrix, matrix_of
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.table_readings import read_lines
from gouji.inference.assembly.torn import in_place, torn_by


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page whose lines were read, each for itself: what is left is to choose among their readings."""

    marked: MarkedPage
    as_found: Sequence[FoundTable]
    tables: Sequence[FoundTable]  # with their columns as they are printed
    lines: Mapping[str, Mapping[int, LineReadings]]  # by the table's id
    passed: Mapping[str, Sequence[Chunk]]  # the numbers that no row has collected
    off: frozenset[str]  # names of doubts that are switched off


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
    return matrices_of(read_page(marked, tables, without))


def read_page(marked: MarkedPage, tables: Sequence[FoundTable], without: Collection[str] = ()) -> ReadPage:
    """Read each line of the tables of a page; takes what `assemble` takes."""
    off = frozenset(without)
    printed = [in_columns(marked, found).less(off) for found in tables]
    read_tables = [without_own(found, read_lines(marked, found)) for found in printed]
    lines_of = {
        found.table.id: {index: line.less(off) for index, line in read.items()} for found, read in read_tables
    }
    found_tables = [found for found, _ in read_tables]
    return ReadPage(marked, tables, found_tables, lines_of, passed_over(marked, found_tables), off)


def matrices_of(page: ReadPage, answers: Answers = NOTHING_ANSWERED) -> dict[str, Matrix]:
    """Choose one reading of the page.

    Args:
        page: The page, its lines read.
        answers: What a person has answered; readings that do not agree with it are discarded.
    """
    marked, off, lines_of, passed_by = page.marked, page.off, page.lines, page.passed
    as_found = {found.table.id: found for found in page.as_found}
    torn = {
        found.table.id: torn_by(found, less_torn(found, lines_of[found.table.id], answers), off)
        for found in page.tables
    }
    matrices = {}
    for found in page.tables:
        id_ = found.table.id
        passed = passed_by[id_]
        beside = open_beside(passed, lines_of[id_], found)
        own = {index: line.less(off) for index, line in beside.items()}
        table, own = in_place(marked, found, as_found[id_], own, passed, torn[id_], answers)
        orderly = not any(torn.values())
        matrix = matrix_of(marked.page, table, own, passed, off, orderly=orderly, answers=answers)
        matrices[id_] = replace(matrix, doubts=matrix.doubts.union(*torn.values()))
    return accounted(marked, page.tables, matrices)
