"""Columns of a table without rules: where its numbers stand, and the heads above them.

Flow:  placed lines -> **columns with their heads** -> tables without rules

Numbers that overlap from line to line are a column, and so is a head that stands over none of them. A head
that stands over several is no column's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_lines import Line, closes_more_brackets, ends_in_brackets, joined
from gouji.inference.readers.pdf_places import (
    LINE,
    SLACK,
    PlacedLine,
    Wrapped,
    heads_apart,
    is_cell_value,
    pieces_of,
)
from gouji.model.label_words import bare

_EVEN = 1.0  # points, by which steps from line to line of heads differ
_HEAD_LINE = 2.8  # of a glyph's height: from line to line of one head, at most


@dataclass(slots=True)
class Column:
    """A column: as far as its values and heads stand, and its head line by line."""

    left: float
    right: float
    heads: list[tuple[float, Line]] = field(default_factory=list)  # with the line's place, from below
    values: tuple[float, float] | None = None  # where its values stand

    def stands_under(self, word: Line) -> bool:
        """Whether its values stand under a word."""
        return self.values is not None and word.left < self.values[1] and self.values[0] < word.right

    def meets(self, word: Line) -> bool:
        """Whether a word stands in it, over it or under it."""
        return word.left < self.right + SLACK and self.left - SLACK < word.right


def columns_of(values: Iterable[Line]) -> list[Column]:
    """The columns that values stand in, from the left; what overlaps is one."""
    columns: list[Column] = []
    for value in sorted(values, key=lambda value: value.left):
        if columns and value.left < columns[-1].right:
            columns[-1].right = max(columns[-1].right, value.right)
        else:
            columns.append(Column(value.left, value.right))
    for column in columns:
        column.values = (column.left, column.right)
    return columns


def heads_above(above: Sequence[PlacedLine], edge: float, labels: float) -> list[PlacedLine]:
    """The lines above the first row that print heads: something at or behind the first column.

    What begins above the labels and ends above the columns is prose.
    """
    heads: list[PlacedLine] = []
    remarks: set[float] = set()  # where those stand whose beginning is not reached yet
    for row in reversed(above):
        prose = any(
            word.left < labels - word.height and word.right > edge + SLACK
            for word in pieces_of(row.line, heads_apart)
        )
        if prose or any(all(abs(left - value.left) > SLACK for left in remarks) for value in row.values):
            break
        for word in row.words:
            if closes_more_brackets(word.text):
                remarks.add(word.left)
            elif ends_in_brackets(word.text):
                remarks -= {left for left in remarks if abs(left - word.left) <= SLACK}
        heads.insert(0, row)
    while heads and not any(word.right > edge for word in heads[0].words):
        heads.pop(0)
    return heads


def add_heads(
    columns: list[Column], heads: Sequence[PlacedLine], labels: float, reach: float = inf
) -> list[str] | None:
    """Give each column its head, and find those that hold no number; the heads of several, from the left.

    None where a column has no head, or two side by side, or a number stands among the heads.

    Args:
        columns: The columns, without heads; they are changed.
        heads: The lines of heads.
        labels: Where the labels end.
        reach: From line to line of one cell, at most, where that is known.
    """
    groups: list[Wrapped] = []
    for head in reversed(heads):
        for word in pieces_of(head.line, heads_apart):
            if word.left < labels and word.right <= columns[0].left + SLACK:
                continue
            y = head.place(word)
            met = [column for column in columns if column.meets(word)]
            if is_cell_value(word) and not (len(met) == 1 and closes_more_brackets(_head_of(met))):
                return None
            if len(met) > 1:
                _add_to_group(groups, y, word)
                continue
            column = met[0] if met else Column(word.left, word.right)
            if column.heads and abs(column.heads[-1][0] - y) < word.height / 2:
                beside = column.heads.pop()[1]
                if not (column.stands_under(beside) and column.stands_under(word)):
                    return None
                word = Line((*beside.glyphs, *word.glyphs))
            if not met:
                columns.append(column)
            if not column.heads or column.heads[-1][0] - y <= LINE * word.height:
                column.left, column.right = min(column.left, word.left), max(column.right, word.right)
            column.heads.append((y, word))
    columns.sort(key=lambda column: column.left)
    if not all(column.heads for column in columns):
        return None
    _join_parts(columns)
    for column, own in zip(columns, _own_lines(columns, reach), strict=True):
        for y, word in column.heads[own:]:
            _add_to_group(groups, y, word)
        del column.heads[own:]
    return [group.text for group in _from_the_left(groups)]


def _join_parts(columns: list[Column]) -> None:
    """Give a head's part behind a blank, below which no value stands, back to the head that it is of.

    Without it the head's brackets are open, or its words are none of a form's, and with it they are.
    """
    for before, behind in reversed(list(pairwise(columns))):
        text, whole = _head_of([before]), _head_of([before, behind])
        is_part = bare(text) not in form_words().all and bare(whole) in form_words().all
        if behind.values is None and (is_part or ends_in_brackets(text)):
            before.right = behind.right
            before.heads = [(y, Line(glyphs)) for y, glyphs in _by_line(before, behind)]
            columns.remove(behind)


def _head_of(columns: Sequence[Column]) -> str:
    """The words over columns, line by line."""
    return joined([Line(glyphs) for _, glyphs in reversed(_by_line(*columns))])


def _by_line(*columns: Column) -> list[tuple[float, tuple[Glyph, ...]]]:
    """The heads of columns by their lines, from below."""
    lines: dict[float, tuple[Glyph, ...]] = {}
    for column in columns:
        for y, line in column.heads:
            lines[y] = (*lines.get(y, ()), *line.glyphs)
    return sorted(lines.items(), reverse=True)


def _from_the_left(groups: Sequence[Wrapped]) -> list[Wrapped]:
    """Heads from the left; of two that stand one over the other the upper one first."""
    ordered: list[Wrapped] = []
    for group in sorted(groups, key=lambda group: group.left):
        over = (g for g in ordered if g.left < group.right and group.left < g.right and group.top < g.top)
        first = next(over, None)
        ordered.insert(len(ordered) if first is None else ordered.index(first), group)
    return ordered


def _own_lines(columns: Sequence[Column], reach: float) -> list[int]:
    """How many of the lines over each column, from below, are its own head's.

    A head goes on to the line above where most heads that have come to this place do, or where that line is
    as near as theirs and no wider than the head. What else stands over a few columns is a head of several.
    """
    own = [1] * len(columns)
    least = reach
    while True:
        steps = {
            i: (column.heads[count - 1][0], column.heads[count][0])
            for i, (column, count) in enumerate(zip(columns, own, strict=True))
            if count < len(column.heads) and _is_line_above(column.heads[count - 1], column.heads[count])
        }
        places = Counter(column.heads[count - 1][0] for column, count in zip(columns, own, strict=True))
        taken = Counter(steps.values())
        most = [i for i, step in steps.items() if taken[step] > 1 and taken[step] * 2 > places[step[0]]]
        least = min([least, *(steps[i][0] - steps[i][1] for i in most)])
        near = [
            i for i, (below, above) in steps.items()
            if below - above <= least + _EVEN < inf and _fits(columns[i].heads[: own[i] + 1])
        ]  # fmt: skip
        if not most and not near:
            return [_with_all_words(column, count) for column, count in zip(columns, own, strict=True)]
        for i in {*most, *near}:
            own[i] += 1


def _with_all_words(column: Column, own: int) -> int:
    """So many lines, or with those above that make a form's words of them."""
    for count in range(own, len(column.heads) + 1):
        if bare(joined([line for _, line in reversed(column.heads[:count])])) in form_words().all:
            return count
    return own


def _is_line_above(lower: tuple[float, Line], upper: tuple[float, Line]) -> bool:
    return lower[0] - upper[0] <= _HEAD_LINE * max(lower[1].height, upper[1].height)


def _fits(heads: Sequence[tuple[float, Line]]) -> bool:
    """Whether the uppermost line is about no wider than those below it."""
    *lower, upper = (word for _, word in heads)
    return upper.right - upper.left <= max(word.right - word.left for word in lower) + upper.height / 2


def _add_to_group(groups: list[Wrapped], y: float, word: Line) -> None:
    """Lines come from below; of a wrapped head all but the last are full."""
    for group in groups:
        full = word.right - word.left >= group.right - group.left - word.height
        if (
            full
            and 0 < group.top - y <= LINE * word.height
            and group.left < word.right
            and word.left < group.right
        ):
            group.parts.insert(0, (y, word))
            return
    groups.append(Wrapped([(y, word)]))
