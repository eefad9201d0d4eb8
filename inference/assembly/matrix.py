"""The matrix of one table: its cells, what none of them took, and what stood against them.

Flow:  line readings -> choice -> **matrix** -> checks -> extraction
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gouji.inference.assembly.cell_doubts import doubt_failing_sums, doubt_unsure
from gouji.inference.assembly.cells import BOUNDED, cells_of_line, unplaced, unplaced_of_line
from gouji.inference.assembly.choice import JointReadings, choose
from gouji.inference.assembly.doubt import NONE, Doubts
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.torn import leftover
from gouji.inference.extraction import NOTHING_ANSWERED, Answers, Cell, Unplaced
from gouji.inference.why import Why
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cells of one table that stand on the page, by key, and the numbers that none of them took."""

    cells: Mapping[str, Cell]
    unplaced: tuple[Unplaced, ...]
    bounded: str | None = None  # why not all of its readings were looked through
    doubts: Doubts = NONE  # that stood against some line or cell of it, or against its order
    joint: JointReadings | None = None  # what is left of lines of which all readings are known


def matrix_of(
    page: Page,
    found: FoundTable,
    read: Mapping[int, LineReadings],
    passed: Iterable[Chunk],
    off: Collection[str],
    *,
    orderly: bool,
    answers: Answers = NOTHING_ANSWERED,
) -> Matrix:
    """One table's cells, and its numbers without one.

    Args:
        page: The page.
        found: The table.
        read: The readings of its lines.
        passed: Numbers among its headings that no row has collected.
        off: Names of doubts that are switched off.
        orderly: Whether all tables of the page are in their place: only then print that contradicts
            itself stands.
        answers: What a person has answered.
    """
    orderly = orderly and all(line.shown for line in read.values())
    left, reason, joint = choose(found, read, off, answers)
    cells: dict[str, Cell] = {}
    for index, line in left.items():
        own = cells_of_line(page, found.lines[index].keys, line, answers)
        cells.update((cell.key, cell) for cell in own)
    doubts = {doubt for line in left.values() for doubt in line.doubts | line.claims}
    if not orderly:
        doubts |= doubt_failing_sums(found.table, cells, off)
    doubts |= doubt_unsure(found.table, cells, off)
    numbers: list[Unplaced] = []
    for index, line in left.items():
        row = [cells[key] for key in found.lines[index].keys]
        numbers.extend(unplaced_of_line(page, line, row, reason))
    for strip in leftover(found, read):
        numbers.extend(unplaced(page, strip.chunks, "no row label stands before it"))
    numbers.extend(unplaced(page, passed, "it stands among the table's headings"))
    is_bounded = reason == BOUNDED or any(doubt.why is Why.TOO_MANY_READINGS for doubt in doubts)
    return Matrix(cells, in_order(numbers), BOUNDED if is_bounded else None, frozenset(doubts), joint)


def in_order(numbers: Iterable[Unplaced]) -> tuple[Unplaced, ...]:
    """Numbers without a cell, as they stand on the page."""
    return tuple(sorted(numbers, key=lambda number: number.start))
