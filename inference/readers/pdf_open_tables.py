"""Tables without rules: their heads, labels and cells by the places of their print, over page breaks.

Flow:  lines of all sheets -> columns, rows -> **tables without rules** -> page

Numbers that overlap from line to line are a column, and so is a head that stands over none of them: it is
blank all the way down. A table is one only if nothing in it is in doubt: each column has a head of its own,
no row has two values in a column, each row has one label. Then an empty place is an empty cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from gouji.inference.readers.pdf_lines import Line, is_amount, joined
from gouji.inference.readers.pdf_sheet import Glyph
from gouji.inference.unread_marks import CUT_OFF

_FEWEST_VALUES = 4  # of a table; fewer show no columns
_FEWEST_COLUMNS = 2
_WORD_GAP = 0.25  # of a glyph's height: between two words
_DIGIT_GAP = 0.12  # likewise: between the digits of two numbers
_HEAD_STEP = 1.12  # of a wide glyph: from middle to middle, between the heads of two cells side by side
_LINE = 1.8  # likewise: from line to line of one cell, at most
_LOWER = 0.8  # of a glyph's height: how far a label of one line may stand above or below its numbers
_EQUAL = 2.0  # points, by which lines above and below a number differ in their distance
_SLACK = 1.0  # points, by which print may reach over its column's edge
_HEAD_LINE = 2.8  # likewise: of one head
_HEAD_LINES = 9  # above the first row
_FIRST = {
    "一": re.compile(r"[（(]一[）)]"),
    "（": re.compile(r"1[.．、]"),
}  # row of a group, by the group's sort
_LONGEST_ORDINAL = 4
_ORDINAL = re.compile(
    r"[（(][一二三四五六七八九十]{1,2}[）)]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、](?!\d)"
)


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The lines that a table is printed in, and its rows: the text, and whether its cells are known."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[str, bool], ...]

    def cut_off(self) -> OpenTable:
        """The same, and more cells may follow each row's."""
        rows = ((f"{text}\t{CUT_OFF}" if known else text, known) for text, known in self.rows)
        return replace(self, rows=tuple(rows))


@dataclass(slots=True)
class _Column:
    left: float
    right: float
    heads: list[tuple[float, Line]] = field(default_factory=list)  # with the line's place, from below
    values: tuple[float, float] | None = None  # where its values stand

    def stands_under(self, word: Line) -> bool:
        """Whether its values stand under a word."""
        return self.values is not None and word.left < self.values[1] and self.values[0] < word.right

    def meets(self, word: Line) -> bool:
        return word.left < self.right + _SLACK and self.left - _SLACK < word.right


@dataclass(slots=True)
class _Label:
    """A label's lines."""

    parts: list[tuple[float, Line]]

    @property
    def top(self) -> float:
        return self.parts[0][0]

    @property
    def bottom(self) -> float:
        return self.parts[-1][0]

    @property
    def left(self) -> float:
        return min(part.left for _, part in self.parts)

    @property
    def right(self) -> float:
        return max(part.right for _, part in self.parts)

    @property
    def height(self) -> float:
        return max(part.height for _, part in self.parts)

    @property
    def text(self) -> str:
        return joined([part for _, part in self.parts])

    def spans(self, y: float) -> bool:
        """Whether a row at a place may be this label's."""
        return self.top - self.height * 0.7 <= y <= self.bottom + self.height * 0.7


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its place below the first sheet's top, no room lost at page breaks; its words."""

    y: float
    sheet: int
    line: Line
    words: tuple[Line, ...]

    def place(self, part: Line) -> float:
        """Where a part of the line stands: each font has its own baseline, and each cell."""
        return round(self.y + part.base - self.line.base, 1)

    @property
    def values(self) -> list[Line]:
        """The numbers and marks that end it."""
        found: list[Line] = []
        for word in reversed(self.words):
            if not _is_value(word):
                break
            found.insert(0, word)
        return found


