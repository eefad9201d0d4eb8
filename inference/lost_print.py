"""Take back what a page does not show whole: rows that its end cuts, or whose repeated print was dropped.

Flow:  found tables -> matrices -> **matrices of what is there** -> checks -> extraction

A crawler may keep each short text of a page once, or cut a page off at a length. Then a number that is not
there says nothing, and is no empty cell. Both show on the page as a whole, so both are judged on it. A row
that prints all of its cells is believed; of any other nothing is. The last number of a page that is cut may
have lost digits: it stands where its sums hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gouji.inference.assembly.checks import evaluate_checks
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.matrix import Matrix, in_order
from gouji.inference.assembly.strips import Strip
from gouji.inference.extraction import Cell, CheckState, State, Unplaced
from gouji.inference.why import Why
from gouji.model.label_words import bare
from gouji.model.page import GHOST, Page

_SHORT = 20  # characters of a line that may have been dropped; labels that repeat have at most 8
_FEWEST_SHORT = 30  # such lines, from which it says something that none comes twice; a report has 75 labels
_FEWEST_HEADS = 4  # column labels with a line of their own, from which each cell has one
_STRAY = 2  # labels that come twice all the same, a menu's or a footer's; lines that are drawn
_NUMBER = re.compile(r"[-+]?[0-9][0-9.,]*\S{0,2}")
_NOTHING = re.compile(rf"[\s|│┃║*_{GHOST}]*")
_BORDERS = ("\t", "|", "│", "┃", "║")
_REASONS = {
    Why.CUT_OFF: "the page ends within its row",
    Why.REPEATS_DROPPED: "the page lost what was printed before, and its row is not whole",
}


def as_far_as_there(
    page: Page, tables: Sequence[FoundTable], matrices: Mapping[str, Matrix]
) -> dict[str, Matrix]:
    """The matrices without what a page that lost print does not say.

    Args:
        page: The page as it is read.
        tables: The tables found on it.
        matrices: Their cells, by the table's id.
    """
    kept = dict(matrices)
    for found, line, why in _doubtful_lines(page, tables):
        matrix = kept[found.table.id]
        cells = [matrix.cells[key] for key in line.keys if key in matrix.cells]
        if any(cell.raw is None for cell in cells):
            kept[found.table.id] = _without(matrix, cells, why)
    for found in tables:
        matrix = kept[found.table.id]
        last = [cell for cell in matrix.cells.values() if cell.end == len(page.text)]
        if last and not _is_proved(found, matrix, last[0]):
            kept[found.table.id] = _without(matrix, last, Why.CUT_OFF)
    return kept


def _doubtful_lines(page: Page, tables: Sequence[FoundTable]) -> Iterator[tuple[FoundTable, Line, Why]]:
    if lost_repeats(page, tables):
        yield from ((found, line, Why.REPEATS_DROPPED) for found in tables for line in found.lines)
        return
    if page.rows:
        return  # the file knows its rows whole
    begins = [
        (strip.chunks[-1].end if strip.chunks else begin, begin, found, found.lines[index])
        for found in tables
        for index, strip in found.strips.items()
        if (begin := _begin(page, strip)) is not None
    ]
    end, begin, found, line = max(begins, key=lambda each: each[:2], default=(0, 0, None, None))
    if found is None or line is None or not _NOTHING.fullmatch(page.folded, max(begin, end)):
        return
    if _is_closed_cell(page.folded, begin):
        return
    if not _is_closed(page.folded[begin:], len(line.keys) - (found.table.printed == "band")):
        yield found, line, Why.CUT_OFF


def _begin(page: Page, strip: Strip) -> int | None:
    """Where a row begins to print: behind its label, or, of a band, on the line of its first number."""
    first = strip.chunks[0].start if strip.chunks else None
    if strip.row is None:
        return None if first is None else page.folded.rfind("\n", 0, first) + 1
    return strip.label_end or first


def lost_repeats(page: Page, tables: Sequence[FoundTable]) -> bool:
    """Whether a page whose cells have a line each shows every short line once, as no report does.

    Labels over several blocks and zeros are printed again and again.
    """
    lines = [words for line in page.folded.split("\n") if 0 < len(words := line.strip(" ")) <= _SHORT]
    counts = Counter(lines)
    again = [line for line, count in counts.items() if count > 1]
    if page.rows or len(lines) < _FEWEST_SHORT or len(again) > _STRAY:
        return False
    drawn = sum(any(border in line for border in _BORDERS) for line in lines)
    if drawn > _STRAY or any(_NUMBER.fullmatch(line) for line in again):
        return False
    heads = {bare(w) for f in tables for line in f.lines for c in line.block.columns for w in c.wordings}
    return sum(bare(line) in heads for line in counts) >= _FEWEST_HEADS


def _is_closed_cell(text: str, label_end: int) -> bool:
    """Whether each cell has a line for itself that a border closes, a page's last label too."""
    before = text[: text.rfind("\n", 0, label_end) + 1].rstrip("\n").rpartition("\n")[2].rstrip(" ")
    closed = before[-1:] in _BORDERS and sum(before.count(border) for border in _BORDERS) == 1
    return closed and text[label_end:].strip() == before[-1:]


def _is_closed(print_: str, borders: int) -> bool:
    """Whether a row at a page's end is one line with as many borders as cells, and its end, or one more."""
    row = print_.strip("\n")
    drawn = max(row.count(border) for border in _BORDERS)
    return "\n" not in row and (drawn > borders or (drawn == borders > 0 and print_.endswith("\n")))


def _is_proved(found: FoundTable, matrix: Matrix, cell: Cell) -> bool:
    """Whether a number that nothing follows makes its sums true, and has one."""
    whole = {key: matrix.cells.get(key, Cell(key, None, State.MISSING)) for key in found.table.keys()}
    own = set(cell.key.split("/")[1:])
    states = {c.state for c in evaluate_checks(found.table, whole) if c.name.rpartition("/")[2] in own}
    return CheckState.HOLDS in states and CheckState.FAILS not in states


def _without(matrix: Matrix, cells: Sequence[Cell], why: Why) -> Matrix:
    """The matrix with some of its cells missing, and what they print told of."""
    lost = {cell.key: Cell(cell.key, None, State.MISSING, why=(why,)) for cell in cells}
    numbers = (
        Unplaced(cell.raw, cell.start, cell.end, _REASONS[why])
        for cell in cells
        if cell.raw is not None and cell.start is not None and cell.end is not None and cell.value is not None
    )
    return replace(matrix, cells={**matrix.cells, **lost}, unplaced=in_order((*matrix.unplaced, *numbers)))
