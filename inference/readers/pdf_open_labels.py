"""Labels of a table without rules: those of rows and of groups, each with all of its lines.

Flow:  placed lines, first column -> **labels** -> tables without rules
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.inference.readers.pdf_lines import Line
from gouji.inference.readers.pdf_places import LINE, ORDINAL, SLACK, PlacedLine, Wrapped, left_of

_LOWER = 0.8  # of a glyph's height: how far a label of one line may stand above or below its numbers
_EQUAL = 2.0  # points, by which lines above and below a number differ in their distance


def label_edge(rows: Sequence[PlacedLine], edge: float) -> float:
    """Where the labels end."""
    return max((part.right for row in rows for part in left_of(row.line, edge)), default=0.0)


def with_labels(placed: Sequence[PlacedLine], first: int, last: int, edge: float) -> tuple[int, int]:
    """The first and last line of a table with those of its first and last label.

    Labels stand in the middle beside their numbers: as many lines above as below, each as far.
    """
    above = [row.y - placed[last].y for row in placed[first:last] if row.line.right <= edge + SLACK]
    below = [
        row.y - placed[first].y for row in placed[first + 1 : last + 1] if row.line.right <= edge + SLACK
    ]

    def belongs(row: PlacedLine, number: PlacedLine, others: Sequence[float]) -> bool:
        distance = row.y - number.y
        if row.line.right > edge + SLACK or row.values:
            return False
        near = abs(distance) < row.line.height * _LOWER and not left_of(number.line, edge)
        return near or any(abs(distance + other) <= _EQUAL for other in others)

    start, end = first, last
    while start and belongs(placed[start - 1], placed[first], below):
        start -= 1
    while end + 1 < len(placed) and belongs(placed[end + 1], placed[last], above):
        end += 1
    return start, end


def labels_of(rows: Sequence[PlacedLine], edge: float, places: Sequence[float]) -> list[Wrapped]:
    """The labels of rows and of groups, each with all of its lines."""
    labels: list[Wrapped] = []
    for row in rows:
        for part in left_of(row.line, edge):
            label = next(
                (each for each in reversed(labels) if _goes_on(each, row.place(part), part, places)), None
            )
            if label is None:
                labels.append(Wrapped([(row.place(part), part)]))
            else:
                label.parts.append((row.place(part), part))
    return labels


def _goes_on(label: Wrapped, y: float, part: Line, places: Sequence[float]) -> bool:
    if ORDINAL.match(part.text) or not 0 <= y - label.bottom <= LINE * label.height:
        return False
    if y - label.bottom < label.height / 2:  # print of another font stands a little lower
        return abs(part.left - label.parts[-1][1].right) < label.height / 2
    slack = part.height / 2
    held = [place for place in places if label.top - slack <= place <= label.bottom + slack]
    return (
        label.left < part.right
        and part.left < label.right
        and not (held and any(abs(y - place) < slack for place in places))
    )
