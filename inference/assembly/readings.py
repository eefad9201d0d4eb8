"""Every way in which a row's printed digits can fill its columns.

Flow:  strips -> **readings** -> one reading of the page

A reading puts each printed number in a column, in order. It may leave columns blank where
the layout has lost the blanks, cut digits that ran together, leave out a number too many or
join one that was broken over two lines; it must satisfy the row's own sums. All such
readings are found, not the likeliest: what several of them leave open stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from gouji.inference.assembly.glued import GluedSearch
from gouji.inference.assembly.search import Effort, Filled, PlainSearch, Print, TooMuch
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Number

LIMIT = 4000  # readings of one row; past it the row says that there are more
SURPLUS = 3  # numbers too many that a row is searched with; a row of more was torn from its label
LONGEST = 9  # digits a column, on average; the longest run of a row of the forms has 60 in all


class Reading(NamedTuple):
    """One value a column (0 for a blank) and where each is printed (None for a blank)."""

    values: tuple[Number, ...]
    prints: tuple[Print | None, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of a row, one for each tuple of values; `more` when the limit cut them short."""

    found: tuple[Reading, ...]
    more: bool = False


def find_readings(
    chunks: Sequence[Chunk],
    columns: int,
    sums: Sequence[Sum] = (),
    *,
    blanks: Sequence[int] | None = None,
    edges: tuple[int | None, int | None] = (None, None),
    split: bool = False,
    surplus: bool = False,
    effort: Effort | None = None,
) -> Readings:
    """Every reading of a row that satisfies its sums.

    Args:
        chunks: What is printed, in order; blank marks take a column as numbers do.
        columns: How many cells the row has.
        sums: The sums within the row.
        blanks: Empty cells in each gap between chunks, where the layout shows them.
        edges: Empty cells before the first and behind the last chunk, where it shows them.
        split: Digits may have run together: a chunk may hold several numbers.
        surplus: There may be numbers that belong to no column, or numbers broken in two.
        effort: Of the whole table, of which the row's search takes its part.
    """
    if sum(len(chunk.digits) for chunk in chunks) > LONGEST * columns or len(chunks) > columns + SURPLUS:
        return Readings((), more=True)
    if blanks is None and len(chunks) < columns and all(c.is_mark or c.is_nought for c in chunks):
        # Wherever they stand, every cell is 0 or blank, and that is one reading.
        return Readings((Reading((0,) * columns, (None,) * columns),))
    search: PlainSearch | GluedSearch
    if split and GluedSearch.fits(columns, sums, chunks):
        search = GluedSearch(chunks, sums, blanks, effort)
    else:
        search = PlainSearch(
            chunks, columns, sums, blanks, edges, split=split, surplus=surplus, effort=effort
        )
    found: dict[tuple[Number, ...], Reading] = {}

    def add(filled: Filled) -> None:
        reading = Reading(*filled)
        before = found.get(reading.values)
        found[reading.values] = reading if before is None else common_reading(before, reading)
        if len(found) > LIMIT:
            raise TooMuch

    try:
        search.run(add)
    except TooMuch:
        return Readings(tuple(found.values()), more=True)
    return Readings(tuple(found.values()))


def common_reading(one: Reading, other: Reading) -> Reading:
    """The same values read from other places: a zero keeps its place only where both agree."""
    if one.prints == other.prints:
        return one
    prints = tuple(
        a if a == b or (value and a is not None) else None
        for value, a, b in zip(one.values, one.prints, other.prints, strict=True)
    )
    return Reading(one.values, prints)


def with_two_joined(chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, ...]]:
    """The numbers of a row, with each two neighbours in turn as the one figure that they may have been."""
    for index, (left, right) in enumerate(pairwise(chunks)):
        if left.digits.isdigit() and right.digits.isdigit():
            places = tuple(c.place(digit) for c in (left, right) for digit in range(len(c.digits)))
            whole = left._replace(digits=left.digits + right.digits, end=right.end, places=places)
            yield (*chunks[:index], whole, *chunks[index + 2 :])
