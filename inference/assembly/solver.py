"""Choose one reading for each row so that the columns add up, and tell what is left open.

Flow:  readings -> **one reading of the page** -> checks

Exact in three steps. First each column's sums discard the readings that no combination of the
other rows supports (reachable sums, repeated until nothing changes); most pages end there.
What is left is looked through row by row, for all columns at once. Only a table that has too
many sums for that goes to OR-Tools CP-SAT, which is asked for solutions until nothing new comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gouji.inference.assembly.layers import choices
from gouji.inference.assembly.reachable import supported
from gouji.inference.assembly.search import Effort, TooMuch
from gouji.inference.extraction import Number

# Steps, not seconds, so that a page is answered alike on a busy machine.
PRUNING = 4_000_000  # sums formed for one table, half a second; past them what is left is looked through

Values = tuple[Number, ...]
Rows = Sequence[Sequence[tuple[int, ...]]]  # for each row what each of its readings adds to each sum


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """In every column the rows of `left` add up to those of `right`, by index."""

    left: tuple[int, ...]
    right: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Survivors:
    """For each row the indices of the readings that some reading of the table contains.

    `consistent` is False where no choice satisfies the sums: print contradicts itself, or
    was misread, and the columns prove nothing. `exact` is False where the solver's bound was reached: then
    some of the readings may take part in none.
    """

    rows: tuple[tuple[int, ...], ...]
    consistent: bool = True
    exact: bool = True


def survivors(rows: Sequence[Sequence[Values]], sums: Sequence[ColumnSum]) -> Survivors:
    """The readings of each row that take part in some reading of the whole table.

    Args:
        rows: For each row its readings, one value a column; never empty.
        sums: Sums over rows; those that name an unread row must be left out by the caller.
    """
    every = tuple(tuple(range(len(row))) for row in rows)
    added = _added(rows, sums)
    if not added[0][0]:
        return Survivors(every)
    alive = _pruned(added)
    if alive is None:
        return Survivors(every, consistent=False)
    if all(len(indices) == 1 for indices in alive):
        return Survivors(alive)
    open_rows = [[row[index] for index in indices] for row, indices in zip(added, alive, strict=True)]
    kept = choices(open_rows)
    exact = True
    if kept is None:
        from gouji.inference.assembly.cp_sat import ask  # takes a third of a second to import

        kept, exact = ask(open_rows)
    if not all(kept):
        return Survivors(every, consistent=False)
    return Survivors(
        tuple(tuple(indices[i] for i in left) for indices, left in zip(alive, kept, strict=True)), exact=exact
    )


def _added(rows: Sequence[Sequence[Values]], sums: Sequence[ColumnSum]) -> Rows:
    """What each reading adds to each sum of each column, a term of the right side taken away.

    Sums that are all print are left out: what they say is for the checks. Decimals count as
    millionths, so that nothing drifts.
    """
    whole = all(isinstance(value, int) for row in rows for values in row for value in values)
    scale = 1 if whole else 10**6
    open_columns = [
        {column for column, values in enumerate(zip(*row, strict=True)) if len(set(values)) > 1}
        for row in rows
    ]
    signs: list[tuple[int, dict[int, int]]] = []  # column, and row -> sign
    for rule in sums:
        terms = dict.fromkeys(rule.left, 1) | dict.fromkeys(rule.right, -1)
        signs += [
            (column, terms)
            for column in range(len(rows[0][0]))
            if any(column in open_columns[row] for row in terms)
        ]
    return [
        [
            tuple(terms.get(place, 0) * round(values[column] * scale) for column, terms in signs)
            for values in row
        ]
        for place, row in enumerate(rows)
    ]


def _pruned(rows: Rows) -> tuple[tuple[int, ...], ...] | None:
    """The readings of each row that every column for itself supports; None where a row has none left."""
    # For each sum and row the readings that add each value, as bits: bit n is reading n.
    adding = [[_bits_by_value(column) for column in zip(*row, strict=True)] for row in rows]
    alive = [(1 << len(row)) - 1 for row in rows]
    sums = range(len(rows[0][0]))
    pending = set(sums)
    effort = Effort(PRUNING)
    while pending:
        place = min(pending)
        pending.remove(place)
        domains = [
            {value for value, readings in adding[row][place].items() if readings & alive[row]}
            for row in range(len(rows))
        ]
        try:
            found = supported(domains, effort)
        except TooMuch:
            break
        for row, values in enumerate(found):
            if len(values) == len(domains[row]):
                continue
            left = 0
            for value in values:
                left |= adding[row][place][value]
            alive[row] &= left
            if not alive[row]:
                return None
            pending.update(other for other in sums if len(adding[row][other]) > 1)
    return tuple(
        tuple(index for index in range(len(row)) if bits >> index & 1)
        for row, bits in zip(rows, alive, strict=True)
    )


def _bits_by_value(values: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for index, value in enumerate(values):
        found[value] = found.get(value, 0) | 1 << index
    return found