def open_tables(sheets: Sequence[Sequence[Line]]) -> list[OpenTable]:
    """The tables without rules of lines that follow each other, sheet by sheet."""
    placed = list(_placed(sheets))
    tables = []
    end = 0
    for first, last in _runs(placed):
        table = _table(placed, max(first - _HEAD_LINES, end), first, last)
        if table is not None:
            tables.append(table)
        end = last + 1
    return tables


def _placed(sheets: Sequence[Sequence[Line]]) -> Iterator[_Placed]:
    shift = 0.0
    for number, lines in enumerate(sheets):
        if not lines:
            continue
        shift -= lines[0].base
        for line in lines:
            yield _Placed(line.base + shift, number, line, tuple(_words(line)))
        shift += lines[-1].base + _LINE * lines[-1].height * 0.9


def _words(line: Line) -> Iterator[Line]:
    """The pieces of a line between which there is room."""

    def apart(a: Glyph, b: Glyph) -> bool:
        least = _DIGIT_GAP if a.text.isdigit() and b.text.isdigit() else _WORD_GAP
        return b.left - a.right > least * min(a.height, b.height)

    return _pieces(line, apart)


def _heads_apart(a: Glyph, b: Glyph) -> bool:
    """Whether two glyphs are of two heads: wide ones of one are set solid, whatever fonts they are of."""
    em = max(a.right - a.left, b.right - b.left)
    if _is_wide(a) and _is_wide(b):
        return (b.left + b.right - a.left - a.right) / 2 > em * _HEAD_STEP
    return b.left - a.right > _WORD_GAP * min(a.height, b.height)


def _is_wide(glyph: Glyph) -> bool:
    return glyph.text >= "\u2e80"


def _pieces(line: Line, apart: Callable[[Glyph, Glyph], bool]) -> Iterator[Line]:
    glyphs = [glyph for glyph in line.glyphs if glyph.text != " "]
    start = 0
    for index, (before, glyph) in enumerate(pairwise(glyphs), 1):
        if apart(before, glyph):
            yield Line(tuple(glyphs[start:index]))
            start = index
    yield Line(tuple(glyphs[start:]))


def _runs(placed: Sequence[_Placed]) -> Iterator[tuple[int, int]]:
    """The first and last line of each run of rows, between which nothing but labels stands."""
    first: int | None = None
    last, edge = 0, 0.0
    for index, row in enumerate(placed):
        values = row.values
        if values and (
            len(values) > 1 or len(row.words) > 1 or (first is not None and values[0].left > edge)
        ):
            if first is None:
                first, edge = index, values[0].left
            last, edge = index, min(edge, values[0].left)
        elif first is not None and row.words[-1].right > edge + _SLACK and not _ends_in_value(row, edge):
            yield first, last
            first = None
    if first is not None:
        yield first, last


def _ends_in_value(row: _Placed, edge: float) -> bool:
    """Whether a label that touches the number behind it ends before the columns."""
    behind = [glyph for glyph in row.line.glyphs if glyph.left >= edge - _SLACK and glyph.text != " "]
    return bool(behind) and all(map(_is_value, _words(Line(tuple(behind)))))


def _table(placed: Sequence[_Placed], top: int, first: int, last: int) -> OpenTable | None:
    rows = placed[first : last + 1]
    columns = _columns(value for row in rows for value in row.values)
    if len(columns) < _FEWEST_COLUMNS or sum(len(row.values) for row in rows) < _FEWEST_VALUES:
        return None
    edge = columns[0].left
    labelled = _label_edge(rows, edge)
    start, ended = _with_labels(placed, first, last, edge)
    heads = _heads(placed[top:start], edge, labelled)
    if not heads:
        return None
    groups = _add_heads(columns, heads, labelled)
    if groups is None:
        return None
    values = _values(placed[first : last + 1], columns)
    if values is None:
        return None
    labels = _labels(placed[start : ended + 1], columns[0].left, [y for y, _ in values])
    body = _rows(values, labels, len(columns))
    if body is None:
        return None
    named = "\t".join(joined([head for _, head in reversed(column.heads)]) for column in columns)
    words = [_Label([(head.y, part)]) for head in heads for part in _left_of(head.line, columns[0].left)]
    above = [joined([part for word in words for _, part in word.parts]), *groups]
    lines = [head.line for head in heads] + [row.line for row in placed[start : ended + 1]]
    head = [(text, False) for text in ("\t".join(filter(None, above)), named) if text]
    return OpenTable(tuple(lines), (*head, *body))


