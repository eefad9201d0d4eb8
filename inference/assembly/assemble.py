"""Rebuild the matrix of each table: one reading of the page, and what it leaves open.

Flow:  found tables -> line readings -> **one reading of the page** -> cells -> checks

Each line brings its readings; the columns' sums choose among them. A value is given only
where every reading that is left agrees on it, and where nothing stands against the line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gouji.inference.assembly import solver
from gouji.inference.assembly.accounting import open_beside, passed_over, untold
from gouji.inference.assembly.cells import (
    BOUNDED,
    ZERO_WITHOUT_CELL,
    cells_of_line,
    unplaced,
    unplaced_of_line,
)
from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.columns import without_own
from gouji.inference.assembly.confidence import doubt_unsure
from gouji.inference.assembly.contradictions import doubt_failing_sums, opened
from gouji.inference.assembly.doubt import NONE, Doubts
from gouji.inference.assembly.doubts.raised_in_rows import TOO_MANY_READINGS
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.lines import column_sums
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.table_readings import read_lines
from gouji.inference.assembly.torn import leftover, less_unproved, torn_by
from gouji.inference.assembly.whole_table import in_one_order
from gouji.inference.extraction import Cell, Unplaced
from gouji.model.page import Page

_SEVERAL_WAYS = "its row can be read in several ways"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of one table that stand on the page, by key, and the numbers that none of them took."""

    cells: Mapping[str, Cell]
    unplaced: tuple[Unplaced, ...]
    bounded: str | None = None  # why not all of its readings were looked through
    doubts: Doubts = NONE  # that stood against some line or cell of it, or against its order


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
    tables = [in_columns(marked, found) for found in tables]
    tables = [replace(found, doubts=_kept_doubts(found.doubts, off)) for found in tables] if off else tables
    own_columns_gone = [without_own(found, read_lines(marked, found)) for found in tables]
    tables = [found for found, _ in own_columns_gone]
    read = {found.table.id: _less(lines, off) for found, lines in own_columns_gone}
    torn = {
        found.table.id: frozenset(d for d in torn_by(found, read[found.table.id]) if d.name not in off)
        for found in tables
    }
    matrices = {}
    for found in tables:
        id_ = found.table.id
        passed = passed_over(marked, found, tables)
        own = _less(open_beside(passed, read[id_], found), off)
        whole = in_one_order(marked, as_found[id_], passed) if torn[id_] else None
        if whole is not None:
            found, own = whole
        else:
            own = less_unproved(marked.page, found, own, torn[id_])
        matrix = _matrix(marked.page, found, own, off, orderly=not any(torn.values()))
        beside = unplaced(marked.page, passed, "it stands among the table's headings")
        matrices[id_] = replace(
            matrix,
            unplaced=_in_order((*matrix.unplaced, *beside)),
            doubts=matrix.doubts.union(*torn.values()),
        )
    return _accounted(marked, tables, matrices)


def _kept_doubts(doubts: Mapping[int, Doubts], off: Collection[str]) -> dict[int, Doubts]:
    """The doubts of a table's lines without those that are switched off; a line with none is left out."""
    kept = {row: frozenset(d for d in own if d.name not in off) for row, own in doubts.items()}
    return {row: own for row, own in kept.items() if own}


def _less(read: Mapping[int, LineReadings], off: Collection[str]) -> dict[int, LineReadings]:
    """The lines without the doubts that are switched off."""
    if not off:
        return dict(read)
    return {
        index: replace(
            line,
            doubts=frozenset(doubt for doubt in line.doubts if doubt.name not in off),
            claims=frozenset(doubt for doubt in line.claims if doubt.name not in off),
        )
        for index, line in read.items()
    }


