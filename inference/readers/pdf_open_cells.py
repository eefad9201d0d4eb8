"""Cells of a table without rules: lines of a column that stand below each other, close together.

Flow:  placed lines, columns -> **labels, values, rows** -> tables without rules

Nothing says how far the lines of one cell stand apart. Each step between lines of the table is tried,
and none: with it labels and values are put together, and each value is given to the label beside it. A
step under which anything is left over, or may stand in two places, is not the table's. A number that was broken
is one only where its column has no room for another digit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import inf
from statistics import median

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.pdf_lines import Line
from gouji.inference.readers.pdf_open_heads import Column
from gouji.inference.readers.pdf_places import (
    LINE,
    ORDINAL,
    SLACK,
    PlacedLine,
    Wrapped,
    heads_apart,
    is_cell_value,
    is_part_of_value,
    left_of,
    pieces_of,
    words_of,
)
from gouji.inference.readers.pdf_stacked import is_rest
from gouji.model.label_words import bare

_EVEN = 1.0  # point, by which the lines of a cell begin, or stand apart, unevenly
_PADDING = 0.6  # of a glyph's height: what a cell keeps free on each side, at most
_TIGHT = 0.95  # of a digit
_SAME_LINE = 0.5  # of a glyph's height: between two parts of a label on a line
_SPACED = 1.5  # likewise, where the second begins at no place where labels do
_FEWEST = 2  # lines that begin at a place, from which a column of labels does; characters of a label


@dataclass(slots=True)
class Cell(Wrapped):
    """A label, or what a column prints beside one: on one sheet, until a label is joined over a page break."""

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
                begun = any(abs(part.left - left) <= _EVEN for left in starts)
                most = part.height * (_SAME_LINE if begun else _SPACED)
                above = next(
                    (each for each in reversed(labels) if self._goes_on(each, row.sheet, y, part, most)), None
                )
                if above is None:
                    labels.append(Cell([(y, part)], row.sheet))
                else:
                    above.parts.append((y, part))
        return labels

    def _goes_on(self, label: Cell, sheet: int, y: float, part: Line, most: float) -> bool:
        if sheet != label.sheet or ORDINAL.match(part.text):
            return False
        step = y - label.bottom
        if step < label.height / 2:  # print of another font stands a little lower
            return 0 <= step and abs(part.left - label.parts[-1][1].right) < most
        return step <= self.reach + _EVEN and label.left < part.right and part.left < label.right

    def values(self, *, numbered: bool) -> list[tuple[int, Cell]] | None:
        """What stands in the columns, with the number of its column; None where print stands in none, or in two.

        Args:
            numbered: Each row begins with an ordinal: a number on a line without one is another's rest.
        """
        found: list[tuple[int, Cell]] = []
        lowest: dict[int, Cell] = {}
        for row in self.lines:
            own = _by_columns(row.line, self.columns)
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

    def _is_rest(
        self, above: Cell, sheet: int, y: float, word: Line, column: int, *, numbered: bool
    ) -> bool:
        """Whether a line goes on with the cell above it."""
        if sheet != above.sheet or y - above.bottom > self.reach + _EVEN:
            return False
        both = is_cell_value(above.parts[-1][1]) and is_cell_value(word)
        return not both or self.is_broken(above, word, column, numbered=numbered)

    def is_broken(self, number: Cell, rest: Line, column: int, *, numbered: bool) -> bool:
        """Whether a number goes on in figures below it: its cell had no room for another digit. None begins with 0.

        Where all rows are numbered, what may be one number elsewhere is one.
        """
        upper = number.parts[-1][1]
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
        """How wide each column is, at most: from its left side to that of the next, or from right to right."""
        words: list[list[Line]] = [[] for _ in self.columns]
        for row in self.lines:
            for column, word in (_by_columns(row.line, self.columns) or {}).items():
                words[column].append(word)
        heads = [[column.heads[0][1]] if column.heads else [] for column in self.columns]
        found = [
            steps
            for side in (lambda word: word.left, lambda word: word.right)
            if (steps := _steps([list(map(side, own)) for own in words], [list(map(side, own)) for own in heads]))
        ]
        return [max((steps[i] for steps in found), default=inf) for i in range(len(words))]

    def is_doubted(self, word: Line) -> bool:
        """Whether a number may be a part of one."""
        return any(id(glyph) in self.doubted for glyph in word.glyphs)


def reaches_of(lines: Sequence[PlacedLine]) -> list[float]:
    """How far the lines of one cell may stand apart: 0, and each step between lines that begin below each other."""
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
        if len(reaches) > 1 and step - reaches[-1] <= _EVEN:
            reaches[-1] = step
        else:
            reaches.append(step)
    return reaches


def rows_of(body: Body) -> list[Cell] | None:
    """The labels of the rows and of the groups, in the order of print, the rows' with their values.

    None where a value stands beside no label, or a label beside none that is no group's.
    """
    begun = min(row.y for row in body.lines if row.values)
    labels = [label for label in body.labels() if label.bottom + label.height > begun]
    numbered = _are_numbered(labels, body)
    values = body.values(numbered=numbered)
    if values is None or not values:
        return None
    if not labels:
        return _without_label(values)
    for column, value in values:
        label = _label_of(value, labels)
        if label is None or column in label.values:
            return None
        label.values[column] = value
    if any(label.values and is_group(label, labels) for label in labels):
        return None
    joined = _over_breaks(labels, body, numbered=numbered)
    if joined is None or not all(_is_sure(body, v) for label in joined for v in label.values.values()):
        return None
    rows = [label for label in joined if label.values]
    top, bottom = min(row.top for row in rows), max(row.bottom for row in rows)
    kept = [label for label in joined if label.bottom >= top and label.top <= bottom]
    if not all(label.values or is_group(label, kept) or ORDINAL.match(label.text) for label in kept):
        return None
    if any(len(bare(label.text)) < _FEWEST for label in rows):
        return None  # of a label a character is left, or its ordinal
    return sorted(kept, key=lambda label: label.top)


def _are_numbered(labels: Sequence[Cell], body: Body) -> bool:
    """Whether each row begins with an ordinal; what begins a sheet may be the rest of one."""
    places = [(row.sheet, row.y) for row in body.lines if row.values]
    beside = [label for label in labels if any(label.sheet == at and label.spans(y) for at, y in places)]
    rows = [label for label in beside if not is_group(label, labels) and not _is_at_top(label, body)]
    return bool(rows) and all(ORDINAL.match(label.text) or label.text in "（(" for label in rows)


def is_group(label: Cell, labels: Sequence[Cell]) -> bool:
    """Whether other labels stand at the right of one: it is that of a group."""
    return any(
        other.left >= label.right - SLACK
        and other.top <= label.bottom + label.height
        and label.top - label.height <= other.bottom
        for other in labels
    )


def _steps(sides: Sequence[Sequence[float]], heads: Sequence[Sequence[float]]) -> list[float]:
    """From side to side of the columns where each is even, those of a blank column's head if all heads are; or none."""
    if any(own and max(own) - min(own) > _EVEN for own in sides) or len(sides) < 2:
        return []
    even = all(not own or (head and abs(head[0] - own[0]) <= _EVEN) for own, head in zip(sides, heads, strict=True))
    places = [own or (head if even else []) for own, head in zip(sides, heads, strict=True)]
    if not all(places):
        return []
    steps = [b[0] - a[0] for a, b in pairwise(places)]
    return [*steps, steps[-1]]


