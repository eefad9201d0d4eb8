"""Cells that span columns and rows, as markup tells them, on their way through HTML's reader.

Flow:  markup of a wiki, a forum, a typesetter -> cells -> **HTML** -> blocks

So each such format is a small parser, and what a cell shows that is no text (a picture, struck print, a
note) is known as it is on a page. A table whose markup tells of no span may have lost them: it is a grid.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from gouji.inference.readers.text_tables.html_tables import blocks_of_markup
from gouji.inference.readers.text_tables.rows import printed
from gouji.inference.readers.writer import Block, Table

_MOST = 100  # columns or rows that a cell spans; more is an error of the text
PICTURE = '<img src="">'  # what a cell shows that the text does not hold


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it shows, as HTML, and how far it goes."""

    shown: str
    columns: int = 1
    rows: int = 1


def count(written: str | None) -> int:
    """A number of columns or rows.

    >>> count("3"), count(None), count("0"), count("99999999999")
    (3, 1, 1, 100)
    """
    digits = (written or "").strip()
    if not (digits.isascii() and digits.isdecimal()):
        return 1
    return min(max(int(digits[:9]), 1), _MOST)


def escaped(text: str) -> str:
    """Print as HTML, without the marks of Markdown in it."""
    return html.escape(printed(text), quote=False)


def flowed(cells: Iterable[Cell], width: int) -> list[list[Cell]]:
    """Cells that follow one another without an end of a row, in the rows of a table.

    >>> [len(row) for row in flowed([Cell("a", rows=2), *[Cell("b")] * 4], 3)]
    [3, 2]
    """
    rows: list[list[Cell]] = [[]]
    taken = [0] * width  # rows below that each column's last cell still goes through
    at = 0
    for cell in cells:
        while at >= width or taken[at]:
            if at >= width:
                at, taken = 0, [max(left - 1, 0) for left in taken]
                rows.append([])
            else:
                at += 1
        for column in range(at, min(at + cell.columns, width)):
            taken[column] = cell.rows
        rows[-1].append(cell)
        at += cell.columns
    return rows


def blocks_of_cells(rows: Iterable[Sequence[Cell]], caption: str = "") -> tuple[Block, ...]:
    """The blocks of a table; what stands above it is a line."""
    held = [row for row in rows if row]
    found = blocks_of_markup(f"<table>{''.join(map(_row, held))}</table>")
    if not any(cell.columns > 1 or cell.rows > 1 for row in held for cell in row):
        found = [replace(block, is_grid=True) if isinstance(block, Table) else block for block in found]
    return (caption, *found) if caption else tuple(found)


def _row(cells: Sequence[Cell]) -> str:
    return f"<tr>{''.join(_written(cells))}</tr>"


def _written(cells: Sequence[Cell]) -> Iterator[str]:
    for cell in cells:
        spans = f' colspan="{cell.columns}"' * (cell.columns > 1) + f' rowspan="{cell.rows}"' * (
            cell.rows > 1
        )
        yield f"<td{spans}>{cell.shown}</td>"
