"""Tables without rules: their heads, labels and cells by the places of their print, over page breaks.

Flow:  lines of all sheets -> columns, rows -> **tables without rules** -> page

Numbers that overlap from line to line are a column, and so is a head that stands over none of them: it is
blank all the way down. A table is one only if nothing in it is in doubt: each column has a head of its own,
no row has two values in a column, each row has one label. Then an empty place is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.inference.readers.pdf_lines import Line, joined
from gouji.inference.readers.pdf_open_heads import Column, add_heads, columns_of, heads_above
from gouji.inference.readers.pdf_open_labels import label_edge, label_pitch, labels_of, with_labels
from gouji.inference.readers.pdf_places import (
    ORDINAL,
    SLACK,
    PlacedLine,
    Wrapped,
    is_cell_value,
    left_of,
    placed_lines,
    words_of,
)
from gouji.inference.unread_marks import CUT_OFF, UNSEEN

_FEWEST_VALUES = 2  # of a table; fewer show no columns
_FEWEST_COLUMNS = 2
_HEAD_LINES = 30  # above the first row
_FIRST = {
    "一": re.compile(r"[（(]一[）)]"),
    "（": re.compile(r"1[.．、]"),
}  # row of a group, by the group's sort


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The lines that a table is printed in, and its rows: the text, and whether its cells are known."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[str, bool], ...]

    def cut_off(self) -> OpenTable:
        """The same, and more cells may follow each row's; of its last column all may stand beyond."""
        hidden = all(text.endswith("\t") for text, known in self.rows if known)
        behind = f"{UNSEEN * hidden}\t{CUT_OFF}"
        rows = ((text + behind * known, known) for text, known in self.rows)
        return replace(self, rows=tuple(rows))


def open_tables(sheets: Sequence[Sequence[Line]], doubted: Set[int]) -> list[OpenTable]:
    """The tables without rules of lines that follow each other, sheet by sheet.

    Args:
        sheets: The lines.
        doubted: The glyphs, by identity, of numbers that may be one with those above or below them.
    """
    placed = list(placed_lines(sheets))
    tables = []
    end = 0
    for first, last in _runs(placed):
        table = _table(placed, max(first - _HEAD_LINES, end), first, last, doubted)
        if table is not None:
            tables.append(table)
        end = last + 1
    return tables


def _runs(placed: Sequence[PlacedLine]) -> Iterator[tuple[int, int]]:
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
        elif first is not None and row.words[-1].right > edge + SLACK and not _ends_in_value(row, edge):
            yield first, last
            first = None
    if first is not None:
        yield first, last


def _ends_in_value(row: PlacedLine, edge: float) -> bool:
    """Whether a label that touches the number behind it ends before the columns."""
    behind = [glyph for glyph in row.line.glyphs if glyph.left >= edge - SLACK and glyph.text != " "]
    return bool(behind) and all(map(is_cell_value, words_of(Line(tuple(behind)))))


def _table(
    placed: Sequence[PlacedLine], top: int, first: int, last: int, doubted: Set[int]
) -> OpenTable | None:
    rows = placed[first : last + 1]
    columns = columns_of(value for row in rows for value in row.values)
    if len(columns) < _FEWEST_COLUMNS or sum(len(row.values) for row in rows) < _FEWEST_VALUES:
        return None
    edge = columns[0].left
    labelled = label_edge(rows, edge)
    pitch = label_pitch(placed[top:first], rows, edge)
    start, ended = with_labels(placed, first, last, edge, pitch)
    heads = heads_above(placed[top:start], edge, labelled)
    if not heads:
        return None
    groups = add_heads(columns, heads, labelled)
    if groups is None:
        return None
    values = _values(placed[first : last + 1], columns, doubted)
    if values is None:
        return None
    labels = labels_of(placed[start : ended + 1], columns[0].left, [y for y, _ in values], pitch)
    body = _rows(values, labels, len(columns))
    if body is None:
        return None
    named = "\t".join(joined([head for _, head in reversed(column.heads)]) for column in columns)
    words = [Wrapped([(head.y, part)]) for head in heads for part in left_of(head.line, columns[0].left)]
    above = [joined([part for word in words for _, part in word.parts]), *groups]
    lines = [head.line for head in heads] + [row.line for row in placed[start : ended + 1]]
    head = [(text, False) for text in ("\t".join(filter(None, above)), named) if text]
    return OpenTable(tuple(lines), (*head, *body))


