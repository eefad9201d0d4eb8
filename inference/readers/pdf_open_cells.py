"""Cells of a table without rules: lines of a column that stand below each other, close together.

Flow:  placed lines, columns -> **labels, values** -> rows -> tables without rules

How far the lines of one cell stand apart, nothing says: it is one of the steps between the table's lines. A
number that was broken is one only where its column has no room for another digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import inf
from statistics import median

from gouji.inference.readers.pdf_lines import Line, is_open_ended
from gouji.inference.readers.pdf_open_heads import Column
from gouji.inference.readers.pdf_places import (
    LINE,
    ORDINAL,
    SLACK,
    PlacedLine,
    Wrapped,
    heads_apart,
    is_cell_value,
    is_sign_or_unit,
    left_of,
    pieces_of,
    words_of,
)
from gouji.inference.readers.pdf_stacked import is_rest

EVEN = 1.0  # point, by which the lines of a cell begin unevenly
STEP = 0.75  # likewise: by which they stand apart; rows of small print are but a point further apart
_PADDING = 0.6  # of a glyph's height: what a cell keeps free on each side, at most
_TIGHT = 0.95  # of a digit
_SAME_LINE = 0.5  # of a glyph's height: between two parts of a label on a line
_SPACED = 1.5  # likewise, where the second begins at no place where labels do
_AFTER_ORDINAL = 3.0  # likewise, behind an ordinal alone
_FEWEST = 2  # lines that begin at a place, from which a column of labels does


@dataclass(slots=True)
class Cell(Wrapped):
    """A label, or what a column prints beside one; of one sheet, before labels are joined over breaks."""

    sheet: int = 0
    is_broken: bool = False  # a number over several lines
    values: dict[int, Cell] = field(default_factory=dict)  # beside a label, by their columns

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def place(self) -> float:
        """Where its row is printed."""
        return min((value.middle for value in self.values.values()), default=self.top)


@dataclass(frozen=True)
class Body:
    """The lines below a table's heads: what is read of them under one step between the lines of a cell."""

    lines: Sequence[PlacedLine]
    columns: Sequence[Column]
    doubted: Set[int]  # glyphs, by identity, of numbers that may be one with those above or below
    reach: float  # from line to line of one cell, at most

    @property
    def edge(self) -> float:
        """Where the columns begin."""
        return self.columns[0].left

    def labels(self) -> list[Cell]:
        """What stands before the columns, each with all of its lines on a sheet."""
        starts = _starts(self.lines, self.edge)
        labels: list[Cell] = []
        for row in self.lines:
            for part in left_of(row.line, self.edge, starts):
                y = row.place(part)
                begun = any(abs(part.left - left) <= EVEN for left in starts)
                above = next(
                    (each for each in reversed(labels) if self._goes_on(each, row.sheet, y, part, begun)),
                    None,
                )
                if above is None:
                    labels.append(Cell([(y, part)], row.sheet))
                else:
                    above.parts.append((y, part))
        return labels

    def _goes_on(self, label: Cell, sheet: int, y: float, part: Line, begun: bool) -> bool:
        if sheet != label.sheet or ORDINAL.match(part.text):
            return False
        step = y - label.bottom
        if 0 <= step < label.height / 2:  # print of another font stands a little lower
            spaced = _AFTER_ORDINAL if ORDINAL.fullmatch(label.text) else _SPACED
            most = part.height * (_SAME_LINE if begun else spaced)
            return abs(part.left - label.parts[-1][1].right) < most
        return 0 <= step <= self.reach + STEP and label.left < part.right and part.left < label.right

    def values(self, *, numbered: bool) -> list[tuple[int, Cell]] | None:
        """What stands in the columns, each with its column; None where print stands in none, or in two.

        Args:
            numbered: Each row begins with an ordinal: a number on a line without one is another's rest.
        """
        found: list[tuple[int, Cell]] = []
        lowest: dict[int, Cell] = {}
        for row in self.lines:
            own = by_columns(row.line, self.columns)
            if own is None:
                return None
            for column, word in own.items():
                above, y = lowest.get(column), row.place(word)
                if above is not None and self._is_rest(above, row.sheet, y, word, column, numbered=numbered):
                    above.is_broken = above.is_broken or is_cell_value(above.parts[-1][1])
                    above.parts.append((y, word))
                else:
                    lowest[column] = Cell([(y, word)], row.sheet)
                    found.append((column, lowest[column]))
        return found

    def _is_rest(self, above: Cell, sheet: int, y: float, word: Line, column: int, *, numbered: bool) -> bool:
        """Whether a line goes on with the cell above it."""
        both = is_cell_value(above.parts[-1][1]) and is_cell_value(word)
        if sheet != above.sheet:
            goes_on = (
                self.is_broken(above, word, column, numbered=False) if both else is_sign_or_unit(word.text)
            )
            return goes_on and self._is_below_break(above, sheet, word)
        if y - above.bottom > self.reach + STEP:
            return False
        return not both or self.is_broken(above, word, column, numbered=numbered)

    def _is_below_break(self, above: Cell, sheet: int, word: Line) -> bool:
        """Whether a word is on a sheet's first line, no label near it, nor below the cell above it."""
        first, *below = (row for row in self.lines if row.sheet == sheet)
        close = [row for row in below if row.y - first.y <= LINE * word.height]
        between = [row for row in self.lines if row.sheet == sheet - 1 and row.y > above.bottom + EVEN]
        is_first = any(glyph is word.glyphs[0] for glyph in first.line.glyphs)
        return is_first and all(row.line.left >= self.edge - SLACK for row in (first, *close, *between))

    def is_broken(self, number: Cell, rest: Line, column: int, *, numbered: bool) -> bool:
        """Whether a number goes on in figures below it: its cell had no room for another digit.

        None begins with 0. Where all rows are numbered, what may be one number elsewhere is one.
        """
        upper = number.parts[-1][1]
        if is_open_ended(upper):
            return is_rest(rest, upper)
        if number.text[0] in "0０":
            return False
        if numbered and self.is_doubted(upper) and self.is_doubted(rest):
            return True
        digit = rest.glyphs[0].right - rest.glyphs[0].left
        width, more = upper.right - upper.left, rest.right - rest.left
        has_room = self._widths[column] - width >= digit + 2 * _PADDING * rest.height
        return not has_room and more < width + digit * _TIGHT and is_rest(rest, upper)

    @cached_property
    def _widths(self) -> list[float]:
        """How wide each column is, at most: from its left side to the next one's, or from right to right."""
        words: list[list[Line]] = [[] for _ in self.columns]
        for row in self.lines:
            for column, word in (by_columns(row.line, self.columns) or {}).items():
                words[column].append(word)
        heads = [column.heads[0][1] if column.heads else None for column in self.columns]
        starts = [head.left if head else None for head in heads]
        ends = [head.right if head else None for head in heads]
        lefts = _steps([[word.left for word in own] for own in words], starts)
        rights = _steps([[word.right for word in own] for own in words], ends)
        found = [steps for steps in (lefts, rights) if steps]
        return [max((steps[i] for steps in found), default=inf) for i in range(len(words))]

    def is_doubted(self, word: Line) -> bool:
        """Whether a number may be a part of one."""
        return any(id(glyph) in self.doubted for glyph in word.glyphs)


