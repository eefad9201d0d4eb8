"""Read a table's columns in the order in which their labels are printed.

Flow:  found table -> **its lines in printed order** -> rows -> one reading of the page

Where column labels stand on the page, they say which column a number is in. A publisher may print 总计
first, or 现行有效 before 本年制发; then the lines are those of the form with their cells in that order, and
all that follows reads them as it reads any other. Where no sum is the judge, and the labels contradict
the form's order without naming every column, the rows under them are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum, auto

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import interleave
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import holds, reading_of
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.search import RowSum
from gouji.inference.assembly.wording import KEEN, Wordings, bare
from gouji.model.forms import Block, Label
from gouji.model.labels import Span


def in_printed_order(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table, its lines in the order of the printed column labels; those open whose order is not told."""
    if found.table.printed == "band":
        return _band(marked, found)
    lines, doubtful = list(found.lines), set(found.doubtful)
    for rows in _rows_by_block(found):
        block = found.lines[rows[0]].block
        order = _order_of_columns(marked, found.heads[rows[0]], block)
        if order is None or _is_rising(order):
            continue
        says = (_summed if found.lines[rows[0]].sums else _unsummed)(marked, found, rows, order)
        if says is _Says.OPEN:
            doubtful.update(rows)
        elif says is _Says.PRINTED:
            lines = [reordered(line, order) if line.block is block else line for line in lines]
    return replace(found, lines=tuple(lines), doubtful=frozenset(doubtful))


class _Says(Enum):
    """Whose order the columns are in, as far as a page tells."""

    FORM = auto()
    PRINTED = auto()
    OPEN = auto()


def _unsummed(marked: MarkedPage, found: FoundTable, rows: Sequence[int], order: Sequence[int]) -> _Says:
    """Whose order columns are in that no sum binds: the labels', if every one is there and in its place."""
    whole = len(order) == len(found.lines[rows[0]].keys)
    return _Says.PRINTED if whole and not interleave(marked, found.heads[rows[0]]) else _Says.OPEN


def _summed(marked: MarkedPage, found: FoundTable, rows: Sequence[int], order: Sequence[int]) -> _Says:
    """Whose order columns are in whose rows add up: where the sums fit one better, that one.

    Labels of several levels may be printed in another order than their columns (总计 above, by itself); which
    of the terms is which, the sums do not tell.
    """
    if len(order) < len(found.lines[rows[0]].keys):
        return _Says.FORM
    better, printed = 0, False
    for index in rows:
        line, strip = found.lines[index], found.strips[index]
        known = in_cells(marked.page, len(line.keys), strip)
        reading = known.readings[0] if known and known.readings else None
        if reading is None and len(strip.chunks) == len(line.keys):
            reading = reading_of(strip.chunks)
        if reading is not None and any(reading.values):
            printed = True
            better += holds(reordered(line, order).sums, reading) - holds(line.sums, reading)
    if better or not printed:
        return _Says.PRINTED if better > 0 else _Says.FORM
    return (
        _Says.OPEN
        if any(interleave(marked, level) for level in _levels(marked, found, rows))
        else _Says.PRINTED
    )


def _levels(marked: MarkedPage, found: FoundTable, rows: Sequence[int]) -> tuple[list[Span], list[Span]]:
    """The column labels above rows: those under a heading over several, and the others."""
    block = found.lines[rows[0]].block
    labels = Wordings(block.columns)
    under: list[Span] = []
    alone: list[Span] = []
    for head in found.heads[rows[0]]:
        column = _named(labels, marked.page.text[head.start : head.end])
        if column is not None:
            (under if block.columns[column].group else alone).append(head)
    return under, alone


def names_every_column(marked: MarkedPage, found: FoundTable) -> bool:
    """Whether the labels above a table name each of its columns once, in the order of its lines."""
    if found.table.printed == "band":
        block = found.lines[0].block
        heads = found.heads[0]
        named = [_named(Wordings(block.columns), marked.page.text[head.start : head.end]) for head in heads]
        return sum(index is not None for index in named) == len(found.lines[0].keys)
    for rows in _rows_by_block(found):
        block = found.lines[rows[0]].block
        order = _order_of_columns(marked, found.heads[rows[0]], block)
        if order is None or len(order) < len(block.columns):
            return False
    return True