def _is_value(word: Line) -> bool:
    return is_amount(word) and not _ORDINAL.match(word.text)


def _columns(values: Iterable[Line]) -> list[_Column]:
    columns: list[_Column] = []
    for value in sorted(values, key=lambda value: value.left):
        if columns and value.left < columns[-1].right:
            columns[-1].right = max(columns[-1].right, value.right)
        else:
            columns.append(_Column(value.left, value.right))
    for column in columns:
        column.values = (column.left, column.right)
    return columns


def _heads(above: Sequence[_Placed], edge: float, labels: float) -> list[_Placed]:
    """The lines above the first row that print heads: something at or behind the first column.

    What begins above the labels and ends above the columns is prose.
    """
    heads: list[_Placed] = []
    for row in reversed(above):
        prose = any(
            word.left < labels - word.height and word.right > edge + word.height
            for word in _pieces(row.line, _heads_apart)
        )
        if row.values or prose:
            break
        heads.insert(0, row)
    while heads and not any(word.right > edge for word in heads[0].words):
        heads.pop(0)
    return heads


def _label_edge(rows: Sequence[_Placed], edge: float) -> float:
    """Where the labels end."""
    return max((part.right for row in rows for part in _left_of(row.line, edge)), default=0.0)


def _add_heads(columns: list[_Column], heads: Sequence[_Placed], labels: float) -> list[str] | None:
    """Give each column its head, and find those that hold no number; the heads of several, from the left.

    None where a column has no head, or two side by side.
    """
    groups: list[_Label] = []
    for head in reversed(heads):
        for word in _pieces(head.line, _heads_apart):
            if word.left < labels and word.right <= columns[0].left + _SLACK:
                continue
            y = head.place(word)
            met = [column for column in columns if column.meets(word)]
            if len(met) > 1:
                _add_to_group(groups, y, word)
                continue
            column = met[0] if met else _Column(word.left, word.right)
            if column.heads and abs(column.heads[-1][0] - y) < word.height / 2:
                beside = column.heads.pop()[1]
                if not (column.stands_under(beside) and column.stands_under(word)):
                    return None
                word = Line((*beside.glyphs, *word.glyphs))
            if not met:
                columns.append(column)
            if not column.heads or column.heads[-1][0] - y <= _LINE * word.height:
                column.left, column.right = min(column.left, word.left), max(column.right, word.right)
            column.heads.append((y, word))
    columns.sort(key=lambda column: column.left)
    if not all(column.heads for column in columns):
        return None
    wraps = _wraps(columns)
    for column in columns:
        own = _own_lines(column.heads, wraps)
        for y, word in column.heads[own:]:
            _add_to_group(groups, y, word)
        del column.heads[own:]
    return [group.text for group in _from_the_left(groups)]


def _from_the_left(groups: Sequence[_Label]) -> list[_Label]:
    """Heads from the left; of two that stand one over the other the upper one first."""
    ordered: list[_Label] = []
    for group in sorted(groups, key=lambda group: group.left):
        over = (g for g in ordered if g.left < group.right and group.left < g.right and group.top < g.top)
        first = next(over, None)
        ordered.insert(len(ordered) if first is None else ordered.index(first), group)
    return ordered


