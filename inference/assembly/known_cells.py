"""Read a row by the cells that its file knows: each number where it stands, each empty cell blank.

Flow:  strips -> **known cells** -> readings

HTML and word processors' documents hold their tables by cells, and a page of them says which of
its lines are table rows. Such a row has one reading where it has, behind its label, a cell for
every column and at most one number in each. Where it has them and a cell holds two numbers, or
words instead of one, the row stays open: to count its numbers through would shift them.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from gouji.inference.assembly.line_readings import LineReadings, reading_of
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.model.page import Page, Stretch


def in_cells(page: Page, columns: int, strip: Strip) -> LineReadings | None:
    """A row's one reading by its cells; None where the file does not know them, or has others.

    Args:
        page: The page as it is read.
        columns: How many cells the row has behind its label.
        strip: What is printed there.
    """
    if not page.rows:
        return None
    if not strip.chunks:
        return _without_number(strip, columns)
    first = strip.chunks[0].start
    label_end = first - len(strip.gaps[0])
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
            continue  # another row's
        if held[place] is not None:
            return _open(strip)
        held[place] = chunk
    if not all(_explains(page, chunk, cell) for chunk, cell in zip(held, cells, strict=True)):
        return _open(strip)
    reading = reading_of(held)
    return _open(strip) if reading is None else LineReadings(strip, (reading,), shown=True, known=True)


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


def _without_number(strip: Strip, columns: int) -> LineReadings | None:
    """A row that no number follows: blank, or open where its cells hold a picture or a remark instead."""
    _, border, cells = strip.gaps[0].partition("\n")[0].partition("\t")
    if any(map(str.isalnum, cells)):
        return _open(strip)
    reading = reading_of([None] * columns) if border and cells.count("\t") == columns - 1 else None
    return None if reading is None else LineReadings(strip, (reading,), shown=True, known=True)


def _open(strip: Strip) -> LineReadings:
    return LineReadings(strip, (), more=True)


def _row_at(page: Page, place: int) -> Stretch | None:
    index = bisect_right(page.rows, place, key=lambda row: row[0]) - 1
    return page.rows[index] if index >= 0 and place <= page.rows[index][1] else None


def _cells_behind(page: Page, label_end: int, place: int) -> list[Stretch]:
    """The cells that begin behind a label, of the row that holds a place; none where none is known."""
    row = _row_at(page, place)
    if row is None:
        return []
    lengths = [len(cell) for cell in page.text[row[0] : row[1]].split("\t")]
    begins = accumulate((length + 1 for length in lengths), initial=row[0])
    return [(b, b + length) for b, length in zip(begins, lengths, strict=False) if b >= label_end]
