"""Discard the readings that some sum for itself rules out, again and again until nothing changes.

Flow:  readings -> solver -> **pruning** -> layers, witnesses -> one reading of the page

What is discarded takes part in no choice of which every sum is zero. What is left need not take
part in one, for each sum is looked at alone; but one reading left in every row is such a choice.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.inference.assembly.reachable import supported
from gouji.inference.assembly.search import Effort


class Pruning:
    """The sums of a table, told by which readings of each row add which value.

    A row's readings are bits of one number: bit n says that reading n is left.
    """

    def __init__(self, rows: Sequence[Sequence[tuple[int, ...]]]) -> None:
        """For each row what each of its readings adds to each sum."""
        self.every = [(1 << len(row)) - 1 for row in rows]
        self._adding = [[_bits_by_value(column) for column in zip(*row, strict=True)] for row in rows]
        self._sums = range(len(rows[0][0]))

    def narrow(self, left: list[int], effort: Effort, changed: int | None = None) -> bool:
        """Discard, in place, what no combination of the other rows supports in some sum.

        Args:
            left: The readings of each row.
            effort: Counts the sums that are formed.
            changed: The row that lost readings since all sums were looked at; None: none was looked at.

        Returns:
            Whether every row has a reading left.

        Raises:
            TooMuch: The effort is used up; what was discarded until then stays discarded.
        """
        pending = set(self._sums if changed is None else self._moved_by(changed))
        while pending and all(left):
            place = min(pending)
            pending.remove(place)
            adding = [values[place] for values in self._adding]
            domains = [
                {value for value, readings in values.items() if readings & bits}
                for values, bits in zip(adding, left, strict=True)
            ]
            for row, kept in enumerate(supported(domains, effort)):
                if len(kept) < len(domains[row]):
                    left[row] &= sum(adding[row][value] for value in kept)
                    pending.update(self._moved_by(row))
        return all(left)

    def _moved_by(self, row: int) -> list[int]:
        """The sums to which a row's readings add different values."""
        return [place for place in self._sums if len(self._adding[row][place]) > 1]


def indices_of(bits: int) -> tuple[int, ...]:
    """The places of the bits of a number.

    >>> indices_of(0b1101)
    (0, 2, 3)
    """
    return tuple(place for place in range(bits.bit_length()) if bits >> place & 1)


def _bits_by_value(values: Sequence[int]) -> dict[int, int]:
    """Which readings add each value."""
    found: dict[int, int] = {}
    for index, value in enumerate(values):
        found[value] = found.get(value, 0) | 1 << index
    return found
