"""Labels of a table without rules: those of rows and of groups, each with all of its lines.

Flow:  placed lines, first column -> **labels** -> tables without rules
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import inf

from gouji.inference.readers.pdf_lines import Line
from gouji.inference.readers.pdf_places import LINE, ORDINAL, SLACK, PlacedLine, Wrapped, left_of

_LOWER = 0.8  # of a glyph's height: how far a label of one line may stand above or below its numbers
_UNEVEN = 1.0  # point, by which lines of one label are moved, or stand further apart
_EQUAL = 2.0  # points, by which lines above and below a number differ in their distance


def label_edge(rows: Sequence[PlacedLine], edge: float) -> float:
    """Where the labels end."""
    return max((part.right for row in rows for part in left_of(row.line, edge)), default=0.0)


def label_pitch(heads: Sequence[PlacedLine], rows: Sequence[PlacedLine], edge: float) -> float:
    """From line to line of one label, where any is wrapped; else 0.

    It is the step from a line that fills the labels' column at which most lines without a number follow, the
    least of those that are as frequent.
    """
    widest = label_edge(rows, edge)
    steps: Counter[float] = Counter()
    for above, below in pairwise(row for row in (*heads, *rows) if row.line.left < edge - SLACK):
        one, other = _first_left(above, edge), _first_left(below, edge)
        if one is None or other is None or below.values or above.sheet != below.sheet:
            continue
        filled = widest - one.height < one.right <= widest + SLACK
        if filled and abs(one.left - other.left) <= _UNEVEN and not ORDINAL.match(other.text):
            steps[round(below.place(other) - above.place(one), 1)] += 1
    return min((step for step, count in steps.items() if count == max(steps.values())), default=0.0)


def _first_left(row: PlacedLine, edge: float) -> Line | None:
    """The first piece of a line, if it ends before the columns."""
    first = row.line.parted()[0]
    return first if first.right <= edge + SLACK else None


def with_labels(
    placed: Sequence[PlacedLine], first: int, last: int, edge: float, pitch: float
) -> tuple[int, int]:
    """The first and last line of a table with those of its first and last label.

    They go on above and below at their pitch. Where that is not known, labels stand in the middle beside
    their numbers: as many lines above as below, each as far.
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
        return near or (not pitch and any(abs(distance + other) <= _EQUAL for other in others))

    start, end = first, last
    while start and belongs(placed[start - 1], placed[first], below):
        start -= 1
    while end + 1 < len(placed) and belongs(placed[end + 1], placed[last], above):
        end += 1
    labelled = [row for row in placed[start : end + 1] if left_of(row.line, edge)]
    while start and labelled and _is_one_label(placed[start - 1], labelled[0], edge, pitch, alone=0):
        start -= 1
        labelled.insert(0, placed[start])
    while end + 1 < len(placed) and labelled and _is_one_label(labelled[-1], placed[end + 1], edge, pitch, 1):
        end += 1
        labelled.append(placed[end])
    return start, end


def _is_one_label(above: PlacedLine, below: PlacedLine, edge: float, pitch: float, alone: int) -> bool:
    """Whether a label goes on from line to line; one of them (0, 1) holds nothing else."""
    outer = (above, below)[alone]
    uppers, lowers = left_of(above.line, edge), left_of(below.line, edge)
    if outer.values or outer.line.right > edge + SLACK or not uppers or not lowers:
        return False
    if len((uppers, lowers)[alone]) > 1 or ORDINAL.match(lowers[0].text):
        return False
    step = below.place(lowers[0]) - above.place(uppers[-1]) if above.sheet == below.sheet else pitch
    return 0 < step <= pitch + _UNEVEN and abs(lowers[0].left - uppers[-1].left) <= _UNEVEN


def labels_of(
    rows: Sequence[PlacedLine], edge: float, places: Sequence[float], pitch: float
) -> list[Wrapped]:
    """The labels of rows and of groups, each with all of its lines."""
    labels: list[Wrapped] = []
    sheets: dict[int, int] = {}  # the last that a label stands on
    for row in rows:
        for part in left_of(row.line, edge):
            y = row.place(part)
            for label in reversed(labels):
                most = pitch + _UNEVEN if pitch and sheets[id(label)] == row.sheet else inf
                if _goes_on(label, y, part, places, most):
                    label.parts.append((y, part))
                    break
            else:
                label = Wrapped([(y, part)])
                labels.append(label)
            sheets[id(label)] = row.sheet
    return labels


def _goes_on(label: Wrapped, y: float, part: Line, places: Sequence[float], most: float) -> bool:
    if ORDINAL.match(part.text) or not 0 <= y - label.bottom <= min(LINE * label.height, most):
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
