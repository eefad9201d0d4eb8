"""Read tables drawn with rules as rows of cells: what a cell's lines hold stands together.

Flow:  bytes -> page -> **page without ruling** -> tokens -> tags

Text browsers wrap each cell within its borders, so that a label lies in pieces, with other
cells' pieces between them, and a long number is cut by the width of its column. The drawing
says which pieces are one cell. What is read instead is a rearrangement of the page's own
characters: each row on one line, each cell once, between bars, however many rows it spans.
A drawing that does not close, or whose lines do not fit its borders, is left as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.model.page import GHOST, Page

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_WORDS = {
    "UP": _UP, "DOWN": _DOWN, "LEFT": _LEFT, "RIGHT": _RIGHT,
    "VERTICAL": _UP | _DOWN, "HORIZONTAL": _LEFT | _RIGHT,
}  # fmt: skip


def _arms(character: str) -> int:
    """To which sides a box-drawing character reaches, by its Unicode name."""
    arms = 0
    for word in unicodedata.name(character).split():
        arms |= _WORDS.get(word, 0)
    return arms


_ARMS = {chr(code): _arms(chr(code)) for code in range(0x2500, 0x2580)}
_RULE = frozenset([*(c for c, arms in _ARMS.items() if arms), GHOST])
_BLANK = " \t\n" + GHOST
_DIGITS = re.compile(r"-?[0-9.,]+")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9,]*)(?:\.[0-9]*)?")
_PAGE_NUMBER = re.compile(r"[-—·~] *[0-9]{1,4} *[-—·~]")
_PADDING = " \u00a0\t"  # a wide blank is print
_MOST_ALIEN = 3  # lines in a row that are none of the drawing's: page numbers, a head repeated by print


@dataclass(slots=True)
class _Cell:
    """A cell of the drawing: its print, line by line, as places in the page, and a border on its left."""

    pieces: list[Sequence[int]] = field(default_factory=list)
    border: int = 0

    def add(self, border: int, piece: Sequence[int]) -> None:
        self.border = self.border or border
        self.pieces.append(piece)


@dataclass(slots=True)
class _Row:
    """The cells that begin in a row, the place of a line break, and the lines of other print behind it."""

    cells: list[_Cell]
    end: int
    behind: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the drawing: what stands between its borders, and how far each border reaches."""

    borders: tuple[int, ...]  # places
    arms: tuple[int, ...]
    parts: tuple[Sequence[int], ...]  # places, one fewer than borders
    ruled: tuple[bool, ...]  # which parts are a rule
    end: int  # the place of its line break


class _NoTable(Exception):
    """What looked like a drawn table is none."""


def unruled(page: Page) -> Page:
    """The page with every ruled table's rows on one line each; the page itself where it has none.

    The result's `origin` says where each of its characters stands in the page's own text.

    >>> drawn = "┌──┬──┐\\n│总│12│\\n│计│34│\\n├──┼──┤\\n│无│  │\\n└──┴──┘\\n"
    >>> unruled(Page("", drawn)).text
    '│总计│1234│\\n│无││\\n'
    """
    text = page.folded
    places: list[int] = []
    done = 0
    for start, lines in _drawings(text):
        if start < done:
            continue
        try:
            rows, end = _rows(page, lines)
        except _NoTable:
            continue
        places.extend(range(done, start))
        for row in rows:
            places.extend(row)
        done = end
    if not done:
        return page
    places.extend(range(done, len(text)))
    origin = places if page.origin is None else map(page.origin.__getitem__, places)
    return Page(page.source, "".join(map(page.text.__getitem__, places)), tuple(origin))


def _drawings(text: str) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Where a table's upper border stands, and the lines from there on, by begin and end."""
    if "┌" not in text and "╔" not in text and "┏" not in text and "╭" not in text:
        return
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    for index, (begin, end) in enumerate(lines):
        line = text[begin:end].strip(_BLANK)
        if len(line) < 3 or _ARMS.get(line[0]) != _DOWN | _RIGHT or _ARMS.get(line[-1]) != _DOWN | _LEFT:
            continue
        if _RULE.issuperset(line):
            yield begin, lines[index:]


def _rows(page: Page, lines: Sequence[tuple[int, int]]) -> tuple[list[list[int]], int]:
    """The table's rows as they are read, and where what follows the table begins.

    Raises:
        _NoTable: The drawing does not close, or does not fit.
    """
    rows: list[_Row] = []
    open_cells: list[_Cell] = []
    alien = 0
    for line in _logical_lines(page.folded, lines):
        alien = alien + 1 if isinstance(line, range) else 0
        if isinstance(line, range):
            if not rows or alien > _MOST_ALIEN:
                raise _NoTable
            rows[-1].behind.extend(line)
            continue
        if not any(arms & (_LEFT | _RIGHT) for arms in line.arms):
            if len(line.parts) != len(open_cells):
                raise _NoTable
            for cell, border, part in zip(open_cells, line.borders, line.parts, strict=False):
                cell.add(border, part)
            continue
        open_cells, begun = _crossed(open_cells, line)
        if begun:
            rows.append(_Row(begun, line.end))
        if not open_cells:
            return [_read(page, row) for row in rows], min(line.end + 1, len(page.text))
    raise _NoTable


