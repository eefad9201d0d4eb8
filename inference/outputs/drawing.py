"""Draw a grid of merged boxes with lines, as wide as there is room for.

Flow:  layout, texts -> **drawing** -> terminal

Columns give way to a narrow terminal as far as their figures stay whole; labels are broken into lines.
Rules stand between the heads and around groups, not under every row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from gouji.inference.outputs.layout import Box, BoxKind, Layout

# The widest that a figure's head and a row's label may be, in cells, the best first: the official
# heads have 4 to 18, the labels up to 70.
_WAYS = ((8, 44), (6, 44), (6, 36), (4, 36), (4, 28), (4, 20), (4, 12))
_GROUP = 14
_GAP = 3  # a line, and a blank on either side of it

_LINES = {  # whether a line goes up, down, left, right
    (0, 0, 1, 1): "─",
    (1, 1, 0, 0): "│",
    (0, 1, 0, 1): "┌",
    (0, 1, 1, 0): "┐",
    (1, 0, 0, 1): "└",
    (1, 0, 1, 0): "┘",
    (1, 1, 0, 1): "├",
    (1, 1, 1, 0): "┤",
    (0, 1, 1, 1): "┬",
    (1, 0, 1, 1): "┴",
    (1, 1, 1, 1): "┼",
}


def draw(layout: Layout, figures: Mapping[str, Text], width: int) -> Text | None:
    """The grid in so many cells of a terminal; None where it does not fit.

    Args:
        layout: The grid.
        figures: What stands in the cells, by key.
        width: Of the terminal.
    """
    widths = _fitting(layout, figures, width)
    return None if widths is None else _Drawing(layout, figures, widths).text()


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many cells; Chinese may be broken anywhere.

    >>> wrapped("结果维持", 4)
    ['结果', '维持']
    """
    lines = [""]
    for character in text:
        if lines[-1] and cell_len(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _fitting(layout: Layout, figures: Mapping[str, Text], width: int) -> list[int] | None:
    """The columns' widths: the first of the ways to be narrower that fits; None where none does."""
    room = width - _GAP * layout.columns - 1
    for head, label in _WAYS:
        widths = _widths(layout, figures, head, label)
        if sum(widths) <= room:
            return widths
    return None


def _widths(layout: Layout, figures: Mapping[str, Text], head: int, label: int) -> list[int]:
    """The columns' widths with heads of figures and labels of rows no wider than that."""
    widths = [1] * layout.columns
    for box in layout.boxes:
        if box.width > 1 and not (box.kind is BoxKind.ROW and box.left + box.width == layout.labels):
            continue
        if box.key is not None:
            wanted = figures[box.key].cell_len
        elif box.left >= layout.labels:
            wanted = min(head, cell_len(box.text))
        elif box.kind is BoxKind.ROW:
            wanted = min(label, cell_len(box.text))
        elif box.kind is BoxKind.GROUP:
            wanted = 2 if box.upright else min(_GROUP, label // 2, cell_len(box.text))
        else:
            continue
        at = box.left + box.width - 1
        widths[at] = max(widths[at], wanted)
    return widths


@dataclass(frozen=True, slots=True)
class _Placed:
    """A box with its text in lines, the first of which stands in that line of the drawing."""

    box: Box
    lines: Sequence[Text]
    first: int


class _Drawing:
    def __init__(self, layout: Layout, figures: Mapping[str, Text], widths: Sequence[int]) -> None:
        self._layout, self._widths = layout, widths
        self._at = {
            (line, column): box
            for box in layout.boxes
            for line in range(box.top, box.top + box.height)
            for column in range(box.left, box.left + box.width)
        }
        self._ruled = self._rules()
        self._texts = {box: self._lines(box, figures) for box in layout.boxes}
        heights = self._heights()
        self._tops = [0]  # the first line of each line of the grid, and behind them the last rule
        for line, height in enumerate(heights):
            self._tops.append(self._tops[-1] + height + (line + 1 in self._ruled))
        self._heights_of_lines = heights

    def text(self) -> Text:
        """The whole grid."""
        placed = {box: self._placed(box) for box in self._layout.boxes}
        lines = [self._rule(0, placed, 0)]
        for line, height in enumerate(self._heights_of_lines):
            top = self._tops[line]
            lines += [self._line(line, placed, top + offset) for offset in range(height)]
            if line + 1 in self._ruled:
                lines.append(self._rule(line + 1, placed, top + height))
        return Text("\n").join(lines)

    def _rules(self) -> set[int]:
        """Before which lines a rule stands: among and below the heads, around groups, at the end."""
        rules = {self._layout.lines}
        for box in self._layout.boxes:
            if box.kind.heads:
                rules.add(box.top + box.height)
            elif box.kind is BoxKind.GROUP:
                rules |= {box.top, box.top + box.height}
        return rules

    def _lines(self, box: Box, figures: Mapping[str, Text]) -> list[Text]:
        if box.key is not None:
            return [figures[box.key]]
        return [Text(line, style="dim" if box.kind is BoxKind.CORNER else "") for line in self._wrapped(box)]

    def _wrapped(self, box: Box) -> list[str]:
        return wrapped(box.text, self._width(box))

    def _width(self, box: Box) -> int:
        return sum(self._widths[box.left : box.left + box.width]) + _GAP * (box.width - 1)

    def _heights(self) -> list[int]:
        """As many lines as the texts of each line of the grid need."""
        heights = [1] * self._layout.lines
        for box in sorted(self._layout.boxes, key=lambda box: box.height):
            span = range(box.top, box.top + box.height)
            room = sum(heights[line] for line in span) + sum(line + 1 in self._ruled for line in span[:-1])
            heights[span[-1]] += max(0, len(self._texts[box]) - room)
        return heights

    def _placed(self, box: Box) -> _Placed:
        """Labels stand at the top of their box, all else in its middle."""
        top, last = self._tops[box.top], box.top + box.height - 1
        room = self._tops[last] + self._heights_of_lines[last] - top
        spare = room - len(self._texts[box])
        return _Placed(box, self._texts[box], top + (0 if box.kind is BoxKind.ROW else spare // 2))

    def _line(self, line: int, placed: Mapping[Box, _Placed], at: int) -> Text:
        drawn = Text()
        column = 0
        while column < self._layout.columns:
            box = self._at[line, column]
            drawn.append("│ ", style="dim")
            drawn.append_text(self._piece(placed[box], at))
            drawn.append(" ")
            column += box.width
        return drawn.append("│", style="dim")

    def _piece(self, placed: _Placed, at: int) -> Text:
        """What stands of a box in a line of the drawing, filled up to the box's width."""
        box, index = placed.box, at - placed.first
        text = placed.lines[index].copy() if 0 <= index < len(placed.lines) else Text()
        spare = self._width(box) - text.cell_len
        left = spare if box.kind is BoxKind.VALUE else 0
        if box.kind.heads:
            left = spare // 2
        text.pad_left(left)
        text.pad_right(spare - left)
        return text

    def _rule(self, line: int, placed: Mapping[Box, _Placed], at: int) -> Text:
        """The rule before a line of the grid; a box that goes on through it keeps its text."""
        drawn = Text()
        column = 0
        while column < self._layout.columns:
            above, below = self._at.get((line - 1, column)), self._at.get((line, column))
            drawn.append(self._joint(line, column), style="dim")
            if above is below and above is not None:
                drawn.append(" ").append_text(self._piece(placed[above], at)).append(" ")
                column += above.width
            else:
                drawn.append("─" * (self._widths[column] + _GAP - 1), style="dim")
                column += 1
        return drawn.append(self._joint(line, column), style="dim")

    def _joint(self, line: int, column: int) -> str:
        def box(down: int, right: int) -> Box | None:
            return self._at.get((line + down, column + right))

        up = box(-1, -1) is not box(-1, 0)
        down = box(0, -1) is not box(0, 0)
        left = box(-1, -1) is not box(0, -1)
        right = box(-1, 0) is not box(0, 0)
        return _LINES[int(up), int(down), int(left), int(right)]
