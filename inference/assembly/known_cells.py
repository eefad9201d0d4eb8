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
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.model.page import Page, Stretch


def in_cells(page: Page, line: Line, strip: Strip) -> LineReadings | None:
    """The line's one reading by its cells; None where the file does not know them, or has others.

    Args:
        page: The page as it is read.
        line: The columns of the row.
        strip: What is printed behind the row's label.
    """
    if not page.rows:
        return None
    if not strip.chunks:
        return _open(strip) if _holds_words(strip.gaps[0]) else None
    first = strip.chunks[0].start
    label_end = first - len(strip.gaps[0])
    cells = _cells_behind(page, label_end, first)
    if len(cells) != len(line.keys):
        return None
    labelled = _cells_behind(page, label_end, label_end)
    if labelled != cells and len(labelled) == len(line.keys):
        return _open(strip)  # the label's own row is empty, and the numbers stand below it
    held: list[Chunk | None] = [None] * len(cells)
    for chunk in strip.chunks:
        place = next((i for i, (start, end) in enumerate(cells) if start <= chunk.start < end), None)
        if place is None or held[place] is not None:
            return _open(strip)
        held[place] = chunk
    if not all(_explains(page, chunk, cell) for chunk, cell in zip(held, cells, strict=True)):
        return _open(strip)
    reading = reading_of(held)
    return _open(strip) if reading is None else LineReadings(strip, (reading,), shown=True, known=True)


def _explains(page: Page, chunk: Chunk | None, cell: Stretch) -> bool:
    """Whether a cell holds nothing besides its number that might be one, or no word where it has none."""
    start, end = cell
    if chunk is None:
        return not any(map(str.isalnum, page.folded[start:end]))
    beside = page.folded[start : chunk.start] + page.folded[chunk.unit_end or chunk.end : end]
    return not any(map(str.isdigit, beside))


def _holds_words(gap: str) -> bool:
    """Whether the cells behind a label that no number follows hold something else: a picture, a remark."""
    _, border, cells = gap.partition("\n")[0].partition("\t")
    return bool(border) and any(map(str.isalnum, cells))


def _open(strip: Strip) -> LineReadings:
    return LineReadings(strip, (), more=True)


def _cells_behind(page: Page, label_end: int, place: int) -> list[Stretch]:
    """The cells that begin behind a label, of the row that holds a place; none where none is known."""
    index = bisect_right(page.rows, place, key=lambda row: row[0]) - 1
    if index < 0 or page.rows[index][1] < place:
        return []
    start, end = page.rows[index]
    lengths = [len(cell) for cell in page.text[start:end].split("\t")]
    begins = accumulate((length + 1 for length in lengths), initial=start)
    return [(b, b + length) for b, length in zip(begins, lengths, strict=False) if b >= label_end]
