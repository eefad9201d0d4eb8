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

    def blanks(self, strip: Strip, rank: Mapping[int, int], columns: int) -> tuple[int, Blanks | None]:
        """The column next after a row's last label, and the empty cells from there on around its numbers.

        None for these where a number does not begin where a column does.
        """
        begins = [chunk.start - self.start for chunk in strip.chunks]
        first = max((rank[begin] + 1 for begin, _ in self.cells if begin < begins[0]), default=0)
        edges = [-1, *(rank.get(begin, -1) - first for begin in begins), columns]
        between = tuple(place - before - 1 for before, place in itertools.pairwise(edges))
        return first, Blanks(between[1:-1], between[0], between[-1]) if min(between) >= 0 else None


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
    if not grid:
        return None
    rank = {begin: place for place, (begin, _) in enumerate(grid)}
    found = []
    for strip in printed:
        (row,) = _rows(page, strip.chunks[0].start, strip.chunks[0].start)
        first, blanks = row.blanks(strip, rank, columns)
        last = first + columns - 1
        if blanks is None or last >= len(grid) or row.length != grid[last][1]:
            return None
        found.append(blanks)
    return Shown("places", tuple(found), is_exact=True)


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
    above = [_row(page, head.start, head.end) for head in heads]
    begun, headed = ({begin for row in own if row for begin, _ in row.cells} for own in (rows, above))
    if headed and any(begin < max(headed) for begin in begun - headed):
        return None  # a number that begins between two labels is aligned in another way
    rank = {begin: place for place, begin in enumerate(sorted(begun | headed))}
    if heads and (len(rank) != columns or len(headed) * 2 <= columns):
        return None  # lines of labels that one blank parts tell no column's place
    found: list[Blanks] = []
    for strip, row in zip(strips, rows, strict=True):
        first, blanks = row.blanks(strip, rank, columns) if row else (0, None)
        if not strip.chunks:
            first, blanks = 1, Blanks((), 0, columns)
        if blanks is None or (not first and not heads):
            return None
        found.append(blanks)
    return Shown("places", tuple(found))


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
