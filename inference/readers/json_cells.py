"""Put cells that are told one by one, by their row and column, into rows; and boxes of print into lines.

Flow:  cells with places -> **rows** -> markup

A cell that spans rows or columns is printed once, where it begins, as in HTML. A place that no cell tells
of is what the source says of it: empty where it lists every cell that shows something, absent otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from gouji.inference.readers.json_values import Figure, shown
from gouji.inference.unread_marks import ABSENT

# Docling, Azure (as it answers, and as its libraries do), Textract, and what others call the same.
_ROW = ("start_row_offset_idx", "rowIndex", "row_index", "RowIndex", "row", "row_idx", "r")
_COLUMN = (
    "start_col_offset_idx",
    "columnIndex",
    "column_index",
    "ColumnIndex",
    "col",
    "column",
    "col_idx",
    "colIndex",
    "c",
)
_ROWS = ("row_span", "rowSpan", "RowSpan", "rowspan")
_COLUMNS = ("col_span", "columnSpan", "column_span", "ColumnSpan", "colspan", "colSpan")
_TEXT = ("content", "text", "value", "Text")
_MOST_PLACES = 1 << 16  # of a table; the largest official one has 300
_SAME_LINE = 0.5  # of a line's height, that the middles of its boxes may lie apart


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: where it begins, how much it spans, and what it shows."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """A piece of print and the place that it takes on its page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def cells_of(told: Sequence[Any]) -> list[Cell] | None:
    """The cells of a list of objects; None where one of them is no cell.

    >>> cells_of([{"rowIndex": Figure("0"), "columnIndex": Figure("1"), "content": "总计"}])
    [Cell(row=0, column=1, rows=1, columns=1, text='总计')]
    """
    found = []
    for each in told:
        if not isinstance(each, dict):
            return None
        row, column = _number(each, _ROW), _number(each, _COLUMN)
        text = next((each[key] for key in _TEXT if key in each), "")
        if row is None or column is None or isinstance(text, dict | list):
            return None
        spans = (_number(each, _ROWS) or 1, _number(each, _COLUMNS) or 1)
        found.append(Cell(row, column, max(spans[0], 1), max(spans[1], 1), " ".join(shown(text).split("\n"))))
    return found or None


def rows_of(cells: Sequence[Cell], *, lists_all: bool = False) -> list[list[str]]:
    """The rows of a table, each by the cells that begin in it.

    Args:
        cells: In any order.
        lists_all: Whether what shows nothing is left out, so that a place without a cell is empty.
    """
    ends = [(cell.row + cell.rows, cell.column + cell.columns) for cell in cells]
    height, width = max(end for end, _ in ends), max(end for _, end in ends)
    begun = {(cell.row, cell.column): cell.text for cell in cells}
    if height * width > _MOST_PLACES:
        rows = sorted({row for row, _ in begun})
        return [[begun[place] for place in sorted(begun) if place[0] == row] for row in rows]
    taken = {
        place
        for cell in cells
        for place in product(
            range(cell.row, cell.row + cell.rows), range(cell.column, cell.column + cell.columns)
        )
    }
    first = min(row for row, _ in begun), min(column for _, column in begun)
    empty = "" if lists_all else ABSENT
    found = []
    for row in range(first[0], height):
        own = [(row, column) for column in range(first[1], width)]
        found.append([begun.get(place, empty) for place in own if place in begun or place not in taken])
    return [row for row in found if row]


def lines_of(boxes: Sequence[Box]) -> Iterator[str]:
    """The lines that boxes stand in, from the top; a tab between two boxes."""
    if not boxes:
        return
    heights = sorted(box.bottom - box.top for box in boxes)
    apart = heights[len(heights) // 2] * _SAME_LINE
    line: list[Box] = []
    for box in sorted(boxes, key=_middle):
        if line and _middle(box) - _middle(line[-1]) > apart:
            yield _joined(line)
            line = []
        line.append(box)
    yield _joined(line)


def box_of(place: Any, text: Any) -> Box | None:
    """A box by its sides, or by its corners; None where the place is neither.

    >>> box_of(["1", "2", "30", "9"], "规章")
    Box(left=1.0, top=2.0, right=30.0, bottom=9.0, text='规章')
    """
    if not isinstance(place, list) or not isinstance(text, str):
        return None
    try:
        if len(place) == 4 and not isinstance(place[0], list):
            left, top, right, bottom = map(float, place)
        else:
            across, down = zip(*((float(x), float(y)) for x, y in place), strict=True)
            left, top, right, bottom = min(across), min(down), max(across), max(down)
    except (TypeError, ValueError):
        return None
    return Box(left, top, right, bottom, " ".join(text.split()))


def _joined(line: Sequence[Box]) -> str:
    return "\t".join(box.text for box in sorted(line, key=lambda box: box.left))


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _number(cell: Mapping[str, Any], keys: Sequence[str]) -> int | None:
    value = next((cell[key] for key in keys if key in cell), None)
    return int(value) if isinstance(value, Figure) and value.isdecimal() else None