def _values(
    rows: Sequence[PlacedLine], columns: Sequence[Column], doubted: Set[int]
) -> list[tuple[float, dict[int, Line]]] | None:
    """The values of each row by their columns; lines of one row that stand at two heights are one.

    None where something stands in no column, or in two, or a number may go on below.
    """
    edge = columns[0].left
    found: list[tuple[PlacedLine, dict[int, Line]]] = []
    for row in rows:
        own: dict[int, Line] = {}
        behind = [glyph for glyph in row.line.glyphs if glyph.left >= edge - SLACK and glyph.text != " "]
        for word in words_of(Line(tuple(behind))) if behind else ():
            places = [i for i, column in enumerate(columns) if column.meets(word)]
            if len(places) != 1:
                return None
            (place,) = places
            own[place] = word if place not in own else Line((*own[place].glyphs, *word.glyphs))
        if own:
            found.append((row, own))
    found = _with_rests(found, edge, doubted)
    if any(_is_open(word, doubted) for _, own in found for word in own.values()):
        return None
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


def _with_rests(
    found: Sequence[tuple[PlacedLine, dict[int, Line]]], edge: float, doubted: Set[int]
) -> list[tuple[PlacedLine, dict[int, Line]]]:
    """The rows, each with the rests of its broken numbers where all of them are numbered, as no rest is."""
    rows: list[tuple[PlacedLine, dict[int, Line]]] = []
    for row, own in found:
        numbered = any(ORDINAL.match(part.text) for part in left_of(row.line, edge))
        if numbered:
            rows.append((row, dict(own)))
        elif rows and own.keys() <= rows[-1][1].keys() and all(_is_open(w, doubted) for w in own.values()):
            for place, rest in own.items():
                rows[-1][1][place] = Line((*rows[-1][1][place].glyphs, *rest.glyphs))
        else:
            return list(found)
    return rows


def _is_open(word: Line, doubted: Set[int]) -> bool:
    """Whether a number of one line may be a part of one."""
    one_line = word.glyphs[0].base == word.glyphs[-1].base
    return one_line and any(id(glyph) in doubted for glyph in word.glyphs)


def _rows(
    values: Sequence[tuple[float, dict[int, Line]]], labels: Sequence[Wrapped], width: int
) -> list[tuple[str, bool]] | None:
    """The rows with their labels; None where one has none, or shares it."""
    rows: list[tuple[float, Wrapped, dict[int, Line]]] = []
    if not labels and len(values) == 1:
        return [("\t".join(_cells(values[0][1], width)), True)]
    for y, own in values:
        label = max((each for each in labels if each.spans(y)), key=lambda each: each.left, default=None)
        if label is None or any(label is other for _, other, _ in rows):
            return None
        if not all(map(is_cell_value, own.values())):
            return None
        rows.append((y, label, own))
    taken = {id(label) for _, label, _ in rows}
    groups: list[Wrapped] = []
    for label in labels:
        if id(label) in taken:
            continue
        beside = any(
            other.left >= label.right - SLACK
            and other.top <= label.bottom + label.height
            and label.top - label.height <= other.bottom
            for other in labels
        )
        if beside:
            groups.append(label)
        elif ORDINAL.match(label.text):
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


def _first_of(group: Wrapped, rows: Sequence[tuple[float, Wrapped, dict[int, Line]]]) -> int:
    """The row that a group's label begins in: the one numbered first above its middle, else the next."""
    first = _FIRST.get("（" if group.text[0] in "（(" else "一")
    middle = (group.top + group.bottom) / 2 + group.height
    above = [index for index, row in enumerate(rows) if row[0] <= middle]
    numbered = [index for index in above if first and first.match(rows[index][1].text)]
    return numbered[-1] if numbered else min(len(above), len(rows) - 1)


def _cells(own: dict[int, Line], width: int) -> list[str]:
    return [own[place].text if place in own else "" for place in range(width)]
