"""Rebuild the matrix of each table: one reading of the page, and what it leaves open.

Flow:  found tables -> line readings -> **one reading of the page** -> cells -> checks

Each line brings its readings; the columns' sums choose among them. A value is given only
where every reading that is left agrees on it, and where nothing stands against the line.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from gouji.inference.assembly.accounting import accounted, open_beside
from gouji.inference.assembly.answered import less_torn, told_lines
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.matrix import Matrix, matrix_of
from gouji.inference.assembly.read_page import ReadPage, read_page
from gouji.inference.assembly.sums_alone import breaks_sums, doubted_by_others
from gouji.inference.assembly.torn import in_place, torn_by
from gouji.inference.extraction import NOTHING_ANSWERED, Answers


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
    breaking = {id_ for id_, lines in lines_of.items() if breaks_sums(lines)}
    matrices = {}
    for found in page.tables:
        id_ = found.table.id
        passed = passed_by[id_]
        beside = open_beside(passed, lines_of[id_], found)
        beside = doubted_by_others(found, beside) if breaking - {id_} else beside
        own = {index: line.less(off) for index, line in beside.items()}
        table, own = in_place(marked, found, as_found[id_], own, passed, torn[id_], answers)
        own = told_lines(table, own, answers) if answers else own
        orderly = not any(torn.values())
        matrix = matrix_of(marked.page, table, own, passed, off, orderly=orderly, answers=answers)
        matrices[id_] = replace(matrix, doubts=matrix.doubts.union(*torn.values()))
    return accounted(marked, page.tables, matrices)
