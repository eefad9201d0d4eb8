"""Rebuild the matrix of each table: one reading of the page, and what it leaves open.

Flow:  found tables -> line readings -> **one reading of the page** -> cells -> checks

Each line brings its readings; the columns' sums choose among them. A value is given only
where every reading that is left agrees on it, and where nothing stands against the line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly.accounting import accounted, open_beside
from gouji.inference.assembly.answered import less_torn, told_lines
from gouji.inference.assembly.doubt import Doubt, Doubts
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.matrix import Matrix, matrix_of
from gouji.inference.assembly.read_page import ReadPage, read_page
from gouji.inference.assembly.torn import in_place, torn_by
from gouji.inference.extraction import NOTHING_ANSWERED, Answers


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """The tables of a page under what a person has answered, by id."""

    tables: Mapping[str, Matrix]  # each for itself
    matrices: Mapping[str, Matrix]  # with all that the page prints among them accounted for


def assemble(
    marked: MarkedPage, tables: Sequence[FoundTable], without: Collection[str] = ()
) -> dict[str, Matrix]:
    """Rebuild the tables of a page; takes what `read_page` takes.

    Returns:
        For each table, by id, a cell for each line that the page holds; cells of other lines
        are left to the caller.
    """
    return dict(answered(read_page(marked, tables, without)).matrices)


def answered(
    page: ReadPage, answers: Answers = NOTHING_ANSWERED, before: AnsweredPage | None = None
) -> AnsweredPage:
    """Choose one reading of the page.

    Args:
        page: The page, its lines read.
        answers: What a person has answered; readings that do not agree with it are discarded.
        before: The page under other answers; what these leave as it was there is taken from it.
    """
    torn = page.torn
    if answers:
        told = {each.table.id: less_torn(each, page.lines[each.table.id], answers) for each in page.tables}
        torn = {each.table.id: torn_by(each, told[each.table.id], page.off) for each in page.tables}
    all_torn = frozenset[Doubt]().union(*torn.values())
    tables = {}
    for found in page.tables:
        id_ = found.table.id
        own = {key: cell for key, cell in answers.items() if key.startswith(f"{id_}/")}
        last = None if before is None else before.tables[id_]
        if last is None or (last.answers, last.orderly) != (own, not all_torn):
            last = _matrix(page, found, torn[id_], last, own, orderly=not all_torn)
        tables[id_] = last
    whole = {id_: replace(matrix, doubts=matrix.doubts | all_torn) for id_, matrix in tables.items()}
    return AnsweredPage(tables, accounted(page.marked, page.tables, whole))


def _matrix(
    page: ReadPage,
    found: FoundTable,
    torn: Doubts,
    before: Matrix | None,
    answers: Answers,
    *,
    orderly: bool,
) -> Matrix:
    """One table, whatever the others say."""
    id_ = found.table.id
    beside = open_beside(page.passed[id_], page.lines[id_], found)
    own = {index: line.less(page.off) for index, line in beside.items()}
    table, own = in_place(page.marked.page, found, own, torn, page.whole.get(id_), answers)
    own = told_lines(table, own, answers) if answers else own
    passed = page.passed[id_]
    return matrix_of(page.marked.page, table, own, passed, page.off, answers, before, orderly=orderly)