def _crossed(above: Sequence[_Cell], line: _Line) -> tuple[list[_Cell], list[_Cell]]:
    """The cells below a line with rules, and those of them that begin there."""
    below: list[_Cell] = []
    begun: list[_Cell] = []
    upper = -1
    goes_on = False  # the part before is of a cell that goes on: both its borders do
    last = max((i for i, arms in enumerate(line.arms) if arms & _DOWN), default=0)
    for index, (arms, part, ruled) in enumerate(zip(line.arms, line.parts, line.ruled, strict=False)):
        through = arms & (_UP | _DOWN) == _UP | _DOWN
        upper += bool(arms & _UP)
        if (goes_on or not ruled) and not through:
            raise _NoTable
        goes_on = not ruled
        if goes_on and upper < len(above):
            above[upper].add(line.borders[index], part)
            below.append(above[upper])
        elif arms & _DOWN and index < last:
            begun.append(_Cell())
            below.append(begun[-1])
    for side, cells in ((_UP, above), (_DOWN, below)):
        if sum(bool(arms & side) for arms in line.arms) != (len(cells) + 1 if cells else 0):
            raise _NoTable
    return below, begun


def _logical_lines(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[_Line | range]:
    """The drawing's lines, one that was broken joined again; of other print the places, if it is any."""
    held: list[int] = []
    for begin, end in lines:
        stripped = text[begin:end].strip(_BLANK)
        if not held and not stripped:
            continue
        if not held and _ARMS.get(stripped[0], 0) & ~_LEFT == 0:
            yield range(begin, min(end + 1, len(text)))
            continue
        goes_on = held and stripped and _ends_in_figure(text, held) and stripped[0].isdigit()
        if goes_on or (held and _PAGE_NUMBER.fullmatch(stripped)):
            raise _NoTable  # what stands on the next line may be a page's number
        held.extend(range(begin, end))
        if stripped and _ARMS.get(stripped[-1], 0) & ~_RIGHT:
            yield _line(text, held, end)
            held = []
        elif len(held) > 400:
            raise _NoTable
    raise _NoTable


def _ends_in_figure(text: str, places: Sequence[int]) -> bool:
    """Whether a digit, a sign or a blank's mark is printed last."""
    printed = _trimmed(text, places)
    return bool(printed) and (text[printed[-1]].isdigit() or text[printed[-1]] in "-/")


def _line(text: str, places: Sequence[int], end: int) -> _Line:
    """A line by its borders.

    Raises:
        _NoTable: Print stands outside of them.
    """
    borders = [i for i, place in enumerate(places) if _ARMS.get(text[place], 0) & (_UP | _DOWN)]
    outside = (*places[: borders[0]], *places[borders[-1] + 1 :]) if borders else places
    if not all(text[place] in _RULE or text[place] in _BLANK for place in outside):
        raise _NoTable
    parts = tuple(places[a + 1 : b] for a, b in pairwise(borders))
    return _Line(
        borders=tuple(places[i] for i in borders),
        arms=tuple(_ARMS[text[places[i]]] for i in borders),
        parts=parts,
        ruled=tuple(all(text[p] in _RULE for p in part) for part in parts),
        end=min(end, len(text) - 1),
    )


def _read(page: Page, row: _Row) -> list[int]:
    """A row's places, a bar before each cell and behind the last; none for one that was only ruled.

    Raises:
        _NoTable: In more than one cell numbers stand below each other: these are several rows.
    """
    places: list[int] = []
    stacked = 0
    for cell in row.cells:
        joined, whole = _joined(page, cell)
        places.extend((cell.border, *joined))
        stacked += not whole
    if stacked > 1:
        raise _NoTable
    if not any(cell.pieces for cell in row.cells):
        return row.behind
    return [*places, row.cells[-1].border, row.end, *row.behind]


def _joined(page: Page, cell: _Cell) -> tuple[list[int], bool]:
    """The print of a cell: its lines one behind the other, as they were before they were wrapped.

    Returns:
        Its places, and whether no number stands below another; there a bar parts the two.
    """
    joined: list[int] = []
    number, room, whole = "", 0, True
    for part in cell.pieces:
        piece = _trimmed(page.folded, part)
        surface = "".join(page.folded[place] for place in piece)
        if not surface:
            continue
        digits = surface if _DIGITS.fullmatch(surface) else ""
        line = "".join(page.text[place] for place in part)
        before, behind = _padding(line)
        full = _width(page.text[piece[0]]) > room and before <= behind + 1  # else it is set right
        goes_on = full and _NUMBER.fullmatch(number + digits) is not None
        if number and digits and not goes_on:
            whole = False
            joined.append(cell.border)
        joined.extend(piece)
        number = number + digits if digits and goes_on else digits
        room = max(before - 1, 0) + behind  # one blank before a number is print
    return joined, whole


def _trimmed(text: str, part: Sequence[int]) -> Sequence[int]:
    first, last = 0, len(part)
    while first < last and text[part[first]] in _BLANK:
        first += 1
    while last > first and text[part[last - 1]] in _BLANK:
        last -= 1
    return part[first:last]


def _padding(line: str) -> tuple[int, int]:
    """The blanks before and behind what a cell's line prints."""
    return len(line) - len(line.lstrip(_PADDING)), len(line) - len(line.rstrip(_PADDING))


def _width(text: str) -> int:
    """In half-widths, as a terminal prints it."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
