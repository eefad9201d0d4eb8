"""Cut digits that ran together into the terms and totals that they can only be.

Flow:  strips -> **search** -> readings -> one reading of the page

The terms before a total are cut in two halves, which meet in the middle: the ways to fill each
half are few, and looked up by their sum, where those to fill both are their product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from gouji.inference.assembly.search import (
    Effort,
    Filled,
    Place,
    Print,
    gap_behind,
    numbers_at,
)
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Number

_Group = tuple[tuple[Number, ...], tuple[Print | None, ...], Place]  # filled, and the place behind it


class _Way(NamedTuple):  # made by the ten thousand, which takes a dataclass that is frozen thrice as long
    """Some columns filled from one place on: what their values add up to, and the place behind them."""

    total: int
    filled: Filled
    after: Place


class GluedSearch:
    """Cut digits that ran together, group of columns by group: some terms, then the total they add up to.

    Where the total of a group is printed is tried first; the digits before it must then be cut
    into terms of that very sum, which leaves few ways.
    """

    def __init__(
        self,
        chunks: Sequence[Chunk],
        sums: Sequence[Sum],
        blanks: Sequence[int] | None,
        effort: Effort | None = None,
    ) -> None:
        self.chunks, self.blanks = chunks, blanks
        self.groups = [len(rule.left) for rule in sums]
        self.effort = Effort(whole=effort)
        digits = [chunk.digits for chunk in chunks]
        self._digits_before = [*accumulate(map(len, digits), initial=0)]
        self._whole_before = [*accumulate((int(own or 0) for own in digits), initial=0)]
        self._longest_from = [*accumulate(map(len, reversed(digits)), max, initial=0)][::-1]
        # What was found once is remembered.
        self._from, self._ways, self._by_end = cache(self._from_), cache(self._ways_), cache(self._by_end_)
        self._numbers = cache(self._numbers_)

    @staticmethod
    def fits(columns: int, sums: Sequence[Sum], chunks: Sequence[Chunk]) -> bool:
        """Whether the sums cut the columns into groups of terms and a total, and all digits are plain."""
        order = [column for rule in sums for column in (*rule.left, *rule.right)]
        plain = all(chunk.is_mark or chunk.digits.isdigit() for chunk in chunks)
        return plain and order == list(range(columns)) and all(len(rule.right) == 1 for rule in sums)

    def run(self, found: Callable[[Filled], None]) -> None:
        """Hand over each way to fill the columns."""
        for filled in self._from(0, (0, 0, None)):
            found(filled)

    def _from_(self, group: int, place: Place) -> list[Filled]:
        """The ways to fill the columns of `group` and those behind it from a place on."""
        if group == len(self.groups):
            return [((), ())] if place[0] == len(self.chunks) else []
        found: list[Filled] = []
        is_last = group + 1 == len(self.groups)
        for values, prints, after in self._group(self.groups[group], place, is_last):
            rest = self._from(group + 1, after)
            self.effort.spend(len(rest))
            found += [(values + more, prints + others) for more, others in rest]
        return found

    def _group(self, terms: int, place: Place, is_last: bool) -> Iterator[_Group]:
        """The ways to fill one group; the total of the last one is what the print ends with."""
        chunk, offset, gap = place
        blank = ((0,) * (terms + 1), (None,) * (terms + 1))
        if gap is None or gap > terms or chunk == len(self.chunks):
            yield *blank, (chunk, offset, gap and gap - terms - 1)
        end = len(self.chunks)
        for total_chunk in range(max(chunk, end - 1) if is_last else chunk, end):
            first = offset if total_chunk == chunk else 0
            for begin in range(first, max(len(self.chunks[total_chunk].digits), 1)):
                for total, printed, after in self._numbers(total_chunk, begin):
                    if is_last and after[0] < end:
                        continue
                    for values, prints in self._terms(terms, place, (total_chunk, begin), int(total)):
                        yield (*values, total), (*prints, printed), after
        yield from self._without_total(terms, place)

    def _without_total(self, terms: int, place: Place) -> Iterator[_Group]:
        """Zeros whose total is left blank."""
        chunk, offset, _ = place
        while chunk < len(self.chunks) and self.chunks[chunk].digits[offset : offset + 1] in ("0", ""):
            inside = offset + 1 < len(self.chunks[chunk].digits)
            chunk, offset = (chunk, offset + 1) if inside else (chunk + 1, 0)
            gap = None if inside else gap_behind(self.blanks, chunk - 1)
            for values, prints in self._terms(terms, place, (chunk, offset), 0) if gap != 0 else ():
                yield (*values, 0), (*prints, None), (chunk, offset, gap and gap - 1)

    def _terms(self, columns: int, place: Place, end: tuple[int, int], total: int) -> Iterator[Filled]:
        """The ways to fill `columns` with exactly the digits up to an end, adding up to a total."""
        self.effort.spend()
        chunk, offset, _ = place
        digits = (chunk, offset, *end)
        if not self._least(columns, *digits) <= total <= self._most(*digits):
            return
        half = columns // 2
        ways = self._ways(half, place)
        self.effort.spend(len(ways))
        for way in ways:
            if way.total <= total and way.after[:2] <= end:
                rest = (*end, total - way.total)
                for values, prints in self._by_end(columns - half, way.after).get(rest, ()):
                    yield (*way.filled[0], *values), (*way.filled[1], *prints)

    def _by_end_(self, columns: int, place: Place) -> Mapping[tuple[int, int, int], list[Filled]]:
        """The ways to fill columns from a place on, by the chunk and offset behind them and their sum."""
        found: dict[tuple[int, int, int], list[Filled]] = {}
        ways = self._ways(columns, place)
        self.effort.spend(len(ways))
        for way in ways:
            chunk, offset, gap = way.after
            if not gap:  # no blank is due where a total is printed
                found.setdefault((chunk, offset, way.total), []).append(way.filled)
        return found

    def _ways_(self, columns: int, place: Place) -> list[_Way]:
        """The ways to fill columns from a place on, each with some number or blank that may be next."""
        if columns == 0:
            return [_Way(0, ((), ()), place)]
        found: list[_Way] = []
        for value, printed, after in self._next(place):
            rest = self._ways(columns - 1, after)
            self.effort.spend(len(rest))
            found += [
                _Way(int(value) + total, ((value, *values), (printed, *prints)), end)
                for total, (values, prints), end in rest
            ]
        return found

    def _next(self, place: Place) -> Iterator[tuple[Number, Print | None, Place]]:
        """A blank, or the numbers that may begin at a place and be a term of a total behind them."""
        chunk, offset, gap = place
        if gap != 0:
            yield 0, None, (chunk, offset, gap and gap - 1)
        if not gap and chunk < len(self.chunks):
            for value, printed, after in self._numbers(chunk, offset):
                # No total has fewer digits than one of its terms.
                if not value or len(str(value)) <= self._longest(*after[:2]):
                    yield value, printed, after

    def _numbers_(self, chunk: int, offset: int) -> list[tuple[Number, Print | None, Place]]:
        return list(numbers_at(self.chunks, chunk, offset, self.blanks, split=True))

    def _longest(self, chunk: int, offset: int) -> int:
        """The most digits that stand together from a place on."""
        if chunk == len(self.chunks):
            return 0
        return max(len(self.chunks[chunk].digits) - offset, self._longest_from[chunk + 1])

    def _least(self, columns: int, chunk: int, offset: int, end_chunk: int, end_offset: int) -> int:
        """A bound from below: of so many digits one number must have several, and does not begin with 0."""
        before = self._digits_before
        digits = before[end_chunk] + end_offset - before[chunk] - offset
        longest = -(-digits // columns)
        return 10 ** (longest - 1) if longest > 1 else 0

    def _most(self, chunk: int, offset: int, end_chunk: int, end_offset: int) -> int:
        """The greatest sum that the digits up to an end can make: nothing cut at all."""
        last = self.chunks[end_chunk].digits[:end_offset] if end_offset else ""
        if chunk == end_chunk:
            return int(last[offset:] or 0)
        first, between = self.chunks[chunk].digits[offset:], self._whole_before
        return int(first or 0) + between[end_chunk] - between[chunk + 1] + int(last or 0)
