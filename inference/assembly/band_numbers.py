"""Collect the numbers of a band: those behind its column labels, or part by part.

Flow:  column labels of a band -> **numbers of a band** -> strip -> found table

行政复议 and 行政诉讼 may be two tables, or each row, or each column, stands on its own line. Behind the
labels of a part stand as many numbers as its rows have cells: with one more, or one fewer, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.numbering import numbers_of_columns
from gouji.inference.assembly.printed_page import BORDER
from gouji.inference.assembly.row_strips import collect_all, collect_strip
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.assembly.wording import Wordings, named
from gouji.model.forms import Block
from gouji.model.label_words import bare
from gouji.model.labels import Span

_EMPTY = re.compile("(?<=[\n\t|│┃]) *[\u00a0\u3000]+ *(?=[\n\t|│┃]|\\Z)|(?<=[|│┃]) *(?=[|│┃])")


def behind_labels(marked: MarkedPage, start: int, end: int, line: Line) -> tuple[Strip, frozenset[int]]:
    """What stands between two places, less numbers that count the columns; where these begin."""
    width = len(line.keys)
    strip = collect_strip(marked, start, end, expected=width, signed=not line.sums, band=True)
    counted = numbers_of_columns(replace(strip, chunks=strip.chunks[:width]), line)
    if counted:
        begin = strip.chunks[width - 1].print_end
        strip = collect_strip(marked, begin, end, expected=width, signed=not line.sums, band=True)
    return strip, counted


def shows_every_cell(strip: Strip, width: int) -> bool:
    """Whether numbers and empty cells, drawn or printed as blanks that do not break, are as many as cells."""
    before, *between = strip.gaps
    drawn = before[before.rfind("\n") + 1 :]
    gaps = [drawn if BORDER.search(drawn) else before, *between]
    return len(strip.chunks) + sum(len(_EMPTY.findall(gap)) for gap in gaps) == width


class _Label(NamedTuple):
    """A row's label, or a column's."""

    of: int  # the row or column, by its place in the form
    before: int  # how many numbers stand before it


def in_parts(marked: MarkedPage, heads: Sequence[Span], end: int, line: Line) -> Strip | None:
    """The numbers of a band in the form's order; None where they do not stand in parts, row by row.

    Args:
        marked: The page with its tokens and their tags.
        heads: The labels of the band's rows and columns.
        end: Where the band ends, in characters.
        line: Its one line.
    """
    start = heads[0].start
    numbers = collect_all(marked, start, end, expected=len(line.keys))
    labels = _labels(marked, heads, numbers, line.block)
    if labels is None or len(numbers) != len(line.keys) or any(chunk.unread for chunk in numbers):
        return None
    places = _places(*labels, len(line.block.rows), len(line.block.columns))
    if places is None or not _is_all(marked, [*heads, *numbers]):
        return None
    chunks = tuple(numbers[place] for place in places)
    return Strip(None, chunks, gaps=(" ",) * (len(chunks) + 1), label_end=start)


def _labels(
    marked: MarkedPage, heads: Sequence[Span], numbers: Sequence[Chunk], block: Block
) -> tuple[list[_Label], list[_Label]] | None:
    """The labels of rows, and of columns; None where another bears numbers, or may."""
    names = Wordings([*block.columns, *block.groups])
    rows: list[_Label] = []
    columns: list[_Label] = []
    before = [sum(number.start < head.start for number in numbers) for head in heads]
    for place, (head, behind) in enumerate(zip(heads, [*before[1:], len(numbers)], strict=True)):
        text = marked.page.text[head.start : head.end]
        own = [row for row, label in enumerate(block.rows) if bare(label.label) in bare(text)]
        column = named(names, text)
        if len(own) == 1:
            rows.append(_Label(own[0], before[place]))
        elif column is not None and column < len(block.columns):
            columns.append(_Label(column, before[place]))
        elif behind > before[place] or (column is None and place):
            return None
    return rows, columns


def _places(rows: Sequence[_Label], columns: Sequence[_Label], count: int, width: int) -> list[int] | None:
    """Which number is each cell's; None unless they stand row by row, or column by column."""
    order = [row.of for row in rows]
    runs = [columns[first : first + width] for first in range(0, len(columns), width)]
    official = all([column.of for column in run] == [*range(width)] for run in runs)
    if sorted(order) != [*range(count)] or not official:
        return None
    cells = [(order.index(row), column) for row in range(count) for column in range(width)]
    begins = [row.before for row in rows]
    together = all(len({column.before for column in run}) == 1 for run in runs)
    if together and all(begin == width * begins.index(begin) for begin in begins):
        return [width * row + column for row, column in cells]
    if not any(begins) and [column.before for column in columns] == [*range(0, count * width, count)]:
        return [count * column + row for row, column in cells]
    return None


def _is_all(marked: MarkedPage, printed: Sequence[Span | Chunk]) -> bool:
    """Whether no word and no number stands among some print."""
    order = sorted(printed, key=lambda each: each.start)
    gaps = (marked.page.text[one.end : other.start] for one, other in pairwise(order))
    return not any(character.isalnum() for gap in gaps for character in gap)
