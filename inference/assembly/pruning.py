"""Discard the readings that some sum for itself rules out, again and again until nothing changes.

Flow:  readings -> solver -> **pruning** -> layers, witnesses -> one reading of the page

What is discarded takes part in no choice of which every sum is zero. What is left need not take
part in one, for each sum is looked at alone; but one reading left in every row is such a choice.

The sums that some terms can reach are a set of small numbers: bit n of one long integer says
that n is reached, and a term is added by a shift. Where the sums spread too widely for that
they are kept apart as a set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from operator import or_
from typing import NamedTuple

from gouji.inference.assembly.search import Effort

SPREAD = 1 << 20  # from the least to the greatest sum; 128 KiB as bits
_BITS = 512  # shifted in about the time that one sum kept apart takes


class Rest(NamedTuple):
    """What some terms can add up to: bits from the least sum on, None where the sums spread too widely."""

    least: int
    greatest: int
    bits: int | None


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


def supported(domains: Sequence[AbstractSet[int]], effort: Effort) -> list[set[int]]:
    """For each term the values that take part in some sum of zero.

    Raises:
        TooMuch: The effort is used up.

    >>> supported([{1, 2}, {0, 5}, {-7}], Effort())
    [{2}, {5}, {-7}]
    """
    least = [min(domain) for domain in domains]
    spread = sum(max(domain) for domain in domains) - sum(least)
    if spread > SPREAD:
        return _supported_apart(domains, effort)
    if not 0 <= -sum(least) <= spread:
        return [set() for _ in domains]
    effort.spend(2 * sum(map(len, domains)) * (1 + spread // _BITS))
    # Each term counts from its least value, so that no sum is negative.
    before = [1]
    for domain, first in zip(domains, least, strict=True):
        before.append(_shifted(before[-1], domain, first))
    needed = before[-1] & 1 << -sum(least)
    found: list[set[int]] = []
    for domain, first, totals in zip(reversed(domains), reversed(least), reversed(before[:-1]), strict=True):
        found.append({value for value in domain if totals & needed >> value - first})
        needed = _unshifted(needed, found[-1], first) & totals
    return found[::-1]


def rests(domains: Sequence[AbstractSet[int]]) -> list[Rest]:
    """What the terms from each on can add up to; the first is that of all terms, the last that of none.

    >>> [(rest.least, rest.greatest, rest.bits) for rest in rests([{1, 3}, {0, 2}])]
    [(1, 5, 21), (0, 2, 5), (0, 0, 1)]
    """
    wide = sum(max(domain) - min(domain) for domain in domains) > SPREAD
    found = [Rest(0, 0, None if wide else 1)]
    for domain in reversed(domains):
        rest, first = found[-1], min(domain)
        bits = None if rest.bits is None else _shifted(rest.bits, domain, first)
        found.append(Rest(rest.least + first, rest.greatest + max(domain), bits))
    return found[::-1]


def _bits_by_value(values: Sequence[int]) -> dict[int, int]:
    """Which readings add each value."""
    found: dict[int, int] = {}
    for index, value in enumerate(values):
        found[value] = found.get(value, 0) | 1 << index
    return found


def _shifted(sums: int, domain: Iterable[int], first: int) -> int:
    """The sums with any value of a term added."""
    return reduce(or_, [sums << value - first for value in domain])


def _unshifted(sums: int, domain: Iterable[int], first: int) -> int:
    """The sums with any value of a term taken away."""
    return reduce(or_, [sums >> value - first for value in domain], 0)


def _supported_apart(domains: Sequence[AbstractSet[int]], effort: Effort) -> list[set[int]]:
    """The same with sums kept apart as a set."""
    before: list[set[int]] = [{0}]
    for domain in domains:
        effort.spend(2 * len(before[-1]) * len(domain))
        before.append({total + value for total in before[-1] for value in domain})
    found: list[set[int]] = []
    needed = {0} & before[-1]
    for domain, totals in zip(reversed(domains), reversed(before[:-1]), strict=True):
        found.append({v for v in domain if any(n - v in totals for n in needed)})
        needed = {n - v for n in needed for v in found[-1]} & totals
    return found[::-1]
