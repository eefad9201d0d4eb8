"""Runs of rows in open print: where tables without rules may begin and end.

Flow:  placed lines -> **runs of rows** -> tables without rules

A run begins with numbers beside a label and ends with words that stand where its numbers do. Labels, units
and remarks that wrap are within it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from math import inf

from gouji.inference.readers.pdf_lines import Line, closes_more_brackets, ends_in_brackets
from gouji.inference.readers.pdf_open_cells import EVEN
from gouji.inference.readers.pdf_places import (
    LINE,
    SLACK,
    PlacedLine,
    is_cell_value,
    is_part_of_value,
    words_of,
)

ONE_DIGIT = re.compile(r"[1-9]")  # that may begin a label, without a point
_NEAR = 1.5  # of a glyph's height: from line to line of one cell, at most


def runs_of(placed: Sequence[PlacedLine]) -> Iterator[tuple[int, int]]:
    """The first and last line of each run of rows, between which nothing but labels and remarks stands."""
    first: int | None = None
    last, edge = 0, 0.0
    remarks: set[float] = set()  # where those begin that are not closed yet
    for index, row in enumerate(placed):
        values = row.values
        if values and (
            len(values) > 1
            or len(row.words) > 1
            or (values[0].left > edge if first is not None else _is_beside_label(placed, index))
        ):
            if first is None:
                first, edge = index, inf
                remarks.clear()
            last = index
            begins_label = len(values) > 1 and ONE_DIGIT.fullmatch(values[0].text)
            edge = min(edge, values[1 if begins_label else 0].left)
        elif first is not None and row.words[-1].right > edge + SLACK:
            if _in_cells(row, edge, remarks):
                last = index
            else:
                yield first, last
                first = None
        for word in row.words if first is not None else ():
            if ends_in_brackets(word.text) and is_part_of_value(word):
                remarks.add(word.left)
            elif closes_more_brackets(word.text):
                remarks -= {left for left in remarks if abs(left - word.left) <= SLACK}
    if first is not None:
        yield first, last


def _is_beside_label(placed: Sequence[PlacedLine], index: int) -> bool:
    """Whether a value alone on its line is between two of a label, or a label between it and its unit."""
    row, *below = (each for each in placed[index : index + 3] if each.sheet == placed[index].sheet)
    above = [each for each in placed[max(index - 1, 0) : index] if each.sheet == row.sheet]
    around = [(above[0], row, below[0])] if above and below else []
    if len(below) > 1 and all(map(is_part_of_value, below[1].words)):
        around.append((row, below[0], below[1]))
    return any(
        last.y - first.y <= 2 * LINE * row.line.height
        and abs(first.y + last.y - 2 * middle.y) <= 2 * EVEN
        and abs(first.line.left - last.line.left) <= EVEN
        and all(
            each.line.right <= row.line.left + SLACK
            for each in (first, middle, last)
            if each.line.left < row.line.left
        )
        for first, middle, last in around
    )


def prints_more(row: PlacedLine, end: PlacedLine, edge: float) -> bool:
    """Whether a line close to a run's end prints parts of its numbers: 减 above them, 万元 below."""
    near = row.sheet == end.sheet and abs(end.y - row.y) <= _NEAR * end.line.height
    return near and row.line.right > edge and _in_cells(row, edge, frozenset())


def _in_cells(row: PlacedLine, edge: float, remarks: Set[float]) -> bool:
    """Whether what a line prints behind the labels are numbers, parts of such, or goes on with remarks.

    What begins within a word is a number that touches its label, or the label's own.
    """
    behind = [glyph for glyph in row.line.glyphs if glyph.left >= edge - SLACK and glyph.text != " "]
    begun = {id(word.glyphs[0]) for word in row.words}
    return bool(behind) and all(
        is_cell_value(word)
        or (
            id(word.glyphs[0]) in begun
            and (is_part_of_value(word) or any(abs(left - word.left) <= SLACK for left in remarks))
        )
        for word in words_of(Line(tuple(behind)))
    )