def reaches_of(lines: Sequence[PlacedLine]) -> list[float]:
    """How far the lines of one cell may stand apart: 0, and each step between lines that begin alike."""
    below: dict[int, list[tuple[int, float]]] = {}
    for row in lines:
        for piece in pieces_of(row.line, heads_apart):
            below.setdefault(round(piece.left), []).append((row.sheet, row.place(piece)))
    steps: set[float] = set()
    for places in below.values():
        steps.update(round(y - x, 1) for (one, x), (other, y) in pairwise(places) if one == other and y > x)
    most = LINE * median(row.line.height for row in lines)
    reaches = [0.0]
    for step in sorted(step for step in steps if step <= most):
        if len(reaches) > 1 and step - reaches[-1] <= STEP:
            reaches[-1] = step
        else:
            reaches.append(step)
    return reaches


def _steps(sides: Sequence[Sequence[float]], heads: Sequence[float | None]) -> list[float]:
    """How far one side of each column is from that of the next; none where values do not stand even.

    A blank column's side is its head's, if those of the others are.
    """
    if any(own and max(own) - min(own) > EVEN for own in sides) or len(sides) < _FEWEST:
        return []
    headed = all(
        head is not None and abs(head - own[0]) <= EVEN for own, head in zip(sides, heads, strict=True) if own
    )
    if not headed and not all(sides):
        return []
    places = [own[0] if own else head or 0.0 for own, head in zip(sides, heads, strict=True)]
    steps = [b - a for a, b in pairwise(places)]
    return [*steps, steps[-1]]


def _starts(lines: Sequence[PlacedLine], edge: float) -> list[float]:
    """Where the labels' columns begin: several lines begin there."""
    counted = Counter(round(row.line.left, 1) for row in lines if row.line.left < edge)
    return [left for left, count in counted.items() if count >= _FEWEST]


def by_columns(line: Line, columns: Sequence[Column]) -> dict[int, Line] | None:
    """The words of a line by the columns that they stand in; None where one stands in none, or in two."""
    own: dict[int, Line] = {}
    behind = tuple(g for g in line.glyphs if g.left >= columns[0].left - SLACK and g.text != " ")
    for word in words_of(Line(behind)) if behind else ():
        places = [place for place, column in enumerate(columns) if column.meets(word)]
        if len(places) != 1:
            return None
        (place,) = places
        if place in own and is_cell_value(own[place]) and not is_cell_value(word) and word.text[0] > "\u2e80":
            return None  # a label's words may reach behind a number
        own[place] = Line((*own[place].glyphs, *word.glyphs)) if place in own else word
    return own