def _own_lines(heads: Sequence[tuple[float, Line]], wraps: Mapping[tuple[float, float], bool]) -> int:
    """How many of the lines over a column, from below, are its own head's.

    One that not most columns have must be as near as theirs, and no wider than those below it.
    """
    step = min((below - above for (below, above), most in wraps.items() if most), default=0.0) + _EQUAL / 2
    widest = 0.0
    for count, ((below, lower), (above, upper)) in enumerate(pairwise(heads), 1):
        widest = max(widest, lower.right - lower.left)
        near = below - above <= step and upper.right - upper.left <= widest + upper.height / 2
        if not (wraps[below, above] or near):
            return count
    return len(heads)


def _wraps(columns: Sequence[_Column]) -> dict[tuple[float, float], bool]:
    """The places of lines over each other, from below; whether heads go on from the one to the other.

    Then most of the columns with a line at the lower place have one above it. What stands over few of them
    is a head of several columns.
    """
    pairs = Counter((a, b) for column in columns for (a, _), (b, _) in pairwise(column.heads))
    lines = Counter(y for column in columns for y, _ in column.heads)
    height = max((word.height for column in columns for _, word in column.heads), default=0.0)
    return {
        (below, above): count * 2 >= lines[below] and below - above <= _HEAD_LINE * height
        for (below, above), count in pairs.items()
    }


def _add_to_group(groups: list[_Label], y: float, word: Line) -> None:
    """Lines come from below; of a wrapped head all but the last are full."""
    for group in groups:
        full = word.right - word.left >= group.right - group.left - word.height
        if (
            full
            and 0 < group.top - y <= _LINE * word.height
            and group.left < word.right
            and word.left < group.right
        ):
            group.parts.insert(0, (y, word))
            return
    groups.append(_Label([(y, word)]))


def _with_labels(placed: Sequence[_Placed], first: int, last: int, edge: float) -> tuple[int, int]:
    """The first and last line of a table with those of its first and last label.

    Labels stand in the middle beside their numbers: as many lines above as below, each as far.
    """
    above = [row.y - placed[last].y for row in placed[first:last] if row.line.right <= edge + _SLACK]
    below = [
        row.y - placed[first].y for row in placed[first + 1 : last + 1] if row.line.right <= edge + _SLACK
    ]

    def belongs(row: _Placed, number: _Placed, others: Sequence[float]) -> bool:
        distance = row.y - number.y
        if row.line.right > edge + _SLACK or row.values:
            return False
        near = abs(distance) < row.line.height * _LOWER and not _left_of(number.line, edge)
        return near or any(abs(distance + other) <= _EQUAL for other in others)

    start, end = first, last
    while start and belongs(placed[start - 1], placed[first], below):
        start -= 1
    while end + 1 < len(placed) and belongs(placed[end + 1], placed[last], above):
        end += 1
    return start, end


def _values(
    rows: Sequence[_Placed], columns: Sequence[_Column]
) -> list[tuple[float, dict[int, Line]]] | None:
    """The values of each row by their columns; lines of one row that stand at two heights are one.

    None where something stands in no column, or in two.
    """
    edge = columns[0].left
    found: list[tuple[_Placed, dict[int, Line]]] = []
    for row in rows:
        own: dict[int, Line] = {}
        behind = [glyph for glyph in row.line.glyphs if glyph.left >= edge - _SLACK and glyph.text != " "]
        for word in _words(Line(tuple(behind))) if behind else ():
            places = [i for i, column in enumerate(columns) if column.meets(word)]
            if len(places) != 1:
                return None
            (place,) = places
            own[place] = word if place not in own else Line((*own[place].glyphs, *word.glyphs))
        if own:
            found.append((row, own))
    steps = [
        b.y - a.y
        for (a, one), (b, other) in pairwise(found)
        if a.sheet == b.sheet and one.keys() & other.keys()
    ]
    least = min(steps, default=0.0) / 2
    merged: list[tuple[float, dict[int, Line]]] = []
    for row, own in found:
        if merged and row.y - merged[-1][0] < least and not own.keys() & merged[-1][1].keys():
            merged[-1][1].update(own)
        else:
            merged.append((row.y, own))
    return merged


