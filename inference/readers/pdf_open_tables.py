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
from math import inf

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_lines import Line, joined
from gouji.inference.readers.pdf_open_cells import Body, Cell, reaches_of
from gouji.inference.readers.pdf_open_heads import Column, add_heads, columns_of, heads_above
from gouji.inference.readers.pdf_open_rows import is_group, rows_of
from gouji.inference.readers.pdf_open_runs import ONE_DIGIT, prints_more, runs_of
from gouji.inference.readers.pdf_places import (
    LINE,
    SLACK,
    PlacedLine,
    left_of,
    placed_lines,
)
from gouji.inference.unread_marks import CUT_OFF, UNSEEN
from gouji.model.label_words import bare

_FEWEST_VALUES = 2  # of a table; fewer show no columns, nor does one column, unless its words are a form's
_FEWEST_COLUMNS = 2
_FEWEST_ROWS = 2  # of a table without heads
_HEAD_LINES = 30  # above the first row
_TORN_LINES = 10  # of a table, from which labels that are broken tear it
_LABEL_LINES = 12  # of the last label, below its row's numbers
_WORDS = re.compile(r"[^\W\d_]")
_FIRST = {
    "一": re.compile(r"[（(]一[）)]"),
    "（": re.compile(r"1[.．、]|[（(]1[）)]|1(?=[^\W\d])"),
}  # row of a group, by the group's sort


@dataclass(frozen=True, slots=True)
class OpenTable:
    """The lines that a table is printed in, and its rows: the text, and whether its cells are known."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[str, bool], ...]
    width: int  # columns

    @property
    def cells(self) -> tuple[str, ...]:
        """What its rows print behind their labels."""
        return tuple("\t".join(text.split("\t")[-self.width :]) for text, known in self.rows if known)

    @property
    def official(self) -> int:
        """How many of its labels and heads a form has."""
        return sum(bare(word) in form_words().all for text, _ in self.rows for word in text.split("\t"))

    @property
    def is_official(self) -> bool:
        """Whether one of its labels, or its column's head, is a form's."""
        words = [text.split("\t")[0] for text, known in self.rows if known]
        return any(bare(word) in form_words().all for word in (*words, self.rows[-len(words) - 1][0]))

    def cut_off(self) -> OpenTable:
        """The same, and more cells may follow each row's; of its last column all may stand beyond."""
        hidden = all(text.endswith("\t") for text, known in self.rows if known)
        behind = f"{UNSEEN * hidden}\t{CUT_OFF}"
        rows = ((text + behind * known, known) for text, known in self.rows)
        return replace(self, rows=tuple(rows))


def open_tables(sheets: Sequence[Sequence[Line]], doubted: Set[int]) -> tuple[list[OpenTable], set[int]]:
    """The tables without rules of lines that follow each other, sheet by sheet.

    And the glyphs, by identity, of numbers that are not known to be whole nor whose they are: those of tables
    that are not read, and have labels over many lines.

    Args:
        sheets: The lines.
        doubted: The glyphs, by identity, of numbers that may be one with those above or below them.
    """
    placed = list(placed_lines(sheets))
    tables: list[OpenTable] = []
    torn: set[int] = set()
    end = 0
    for first, last in runs_of(placed):
        edge = min(value.left for row in placed[first : last + 1] for value in row.values)
        while first > end and prints_more(placed[first - 1], placed[first], edge):
            first -= 1
        while last + 1 < len(placed) and prints_more(placed[last + 1], placed[last], edge):
            last += 1
        above = tables[-1].width if tables and tables[-1].lines[-1] is placed[end - 1].line else 0
        found = _tables(placed, end, first, last, doubted, above)
        end = last + 1
        if found:
            tables += found
            end = max(i for i, row in enumerate(placed) if row.line is tables[-1].lines[-1]) + 1
        elif _is_torn(placed[first : last + 1]):
            torn |= {id(g) for row in placed[first : last + 1] for v in row.values for g in v.glyphs}
    return tables, torn


