"""Tables as pandas prints a data frame: columns set right under each other, rows counted from 0.

Flow:  lines -> **columns by their right edges** -> blocks

Without its index a frame is taken for one only where it prints what no publisher does (`NaN`, 26.0). A wide
frame goes on below itself, its lines' ends marked with a backslash: those parts are put side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.rows import Found, Lines, Row, table_of
from gouji.inference.unread_marks import UNSEEN

PRESENT = re.compile(r"(?m)^ *0 +\S.*\n *1 +\S|\b(?:NaN|nan|None)\b|<NA>|\d\.0+(?= |$)")
_LEFT_OUT = "..."  # columns or rows of a frame that is too large to be shown
_FILLER = "\0"
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]"
)
_WORD = re.compile(r"[^ ]+")
_COUNTED = re.compile(r" *(\d+)(?: +[^ ]| *$)")  # a wide blank is print
_CELL = re.compile(r"[^ ]+(?: [^ ]+)*")
_FIGURES = re.compile(r"[\d.,\-NaN]+")
_MARKS = frozenset(("NaN", "nan", "<NA>", "None"))
_FLOAT = re.compile(r"-?\d+\.0+")
_FEWEST_ROWS = 2
_FEWEST_EDGES = 3
_FEWEST_LABELS = 2

Cells = list[tuple[str, int]]  # what each cell of a line prints, and the place behind it


def find(lines: Lines, index: int) -> Found | None:
    """The frame that begins at a line, with its index or without."""
    rows, end, goes_on = _with_index(lines, index)
    while rows and goes_on:
        following = next((i for i in range(end, min(end + 3, len(lines))) if lines[i].strip()), end)
        more, behind, goes_on = _with_index(lines, following, len(rows[0]) - 1)
        if len(more) != len(rows):
            return None
        rows, end = [(*left, *right[1:]) for left, right in zip(rows, more, strict=True)], behind
    if not rows:
        rows, end = _without_index(lines, index)
    shown = [tuple(UNSEEN if cell == _LEFT_OUT else cell for cell in row) for row in rows]
    return Found((table_of(shown),), end) if is_official(shown, _FEWEST_LABELS) else None


def _with_index(lines: Sequence[str], index: int, before: int = 0) -> tuple[list[Row], int, bool]:
    """The rows of a frame with their index, a head above them if there is one; whether it goes on below.

    `before`: how many columns the parts above have, where this goes on from them.
    """
    first = next((i for i in (index + 1, index) if _begins(lines[i : i + _FEWEST_ROWS])), None)
    if first is None:
        return [], index, False
    last = next((i for i in range(first, len(lines)) if not _counted(lines[i], i - first)), len(lines))
    body = lines[first:last]
    head = lines[index] if first > index else ""
    goes_on = head.rstrip().endswith("\\") or body[0].rstrip().endswith("\\")
    written = [re.sub(r"\\\s*$", "", line) for line in ([head, *body] if head else body)]
    width = max(len(re.match(r" *\d+", line)[0]) for line in body)  # type: ignore[index]
    heads = [cell for cell, _ in _cells(written[0] if head else "", 0)]
    is_numbered = heads == [str(before + place) for place in range(len(heads))]
    starts = [0 if head and not place else width for place in range(len(written))]
    cells = _measured(
        [_cells(*line) for line in zip(print_, starts, strict=True)] for print_ in prints_of(written)
    )
    cells = cells[1:] if is_numbered and head else cells
    grid = _aligned(cells, _edges(cells, len(heads) if is_numbered else 0))
    if grid is None:
        return [], index, False
    numbers = [""] * (len(grid) - len(body)) + [str(place) for place in range(len(body))]
    return [(n, *row) for n, row in zip(numbers, grid, strict=True)], first + len(body), goes_on


def _counted(line: str, place: int) -> bool:
    found = _COUNTED.match(line)
    return found is not None and found[1] == str(place)


def _begins(lines: Sequence[str]) -> bool:
    """Whether lines are counted from 0, and no row of numbers for themselves."""
    return len(lines) == _FEWEST_ROWS and all(_counted(line, place) for place, line in enumerate(lines))


def _without_index(lines: Lines, index: int) -> tuple[list[Row], int]:
    """The rows of lines that end words at the same places, where a program's own marks are among them.

    Here one blank parts two cells: an edge is where most lines end a word.
    """
    body = lines.stretch("frames", index, lambda line: len(line.split(None, 1)) > 1)
    if len(body) < _FEWEST_ROWS:
        return [], index
    words = _measured([_words(line) for line in print_] for print_ in prints_of(body))
    marks = sum(word in _MARKS or _FLOAT.fullmatch(word) is not None for row in words for word, _ in row)
    has_index = any(_begins(body[place : place + _FEWEST_ROWS]) for place in range(len(body)))
    if not marks or has_index:
        return [], index
    ends = Counter(end for row in words for _, end in row)
    edges = sorted(end for end, count in ends.items() if count * 2 > len(body))
    if any(_passes_over(row, edges) for row in words):
        return [], index
    grid = _aligned(words, edges) if len(edges) >= _FEWEST_EDGES else None
    return ([], index) if grid is None else (grid, index + len(body))


def _passes_over(row: Cells, edges: Sequence[int]) -> bool:
    """Whether one blank alone parts two numbers between which an edge is: an empty cell leaves more."""
    return any(
        other.isascii() and behind - len(other) - end < 2 and any(end < edge < behind for edge in edges)
        for (_, end), (other, behind) in pairwise(row)
    )


def prints_of(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Lines as a program counts their characters, and as a terminal does: wide ones twice."""
    yield lines
    yield [_WIDE.sub(rf"\g<0>{_FILLER}", line) for line in lines]


def _measured(measures: Iterable[list[Cells]]) -> list[Cells]:
    """The cells of lines by the measure in which they end at the fewest places."""
    return min(measures, key=lambda rows: len({end for row in rows for _, end in row}))


def _cells(line: str, start: int) -> Cells:
    """The cells of a line, two blanks or more between them, and where each ends."""
    return [(match[0].replace(_FILLER, ""), match.end()) for match in _CELL.finditer(line, start)]


def _words(line: str) -> Cells:
    """The words of a line, and where each ends."""
    return [(match[0].replace(_FILLER, ""), match.end()) for match in _WORD.finditer(line)]


def _aligned(rows: Sequence[Cells], edges: Sequence[int]) -> list[Row] | None:
    """Rows with a cell at each right edge; None where a line goes beyond the last, or a number is none's own.

    A cell may hold blanks of its own: what ends at no edge goes on up to the next one, but for a number.
    """
    grid = []
    for row in rows:
        cells = [""] * len(edges)
        for cell, end in row:
            place = next((i for i, edge in enumerate(edges) if end <= edge), None)
            if place is None:
                return None
            own = end == edges[place] and not _FIGURES.fullmatch(cells[place])
            if cells[place] and _FIGURES.fullmatch(cell) and not own:
                return None
            cells[place] = f"{cells[place]} {cell}".strip()
        grid.append(tuple(cells))
    return grid


def _edges(rows: Sequence[Cells], width: int) -> list[int]:
    """Where columns end: where each row ends one, or the commonest places, as many as columns."""
    ends = Counter(end for row in rows for _, end in row)
    if not width:
        width = max(map(len, rows))
        shared = [end for end, count in ends.items() if count == len(rows)]
        if shared and len(shared) >= min(map(len, rows)) and max(ends) <= max(shared):
            return sorted(shared)
    return sorted(end for end, _ in ends.most_common(width))