def _accounted(
    marked: MarkedPage, tables: Sequence[FoundTable], matrices: Mapping[str, Matrix]
) -> dict[str, Matrix]:
    """The matrices, with the numbers of their tables of which nothing was said so far."""
    told: set[int] = set()
    for matrix in matrices.values():
        for cell in matrix.cells.values():
            if cell.start is not None and cell.end is not None:
                told.update(range(cell.start, cell.end))
            if cell.note is not None:
                told.update(range(cell.note.start, cell.note.end))
        for number in matrix.unplaced:
            told.update(range(number.start, number.end))
    accounted = {}
    for found in tables:
        matrix = matrices[found.table.id]
        rest: list[Unplaced] = []
        for chunk in untold(marked, found, told):
            rest += unplaced(marked.page, (chunk,), _why_untold(chunk))
            told.update(range(chunk.start, chunk.end))
        accounted[found.table.id] = replace(matrix, unplaced=_in_order((*matrix.unplaced, *rest)))
    return accounted


def _why_untold(chunk: Chunk) -> str:
    if not chunk.tagged:
        return "it stands in other text, and the tagger calls it no value"
    return ZERO_WITHOUT_CELL if not chunk.digits.strip("0") else "no cell took it"


def _matrix(
    page: Page, found: FoundTable, read: Mapping[int, LineReadings], off: Collection[str], *, orderly: bool
) -> Matrix:
    """One table's cells; print that contradicts itself stands only where all else is in its place."""
    orderly = orderly and all(line.shown for line in read.values())
    left, reason = _choose(found, _less(opened(found, read), off))
    cells: dict[str, Cell] = {}
    for index, line in left.items():
        cells.update((cell.key, cell) for cell in cells_of_line(page, found.lines[index].keys, line))
    doubts = {doubt for line in left.values() for doubt in line.doubts | line.claims}
    if not orderly:
        doubts |= doubt_failing_sums(found.table, cells, off)
    doubts |= doubt_unsure(found.table, cells, off)
    numbers: list[Unplaced] = []
    for index, line in left.items():
        own = [cells[key] for key in found.lines[index].keys]
        numbers.extend(unplaced_of_line(page, line, own, reason))
    for strip in leftover(found, read):
        numbers.extend(unplaced(page, strip.chunks, "no row label stands before it"))
    is_bounded = reason == BOUNDED or TOO_MANY_READINGS in doubts
    return Matrix(cells, _in_order(numbers), BOUNDED if is_bounded else None, frozenset(doubts))


def _in_order(numbers: Iterable[Unplaced]) -> tuple[Unplaced, ...]:
    return tuple(sorted(numbers, key=lambda number: number.start))


def _choose(found: FoundTable, read: Mapping[int, LineReadings]) -> tuple[dict[int, LineReadings], str]:
    """The lines with the readings that the columns leave, and why some stay open."""
    sums = [
        rule
        for rule in column_sums(found.table)
        if all(_is_whole(read.get(row)) for row in (*rule.left, *rule.right))
    ]
    summed = {row for rule in sums for row in (*rule.left, *rule.right)}
    read = {i: line if i in summed else _with_claims(line) for i, line in read.items()}
    rows = {index: line for index, line in read.items() if line.readings and not line.doubts}
    if not sums or all(len(line.readings) == 1 for line in rows.values()):
        return read, _SEVERAL_WAYS
    order = {index: place for place, index in enumerate(rows)}
    moved = [
        replace(rule, left=tuple(order[r] for r in rule.left), right=tuple(order[r] for r in rule.right))
        for rule in sums
    ]
    left = solver.survivors([[r.values for r in line.readings] for line in rows.values()], moved)
    chosen = dict(read)
    for (index, line), kept in zip(rows.items(), left.rows, strict=True):
        chosen[index] = replace(line, readings=tuple(line.readings[i] for i in kept))
    if not left.consistent:
        chosen = {index: _with_claims(line) for index, line in chosen.items()}
        return chosen, "no reading of its row satisfies the columns' sums"
    return chosen, _SEVERAL_WAYS if left.exact else BOUNDED


def _is_whole(line: LineReadings | None) -> bool:
    """Whether all that a line may say is listed."""
    return line is not None and not line.doubts and not line.unsure


def _with_claims(line: LineReadings) -> LineReadings:
    """The line, which no sum of columns confirms: what was only claimed against it stands."""
    return line.doubted(*line.claims)