def _tables(
    placed: Sequence[PlacedLine], end: int, first: int, last: int, doubted: Set[int], above: int
) -> list[OpenTable]:
    """The table of a run of rows; or two, where one without heads goes on with the rows of the other.

    Args:
        placed: The lines.
        end: Where those begin that are of no table yet.
        first: The run's first line.
        last: Its last one.
        doubted: As for `open_tables`.
        above: How many columns the table has that ends where these lines begin; 0 where none does.
    """
    table = _table(placed, max(first - _HEAD_LINES, end), first, last, doubted)
    if table is None and above:
        table = _table(placed, end, first, last, doubted, above)
    if table is not None:
        return [table]
    for start in range(first + 1, last + 1):
        if not _stand_elsewhere(placed[first:start], placed[start]):
            continue
        upper = _table(placed, max(first - _HEAD_LINES, end), first, start - 1, doubted)
        if upper is None:
            break
        begun = max(i for i, row in enumerate(placed) if row.line is upper.lines[-1]) + 1
        lower = _table(placed, begun, start, last, doubted, upper.width)
        return [] if lower is None else [upper, lower]
    return []


def _stand_elsewhere(rows: Sequence[PlacedLine], row: PlacedLine) -> bool:
    """Whether a row's values, as many as the last full row's, do not stand in the columns of those above."""
    columns = columns_of(value for above in rows for value in above.values)
    beside = [[column for column in columns if column.meets(value)] for value in row.values]
    return len(row.values) == len(columns) and any(len(met) != 1 for met in beside)


def _is_torn(rows: Sequence[PlacedLine]) -> bool:
    """Whether labels stand over far more lines than there are of numbers: which is whose, none says."""
    numbered = sum(bool(row.values) for row in rows)
    return len(rows) >= _TORN_LINES and len(rows) - numbered > 2 * numbered


def _table(
    placed: Sequence[PlacedLine], top: int, first: int, last: int, doubted: Set[int], width: int = 0
) -> OpenTable | None:
    """The table of a run of rows; with `width`, one without heads, of so many columns and no empty cell."""
    rows = placed[first : last + 1]
    values = [value for row in rows for value in row.values]
    edge = _columns(values, placed[first : last + 1 + _LABEL_LINES])[0].left
    end = last + 1
    if end < len(placed) and _may_go_on(placed[end], placed[last], edge):
        return None
    while end < len(placed) and end <= last + _LABEL_LINES and _is_before(placed[end], edge):
        end += 1
    read = []
    for reach in reaches_of(placed[top:end]):
        columns = _columns(values, placed[first:end])
        table = _read(placed[top:first], placed[first:end], columns, doubted, reach, width)
        read += [table] if table is not None else []
    if len({table.cells for table in read}) != 1:
        return None
    table = max(reversed(read), key=lambda table: table.official)
    alone = table.width < _FEWEST_COLUMNS or len(values) < _FEWEST_VALUES
    return None if alone and not table.is_official else table


def _may_go_on(row: PlacedLine, last: PlacedLine, edge: float) -> bool:
    """Whether figures stand close below the last row's: they may be of its numbers."""
    near = row.sheet != last.sheet or row.y - last.y <= LINE * last.line.height
    return near and any(word.left > edge - SLACK and word.text[0].isdigit() for word in row.words)


def _is_before(row: PlacedLine, edge: float) -> bool:
    """Whether a line prints labels alone."""
    return row.line.right <= edge + SLACK and not row.values


def _read(
    above: Sequence[PlacedLine],
    below: Sequence[PlacedLine],
    columns: list[Column],
    doubted: Set[int],
    reach: float,
    width: int = 0,
) -> OpenTable | None:
    """A table, read with one step between the lines of a cell; None where that leaves a doubt.

    Args:
        above: The lines above its first number.
        below: Those from there on.
        columns: Those of its numbers; they are changed.
        doubted: As for `open_tables`.
        reach: The step.
        width: As for `_table`.
    """
    edge = columns[0].left
    labelled = max((part.right for row in below for part in left_of(row.line, edge)), default=0.0)
    heads = heads_above(_headed(above, edge), edge, labelled)
    groups = add_heads(columns, heads, labelled, reach or inf) if heads and not width else None
    if groups is None and not (width == len(columns) and not _headed(above, edge)):
        return None
    edge = columns[0].left
    body = Body([*above[len(_headed(above, edge)) :], *below], columns, doubted, reach)
    labels = rows_of(body)
    if labels is None:
        return None
    own = {id(glyph) for label in labels for glyph in _print_of(label)}
    inside = [i for i, row in enumerate(body.lines) if any(id(glyph) in own for glyph in row.line.glyphs)]
    if groups is None and (inside[0] or not _are_full(labels, width)):
        return None
    lines = [row.line for row in (*heads, *body.lines[: inside[-1] + 1])]
    over = [*heads, *body.lines[: inside[0]]]
    words = joined([part for row in over for part in left_of(row.line, edge)])
    named = "\t".join(joined([head for _, head in reversed(column.heads)]) for column in columns).strip("\t")
    head = [(text, False) for text in ("\t".join(filter(None, [words, *(groups or ())])), named) if text]
    rows = ((text, True) for text in _written(labels, len(columns)))
    return OpenTable(tuple(lines), (*head, *rows), len(columns))