def _left_of(line: Line, edge: float) -> list[Line]:
    """The parts of a line before its columns, parted at ordinals too."""
    glyphs = tuple(glyph for glyph in line.glyphs if (glyph.left + glyph.right) / 2 < edge)
    if not any(glyph.text != " " for glyph in glyphs):
        return []
    parts: list[Line] = []
    for part in Line(glyphs).parted():
        start = 0
        for index, (before, glyph) in enumerate(pairwise(part.glyphs), 1):
            begun = "".join(each.text for each in part.glyphs[index : index + _LONGEST_ORDINAL])
            if _heads_apart(before, glyph) and _ORDINAL.match(begun):
                parts.append(Line(part.glyphs[start:index]))
                start = index
        parts.append(Line(part.glyphs[start:]))
    return parts


def _labels(rows: Sequence[_Placed], edge: float, places: Sequence[float]) -> list[_Label]:
    """The labels of rows and of groups, each with all of its lines."""
    labels: list[_Label] = []
    for row in rows:
        for part in _left_of(row.line, edge):
            label = next(
                (each for each in reversed(labels) if _goes_on(each, row.place(part), part, places)), None
            )
            if label is None:
                labels.append(_Label([(row.place(part), part)]))
            else:
                label.parts.append((row.place(part), part))
    return labels


def _goes_on(label: _Label, y: float, part: Line, places: Sequence[float]) -> bool:
    if _ORDINAL.match(part.text) or not 0 <= y - label.bottom <= _LINE * label.height:
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


def _rows(
    values: Sequence[tuple[float, dict[int, Line]]], labels: Sequence[_Label], width: int
) -> list[tuple[str, bool]] | None:
    """The rows with their labels; None where one has none, or shares it."""
    rows: list[tuple[float, _Label, dict[int, Line]]] = []
    if not labels and len(values) == 1:
        return [("\t".join(_cells(values[0][1], width)), True)]
    for y, own in values:
        label = max((each for each in labels if each.spans(y)), key=lambda each: each.left, default=None)
        if label is None or any(label is other for _, other, _ in rows):
            return None
        if not all(map(_is_value, own.values())):
            return None
        rows.append((y, label, own))
    taken = {id(label) for _, label, _ in rows}
    groups: list[_Label] = []
    for label in labels:
        if id(label) in taken:
            continue
        beside = any(
            other.left >= label.right - _SLACK
            and other.top <= label.bottom + label.height
            and label.top - label.height <= other.bottom
            for other in labels
        )
        if beside:
            groups.append(label)
        elif _ORDINAL.match(label.text):
            rows.append((label.top, label, {}))
        else:
            return None
    rows.sort(key=lambda row: row[0])
    before: dict[int, list[str]] = {}
    for group in groups:
        before.setdefault(_first_of(group, rows), []).append(group.text)
    return [
        ("\t".join([*before.get(index, ()), label.text, *_cells(own, width)]), True)
        for index, (_, label, own) in enumerate(rows)
    ]


def _first_of(group: _Label, rows: Sequence[tuple[float, _Label, dict[int, Line]]]) -> int:
    """The row that a group's label begins in: the one numbered first above its middle, else the next."""
    first = _FIRST.get("（" if group.text[0] in "（(" else "一")
    middle = (group.top + group.bottom) / 2 + group.height
    above = [index for index, row in enumerate(rows) if row[0] <= middle]
    numbered = [index for index in above if first and first.match(rows[index][1].text)]
    return numbered[-1] if numbered else min(len(above), len(rows) - 1)


def _cells(own: dict[int, Line], width: int) -> list[str]:
    return [own[place].text if place in own else "" for place in range(width)]