def _starts(lines: Sequence[PlacedLine], edge: float) -> list[float]:
    """Where the labels' columns begin: several lines begin there."""
    counted = Counter(round(row.line.left, 1) for row in lines if row.line.left < edge)
    return [left for left, count in counted.items() if count >= _FEWEST]


def _by_columns(line: Line, columns: Sequence[Column]) -> dict[int, Line] | None:
    """The words of a line by the columns that they stand in; None where one stands in none, or in two."""
    own: dict[int, Line] = {}
    behind = tuple(g for g in line.glyphs if g.left >= columns[0].left - SLACK and g.text != " ")
    for word in words_of(Line(behind)) if behind else ():
        places = [place for place, column in enumerate(columns) if column.meets(word)]
        if len(places) != 1:
            return None
        (place,) = places
        own[place] = Line((*own[place].glyphs, *word.glyphs)) if place in own else word
    return own


def _without_label(values: Sequence[tuple[int, Cell]]) -> list[Cell] | None:
    """The one row of a table that has no labels."""
    row = Cell([], 0, values=dict(values))
    tops = [value.top for _, value in values]
    level = max(tops) - min(tops) <= values[0][1].height
    return [row] if level and len(row.values) == len(values) else None


def _label_of(value: Cell, labels: Sequence[Cell]) -> Cell | None:
    """The label that a value stands beside, the last before it; None where there are two, or none."""
    beside = [
        label
        for label in labels
        if label.sheet == value.sheet and (label.spans(value.top) or label.spans(value.middle))
    ]
    last = max((label.left for label in beside), default=0.0)
    beside = [label for label in beside if label.left >= last - _EVEN]
    if len(beside) > 1:
        beside = [
            label
            for label in beside
            if min(abs(label.top - value.top), abs(label.middle - value.middle)) <= _EVEN
        ]
    return beside[0] if len(beside) == 1 else None