def _are_full(labels: Sequence[Cell], width: int) -> bool:
    """Whether each of several rows prints a value in each column."""
    rows = [label for label in labels if label.values]
    empty = any(not label.values and not is_group(label, labels) for label in labels)
    return len(rows) >= _FEWEST_ROWS and not empty and all(len(row.values) == width for row in rows)


def _columns(values: Sequence[Line], rows: Sequence[PlacedLine]) -> list[Column]:
    """The columns of values, without those of the ordinals that labels begin with."""
    columns = columns_of(values)
    while len(columns) > _FEWEST_COLUMNS and _are_ordinals(values, columns[0], rows):
        values = [value for value in values if value.left >= columns[1].left]
        columns = columns_of(values)
    return columns


def _are_ordinals(values: Sequence[Line], column: Column, rows: Sequence[PlacedLine]) -> bool:
    """Whether the first column's numbers are what labels begin with: small ones, words below each."""
    own = [value for value in values if value.left < column.right]
    starts = [(row.line.base, word) for row in rows for word in row.words if _WORDS.match(word.text)]
    return all(
        ONE_DIGIT.fullmatch(value.text)
        and any(
            0 < base - value.base <= LINE * value.height and abs(word.left - value.left) <= SLACK
            for base, word in starts
        )
        for value in own
    )


def _headed(above: Sequence[PlacedLine], edge: float) -> Sequence[PlacedLine]:
    """The lines without the last that print nothing but labels."""
    end = len(above)
    while end and _is_before(above[end - 1], edge):
        end -= 1
    return above[:end]


def _print_of(label: Cell) -> Iterator[Glyph]:
    for cell in (label, *label.values.values()):
        for _, line in cell.parts:
            yield from line.glyphs


def _written(labels: Sequence[Cell], width: int) -> Iterator[str]:
    """The rows, and before the label of each those of the groups that begin in it."""
    rows = [label for label in labels if label.values or not is_group(label, labels)]
    groups = [label for label in labels if not any(label is row for row in rows)]
    before: dict[int, list[str]] = {}
    for index, group in zip(_first_rows(groups, rows), groups, strict=True):
        before.setdefault(index, []).append(group.text)
    for index, row in enumerate(rows):
        cells = (row.values[place].text if place in row.values else "" for place in range(width))
        yield "\t".join([*before.get(index, ()), *([row.text] if row.parts else []), *cells])


def _first_rows(groups: Sequence[Cell], rows: Sequence[Cell]) -> list[int]:
    """The row that each group begins in: of as many rows numbered first its own, else by its place."""
    found = {id(group): _first_of(group, rows) for group in groups}
    for first in _FIRST.values():
        own = [group for group in groups if _first(group) is first]
        numbered = [index for index, row in enumerate(rows) if first.match(row.text)]
        if len(own) == len(numbered) and all(
            rows[index].top <= group.bottom + group.height for index, group in zip(numbered, own, strict=True)
        ):
            found |= {id(group): index for index, group in zip(numbered, own, strict=True)}
    return [found[id(group)] for group in groups]


def _first_of(group: Cell, rows: Sequence[Cell]) -> int:
    """The row numbered first above a group's middle, else the first that does not end above the group."""
    above = [index for index, row in enumerate(rows) if row.place <= group.middle + group.height]
    numbered = [index for index in above if _first(group).match(rows[index].text)]
    beside = [index for index, row in enumerate(rows) if max(row.bottom, row.place) >= group.top]
    return numbered[-1] if numbered else beside[0] if beside else len(rows) - 1


def _first(group: Cell) -> re.Pattern[str]:
    """What a group's first row begins with, by the group's own ordinal."""
    return _FIRST["（" if group.text[0] in "（(" else "一"]