def reordered(line: Line, order: Sequence[int]) -> Line:
    """The line with its cells in another order: `order` names by index the form's column of each place."""
    columns = tuple(line.block.columns[index] for index in order)
    block = replace(line.block, columns=columns)
    return replace(
        line,
        keys=tuple(line.keys[index] for index in order),
        sums=_moved(line.sums, order),
        block=block,
        heads=Wordings([*columns, *(Label("", wording) for wording in block.surplus)]),
    )


def _moved(sums: Iterable[RowSum], order: Sequence[int]) -> tuple[RowSum, ...]:
    place = {index: where for where, index in enumerate(order)}
    return tuple(
        RowSum(tuple(place[index] for index in rule.left), tuple(place[index] for index in rule.right))
        for rule in sums
    )


def _rows_by_block(found: FoundTable) -> list[list[int]]:
    blocks: dict[int, list[int]] = {}
    for index in sorted(found.heads):
        blocks.setdefault(id(found.lines[index].block), []).append(index)
    return list(blocks.values())


def _is_rising(order: Sequence[int]) -> bool:
    return list(order) == sorted(order)


def _order_of_columns(marked: MarkedPage, heads: Sequence[Span], block: Block) -> list[int] | None:
    """The block's columns in the order of their labels; those under a heading stand in its place.

    None where a heading over several columns is not printed: then the lines of labels are not one order.
    """
    labels = Wordings(block.columns)
    over = {bare(column.group) for column in block.columns if column.group}
    sequence: list[tuple[int, int, int]] = []  # where its heading stands, where its own label, the column
    seen: set[int] = set()
    groups: dict[str, int] = {}
    for place, head in enumerate(heads):
        text = marked.page.text[head.start : head.end]
        if bare(text) in over:
            groups.setdefault(bare(text), place)
            continue
        column = _named(labels, text)
        if column is None or column in seen:
            continue
        seen.add(column)
        group = block.columns[column].group
        if group and bare(group) not in groups:
            return None
        sequence.append((groups[bare(group)] if group else place, place, column))
    return [column for _, _, column in sorted(sequence)]


def _named(labels: Wordings, text: str) -> int | None:
    """The one label that a printed text surely is."""
    sure = [index for index, score in labels.matches(text) if score >= KEEN]
    return sure[0] if len(sure) == 1 else None


def _band(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """A band with its rows in printed order, and in each row its columns."""
    (line,) = found.lines
    block = line.block
    heads = found.heads[0]
    rows = _order_of_rows(marked, heads, block)
    columns = _orders_within(marked, heads, block)
    width = len(block.columns)
    order = [row * width + column for row, own in zip(rows, columns, strict=True) for column in own]
    if _is_rising(order):
        return found
    keys = tuple(line.keys[index] for index in order)
    return replace(found, lines=(replace(line, keys=keys, sums=_moved(line.sums, order)),))


def _order_of_rows(marked: MarkedPage, heads: Sequence[Span], block: Block) -> list[int]:
    """The rows of a band as their labels stand side by side; the form's order where not each is told once."""
    labels = Wordings([*block.rows, *block.groups])
    groups = {group.id: len(block.rows) + index for index, group in enumerate(block.groups)}
    places: dict[int, int] = {}
    for place, head in enumerate(heads):
        index = _named(labels, marked.page.text[head.start : head.end])
        if index is not None:
            places.setdefault(index, place)
    wanted = [*range(len(block.rows)), *(groups[row.group] for row in block.rows if row.group)]
    if any(index not in places for index in wanted):
        return list(range(len(block.rows)))

    def place_of(index: int) -> tuple[int, int]:
        group = block.rows[index].group
        return places[groups[group]] if group else places[index], places[index]

    return sorted(range(len(block.rows)), key=place_of)


def _orders_within(marked: MarkedPage, heads: Sequence[Span], block: Block) -> list[list[int]]:
    """For each row of a band, in printed order, the order of its columns; the form's where it is not told."""
    labels = Wordings(block.columns)
    named = [_named(labels, marked.page.text[head.start : head.end]) for head in heads]
    order = [index for index in named if index is not None]
    width = len(block.columns)
    parts = [order[start : start + width] for start in range(0, len(order), width)]
    every = list(range(width))
    if len(parts) != len(block.rows) or any(sorted(part) != every for part in parts):
        return [every] * len(block.rows)
    return parts
