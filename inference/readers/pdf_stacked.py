"""Numbers of open print right below each other: two rows' numbers, or one that was broken in a narrow cell.

Flow:  lines of all sheets -> **numbers in doubt** -> columns, rows -> page

No rule says where a cell ends. A line is the rest of the row above it only if each of its numbers stands
right below one that had no room for another digit, as far as wider print of its column shows, and that may
go on: no number begins with 0. A line that begins with an ordinal is another row, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from gouji.inference.readers.pdf_lines import Line, is_amount, is_value
from gouji.inference.readers.pdf_places import LINE, ORDINAL, placed_lines

_SAME = 1.0  # points, by which print aligned below other print is moved
_NEAR = 30  # lines above and below that are of the same table, at most
_DIGIT = 0.9  # of a digit's box, which may reach a little beyond its place: the room of one
_BETWEEN = 3  # lines of a label between two lines of a number, at most
_SIGNS = ("-", "－", "−", "+")
_REST = re.compile(r"[\d.,，．]+(?:[^\W\d]{1,2})?")  # of a number, with or without its unit

Parts = Sequence[Line]  # of a line, between which there is room for a column's end


def stacked(sheets: Sequence[Sequence[Line]]) -> set[int]:
    """The glyphs, by identity, of numbers that may be one with the number above or below them."""
    placed = list(placed_lines(sheets))
    parts = [row.line.parted() for row in placed]
    doubted: set[int] = set()
    for index, row in enumerate(placed):
        numbers = list(filter(is_value, parts[index]))
        for lower in range(index + 1, min(index + 1 + _BETWEEN, len(placed)) if numbers else 0):
            if placed[lower].sheet == row.sheet and placed[lower].y - row.y > LINE * row.line.height:
                break
            below = [part for part in parts[lower] if is_amount(part) or _REST.fullmatch(part.text)]
            pairs = [(upper, part) for part in below for upper in numbers if _is_below(part, upper)]
            if pairs and len(pairs) == len(below) and not any(map(_begins_with_ordinal, parts[lower])):
                if not any(_is_whole(parts, index, pair, doubted) for pair in pairs):
                    doubted |= {id(g) for pair in pairs for number in pair for g in number.glyphs}
                break
    return doubted


def is_rest(part: Line, upper: Line) -> bool:
    """Whether figures right below a number may go on with it: they are aligned."""
    return _are_aligned(part, upper) and _REST.fullmatch(part.text) is not None


def _begins_with_ordinal(part: Line) -> bool:
    return not is_value(part) and ORDINAL.match(part.text) is not None


def _is_below(part: Line, upper: Line) -> bool:
    """Whether figures stand below a sign, or a number of their width, as a cell's next line would."""
    narrower = part.right - part.left <= upper.right - upper.left + _SAME or upper.text in _SIGNS
    return _are_aligned(part, upper) and narrower and _REST.fullmatch(part.text) is not None


def _are_aligned(part: Line, upper: Line) -> bool:
    middles = abs(part.left + part.right - upper.left - upper.right) / 2
    return min(abs(part.left - upper.left), abs(part.right - upper.right), middles) <= _SAME


def _is_whole(parts: Sequence[Parts], index: int, pair: tuple[Line, Line], doubted: Set[int]) -> bool:
    """Whether nothing can follow a number: it is 0, or its column is wider by a digit; by all, of a sign."""
    number, rest = pair
    if number.text == "0" and id(number.glyphs[0]) not in doubted:
        return True
    first = rest if number.text in _SIGNS else Line(number.glyphs[:1])
    needed = number.right - number.left + (first.right - first.left) * _DIGIT
    beside = [part for part in parts[index] if part is not number]
    for lines in (parts[max(index - _NEAR, 0) : index][::-1], parts[index + 1 : index + 1 + _NEAR]):
        for line in lines:
            over = [part for part in line if _meets(part, number)]
            shared = [part for part in over if any(_meets(part, other) for other in beside)]
            if shared and len(line) == 1:
                break  # a heading, or prose: another table follows
            if len(line) > 1 and any(_is_wider(part, number, needed) for part in over if part not in shared):
                return True
    return False


def _is_wider(part: Line, number: Line, needed: float) -> bool:
    """Whether other print has a digit more, or the room of one."""
    if is_value(part) and number.text not in _SIGNS:
        return _digits(part) > _digits(number)
    return part.right - part.left > needed


def _digits(number: Line) -> int:
    return sum(map(str.isdigit, number.text))


def _meets(part: Line, other: Line) -> bool:
    return part.left < other.right and other.left < part.right