def _is_sure(body: Body, value: Cell) -> bool:
    """Whether a value is whole: known from the lines of cells, or because nothing stands close to it."""
    first = value.parts[0][1]
    return value.is_broken or body.reach > 0 or not body.is_doubted(first)


def _over_breaks(labels: Sequence[Cell], body: Body, *, numbered: bool) -> list[Cell] | None:
    """The labels, each with its rest on the next sheet; None where that may be another row's."""
    joined: list[Cell] = []
    for label in labels:
        above = next((each for each in reversed(joined) if abs(each.left - label.left) <= _EVEN), None)
        if above is None or not _may_go_on(above, label, body):
            joined.append(label)
        elif not (above.values and label.values):
            if _are_official(above, label):
                joined.append(label)
            else:
                _join(above, label)
        elif numbered and all(_goes_on_in(above, label, place, body) for place in label.values):
            _join(above, label)
        elif not numbered and _are_official(above, label):
            joined.append(label)
        else:
            return None
    return joined


def _are_official(*labels: Cell) -> bool:
    """Whether each is a label of a form, as no part of one is."""
    return all(bare(label.text) in form_words().all for label in labels)


def _may_go_on(above: Cell, label: Cell, body: Body) -> bool:
    """Whether a label is the first of its column on a sheet, at its top, and begins no row by its ordinal."""
    return label.sheet == above.sheet + 1 and _is_at_top(label, body) and not ORDINAL.match(label.text)


def _is_at_top(label: Cell, body: Body) -> bool:
    top = next(row.y for row in body.lines if row.sheet == label.sheet)
    return label.top - top <= LINE * label.height


def _goes_on_in(above: Cell, label: Cell, place: int, body: Body) -> bool:
    """Whether a row's number goes on beside the rest of its label."""
    if place not in above.values:
        return False
    number, rest = above.values[place], label.values[place].parts[0][1]
    if is_part_of_value(rest):
        return True
    both = is_cell_value(number.parts[-1][1]) and is_cell_value(rest)
    return both and body.is_broken(number, rest, place, numbered=True)


def _join(above: Cell, label: Cell) -> None:
    """Take a label's rest, and what stands beside it, into it."""
    above.parts += label.parts
    above.sheet = label.sheet
    for place, value in label.values.items():
        if place in above.values:
            above.values[place].parts += value.parts
            above.values[place].is_broken = True
        else:
            above.values[place] = value
