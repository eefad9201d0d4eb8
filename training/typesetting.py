"""Set a report on pages: every line of every cell at its place, as a browser or word processor prints it.

Flow:  report -> stand-ins -> **typeset pages** -> PDF or page layout -> text and spans

Places are in half-widths (x) and lines (y), enough for what becomes of a page's text: a
label wrapped in its cell, a number at the label's vertical middle, a group's name broken
by a page's end.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gouji.training.reports import Cell, Grid, Paragraph, Report


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text at its place on a page."""

    x: float  # in half-widths from the left
    y: float  # in lines from the top
    text: str
    cell: int  # counts what was set; lines of one cell or paragraph share it


@dataclass(frozen=True, slots=True)
class TypesetPage:
    """One page: its lines in the order they were set."""

    lines: tuple[Line, ...]
    rules: tuple[tuple[float, float, float, float], ...]  # x, y, width, height of every cell


Pages = Sequence[TypesetPage]


def width_of(text: str) -> int:
    """How many half-widths a text takes.

    >>> width_of("商业A1")
    6
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many half-widths, anywhere, and at its own line breaks.

    >>> wrap("社会公益组织", 4), wrap("商业\\n企业", 8)
    (['社会', '公益', '组织'], ['商业', '企业'])
    """
    lines = []
    for part in text.split("\n"):
        line, used = "", 0
        for character in part:
            needed = width_of(character)
            if line and used + needed > width:
                lines.append(line)
                line, used = "", 0
            line += character
            used += needed
        lines.append(line)
    return lines


def typeset(report: Report, rng: random.Random) -> list[TypesetPage]:
    """Set a report on pages of a size, a margin and an alignment drawn from `rng`."""
    return _Setter(rng).set(report)


class _Setter:
    def __init__(self, rng: random.Random) -> None:
        self.width = rng.choice((76, 84, 96))
        self.height = rng.choice((38, 44, 50, 10_000))
        self.middle = rng.random() < 0.75  # cells centred top to bottom
        self.centred = rng.random() < 0.5  # values centred left to right
        self.page_mark = rng.choice((None, None, "- {} -", "{}", "第 {} 页", "第 {} 页 共 9 页", "—{}—"))
        self.lines: list[Line] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.pages: list[TypesetPage] = []
        self.y = 0.0
        self.cells = 0

    def set(self, report: Report) -> list[TypesetPage]:
        for block in report.blocks:
            if isinstance(block, Grid):
                self._grid(block)
            else:
                self._paragraph(block)
        self._end_page()
        return self.pages

    def _end_page(self) -> None:
        if self.page_mark and self.pages is not None and self.height < 10_000:
            mark = self.page_mark.format(len(self.pages) + 1)
            self._set_line(self.width / 2 - 3, self.height + 2, mark)
        self.pages.append(TypesetPage(tuple(self.lines), tuple(self.rules)))
        self.lines, self.rules, self.y = [], [], 0.0

    def _room(self, needed: float) -> None:
        if self.y + needed > self.height and self.y > 0:
            self._end_page()

    def _set_line(self, x: float, y: float, text: str) -> None:
        self.cells += 1
        self.lines.append(Line(x, y, text, self.cells))

    def _paragraph(self, block: Paragraph) -> None:
        self.cells += 1
        indent = 4 if block.role == "text" else 0
        for number, text in enumerate(wrap(block.text, self.width - indent)):
            self._room(1)
            x = float(indent if not number else 0)
            if block.role == "title":
                x = (self.width - width_of(text)) / 2
            self.lines.append(Line(x, self.y, text, self.cells))
            self.y += 1
        self.y += 0.5

    def _grid(self, grid: Grid) -> None:
        lefts = _lefts(grid.widths, self.width)
        placed = list(grid.placed())
        wrapped = {}
        for row, column, cell in placed:
            end = min(column + cell.colspan, len(grid.widths))
            wrapped[row, column] = wrap(cell.text, max(2, int(lefts[end] - lefts[column] - 1)))
        heights = row_heights(grid, placed, wrapped)
        # Rows fill pages; a cell that a page's end cuts prints the rest of its lines on the next page.
        row = 0
        while row < len(heights):
            self._room(heights[row])
            first, tops = row, {}
            while row < len(heights) and (row == first or self.y + heights[row] <= self.height):
                tops[row] = self.y
                self.y += heights[row]
                row += 1
            self._rows(placed, wrapped, lefts, tops, self.y)
        self.y += 1

    def _rows(
        self,
        placed: Sequence[tuple[int, int, Cell]],
        wrapped: dict[tuple[int, int], list[str]],
        lefts: Sequence[float],
        tops: Mapping[int, float],
        bottom: float,
    ) -> None:
        """Set the part of every cell that falls on this page."""
        for row, column, cell in placed:
            rows = [r for r in range(row, row + cell.rowspan) if r in tops]
            if not rows:
                continue
            start, after = tops[rows[0]], tops.get(rows[-1] + 1, bottom)
            end = min(column + cell.colspan, len(lefts) - 1)
            self.rules.append((lefts[column], start, lefts[end] - lefts[column], after - start))
            lines = wrapped[row, column]
            last = rows[-1] == row + cell.rowspan - 1
            here = lines if last else lines[: int(after - start)]
            wrapped[row, column] = lines[len(here) :]
            self.cells += 1
            offset = max(0.0, (after - start - len(here)) / 2) if self.middle else 0.0
            for number, text in enumerate(here):
                room = lefts[end] - lefts[column] - 1 - width_of(text)
                x = lefts[column] + 0.5 + (room / 2 if self.centred and cell.key else 0)
                if text:
                    self.lines.append(Line(x, start + offset + number, text, self.cells))


def _lefts(widths: Sequence[float], width: float) -> list[float]:
    lefts, total = [0.0], sum(widths)
    for share in widths:
        lefts.append(lefts[-1] + share / total * width)
    return lefts


def row_heights(
    grid: Grid, placed: Sequence[tuple[int, int, Cell]], wrapped: Mapping[tuple[int, int], Sequence[str]]
) -> list[int]:
    heights = [1] * len(grid.rows)
    for row, column, cell in sorted(placed, key=lambda entry: entry[2].rowspan):
        rows = range(row, min(row + cell.rowspan, len(heights)))
        lacking = len(wrapped[row, column]) - sum(heights[r] for r in rows)
        if lacking > 0:
            heights[rows[-1]] += lacking
    return heights
