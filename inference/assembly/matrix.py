"""The matrix of one table: its cells, what none of them took, and what stood against them.

Flow:  line readings -> choice -> **matrix** -> checks -> extraction
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from gouji.inference.assembly.cell_doubts import doubt_failing_sums, doubt_unsure
from gouji.inference.assembly.cells import BOUNDED, cells_of_line, unplaced, unplaced_of_line
from gouji.inference.assembly.choice import JointReadings, choose
from gouji.inference.assembly.doubt import Doubts
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.torn import leftover
from gouji.inference.extraction import NOTHING_ANSWERED, Answers, Cell, Unplaced
from gouji.inference.why import Why
from gouji.model.page import Page


class MatrixLine(NamedTuple):
    """What is left of one line, and its cells, each as the line alone has it."""

    keys: tuple[str, ...]
    read: LineReadings
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of one table that stand on the page, by key, and the numbers that none of them took."""

    cells: Mapping[str, Cell]
    unplaced: tuple[Unplaced, ...]
    bounded: str | None  # why not all of its readings were looked through
    doubts: Doubts  # that stood against some line or cell of it, or against its order
    joint: JointReadings  # what is left of lines of which all readings are known
    lines: Mapping[int, MatrixLine]  # what it was made of, for what another answer leaves as it is
    answers: Answers
    orderly: bool


def matrix_of(
    page: Page,
    found: FoundTable,
    read: Mapping[int, LineReadings],
    passed: Iterable[Chunk],
    off: Collection[str],
    answers: Answers,
    before: Matrix | None,
    *,
    orderly: bool,
) -> Matrix:
    """One table's cells, and its numbers without one.

    `passed`: numbers among its headings that no row has collected. `before`: the table under other answers,
    of which the lines that these leave as they were are taken. `orderly`: whether all tables of the page are
    in their place: only then, or where its own layout proves that this one is, print that contradicts itself
    stands.
    """
    left, reason, joint = choose(found, read, off, answers)
    old, told = (before.lines, before.answers) if before is not None else ({}, NOTHING_ANSWERED)
    lines: dict[int, MatrixLine] = {}
    for index, line in left.items():
        keys, last = found.lines[index].keys, old.get(index)
        alike = last is not None and (last.keys, last.read) == (keys, line)
        if last is None or not alike or any(told.get(key) != answers.get(key) for key in keys):
            last = MatrixLine(keys, line, tuple(cells_of_line(page, keys, line, answers)))
        lines[index] = last
    cells = {cell.key: cell for line in lines.values() for cell in line.cells}
    doubts = {doubt for line in left.values() for doubt in line.doubts | line.claims}
    doubts |= doubt_failing_sums(found, read, cells, off, orderly=orderly)
    doubts |= doubt_unsure(found.table, cells, off)
    numbers: list[Unplaced] = []
    for index, line in left.items():
        row = [cells[key] for key in found.lines[index].keys]
        numbers.extend(unplaced_of_line(page, line, row, reason))
    numbers.extend(unplaced(page, leftover(found, read), "no row label stands before it"))
    numbers.extend(unplaced(page, passed, "it stands among the table's headings"))
    is_bounded = reason == BOUNDED or any(doubt.why is Why.TOO_MANY_READINGS for doubt in doubts)
    bounded = BOUNDED if is_bounded else None
    return Matrix(cells, in_order(numbers), bounded, frozenset(doubts), joint, lines, answers, orderly)


def in_order(numbers: Iterable[Unplaced]) -> tuple[Unplaced, ...]:
    """Numbers without a cell, as they stand on the page."""
    return tuple(sorted(numbers, key=lambda number: number.start))
