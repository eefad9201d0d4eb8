"""Cut digits that ran together into the terms and totals that they can only be.

Flow:  strips -> **search** -> readings -> one reading of the page
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.inference.extraction import Number
from gouji.inference.search import Effort, Filled, Place, Print, RowSum, gap_behind, numbers_at
from gouji.inference.strips import Chunk


class GluedSearch:
    """Cut digits that ran together, group of columns by group: some terms, then the total they add up to.

    Where the total of a group is printed is tried first; the digits before it must then be cut
    into terms of that very sum, which leaves few ways, and these are remembered by place.
    """

    def __init__(
        self, chunks: Sequence[Chunk], columns: int, sums: Sequence[RowSum], blanks: Sequence[int] | None
    ) -> None:
        self.chunks, self.blanks = chunks, blanks
        self.groups = [len(rule.left) for rule in sums]
        self.known: dict[tuple[int, Place], list[Filled]] = {}
        self.terms_known: dict[tuple[int, Place, int, int, int], list[Filled]] = {}
        self.effort = Effort()

    @staticmethod
    def fits(columns: int, sums: Sequence[RowSum], chunks: Sequence[Chunk]) -> bool:
        """Whether the sums cut the columns into groups of terms and a total, and all digits are plain."""
        order = [column for rule in sums for column in (*rule.left, *rule.right)]
        plain = all(chunk.is_mark or chunk.digits.isdigit() for chunk in chunks)
        return plain and order == list(range(columns)) and all(len(rule.right) == 1 for rule in sums)

    def run(self) -> Iterator[Filled]:
        yield from self._from(0, (0, 0, None))

    def _from(self, group: int, place: Place) -> list[Filled]:
        """The ways to fill the columns of `group` and those behind it from a place on."""
        if group == len(self.groups):
            return [((), ())] if place[0] == len(self.chunks) else []
        key = (group, place)
        if key not in self.known:
            found: list[Filled] = []
            is_last = group + 1 == len(self.groups)
            for values, prints, after in self._group(self.groups[group], place, is_last):
                rest = self._from(group + 1, after)
                self.effort.spend(len(rest))
                found += [(values + more, prints + others) for more, others in rest]
            self.known[key] = found
        return self.known[key]

    def _group(
        self, terms: int, place: Place, is_last: bool
    ) -> Iterator[tuple[tuple[Number, ...], tuple[Print | None, ...], Place]]:
        """The ways to fill one group; the total of the last one is what the print ends with."""
        chunk, offset, gap = place
        blank = ((0,) * (terms + 1), (None,) * (terms + 1))
        if gap is None or gap > terms or chunk == len(self.chunks):
            yield *blank, (chunk, offset, gap and gap - terms - 1)
        end = len(self.chunks)
        for total_chunk in range(max(chunk, end - 1) if is_last else chunk, end):
            first = offset if total_chunk == chunk else 0
            for begin in range(first, max(len(self.chunks[total_chunk].digits), 1)):
                numbers = numbers_at(self.chunks, total_chunk, begin, self.blanks, split=True)
                for total, printed, after in numbers:
                    if is_last and after[0] < end:
                        continue
                    for values, prints in self._terms(terms, place, total_chunk, begin, int(total)):
                        yield (*values, total), (*prints, printed), after
        yield from self._without_total(terms, place)

    def _without_total(
        self, terms: int, place: Place
    ) -> Iterator[tuple[tuple[Number, ...], tuple[Print | None, ...], Place]]:
        """Zeros whose total is left blank."""
        chunk, offset, _ = place
        while chunk < len(self.chunks) and self.chunks[chunk].digits[offset : offset + 1] in ("0", ""):
            following = (chunk, offset + 1) if offset + 1 < len(self.chunks[chunk].digits) else (chunk + 1, 0)
            chunk, offset = following
            for values, prints in self._terms(terms, place, chunk, offset, 0):
                gap = gap_behind(self.blanks, chunk - 1) if offset == 0 and self.blanks is not None else None
                if self.blanks is None or gap is None or gap > 0:
                    yield (*values, 0), (*prints, None), (chunk, offset, gap and gap - 1)

    def _terms(self, columns: int, place: Place, end_chunk: int, end_offset: int, rest: int) -> list[Filled]:
        """The ways to fill `columns` with exactly the digits up to an end, adding up to `rest`."""
        self.effort.spend()
        chunk, offset, gap = place
        if (chunk, offset) == (end_chunk, end_offset):
            fits = rest == 0 and gap in (None, columns)
            return [((0,) * columns, (None,) * columns)] if fits else []
        if columns == 0 or (chunk, offset) > (end_chunk, end_offset):
            return []
        key = (columns, place, end_chunk, end_offset, rest)
        known = self.terms_known.get(key)
        if known is not None:
            return known
        found: list[Filled] = []
        if (
            self._least(columns, chunk, offset, end_chunk, end_offset)
            <= rest
            <= self._most(chunk, offset, end_chunk, end_offset)
        ):
            if gap != 0:
                found = [
                    ((0, *values), (None, *prints))
                    for values, prints in self._terms(
                        columns - 1, (chunk, offset, gap and gap - 1), end_chunk, end_offset, rest
                    )
                ]
            if not gap:
                for value, printed, after in numbers_at(self.chunks, chunk, offset, self.blanks, split=True):
                    if value <= rest and after[:2] <= (end_chunk, end_offset):
                        tails = self._terms(columns - 1, after, end_chunk, end_offset, rest - int(value))
                        self.effort.spend(len(tails))
                        found += [((value, *values), (printed, *prints)) for values, prints in tails]
        self.terms_known[key] = found
        return found

    def _least(self, columns: int, chunk: int, offset: int, end_chunk: int, end_offset: int) -> int:
        """A bound from below: of so many digits one number must have several, and does not begin with 0."""
        digits = end_offset - offset + sum(len(self.chunks[i].digits) for i in range(chunk, end_chunk))
        longest = -(-digits // columns)
        return 10 ** (longest - 1) if longest > 1 else 0

    def _most(self, chunk: int, offset: int, end_chunk: int, end_offset: int) -> int:
        """The greatest sum that the digits up to an end can make: nothing cut at all."""
        most = 0
        for index in range(chunk, min(end_chunk + 1, len(self.chunks))):
            begin = offset if index == chunk else 0
            end = end_offset if index == end_chunk else None
            most += int(self.chunks[index].digits[begin:end] or 0)
        return most
