"""Columns of a table without rules: where its numbers stand below each other.

Flow:  lines -> **columns** -> rows -> page

Numbers that overlap from line to line make a column; a word of the head that stands over none of
them makes one that is blank all the way down. Only a line whose every part lies in one column, or
before the first, is a row; all others stay lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.inference.readers.pdf_lines import Line, is_value

_FEWEST_ROWS = 3  # lines of two numbers or more, from which there are columns
_REACH = 4  # other lines between two such lines of one table, and above the first, in its head


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    right: float

    def meets(self, part: Line) -> bool:
        return part.left < self.right and self.left < part.right


def rows_by_columns(lines: Sequence[Line]) -> Mapping[int, str]:
    """Of the lines, by identity, that are rows of a table without rules: the row, a tab between cells."""
    rows: dict[int, str] = {}
    parts = {id(line): line.parted() for line in lines}
    for first, last in _tables(lines, parts):
        inside = lines[first : last + 1]
        above = [part for line in lines[max(first - _REACH, 0) : last + 1] for part in parts[id(line)]]
        heads = [part for part in above if not is_value(part)]
        columns = _columns(inside, heads, parts)
        if not _are_apart(columns, heads, [parts[id(line)] for line in inside]):
            continue
        for line in inside:
            row = _row(parts[id(line)], columns)
            if row is not None:
                rows[id(line)] = row
    return rows


def _tables(lines: Sequence[Line], parts: Mapping[int, list[Line]]) -> list[tuple[int, int]]:
    """The first and the last row of each table."""
    numbered = [i for i, line in enumerate(lines) if sum(map(is_value, parts[id(line)])) > 1]
    runs: list[list[int]] = []
    for index in numbered:
        if runs and index - runs[-1][-1] <= _REACH + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [(run[0], run[-1]) for run in runs if len(run) >= _FEWEST_ROWS]


def _are_apart(columns: Sequence[_Column], heads: Sequence[Line], rows: Sequence[Sequence[Line]]) -> bool:
    """Whether no two neighbours may be one column whose numbers are aligned differently.

    They are two where a row has a number in each, or each has a word of its own over it.
    """
    heads = [head for head in heads if head.left > columns[0].left or columns[0].meets(head)]
    for one, other in pairwise(columns):
        both = any(any(map(one.meets, row)) and any(map(other.meets, row)) for row in rows)
        named = [(one.meets(head), other.meets(head)) for head in heads]
        if heads and not both and not {(True, False), (False, True)} <= set(named):
            return False
    return True


def _columns(inside: Sequence[Line], heads: Sequence[Line], parts: Mapping[int, list[Line]]) -> list[_Column]:
    values = [part for line in inside for part in parts[id(line)] if is_value(part)]
    columns: list[_Column] = []
    for part in sorted(values, key=lambda part: part.left):
        if columns and columns[-1].meets(part):
            columns[-1] = _Column(columns[-1].left, max(columns[-1].right, part.right))
        else:
            columns.append(_Column(part.left, part.right))
    for part in heads:
        if part.left > columns[0].left and not any(column.meets(part) for column in columns):
            columns.append(_Column(part.left, part.right))
    return sorted(columns, key=lambda column: column.left)


def _row(parts: Sequence[Line], columns: Sequence[_Column]) -> str | None:
    """A line as a row; None where it is none."""
    cells = [""] * (len(columns) + 1)
    for part in parts:
        if is_value(part):
            place = next(i for i, column in enumerate(columns, 1) if column.meets(part))
        elif part.right <= columns[0].left and not cells[0]:
            place = 0
        else:
            return None
        if cells[place]:
            return None
        cells[place] = part.text
    return "\t".join(cells) if any(cells[1:]) else None
