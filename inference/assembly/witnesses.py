"""Find for each reading a choice that it takes part in, or see that there is none.

Flow:  readings -> solver -> layers -> **witnesses** -> one reading of the page

A choice of one reading a row of which every sum is zero is a witness for all its readings. For a
reading without one its row is held to it, and the table is searched depth first: what some sum
rules out is discarded, then the row with the fewest readings left is tried with each of them.

That is exact. Nothing is discarded that a choice could contain, and all that is left is tried, so
that a search without result proves that there is none; and where one reading is left in every row,
pruning has seen that every sum is zero. What the layers cannot keep is mostly a table of small
numbers, in which witnesses are many and near: tens of searches tell of hundreds of readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.inference.assembly.pruning import Pruning, indices_of
from gouji.inference.assembly.search import Effort, TooMuch

# Sums formed for one table, about a second and a half. The layers could not keep 55 tables of 9,000
# reports made up, and 36 of 1,170 of which every empty cell was lost: ten of these 91 took more.
STEPS = 5_000_000

Rows = Sequence[Sequence[tuple[int, ...]]]


def witnessed(rows: Rows, steps: int | None = None) -> tuple[list[tuple[int, ...]], bool]:
    """The readings of each row that take part in some choice of which every sum is zero.

    Args:
        rows: For each row what each of its readings adds to each sum.
        steps: When to stop; `STEPS` where not given.

    Returns:
        For each row indices of its readings, none where no choice will do; and whether that
        is exact: where the steps are used up, all are left that have not been ruled out.
    """
    pruning, effort = Pruning(rows), Effort(STEPS if steps is None else steps)
    left = list(pruning.every)
    seen = [0] * len(rows)  # the readings that have a witness, as bits
    try:
        possible = pruning.narrow(left, effort)
        while possible and left != seen:
            row = next(row for row, bits in enumerate(left) if bits != seen[row])
            reading = _lowest(left[row] & ~seen[row])
            witness = _witness(pruning, _held(left, row, reading), row, seen, effort)
            if witness is None:
                left[row] &= ~reading
                possible = pruning.narrow(left, effort, row)
            else:
                for place, index in (*enumerate(witness), *_exchanged(rows, witness)):
                    seen[place] |= 1 << index
    except TooMuch:
        return [indices_of(bits) for bits in left], False
    return [indices_of(bits) if possible else () for bits in left], True


def _witness(
    pruning: Pruning, left: list[int], changed: int, seen: Sequence[int], effort: Effort
) -> list[int] | None:
    """A choice among the readings left, by index; None where there is none.

    Readings without a witness are tried first, so that one choice is a witness for many.
    """
    if not pruning.narrow(left, effort, changed):
        return None
    several = [row for row, bits in enumerate(left) if bits != _lowest(bits)]
    if not several:
        return [bits.bit_length() - 1 for bits in left]
    row = min(several, key=lambda row: left[row].bit_count())
    for untried in (left[row] & ~seen[row], left[row] & seen[row]):
        while untried:
            reading = _lowest(untried)
            untried ^= reading
            found = _witness(pruning, _held(left, row, reading), row, seen, effort)
            if found is not None:
                return found
    return None


def _held(left: Sequence[int], row: int, reading: int) -> list[int]:
    """The readings left, of one row only the one."""
    return [*left[:row], reading, *left[row + 1 :]]


def _lowest(bits: int) -> int:
    return bits & -bits


def _exchanged(rows: Rows, chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The readings, as row and index, of other choices that differ from this one in two rows, or in one.

    What one row's other reading adds to the sums, another row's must take away: most of the
    doubt in a table is of this kind, and needs no search.
    """
    changes: dict[tuple[int, ...], set[tuple[int, int]]] = {}
    for row, (readings, index) in enumerate(zip(rows, chosen, strict=True)):
        for other, reading in enumerate(readings):
            if other != index:
                change = tuple(b - a for a, b in zip(readings[index], reading, strict=True))
                changes.setdefault(change, set()).add((row, other))
    for change, places in changes.items():
        rows_against = {row for row, _ in changes.get(tuple(-value for value in change), ())}
        for row, other in places:
            if not any(change) or rows_against - {row}:
                yield row, other
