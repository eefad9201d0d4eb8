"""Read from where a row's numbers stand in their lines which of its cells were left empty.

Flow:  strips -> **grid** -> cells of a table -> readings

Tools that lay text out in a grid (inscriptis, text browsers without ruling) print each cell
left-aligned, so the distinct places at which cells begin are the grid's columns, and a row's numbers take
the columns next after its label. Where each column begins right behind the widest cell of the one before,
no column of empty cells can hide between the two, and the grid proves itself; else the sums must.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.gaps import Blanks, Shown
from gouji.inference.assembly.strips import Strip
from gouji.model.labels import Span
from gouji.model.page import Page

_CELL = re.compile(r"\S+(?: \S+)*")
_FEWEST_BLANKS = 2  # that part two columns of a grid without a rest


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of text: where it and each of its cells begins, and its length with the blanks at its end."""

    start: int
    cells: tuple[tuple[int, int], ...]
    length: int

    @property
    def begins(self) -> tuple[int, ...]:
        return tuple(begin for begin, _ in self.cells)

    def first_column(self, rank: Mapping[int, int], number: int) -> int:
        """The column next after the last label before a number."""
        return max((rank[begin] + 1 for begin in self.begins if begin < number - self.start), default=0)


def tiled(page: Page, start: int, strips: Sequence[Strip], columns: int) -> Shown | None:
    """The empty cells of the rows of a grid without a rest; None where they stand on no such grid.

    Args:
        page: The page.
        start: Where the table begins, with its column labels.
        strips: The rows of one table.
        columns: How many cells each row has.
    """
    printed = [strip for strip in strips if strip.chunks]
    if not printed or len(printed) < len(strips):
        return None
    grid = _tiles(list(_rows(page, start, printed[-1].chunks[-1].end)), columns)
    rank = {begin: place for place, (begin, _) in enumerate(grid)}
    found = []
    for strip in printed:
        (row,) = _rows(page, strip.chunks[0].start, strip.chunks[0].start)
        own = [rank.get(chunk.start - row.start) for chunk in strip.chunks]
        first = row.first_column(rank, strip.chunks[0].start) if grid else 0
        last = first + columns - 1
        if None in own or last >= len(grid) or row.length != grid[last][1]:
            return None
        found.append(_blanks([place - first for place in own if place is not None], columns))
    return None if None in found else Shown("places", tuple(found), is_exact=True)


def _tiles(rows: Sequence[_Row], more: int) -> list[tuple[int, int]]:
    """Where each column of a grid begins and ends, with empty ones behind them; none where it has gaps."""
    widest: dict[int, int] = {}
    for row in rows:
        for begin, end in row.cells:
            widest[begin] = max(end, widest.get(begin, 0))
    known = sorted(widest.items())
    between = [begin - end for (_, end), (begin, _) in itertools.pairwise(known)]
    apart = min(between, default=0)
    if apart < _FEWEST_BLANKS or any(size % apart for size in between):
        return []
    grid = known[:1]
    for begin, end in known[1:]:
        grid += [(place, place) for place in range(grid[-1][1] + apart, begin, apart)]
        grid.append((begin, end))
    right = grid[-1][1]
    return [*grid, *((right + apart * place, right + apart * place) for place in range(1, more))]


def aligned(page: Page, strips: Sequence[Strip], columns: int, heads: Sequence[Span] = ()) -> Shown | None:
    """The empty cells of rows each cell of which begins at its column's own place, for sums to confirm.

    Args:
        page: The page.
        strips: The rows of one table.
        columns: How many cells each row has.
        heads: Column labels that stand on the same grid; given, the rows have no labels.
    """
    rows = [_row(page, s.chunks[0].start, s.chunks[-1].end) if s.chunks else None for s in strips]
    above = [row for head in heads if (row := _row(page, head.start, head.end)) is not None]
    begun = {begin for row in rows if row for begin in row.begins}
    headed = {begin for row in above for begin in row.begins}
    if headed and any(begin < max(headed) for begin in begun - headed):
        return None  # a number that begins between two labels is aligned in another way
    rank = {begin: place for place, begin in enumerate(sorted(begun | headed))}
    if heads and len(rank) != columns:
        return None
    found: list[Blanks | None] = []
    for strip, row in zip(strips, rows, strict=True):
        if not strip.chunks:
            found.append(Blanks((), 0, columns))
            continue
        places = [rank.get(chunk.start - row.start) for chunk in strip.chunks] if row else [None]
        first = row.first_column(rank, strip.chunks[0].start) if row else 0
        if None in places or (not first and not heads):
            return None
        found.append(_blanks([place - first for place in places if place is not None], columns))
    return None if None in found else Shown("places", tuple(found))


def _blanks(places: Sequence[int], columns: int) -> Blanks | None:
    """The empty cells of a row whose numbers stand in these columns."""
    edges = [-1, *places, columns]
    between = tuple(place - before - 1 for before, place in itertools.pairwise(edges))
    return Blanks(between[1:-1], between[0], between[-1]) if min(between) >= 0 else None


def _rows(page: Page, first: int, last: int) -> Iterator[_Row]:
    """The lines that hold what stands from one place to another."""
    start = page.folded.rfind("\n", 0, first) + 1
    end = page.folded.find("\n", last)
    for line in page.folded[start : end if end >= 0 else None].split("\n"):
        yield _Row(start, tuple(match.span() for match in _CELL.finditer(line)), len(line))
        start += len(line) + 1


def _row(page: Page, first: int, last: int) -> _Row | None:
    """The one line that holds all from one place to another."""
    rows = list(_rows(page, first, last))
    return rows[0] if len(rows) == 1 else None
