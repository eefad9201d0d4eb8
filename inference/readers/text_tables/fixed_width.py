"""Tables as pandas prints a data frame: columns set right under each other, rows counted from 0.

Flow:  lines -> **columns by their right edges** -> blocks

Without its index a frame is taken for one only where it prints what no publisher does (`NaN`, 26.0). A wide
frame goes on below itself, its lines' ends marked with a backslash: those parts are put side by side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.rows import Found, Row, table_of

PRESENT = re.compile(r"(?m)^ *0 +\S.*\n *1 +\S|^.*\S  +.*(?:\bNaN\b|\bnan\b|<NA>|\bNone\b|\d\.0+(?:  |$))")
_CELL = re.compile(r"\S+(?: \S+)*")
_MARKS = frozenset(("NaN", "nan", "<NA>", "None"))
_FLOAT = re.compile(r"-?\d+\.\d+")
_FEWEST_ROWS = 2
_FEWEST_LABELS = 2

Cells = list[tuple[str, int]]  # what each cell of a line prints, and the place behind it


def find(lines: Sequence[str], index: int) -> Found | None:
    """The frame that begins at a line, with its index or without."""
    rows, end, goes_on = _with_index(lines, index)
    while rows and goes_on:
        following = next((i for i in range(end, min(end + 3, len(lines))) if lines[i].strip()), end)
        more, behind, goes_on = _with_index(lines, following)
        if len(more) != len(rows):
            break
        rows, end = [(*left, *right[1:]) for left, right in zip(rows, more, strict=True)], behind
    if not rows:
        rows, end = _without_index(lines, index)
    return Found((table_of(rows),), end) if is_official(rows, _FEWEST_LABELS) else None


def _with_index(lines: Sequence[str], index: int) -> tuple[list[Row], int, bool]:
    """The rows of a frame with their index, a head above them if there is one; whether it goes on below."""
    first = next((i for i in (index, index + 1) if i < len(lines) and _counted(lines[i], 0)), None)
    if first is None:
        return [], index, False
    last = next((i for i in range(first, len(lines)) if not _counted(lines[i], i - first)), len(lines))
    body = lines[first:last]
    if len(body) < _FEWEST_ROWS:
        return [], index, False
    head = lines[index] if first > index else ""
    goes_on = head.rstrip().endswith("\\") or body[0].rstrip().endswith("\\")
    written = [re.sub(r"\\\s*$", "", line) for line in ([head, *body] if head else body)]
    width = max(map(_index_width, body))
    cells = [_cells(line, 0 if head and not place else width) for place, line in enumerate(written)]
    grid = _aligned(cells)
    if grid is None:
        return [], index, False
    numbers = [""] * bool(head) + [str(place) for place in range(len(body))]
    return [(n, *row) for n, row in zip(numbers, grid, strict=True)], first + len(body), goes_on


def _counted(line: str, place: int) -> bool:
    return re.match(rf" *{place} +\S", line) is not None


def _index_width(line: str) -> int:
    return len(line) - len(line.lstrip(" 0123456789")) if line.lstrip().isdecimal() else len(line.split()[0])


def _without_index(lines: Sequence[str], index: int) -> tuple[list[Row], int]:
    """The rows of lines whose cells end at the same places, where a program's own marks are among them."""
    body = list(takewhile(lambda line: "  " in line.strip() or _FLOAT.search(line), lines[index:]))
    cells = [_cells(line, 0) for line in body]
    marks = sum(cell in _MARKS or _FLOAT.fullmatch(cell) is not None for row in cells for cell, _ in row)
    grid = _aligned(cells) if len(body) >= _FEWEST_ROWS and marks else None
    return ([], index) if grid is None else (grid, index + len(body))


def _cells(line: str, start: int) -> Cells:
    """The cells of a line, two blanks or more between them, and where each ends."""
    return [(match[0], match.end()) for match in _CELL.finditer(line, start)]


def _aligned(rows: Sequence[Cells]) -> list[Row] | None:
    """Rows with a cell at each right edge; None where one ends elsewhere."""
    edges = [end for _, end in max(rows, key=len)]
    places = {end: place for place, end in enumerate(edges)}
    grid = []
    for row in rows:
        if any(end not in places for _, end in row):
            return None
        cells = [""] * len(edges)
        for cell, end in row:
            cells[places[end]] = cell
        grid.append(tuple(cells))
    return grid
