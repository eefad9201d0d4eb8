"""Choose one reading for each row so that the columns add up, and tell what is left open.

Flow:  readings -> **one reading of the page** -> checks

Exact in three steps. First each column's sums discard the readings that no combination of the
other rows supports (reachable sums, repeated until nothing changes); most pages end there.
What is left is looked through row by row, for all columns at once. Only where a table has too
many sums for that is a choice searched for each reading that none found so far contains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.layers import Choices, choices
from gouji.inference.assembly.pruning import Pruning, indices_of
from gouji.inference.assembly.search import Effort, TooMuch
from gouji.inference.assembly.sums import Sum
from gouji.inference.assembly.witnesses import witnessed
from gouji.inference.extraction import Number

# Steps, not seconds, so that a page is answered alike on a busy machine.
PRUNING = 4_000_000  # sums formed for one table, half a second; past them what is left is looked through

Values = tuple[Number, ...]
Rows = Sequence[Sequence[tuple[int, ...]]]  # for each row what each of its readings adds to each sum


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


def among(rows: Iterable[int], sums: Iterable[Sum]) -> list[Sum]:
    """The sums over rows that are taken out of a table, by index among these."""
    place = {row: index for index, row in enumerate(rows)}
    return [Sum(tuple(place[r] for r in s.left), tuple(place[r] for r in s.right)) for s in sums]


def survivors(rows: Sequence[Sequence[Values]], sums: Sequence[Sum]) -> Survivors:
    """The readings of each row that take part in some reading of the whole table.

    Args:
        rows: For each row its readings, one value a column; never empty.
        sums: Sums over rows; those that name an unread row must be left out by the caller.
    """
    every = tuple(tuple(range(len(row))) for row in rows)
    added = _added(rows, sums)
    if not added[0][0]:
        return Survivors(every)
    pruning = Pruning(added)
    left = list(pruning.every)
    try:
        if not pruning.narrow(left, Effort(PRUNING)):
            return Survivors(every, consistent=False)
    except TooMuch:
        pass  # more is left than need be, and is looked through
    alive = tuple(indices_of(bits) for bits in left)
    if all(len(indices) == 1 for indices in alive):
        return Survivors(alive)
    open_rows = [[row[index] for index in indices] for row, indices in zip(added, alive, strict=True)]
    found = choices(open_rows)
    kept, exact = (found.used(), True) if found is not None else witnessed(open_rows)
    if not all(kept):
        return Survivors(every, consistent=False)
    return Survivors(
        tuple(tuple(indices[i] for i in own) for indices, own in zip(alive, kept, strict=True)), exact=exact
    )


def choices_of_table(rows: Sequence[Sequence[Values]], sums: Sequence[Sum]) -> Choices | None:
    """All readings of the whole table; None where no sum binds it, or it has too many sums to look through.

    Takes what `survivors` takes.
    """
    added = _added(rows, sums)
    return choices(added) if added[0][0] else None


def _added(rows: Sequence[Sequence[Values]], sums: Sequence[Sum]) -> Rows:
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
    added = []
    for place, row in enumerate(rows):
        own = [(column, terms.get(place, 0)) for column, terms in signs]
        added.append([tuple(sign and sign * round(values[c] * scale) for c, sign in own) for values in row])
    return added
