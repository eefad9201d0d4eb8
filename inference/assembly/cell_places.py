"""Where the cells of a row stand whose file knows them, and which of them stand whole on the sheet.

Flow:  page, strips -> **cells of a row** -> known cells -> readings
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from gouji.inference.assembly.strips import Strip
from gouji.inference.unread_marks import CUT
from gouji.model.page import Page, Stretch


def places_of(strip: Strip) -> tuple[int, int]:
    """Where a row's label ends, and where its first number stands."""
    first = strip.chunks[0].start if strip.chunks else strip.label_end or 0
    return first if strip.label_end is None else strip.label_end, first


def cells_of(page: Page, place: int) -> Sequence[Stretch]:
    """The cells of the row that holds a place; none where none is known."""
    index = _behind(page, place) - 1 if page.rows else -1
    if index < 0 or place > page.rows[index][1]:
        return ()
    start, end = page.rows[index]
    return _cells(page.text[start:end], start)


@lru_cache(maxsize=1 << 10)  # a row is asked for some twenty times
def _cells(row: str, start: int) -> tuple[Stretch, ...]:
    lengths = [len(cell) for cell in row.split("\t")]
    begins = accumulate((length + 1 for length in lengths), initial=start)
    return tuple((begin, begin + length) for begin, length in zip(begins, lengths, strict=False))


def _behind(page: Page, place: int) -> int:
    """The index of the first row that begins behind a place."""
    return bisect_right(page.rows, (place, len(page.text)))


def row_above(page: Page, place: int) -> Sequence[Stretch]:
    """The cells of the row right above the one that holds a place; none where none is."""
    index = _behind(page, place) - 1
    return cells_of(page, page.rows[index - 1][0]) if _adjoins(page, index) else ()


def row_below(page: Page, place: int) -> Sequence[Stretch]:
    """The cells of the row right below the one that holds a place; none where none is."""
    index = _behind(page, place)
    return cells_of(page, page.rows[index][0]) if _adjoins(page, index) else ()


def _adjoins(page: Page, index: int) -> bool:
    """Whether a row stands right below another."""
    return 0 < index < len(page.rows) and page.rows[index - 1][1] + 1 == page.rows[index][0]


def rows_beside(page: Page, place: int) -> list[Sequence[Stretch]]:
    """The rows next to the one that holds a place, each by its cells."""
    index = _behind(page, place) - 1
    near = [*page.rows[max(index - 2, 0) : max(index, 0)], *page.rows[index + 1 : index + 3]]
    return [cells_of(page, start) for start, _ in near]


def cells_behind(page: Page, label_end: int, place: int) -> Sequence[Stretch]:
    """The whole cells that begin behind a label, of the row that holds a place; none where none is known."""
    if not page.rows:
        return ()
    left = _left(page, place)
    return [cell for cell in (cells_of(page, place) if left is None else left) if cell[0] >= label_end]


def cells_left(page: Page, strip: Strip) -> int | None:
    """How many cells of a row stand whole behind its label, before the one that the sheet's edge cuts off.

    None where it cuts none off; 0 where that is not the last one.
    """
    places = places_of(strip)
    left = (_left(page, place) for place in places if page.rows)
    return next((sum(begin >= places[0] for begin, _ in cells) for cells in left if cells is not None), None)


def _left(page: Page, place: int) -> Sequence[Stretch] | None:
    """The cells before the one that is cut off, of the row that holds a place; None where none is.

    The first one may be cut off as well: it is a cell, whatever it holds.
    """
    cells = cells_of(page, place)
    cut = [index for index, (start, end) in enumerate(cells) if CUT in page.text[start:end]]
    if not cut:
        return None
    return cells[:-1] if cut in ([len(cells) - 1], [0, len(cells) - 1]) else ()
