"""Read a row by the cells that its file knows: each number where it stands, each empty cell blank.

Flow:  strips -> **known cells** -> readings

HTML and word processors' documents hold their tables by cells, and a page of them says which of
its lines are table rows. Such a row has one reading where it has, behind its label, a cell for
every column and at most one number in each. Where it has them and a cell holds two numbers, or
words instead of one, the row stays open: to count its numbers through would shift them. So does
a row that the sheet's edge cuts off, unless it is known which columns are left (`cut_off`).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from gouji.inference.assembly.line_readings import LineReadings, reading_of
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.model.page import Page, Stretch

CUT_OFF = "…"  # stands in a cell that the edge of a sheet cuts off, behind what is left of its print


def in_cells(page: Page, columns: int, strip: Strip, *, cut_off: bool = False) -> LineReadings | None:
    """A row's one reading by its cells; None where the file does not know them, or has others.

    Args:
        page: The page as it is read.
        columns: How many cells the row has behind its label.
        strip: What is printed there.
        cut_off: Whether these are the columns that the sheet's edge leaves of a row.
    """
    if not page.rows:
        return None
    label_end, first = _places(strip)
    if any(_left(page, place) is not None for place in (label_end, first)):
        if not cut_off or cells_left(page, strip) != columns:
            return _open(strip)
    elif cut_off:
        return _open(strip)
    if not strip.chunks:
        return _without_number(page, strip, columns)
    cells = _cells_behind(page, label_end, label_end)
    if len(cells) != columns:
        cells = _cells_behind(page, label_end, first)  # of a band, or of a row below its label
    elif first >= cells[-1][1] and not _is_labelled(page, first):
        return _open(strip)  # the label's own row is empty, and numbers stand below it
    if len(cells) != columns:
        return None
    held: list[Chunk | None] = [None] * len(cells)
    for chunk in strip.chunks:
        place = next((i for i, (start, end) in enumerate(cells) if start <= chunk.start < end), None)
        if place is None:
            continue  # another row's, or what the edge leaves of a number
        if held[place] is not None:
            return _open(strip)
        held[place] = chunk
    if not all(_explains(page, chunk, cell) for chunk, cell in zip(held, cells, strict=True)):
        return _open(strip)
    reading = reading_of(held)
    return _open(strip) if reading is None else LineReadings(strip, (reading,), shown=True, known=True)


def cells_left(page: Page, strip: Strip) -> int | None:
    """How many cells of a row stand whole behind its label, before the one that the sheet's edge cuts off.

    None where it cuts none off; 0 where that is not the last one.
    """
    label_end, first = _places(strip)
    for place in (label_end, first):
        left = _left(page, place)
        if left is not None:
            return sum(begin >= label_end for begin, _ in left)
    return None


def _places(strip: Strip) -> tuple[int, int]:
    """Where a row's label ends, and where its first number stands."""
    first = strip.chunks[0].start if strip.chunks else strip.label_end or 0
    return first if strip.label_end is None else strip.label_end, first


def _left(page: Page, place: int) -> list[Stretch] | None:
    """The cells before the one that is cut off, of the row that holds a place; None where none is."""
    cells = _cells_of(page, place)
    cut = [i for i, (start, end) in enumerate(cells) if _is_cut_off(page.text[start:end])]
    if not cut:
        return None
    return cells[:-1] if cut == [len(cells) - 1] else []


def _is_cut_off(cell: str) -> bool:
    """Whether a cell is marked so, and is no label that was cut."""
    return CUT_OFF in cell and not any(map(str.isalpha, cell))


def _is_labelled(page: Page, place: int) -> bool:
    """Whether the row that holds a place begins with words: then its numbers are theirs."""
    row = _row_at(page, place)
    return row is not None and any(map(str.isalpha, page.folded[row[0] : place].partition("\t")[0]))


def _explains(page: Page, chunk: Chunk | None, cell: Stretch) -> bool:
    """Whether a cell holds nothing besides its number that might be one, or no word where it has none."""
    start, end = cell
    if chunk is None:
        return not any(map(str.isalnum, page.folded[start:end]))
    beside = page.folded[start : chunk.start] + page.folded[chunk.unit_end or chunk.end : end]
    return not any(map(str.isdigit, beside))


def _without_number(page: Page, strip: Strip, columns: int) -> LineReadings | None:
    """A row that no number follows: blank, or open where its cells hold something else, or it has none."""
    label_end, _ = _places(strip)
    cells = _cells_behind(page, label_end, label_end)
    if not cells and _cells_of(page, label_end):
        return _open(strip)
    if not all(_explains(page, None, cell) for cell in cells):
        return _open(strip)
    reading = reading_of([None] * columns) if len(cells) == columns else None
    return None if reading is None else LineReadings(strip, (reading,), shown=True, known=True)


def _open(strip: Strip) -> LineReadings:
    return LineReadings(strip, (), more=True)


def _row_at(page: Page, place: int) -> Stretch | None:
    index = bisect_right(page.rows, place, key=lambda row: row[0]) - 1
    return page.rows[index] if index >= 0 and place <= page.rows[index][1] else None


def _cells_behind(page: Page, label_end: int, place: int) -> list[Stretch]:
    """The whole cells that begin behind a label, of the row that holds a place; none where none is known."""
    left = _left(page, place)
    return [cell for cell in (_cells_of(page, place) if left is None else left) if cell[0] >= label_end]


def _cells_of(page: Page, place: int) -> list[Stretch]:
    """The cells of the row that holds a place; none where none is known."""
    row = _row_at(page, place)
    if row is None:
        return []
    lengths = [len(cell) for cell in page.text[row[0] : row[1]].split("\t")]
    begins = accumulate((length + 1 for length in lengths), initial=row[0])
    return [(begin, begin + length) for begin, length in zip(begins, lengths, strict=False)]
