"""How many of the printed numbers that were left open no arithmetic could settle.

Flow:  evaluation, forms -> **openness** -> report

Where empty cells leave no trace, a row is its numbers in their order. A cell is unsettled when
another reading of those rows satisfies every sum that the true one does, and gives it another
value: then only the layout, or a guess, could tell. What is open beyond that is ours to mend.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gouji.inference.assembly.lines import column_sums, lines_of
from gouji.inference.assembly.readings import find_readings
from gouji.inference.assembly.solver import Values, survivors
from gouji.inference.assembly.strips import Chunk
from gouji.inference.evaluation.cells import Evaluation, PageScore
from gouji.inference.evaluation.tally import share
from gouji.inference.evaluation.verdicts import Number
from gouji.model.forms import Form, Table


@dataclass(frozen=True, slots=True)
class Openness:
    """Of the printed numbers those left open, the ambiguous among them, and those that no sum settles."""

    numbers: int
    open: int
    ambiguous: int
    unsettled: int

    @property
    def within_reach(self) -> float | None:
        """The share of the numbers that are right where all is that the sums settle, 0..1."""
        return share(self.numbers - self.unsettled, self.numbers)


def openness(evaluation: Evaluation, forms: Mapping[str, Form]) -> Openness:
    """Count the printed numbers left open, and those of them that no sum could have settled."""
    left = [cell for score in evaluation.scores for cell in score.cells if cell.is_open and cell.is_number]
    return Openness(
        numbers=evaluation.total.numbers.cells,
        open=len(left),
        ambiguous=sum(cell.found.ambiguous for cell in left),
        unsettled=sum(len(set(_unsettled_of(score, forms))) for score in evaluation.scores),
    )


def _unsettled_of(score: PageScore, forms: Mapping[str, Form]) -> Iterator[str]:
    """The keys of a page's ambiguous numbers that are unsettled."""
    truth = {cell.key: cell.truth for cell in score.cells}
    left = {cell.key for cell in score.cells if cell.found.ambiguous and cell.is_open and cell.is_number}
    for table_id in {key.partition("/")[0] for key in left}:
        own = {key: value for key, value in truth.items() if key.startswith(f"{table_id}/")}
        for table in (table for form in forms.values() for table in form.tables if table.id == table_id):
            if set(own) == set(table.keys()):
                yield from unsettled_cells(table, own) & left
                break


def unsettled_cells(table: Table, truth: Mapping[str, Number | None]) -> frozenset[str]:
    """The cells of a table that its numbers, in their rows and in their order, leave unsettled.

    Args:
        table: The table.
        truth: Each of its cells' value by key; None for one that leaves no trace in print.

    Returns:
        The keys of the cells for which a reading that satisfies the same sums has another value.
    """
    lines = lines_of(table)
    rows: list[tuple[Values, ...]] = []
    for line in lines:
        own = [truth[key] for key in line.keys]
        chunks = [Chunk(str(value), index, index) for index, value in enumerate(own) if value is not None]
        values = tuple(value or 0 for value in own)
        sums = [rule for rule in line.sums if rule.holds(values)]
        found = find_readings(chunks, len(line.keys), sums).found
        rows.append(tuple(dict.fromkeys((values, *(reading.values for reading in found)))))
    holding = [
        rule
        for rule in column_sums(table)
        if all(
            abs(sum(rows[row][0][i] for row in rule.left) - sum(rows[row][0][i] for row in rule.right)) < 1e-6
            for i in range(len(rows[rule.left[0]][0]))
        )
    ]
    left = survivors(rows, holding).rows if holding else tuple(tuple(range(len(row))) for row in rows)
    return frozenset(
        key
        for line, row, kept in zip(lines, rows, left, strict=True)
        for column, key in enumerate(line.keys)
        if len({row[index][column] for index in kept}) > 1
    )
