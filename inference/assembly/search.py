"""Fill a row's columns with its printed numbers, one after the other.

Flow:  strips -> **search** -> readings -> one reading of the page

A depth-first search over the columns. Its steps are counted: a row that no one could read
must not hold up a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Number

# Steps are counted, not seconds; one of a search in glued digits takes about a microsecond.
EFFORT = 300_000  # steps of one row's search; past them the row says that there are more readings
TABLE_EFFORT = 1_000_000  # of all rows of a table; of 1,291 pages one took 203,000, the others less
_STEP = 8  # a step of a plain search takes as long as so many

PRINTED = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")  # a number that stands by itself
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")  # one that is cut out of a run of digits

Place = tuple[int, int, int | None]  # chunk, offset in its digits, blanks due before the next number


class Print(NamedTuple):
    """Where a value of a reading is printed; `marked` is a blank cell's own mark."""

    start: int
    end: int
    chunk: Chunk
    whole: bool  # the chunk as it stands, nothing cut off or joined


def number_of(digits: str) -> Number:
    """The value of printed digits: int where an integer is printed.

    >>> number_of("-52"), number_of("14.495")
    (-52, 14.495)
    """
    return float(digits) if "." in digits else int(digits)


Filled = tuple[tuple[Number, ...], tuple[Print | None, ...]]


class TooMuch(Exception):
    """A search has used up its effort."""


class Effort:
    """Counts the steps of a search, and takes them from those of the whole that it is a part of."""

    def __init__(self, steps: int = EFFORT, whole: Effort | None = None) -> None:
        self.left = steps
        self.whole = whole

    def spend(self, steps: int = 1) -> None:
        part: Effort | None = self
        while part is not None:
            part.left -= steps
            if part.left < 0:
                raise TooMuch
            part = part.whole


class PlainSearch:
    """Depth-first over the columns, each chunk a number as it stands; a sum is checked at its last column."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        columns: int,
        sums: Sequence[Sum],
        blanks: Sequence[int] | None,
        edges: tuple[int | None, int | None] = (None, None),
        *,
        split: bool = False,
        surplus: bool = False,
        effort: Effort | None = None,
    ) -> None:
        self.chunks, self.columns, self.blanks, self.split = chunks, columns, blanks, split
        self.drops = max(len(chunks) - columns, 0) if surplus else 0
        self.due: list[list[Sum]] = [[] for _ in range(columns)]
        for rule in sums:
            self.due[rule.last].append(rule)
        self.leading, self.trailing = edges
        self.numbers: dict[tuple[int, int], list[tuple[Number, Print | None, Place]]] = {}
        self.effort = Effort(whole=effort)

    def run(self, found: Callable[[Filled], None]) -> None:
        """Hand over each way to fill the columns."""
        self.found = found
        self._step(((), ()), (0, 0, self.leading), self.drops)

    def _step(self, filled: Filled, place: Place, drops: int) -> None:
        """Fill the next column from a place on; a gap of None leaves room for any blanks."""
        (values, prints), (chunk, offset, gap) = filled, place
        left = len(self.chunks) - chunk
        room = self.columns - len(values) - left + drops  # for blanks: each chunk left takes a column
        if room < 0:
            return
        self.effort.spend(_STEP)
        if not left:
            self._leave_blank(filled)
            return
        if len(values) == self.columns:
            if left <= drops and offset == 0 and self._closes(prints):
                self.found(filled)
            return
        if drops and offset == 0:
            self._step(filled, (chunk + 1, 0, gap), drops - 1)
        if room and gap != 0:
            self._fill(filled, 0, None, (chunk, offset, gap and gap - 1), drops)
        if not gap:
            for value, printed, after in self._numbers(chunk, offset):
                self._fill(filled, value, printed, after, drops)
            if drops and offset == 0:
                self._join(filled, chunk, drops)

    def _leave_blank(self, filled: Filled) -> None:
        """Behind the last number leave all columns blank."""
        done = len(filled[0])
        rest = self.columns - done
        values, prints = (*filled[0], *[0] * rest), (*filled[1], *[None] * rest)
        self.effort.spend(_STEP * rest)
        if all(rule.holds(values) for rules in self.due[done:] for rule in rules) and self._closes(prints):
            self.found((values, prints))

    def _numbers(self, chunk: int, offset: int) -> list[tuple[Number, Print | None, Place]]:
        key = (chunk, offset)
        if key not in self.numbers:
            self.numbers[key] = list(numbers_at(self.chunks, chunk, offset, self.blanks, self.split))
        return self.numbers[key]

    def _closes(self, prints: Sequence[Print | None]) -> bool:
        """Whether as many blanks stand behind the last number as the layout shows."""
        if self.trailing is None or not self.chunks:
            return True
        filled = max((i for i, printed in enumerate(prints) if printed is not None), default=-1)
        return len(prints) - 1 - filled == self.trailing

    def _join(self, filled: Filled, chunk: int, drops: int) -> None:
        """Read two chunks as one number that a narrow cell broke in two."""
        pair = self.chunks[chunk : chunk + 2]
        digits = "".join(part.digits for part in pair)
        if len(pair) == 2 and not any(part.is_mark for part in pair) and _NUMBER.fullmatch(digits):
            joined = Print(pair[0].start, pair[1].end, pair[1], whole=False)
            after = (chunk + 2, 0, gap_behind(self.blanks, chunk + 1))
            self._fill(filled, number_of(digits), joined, after, drops - 1)

    def _fill(self, filled: Filled, value: Number, printed: Print | None, after: Place, drops: int) -> None:
        values = (*filled[0], value)
        for rule in self.due[len(filled[0])]:
            if not rule.holds(values):
                return
        self._step((values, (*filled[1], printed)), after, drops)


def gap_behind(blanks: Sequence[int] | None, chunk: int) -> int | None:
    """The blanks due behind a chunk; None where any number may be."""
    return None if blanks is None or chunk >= len(blanks) else blanks[chunk]


def numbers_at(
    chunks: Sequence[Chunk], chunk: int, offset: int, blanks: Sequence[int] | None, split: bool
) -> Iterator[tuple[Number, Print | None, Place]]:
    """The numbers that may begin at a place: `(value, where, (chunk, offset, gap) behind it)`."""
    printed, digits = chunks[chunk], chunks[chunk].digits
    behind = (chunk + 1, 0, gap_behind(blanks, chunk))
    if printed.is_mark:
        yield 0, Print(printed.start, printed.end, printed, whole=True), behind
        return
    if offset == 0 and (_NUMBER if split else PRINTED).fullmatch(digits):
        yield number_of(digits), Print(printed.start, printed.end, printed, whole=True), behind
    if not split:
        return
    # Where the layout shows every empty cell, none hides inside a run of digits.
    inside = None if blanks is None else 0
    if digits[offset] == "-":  # a sign, or the mark of a blank cell
        yield 0, None, (behind if offset + 1 == len(digits) else (chunk, offset + 1, inside))
    for end in range(offset + 1, len(digits) + 1):
        if (offset, end) == (0, len(digits)) or digits[end : end + 1] == ".":
            continue
        if _NUMBER.fullmatch(digits, offset, end):
            cut = Print(printed.place(offset), printed.place(end - 1) + 1, printed, whole=False)
            yield number_of(digits[offset:end]), cut, (behind if end == len(digits) else (chunk, end, inside))
