"""Know the numbers that count a table's rows or columns for what they are: no cells.

Flow:  anchors -> **numbering** -> strips -> readings

Publishers put a column 序号 before the labels, a row 栏次 of 1 … 7 below the heads, or each row's own ordinal
in a cell of its own. That so many numbers count up by one, and just where they would, is no chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import Wordings
from gouji.model.label_words import ordinal_of
from gouji.model.labels import Tag

_FEWEST_NUMBERED = 3  # rows that the form numbers and that have just their number before them
_POINTS = (".", "、")  # behind an ordinal
_FEWEST_SERIAL = 6  # rows in a row that are counted up


def numbers_of_rows(marked: MarkedPage, anchors: Sequence[Anchor], rows: Wordings) -> dict[int, int]:
    """Where the number begins that counts each row, by index of the row; none where not all are counted.

    A number before a label may be its ordinal, or the last one of the row before.
    """
    return _serial(marked, anchors) or _ordinals(marked, anchors, rows)


def _serial(marked: MarkedPage, anchors: Sequence[Anchor]) -> dict[int, int]:
    """The numbers of a column 序号, which go on by one from row to row."""
    if len(anchors) < _FEWEST_SERIAL:
        return {}
    found: dict[int, int] = {}
    last: int | None = None
    for anchor in anchors:
        number = marked.number_before(_line_of_labels(marked, anchor))
        digits = marked.surface(number) if number is not None else ""
        if number is None or not digits.isdigit() or (last is not None and int(digits) != last + 1):
            return {}
        last = int(digits)
        found[anchor.row] = number.start
    return found


def _line_of_labels(marked: MarkedPage, anchor: Anchor) -> int:
    """Where the labels begin that stand on the line of a row's own, its groups' before it."""
    begin = marked.folded.rfind("\n", 0, anchor.start) + 1
    groups = [span.start for tag in (Tag.GROUP, Tag.ROW) for span in marked.tagged(tag, begin, anchor.start)]
    return min(groups, default=anchor.start)


def _ordinals(marked: MarkedPage, anchors: Sequence[Anchor], rows: Wordings) -> dict[int, int]:
    """The ordinals that a table prints as cells of their own: `1` / `属于…`.

    That the rows that the form numbers have just their numbers there, but for one or two, is no chance;
    nor that one has it whose label begins with the point behind: `2` / `.` / `其他…`.
    """
    ordinals = [(anchor, ordinal_of(rows.labels[anchor.row].label)) for anchor in anchors]
    numbered = [(anchor, ordinal) for anchor, ordinal in ordinals if ordinal.isdigit()]
    found: dict[int, int] = {}
    for anchor, ordinal in numbered:
        number = marked.number_before(anchor.start)
        if number is not None and marked.surface(number) == ordinal:
            found[anchor.row] = number.start
    if len(found) >= max(_FEWEST_NUMBERED, 4 * (len(numbered) - len(found))):
        return found
    pointed = {anchor.row for anchor in anchors if marked.folded[anchor.start] in _POINTS}
    return {row: start for row, start in found.items() if row in pointed}


def numbers_of_columns(leading: Strip, line: Line) -> frozenset[int]:
    """Where the numbers of a row 栏次 begin, that stands between the column labels and the first row.

    Their sum must not be theirs to keep: then they would as well be a row that lost its label.
    """
    digits = [chunk.digits for chunk in leading.chunks]
    if len(digits) != len(line.keys) or not line.sums or not all(map(str.isdecimal, digits)):
        return frozenset()
    numbers = [int(number) for number in digits]
    counts_up = all(behind == number + 1 for number, behind in pairwise(numbers))
    if not counts_up or any(rule.holds(numbers) for rule in line.sums):
        return frozenset()
    return frozenset(chunk.start for chunk in leading.chunks)
